"""A list of any length: one line a record, drawn from windows of a query as they are needed."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Protocol

from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.loading import read
from screens.theme import TONES
from screens.widgets.columns import GAP, Column, Record, fitted, layout
from supervise.services.session import Session

PAGE = 100
KEPT_PAGES = 40
WAITING = "……"


class Source(Protocol):
    """Where the records of a list come from; both are called in a thread."""

    def count(self, session: Session) -> int:
        """Count the records."""

    def rows(self, session: Session, offset: int, limit: int) -> Sequence[Record]:
        """Give the records of one window."""


@dataclass(frozen=True, slots=True)
class Window:
    """What one reading brought: which list it was for, how many records, from where, which."""

    ticket: int
    total: int
    offset: int
    rows: tuple[Record, ...]


class RecordList(ScrollView, can_focus=True):
    """Records as lines under a header, with a cursor; `key` is the field that tells them apart."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "record-list--header",
        "record-list--cursor",
        *(f"record-list--{tone}" for tone in TONES),
    }
    DEFAULT_CSS = """
    RecordList {
        height: 1fr;
        background: $background;
        border-top: solid $line;
        border-title-color: $muted;
        border-title-style: none;
        scrollbar-size-vertical: 1;
        overflow-x: hidden;
        & > .record-list--header { color: $muted; }
        & > .record-list--cursor { background: $chosen-away; }
        & > .record-list--muted { color: $muted; }
        & > .record-list--good { color: $success; }
        & > .record-list--warn { color: $warning; }
        & > .record-list--bad { color: $error; }
        & > .record-list--strong { color: $primary; }
        &:focus {
            border-top: solid $primary;
            border-title-color: $primary;
            border-title-style: bold;
            & > .record-list--cursor {
                background: $chosen; color: $chosen-text; text-style: bold;
            }
        }
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "cursor(-1)", "上一行", show=False, id="list.up", tooltip="上一行"),
        Binding("down,j", "cursor(1)", "下一行", show=False, id="list.down", tooltip="下一行"),
        Binding("pageup", "page(-1)", "上一页", show=False, id="list.pageup", tooltip="上一页"),
        Binding("pagedown", "page(1)", "下一页", show=False, id="list.pagedown", tooltip="下一页"),
        Binding("home", "edge(0)", "第一行", show=False, id="list.home", tooltip="第一行"),
        Binding("end", "edge(1)", "最后一行", show=False, id="list.end", tooltip="最后一行"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    """The row the cursor is on, from 0."""
    total: reactive[int] = reactive(0, repaint=False)
    """How many rows the list has."""

    @dataclass
    class Highlighted(Message):
        """The cursor came to rest on a record, or on none."""

        list: RecordList
        record: Record | None

        @property
        def control(self) -> RecordList:
            """The list, for `@on` selectors."""
            return self.list

    @dataclass
    class Selected(Highlighted):
        """A record was opened: Enter, or a click on the row the cursor is on."""

    @dataclass
    class Fetched(Message):
        """A window of the list arrived."""

        window: Window

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        key: str = "code",
        title: str = "",
        empty: str = "没有记录",
        measure: str = "件",
        id: str | None = None,  # noqa: A002
        classes: str | None = None,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self._columns = tuple(columns)
        self._key, self._title, self._empty, self._measure = key, title, empty, measure
        self._source: Source | None = None
        self._ticket = 0
        self._pages: OrderedDict[int, tuple[Record, ...]] = OrderedDict()
        self._old_pages: OrderedDict[int, tuple[Record, ...]] = OrderedDict()
        self._asked: set[int] = set()
        self._loaded = False
        self._base = Style.null()
        self._wanted: object = None
        self._shown: object = None

    # What the list shows.

    def show(self, rows: Sequence[Record]) -> None:
        """Show records that are at hand, keeping the cursor on the record it was on."""
        self._start(None)
        self._pages = OrderedDict(
            (number, tuple(rows[number * PAGE : (number + 1) * PAGE]))
            for number in range(-(-len(rows) // PAGE))
        )
        self._old_pages.clear()
        self._settle(len(rows), tuple(rows), 0)

    def watch_source(self, source: Source, *, keep_place: bool = True) -> None:
        """Show the records of a source, window by window.

        `keep_place`: the cursor stays on its record; otherwise it goes to the first row.
        """
        self._start(source)
        if not keep_place:
            self._old_pages.clear()
            self._wanted = None
            self.set_reactive(RecordList.cursor, 0)
            self.scroll_to(y=0, animate=False)
        self._ask(self.cursor // PAGE)

    def reload(self) -> None:
        """Read the source again; the old lines stand until the new ones arrive."""
        if self._source is not None:
            self.watch_source(self._source)

    def _start(self, source: Source | None) -> None:
        here = self.record
        self._wanted = None if here is None else here.get(self._key)
        self._source = source
        self._ticket += 1
        self._old_pages = self._pages or self._old_pages
        self._pages = OrderedDict()
        self._asked = set()

    @property
    def record(self) -> Record | None:
        """The record under the cursor, once it is there."""
        return self._row(self.cursor)

    def rows_at_hand(self) -> Iterator[Record]:
        """Give the records that were read already."""
        for page in self._pages.values():
            yield from page

    def _row(self, index: int) -> Record | None:
        if not 0 <= index < self.total:
            return None
        number, place = divmod(index, PAGE)
        page = self._pages.get(number)
        if page is None:
            self._ask(number)
            page = self._old_pages.get(number, ())
        else:
            self._pages.move_to_end(number)
        return page[place] if place < len(page) else None

    def _ask(self, number: int) -> None:
        source, ticket = self._source, self._ticket
        if source is None or number in self._asked:
            return
        self._asked.add(number)

        def task(session: Session) -> Window:
            total = source.count(session)
            rows = source.rows(session, number * PAGE, PAGE)
            return Window(ticket, total, number * PAGE, tuple(rows))

        read(self, f"{self.id}-{number}", task, self.Fetched, "读取一页清单")

    @on(Fetched)
    def take_window(self, message: Fetched) -> None:
        """Put a window into its place, unless the list has moved on to something else."""
        message.stop()
        window = message.window
        if window.ticket != self._ticket:
            return
        self._pages[window.offset // PAGE] = window.rows
        while len(self._pages) > KEPT_PAGES:
            gone, _ = self._pages.popitem(last=False)
            self._asked.discard(gone)
        self._settle(window.total, window.rows, window.offset)

    def _settle(self, total: int, rows: tuple[Record, ...], offset: int) -> None:
        """Take over a new length, and bring the cursor back to the record it was on."""
        self._loaded = True
        self.total = total
        self.virtual_size = Size(self.size.width, total + 1)
        place = self._find(rows)
        if place is not None:
            self._wanted = None
            self.cursor = offset + place
        self.cursor = max(min(self.cursor, total - 1), 0)
        self._retitle()
        self.refresh()
        self._tell()

    def _find(self, rows: tuple[Record, ...]) -> int | None:
        if self._wanted is None:
            return None
        found = (n for n, row in enumerate(rows) if row.get(self._key) == self._wanted)
        return next(found, None)

    def go_to(self, key: object) -> None:
        """Put the cursor on a record of the lines at hand, or on it when its window arrives."""
        for number, page in self._pages.items():
            for place, row in enumerate(page):
                if row.get(self._key) == key:
                    self.cursor = number * PAGE + place
                    return
        self._wanted = key

    # Where the cursor is.

    def validate_cursor(self, cursor: int) -> int:
        """Keep the cursor on the list."""
        return max(min(cursor, self.total - 1), 0)

    def watch_cursor(self, old: int, new: int) -> None:
        """Repaint the two lines, keep the cursor in view, and say where it is."""
        for row in (old, new):
            self.refresh(Region(0, row + 1 - self.scroll_offset.y, self.size.width, 1))
        self._keep_in_view()
        self._retitle()
        self._tell()

    def _keep_in_view(self) -> None:
        lines = self.scrollable_content_region.height - 1
        top = self.scroll_offset.y
        if self.cursor < top:
            self.scroll_to(y=self.cursor, animate=False)
        elif lines > 0 and self.cursor >= top + lines:
            self.scroll_to(y=self.cursor - lines + 1, animate=False)

    def _tell(self) -> None:
        record = self.record
        if self._loaded and (record is not None or self.total == 0):
            self._shown = None if record is None else record.get(self._key)
            self.post_message(self.Highlighted(self, record))

    def _retitle(self) -> None:
        place = f"第 {self.cursor + 1:,} / 共 {self.total:,} {self._measure}"
        where = place if self.total else (self._empty if self._loaded else WAITING)
        self.border_title = Content(f"{self._title}  {where}" if self._title else where)

    def retitle(self, title: str) -> None:
        """Change the words above the list."""
        self._title = title
        self._retitle()

    def action_cursor(self, step: int) -> None:
        """Move the cursor by rows."""
        self.cursor += step

    def action_page(self, step: int) -> None:
        """Move the cursor by screenfuls."""
        self.cursor += step * max(self.scrollable_content_region.height - 2, 1)

    def action_edge(self, last: int) -> None:
        """Move the cursor to the first or the last row."""
        self.cursor = self.total - 1 if last else 0

    def action_select(self) -> None:
        """Open the record under the cursor."""
        if (record := self.record) is not None:
            self.post_message(self.Selected(self, record))

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row clicked; a click on the cursor's row opens it."""
        offset = event.get_content_offset(self)
        if offset is None or offset.y < 1:
            return
        row = self.scroll_offset.y + offset.y - 1
        if row >= self.total:
            return
        if row == self.cursor and event.chain >= 2:
            self.action_select()
        self.cursor = row

    def on_resize(self) -> None:
        """Keep the cursor in view when the list gets shorter."""
        self.virtual_size = Size(self.size.width, self.total + 1)
        self._keep_in_view()

    def on_mount(self) -> None:
        """Say what is awaited."""
        self._retitle()

    # How a line is drawn.

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
        if index >= self.total:
            return self._blank(width, y)
        return self._line(index, width)

    def _header(self, width: int) -> Strip:
        style = self.get_component_rich_style("record-list--header")
        columns = layout(self._columns, width - 2)
        cells = [fitted(c.title, w, right=c.right) for c, w in columns]
        return self._strip([(cell, style) for cell in cells], width, style)

    def _line(self, index: int, width: int) -> Strip:
        record = self._row(index)
        chosen = index == self.cursor
        base = self._base
        if chosen:
            base += self.get_component_rich_style("record-list--cursor", partial=True)
        if record is None:
            return self._strip([(fitted(WAITING, width - 2), base)], width, base)
        cells = []
        for column, room in layout(self._columns, width - 2):
            cell = column.cell(record)
            style = base + self._tone(cell.tone, chosen) if cell.tone else base
            cells.append((fitted(cell.text, room, right=column.right), style))
        return self._strip(cells, width, base)

    def _tone(self, tone: str, chosen: bool) -> Style:
        """Give the style of a tone; on the row under the cursor the words alone say it."""
        if chosen and self.has_focus:
            return Style.null()
        return self.get_component_rich_style(f"record-list--{tone}", partial=True)

    def _blank(self, width: int, y: int) -> Strip:
        base = self._base
        if y == 2 and self._loaded and not self.total:
            base += self.get_component_rich_style("record-list--muted", partial=True)
            return self._strip([(fitted(self._empty, width - 2), base)], width, base)
        return Strip.blank(width, base)

    @staticmethod
    def _strip(cells: Sequence[tuple[str, Style]], width: int, base: Style) -> Strip:
        segments = [Segment(" ", base)]
        for text, style in cells:
            if len(segments) > 1:
                segments.append(Segment(" " * GAP, base))
            segments.append(Segment(text, style))
        return Strip(segments).adjust_cell_length(width, base)
