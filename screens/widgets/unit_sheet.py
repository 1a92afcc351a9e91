"""One unit line by line: issues, rates, months named, interviews, 基层负担, names."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static

from screens.unit_parts import SHEET_COLUMNS, sheet
from screens.widgets.columns import Record, one_line
from screens.widgets.record_list import RecordList
from supervise.services.unit_page import UnitPage


class UnitSheet(Vertical):
    """The lines of a unit, and below them the one under the cursor in full."""

    DEFAULT_CSS = """
    UnitSheet {
        width: 1fr; height: 1fr;
        #whole { height: auto; max-height: 4; padding: 0 1; color: $muted; }
    }
    """

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.page: UnitPage | None = None
        """The unit that is shown."""

    def compose(self) -> ComposeResult:
        """Lay out the lines and the line in full."""
        yield RecordList(SHEET_COLUMNS, key="key", measure="行", empty="没有选中单位", id="sheet")
        yield Static("", id="whole")

    @property
    def lines(self) -> RecordList:
        """The lines."""
        return self.query_one("#sheet", RecordList)

    def show(self, page: UnitPage | None) -> None:
        """Show a unit, or none."""
        self.page = page
        self.lines.retitle(one_line(page.unit.name) if page else "")
        self.lines.show(sheet(page) if page else ())

    def behind(self, when: str) -> tuple[str, str] | None:
        """Give the list behind a line about the unit's issues: its area and key."""
        lines: list[Record] = list(sheet(self.page)) if self.page else []
        return next((line["target"] for line in lines if line["when"] == when), None)

    @on(RecordList.Highlighted, "#sheet")
    def show_whole(self, message: RecordList.Highlighted) -> None:
        """Show a line in full, however long it is."""
        words = one_line(message.record["words"]) if message.record else ""
        self.query_one("#whole", Static).update(Content(words))
