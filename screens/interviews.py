"""约谈: who is to be put forward and why, and every step of those under way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import INTERVIEWS, bindings
from screens.loading import read
from screens.page import Page
from screens.referrals import ReferralsScreen
from screens.views import CRITERIA, months
from screens.widgets.columns import Cell, Column, Record, field, one_line
from screens.widgets.paper import Paper
from screens.widgets.record_list import RecordList
from supervise.domain.interviews import STATUS_LABELS
from supervise.reports.document import Document
from supervise.services import choices
from supervise.services.registry import Operation
from supervise.services.session import Session

_TONES = {
    "proposed": "bad",
    "submitted": "warn",
    "approved": "warn",
    "deferred": "warn",
    "scheduled": "strong",
    "held": "strong",
    "closed": "good",
}
# The date that matters in each status, and what it is called.
_DATES = {
    "submitted": ("submitted_on", "提请"),
    "approved": ("approved_on", "同意"),
    "declined": ("declined_on", "决定"),
    "deferred": ("deferred_on", "暂缓"),
    "scheduled": ("planned_on", "计划"),
    "held": ("due_on", "承诺"),
    "closed": ("closed_on", "办结"),
    "void": ("voided_on", "撤回"),
}


def _status(record: Record) -> Cell:
    status = str(record["status"])
    return Cell(STATUS_LABELS[status], _TONES.get(status, "muted"))


def _date(record: Record) -> Cell:
    name, word = _DATES.get(str(record["status"]), ("", ""))
    return Cell(f"{word} {record[name]}" if record.get(name) else "", "muted")


COLUMNS = (
    Column("单位", field("unit"), 14, grows=True),
    Column("状态", _status, 8),
    Column("依据月份", months, 16, grows=True),
    Column("日期", _date, 15, spare=1),
)
BASIS_COLUMNS = (
    Column("月份", field("period"), 7),
    Column("通报", field("notice", "muted"), 12, grows=True, spare=1),
    Column("事由", field("why"), 14),
    Column("事项", field("code", "strong"), 14, grows=True),
)


def _listing(session: Session) -> list[dict[str, Any]]:
    from supervise.services import interviews

    found = interviews.listing(session)
    for one in found:
        one["key"] = f"{one['id']}-{one['unit_id'] or one['unit']}-{months(one)}"
    return found


def _document(which: str, session: Session) -> Document:
    from supervise.reports.interview import interview_document
    from supervise.services import interview_facts

    return interview_document(interview_facts.gather(session, which))


def basis_rows(record: Record) -> list[dict[str, Any]]:
    """Lay out an interview's basis: one line for each issue of each month."""
    return [
        {
            "key": f"{month['period']}-{code}",
            "period": month["period"],
            "notice": month.get("notice") or "",
            "code": code,
            "why": CRITERIA.get(reason["criterion"], reason["criterion"]),
        }
        for month in record["basis"]
        for reason in month["reasons"]
        for code in (reason["issues"] or [reason.get("note") or ""])
    ]


