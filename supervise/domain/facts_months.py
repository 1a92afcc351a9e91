"""What the papers of a month about single units are made of, and the one-page report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervise.domain.facts import EntryFacts, NoticeFacts, OfficeFacts, Rate
from supervise.domain.facts_issues import IssueFacts


@dataclass(frozen=True, slots=True)
class CriterionFacts:
    """A criterion of naming: its name, the clause it rests on, how it is read (口径)."""

    name: str
    clause: str
    reading: str


@dataclass(frozen=True, slots=True)
class CheckFacts:
    """A unit's answer to the 核对单, and who took it down when."""

    result: str
    on: date | None = None
    by: str = ""


@dataclass(frozen=True, slots=True)
class UnitMonthFacts:
    """One named unit in one month: its entry, its matters in full, the rules it was named under.

    `matters` stand in the order of `entry.matters`. `printed` are the paragraphs of the notice as
    it was issued, empty for a draft: what the ledger says now is held against them.
    """

    office: OfficeFacts
    notice: NoticeFacts
    entry: EntryFacts
    head: str | None = None
    matters: tuple[IssueFacts, ...] = ()
    criteria: tuple[CriterionFacts, ...] = ()
    check: CheckFacts | None = None
    printed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ExplanationFacts:
    """A written explanation that has not come in: for which notice, since when, until when.

    Not `named`: the unit was exempt from naming, but not from explaining.
    """

    office: OfficeFacts
    unit: str
    period: str
    since: date
    due_on: date
    term: str
    status: str = "owed"
    number: str | None = None
    reason: str | None = None
    codes: tuple[str, ...] = ()
    named: bool = True

    @property
    def days_late(self) -> int:
        """Calendar days past the due date; 0 while it runs."""
        return max((self.office.as_of - self.due_on).days, 0)


@dataclass(frozen=True, slots=True)
class RoutingStep:
    """One step of a paper on its way to be signed: what, who, when; all None where not known."""

    what: str
    by: str | None = None
    on: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class RoutingFacts:
    """A notice's way to the stamp: drafted, checked, countersigned, signed."""

    notice: NoticeFacts
    title: str
    steps: tuple[RoutingStep, ...] = ()
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ProblemFacts:
    """One of the problems a report to the leaders brings up: an open issue past its date."""

    code: str
    title: str
    unit: str
    due_on: date
    days_late: int
    returns: int = 0


@dataclass(frozen=True, slots=True)
class BriefFacts:
    """What the one-page report (工作专报) of a month prints.

    `stages` are the counts by stage, `total` the number they must add up to, `before` last month's.
    `named` are the units the month's notice names, None without one; `issued`: it is out.
    `coordinate` are finished sentences: what leaders are asked to decide, from recorded facts.
    """

    office: OfficeFacts
    period: str
    cutoff: date
    stages: tuple[tuple[str, int], ...]
    total: int
    overdue: int
    overdue_units: int
    before: int | None = None
    named: int | None = None
    issued: bool = False
    rates: tuple[Rate, ...] = ()
    problems: tuple[ProblemFacts, ...] = ()
    coordinate: tuple[str, ...] = ()
