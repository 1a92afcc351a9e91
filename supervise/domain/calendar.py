"""Working days: the State Council's yearly list with 调休, and what holds where there is none.

Rest and make-up days are exceptions to the plain week. A year without a list is answered by the
week and the statutory days of fixed date; such answers are provisional (暂定), as 春节, 清明, 端午
and 中秋 and every 调休 are missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import NamedTuple

from supervise.errors import Refused

ONE_DAY = timedelta(days=1)
MAKE_UP = "调休上班"
_WEEK = "周一", "周二", "周三", "周四", "周五", "周六", "周日"
_FIXED = {
    (1, 1): "元旦",
    (5, 1): "劳动节",
    (5, 2): "劳动节",
    (10, 1): "国庆节",
    (10, 2): "国庆节",
    (10, 3): "国庆节",
}
# 5月2日 is a statutory day again since the decision of November 2024 (国务院令第795号).
_SECOND_MAY_SINCE = 2025
# The longest stretch of rest days a calendar may hold before it is taken for a mistake.
_LONGEST_REST = 366


class Mark(NamedTuple):
    """What a calendar says about one day: whether it is worked, and what the day is called."""

    work: bool
    name: str


@dataclass(frozen=True, slots=True)
class Update:
    """Days read from a file, and the years it is the official list of."""

    days: Mapping[date, Mark]
    years: frozenset[int]


@dataclass(frozen=True, slots=True)
class Calendar:
    """Exceptions to the plain week, the years whose list is known, and a version by content.

    Two calendars with the same version answer every question alike. Build one with `of`.
    """

    days: Mapping[date, Mark] = field(compare=False)
    years: frozenset[int] = field(compare=False)
    version: str

    @classmethod
    def of(cls, days: Mapping[date, Mark], years: Iterable[int]) -> Calendar:
        """Build a calendar; its version is the last year covered and a digest of its content."""
        covered = frozenset(years)
        lines = [f"{day}{int(mark[0])}{mark[1]}" for day, mark in sorted(days.items())]
        text = "\n".join((",".join(map(str, sorted(covered))), *lines))
        digest = hashlib.sha256(text.encode()).hexdigest()[:8]
        return cls(dict(days), covered, f"{max(covered, default=0)}-{digest}")

    def with_days(self, update: Update) -> Calendar:
        """Give a new calendar with the update's days over the old ones, and its years covered."""
        return Calendar.of({**self.days, **update.days}, self.years | update.years)

    def is_known(self, day: date) -> bool:
        """Whether the day's year has an official list; otherwise answers are provisional."""
        return day.year in self.years

    def is_workday(self, day: date) -> bool:
        """Whether the day is worked."""
        mark = self.days.get(day)
        if mark is not None:
            return mark[0]
        return day.weekday() < 5 and not (day.day <= 3 and _fixed_name(day))

    def name(self, day: date) -> str:
        """Say what day it is: 春节, 调休上班, 周六; for an ordinary day its weekday."""
        mark = self.days.get(day)
        if mark is not None and mark[1]:
            return mark[1]
        return _fixed_name(day) or _WEEK[day.weekday()]

    def next_workday(self, day: date) -> date:
        """Give the day itself if it is worked, else the first working day after it."""
        return day if self.is_workday(day) else self.add_workdays(day, 1)

    def add_workdays(self, day: date, count: int) -> date:
        """Give the `count`-th working day after a day; the day itself for a count of 0.

        Raises Refused for a calendar that rests for more than a year on end.
        """
        left, resting, is_workday = count, 0, self.is_workday
        while left > 0:
            day += ONE_DAY
            if is_workday(day):
                left, resting = left - 1, 0
                continue
            resting += 1
            if resting > _LONGEST_REST:
                raise Refused(
                    f"工作日历在 {day} 之前连续 {_LONGEST_REST} 天没有一个工作日，无法计算期限；"
                    "请用 supervise calendar show 检查后更正。",
                    code="no_workday",
                )
        return day

    def workdays_between(self, after: date, until: date) -> int:
        """Count the working days after one day up to and including another; 0 if it is earlier."""
        count, day, is_workday = 0, after, self.is_workday
        while day < until:
            day += ONE_DAY
            count += is_workday(day)
        return count

    def workdays_exceed(self, after: date, until: date, limit: int) -> bool:
        """Whether more than `limit` working days lie after one day up to another; stops early."""
        count, day = 0, after
        while day < until and count <= limit:
            day += ONE_DAY
            count += self.is_workday(day)
        return count > limit


def _fixed_name(day: date) -> str | None:
    if day.month == 5 and day.day == 2 and day.year < _SECOND_MAY_SINCE:
        return None
    return _FIXED.get((day.month, day.day))
