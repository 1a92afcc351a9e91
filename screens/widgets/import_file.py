"""The first step of an import: which file, and what its rows are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from screens.folders import Item, dropped, size_words
from screens.widgets.columns import fitted, one_line
from screens.widgets.entry import Entry
from supervise.services.import_kinds import Kind

ENDINGS = (".xlsx", ".xls", ".et", ".csv", ".txt", ".tsv")
BATCH_ENDINGS = (*ENDINGS, ".jsonl")
_KIND, _NAME, _SIZE = 10, 40, 9


class FileStep(Vertical):
    """A line for the path, the kinds of file, and the files imported lately."""

    DEFAULT_CSS = """
    FileStep {
        .head { height: 1; color: $muted; margin: 1 0 0 0; }
        #path { width: 1fr; background: $panel; }
        OptionList { height: auto; border: none; background: transparent; padding: 0; }
        #recent { max-height: 1fr; }
    }
    """

    @dataclass
    class Given(Message):
        """A file was given, to be read as `kind`."""

        path: Path
        kind: Kind

    def __init__(self) -> None:
        super().__init__(id="file-step", classes="step")
        self._recent: tuple[Item, ...] = ()

    def compose(self) -> ComposeResult:
        """Lay out the line and the lists."""
        yield Static("文件：把文件拖到这里，或粘贴、输入路径后按 Enter；F7 浏览。", classes="head")
        yield Entry(placeholder="路径", id="path", compact=True)
        yield Static("文件里的一行是：", classes="head")
        yield OptionList(*(self._kind_line(kind) for kind in Kind), id="kinds", compact=True)
        yield Static("最近用过的文件：", classes="head", id="recent-head")
        yield OptionList(id="recent", compact=True)

    @staticmethod
    def _kind_line(kind: Kind) -> Option:
        return Option(
            Content.assemble((fitted(kind.label, _KIND), "$primary bold"), kind.about),
            id=kind.value,
        )

    def on_mount(self) -> None:
        """Begin with issues, and no recent files."""
        self.query_one("#kinds", OptionList).highlighted = 0
        self.show_recent(())

    @property
    def kind(self) -> Kind:
        """What the rows are said to be."""
        kinds = self.query_one("#kinds", OptionList)
        return list(Kind)[kinds.highlighted or 0]

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of such files end."""
        return BATCH_ENDINGS if self.kind is Kind.BATCH else ENDINGS

    def show_recent(self, items: Sequence[Item]) -> None:
        """Show the files used lately that are still there."""
        self._recent = tuple(items)
        recent = self.query_one("#recent", OptionList)
        recent.clear_options()
        recent.add_options([self._recent_line(item) for item in items])
        recent.display = self.query_one("#recent-head").display = bool(items)

    @staticmethod
    def _recent_line(item: Item) -> Option:
        size = fitted(size_words(item.size), _SIZE, right=True)
        return Option(
            Content.assemble(
                (fitted(one_line(item.name), _NAME), "$primary"),
                (f"{size}  {item.changed}  {one_line(str(item.path.parent))}", "$muted"),
            )
        )

    def give(self, path: Path) -> None:
        """Take a file, wherever its path came from."""
        entry = self.query_one("#path", Input)
        entry.value = str(path)
        self.post_message(self.Given(path, self.kind))

    def give_typed(self) -> bool:
        """Take the path in the line, if there is one."""
        path = dropped(self.query_one("#path", Input).value)
        if path is not None:
            self.give(path)
        return path is not None

    @on(Input.Submitted)
    def entered(self, message: Input.Submitted) -> None:
        """Take the path typed."""
        message.stop()
        self.give_typed()

    @on(OptionList.OptionSelected, "#recent")
    def again(self, message: OptionList.OptionSelected) -> None:
        """Take a file used lately."""
        message.stop()
        self.give(self._recent[message.option_index].path)

    @on(OptionList.OptionSelected, "#kinds")
    def kind_chosen(self, message: OptionList.OptionSelected) -> None:
        """Go on to the path, or with the file already given."""
        message.stop()
        if not self.give_typed():
            self.query_one("#path").focus()
