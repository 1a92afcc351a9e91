"""What the report of a quarter prints: the settlement, rates by month, flow, names, ranking."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervise.domain.facts import OfficeFacts
from supervise.domain.rates import Ranked, Rate


@dataclass(frozen=True, slots=True)
class Settled:
    """The settlement (结账) of a unit or of all: what there was, came, went and is left.

    opening + added + reopened - closed - ended = remaining; `ended` are 不予受理, 合并, 终止.
    """

    name: str
    opening: int = 0
    added: int = 0
    reopened: int = 0
    closed: int = 0
    ended: int = 0
    remaining: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether what is left is what there was, with what came and without what went."""
        came = self.opening + self.added + self.reopened
        return came - self.closed - self.ended == self.remaining


@dataclass(frozen=True, slots=True)
class MonthRate:
    """One rate at the cut-off of one month; `rate` is None where nothing could be counted.

    `printed`: as the month's issued notice printed it.
    """

    period: str
    cutoff: date
    rate: Rate | None
    printed: bool = False


@dataclass(frozen=True, slots=True)
class RateLine:
    """One rate over the months of a quarter; `target` in percent, `met` at the last of them."""

    name: str
    months: tuple[MonthRate, ...]
    target: str | None = None
    met: bool | None = None


@dataclass(frozen=True, slots=True)
class FlowLine:
    """How many issues entered and left a stage in the quarter, and stood there at its end."""

    stage: str
    entered: int
    left: int
    standing: int


@dataclass(frozen=True, slots=True)
class NamedLine:
    """In how many matters a unit was named in each month; None where it was not named.

    A naming by hand may rest on no matter and counts 0.
    """

    unit: str
    months: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class TalkLine:
    """An interview on which something was done in the quarter: what, and when."""

    unit: str
    periods: tuple[str, ...]
    status: str
    submitted_on: date | None = None
    approved_on: date | None = None
    held_on: date | None = None
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units of one group ranked by a rate; those with fewer than `fewest` are not ranked."""

    group: str
    rows: tuple[Ranked, ...]
    fewest: int


@dataclass(frozen=True, slots=True)
class QuarterFacts:
    """What the report of a quarter prints, as of its last day or of today where that is earlier."""

    office: OfficeFacts
    quarter: str
    first: date
    cutoff: date
    complete: bool
    total: Settled
    units: tuple[Settled, ...]
    rates: tuple[RateLine, ...]
    flow: tuple[FlowLine, ...]
    ages: tuple[tuple[str, int], ...]
    periods: tuple[str, ...]
    issued: tuple[str | None, ...]
    named: tuple[NamedLine, ...]
    interviews: tuple[TalkLine, ...]
    ranking: tuple[Ranking, ...]
    overdue: int
    by_stage: int
