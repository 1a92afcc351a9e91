"""Words for what the records hold: fields, operations, days of the week."""

from __future__ import annotations

from datetime import date
from functools import cache

from supervise.services.registry import OPERATIONS

_WEEKDAYS = "一二三四五六日"
_FIELDS = {
    "stage": "阶段",
    "unit": "责任单位",
    "co_units": "配合单位",
    "assigned_on": "交办日期",
    "original_due_on": "原限期",
    "due_on": "限期",
    "submitted_on": "报请日期",
    "closed_on": "销号日期",
    "signed_on": "签收日期",
    "paused_on": "暂停日期",
    "reply": "答复",
    "escalated": "层级",
}


def weekday(day: date) -> str:
    """Give the day of the week: 周二."""
    return f"周{_WEEKDAYS[day.weekday()]}"


@cache
def field_words() -> dict[str, str]:
    """Give the label of every field an issue has."""
    labels = {
        field.name: field.label
        for op in OPERATIONS.values()
        if op.noun == "issue"
        for field in op.fields
    }
    return {**labels, **_FIELDS}


def operation_word(name: str) -> str:
    """Give the Chinese name of what an event did."""
    from supervise.services.event_log import op_words

    return op_words(name)
