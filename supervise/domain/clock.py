"""Due dates: when a term ends, and why, day by day.

The day of the event is not counted (民法典第二百零一条); a month term ends on the same
day-number or the month's last day (第二百零二条); a term of days, weeks or months that ends on a
rest day ends on the next working day (第二百零三条). Working days follow the calendar handed in.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from supervise.domain.calendar import ONE_DAY, Calendar
from supervise.errors import BadInput

# Unit: its words, and the longest term taken (ten years).
_UNITS = {"d": ("日", 3660), "wd": ("个工作日", 3660), "w": ("周", 522), "m": ("个月", 120)}
_TERM = re.compile(r"(\d{1,6})(wd|d|w|m)", re.IGNORECASE)
SHORT_TERM = 5
SOON, SOON_FOR_SHORT = 3, 1
SHORTEST_REWORK = 2


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time: `n` calendar days (d), working days (wd), weeks (w) or months (m)."""

    n: int
    unit: str

    @classmethod
    def parse(cls, text: str) -> Term:
        """Read `3d`, `15wd`, `2w` or `3m`. Raises BadInput for others, zero, or over ten years."""
        written = unicodedata.normalize("NFKC", text).strip()
        match = _TERM.fullmatch(written)
        if match is None:
            raise BadInput(
                f"“{written[:20]}”不是期限，请写成 3d（日）、15wd（工作日）、2w（周）或 3m（月）。",
                code="bad_term",
            )
        term = cls(int(match[1]), match[2].lower())
        words, longest = _UNITS[term.unit]
        if not 1 <= term.n <= longest:
            raise BadInput(
                f"期限“{written}”不在 1 至 {longest} {words}之间，请改成合理的期限。",
                code="bad_term",
            )
        return term

    def __str__(self) -> str:
        """Give the term as it is written: 15wd."""
        return f"{self.n}{self.unit}"

    @property
    def label(self) -> str:
        """The term as papers print it: 15个工作日."""
        return f"{self.n}{_UNITS[self.unit][0]}"


@dataclass(frozen=True, slots=True)
class Day:
    """One day on the way to a due date: whether it counts towards the term, and why."""

    date: date
    counted: bool
    why: str


@dataclass(frozen=True, slots=True)
class Due:
    """A due date with its reason. `provisional`: it rests on a year whose list is not out yet."""

    start: date
    term: Term
    due: date
    provisional: bool
    days: tuple[Day, ...]


def due_on(start: date, term: Term, calendar: Calendar) -> tuple[date, bool]:
    """Give the day a term ends on, and whether that is provisional.

    Raises BadInput where the term runs out of the calendar's years (9999).
    """
    nominal, landed = _land(start, term, calendar)
    first = start + ONE_DAY if term.unit == "wd" else nominal
    known = all(year in calendar.years for year in range(first.year, landed.year + 1))
    return landed, not known


def due(start: date, term: Term, calendar: Calendar) -> Due:
    """Give the day a term ends on, with the reason for every day between. Raises as `due_on`."""
    landed, provisional = due_on(start, term, calendar)
    opening = Day(start, False, "起算当日不计入（民法典第二百零一条）")
    explain = {"wd": _working_days, "m": _months}.get(term.unit, _calendar_days)
    days = (opening, *explain(start, term, calendar))
    if term.unit != "wd":
        days += tuple(_rolled(days[-1].date, landed, calendar))
    return Due(start, term, landed, provisional, days)


def _land(start: date, term: Term, calendar: Calendar) -> tuple[date, date]:
    """Give where a term ends by counting alone, and where it ends once a rest day has rolled on."""
    try:
        if term.unit == "wd":
            day = calendar.add_workdays(start, term.n)
            return day, day
        nominal = _months_later(start, term.n) if term.unit == "m" else _days_later(start, term)
        return nominal, calendar.next_workday(nominal)
    except OverflowError:
        raise BadInput(f"从 {start} 起 {term.label}已超出历法范围，请核对起始日期。") from None


def _days_later(start: date, term: Term) -> date:
    return start + timedelta(days=term.n * (7 if term.unit == "w" else 1))


