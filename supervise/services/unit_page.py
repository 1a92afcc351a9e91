"""Everything the office knows of one unit, read at once: for its page and for `unit show`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from db import events, figures, unit_figures
from db import units as store
from supervise.domain.burden import MonthBurden, burden
from supervise.domain.dates import period_of
from supervise.domain.explanations import Owed
from supervise.domain.ladder_records import Naming
from supervise.domain.rates import Rate, rates
from supervise.domain.records import Unit
from supervise.domain.unit_names import NameTerm
from supervise.services import explanations, unit_burden
from supervise.services.ladder import Standing
from supervise.services.session import Session

Record = dict[str, Any]
# The months whose asking is shown, this one included.
MONTHS = 6


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit: its names and place, its issues, what it was named and interviewed for.

    `subject` is who answers for it in a notice: itself, or its county; months named, interviews
    and explanations are the subject's. `joined` are the ids that are the same body, its own first.
    `forerunners` were merged into it, `successor` is what it was merged into. `interviews` are
    records as `interview list` gives them.
    """

    unit: Unit
    names: tuple[NameTerm, ...]
    aliases: tuple[str, ...]
    parent: str | None
    subject: Unit
    successor: str | None
    forerunners: tuple[str, ...]
    bureaus: tuple[str, ...]
    joined: tuple[int, ...]
    open: int
    overdue: int
    rates: tuple[Rate, ...]
    as_of: date
    namings: tuple[Naming, ...]
    interviews: tuple[Record, ...]
    explanations: tuple[Owed, ...]
    burden: tuple[MonthBurden, ...]


@dataclass(frozen=True, slots=True)
class UnitLine:
    """One unit in the list: what it is called and found by, and how it stands."""

    id: int
    name: str
    code: str | None
    kind: str
    parent: str | None
    active: bool
    pending: bool
    open: int
    overdue: int
    named: int
    interviews: int
    keys: tuple[str, ...]


def names_of(session: Session, unit_id: int) -> tuple[NameTerm, ...]:
    """Give the names a unit bore over time, from its own events."""
    return store.terms(session.conn, unit_id)


def joined_ids(session: Session, unit_id: int) -> tuple[int, ...]:
    """Give the ids of all records that are one body with a unit (`unit alias`), its own first."""
    found, waiting = [], [unit_id]
    while waiting:
        one = waiting.pop()
        found.append(one)
        for event in events.of(session.conn, "unit", one):
            other = event.payload.get("joined")
            if isinstance(other, int) and other not in found:
                waiting.append(other)
    return tuple(found)


def page(session: Session, unit: Unit, standing: Standing | None = None) -> UnitPage:
    """Read what is known of a unit, as of today."""
    standing = standing or Standing(session)
    board = standing.board
    subject = board.accountable(unit.id)
    joined = joined_ids(session, unit.id)
    late = dict(figures.overdue_by_unit(session.conn, session.today))
    waiting = unit_figures.open_by_unit(session.conn)
    terms = names_of(session, unit.id)
    known = {term.name for term in terms}
    owed = explanations.owed(session, standing)
    return UnitPage(
        unit=unit,
        names=terms,
        aliases=tuple(n.name for n in store.names(session.conn, unit.id) if n.name not in known),
        parent=board.units[unit.parent_id].name if unit.parent_id else None,
        subject=subject,
        successor=board.units[unit.merged_into].name if unit.merged_into else None,
        forerunners=_others(board.units, unit, joined),
        bureaus=tuple(u.name for u in board.units.values() if u.parent_id == unit.id and u.active),
        joined=joined,
        open=sum(waiting.get(one, 0) for one in joined),
        overdue=sum(late.get(one, 0) for one in joined),
        rates=rates(unit_figures.counts(session.conn, joined, session.today))[:3],
        as_of=session.today,
        namings=tuple(n for n in standing.namings if n.unit_id == subject.id),
        interviews=_interviews(session, standing, subject),
        explanations=tuple(o for o in owed if board.accountable(o.unit_id).id == subject.id),
        burden=burden(
            unit_burden.asks(session, standing, unit, joined), period_of(session.today), MONTHS
        ),
    )


