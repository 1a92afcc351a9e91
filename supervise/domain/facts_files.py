"""What an issue's complete file and the papers of a referral are made of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from supervise.domain.facts import OfficeFacts
from supervise.domain.facts_issues import IssueFacts


@dataclass(frozen=True, slots=True)
class StayFacts:
    """An issue's stay in a stage: since when, until when (None: still there), how many days."""

    stage: str
    since: date
    until: date | None
    days: int


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice that printed an issue, and for which unit."""

    period: str
    number: str | None
    issued_on: date | None
    unit: str
    polarity: str
    status: str


@dataclass(frozen=True, slots=True)
class InterviewLine:
    """An interview that rests on a notice which printed the issue."""

    id: int
    unit: str
    periods: tuple[str, ...]
    status: str
    held_on: date | None


@dataclass(frozen=True, slots=True)
class FileFacts:
    """All the ledger knows of one issue."""

    issue: IssueFacts
    stays: tuple[StayFacts, ...] = ()
    notices: tuple[NoticeLine, ...] = ()
    interviews: tuple[InterviewLine, ...] = ()

    @property
    def code(self) -> str:
        """The issue's code."""
        return self.issue.code


@dataclass(frozen=True, slots=True)
class ReferralFacts:
    """A referral a person decided on: the unit, the recorded basis, who approved and received.

    Nothing of any investigation is in it, and no measure against a person. `papers` are those
    handed over with it.
    """

    office: OfficeFacts
    id: int
    unit: str
    criterion: str
    reading: str
    clause: str
    basis: tuple[str, ...]
    decided_on: date
    handler: str
    approver: str
    recipient: str
    ref: str | None = None
    papers: tuple[str, ...] = ()
