"""A grid of short cells under month headings: rates by month, namings by unit and month."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from screens.widgets.chart import WORDS, Chart, Piece
from screens.widgets.columns import fitted, one_line
from supervise.text import printable

_LEAST_WORDS = 10


@dataclass(frozen=True, slots=True)
class Square:
    """One cell of the grid: its few characters, its tone, and the list behind it."""

    text: str
    tone: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the grid: its words with what is behind them, its cells from left to right."""

    label: str
    squares: tuple[Square, ...]
    key: str = ""


class Heat(Chart):
    """Rows of cells; where room is short the leftmost columns, the oldest, are left out."""

    def __init__(self, title: str, *, cell: int, id: str | None = None) -> None:  # noqa: A002
        super().__init__(title, id=id)
        self._cell = cell
        self._heads: tuple[str, ...] = ()
        self._lines: tuple[Line, ...] = ()

    def show(self, heads: Sequence[str], lines: Sequence[Line]) -> None:
        """Show rows under headings; the cursor begins in the last column, the newest."""
        fresh = not self._lines
        self._heads, self._lines = tuple(heads), tuple(lines)
        self.place = self.validate_place((0, len(heads)) if fresh else self.place)
        self.refresh(layout=True)

    @property
    def size_of(self) -> tuple[int, int]:
        """A row for every line, a column for every heading."""
        return len(self._lines), len(self._heads)

    def key_at(self, row: int, column: int) -> str:
        """Give the list behind a cell, or behind the words of a row."""
        line = self._lines[row]
        return line.key if column == WORDS else line.squares[column].key

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor; left of the first cell shown stand the words, if they open anything."""
        _, first = self._layout(self.content_size.width)
        row, column = self.place
        if column == WORDS:
            column = WORDS if columns <= 0 else first
        elif (column := column + columns) < first:
            column = WORDS if self._lines and self._lines[0].key else first
        self.place = (row + rows, column)

    def head(self, width: int) -> Sequence[Piece] | None:
        """Give the headings."""
        if not self._lines:
            return None
        words, first = self._layout(width)
        heads = [Piece(self._square(one), "muted") for one in self._heads[first:]]
        return (Piece(" " * (words + 1)), *heads)

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        """Draw a row's words and cells."""
        line = self._lines[row]
        words, first = self._layout(width)
        squares = [
            Piece(self._square(one.text), one.tone, column)
            for column, one in enumerate(line.squares)
            if column >= first
        ]
        label = fitted(one_line(line.label), words)
        return (Piece(f" {label}", column=WORDS), *squares)

    def _square(self, text: str) -> str:
        return fitted(printable(text.replace("\n", " ")), self._cell, right=True)

    def _layout(self, width: int) -> tuple[int, int]:
        """Give the cells the words get, and the first column there is room for."""
        longest = max((cell_len(one_line(line.label)) for line in self._lines), default=0)
        least = min(longest, max(_LEAST_WORDS, width // 6))
        shown = min((width - 1 - least) // self._cell, len(self._heads))
        shown = max(shown, 0)
        words = max(min(longest, width - 1 - shown * self._cell), 0)
        return words, len(self._heads) - shown
