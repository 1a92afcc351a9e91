"""The month's own work: units asked for their sheets, the notice's road, reviews for the public."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from supervise.domain.calendar import Calendar
from supervise.domain.dates import period_end
from supervise.domain.month import workdays_before
from supervise.services.demo import city
from supervise.services.demo.script import Script, Step, alone

_SECOND = "主管辛"
# Working days before the end of the month, and after it.
_URGED, _COLLECTED, _REMINDED = 3, 1, 7
_CLEARED = (
    (date(2024, 10, 17), "2024-Q3", "可以公开"),
    (date(2024, 12, 12), "SC-2024-0344", "可以公开"),
    (date(2024, 12, 18), "HT-2024-016", "不予公开"),
)


def by_month(calendar: Calendar, months: range) -> Iterator[tuple[date, Script]]:
    """Give 催报, 收表 and 关账 of each month, and 催收说明 after its notice.

    Of the last month only 催报 is done.
    """
    for month in months:
        period = f"2024-{month:02d}"
        end = period_end(period)
        urged = workdays_before(end, _URGED, calendar)
        yield urged, alone(_step(urged, period, "催报"))
        if month == months[-1]:
            return
        collected = workdays_before(end, _COLLECTED, calendar)
        yield collected, alone(_step(collected, period, "收表"))
        entered = calendar.next_workday(end)
        yield entered, alone(_step(entered, period, "关账", on=end))
        reminded = calendar.add_workdays(end, _REMINDED)
        yield reminded, alone(_step(reminded, period, "催收说明"))


def before_issue(period: str, day: date) -> Script:
    """核稿 and 会签 of a notice, the day before it is issued."""
    yield _step(day, period, "核稿", by=city.REVIEWERS[0])
    yield _step(day, period, "会签", by=_SECOND, ref=f"示优签〔2024〕{int(period[5:])}号")


def after_issue(period: str, day: date) -> Script:
    """用印, 印发 and 送达 of a notice, on the day it is issued."""
    for step in ("用印", "印发", "送达"):
        yield _step(day, period, step)


def _step(day: date, period: str, step: str, **more: Any) -> Step:
    values = {"period": period, "step": step, "by": city.HANDLERS[0], **more}
    return Step(day, "notice.record", values)


def clearances() -> Iterator[tuple[date, Script]]:
    """Give what was reviewed before it became public, and what was not let through."""
    for day, scope, result in _CLEARED:
        said = {"scope": scope, "result": result, "approver": city.DIRECTOR, "by": "审查员寅"}
        yield day, alone(Step(day, "clearance.record", said))
