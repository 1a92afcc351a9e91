"""问题: filters with counts, a list of any length, and the chosen issue in full."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input

from screens.commands import ISSUES, bindings
from screens.dialogs.text import TextDialog
from screens.loading import Written, read
from screens.page import Page
from screens.views import ISSUE_COLUMNS, IssueSource
from screens.widgets.choices import Choices
from screens.widgets.columns import Record
from screens.widgets.counts import Choice as View
from screens.widgets.counts import Counts
from screens.widgets.issue_detail import IssueDetail, Whole, read_whole
from screens.widgets.record_list import RecordList
from supervise.domain.clock import Term
from supervise.services import windows
from supervise.services.registry import Operation
from supervise.services.session import Session

_GROUPS = (
    ("all", "open"),
    ("discover", "rectify", "review", "feedback", "closed", "ended"),
    ("overdue", "soon", "returned", "reopened"),
)
SORTS = {
    "code": "编号",
    "due_on": "限期",
    "-moved_on": "最近办理",
    "unit": "责任单位",
    "-found_on": "发现日期",
}
# Long enough for a held key to pass by, short enough not to be felt.
REST = 0.06
TYPING = 0.12
NONE_CHOSEN = "没有选中事项。"


def _views() -> list[View]:
    found: list[View] = []
    for group in _GROUPS:
        found += [View("", ""), *(View(key, windows.VIEWS[key]) for key in group)]
    return found[1:]


def _count_all(session: Session) -> dict[str, int]:
    keys = [key for group in _GROUPS for key in group]
    return windows.counts(session, {key: windows.view(session, key) for key in keys})


def _explained(start: str, term: str, session: Session) -> dict[str, Any]:
    from supervise.services import due

    return due.record(session.calendar, date.fromisoformat(start), term)


class IssuesScreen(Page):
    """Three panes; on a narrow terminal one at a time."""

    SCOPE = AREA = "issues"
    HEADING = "问题"
    CSS_PATH = "issues.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(ISSUES)
    AUTO_FOCUS = "#issues"

    @dataclass
    class Counted(Message):
        """How many issues each filter shows."""

        numbers: dict[str, int]

    @dataclass
    class Read(Message):
        """An issue was read in full."""

        whole: Whole

    @dataclass
    class Explained(Message):
        """The day-by-day reason of a due date."""

        record: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self._source = IssueSource("open", sort="code")
        self._whole: Whole | None = None
        self._resting: Timer | None = None
        self._typing: Timer | None = None
        self._waiting: Callable[[], None] | None = None

    def panes(self) -> Iterable[Widget]:
        """Give the filters, the list and the detail."""
        yield Counts(_views(), title="筛选", id="views")
        with Container(id="work"):
            with Vertical(id="middle"):
                yield Input(placeholder="查找：文字、编号、单位（F9）", id="search", compact=True)
                yield RecordList(ISSUE_COLUMNS, empty="没有这样的事项", id="issues")
            yield IssueDetail(id="detail")

    def on_mount(self) -> None:
        """Begin with what is not finished."""
        self.query_one("#detail").border_title = Content("详情")
        self.query_one(Counts).choose(self._source.view)
        self._show_list(keep_place=True)

    @property
    def issues(self) -> RecordList:
        """The list."""
        return self.query_one("#issues", RecordList)

    # The list.

    def reload(self) -> None:
        """Read counts, list and detail again, without losing the place."""
        read(self, "counts", _count_all, self.Counted, "读取各筛选的件数")
        self.issues.reload()
        self._read_detail()

    @on(Counted)
    def take_counts(self, message: Counted) -> None:
        """Show the counts."""
        self.query_one(Counts).show(message.numbers)

    def _show_list(self, *, keep_place: bool = False) -> None:
        words = windows.title(self._source.view)
        found = f",含“{self._source.search}”" if self._source.search else ""
        self.issues.retitle(f"{words}{found}，按{SORTS[self._source.sort]}")
        self.issues.watch_source(self._source, keep_place=keep_place)

    @on(Counts.Chosen)
    def filter(self, message: Counts.Chosen) -> None:
        """Show the list of a filter."""
        if message.key != self._source.view:
            self._source = replace(self._source, view=message.key)
            self._show_list()

    def open(self, key: str) -> None:
        """Show a filter's list, or one issue where the key is `issue:CODE`."""
        code = key.partition(":")[2] if key.startswith("issue:") else ""
        view = "all" if code else key
        search = self.query_one("#search", Input)
        with search.prevent(Input.Changed):
            search.value = code
        self._source = IssueSource(view, search=code, sort="code" if code else "due_on")
        if view in windows.VIEWS:
            self.query_one(Counts).choose(view)
        self._show_list()
        self.set_class(bool(code), "-detail")
        self.issues.focus()
        if code:
            self._read_detail(code)

    @on(Input.Changed, "#search")
    def typed(self) -> None:
        """Search a moment after the last key."""
        if self._typing is not None:
            self._typing.stop()
        self._typing = self.set_timer(TYPING, self._search)

    def _search(self) -> None:
        words = self.query_one("#search", Input).value.strip()
        if words != self._source.search:
            self._source = replace(self._source, search=words)
            self._show_list()

    @on(Input.Submitted, "#search")
    def found(self) -> None:
        """Go from the search to what it found."""
        self._search()
        self.issues.focus()

    # The detail.

    @on(RecordList.Highlighted, "#issues")
    def rest(self) -> None:
        """Read the issue once the cursor rests on it."""
        self._waiting = None
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(REST, self._read_detail)

    def _read_detail(self, code: str | None = None) -> None:
        record = self.issues.record
        wanted = code or (str(record["code"]) if record else None)
        if wanted is None:
            self._take(None)
            return
        read(self, "detail", lambda session: read_whole(session, wanted), self.Read, "读取事项")

    @on(Read)
    def take_detail(self, message: Read) -> None:
        """Show the issue, and go on with what waited for it."""
        self._take(message.whole)
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self._fresh:
            waiting()

    def _take(self, whole: Whole | None) -> None:
        self._whole = whole
        self.query_one(IssueDetail).show(whole)
        self.refresh_keys()

    @on(RecordList.Selected, "#issues")
    def to_detail(self) -> None:
        """Go to the detail."""
        self.remove_class("-filters")
        self.add_class("-detail")
        self.query_one("#moves", Choices).focus()

    def action_back(self) -> None:
        """Go back to the list; once there, clear the search."""
        elsewhere = self.has_class("-detail") or self.has_class("-filters")
        if elsewhere or self.focused is not self.issues:
            self.remove_class("-detail", "-filters")
            self.issues.focus()
        elif self._source.search:
            self.query_one("#search", Input).value = ""

    def action_filters(self) -> None:
        """Go to the filters."""
        self.remove_class("-detail")
        self.add_class("-filters")
        self.query_one(Counts).focus()

    @on(Counts.OptionSelected)
    def filters_done(self) -> None:
        """Go from the filters to the list."""
        self.remove_class("-filters")
        self.issues.focus()

    def action_search(self) -> None:
        """Go to the search."""
        self.remove_class("-detail", "-filters")
        self.query_one("#search", Input).focus()

    def action_sort(self) -> None:
        """Take the next order."""
        orders = list(SORTS)
        sort = orders[(orders.index(self._source.sort) + 1) % len(orders)]
        self._source = replace(self._source, sort=sort)
        self._show_list(keep_place=True)

    def action_copy(self) -> None:
        """Copy the code of the issue."""
        if self._whole is not None:
            code = str(self._whole.record["code"])
            self.app.copy_to_clipboard(code)
            self.board.say(f"已复制 {code}")

    # The date.

    def _term(self) -> tuple[str, str] | None:
        clocks = self._whole.record.get("clocks") or [] if self._whole else []
        timed = [one for one in clocks if one.get("term") and one.get("start")]
        return (timed[-1]["start"], timed[-1]["term"]) if timed else None

    def action_clock(self) -> None:
        """Explain the due date day by day."""
        found = self._term()
        if found is not None:
            read(self, "clock", partial(_explained, *found), self.Explained, "推算期限")

    @on(Explained)
    def explain(self, message: Explained) -> None:
        """Show the days."""
        record = message.record
        lines: list[tuple[str, str]] = []
        for day in record["days"]:
            mark, tone = ("计入", "$success") if day["counted"] else ("不计", "$muted")
            lines += [(f"{day['date']}  ", ""), (f"{mark}  ", tone), (f"{day['why']}\n", "$muted")]
        known = "（暂定：该年节假日安排未公布）" if record["provisional"] else ""
        term = Term.parse(record["term"]).label
        words = f"自 {record['start']} 起 {term}，到期 {record['due']}{known}"
        self.app.push_screen(TextDialog("期限推算", words, Content.assemble(*lines)))

    # What can be done.

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action in {"act", "copy", "clock"} and self._whole is None:
            return NONE_CHOSEN
        if action == "act" and self.board.read_only:
            return "台账以只读方式打开，不能办理。"
        if action == "clock" and self._term() is None:
            return "限期不是按时限推算的，没有逐日说明。"
        return None

    def why_not_do(self, op: str) -> str | None:
        """Say why a step of the issue can't be taken now."""
        if op == "issue.add":
            return None
        if self._whole is None:
            return NONE_CHOSEN
        if not self._fresh:
            return None
        reasons = {choice.op.name: choice.why_not for choice in self._whole.choices}
        return reasons.get(op)

    @property
    def _fresh(self) -> bool:
        """Whether what was read is the issue under the cursor, and not the one before it."""
        here = self.issues.record
        return self._whole is not None and (
            here is None or self._whole.record["code"] == here["code"]
        )

    def _once_read(self, action: Callable[[], None]) -> bool:
        """Read the issue under the cursor first, if that is still to come; tell whether it is."""
        if self._fresh:
            return False
        self._waiting = action
        self._read_detail()
        return True

    def action_act(self) -> None:
        """Choose the next step."""
        if self._once_read(self.action_act) or self._whole is None:
            return
        record = self._whole.record
        words = f"{record['code']} {record['title']}，现在“{record['stage_name']}”"
        self.choose(words, self._whole.choices, partial(self._ask_about, record))

    def ask(self, op: Operation) -> None:
        """Ask for what a step of the chosen issue needs."""
        if op.name == "issue.add":
            self.ask_for(op, "")
        elif not self._once_read(partial(self._ask_again, op)) and self._whole is not None:
            self._ask_about(self._whole.record, op)

    def ask_shown(self, op: Operation) -> None:
        """Ask about the issue in the detail, whatever the list does meanwhile."""
        if self._whole is not None:
            self._ask_about(self._whole.record, op)

    def _ask_again(self, op: Operation) -> None:
        reason = self.why_not_do(op.name)
        if reason is None:
            self.ask(op)
        else:
            self.board.say(reason, bad=True)

    def _ask_about(self, record: Record, op: Operation) -> None:
        given = {"unit": record.get("unit")} if op.name == "issue.assign" else {}
        words = f"{record['code']} {record['title']}"
        self.ask_for(op, words, {"issue": record["code"]}, given)

    def settled(self, written: Written) -> None:
        """Stay with the issue that was changed; go to the one that was added."""
        code = written.record.get("code")
        if written.op == "issue.add" and code:
            self.open(f"issue:{code}")
        elif code:
            self._read_detail(str(code))
