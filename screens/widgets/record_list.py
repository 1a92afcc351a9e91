"""A list of any length: one line a record, drawn from windows of a query as they are needed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive

from screens.loading import read
from screens.widgets.columns import Column, Record, flat
from screens.widgets.lines import WAITING, Lines
from screens.widgets.pages import PAGE, Pages, Source, Window, read_window
from supervise.services.session import Session


class RecordList(Lines, can_focus=True):
    """Records as lines under a header, with a cursor; `key` is the field that tells them apart."""

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
        super().__init__(columns, empty, id, classes)
        self._key, self._title, self._measure = key, title, measure
        self._source: Source | None = None
        self._pages = Pages(key)
        self._loaded = False
        # The record the cursor is to be on, and the row it was on when that was settled.
        self._wanted: object = None
        self._left = 0

    # What the list shows.

    def show(self, rows: Sequence[Record]) -> None:
        """Show records that are at hand, keeping the cursor on the record it was on."""
        self._start(None)
        self._pages.fill(rows)
        self._settle(len(rows))

    def watch_source(self, source: Source, *, keep_place: bool = True) -> None:
        """Show the records of a source, window by window.

        `keep_place`: the cursor stays on its record; otherwise it goes to the first row.
        """
        self._start(source, keep_place=keep_place)
        if not keep_place:
            self.set_reactive(RecordList.cursor, 0)
            self._to_top(0)
        self._ask(self.cursor // PAGE)

    def reload(self) -> None:
        """Read the source again; the old lines stand until the new ones arrive."""
        if self._source is not None:
            self.watch_source(self._source)

    def _start(self, source: Source | None, *, keep_place: bool = True) -> None:
        here = self.record if keep_place else None
        self._want(None if here is None else here.get(self._key))
        self._source = source
        self._pages.start(keep_old=keep_place)

    @property
    def record(self) -> Record | None:
        """The record under the cursor, once it is there."""
        return self._row(self.cursor)

    def rows_at_hand(self) -> Iterator[Record]:
        """Give the records that were read already."""
        yield from self._pages.rows()

    def _row(self, index: int) -> Record | None:
        if not 0 <= index < self.total:
            return None
        record, fresh = self._pages.row(index)
        if not fresh:
            self._ask(index // PAGE)
        return record

    def _ask(self, number: int) -> None:
        source, ticket = self._source, self._pages.ticket
        if source is None or number in self._pages.asked:
            return
        # Only the first reading of a list looks where the record under the cursor went.
        sought = self._wanted is not None and not self._pages.asked
        wanted = (self._key, self._wanted) if sought else None
        self._pages.asked.add(number)

        def task(session: Session) -> Window:
            return read_window(session, source, ticket, number, wanted)

        read(self, f"{self.id}-{number}", task, self.Fetched, "读取一页清单")

    @on(Fetched)
    def take_window(self, message: Fetched) -> None:
        """Put a window into its place, unless the list has moved on to something else."""
        message.stop()
        if message.window.ticket == self._pages.ticket:
            if self._wanted is not None and self.cursor != self._left:
                # It was moved since: it stays where it is now.
                here, _ = self._pages.row(self.cursor)
                self._want(None if here is None else here.get(self._key))
            self._pages.put(message.window)
            self._settle(message.window.total)

    def _settle(self, total: int) -> None:
        """Take over a new length, and bring the cursor back to the record it was on."""
        self._loaded = True
        self.total = total
        self.virtual_size = Size(self.size.width, total + 1)
        place = None if self._wanted is None else self._pages.find(self._wanted)
        if place is not None:
            self._wanted = None
            self._follow(place)
        self.cursor = max(min(self.cursor, total - 1), 0)
        self._retitle()
        self.refresh()
        self._tell()

    def _follow(self, place: int) -> None:
        """Go where the record under the cursor went; it stays on its line of the screen."""
        by, top = place - self.cursor, self.scroll_offset.y
        self.moved_by(by)
        if by and top:
            self._to_top(max(top + by, 0))
        self.cursor = place

    def moved_by(self, rows: int) -> None:
        """Learn that the record under the cursor moved by so many rows."""

    def go_to(self, key: object) -> None:
        """Put the cursor on a record of the lines at hand, or on it when its window arrives."""
        place = self._pages.find(key)
        if place is not None:
            self.cursor = place
        else:
            self._want(key)

    def _want(self, key: object) -> None:
        self._wanted, self._left = key, self.cursor

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
            self._to_top(self.cursor)
        elif lines > 0 and self.cursor >= top + lines:
            self._to_top(self.cursor - lines + 1)

    def _to_top(self, line: int) -> None:
        """Scroll a line to the top, even while the bar that allows it is still to come."""
        self.scroll_to(y=line, animate=False, force=True)

    def _tell(self) -> None:
        record = self.record
        if self._loaded and (record is not None or self.total == 0):
            self.post_message(self.Highlighted(self, record))

    def _retitle(self) -> None:
        place = f"第 {self.cursor + 1:,} / " if self.total else ""
        where = f"{place}共 {self.total:,} {self._measure}" if self._loaded else WAITING
        parts = filter(None, (flat(self._title), where, self.tally))
        self.border_title = Content("  ".join(parts))

    @property
    def tally(self) -> str:
        """What the edge says after the place."""
        return ""

    @property
    def source(self) -> Source | None:
        """Where the records come from; None where all are at hand."""
        return self._source

    @property
    def heading(self) -> str:
        """The words above the list."""
        return self._title

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

    # What the lines are made of.

    def line_count(self) -> int | None:
        """Count the records; None while that is not known."""
        return self.total if self._loaded else None

    def line_record(self, index: int) -> Record | None:
        """Give the record of a line, once it is there."""
        return self._row(index)

    def is_chosen(self, index: int) -> bool:
        """Whether the cursor is on a line."""
        return index == self.cursor
