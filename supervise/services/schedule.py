"""期限日程: a month day by day: what kind of day it is, and what falls due on it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from db import deadlines as store
from supervise.domain.calendar import MAKE_UP, ONE_DAY, Calendar
from supervise.domain.dates import period_end, period_start
from supervise.services.schedule_items import Item, of_ladder
from supervise.services.schedule_programme import of_programme
from supervise.services.session import Session


@dataclass(frozen=True, slots=True)
class DayLine:
    """One day: what kind of day it is in words, whether it is worked, what falls due.

    `provisional`: the year's days off are not published yet. `due` counts issues still in 整改.
    """

    day: date
    words: str
    works: bool
    provisional: bool
    due: int
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Schedule:
    """A month of deadlines, as of the business date."""

    period: str
    days: tuple[DayLine, ...]

    @property
    def due(self) -> int:
        """How many issues still in 整改 fall due in the month."""
        return sum(line.due for line in self.days)

    @property
    def provisional(self) -> bool:
        """Whether the days off of the year are not published yet."""
        return any(line.provisional for line in self.days)


def day_words(day: date, calendar: Calendar) -> str:
    """Say what kind of day it is: 工作日, 休息日, 节假日 with its name, 调休上班."""
    name, works = calendar.name(day), calendar.is_workday(day)
    if works:
        return MAKE_UP if day.weekday() >= 5 or name == MAKE_UP else "工作日"
    return "休息日" if name.startswith("周") else f"节假日 {name}"


def schedule(session: Session, period: str) -> Schedule:
    """Gather what falls due in a month."""
    first, last = period_start(period), period_end(period)
    due = store.due_counts(session.conn, first, last)
    items: dict[date, list[Item]] = defaultdict(list)
    for day, item in chain(
        of_ladder(session, period, first, last), of_programme(session, first, last)
    ):
        if first <= day <= last:
            items[day].append(item)
    calendar = session.calendar
    lines = tuple(
        DayLine(
            day,
            day_words(day, calendar),
            calendar.is_workday(day),
            not calendar.is_known(day),
            due.get(day, 0),
            tuple(sorted(items[day], key=_pressing)),
        )
        for day in _days(first, last)
    )
    return Schedule(period, lines)


def _pressing(item: Item) -> tuple[bool, bool]:
    """What is late stands first, what is settled last."""
    return item.settled, not item.late


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += ONE_DAY
