"""What the log says units were asked for: the facts behind 基层负担."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import chain

from db import sheets, unit_figures
from supervise.domain.burden import Ask
from supervise.domain.dates import period_of, period_start, shift_period
from supervise.domain.records import Unit
from supervise.services import duty_records, explanations
from supervise.services.ladder import Standing
from supervise.services.session import Session

# Read a year back, so that what was asked before is known to be asked again.
READ = 12
# An ask, and the record of the unit it was addressed to.
_Found = tuple[int, Ask]
# Under whom the asks of a unit's record are counted.
_Counted = Mapping[int, int]


def asks(session: Session, standing: Standing, unit: Unit, joined: tuple[int, ...]) -> list[Ask]:
    """List what a unit was asked for in the last twelve months.

    What asks about an issue counts for the unit it lay with, a sheet for whom it was sent to, a
    report for who owes it; what follows from a notice counts for whom the notice names: nothing
    of it stands under a county's bureau.
    """
    same = (key for key in standing.board.units if standing.subject(key) == unit.id)
    asked, named = dict.fromkeys(joined, unit.id), dict.fromkeys(same, unit.id)
    found = _year(session, standing, session.today, asked, named, joined)
    return found.get(unit.id, [])


def asks_of_all(session: Session, standing: Standing, until: date) -> dict[int, list[Ask]]:
    """Map every subject to what it was asked for in the twelve months up to a day.

    A county answers for its bureaus.
    """
    subjects = {key: standing.subject(key) for key in standing.board.units}
    return _year(session, standing, until, subjects, subjects)


def _year(
    session: Session,
    standing: Standing,
    until: date,
    asked: _Counted,
    named: _Counted,
    units: tuple[int, ...] | None = None,
) -> dict[int, list[Ask]]:
    """Gather a year's asks, each under whom it counts for; `units`: of these records only."""
    since = period_start(shift_period(period_of(until), 1 - READ))
    found: dict[int, list[Ask]] = defaultdict(list)
    for subject, ask in _about_issues(session, since, until, asked, units):
        found[subject].append(ask)
    beside = chain(_sheets(session, since, until), _reports(session, until))
    of_notices = chain(_checks(session), _explanations(session, standing), _interviews(standing))
    for counted, every in ((asked, beside), (named, of_notices)):
        for key, ask in every:
            if key in counted and since <= ask.on <= until:
                found[counted[key]].append(ask)
    return {key: sorted(every, key=lambda one: one.on) for key, every in found.items()}


def _about_issues(
    session: Session, since: date, until: date, asked: _Counted, units: tuple[int, ...] | None
) -> Iterator[_Found]:
    """Give what was asked about issues: once, where it lay that day with two of one subject."""
    known = set()
    for one in unit_figures.asked(session.conn, units, since, until):
        subject = asked[one.unit_id]
        if (one.seq, subject) not in known:
            known.add((one.seq, subject))
            yield subject, Ask(one.on, "urge" if one.op == "issue.urge" else "return", one.code)


def _sheets(session: Session, since: date, until: date) -> Iterator[_Found]:
    """Give the sheets sent; two bodies of one county get two, of different issues."""
    for unit_id, on, period in sheets.sent(session.conn, since, until):
        yield unit_id, Ask(on, "sheet", f"{period} {unit_id}")


def _reports(session: Session, until: date) -> Iterator[_Found]:
    """Give the periodic reports whose day has come, but for those it was let off."""
    for one in duty_records.board(session, duty_records.known(session), until):
        if one.report.waived_on is None:
            about = f"{one.duty.name} {one.round.key}"
            yield one.unit.id, Ask(one.round.due_on, "report", about)


def _checks(session: Session) -> Iterator[_Found]:
    for unit_id, on, period in unit_figures.checks(session.conn):
        yield unit_id, Ask(on, "check", period)


def _explanations(session: Session, standing: Standing) -> Iterator[_Found]:
    periods: dict[tuple[int, int], str] = {}
    for one in explanations.owed(session, standing):
        periods[one.notice_id, standing.subject(one.unit_id)] = one.period
        yield one.unit_id, Ask(one.since, "explanation", one.period)
    sent_back = unit_figures.events_of(session.conn, "explanation", "explanation.return")
    for notice_id, on, payload in sent_back:
        whose = int(json.loads(payload)["set"]["unit_id"])
        period = periods.get((notice_id, standing.subject(whose)))
        if period is not None:
            yield whose, Ask(on, "explanation", period)


def _interviews(standing: Standing) -> Iterator[_Found]:
    days: dict[int, list[date]] = {}
    for key, on, _ in unit_figures.events_of(standing.conn, "interview", "interview.schedule"):
        days.setdefault(key, []).append(on)
    for one in standing.interviews:
        held = [one.held_on] if one.held_on else []
        for on in days.get(one.id) or held:
            yield one.unit_id, Ask(on, "interview", str(one.id))
