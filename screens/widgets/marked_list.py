"""A list whose rows can be marked, to do one thing with many of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar, cast

from rich.style import Style
from textual import events, on
from textual.binding import Binding, BindingType
from textual.message import Message

from screens.loading import read
from screens.widgets.columns import Column, Record
from screens.widgets.lines import Drawn
from screens.widgets.pages import KeySource, Source
from screens.widgets.record_list import RecordList
from supervise.services.session import Session

MARK = "选"
# The mark is a wide character, two cells in every terminal; then a blank.
_ROOM = 3


def _extend(key: str, action: str, what: str) -> Binding:
    return Binding(key, action, what, show=False, id=f"list.{key.replace('+', '-')}", tooltip=what)


class MarkedList(RecordList):
    """Marks are kept by key: scrolling, sorting, other filters and reading again leave them."""

    LEAD: ClassVar[int] = _ROOM
    BINDINGS: ClassVar[list[BindingType]] = [
        _extend("shift+up", "sweep(-1)", "标记并上移"),
        _extend("shift+down", "sweep(1)", "标记并下移"),
        _extend("shift+pageup", "sweep_page(-1)", "标记上一页"),
        _extend("shift+pagedown", "sweep_page(1)", "标记下一页"),
        _extend("shift+home", "sweep_edge(0)", "标记到第一行"),
        _extend("shift+end", "sweep_edge(1)", "标记到最后一行"),
    ]

    def __init__(self, columns: Sequence[Column], *, hint: str = "", **options: Any) -> None:
        """Make a list; `hint` says on the edge what can be done with what is marked."""
        super().__init__(columns, **options)
        self._hint = f"，{hint}" if hint else ""
        # The marked keys in the order they were marked, and the row a range begins at.
        self._marks: dict[object, None] = {}
        self._anchor: int | None = None

    @dataclass
    class Marked(Message):
        """What is marked changed."""

        list: MarkedList

        @property
        def control(self) -> MarkedList:
            """The list, for `@on` selectors."""
            return self.list

    @dataclass
    class Keys(Message):
        """The keys of a stretch of the list arrived, to be marked."""

        source: Source
        keys: tuple[object, ...]

    @property
    def marks(self) -> tuple[object, ...]:
        """The keys of the marked records."""
        return tuple(self._marks)

    @property
    def mark_count(self) -> int:
        """How many records are marked."""
        return len(self._marks)

    # Marking.

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take its mark away, and go on to the next."""
        self._toggle(self.cursor)
        self.cursor += 1

    def action_mark_to(self) -> None:
        """Mark every row from the one last marked to the cursor."""
        start = self.cursor if self._anchor is None else self._anchor
        self._mark_rows(start, self.cursor)

    def action_mark_all(self) -> None:
        """Mark every record of the list as it is filtered now."""
        self._mark_rows(0, self.total - 1)

    def action_unmark(self) -> None:
        """Take all marks away."""
        self._marks, self._anchor = {}, None
        self._marks_changed()

    def action_sweep(self, step: int) -> None:
        """Mark the row under the cursor and the one the cursor comes to."""
        self._sweep(lambda: self.action_cursor(step))

    def action_sweep_page(self, step: int) -> None:
        """Mark the rows of a screenful."""
        self._sweep(lambda: self.action_page(step))

    def action_sweep_edge(self, last: int) -> None:
        """Mark every row to the first or the last."""
        self._sweep(lambda: self.action_edge(last))

    def _sweep(self, go: Callable[[], None]) -> None:
        start = self.cursor
        go()
        if self._anchor is None:
            self._anchor = start
        self._mark_rows(start, self.cursor)

    def _toggle(self, row: int) -> None:
        record = self.line_record(row)
        if record is None:
            return
        key = record.get(self._key)
        if key in self._marks:
            del self._marks[key]
        else:
            self._marks[key] = None
        self._anchor = row
        self._marks_changed()

    def _mark_rows(self, first: int, last: int) -> None:
        """Mark a stretch: at once where it is at hand, else when a thread has read its keys."""
        if not self.total:
            return
        first, last = min(first, last), max(first, last)
        keys = self._pages.keys(first, last)
        if keys is not None:
            self._add(keys)
        elif hasattr(self._source, "keys"):
            source, limit = cast(KeySource, self._source), last - first + 1
            whole = limit == self.total
            task = partial(_keys, source, first, None if whole else limit)
            read(self, "marks", task, partial(self.Keys, source), "读取要标记的编号")

    def _add(self, keys: Sequence[object]) -> None:
        self._marks.update(dict.fromkeys(keys))
        self._marks_changed()

    @on(Keys)
    def take_keys(self, message: Keys) -> None:
        """Mark what was read, unless the list shows something else by now."""
        message.stop()
        if message.source == self._source:
            self._add(message.keys)

    def _marks_changed(self) -> None:
        self._retitle()
        self.refresh()
        self.post_message(self.Marked(self))

    def moved_by(self, rows: int) -> None:
        """Keep a range beginning at the row it began at."""
        if self._anchor is not None:
            self._anchor = max(self._anchor + rows, 0)

    # The mouse.

    def on_click(self, event: events.Click) -> None:
        """Mark by a click on the mark's column or with Ctrl, a range with Shift; else as ever."""
        offset = event.get_content_offset(self)
        if offset is None:
            return
        at_mark, row = offset.x <= _ROOM, self.scroll_offset.y + offset.y - 1
        if not (at_mark or event.shift or event.ctrl):
            return
        event.prevent_default()
        if offset.y < 1:
            self.action_unmark() if self._marks else self.action_mark_all()
        elif row < self.total:
            self._click_row(row, extend=event.shift)

    def _click_row(self, row: int, *, extend: bool) -> None:
        start = self.cursor if self._anchor is None else self._anchor
        self.cursor = row
        if extend:
            self._mark_rows(start, row)
        else:
            self._toggle(row)

    # How it is drawn.

    @property
    def tally(self) -> str:
        """Say on the edge how many are marked."""
        count = len(self._marks)
        return f"已选 {count:,} {self._measure}{self._hint}" if count else ""

    def lead(self, record: Record | None, base: Style) -> list[Drawn]:
        """Draw the mark, a word that needs no colour to be seen."""
        if record is not None and record.get(self._key) not in self._marks:
            return [(" " * _ROOM, base)]
        tone = self.tone("strong") if record is not None else Style.null()
        return [(f"{MARK} ", base + tone)]


def _keys(
    source: KeySource, offset: int, limit: int | None, session: Session
) -> tuple[object, ...]:
    return tuple(source.keys(session, offset, limit))
