"""A page of filters, a list, and the chosen record line by line: units and tasks have its shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual import on

from screens.page import Page
from screens.resting import Rest
from screens.widgets.columns import Record
from screens.widgets.counts import Counts
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList


class FilteredPage(Page):
    """What the filters do, and the ways between list and sheet; `LIST` is the list's id."""

    LIST: ClassVar[str] = ""

    def __init__(self, begun_with: str) -> None:
        super().__init__()
        # The filter that is on; what to go to once the list is read.
        self._filter, self._wanted = begun_with, ""
        self._rest = Rest(self, self.read_chosen)

    @property
    def chosen_from(self) -> RecordList:
        """The list."""
        return self.query_one(f"#{self.LIST}", RecordList)

    @property
    def lines(self) -> RecordList:
        """The lines of the chosen record."""
        return self.query_one("#sheet", RecordList)

    def show_list(self) -> None:
        """Show what fits the filter."""

    def read_chosen(self) -> None:
        """Read the record under the cursor."""

    def filter_words(self) -> str:
        """Give the filter that is on in words."""
        return ""

    def named(self, record: Record) -> str:
        """Give what the way above the list calls a record."""
        return ""

    # Going about.

    @on(Counts.Chosen)
    def filter(self, message: Counts.Chosen) -> None:
        """Show what a filter fits."""
        self._filter = message.key
        self.show_list()

    @on(Counts.OptionSelected)
    def to_list(self) -> None:
        """Go to the list."""
        self.turn_to()
        self.chosen_from.focus()

    @on(RecordList.Highlighted)
    def rest(self, message: RecordList.Highlighted) -> None:
        """Read the record once the cursor rests on it."""
        if message.list.id == self.LIST:
            self._rest.again()
            self.refresh_keys()

    @on(RecordList.Selected)
    def chosen(self, message: RecordList.Selected) -> None:
        """Go from the list to the sheet."""
        if message.list.id == self.LIST:
            self.to_sheet()

    def to_sheet(self) -> None:
        """Go to the sheet."""
        self.turn_to("sheet")
        self.lines.focus()

    def action_filters(self) -> None:
        """Go to the filters."""
        self.turn_to("filters")
        self.query_one(Counts).focus()

    def action_back(self) -> None:
        """Go back to the list."""
        self.to_list()

    def where(self) -> Sequence[Crumb]:
        """Say which filter is on, and which record is looked at."""
        record = self.chosen_from.record
        inside = self.focused is not None and self.focused is not self.chosen_from
        on_sheet = self.focused is self.lines
        return (
            Crumb(self.HEADING, "filters"),
            Crumb(self.filter_words(), "back" if inside else ""),
            Crumb(self.named(record) if record and on_sheet else ""),
        )
