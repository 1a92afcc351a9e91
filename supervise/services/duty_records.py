"""What is owed of periodic duties, unit by unit and period by period: records and the matrix."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from db import duties as store
from db import units as unit_store
from db.codec import iso
from supervise.domain import duties as rules
from supervise.domain.duties import NOTHING, STATES, Duty, Report, Round
from supervise.domain.pack_settings import OWN_RULE
from supervise.domain.records import UNIT_KINDS, Unit
from supervise.errors import NotFound
from supervise.services.cadences import asked_since
from supervise.services.duty_debtors import Heir, debtors
from supervise.services.session import Session

Record = dict[str, Any]
_AHEAD = timedelta(days=800)


@dataclass(frozen=True, slots=True)
class Owed:
    """One report: which duty, which unit, which period, and what is known of it."""

    duty: Duty
    unit: Unit
    round: Round
    report: Report = NOTHING

    def state(self, on: date) -> str:
        """Say how it stands on a day."""
        return rules.state(self.round.due_on, self.report, on)


def known(session: Session) -> list[Duty]:
    """List what is owed: first what the rule pack asks for, then what the office set itself."""
    own = store.every(session.conn)
    return [*_of_pack(session, {one.name for one in own}), *own]


def _of_pack(session: Session, own: set[str]) -> list[Duty]:
    asked = [one for one in session.pack.cadence if one.owed_by and one.name not in own]
    if not asked:
        return []
    since = asked_since(session, {one.name for one in asked}, lambda one: bool(one.owed_by))
    return [
        Duty(
            one.name,
            one.rhythm,
            one.owed_by,
            one.since or since[one.name],
            clause=one.clause or OWN_RULE,
            from_pack=True,
        )
        for one in asked
    ]


def find(session: Session, name: str) -> Duty:
    """Find a duty by its name. Raises NotFound."""
    every = known(session)
    for one in every:
        if one.name == name:
            return one
    if not every:
        raise NotFound("还没有定期报送事项，请先设定（supervise duty add）。")
    words = "、".join(one.name for one in every)
    raise NotFound(f"没有名为“{name}”的定期报送，已有：{words}。")


def who(session: Session, duty: Duty) -> tuple[str, ...]:
    """Say who owes a duty: kinds of units, and units by their names of today."""
    found = []
    for word in duty.owed_by:
        unit = None if word in UNIT_KINDS else unit_store.by_code(session.conn, word)
        found.append(unit.name if unit else word)
    return tuple(found)


def described(session: Session, duty: Duty) -> Record:
    """Give a duty as a JSON record."""
    return {
        "duty": duty.name,
        "every": duty.rhythm.every,
        "rhythm": duty.rhythm.words,
        "owed_by": list(who(session, duty)),
        "since": duty.since.isoformat(),
        "until": iso(duty.until),
        "clause": duty.clause,
        "from_pack": duty.from_pack,
    }


def board(
    session: Session, duties: Iterable[Duty], today: date, heir: Heir | None = None
) -> list[Owed]:
    """List the reports of duties up to the next one each, oldest first, in the city's order.

    A unit owes nothing whose day had passed before it was entered, unless one that it took over
    owed it, see `Debtor.at`. `heir` tells which unit had taken over from one, see `debtors`.
    """
    return _owed(
        session,
        [(duty, shown_rounds(session, duty, today)) for duty in duties],
        store.reports(session.conn),
        heir,
    )


def due_between(session: Session, first: date, last: date) -> list[Owed]:
    """List the reports due from one day to another, of each duty in the city's order."""
    found = [(duty, _rounds_due(session, duty, first, last)) for duty in known(session)]
    keys = {one.key for _, some in found for one in some}
    return _owed(session, found, store.reports(session.conn, keys)) if keys else []