class InterviewsScreen(Page):
    """The list, the basis issue by issue, and the paper for the leaders."""

    SCOPE = AREA = "interviews"
    HEADING = "约谈"
    CSS_PATH = "interviews.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(INTERVIEWS)
    AUTO_FOCUS = "#interviews"

    @dataclass
    class Loaded(Message):
        """The interviews arrived."""

        records: list[dict[str, Any]]

    @dataclass
    class Printed(Message):
        """A paper was composed."""

        document: Document
        title: str

    def panes(self) -> Iterable[Widget]:
        """Give the list, the basis and the paper."""
        with Vertical(id="left"):
            yield RecordList(
                COLUMNS,
                key="key",
                title="约谈",
                measure="项",
                id="interviews",
                empty="没有拟提请和办理中的约谈",
            )
            yield Static("", id="warnings")
            yield RecordList(BASIS_COLUMNS, key="key", title="依据", id="basis")
        with Container(id="right"):
            yield Paper("提请文稿", id="paper")

    @property
    def interviews(self) -> RecordList:
        """The list."""
        return self.query_one("#interviews", RecordList)

    def reload(self) -> None:
        """Read the interviews again."""
        read(self, "interviews", _listing, self.Loaded, "读取约谈")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the interviews."""
        self.interviews.show(message.records)

    def open(self, key: str) -> None:
        """Go to the first interview of the kind `interviews-STATUS`."""
        wanted = {"interviews-open": ("submitted", "approved", "deferred", "scheduled")}
        status = wanted.get(key, (key.partition("-")[2],))
        for page in self.interviews.rows_at_hand():
            if page["status"] in status:
                self.interviews.go_to(page["key"])
                break
        self.interviews.focus()

    @on(RecordList.Highlighted, "#interviews")
    def show_one(self, message: RecordList.Highlighted) -> None:
        """Show what an interview rests on."""
        record = message.record
        basis = self.query_one("#basis", RecordList)
        basis.show(basis_rows(record) if record else ())
        basis.retitle(f"{record['unit']} 依据" if record else "依据")
        self._warn(record)
        self._print(record)
        self.refresh_keys()

    def _warn(self, record: Record | None) -> None:
        lines = [one_line(str(one)) for one in (record or {}).get("warnings") or ()]
        line = self.query_one("#warnings", Static)
        line.update(Content("\n".join(f"注意：{one}" for one in lines)))
        line.display = bool(lines)

    def _print(self, record: Record | None) -> None:
        if record is None:
            self.query_one(Paper).show(None, "提请文稿")
            return
        which = str(record["id"] or record["unit_id"] or record["unit"])
        title = f"{record['unit']} 提请文稿"
        read(
            self,
            "paper",
            partial(_document, which),
            lambda document: self.Printed(document, title),
            "排版文稿",
        )

    @on(Printed)
    def show_paper(self, message: Printed) -> None:
        """Show the paper."""
        self.query_one(Paper).show(message.document, message.title)

    @on(RecordList.Selected, "#interviews")
    def to_basis(self) -> None:
        """Go from an interview to its basis."""
        self.query_one("#basis", RecordList).focus()

    @on(RecordList.Selected, "#basis")
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open the issue a month rests on."""
        if message.record is not None and message.record["code"]:
            await self.board.open_list("issues", f"issue:{message.record['code']}")

    async def action_notice(self) -> None:
        """Open the last notice the interview rests on."""
        record = self.interviews.record
        if record is not None and record["periods"]:
            await self.board.open_list("notices", f"notice-{record['periods'][-1]}")

    def action_paper(self) -> None:
        """Go to the paper."""
        self.add_class("-paper")
        self.query_one(Paper).focus()

    def action_back(self) -> None:
        """Go back to the list."""
        self.remove_class("-paper")
        self.interviews.focus()

    def action_referrals(self) -> None:
        """Open the page of candidates for referral."""
        self.app.push_screen(ReferralsScreen())

    # What can be done.

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action == "referrals" and self.board.read_only:
            return "只读方式不显示屡督不改研判提示。"
        if action in {"act", "notice"} and self.interviews.record is None:
            return "没有选中约谈。"
        return None

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        steps = choices.of_interview(self.interviews.record)
        if not steps:
            return "没有选中约谈。"
        return next((one.why_not for one in steps if one.op.name == op), None)

    def action_act(self) -> None:
        """Choose the next step."""
        record = self.interviews.record
        if record is not None:
            words = f"{record['unit']}，依据 {months(record)}，现在“{_status(record).text}”"
            self.choose(words, choices.of_interview(record), partial(self._ask_about, record))

    def ask(self, op: Operation) -> None:
        """Ask for what a step of the chosen interview needs."""
        if self.interviews.record is not None:
            self._ask_about(self.interviews.record, op)

    def _ask_about(self, record: Record, op: Operation) -> None:
        which = record["id"] if record["id"] is not None else record["unit"]
        fixed: dict[str, object] = {"unit": str(which)}
        if record["id"] is None:
            fixed["unit_id"] = record["unit_id"]
        given = {"periods": months(record)} if op.verb == "submit" else {}
        self.ask_for(op, f"{record['unit']}，依据 {months(record)}", fixed, given)
