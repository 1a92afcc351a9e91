"""What the log says a unit was asked for: the facts behind 基层负担."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from db import sheets, unit_figures
from supervise.domain.burden import Ask
from supervise.domain.dates import period_of, period_start, shift_period
from supervise.domain.records import Unit
from supervise.services import explanations
from supervise.services.ladder import Standing
from supervise.services.session import Session

# Read a year back, so that what was asked before is known to be asked again.
READ = 12


def asks(
    session: Session,
    standing: Standing,
    unit: Unit,
    joined: tuple[int, ...],
    until: date | None = None,
) -> list[Ask]:
    """List what a unit was asked for in the twelve months up to a day, today unless said.

    What asks about an issue counts for the unit it lay with, a sheet for whom it was sent to;
    what follows from a notice counts for whom the notice names: nothing of it stands under a
    county's bureau.
    """
    until = until or session.today
    since = period_start(shift_period(period_of(until), 1 - READ))
    found = [*_about_issues(session, joined, since, until)]
    sent = sheets.sent_to(session.conn, joined, since, until)
    found += [Ask(on, "sheet", period) for on, period in sent]
    if standing.board.accountable(unit.id).id == unit.id:
        named = tuple(key for key in standing.board.units if _same(standing, key, unit))
        found += _checks(session, named)
        found += _explanations(session, standing, unit)
        found += _interviews(session, standing, unit)
    return sorted((one for one in found if since <= one.on <= until), key=lambda one: one.on)


def _same(standing: Standing, key: int, unit: Unit) -> bool:
    return standing.board.accountable(key).id == unit.id


def _about_issues(
    session: Session, joined: tuple[int, ...], since: date, until: date
) -> Iterator[Ask]:
    for one in unit_figures.asked(session.conn, joined, since, until):
        yield Ask(one.on, "urge" if one.op == "issue.urge" else "return", one.code)


def _checks(session: Session, named: tuple[int, ...]) -> Iterator[Ask]:
    for on, period in unit_figures.checks(session.conn, named):
        yield Ask(on, "check", period)


def _explanations(session: Session, standing: Standing, unit: Unit) -> Iterator[Ask]:
    periods: dict[int, str] = {}
    for one in explanations.owed(session, standing):
        if _same(standing, one.unit_id, unit):
            periods[one.notice_id] = one.period
            yield Ask(one.since, "explanation", one.period)
    sent_back = unit_figures.events_of(session.conn, "explanation", "explanation.return")
    for notice_id, on, payload in sent_back:
        whose = int(json.loads(payload)["set"]["unit_id"])
        if notice_id in periods and _same(standing, whose, unit):
            yield Ask(on, "explanation", periods[notice_id])


def _interviews(session: Session, standing: Standing, unit: Unit) -> Iterator[Ask]:
    days: dict[int, list[date]] = {}
    for key, on, _ in unit_figures.events_of(session.conn, "interview", "interview.schedule"):
        days.setdefault(key, []).append(on)
    for one in standing.interviews:
        if one.unit_id == unit.id:
            held = [one.held_on] if one.held_on else []
            for on in days.get(one.id) or held:
                yield Ask(on, "interview", str(one.id))
