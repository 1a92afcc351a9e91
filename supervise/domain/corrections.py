"""更正: a value was wrong from the start; the stays are rewritten, the log keeps the old value."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from supervise.domain.records import Issue, Shift, Stage
from supervise.domain.shifts import UNIT_MERGE, handling_start
from supervise.errors import Refused

TEXT_FIELDS = {
    "title": "事项",
    "detail": "问题详情",
    "source": "来源",
    "source_no": "工单编号",
    "batch": "批次",
    "category": "类别",
    "urgency": "紧急程度",
    "handler": "经办人",
    "instruction": "批示",
    "measures": "整改措施",
    "reply": "答复",
}
DATE_FIELDS = {
    "found_on": "发现日期",
    "assigned_on": "交办日期",
    "due_on": "限期",
    "submitted_on": "报请复核日期",
    "closed_on": "销号日期",
}
FIELDS = {**TEXT_FIELDS, **DATE_FIELDS, "unit": "责任单位"}


def correct_text(issue: Issue, field: str, value: str) -> Issue:
    """Correct a text field; a title can't be emptied."""
    if field == "title" and not value:
        raise Refused("事项名称不能更正为空。")
    changes: dict[str, Any] = {field: value or None}
    return replace(issue, **changes)


def correct_unit(issue: Issue, unit_id: int) -> Issue:
    """Correct the unit an issue was handed to: it never was the other one's in this handling.

    That it went on to that one's successor is taken back with it.
    """
    first = handling_start(issue, _cycle_start(issue))
    spans = tuple(
        replace(span, unit_id=unit_id) if number >= first else span
        for number, span in enumerate(issue.spans)
    )
    return replace(issue, unit_id=unit_id, spans=spans)


def correct_date(issue: Issue, field: str, value: date | None, due_on: date | None = None) -> Issue:
    """Correct a date; the stays that begin or end on it move with it.

    `due_on`: what the clock gives from a 交办日期 put right, where it set the date before.

    Raises Refused when the issue has no such date or the order of the stays would break.
    """
    label = DATE_FIELDS[field]
    if field == "due_on":
        changed = _due(issue, value)
    elif value is None:
        raise Refused(f"{label}不能更正为空。")
    elif getattr(issue, field) is None:
        raise Refused(f"事项 {issue.code} 还没有{label}，不能更正，请登记相应的办理步骤。")
    else:
        changed = _CORRECT[field](issue, value)
    if due_on is not None:
        changed = replace(_due(changed, due_on), term=issue.term)
    _check_order(changed, label)
    _check_due(issue, changed, label)
    return changed


def _cycle_start(issue: Issue) -> int:
    """Give the index of the stay in 整改 the current cycle began with, else of the last stay.

    An issue that ended and was taken up again (恢复) has left its earlier handling behind.
    """
    last = len(issue.spans) - 1
    found = [n for n, span in enumerate(issue.spans) if span.stage is Stage.DISCOVER]
    begun = found[-1] if found else -1
    stays = [n for n, span in enumerate(issue.spans) if span.stage is Stage.RECTIFY and n > begun]
    return stays[-1] if stays else last


def _boundary(issue: Issue, number: int, day: date) -> Issue:
    """Move the day on which stay `number` began, and its predecessor ended."""
    spans = list(issue.spans)
    spans[number] = replace(spans[number], entered=day)
    if number:
        spans[number - 1] = replace(spans[number - 1], left=day)
    moved = day if number == len(spans) - 1 else issue.moved_on
    return replace(issue, spans=tuple(spans), moved_on=moved)


def _found(issue: Issue, value: date) -> Issue:
    return replace(_boundary(issue, 0, value), found_on=value)


# What begins a stay in 整改 without giving the issue out.
_NOT_GIVEN_OUT = {UNIT_MERGE, "return", "feedback", "reopen"}


def clock_from(issue: Issue) -> bool:
    """Tell whether the due date is what the clock gave from 交办日期, and nothing moved it."""
    first = handling_start(issue, _cycle_start(issue))
    stay = issue.spans[first]
    given_out = stay.stage is Stage.RECTIFY and stay.entered == issue.assigned_on
    again = first > 0 and issue.spans[first - 1].outcome in _NOT_GIVEN_OUT
    moved = any(one.span >= first for one in issue.shifts)
    return issue.term is not None and given_out and not again and not moved


def _assigned(issue: Issue, value: date) -> Issue:
    starts = [
        n
        for n, span in enumerate(issue.spans)
        if span.stage is Stage.RECTIFY and span.entered == issue.assigned_on
        if not n or issue.spans[n - 1].outcome not in _NOT_GIVEN_OUT
    ]
    moved = _boundary(issue, starts[-1], value) if starts else issue
    return replace(moved, assigned_on=value)


def _due(issue: Issue, value: date | None) -> Issue:
    number = _cycle_start(issue)
    if issue.spans[number].stage is not Stage.RECTIFY:
        raise Refused(f"事项 {issue.code} 还没有交办，没有限期可更正。")
    first = handling_start(issue, number)
    kept: tuple[Shift, ...] = tuple(s for s in issue.shifts if not first <= s.span <= number)
    stays = tuple(replace(stay, due_on=value) for stay in issue.spans[first : number + 1])
    original = value if not issue.extensions else issue.original_due_on
    return replace(
        issue,
        due_on=value,
        original_due_on=original,
        term=None,
        spans=(*issue.spans[:first], *stays, *issue.spans[number + 1 :]),
        shifts=kept,
    )


def _submitted(issue: Issue, value: date) -> Issue:
    moved = _boundary(issue, _cycle_start(issue) + 1, value)
    return replace(moved, submitted_on=value)


def _closed(issue: Issue, value: date) -> Issue:
    last = len(issue.spans) - 1
    if issue.imported and issue.spans[last - 1].entered == issue.closed_on:
        # The file told of no review: it was put on the day of closing, and goes with it.
        issue = _boundary(issue, last - 1, value)
    moved = _boundary(issue, last, value)
    return replace(moved, closed_on=value, ended_on=value)


_CORRECT = {
    "found_on": _found,
    "assigned_on": _assigned,
    "submitted_on": _submitted,
    "closed_on": _closed,
}


def _check_order(issue: Issue, label: str) -> None:
    for span in issue.spans:
        if span.left is not None and span.left < span.entered:
            raise Refused(
                f"不能这样更正{label}：各环节的日期会前后颠倒"
                f"（{span.stage.label} {span.entered} 至 {span.left}）。"
            )


def _check_due(before: Issue, after: Issue, label: str) -> None:
    """Refuse a correction that puts the date of the current cycle before its start."""
    stay = after.spans[_cycle_start(after)]
    wrong = stay.due_on is not None and stay.due_on < stay.entered
    if wrong and stay != before.spans[_cycle_start(before)]:
        raise Refused(
            f"不能这样更正{label}：限期 {stay.due_on} 早于交办日期 {stay.entered}。",
            code="due_before_start",
        )
