"""What the office's own accounts and its reminders before a cut-off are printed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervise.domain.balance import Account
from supervise.domain.burden import MonthBurden
from supervise.domain.facts import OfficeFacts
from supervise.domain.formulas import Figure


@dataclass(frozen=True, slots=True)
class RateSheetFacts:
    """The rates of a month with their formulas, of all units and of each kind of unit.

    `number` is the issued notice whose printed figures are repeated; `issued`: there is one.
    `unreached` are the 回访 that reached nobody.
    """

    office: OfficeFacts
    period: str
    cutoff: date
    figures: tuple[Figure, ...]
    unreached: int
    kinds: tuple[tuple[str, tuple[Figure, ...]], ...] = ()
    issued: bool = False
    number: str | None = None


@dataclass(frozen=True, slots=True)
class BalanceFacts:
    """The closed books of a month or a quarter: by unit, in total, and what waits beside.

    `moves` are the issues handed on: from which unit, to which, how many.
    """

    office: OfficeFacts
    span: str
    first: date
    last: date
    units: tuple[tuple[str, Account], ...]
    total: Account
    waiting: Account
    moves: tuple[tuple[str, str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class BurdenFacts:
    """How often each unit was asked for material in a month: place, unit, what by kind."""

    office: OfficeFacts
    period: str
    units: tuple[tuple[int, str, MonthBurden], ...]


@dataclass(frozen=True, slots=True)
class DueMatter:
    """An issue a unit would be named for: its title as units may read it, its date, the wait."""

    code: str
    title: str
    due_on: date
    days_waited: int


@dataclass(frozen=True, slots=True)
class WarningFacts:
    """A unit that a month's notice would name if nothing came in by the cut-off, and why.

    `undone` are the tasks and reports it would be named for, a line each. `late_too`: handing in
    after the date is a ground of its own. `before` are the months it was named in, where one more
    completes those that an interview is asked for; empty where none would be.
    """

    office: OfficeFacts
    unit: str
    period: str
    cutoff: date
    matters: tuple[DueMatter, ...]
    before: tuple[str, ...] = ()
    undone: tuple[str, ...] = ()
    late_too: bool = False
