"""The facts that the papers around an interview print, each only once its step has been taken."""

from __future__ import annotations

from supervise.domain import facts as paper
from supervise.domain.interviews import STATUS_LABELS
from supervise.errors import BadInput, Refused
from supervise.services import interview_facts
from supervise.services.session import Session

_AGREED = frozenset({"approved", "scheduled", "held", "closed"})
_HELD = frozenset({"held", "closed"})


def any_status(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[paper.InterviewFacts]:
    """For the request, the memo and the record: an interview proposed or asked for."""
    return [_facts(session, subjects)]


def asked(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[paper.InterviewFacts]:
    """For the record: an interview somebody asked for."""
    facts = _facts(session, subjects)
    if facts.status == "proposed":
        raise Refused(f"{facts.unit}还没有提请约谈，没有办理情况可出。", code="not_allowed")
    return [facts]


def agreed(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[paper.InterviewFacts]:
    """For 约谈通知书: an interview a leader agreed to."""
    return [_in(session, subjects, _AGREED, "约谈通知书须在领导同意约谈后出具")]


def held(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[paper.InterviewFacts]:
    """For 约谈纪要: an interview that took place."""
    return [_in(session, subjects, _HELD, "约谈纪要须在约谈之后出具")]


def _in(
    session: Session, subjects: tuple[str, ...], statuses: frozenset[str], sentence: str
) -> paper.InterviewFacts:
    facts = _facts(session, subjects)
    if facts.status not in statuses:
        now = STATUS_LABELS.get(facts.status, facts.status)
        raise Refused(f"{facts.unit}的约谈现在“{now}”，{sentence}。", code="not_allowed")
    return facts


def _facts(session: Session, subjects: tuple[str, ...]) -> paper.InterviewFacts:
    if len(subjects) != 1:
        raise BadInput("请写一次约谈的编号，或一个单位的名称。", code="bad_field")
    return interview_facts.gather(session, subjects[0])
