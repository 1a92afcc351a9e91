"""The due dates an operation sets: from the pack's terms and the ledger's calendar, and why."""

from __future__ import annotations

from datetime import date
from typing import Any

from supervise.domain import clock
from supervise.domain.clocksets import Node
from supervise.domain.records import Issue, Stage
from supervise.domain.shifts import handling_start, moved_dates
from supervise.services.session import Session

Why = dict[str, Any]


def _why(session: Session, kind: str, start: date, term: str | None, **more: Any) -> Why:
    """Keep with the event what the date rests on, so that a replay computes nothing."""
    return {
        "kind": kind,
        "start": start.isoformat(),
        "term": term,
        "calendar": session.calendar.version,
        "pack": session.pack.version_id,
        **more,
    }


def first(
    session: Session, urgency: str | None, start: date, given: date | None
) -> tuple[date, str | None, Why]:
    """Give the first due date of a handling cycle: the one given, or the pack's clock."""
    if given is not None:
        return given, None, _why(session, "given", start, None)
    term = session.pack.clock.term_for(urgency)
    due, provisional = clock.due_on(start, term, session.calendar)
    return due, str(term), _why(session, "term", start, str(term), provisional=provisional)


def of_set(session: Session, node: Node, provisional: bool) -> Why:
    """Say that a due date is the last of a clock set, which began with this node."""
    start = node.start or session.today
    return _why(session, "clockset", start, None, provisional=provisional, clocks=node.clocks)


def _first_stay(issue: Issue) -> tuple[date, date] | None:
    """Give start and due date of the first handling cycle, as first set."""
    for number, span in enumerate(issue.spans):
        if span.stage is Stage.RECTIFY:
            moved = [s.before for s in issue.shifts if s.span == number and s.before]
            due = moved[0] if moved else span.due_on
            return (span.entered, due) if due else None
    return None


def rework(
    session: Session, issue: Issue, on: date, given: date | None
) -> tuple[date | None, str | None, Why]:
    """Give the date for rework: the one given, else half the first term, two days at least."""
    stay = _first_stay(issue)
    if given is not None or stay is None:
        return first(session, issue.urgency, on, given)
    due, provisional = clock.rework_due(on, *stay, session.calendar)
    term = f"{clock.half_term(*stay, session.calendar)}wd"
    return due, term, _why(session, "rework", on, term, provisional=provisional)


def resumed(session: Session, issue: Issue, on: date) -> tuple[date | None, Why]:
    """Give the date after a pause: the paused working days are added; after expiry none are."""
    assert issue.paused_on is not None
    due = issue.due_on
    if due is not None:
        due = clock.shift_due(due, issue.paused_on, on, session.calendar)
    return due, _why(session, "resume", issue.paused_on, None)


def reclassified(
    session: Session, issue: Issue, urgency: str
) -> tuple[date | None, str | None, Why]:
    """Give the date under another class, from the cycle's start, its pauses given back."""
    start = issue.spans[handling_start(issue)].entered
    term = session.pack.clock.term_for(urgency)
    due, provisional = clock.due_on(start, term, session.calendar)
    for before, after in moved_dates(issue, "resume"):
        days = session.calendar.workdays_between(before, after)
        due = session.calendar.add_workdays(due, days)
    return due, str(term), _why(session, "term", start, str(term), provisional=provisional)