def _months_later(start: date, months: int) -> date:
    from dateutil.relativedelta import relativedelta

    try:
        return start + relativedelta(months=months)
    except ValueError:
        raise OverflowError from None


def _named(day: date, calendar: Calendar) -> str:
    """Say what day it is, and that its year's list is missing."""
    name = calendar.name(day)
    return name if calendar.is_known(day) else f"{name}，{day.year}年放假安排未公布，暂定"


def _working_days(start: date, term: Term, calendar: Calendar) -> Iterator[Day]:
    number, day = 0, start
    while number < term.n:
        day += ONE_DAY
        name = _named(day, calendar)
        if calendar.is_workday(day):
            number += 1
            yield Day(day, True, f"第{number}个工作日（{name}）")
        else:
            yield Day(day, False, f"{name}，休息日不计")


def _calendar_days(start: date, term: Term, calendar: Calendar) -> Iterator[Day]:
    length = (_days_later(start, term) - start).days
    for number in range(1, length + 1):
        day = start + number * ONE_DAY
        yield Day(day, True, f"第{number}日（{calendar.name(day)}）")


def _months(start: date, term: Term, calendar: Calendar) -> Iterator[Day]:
    for number in range(1, term.n + 1):
        day = _months_later(start, number)
        same = day.day == start.day
        why = "对应日" if same else "当月无对应日，取月末（民法典第二百零二条）"
        yield Day(day, True, f"满{number}个月，{why}（{calendar.name(day)}）")


def _rolled(nominal: date, landed: date, calendar: Calendar) -> Iterator[Day]:
    """Explain the days a term rolls over, if its last day is a rest day."""
    day = nominal
    while day < landed:
        before, day = day, day + ONE_DAY
        if day == landed:
            why = f"{_named(day, calendar)}，休息日的次日到期（民法典第二百零三条）"
        else:
            why = f"{_named(day, calendar)}，仍为休息日，继续顺延"
        if before == nominal:
            why = f"期满日为{_named(before, calendar)}，顺延；{why}"
        yield Day(day, False, why)


def half_term(start: date, due: date, calendar: Calendar) -> int:
    """Give the working days for rework: half of those first given, rounded up, two at least.

    No document says how long rework may take: 本办设定, used where no date is given.
    """
    given = calendar.workdays_between(start, due)
    return max(SHORTEST_REWORK, (given + 1) // 2)


def rework_due(
    on: date, first_start: date, first_due: date, calendar: Calendar
) -> tuple[date, bool]:
    """Give the due date of work sent back on a day, and whether that is provisional.

    Half the first term, in working days (`half_term`), from the day after it was sent back.
    """
    return due_on(on, Term(half_term(first_start, first_due, calendar), "wd"), calendar)


def paused_days(from_on: date, until: date, calendar: Calendar) -> int:
    """Count the working days of a pause: its first day is one, the day work goes on is not."""
    return calendar.workdays_between(from_on - ONE_DAY, until - ONE_DAY)


def shift_due(due: date, from_on: date, until: date, calendar: Calendar) -> date:
    """Give the due date after a pause: its working days are added; after expiry nothing is.

    Work that was in time when it stopped is not overdue when it goes on: a pause begun and due
    on the same rest days ends on the first day that can be worked.
    """
    if from_on > due:
        return due
    moved = calendar.add_workdays(due, paused_days(from_on, until, calendar))
    return moved if moved >= until else calendar.next_workday(until)


def other_reading(term: Term) -> Term | None:
    """Give the other way to read 日: working days for calendar days, or the reverse; else None."""
    other = {"d": "wd", "wd": "d"}.get(term.unit)
    return Term(term.n, other) if other else None


def due_soon(due: date | None, start: date | None, today: date, calendar: Calendar) -> bool:
    """Whether a due date ahead is near: three working days, one for terms of five or fewer.

    The due day itself is near; a date that has passed is not (it is overdue). 本办设定.
    """
    if due is None or due < today:
        return False
    short = start is not None and not calendar.workdays_exceed(start, due, SHORT_TERM)
    return not calendar.workdays_exceed(today, due, SOON_FOR_SHORT if short else SOON)
