"""Rates that carry their numerator and denominator, and ranks in which ties share a place."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from supervise.domain.pack_settings import Target

NO_RATE = "—"


@dataclass(frozen=True, slots=True)
class Rate:
    """One rate by its name in the office, in counts: never a percentage alone."""

    name: str
    numerator: int
    denominator: int

    @property
    def exact(self) -> Fraction | None:
        """The rate as an exact fraction; None when nothing could be counted."""
        return Fraction(self.numerator, self.denominator) if self.denominator else None

    @property
    def value(self) -> float | None:
        """The rate as a number from 0 to 1; None when nothing could be counted."""
        return self.numerator / self.denominator if self.denominator else None

    @property
    def percent(self) -> str:
        """The rate for reading, “96.4%”; “—” when nothing could be counted.

        Rounded, but never up to 100.0%, which means that not one is missing.
        """
        if not self.denominator:
            return NO_RATE
        tenths = (self.numerator * 2000 + self.denominator) // (2 * self.denominator)
        if self.numerator < self.denominator:
            tenths = min(tenths, 999)
        return f"{tenths // 10}.{tenths % 10}%"

    @property
    def text(self) -> str:
        """The rate with what it was counted from: “96.4%（27/28）”."""
        return f"{self.percent}（{self.numerator}/{self.denominator}）"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many issues there are of each sort a rate needs, all as of one day.

    `assigned` 已交办, and of them `merged` 合并, `terminated` 终止 and `closed` 已销号.
    `due` 到期应交, and of them `in_time` 首次提交按期. `fed_back` 已反馈且有诉求人, and of
    them `attempted` 已尝试回访. `answered` 接通并表态, and of them `satisfied` 满意.
    """

    assigned: int = 0
    merged: int = 0
    terminated: int = 0
    closed: int = 0
    due: int = 0
    in_time: int = 0
    fed_back: int = 0
    attempted: int = 0
    answered: int = 0
    satisfied: int = 0


def closing_rate(counts: Counts) -> Rate:
    """销号率: 已销号 of 已交办 less 合并 and 终止."""
    return Rate("销号率", counts.closed, counts.assigned - counts.merged - counts.terminated)


def in_time_rate(counts: Counts) -> Rate:
    """按期办结率: first handed in by the date, of those whose date has come."""
    return Rate("按期办结率", counts.in_time, counts.due)


def satisfaction_rate(counts: Counts) -> Rate:
    """满意率: 满意, of those reached who said something; 联系不上 are not counted."""
    return Rate("满意率", counts.satisfied, counts.answered)


def callback_rate(counts: Counts) -> Rate:
    """回访率: those somebody tried to reach, of those fed back that have a complainant."""
    return Rate("回访率", counts.attempted, counts.fed_back)


def rates(counts: Counts) -> tuple[Rate, ...]:
    """Give the four rates in the order the office prints them."""
    return (
        closing_rate(counts),
        in_time_rate(counts),
        satisfaction_rate(counts),
        callback_rate(counts),
    )


def target_of(name: str, targets: Iterable[Target]) -> Target | None:
    """Find a pack's target of a rate; one named more broadly (办结率 for 按期办结率) holds too."""
    found = [one for one in targets if one.unit == "%" and name.endswith(one.name)]
    return max(found, key=lambda one: len(one.name), default=None)


def meets(rate: Rate, target: Target) -> bool | None:
    """Whether a rate meets its target in percent; None when nothing could be counted."""
    if rate.exact is None:
        return None
    percent, aim = rate.exact * 100, Fraction(str(target.value))
    return {">=": percent >= aim, "<=": percent <= aim, "=": percent == aim}[target.comparison]


@dataclass(frozen=True, slots=True)
class Ranked:
    """One row of a ranking; `rank` is None where the rate rests on too little to be ranked."""

    rank: int | None
    name: str
    rate: Rate


def ranked(rows: Iterable[tuple[str, Rate]], fewest: int = 1) -> tuple[Ranked, ...]:
    """Rank rows by rate, the highest first; equal rates share a rank and the next one skips.

    Rows that rest on fewer than `fewest` stand unranked at the end. Equal rows stand by name, so
    that the order of the input changes nothing.
    """
    every = list(rows)
    counted = [row for row in every if row[1].denominator >= max(fewest, 1)]
    rest = [row for row in every if row[1].denominator < max(fewest, 1)]
    shares = [row[1].exact or Fraction(0) for row in counted]
    places = [
        Ranked(1 + sum(other > share for other in shares), name, rate)
        for (name, rate), share in zip(counted, shares, strict=True)
    ]
    places.sort(key=lambda row: (row.rank or 0, row.name, -row.rate.denominator))
    return (*places, *(Ranked(None, *row) for row in sorted(rest, key=lambda row: row[0])))
