"""Units by id, name and code."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.codec import day
from db.driver import Connection
from db.names import name_key
from supervise.domain.records import Unit
from supervise.domain.unit_names import NameTerm, name_terms
from supervise.domain.unit_names import name_on as name_borne

_COLUMNS = (
    "id, name, code, kind, short, head, head_since, sort_order, parent_id, subject_id, active,"
    " pending, merged_into"
)


@dataclass(frozen=True, slots=True)
class UnitName:
    """One name a unit goes or went by, with the days it was its own."""

    unit_id: int
    name: str
    from_on: date | None
    until_on: date | None


def _unit(row: Sequence[Any]) -> Unit:
    key, name, code, kind, short, head, since, order, parent, subject, active, pending, into = row
    return Unit(
        key, name, code, kind, short, head, day(since), order, parent, subject,
        bool(active), bool(pending), into,
    )  # fmt: skip


def get(conn: Connection, unit_id: int) -> Unit:
    """Give the unit with this id."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM unit WHERE id = ?", (unit_id,)).fetchone()
    return _unit(row)


def every(conn: Connection) -> list[Unit]:
    """List all units in the city's order, then by name."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM unit ORDER BY sort_order IS NULL, sort_order, name, id"
    )
    return [_unit(row) for row in rows]


def joined(conn: Connection) -> set[int]:
    """Give the records joined to another one of the same body (`unit.alias`)."""
    rows = conn.execute(
        "SELECT subject_id FROM event WHERE subject = 'unit' AND op = 'unit.alias'"
        " AND json_extract(payload, '$.set.merged_into') IS NOT NULL"
    )
    return {unit for (unit,) in rows}


def by_code(conn: Connection, code: str) -> Unit | None:
    """Find the unit with this code of its own."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM unit WHERE code = ?", (code,)).fetchone()
    return _unit(row) if row else None


def by_name(conn: Connection, name: str) -> list[Unit]:
    """Find the units that go, or went, by this name; the way it is spaced makes no difference."""
    columns = ", ".join(f"unit.{c.strip()}" for c in _COLUMNS.split(","))
    rows = conn.execute(
        f"SELECT {columns} FROM unit JOIN unit_name ON unit_name.unit_id = unit.id"
        " WHERE unit_name.key = ? ORDER BY unit.id",
        (name_key(name),),
    )
    return [_unit(row) for row in rows]


def names(conn: Connection, unit_id: int | None = None) -> list[UnitName]:
    """List the names of one unit, or of all."""
    where = "" if unit_id is None else " WHERE unit_id = ?"
    rows = conn.execute(
        f"SELECT unit_id, name, from_on, until_on FROM unit_name{where}"
        " ORDER BY unit_id, from_on, name",
        () if unit_id is None else (unit_id,),
    )
    return [UnitName(row[0], row[1], day(row[2]), day(row[3])) for row in rows]


def terms(conn: Connection, unit_id: int) -> tuple[NameTerm, ...]:
    """Give the names a unit bore over time, as its events tell: a name may come back."""
    rows = conn.execute(
        "SELECT on_date, json_extract(payload, '$.set.name') FROM event"
        " WHERE subject = 'unit' AND subject_id = ?"
        " AND json_extract(payload, '$.set.name') IS NOT NULL ORDER BY seq",
        (unit_id,),
    )
    return name_terms((date.fromisoformat(on), name) for on, name in rows)


def name_on(conn: Connection, unit: Unit, on: date) -> str:
    """Give the name the unit bore on a day: what a paper of that day prints."""
    return name_borne(terms(conn, unit.id), on) or unit.name


def initials(conn: Connection) -> dict[int, str]:
    """Give the pinyin initials of every unit that still is one, by id."""
    rows = conn.execute("SELECT id, coalesce(initials, '') FROM unit WHERE active = 1")
    return dict(rows.fetchall())
