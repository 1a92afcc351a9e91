"""What the pages of one list under several views share: tabs, the list, the record in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from typing import ClassVar

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.page import READ_ONLY, Page
from screens.widgets.columns import Column, Record, one_line
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from screens.widgets.view_tabs import ViewTabs
from supervise.services.choices import Choice
from supervise.services.registry import Operation


class ViewedList(Page):
    """A list by view, and below it the record under the cursor in full.

    A page names its `VIEWS` (key and title), the `COLUMNS` and the `KEY` of its records, what an
    `EMPTY` view says; it reads them in `reload` and hands them to `take_records`.
    """

    VIEWS: ClassVar[tuple[tuple[str, str], ...]] = ()
    COLUMNS: ClassVar[tuple[Column, ...]] = ()
    KEY: ClassVar[str] = "id"
    EMPTY: ClassVar[str] = ""

    def __init__(self) -> None:
        super().__init__()
        self._records: Sequence[Record] = ()

    def panes(self) -> Iterable[Widget]:
        """Give the views, the list and the words."""
        yield ViewTabs(self.VIEWS, hint="Ctrl+→ 换栏", id="views")
        yield RecordList(self.COLUMNS, key=self.KEY, measure="件", empty=self.EMPTY, id=self.SCOPE)
        yield VerticalScroll(Static("", id="words"), id="told", can_focus=False)

    # What each page says for itself.

    def in_view(self, records: Sequence[Record], view: str) -> list[Record]:
        """Give the lines of a view."""
        raise NotImplementedError

    def facts(self, record: Record) -> Iterator[tuple[str, object]]:
        """Give label and value of what is told of a record; what is empty is left out."""
        raise NotImplementedError

    def steps(self, record: Record | None) -> tuple[Choice, ...]:
        """Give the steps of a record."""
        raise NotImplementedError

    def named(self, record: Record) -> str:
        """Name a record in a line."""
        raise NotImplementedError

    def ask_about(self, record: Record | None, op: Operation) -> None:
        """Ask for what a step of a record needs."""
        raise NotImplementedError

    # The list.

    @property
    def lines(self) -> RecordList:
        """The list."""
        return self.query_one(f"#{self.SCOPE}", RecordList)

    @property
    def record(self) -> Record | None:
        """The record under the cursor."""
        return self.lines.record

    def where(self) -> Sequence[Crumb]:
        """Say which view is open."""
        return Crumb(self.HEADING), Crumb(dict(self.VIEWS)[self.query_one(ViewTabs).view])

    def take_records(self, records: Sequence[Record]) -> None:
        """Show the records that were read, and how many each view has."""
        self._records = records
        counts = {name: str(len(self.in_view(records, name)) or "") for name, _ in self.VIEWS}
        self.query_one(ViewTabs).count(counts)
        self.show_view()

    @on(ViewTabs.Opened)
    def open_view(self) -> None:
        """Show a view that was opened."""
        self.show_view()

    def show_view(self) -> None:
        """Show the lines of the open view."""
        self.lines.show(self.in_view(self._records, self.query_one(ViewTabs).view))

    @on(RecordList.Highlighted)
    def tell(self, message: RecordList.Highlighted) -> None:
        """Show the record in full."""
        self.query_one("#words", Static).update(self._words(message.record))
        self.refresh_keys()

    def _words(self, record: Record | None) -> Content:
        lines: list[tuple[str, str]] = []
        for label, value in self.facts(record) if record is not None else ():
            if value:
                lines += [(f"{label}  ", "$muted"), (f"{one_line(str(value))}\n", "")]
        return Content.assemble(*lines).rstrip()

    # What can be done.

    def action_view(self, step: int) -> None:
        """Open the next view, or the one before."""
        self.query_one(ViewTabs).step(step)

    def action_back(self) -> None:
        """Go back to the list."""
        self.lines.focus()

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        return READ_ONLY if action == "act" and self.board.read_only else None

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        return next((one.why_not for one in self.steps(self.record) if one.op.name == op), None)

    def action_act(self) -> None:
        """Choose the next step."""
        record = self.record
        words = self.named(record) if record is not None else self.HEADING
        self.choose(words, self.steps(record), partial(self.ask_about, record))

    def ask(self, op: Operation) -> None:
        """Ask for what a step needs."""
        self.ask_about(self.record, op)
