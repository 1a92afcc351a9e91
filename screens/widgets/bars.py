"""Bars lying on their side: words, a bar of blocks, a number; each opens the list behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.cells import cell_len

from screens.widgets.chart import Chart, Piece
from screens.widgets.columns import fitted, one_line

if TYPE_CHECKING:
    from supervise.services.charts import Bar

# An eighth of a cell more each: where a block ends inside a cell.
_EIGHTHS = " ▏▎▍▌▋▊▉"
_FULL = "█"
_HEIGHTS = "▁▂▃▄▅▆▇█"
_NARROWEST_BAR = 4
_WIDEST_BAR = 60
# Where the longest counts less than this it is not drawn as if it were much.
_LEAST_SCALE = 5


def blocks(count: int, most: int, width: int) -> str:
    """Draw a bar of exactly `width` cells for a count beside the longest; never empty above 0."""
    if count <= 0 or most <= 0 or width <= 0:
        return " " * max(width, 0)
    eighths = max(min(count, most) * width * 8 // most, 1)
    full, rest = divmod(eighths, 8)
    return (_FULL * full + (_EIGHTHS[rest] if rest else "")).ljust(width)


def level(part: float) -> str:
    """Draw a part of a whole, from 0 to 1, as one cell filled from below; never empty."""
    return _HEIGHTS[min(max(int(part * len(_HEIGHTS)), 0), len(_HEIGHTS) - 1)]


class Bars(Chart):
    """One bar a line, drawn to the scale of the longest, but of a few at the least."""

    def __init__(self, title: str, *, tone: str = "strong", id: str | None = None) -> None:  # noqa: A002
        super().__init__(title, id=id)
        self._tone = tone
        self._bars: tuple[Bar, ...] = ()

    def show(self, bars: Sequence[Bar]) -> None:
        """Show bars in the order given."""
        self._bars = tuple(bars)
        self.place = self.validate_place(self.place)
        self.refresh(layout=True)

    @property
    def size_of(self) -> tuple[int, int]:
        """A row for every bar."""
        return len(self._bars), 1

    def key_at(self, row: int, column: int) -> str:
        """Give the list behind a bar."""
        return self._bars[row].key

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        """Draw words, bar and number."""
        bar = self._bars[row]
        numbers = max(len(f"{one.count:,}") for one in self._bars)
        longest = max(cell_len(one_line(one.label)) for one in self._bars)
        # A blank at either end, and one on both sides of the bar.
        words = max(min(longest, width - numbers - _NARROWEST_BAR - 4), 0)
        room = max(min(width - words - numbers - 4, _WIDEST_BAR), 0)
        most = max(_LEAST_SCALE, *(one.count for one in self._bars))
        return (
            Piece(f" {fitted(one_line(bar.label), words)} "),
            Piece(blocks(bar.count, most, room), self._tone),
            Piece(f" {bar.count:,}", "" if bar.count else "muted"),
        )
