"""The month's work from 催报 to 提请: which step is due when, and how each of them stands.

The order of the steps is the office's; their days are its own setting (本办设定), counted in
working days from the month's cut-off.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from supervise.domain.calendar import ONE_DAY, Calendar
from supervise.domain.dates import period_end, period_of, previous_period

if TYPE_CHECKING:
    from supervise.domain.pack_settings import MonthSettings

# Of the steps a person may record, these follow the issue of a notice and mean nothing before it.
AFTER_ISSUE = frozenset({"印发", "送达", "催收说明"})
STEPS = (
    "催报",
    "收表",
    "关账",
    "拟稿",
    "核对",
    "会签",
    "签发",
    "印发送达",
    "收说明",
    "提请",
)
# Once the notice is issued nobody is waiting for these any more, recorded or not.
_BEFORE_ISSUE = STEPS[: STEPS.index("签发")]
STATES = {
    "done": "已办",
    "today": "今天应办",
    "late": "逾期",
    "ahead": "未到",
    "none": "不适用",
    "unrecorded": "未记录",
}
SETTLED = frozenset({"done", "none", "unrecorded"})
_LONGEST_REST = 366


@dataclass(frozen=True, slots=True)
class Recorded:
    """One step a person recorded of a month: when, by whom, under which number."""

    step: str
    on: date
    by: str
    ref: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """What is known of a step: the day it was done, whether there is anything to do, a remark."""

    done_on: date | None = None
    applies: bool = True
    note: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """How one step of a month stands: its planned day, its state (see `STATES`), days late."""

    step: str
    planned: date
    state: str
    done_on: date | None = None
    days: int = 0
    note: str = ""

    @property
    def words(self) -> str:
        """The state in words, with the day it was done or the days it is late."""
        word = STATES[self.state]
        if self.state == "late":
            return f"{word}{self.days}日"
        if self.state == "done" and self.done_on is not None:
            return f"{word} {self.done_on:%m-%d}"
        return word


def planned(
    cutoff: date,
    plan: MonthSettings,
    calendar: Calendar,
    explained_by: Callable[[date], date],
    delivered: date | None = None,
) -> dict[str, date]:
    """Give the planned day of each step of the month that ends with a cut-off.

    `explained_by` gives the last day for explanations from the day of delivery: the one known, else
    the planned one.
    """
    deliver = calendar.add_workdays(cutoff, plan.deliver)
    return {
        "催报": workdays_before(cutoff, plan.urge, calendar),
        "收表": workdays_before(cutoff, plan.collect, calendar),
        "关账": cutoff,
        "拟稿": calendar.add_workdays(cutoff, plan.draft),
        "核对": calendar.add_workdays(cutoff, plan.check),
        "会签": calendar.add_workdays(cutoff, plan.sign),
        "签发": calendar.add_workdays(cutoff, plan.issue),
        "印发送达": deliver,
        "收说明": explained_by(delivered or deliver),
        "提请": calendar.add_workdays(cutoff, plan.interview),
    }


def workdays_before(day: date, count: int, calendar: Calendar) -> date:
    """Give the `count`-th working day before a day; the day itself for a count of 0."""
    left, resting = count, 0
    while left > 0 and resting <= _LONGEST_REST:
        day -= ONE_DAY
        works = calendar.is_workday(day)
        left, resting = left - works, 0 if works else resting + 1
    return day


def progress(
    days: Mapping[str, date], facts: Mapping[str, Fact], today: date
) -> tuple[Progress, ...]:
    """Say how each step stands; a step nothing is known of is still to be done.

    What was not recorded before the notice was issued is no longer waited for.
    """
    issued = facts.get("签发", Fact()).done_on is not None
    return tuple(
        _standing(step, days[step], facts.get(step, Fact()), today, issued) for step in STEPS
    )


def _standing(step: str, day: date, fact: Fact, today: date, issued: bool) -> Progress:
    found = Progress(step, day, "ahead", fact.done_on, note=fact.note)
    if fact.done_on is not None:
        return replace(found, state="done")
    if not fact.applies:
        return replace(found, state="none")
    if issued and step in _BEFORE_ISSUE:
        return replace(found, state="unrecorded")
    if day < today:
        return replace(found, state="late", days=(today - day).days)
    return replace(found, state="today" if day == today else "ahead")


def settled(steps: tuple[Progress, ...]) -> bool:
    """Whether nothing of a month is left to be done."""
    return all(step.state in SETTLED for step in steps)


def period_at_work(
    today: date, plan: MonthSettings, calendar: Calendar, before_settled: bool
) -> str:
    """Give the month the office works on: the one before until it is done, else this one.

    From the day of this month's 催报 it is this month in any case.
    """
    this = period_of(today)
    begins = workdays_before(period_end(this), plan.urge, calendar)
    return this if before_settled or today >= begins else previous_period(this)
