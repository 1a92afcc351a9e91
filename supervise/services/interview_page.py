"""One interview in full: its basis by month, the explanations beside it, its papers."""

from __future__ import annotations

from dataclasses import dataclass

from supervise.domain.explanations import Owed
from supervise.domain.facts import InterviewFacts
from supervise.services import explanations, interview_facts, interviews
from supervise.services.ladder import Standing
from supervise.services.session import Session
from supervise.services.work import Record


@dataclass(frozen=True, slots=True)
class InterviewPage:
    """The facts its papers print, and by month what became of the explanation owed for it."""

    facts: InterviewFacts
    explanations: dict[str, Owed]


@dataclass(frozen=True, slots=True)
class InterviewBoard:
    """Every interview as its JSON record, and what kept units from being proposed."""

    records: tuple[Record, ...]
    notes: tuple[str, ...]


def board(session: Session) -> InterviewBoard:
    """Read every interview, proposed ones first."""
    before = len(session.warnings)
    found = interviews.listing(session)
    return InterviewBoard(tuple(found), tuple(session.warnings[before:]))


def page(session: Session, which: str, *, proposed: bool = False) -> InterviewPage:
    """Read one interview by its id, or by its unit one that is only `proposed`."""
    facts = interview_facts.gather(session, which, proposed_first=proposed)
    standing = Standing(session)
    subject = next(
        (u.id for u in standing.board.units.values() if (u.name, u.code) == _named(facts)), None
    )
    months = {month.period for month in facts.months}
    owed = {
        one.period: one
        for one in explanations.owed(session, standing)
        if one.period in months and standing.board.accountable(one.unit_id).id == subject
    }
    return InterviewPage(facts, owed)


def _named(facts: InterviewFacts) -> tuple[str, str | None]:
    return facts.unit, facts.unit_id