def _rounds_due(session: Session, duty: Duty, first: date, last: date) -> list[Round]:
    found = []
    for one in rules.rounds(duty.rhythm, duty.since, _end(duty, last), session.calendar):
        if one.due_on > last:
            break
        if one.due_on >= first:
            found.append(one)
    return found


def _end(duty: Duty, today: date) -> date:
    """Give the last day a period of a duty may be named for, or one far enough ahead."""
    return duty.until - timedelta(days=1) if duty.until else today + _AHEAD


def _owed(
    session: Session,
    found: Iterable[tuple[Duty, Sequence[Round]]],
    reports: Mapping[tuple[str, int, str], Report],
    heir: Heir | None = None,
) -> list[Owed]:
    entered = store.entered(session.conn)
    return [
        Owed(duty, owing.unit, one, owing.report(duty.name, one.key, reports))
        for duty, some in found
        if some and (bodies := debtors(session, duty, heir))
        for one in some
        for body in bodies
        if (owing := body.at(duty, one.named_on, entered)) is not None
    ]


def shown_rounds(session: Session, duty: Duty, today: date) -> list[Round]:
    """List the periods of a duty that are due, and the next one."""
    found = []
    for one in rules.rounds(duty.rhythm, duty.since, _end(duty, today), session.calendar):
        found.append(one)
        if one.due_on >= today:
            break
    return found


def record_of(owed: Owed, today: date) -> Record:
    """Give a report as a JSON record, as of a day."""
    one, report, state = owed.round, owed.report, owed.state(today)
    return {
        "duty": owed.duty.name,
        "unit": owed.unit.name,
        "unit_id": owed.unit.code,
        "period": one.key,
        "label": one.label,
        "due_on": one.due_on.isoformat(),
        "named_on": one.named_on.isoformat(),
        "state": state,
        "state_name": STATES[state],
        "late_days": rules.days_late(one.due_on, report, today),
        "submitted_on": iso(report.submitted_on),
        "waived_on": iso(report.waived_on),
        "reason": report.reason,
        "note": report.note,
        "ref": report.ref,
        "by": report.by,
    }


def listing(
    session: Session,
    duty: str | None = None,
    unit: int | None = None,
    state: str | None = None,
    period: str | None = None,
    as_of: date | None = None,
) -> list[Record]:
    """List what is owed, of one duty, unit, state or period, as of a day."""
    today = as_of or session.today
    wanted = [find(session, duty)] if duty is not None else known(session)
    records = [
        record_of(one, today)
        for one in board(session, wanted, today)
        if unit is None or one.unit.id == unit
    ]
    return [
        one
        for one in records
        if (state is None or one["state"] == state) and (period is None or one["period"] == period)
    ]


@dataclass(frozen=True, slots=True)
class Matrix:
    """One duty, who owes it by name, and each unit's report in each period.

    `cells` maps a unit's id and a period's key to the record; none where nothing was owed.
    """

    duty: Duty
    periods: tuple[Round, ...]
    units: tuple[Unit, ...]
    cells: Mapping[tuple[int, str], Record]

    def count(self, state: str) -> int:
        """Count the reports in a state."""
        return sum(one["state"] == state for one in self.cells.values())


def matrices(session: Session, columns: int = 12, as_of: date | None = None) -> list[Matrix]:
    """Give each duty as a matrix of units and its latest periods."""
    today = as_of or session.today
    return [_matrix(session, one, today, columns) for one in known(session)]


def _matrix(session: Session, duty: Duty, today: date, columns: int) -> Matrix:
    rounds: Sequence[Round] = shown_rounds(session, duty, today)[-columns:]
    keys = {one.key for one in rounds}
    found = [one for one in board(session, [duty], today) if one.round.key in keys]
    cells = {(one.unit.id, one.round.key): record_of(one, today) for one in found}
    bodies = {one.unit.id: one.unit for one in found}
    duty = replace(duty, owed_by=who(session, duty))
    return Matrix(duty, tuple(rounds), tuple(bodies.values()), cells)
