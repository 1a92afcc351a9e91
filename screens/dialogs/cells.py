"""Choosing a cell of a row, to be copied."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from textual import on
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList

from screens.dialogs.dialog import Dialog
from screens.widgets.columns import fitted, shorten

_LABEL, _TEXT = 12, 54


class CellsDialog(Dialog[tuple[str, str]]):
    """The cells of a row, each with its column's title; gives the one chosen."""

    scrolls = "#cells"
    heading = "复制一格"
    sentence = "选一格，按 Enter 复制。"
    accept_label = "复制"

    def __init__(self, cells: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self._cells = tuple(cells)

    def body(self) -> Iterator[Widget]:
        """Give the cells."""
        lines = (
            Content.assemble(
                (fitted(title, _LABEL), "$muted"), "  ", shorten(text, _TEXT) or "（空）"
            )
            for title, text in self._cells
        )
        yield OptionList(*lines, id="cells", compact=True, markup=False)

    def on_mount(self) -> None:
        """Start on the first."""
        self.query_one(OptionList).focus()

    @on(OptionList.OptionSelected)
    def take(self, message: OptionList.OptionSelected) -> None:
        """Give the cell."""
        message.stop()
        self.dismiss(self._cells[message.option_index])

    def action_accept(self) -> None:
        """Give the cell under the mark."""
        self.query_one(OptionList).action_select()
