"""The names of a unit over time: which it bore when, also one that it took up again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class NameTerm:
    """A name and the days it held: from `since` (None: from the beginning) until before `until`."""

    name: str
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether the unit bore the name on a day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day < self.until)


def name_terms(changes: Iterable[tuple[date, str]]) -> tuple[NameTerm, ...]:
    """Put a unit's names in order, each until the next one began.

    `changes` are the day and the name of its registration, which counts for all time before, and
    of every rename, as they were recorded. Of two names given on one day the later recorded holds.
    """
    given = list(changes)
    first, later = given[:1], sorted(given[1:], key=lambda change: change[0])
    starts: list[tuple[date | None, str]] = [(None, name) for _, name in first]
    for day, name in later:
        if starts[-1][0] == day:
            starts.pop()
        if not starts or starts[-1][1] != name:
            starts.append((day, name))
    ends: list[date | None] = [day for _, (day, _) in pairwise(starts)]
    ends += [None] * bool(starts)
    return tuple(NameTerm(name, day, end) for (day, name), end in zip(starts, ends, strict=True))


def name_on(terms: Iterable[NameTerm], day: date) -> str | None:
    """Give the name borne on a day."""
    return next((term.name for term in terms if term.holds(day)), None)