def _others(units: dict[int, Unit], unit: Unit, joined: tuple[int, ...]) -> tuple[str, ...]:
    """Name the units merged into one by a reorganisation: other bodies, not other records."""
    return tuple(
        other.name
        for other in units.values()
        if other.merged_into == unit.id and other.id not in joined
    )


def _interviews(session: Session, standing: Standing, subject: Unit) -> tuple[Record, ...]:
    from supervise.services import interviews

    return tuple(interviews.of_unit(standing, subject.id))


def listing(session: Session) -> list[UnitLine]:
    """List every unit in the city's order, with how it stands today.

    Months named are this calendar year's, a county's for its bureaus too: each stands under who
    answers for it.
    """
    standing = Standing(session)
    waiting = unit_figures.open_by_unit(session.conn)
    late = dict(figures.overdue_by_unit(session.conn, session.today))
    initials = unit_figures.initials(session.conn)
    spelt: dict[int, list[str]] = {}
    for one in store.names(session.conn):
        spelt.setdefault(one.unit_id, []).append(one.name)
    named = named_months(standing, f"{session.today.year:04}")
    asked: dict[int, int] = {}
    for interview in standing.interviews:
        asked[interview.unit_id] = asked.get(interview.unit_id, 0) + (interview.status != "void")
    units = standing.board.units
    return [
        UnitLine(
            unit.id,
            unit.name,
            unit.code,
            unit.kind,
            units[unit.parent_id].name if unit.parent_id else None,
            unit.active,
            unit.pending,
            waiting.get(unit.id, 0),
            late.get(unit.id, 0),
            len(named.get(unit.id, ())),
            asked.get(unit.id, 0),
            keys(unit.name, unit.code, unit.short, initials.get(unit.id), *spelt.get(unit.id, ())),
        )
        for unit in units.values()
    ]


def named_months(standing: Standing, year: str) -> dict[int, set[str]]:
    """Give the months of a year in which each unit is effectively named, by unit."""
    found: dict[int, set[str]] = {}
    for naming in standing.namings:
        months = {period for period in naming.periods if period.startswith(year)}
        if months:
            found.setdefault(naming.unit_id, set()).update(months)
    return found


def keys(*words: str | None) -> tuple[str, ...]:
    """Give the words a unit is found by, each once, in small letters."""
    return tuple(dict.fromkeys(word.casefold() for word in words if word))


def shown(session: Session, unit: Unit) -> Record:
    """Give the JSON record of `unit show`: that of `unit list`, and what the page tells."""
    from supervise.services import units

    found = page(session, unit)
    return {
        **units.record(session.conn, unit),
        "head_since": _iso(unit.head_since),
        "subject": found.subject.name,
        "merged_into": found.successor,
        "forerunners": list(found.forerunners),
        "names": [
            {"name": one.name, "since": _iso(one.since), "until": _iso(one.until)}
            for one in found.names
        ],
        "open": found.open,
        "overdue": found.overdue,
        "as_of": found.as_of.isoformat(),
        "rates": [_rate(one) for one in found.rates],
        "namings": [_naming(one) for one in found.namings],
        "interviews": [_interview(one) for one in found.interviews],
        "explanations": [_owed(one) for one in found.explanations],
        "burden": [
            {
                "period": one.period,
                "total": one.total,
                "repeats": one.repeats,
                "counts": dict(one.counts),
            }
            for one in found.burden
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _rate(one: Rate) -> Record:
    return {
        "name": one.name,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "rate": round(one.value, 4) if one.value is not None else None,
    }


def _naming(one: Naming) -> Record:
    return {
        "period": one.period,
        "unit": one.name,
        "notice": one.number,
        "issued_on": one.issued_on.isoformat(),
        "reasons": [
            {"criterion": r.criterion, "count": r.count, "issues": list(r.issues), "note": r.note}
            for r in one.reasons
        ],
    }


def _interview(one: Record) -> Record:
    kept = ("id", "periods", "status", "submitted_on", "held_on", "due_on", "closed_on")
    return {name: one.get(name) for name in kept}


def _owed(one: Owed) -> Record:
    return {
        "period": one.period,
        "due_on": one.due_on.isoformat(),
        "received_on": _iso(one.received_on),
        "status": one.status,
        "overdue": one.overdue,
    }
