"""What the page of interviews shows: lanes and cards, columns, the basis by month, the papers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from textual.content import Content

from screens.unit_parts import explanation_words, interview_key
from screens.views import CRITERIA
from screens.widgets.board import Lane
from screens.widgets.columns import Cell, Column, Record, field, one_line
from supervise.domain.explanations import Owed
from supervise.domain.interviews import STATUS_LABELS, days_left, promise_words
from supervise.reports.document import Document
from supervise.services.interview_page import InterviewBoard, InterviewPage
from supervise.services.session import Session

LANES = (
    Lane("拟提请", ("proposed",)),
    Lane("已提请、暂缓", ("submitted", "deferred")),
    Lane("已同意", ("approved",)),
    Lane("已安排", ("scheduled",)),
    Lane("已约谈，整改中", ("held",)),
    Lane("办结、不予、作废", ("closed", "declined", "void")),
)
ORDER = tuple(status for lane in LANES for status in lane.statuses)
TONES = {
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
    "declined": ("declined_on", "不予约谈"),
    "deferred": ("deferred_on", "暂缓"),
    "scheduled": ("planned_on", "计划"),
    "held": ("held_on", "约谈"),
    "closed": ("closed_on", "办结"),
    "void": ("voided_on", "撤回"),
}


def status_cell(record: Record) -> Cell:
    """Say where an interview stands."""
    status = str(record["status"])
    return Cell(STATUS_LABELS[status], TONES.get(status, "muted"))


def date_cell(record: Record) -> Cell:
    """Say the date that matters now; of a promise, how many days are left."""
    if record["status"] == "held" and record.get("due_on"):
        left = record["days_left"]
        told = "今天到期" if left == 0 else f"还有{left}天" if left > 0 else f"已过{-left}天"
        return Cell(f"承诺{str(record['due_on'])[5:]}，{told}", "bad" if left < 0 else "")
    name, word = _DATES.get(str(record["status"]), ("", ""))
    if record.get(name):
        return Cell(f"{word} {record[name]}", "muted")
    return Cell(f"{len(record['periods'])} 个月连续被通报" if not name else word, "muted")


def short_months(record: Record) -> str:
    """Give the months an interview rests on, the year once: 2024-10、11."""
    words, year = [], ""
    for period in record["periods"]:
        words.append(period if period[:4] != year else period[5:])
        year = period[:4]
    return "、".join(words)


def card(record: Record) -> tuple[Cell, Cell, Cell]:
    """Give the three lines of a card."""
    return (Cell(str(record["unit"]), "strong"), _months_cell(record), date_cell(record))


def _months_cell(record: Record) -> Cell:
    """Show the months, and that there is something to weigh about them."""
    mark = "（有提示）" if record["warnings"] else ""
    return Cell(f"{short_months(record)}{mark}", "warn" if mark else "")


def _group(record: Record) -> Cell:
    return Cell(record["group"], TONES.get(str(record["status"]), "muted"))


COLUMNS = (
    Column("阶段", _group, 11),
    Column("单位", field("unit"), 14, grows=True),
    Column("依据月份", _months_cell, 12, grows=True, spare=1),
    Column("日期", date_cell, 20),
)
BASIS_COLUMNS = (
    Column("月份", field("month", "strong"), 7),
    Column("编号", field("code", "strong"), 12),
    Column("事项", field("title"), 22, grows=True),
    Column("事由", field("why"), 8, spare=3),
    Column("说明", lambda r: Cell(*r["explained"]), 12, spare=1),
    Column("通报", field("notice", "muted"), 18, spare=2),
)


@dataclass(frozen=True, slots=True)
class Whole:
    """The chosen interview in full, and the paper that goes with it."""

    key: str
    page: InterviewPage
    document: Document
    title: str


def read_board(session: Session) -> InterviewBoard:
    """Read the interviews in the order of their steps; called in a thread."""
    from supervise.services import interview_page

    found = interview_page.board(session)
    records = sorted(found.records, key=lambda one: ORDER.index(one["status"]))
    counts = {status: sum(one["status"] == status for one in records) for status in ORDER}
    last = ""
    for one in records:
        status = one["status"]
        one["key"] = interview_key(one)
        one["group"] = f"{STATUS_LABELS[status]} {counts[status]}" if status != last else ""
        due = one.get("due_on")
        one["days_left"] = days_left(date.fromisoformat(due), session.today) if due else None
        last = status
    return InterviewBoard(tuple(records), found.notes)


# What leaves the office is the request; once it is decided, the sheet of what came of it.
_ASKING = frozenset({"proposed", "submitted", "deferred"})


def decided(record: Record) -> bool:
    """Tell whether there are two papers to look at: what was asked, and what came of it."""
    return record["status"] not in _ASKING


def read_whole(record: Record, asked: bool, session: Session) -> Whole:
    """Read an interview and compose its paper, or what was `asked`; called in a thread."""
    from supervise.reports.interview import interview_document
    from supervise.services import interview_page

    which = str(record["id"] or record["unit_id"] or record["unit"])
    page = interview_page.page(session, which, proposed=record["id"] is None)
    asked = asked or not decided(record)
    facts = replace(page.facts, status="submitted") if asked else page.facts
    words = "提请文稿" if asked else "办理情况表"
    title = f"{one_line(record['unit'])} {words}"
    return Whole(record["key"], page, interview_document(facts), title)


def basis_rows(record: Record, page: InterviewPage | None = None) -> list[dict[str, Any]]:
    """Lay out an interview's basis: one line for each issue of each month."""
    titles = {
        (month.period, matter.code): matter.title
        for month in (page.facts.months if page else ())
        for matter in month.matters
    }
    return [
        {
            "key": f"{month['period']}-{place}-{code}",
            "period": month["period"],
            "month": month["period"] if place == 0 else "",
            "notice": (month.get("notice") or "") if place == 0 else "",
            "code": code,
            "title": titles.get((month["period"], code)) or note,
            "why": CRITERIA.get(criterion, criterion),
            "explained": _explained(page, month["period"]) if place == 0 else ("", ""),
        }
        for month in record["basis"]
        for place, (criterion, code, note) in enumerate(_grounds(month))
    ]


