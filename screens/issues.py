"""问题: lists with counts, filters as chips, a list of any length, and the chosen issue in full."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.widget import Widget

from screens.commands import ISSUES, bindings
from screens.issue_lists import IssueLists, views
from screens.issue_views import OWN
from screens.loading import Written
from screens.widgets.chips import Chips
from screens.widgets.counts import Counts
from screens.widgets.issue_detail import IssueDetail
from screens.widgets.marked_list import MarkedList
from screens.widgets.search_line import SearchLine
from supervise.services.narrowing import NOTHING, Narrowing

__all__ = ["TYPING", "IssuesScreen"]

# Seconds in which a hand that types fast is waited for.
TYPING = 0.02


class IssuesScreen(IssueLists):
    """Three panes; on a narrow terminal one at a time."""

    SCOPE = AREA = "issues"
    HEADING = "问题"
    CSS_PATH = "issues.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ISSUES)
    AUTO_FOCUS = "#issues"

    def panes(self) -> Iterable[Widget]:
        """Give the lists to choose from, the list and the detail."""
        yield Counts(views(self._kept), title="清单", id="views")
        with Container(id="work"):
            with Vertical(id="middle"):
                yield SearchLine("查找：文字、编号、工单号、单位或其拼音首字母（F9）", TYPING)
                yield Chips(id="chips")
                yield self.make_list()
            yield IssueDetail(id="detail")

    def make_list(self) -> MarkedList:
        """Make the list of the chosen columns."""
        return MarkedList(
            self._shape.shown(), hint="F6 批量办理", empty="没有这样的事项", id="issues"
        )

    def on_mount(self) -> None:
        """Begin with what is not finished."""
        self.query_one("#detail").border_title = Content("详情")
        self.query_one(Counts).choose(self._key)
        self._show_list(keep_place=True)

    # The list.

    def reload(self) -> None:
        """Read list, detail and counts again, without losing the place."""
        self.issues.reload()
        self.read_detail()
        self._counting.again()

    @on(Counts.Chosen)
    def choose_list(self, message: Counts.Chosen) -> None:
        """Show the list that was chosen; what was searched for and set stays, but for own lists."""
        if message.key == self._key:
            return
        if message.key.startswith(OWN) or self._key.startswith(OWN):
            self._open_list(message.key)
        else:
            self._open_list(message.key, self._source.search, self._source.narrowing)

    def open(self, key: str) -> None:
        """Show a list, or one issue where the key is `issue:CODE`."""
        code = key.partition(":")[2] if key.startswith("issue:") else ""
        self._open_list("all" if code else key, code)
        self.turn_to("detail" if code else "")
        self.issues.focus()
        if code:
            self.read_detail(code)

    # Searching and narrowing.

    @on(SearchLine.Sought)
    def search(self, message: SearchLine.Sought) -> None:
        """Show what fits the words."""
        self._source = replace(self._source, search=message.words)
        self._show_list()

    @on(SearchLine.Done)
    def found(self) -> None:
        """Go from the search to what it found."""
        self.issues.focus()

    def _narrow(self, narrowed: Narrowing | None) -> None:
        if narrowed is not None and narrowed != self._source.narrowing:
            self._source = replace(self._source, narrowing=narrowed)
            self._show_list()

    def action_narrow(self) -> None:
        """Set what narrows the list."""
        from screens.dialogs.narrow import NarrowDialog

        self.app.push_screen(NarrowDialog(self._source.narrowing), self._narrow)

    @on(Chips.Removed)
    def widen(self, message: Chips.Removed) -> None:
        """Take one condition away."""
        self._narrow(self._source.narrowing.without(message.part))
        if not self._source.narrowing.chips():
            self.issues.focus()

    # Going about.

    def action_back(self) -> None:
        """Go back to the list; once there, clear the search, then the conditions."""
        elsewhere = self.has_class("-detail") or self.has_class("-filters")
        if elsewhere or self.focused is not self.issues:
            self.turn_to()
            self.issues.focus()
        elif self._source.search:
            self.query_one(SearchLine).value = ""
        else:
            self._narrow(NOTHING)

    def action_views(self) -> None:
        """Go to the lists."""
        self.turn_to("filters")
        self.query_one(Counts).focus()

    @on(Counts.OptionSelected)
    def views_done(self) -> None:
        """Go from the lists to the list."""
        self.turn_to()
        self.issues.focus()

    def action_search(self) -> None:
        """Go to the search."""
        self.turn_to()
        self.query_one(SearchLine).focus()

    def settled(self, written: Written) -> None:
        """Stay with the issue that was changed; go to the one that was added."""
        # What was read before knows nothing of this step.
        self._stale = True
        code = written.record.get("code")
        if written.op == "issue.add" and code:
            self.open(f"issue:{code}")
        elif code:
            self.read_detail(str(code))
