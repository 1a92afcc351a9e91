"""The steps of an interview (约谈): which may follow which; every one of them a person's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from supervise.domain.ladder_records import INTERVIEW_OPEN, Interview
from supervise.errors import Refused

STATUS_LABELS = {
    "proposed": "拟提请",
    "submitted": "已提请",
    "approved": "已同意",
    "declined": "不予约谈",
    "deferred": "暂缓",
    "scheduled": "已安排",
    "held": "已约谈",
    "closed": "整改办结",
    "void": "已撤回",
}


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its name, the statuses it may follow, the status it leads to, its date's field."""

    title: str
    sources: frozenset[str]
    target: str
    dated: str


# On towards the end first; a refusal lists what is allowed in this order.
STEPS: dict[str, Step] = {
    "approve": Step("同意约谈", frozenset({"submitted", "deferred"}), "approved", "approved_on"),
    "schedule": Step("安排约谈", frozenset({"approved", "scheduled", "deferred"}), "scheduled", ""),
    "hold": Step("约谈", frozenset({"approved", "scheduled"}), "held", "held_on"),
    "close": Step("约谈办结", frozenset({"held"}), "closed", "closed_on"),
    "decline": Step(
        "不予约谈",
        frozenset({"submitted", "deferred", "approved", "scheduled"}),
        "declined",
        "declined_on",
    ),
    "defer": Step(
        "暂缓约谈", frozenset({"submitted", "approved", "scheduled"}), "deferred", "deferred_on"
    ),
    "void": Step("撤回提请", INTERVIEW_OPEN, "void", "voided_on"),
}


def why_not(status: str, verb: str) -> str | None:
    """Say why a step is not allowed in a status and which are, or None when it is."""
    step = STEPS[verb]
    if status in step.sources:
        return None
    allowed = "、".join(s.title for s in STEPS.values() if status in s.sources) or "无"
    needed = "、".join(label for key, label in STATUS_LABELS.items() if key in step.sources)
    return (
        f"不能{step.title}：现在“{STATUS_LABELS[status]}”，须在“{needed}”时办理。"
        f"现在可以：{allowed}。"
    )


def take(interview: Interview, verb: str, on: date, **changes: Any) -> Interview:
    """Take a step on a day; `changes` are the other fields it sets.

    Raises Refused where the table (not_allowed) or the dates (before_last_move) forbid it.
    """
    reason = why_not(interview.status, verb)
    if reason:
        raise Refused(reason, code="not_allowed")
    last = latest(interview)
    if last and on < last:
        raise Refused(f"日期 {on} 早于上一步的日期 {last}。", code="before_last_move")
    step = STEPS[verb]
    if step.dated:
        changes[step.dated] = on
    return replace(interview, status=step.target, **changes)


def latest(interview: Interview) -> date | None:
    """Give the date of the last step taken; the day an interview is planned for is none."""
    days = (
        interview.submitted_on,
        interview.approved_on,
        interview.declined_on,
        interview.deferred_on,
        interview.held_on,
        interview.closed_on,
        interview.voided_on,
    )
    return max((day for day in days if day), default=None)


def days_left(due_on: date, today: date) -> int:
    """Count the days to a promised date: 0 on the day itself, below 0 once it is past."""
    return (due_on - today).days


def promise_words(due_on: date, today: date) -> str:
    """Say how a promise stands: 承诺 2025-01-31，还有 31 天."""
    left = days_left(due_on, today)
    told = "今天到期" if left == 0 else f"还有 {left} 天" if left > 0 else f"已过 {-left} 天"
    return f"承诺 {due_on}，{told}"