def _grounds(month: Record) -> Iterator[tuple[str, str, str]]:
    for reason in month["reasons"]:
        for code in reason["issues"] or [""]:
            yield reason["criterion"], code, reason.get("note") or ""


def _explained(page: InterviewPage | None, period: str) -> tuple[str, str]:
    owed = page.explanations.get(period) if page else None
    return explanation_words(owed.status, owed.overdue) if owed else ("", "")


def about(record: Record | None, page: InterviewPage | None, notes: tuple[str, ...]) -> Content:
    """Draw what to weigh: head, leader, promise, explanations to come, warnings; else the notes."""
    lines: list[tuple[str, str]] = []
    if record is not None:
        lines += [(f"{one}\n", "") for one in _facts(record, page)]
        lines += [(f"注意：{one_line(str(one))}\n", "$warning") for one in record["warnings"]]
    lines += [(f"未提出：{one_line(one)}\n", "$muted") for one in notes]
    return Content.assemble(*lines).rstrip()


def _facts(record: Record, page: InterviewPage | None) -> Iterator[str]:
    head = f"主要负责人 {one_line(record['head'])}" if record.get("head") else "主要负责人未登记"
    since = page.facts.head_since if page else None
    parts = [f"{head}（{since} 起）" if since else head]
    if record.get("leader"):
        parts.append(f"约谈领导 {one_line(record['leader'])}")
    if record.get("due_on") and page is not None:
        due = date.fromisoformat(record["due_on"])
        going = record["status"] == "held"
        parts.append(promise_words(due, page.facts.as_of) if going else f"承诺 {due}")
    yield "，".join(parts)
    if page is not None and page.explanations:
        told = (f"{p} {explanation_words(o.status, o.overdue)[0]}" for p, o in _owed(page))
        yield f"书面说明：{'、'.join(told)}"
    if record.get("reason"):
        yield f"理由：{one_line(record['reason'])}"


def _owed(page: InterviewPage) -> list[tuple[str, Owed]]:
    return sorted(page.explanations.items())
