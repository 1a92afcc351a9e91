"""导出: choose a paper or a list, a format and a place; it is written in a thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from textual import on
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Select, Static

from screens.dialogs.confirm import Confirm
from screens.dialogs.dialog import Dialog
from screens.dialogs.save import FOLDER
from screens.exporting import Done, Export
from screens.loading import Failed, read
from screens.widgets.columns import fitted, one_line, shorten
from screens.widgets.entry import Entry
from supervise.errors import Refused
from supervise.services.session import Session

# Cells: a title, the frame at its widest, what stands around the words.
_TITLE, _WIDTH, _AROUND = 22, 96, 11


class ExportDialog(Dialog[str]):
    """Gives the sentence that says what was written, or nothing."""

    heading = "导出"
    sentence = "选文书或清单，定格式和位置；文书存到文件夹的，一份一个文件。"
    accept_label = "导出"

    @dataclass
    class Progress(Message):
        """So many of so many are written."""

        done: int
        total: int

        def can_replace(self, message: Message) -> bool:
            """Only the newest is worth showing."""
            return isinstance(message, ExportDialog.Progress)

    @dataclass
    class Written(Message):
        """The files were written; None: something is there already and was left as it is."""

        done: Done | None
        there: str = ""

    def __init__(self, exports: Sequence[Export]) -> None:
        super().__init__()
        self._exports = tuple(exports)
        self._chosen = self._exports[0]
        self._named = ""

    def body(self) -> Iterator[Widget]:
        """Give what can be exported, the format and the path."""
        room = min(self.app.size.width, _WIDTH) - _AROUND - _TITLE
        lines = (
            Content.assemble(
                fitted(one.title, _TITLE), "  ", (shorten(one_line(one.about), room), "$muted")
            )
            for one in self._exports
        )
        yield OptionList(*lines, id="exports", compact=True)
        with Horizontal(classes="line"):
            yield Static("格式", classes="label")
            yield Select(
                _formats(self._chosen), value=self._chosen.endings[0], allow_blank=False,
                id="format", compact=True,
            )  # fmt: skip
        with Horizontal(classes="line"):
            yield Static("存到", classes="label")
            yield Entry(id="path", compact=True)
        yield Static("", id="progress", markup=False)

    def on_mount(self) -> None:
        """Start on the first."""
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()
        self._suggest()

    @property
    def _preferences(self) -> dict[str, Any]:
        found: dict[str, Any] = getattr(self.app, "preferences", {})
        return found

    @property
    def _path(self) -> Input:
        return self.query_one("#path", Input)

    @property
    def _ending(self) -> str:
        return str(self.query_one("#format", Select).value)

    def _suggest(self) -> None:
        """Name the file after what is exported, unless its name was changed by hand."""
        said = self._path.value
        if said and said != self._named:
            path = Path(said)
            self._named = str(path.with_suffix(self._ending)) if path.suffix else said
        else:
            folder = Path(str(self._preferences.get(FOLDER) or Path.home()))
            self._named = str(folder / f"{self._chosen.stem}{self._ending}")
        self._path.value = self._named

    @on(OptionList.OptionHighlighted, "#exports")
    def choose(self, message: OptionList.OptionHighlighted) -> None:
        """Offer the formats of what is under the mark, and a name for it."""
        message.stop()
        chosen, before = self._exports[message.option_index], self._chosen
        self.say_error("")
        if chosen is before:
            return
        self._chosen = chosen
        if chosen.endings != before.endings:
            with self.prevent(Select.Changed):
                formats = self.query_one("#format", Select)
                formats.set_options(_formats(chosen))
                formats.value = chosen.endings[0]
        self._path.value = ""
        self._suggest()

    @on(OptionList.OptionSelected, "#exports")
    def to_path(self, message: OptionList.OptionSelected) -> None:
        """Go on to the path."""
        message.stop()
        self._path.focus()

    @on(Select.Changed, "#format")
    def rename(self, message: Select.Changed) -> None:
        """Let the name end as the format says."""
        message.stop()
        self._suggest()

    @on(Input.Submitted)
    def enter(self, message: Input.Submitted) -> None:
        """Enter in the path is as good as the button."""
        message.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Write it."""
        self._write(force=False)

    def _write(self, *, force: bool) -> None:
        text = self._path.value.strip()
        if not text:
            self.say_error("请写明存到哪里。")
            return
        path = Path(text).expanduser()
        if not path.suffix and not self._chosen.many:
            path = path.with_suffix(self._ending)
        self.say_error("")
        self.query_one("#progress", Static).update("正在导出……")
        task = partial(_export, self, self._chosen, path, self._ending, force)
        read(self, "export", task, lambda found: self.Written(*found), "导出")

    @on(Progress)
    def tell(self, message: Progress) -> None:
        """Say how far it is."""
        message.stop()
        words = f"正在导出 {message.done:,} / {message.total:,} {self._chosen.measure}"
        self.query_one("#progress", Static).update(words)

    @on(Written)
    def written(self, message: Written) -> None:
        """Go back with what was written; ask first where something is there already."""
        message.stop()
        if message.done is None:
            self.query_one("#progress", Static).update("")

            def answered(yes: bool | None) -> None:
                if yes:
                    self._write(force=True)

            self.app.push_screen(
                Confirm("覆盖", f"{message.there.partition('。')[0]}。要覆盖吗？", "覆盖"), answered
            )
            return
        remember = getattr(self.app, "remember", None)
        if remember is not None and message.done.files:
            remember(**{FOLDER: str(message.done.files[0].absolute().parent)})
        self.dismiss(self._told(message.done))

    def _told(self, done: Done) -> str:
        one = self._chosen
        where = done.files[0] if len(done.files) == 1 else done.files[0].parent
        gaps = f"，有 {done.missing} 处待填" if done.missing else ""
        return f"已导出 {one.title} {done.count:,} {one.measure}到 {where}{gaps}。"

    @on(Failed)
    def refused(self, message: Failed) -> None:
        """Show why it can't be written."""
        message.stop()
        self.query_one("#progress", Static).update("")
        self.say_error(message.sentence)


def _formats(one: Export) -> list[tuple[str, str]]:
    return [(ending, ending) for ending in one.endings]


def _export(
    dialog: ExportDialog, one: Export, path: Path, ending: str, force: bool, session: Session
) -> tuple[Done | None, str]:
    """Write in a thread; a file that is there already is asked about, not refused."""

    def told(done: int, total: int) -> None:
        dialog.post_message(dialog.Progress(done, total))

    try:
        return one.make(session, path, ending, force, told), ""
    except Refused as error:
        if error.code == "file_exists":
            return None, error.message
        raise
