"""What the charts share: lines drawn by cells, a place in them, and the list behind each place.

Charts are drawn here because the libraries for it count characters, not terminal cells: with
Chinese labels their lines slide.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from screens.theme import TONES
from screens.widgets.columns import flat

# The column of a row's own words, beside cells of their own.
WORDS = -1


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a line: its text, its tone, and the column it stands in; None for all."""

    text: str
    tone: str = ""
    column: int | None = None


class Chart(Widget, can_focus=True):
    """Lines of pieces with a cursor; a subclass says what they are."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "chart--cursor",
        *(f"chart--{tone}" for tone in TONES),
    }
    DEFAULT_CSS = """
    Chart {
        height: auto; background: $background; border-top: solid $line;
        border-title-color: $muted; border-title-style: none;
        & > .chart--cursor { background: $background; }
        & > .chart--muted { color: $muted; }
        & > .chart--good { color: $success; }
        & > .chart--warn { color: $warning; }
        & > .chart--bad { color: $error; }
        & > .chart--strong { color: $primary; }
        &:focus {
            border-top: solid $primary; border-title-color: $primary; border-title-style: bold;
            & > .chart--cursor { background: $chosen; color: $chosen-text; text-style: bold; }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1, 0)", "上一行", show=False, id="chart.up", tooltip="上一行"),
        Binding("down,j", "move(1, 0)", "下一行", show=False, id="chart.down", tooltip="下一行"),
        Binding("left,h", "move(0, -1)", "左一格", show=False, id="chart.left", tooltip="左一格"),
        Binding("right,l", "move(0, 1)", "右一格", show=False, id="chart.right", tooltip="右一格"),
    ]

    place: reactive[tuple[int, int]] = reactive((0, 0))
    """Row and column of the cursor, from 0."""

    @dataclass
    class Opened(Message):
        """The list behind a place of the chart was asked for."""

        key: str

    def __init__(self, title: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.border_title = Content(flat(title))

    # What a subclass says.

    @property
    def size_of(self) -> tuple[int, int]:
        """Rows and columns the cursor can stand on."""
        return (0, 0)

    def key_at(self, row: int, column: int) -> str:
        """Give the list behind a place; empty when there is none."""
        return ""

    def head(self, width: int) -> Sequence[Piece] | None:
        """Give the pieces of a line above the rows; None for none."""
        return None

    def pieces(self, row: int, width: int) -> Sequence[Piece]:
        """Give the pieces of a row."""
        return ()

    # The rest.

    @property
    def _above(self) -> int:
        return 0 if self.head(self.size.width) is None else 1

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Take a line a row, and one for what stands above or when there is nothing."""
        rows = self.size_of[0]
        return max(rows, 1) + (0 if self.head(width) is None else 1)

    def validate_place(self, place: tuple[int, int]) -> tuple[int, int]:
        """Keep the cursor on the chart; `WORDS` are a place of their own."""
        rows, columns = self.size_of
        column = place[1] if place[1] == WORDS else max(min(place[1], columns - 1), 0)
        return max(min(place[0], rows - 1), 0), column

    def watch_place(self) -> None:
        """Keep the cursor's row in view."""
        self.refresh()
        if self.has_focus and isinstance(self.parent, Widget):
            row = Region(0, self.place[0] + self._above + 1, self.size.width, 1)
            self.parent.scroll_to_region(
                row.translate(self.virtual_region.offset), animate=False, x_axis=False
            )

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor."""
        self.place = (self.place[0] + rows, self.place[1] + columns)

    def action_open(self) -> None:
        """Open what is behind the cursor's place."""
        if self.size_of[0] and (key := self.key_at(*self.place)):
            self.post_message(self.Opened(key))

    def on_click(self, event: events.Click) -> None:
        """Open what is behind the place that was clicked."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        row = offset.y - self._above
        if not 0 <= row < self.size_of[0]:
            return
        used = 0
        for piece in self.pieces(row, self.content_size.width):
            used += Segment(piece.text).cell_length
            if offset.x < used:
                self.place = (row, self.place[1] if piece.column is None else piece.column)
                self.action_open()
                return

    def render_line(self, y: int) -> Strip:
        """Draw the line above, a row, or that there is nothing."""
        width, base = self.content_size.width, self.rich_style
        row = y - self._above
        if row < 0:
            found, here = self.head(width) or (), False
        elif row < self.size_of[0]:
            found, here = self.pieces(row, width), self.has_focus and row == self.place[0]
        else:
            found, here = ((Piece(" 没有", "muted"),) if row == 0 else ()), False
        segments = []
        for piece in found:
            style = base
            if piece.tone:
                style += self.get_component_rich_style(f"chart--{piece.tone}", partial=True)
            if here and piece.column in (None, WORDS, self.place[1]):
                style += self.get_component_rich_style("chart--cursor", partial=True)
            segments.append(Segment(piece.text, style))
        return Strip(segments).adjust_cell_length(width, base)
