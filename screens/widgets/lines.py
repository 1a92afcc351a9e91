"""How a list is drawn: a header and one line a record, by the line API."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.theme import TONES
from screens.widgets.columns import GAP, Column, Record, fitted, layout

WAITING = "……"
_RIGHT = 3
Drawn = tuple[str, Style]


class Lines(ScrollView):
    """Records as lines under a header; what is shown in them is said by the list made of it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-list--header",
        "record-list--cursor",
        *(f"record-list--{tone}" for tone in TONES),
    }
    LEAD: ClassVar[int] = 0
    """Cells before the columns, beside the blank at the edge."""

    @dataclass
    class CellWanted(Message):
        """A cell was clicked with the right button: its column's title and its text."""

        title: str
        text: str

    @dataclass
    class HeaderClicked(Message):
        """A column's title was clicked."""

        lines: Lines
        column: Column

        @property
        def control(self) -> Lines:
            """The list, for `@on` selectors."""
            return self.lines

    def __init__(
        self,
        columns: Sequence[Column],
        empty: str,
        id: str | None,  # noqa: A002
        classes: str | None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns, self._empty = tuple(columns), empty
        self._base = Style.null()

    def when_empty(self, words: str) -> None:
        """Change what stands where there is no record."""
        if words != self._empty:
            self._empty = words
            self.refresh()

    # What the list says of its lines.

    def line_count(self) -> int | None:
        """Count the records; None while that is not known."""
        raise NotImplementedError

    def line_record(self, index: int) -> Record | None:
        """Give the record of a line, once it is there."""
        raise NotImplementedError

    def is_chosen(self, index: int) -> bool:
        """Whether the cursor is on a line."""
        raise NotImplementedError

    def lead(self, record: Record | None, base: Style) -> list[Drawn]:
        """Give what stands before the columns, `LEAD` cells in all; None is the header."""
        return []

    # What can be copied.

    def cells(self, record: Record) -> list[tuple[str, str]]:
        """Give every cell of a record uncut, also those there is no room for, by its title."""
        return [(column.title, column.cell(record).text) for column in self._columns]

    def on_click(self, event: events.Click) -> None:
        """Tell of a title that was clicked; hand out a cell clicked with the right button."""
        offset = event.get_content_offset(self)
        column = None if offset is None else self._column_at(offset.x)
        if offset is None or column is None:
            return
        right = event.button == _RIGHT
        if offset.y < 1 and not right:
            self.post_message(self.HeaderClicked(self, column))
        elif offset.y >= 1 and right:
            index = self.scroll_offset.y + offset.y - 1
            record = self.line_record(index) if index < (self.line_count() or 0) else None
            if record is not None:
                self.post_message(self.CellWanted(column.title, column.cell(record).text))

    def _column_at(self, x: int) -> Column | None:
        left = 1 + self.LEAD
        for column, room in self._layout(self.scrollable_content_region.width):
            if left <= x < left + room:
                return column
            left += room + GAP
        return None

    # Drawing.

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, also those there is no room for."""
        return self._columns

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show other columns."""
        self._columns = tuple(columns)
        self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        """Draw some lines; the style they stand on is found once for all of them."""
        self._base = self.rich_style
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        """Draw the header, a record, or a line still awaited."""
        width = self.scrollable_content_region.width
        if y == 0:
            return self._header(width)
        index = self.scroll_offset.y + y - 1
        total = self.line_count()
        if index >= (total or 0):
            # Under a blank line, where there is room for one.
            middle = min(2, self.scrollable_content_region.height - 1)
            return self._blank(width, nothing=y == middle and total == 0)
        return self._line(index, width)

    def _layout(self, width: int) -> list[tuple[Column, int]]:
        return layout(self._columns, width - 2 - self.LEAD)

    def _header(self, width: int) -> Strip:
        style = self.get_component_rich_style("record-list--header")
        cells = [(fitted(c.title, w, right=c.right), style) for c, w in self._layout(width)]
        return self._strip(self.lead(None, style), cells, width, style)

    def _line(self, index: int, width: int) -> Strip:
        record = self.line_record(index)
        chosen = self.is_chosen(index)
        base = self._base
        if chosen:
            base += self.get_component_rich_style("record-list--cursor", partial=True)
        if record is None:
            return self._strip([], [(fitted(WAITING, width - 2), base)], width, base)
        cells = []
        for column, room in self._layout(width):
            cell = column.cell(record)
            style = base + self.tone(cell.tone, chosen) if cell.tone else base
            cells.append((fitted(cell.text, room, right=column.right), style))
        return self._strip(self.lead(record, base), cells, width, base)

    def tone(self, tone: str, chosen: bool = False) -> Style:
        """Give the style of a tone; on the row under the cursor the words alone say it."""
        if chosen and self.has_focus:
            return Style.null()
        return self.get_component_rich_style(f"record-list--{tone}", partial=True)

    def _blank(self, width: int, *, nothing: bool) -> Strip:
        base = self._base
        if nothing:
            base += self.get_component_rich_style("record-list--muted", partial=True)
            return self._strip([], [(fitted(self._empty, width - 2), base)], width, base)
        return Strip.blank(width, base)

    @staticmethod
    def _strip(lead: Sequence[Drawn], cells: Sequence[Drawn], width: int, base: Style) -> Strip:
        segments = [Segment(" ", base), *(Segment(text, style) for text, style in lead)]
        for number, (text, style) in enumerate(cells):
            if number:
                segments.append(Segment(" " * GAP, base))
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(width, base)
