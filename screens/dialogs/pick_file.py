"""Picking a file: by typing its path, by going through the folders, or from a recent folder."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import get_current_worker

from screens.dialogs.dialog import Dialog
from screens.folders import RECENT, Item, Look, ends, look, size_words, with_recent
from screens.widgets.columns import fitted, one_line
from screens.widgets.entry import Entry

# Beside them the day, and room for the scrollbar of a long list.
_NAME, _SIZE = 46, 10


class PickFileDialog(Dialog[Path]):
    """Gives the path of the file picked, or nothing.

    `endings` such as (".xlsx", ".csv") are the files shown, any file when None; `start` is the
    folder to begin in, else the one a file was picked from last, else the user's own.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the line for a path takes the key for its own.
        Binding(
            "ctrl+u",
            "up",
            "上一级",
            show=False,
            id="pick.up",
            tooltip="到上一级文件夹",
            priority=True,
        ),
    ]
    accept_label = "选定"
    # What is looked for, in a refusal's words.
    wanted = "文件"
    scrolls, besides = "#items", 3

    @dataclass
    class Looked(Message):
        """A folder was read; `take` tells that the answer is to be acted upon."""

        look: Look
        take: bool = False

    def __init__(
        self, title: str, endings: tuple[str, ...] | None = None, start: Path | None = None
    ) -> None:
        super().__init__()
        kinds = f"可选 {' '.join(endings)}。" if endings else ""
        self.heading, self.sentence = title, f"输入路径，或按 ↓ 在下面选；Ctrl+U 到上一级。{kinds}"
        self._endings, self._start = endings, start
        self._look = Look("", Path())
        # The folder entered last: a bare name is looked for there.
        self._folder = Path()
        self._targets: list[Item] = []

    def body(self) -> Iterator[Widget]:
        """Give the line for a path, the folder it leads to, and what lies there."""
        yield Entry(placeholder="路径或文件名", id="path", compact=True)
        yield Static("", id="folder", markup=False)
        yield OptionList(id="items", compact=True)

    def on_mount(self) -> None:
        """Begin in the folder given, or where the last file was found."""
        self.query_one("#path", Input).focus()
        self._enter(self._start or next(iter(self._recent), Path.home()))

    @property
    def _recent(self) -> list[Path]:
        app: Any = self.app
        known = app.preferences.get(RECENT)
        return [Path(str(one)) for one in known] if isinstance(known, list) else []

    # Looking.

    def _seek(self, typed: str, start: Path, *, take: bool = False) -> None:
        self.run_worker(
            partial(self._read, typed, start, take),
            group="folder",
            description="读取文件夹",
            exclusive=True,
            exit_on_error=False,
            thread=True,
        )

    def _read(self, typed: str, start: Path, take: bool) -> None:
        worker = get_current_worker()
        found = look(typed, start, self._endings)
        if not worker.is_cancelled:
            self.post_message(self.Looked(found, take))

    def _enter(self, folder: Path) -> None:
        """Show a folder, with nothing typed."""
        entry = self.query_one("#path", Input)
        with entry.prevent(Input.Changed):
            entry.value = ""
        self.say_error("")
        self._seek("", folder.absolute())

    @on(Input.Changed, "#path")
    def typed(self, message: Input.Changed) -> None:
        """Show what fits the path so far."""
        message.stop()
        self.say_error("")
        self._seek(message.value.strip(), self._folder)

    @on(Looked)
    def take_look(self, message: Looked) -> None:
        """Show what was found, and act on it where that was asked."""
        message.stop()
        found = self._look = message.look
        if found.typed == "" and not found.problem:
            self._folder = found.folder
        self._list(found)
        if message.take:
            self._act(found)

    def _list(self, found: Look) -> None:
        recent = self._recent_items() if not found.typed else []
        self._targets = [*found.items, *recent]
        note = found.problem or ("文件太多，只列出一部分，请输入名称。" if found.more else "")
        if not found.items and not note:
            note = "这里没有可选的；Ctrl+U 到上一级。"
        place = one_line(str(found.folder))
        self.query_one("#folder", Static).update(Content(f"{place}  {note}" if note else place))
        items = self.query_one("#items", OptionList)
        items.clear_options()
        items.add_options([Option(_line(item)) for item in found.items])
        if recent:
            items.add_option(None)
            items.add_options([Option(_recent_line(item)) for item in recent])
        if self._targets:
            items.highlighted = 0

    def _recent_items(self) -> list[Item]:
        here = self._look.folder
        return [Item(path, str(path), True) for path in self._recent if path != here]

    # Going about, and picking.

    def action_up(self) -> None:
        """Go to the folder above."""
        self._enter(self._look.folder.parent)

    def on_key(self, event: events.Key) -> None:
        """Go down from the path into the list, and up again."""
        entry, items = self.query_one("#path", Input), self.query_one("#items", OptionList)
        if event.key == "down" and entry.has_focus and self._targets:
            event.stop()
            event.prevent_default()
            items.focus()
        elif event.key == "up" and items.has_focus and not items.highlighted:
            event.stop()
            event.prevent_default()
            entry.focus()

    @on(Input.Submitted, "#path")
    def enter(self, message: Input.Submitted) -> None:
        """Take the path typed; without one, what the list has under its mark."""
        message.stop()
        self.go_on()

    def go_on(self) -> None:
        """Do what Enter does in the line for a path."""
        self.action_accept()

    @on(OptionList.OptionSelected, "#items")
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Open the folder, or take the file."""
        message.stop()
        self._take(self._targets[message.option_index])

    def action_accept(self) -> None:
        """Take what is typed, or else what the list has under its mark."""
        typed = self.query_one("#path", Input).value.strip()
        marked = self.query_one("#items", OptionList).highlighted
        if typed:
            self._seek(typed, self._folder, take=True)
        elif marked is not None and self.query_one("#items").has_focus:
            self._take(self._targets[marked])
        else:
            self.say_error("请输入路径，或按 ↓ 选一个文件。")

    def _act(self, found: Look) -> None:
        """Take the file typed in full, or the only one that fits; go into a folder."""
        exact, files = found.exact, [item for item in found.items if not item.is_folder]
        if exact is not None:
            self._take(exact)
        elif len(found.items) == 1:
            self._take(found.items[0])
        else:
            several = "，请输全名称或按 ↓ 选择" if files else ""
            self.say_error(
                found.problem or f"没有名为“{one_line(found.typed)}”的{self.wanted}{several}。"
            )

    def _take(self, item: Item) -> None:
        if item.is_folder:
            self._enter(item.path)
            self.query_one("#path", Input).focus()
        elif not ends(item.path, self._endings):
            self.say_error(f"“{one_line(item.name)}”不是可选的文件。{self.sentence}")
        else:
            app: Any = self.app
            folder = item.path.absolute().parent
            app.remember(**{RECENT: with_recent(app.preferences.get(RECENT), folder)})
            self.dismiss(item.path.absolute())


def _line(item: Item) -> Content:
    if item.is_folder:
        return Content.assemble((fitted(f"{one_line(item.name)}/", _NAME), "$primary"))
    return Content.assemble(
        fitted(one_line(item.name), _NAME),
        (fitted(size_words(item.size), _SIZE, right=True), "$muted"),
        (f"  {item.changed}", "$muted"),
    )


def _recent_line(item: Item) -> Content:
    return Content.assemble(("最近  ", "$muted"), (one_line(item.name), "$primary"))
