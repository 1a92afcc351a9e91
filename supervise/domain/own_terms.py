"""The office's own terms: 交办, 复核 and 回访 done late, told before a unit says it; and ageing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from supervise.domain.clock import Term
from supervise.domain.overdue import handed_in_late
from supervise.domain.records import Stage

if TYPE_CHECKING:
    from supervise.domain.pack_settings import ClockSettings


@dataclass(frozen=True, slots=True)
class Duty:
    """What the office itself must do while an issue is in a stage: 交办, 复核 or 回访."""

    key: str
    title: str
    stage: Stage

    def term(self, clock: ClockSettings) -> Term:
        """Give the pack's term for it, from the day the issue entered the stage."""
        terms = {"assign": clock.assign, "review": clock.review, "visit": clock.feedback}
        return terms[self.key]


DUTIES = (
    Duty("assign", "交办", Stage.DISCOVER),
    Duty("review", "复核", Stage.REVIEW),
    Duty("visit", "回访", Stage.FEEDBACK),
)


class Stay(NamedTuple):
    """An issue's stay in a stage: entered on a day, the duty done on a day or still to be done."""

    code: str
    entered: date
    done: date | None


@dataclass(frozen=True, slots=True)
class Lateness:
    """The issues the office is late with: duty still to be done, and done late since a day."""

    waiting: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()

    @property
    def codes(self) -> tuple[str, ...]:
        """All of them, those still waiting first."""
        return (*sorted(self.waiting), *sorted(self.done))


def late(stay: Stay, due: Callable[[date], date], today: date) -> bool:
    """Tell whether the duty of a stay was done, or is still to be done, after its term.

    `due` gives the last day of the term that begins with a day.
    """
    return handed_in_late(due(stay.entered), stay.done, today)


def lateness(stays: Iterable[Stay], due: Callable[[date], date], today: date) -> Lateness:
    """Gather the issues that are late; one that waits again is counted as waiting."""
    found = [stay for stay in stays if late(stay, due, today)]
    waiting = frozenset(stay.code for stay in found if stay.done is None)
    return Lateness(waiting, frozenset(stay.code for stay in found) - waiting)


# In calendar days since the issue was found, the day itself being 0; the last band is open.
AGES = ((0, 5), (6, 10), (11, 20), (21, None))


def age_label(band: int) -> str:
    """Give the words of an age band."""
    low, high = AGES[band]
    return f"超过{low - 1}天" if high is None else f"{low}至{high}天"


def age_days(band: int, today: date) -> tuple[date | None, date]:
    """Give the first and the last day on which an issue of an age band was found."""
    low, high = AGES[band]
    last = today - timedelta(days=low)
    return (None if high is None else today - timedelta(days=high)), last


def ages(found: Iterable[tuple[date, int]], today: date) -> tuple[int, ...]:
    """Count open issues by age band, from how many were found on each day."""
    counts = [0] * len(AGES)
    for day, number in found:
        age = (today - day).days
        band = next(n for n, (_, high) in enumerate(AGES) if high is None or age <= high)
        counts[band] += number
    return tuple(counts)
