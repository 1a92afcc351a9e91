"""Written explanations (书面说明): owed for every effective naming, received, sent back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db import ladder as store
from supervise.domain import clock, explanations
from supervise.domain.explanations import Owed
from supervise.domain.ladder_records import Explanation
from supervise.errors import NotFound, Refused
from supervise.services import units
from supervise.services.ladder import Standing
from supervise.services.session import Session
from supervise.services.work import Record, Work


def owed(session: Session, standing: Standing | None = None) -> list[Owed]:
    """List what is owed, its due date from the pack's term and the ledger's calendar."""
    standing = standing or Standing(session)
    namings = explanations.explainable(standing.notices, session.pack.naming.series)
    term = session.pack.explanation.term

    def due(since: date) -> date:
        return clock.due_on(since, term, session.calendar)[0]

    done = store.explanations(session.conn)
    return list(explanations.owed(namings, done.values(), due, session.today))


def _record(standing: Standing, one: Owed) -> Record:
    unit = standing.board.units[one.unit_id]
    return {
        "period": one.period,
        "unit": one.name,
        "unit_id": unit.code,
        "due_on": one.due_on.isoformat(),
        "received_on": one.received_on.isoformat() if one.received_on else None,
        "status": one.status,
        "overdue": one.overdue,
        "reason": one.reason,
    }


def listing(session: Session) -> list[Record]:
    """List every explanation owed, by month, as JSON records."""
    standing = Standing(session)
    return [_record(standing, one) for one in owed(session, standing)]


def _find(
    work: Work, period: str, unit: str | None, unit_id: str | None
) -> tuple[Standing, Owed, Explanation]:
    standing = Standing(work.session)
    found = units.find(work.conn, unit, unit_id)
    subject = standing.board.accountable(found.id)
    for one in owed(work.session, standing):
        same = standing.board.accountable(one.unit_id).id == subject.id
        if one.period == period and same:
            known = store.explanations(work.conn).get((one.notice_id, one.unit_id))
            return standing, one, known or Explanation(one.notice_id, one.unit_id)
    raise NotFound(f"{subject.name}{period}没有应交的书面说明。")


def _save(work: Work, standing: Standing, one: Owed, after: Explanation) -> Record:
    values = {
        "unit_id": after.unit_id,
        "received_on": after.received_on.isoformat() if after.received_on else None,
        "accepted_on": after.accepted_on.isoformat() if after.accepted_on else None,
        "returned_on": after.returned_on.isoformat() if after.returned_on else None,
        "reason": after.reason,
    }
    work.record("explanation", one.notice_id, {"set": values})
    again = next(
        item
        for item in owed(work.session, standing)
        if (item.notice_id, item.unit_id) == (one.notice_id, one.unit_id)
    )
    return _record(standing, again)


def receive(work: Work, period: str, unit: str | None = None, unit_id: str | None = None) -> Record:
    """收书面说明: it came in on this day; after a return, once more.

    Raises Refused when it is there already, or for a day before the notice was delivered.
    """
    standing, one, known = _find(work, period, unit, unit_id)
    if one.status in {"received", "accepted"}:
        raise Refused(f"{one.name}{period}的书面说明已于 {one.received_on} 收到。", code="received")
    if work.on < one.since:
        raise Refused(f"收到日期 {work.on} 早于通报送达日期 {one.since}。")
    after = replace(known, received_on=work.on, returned_on=None, reason=None)
    return _save(work, standing, one, after)


def accept(work: Work, period: str, unit: str | None = None, unit_id: str | None = None) -> Record:
    """收阅书面说明: read and found complete. Raises Refused where none waits to be read."""
    standing, one, known = _find(work, period, unit, unit_id)
    if one.status != "received" or known.received_on is None:
        raise Refused(f"{one.name}{period}没有待收阅的书面说明。", code="not_allowed")
    if work.on < known.received_on:
        raise Refused(f"收阅日期 {work.on} 早于收到日期 {known.received_on}。")
    return _save(work, standing, one, replace(known, accepted_on=work.on))


def send_back(
    work: Work,
    period: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
) -> Record:
    """退回书面说明: sent back to be completed; it is owed again. Raises Refused before it came."""
    standing, one, known = _find(work, period, unit, unit_id)
    if one.status != "received" or known.received_on is None:
        raise Refused(f"{one.name}{period}的书面说明还没有收到，不能退回。", code="not_allowed")
    if work.on < known.received_on:
        raise Refused(f"退回日期 {work.on} 早于收到日期 {known.received_on}。")
    return _save(work, standing, one, replace(known, returned_on=work.on, reason=reason))
