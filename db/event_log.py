"""The event log as a list, newest first: windows of it, its length, and what its events are about.

The log's own index of operation, date and names tells which events a filter shows; the wide rows
are read for one window alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from db import events, search
from db.driver import Connection
from supervise.domain.ladder_records import Event

Values = dict[str, object]
_IN = "IN (SELECT value FROM json_each(?))"
_LINE = "seq, subject, subject_id, op, on_date, recorded_at, by_name, recorded_by, ref"


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which events are shown; every part that is set narrows the list.

    `ops`: one of these operations; `nouns`: one about these kinds. `subject`: a kind and ids.
    `person`: who decided or recorded it. `text`: a part of its number or its content, or a word of
    the issue or unit it is about; or it is one of the operations `named` by it. `hidden`: kinds of
    operations that are never shown.
    """

    ops: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    subject: tuple[str, int] | None = None
    person: str = ""
    since: date | None = None
    until: date | None = None
    text: str = ""
    hidden: tuple[str, ...] = ()
    named: tuple[str, ...] = ()

    @property
    def narrows(self) -> bool:
        """Whether anything but the hidden kinds is left out."""
        days = self.since is not None or self.until is not None
        return bool(self.ops or self.nouns or self.subject or self.person or self.text) or days


class Line(NamedTuple):
    """One event as a list tells it."""

    seq: int
    subject: str
    subject_id: int
    op: str
    on_date: str
    recorded_at: str
    by_name: str
    recorded_by: str
    ref: str | None


def _of_noun(noun: str, number: int, values: Values) -> str:
    values[f"noun{number}"], values[f"noun{number}_end"] = f"{noun}.", f"{noun}/"
    return f"(op >= :noun{number} AND op < :noun{number}_end)"


def _parts(conn: Connection, chosen: LogFilter, values: Values) -> Iterator[str]:
    kinds = []
    if chosen.ops:
        values["ops"] = json.dumps(chosen.ops)
        kinds.append("op IN (SELECT value FROM json_each(:ops))")
    kinds += [_of_noun(noun, place, values) for place, noun in enumerate(chosen.nouns)]
    if kinds:
        yield f"({' OR '.join(kinds)})"
    for place, noun in enumerate(chosen.hidden, len(chosen.nouns)):
        yield f"NOT {_of_noun(noun, place, values)}"
    if chosen.subject is not None:
        values["subject"], values["subject_id"] = chosen.subject
        yield "subject = :subject AND subject_id = :subject_id"
    if chosen.person:
        values["person"] = chosen.person
        yield "(instr(by_name, :person) OR instr(recorded_by, :person))"
    for name, sign in (("since", ">="), ("until", "<=")):
        day = getattr(chosen, name)
        if day is not None:
            values[name] = day.isoformat()
            yield f"on_date {sign} :{name}"
    if chosen.text:
        yield _said(conn, chosen, values)


def _said(conn: Connection, chosen: LogFilter, values: Values) -> str:
    """Give the condition of a text: in the number, the content, the name, what it is about."""
    text = values["text"] = chosen.text
    parts = ["instr(ref, :text)", "instr(payload, :text)"]
    if chosen.named:
        values["named"] = json.dumps(chosen.named)
        parts.append("op IN (SELECT value FROM json_each(:named))")
    words = " AND ".join(map(search.quoted, search.phrases(text)))
    if words:
        values["words"] = words
        found = "SELECT rowid FROM issue_search WHERE issue_search MATCH :words"
        parts.append(f"(subject = 'issue' AND subject_id IN ({found}))")
    units = "SELECT unit_id FROM unit_name WHERE instr(name, :text)"
    parts.append(f"(subject = 'unit' AND subject_id IN ({units}))")
    return f"({' OR '.join(parts)})"


def _where(conn: Connection, chosen: LogFilter) -> tuple[str, Values]:
    values: Values = {}
    return " AND ".join(_parts(conn, chosen, values)) or "1 = 1", values


def count(conn: Connection, chosen: LogFilter) -> int:
    """Count the events a filter shows; the log has no gaps, so that its head tells its length."""
    if not chosen.narrows:
        return events.head(conn)[0] - len(_hidden(conn, chosen))
    where, values = _where(conn, chosen)
    (number,) = conn.execute(f"SELECT count(*) FROM event WHERE {where}", values).fetchone()
    return int(number)


def _hidden(conn: Connection, chosen: LogFilter) -> list[int]:
    """List the hidden events, newest first."""
    if not chosen.hidden:
        return []
    values: Values = {}
    parts = (_of_noun(noun, place, values) for place, noun in enumerate(chosen.hidden))
    query = f"SELECT seq FROM event WHERE {' OR '.join(parts)} ORDER BY seq DESC"
    return [row[0] for row in conn.execute(query, values)]


def lines(conn: Connection, chosen: LogFilter, offset: int, limit: int) -> list[Line]:
    """Give one window of the events a filter shows, newest first."""
    where, values = _where(conn, chosen)
    values |= {"limit": limit, "offset": offset}
    if chosen.narrows:
        # Which ones is told by an index; only these rows are then read whole.
        query = (
            f"SELECT {_LINE} FROM event WHERE seq IN (SELECT seq FROM event WHERE {where}"
            " ORDER BY seq DESC LIMIT :limit OFFSET :offset) ORDER BY seq DESC"
        )
    else:
        values["top"] = _at(conn, chosen, offset)
        query = (
            f"SELECT {_LINE} FROM event WHERE seq <= :top AND {where}"
            " ORDER BY seq DESC LIMIT :limit"
        )
    return [Line._make(row) for row in conn.execute(query, values)]


def _at(conn: Connection, chosen: LogFilter, offset: int) -> int:
    """Give the number of the event at a place of the whole log, the hidden ones passed over."""
    top = events.head(conn)[0] - offset
    for seq in _hidden(conn, chosen):
        if seq < top:
            break
        top -= 1
    return top


def one(conn: Connection, seq: int) -> tuple[str, int, Event, str] | None:
    """Give one event in full: what it is about, the event, the hash before it."""
    row = conn.execute(
        f"SELECT {events.COLUMNS} FROM event WHERE seq = ?",
        (seq,),
    ).fetchone()
    return None if row is None else (row[1], row[2], events.event_of(row), row[10])


def issue_names(conn: Connection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Give the code and the title of issues by id."""
    rows = conn.execute(
        f"SELECT id, code, title FROM issue WHERE id {_IN}",
        (json.dumps(list(ids)),),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def notice_periods(conn: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Give the months of notices by id."""
    return _by_id(conn, f"SELECT id, period FROM notice WHERE id {_IN}", ids)


def task_names(conn: Connection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Give the numbers and titles of tasks by their ids."""
    query = f"SELECT id, code, title FROM task WHERE id {_IN}"
    rows = conn.execute(query, (json.dumps(sorted(ids)),))
    return {key: (code, title) for key, code, title in rows}


def duty_names(conn: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Give the names of periodic duties by their ids."""
    return _by_id(conn, f"SELECT id, name FROM duty WHERE id {_IN}", ids)


def interview_units(conn: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Give the units of interviews by the interview's id."""
    query = f"SELECT i.id, u.name FROM interview i JOIN unit u ON u.id = i.unit_id WHERE i.id {_IN}"
    return _by_id(conn, query, ids)


def referral_units(conn: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Give the units of referrals by the referral's id."""
    query = f"SELECT r.id, u.name FROM referral r JOIN unit u ON u.id = r.unit_id WHERE r.id {_IN}"
    return _by_id(conn, query, ids)


def unit_names(conn: Connection, ids: Iterable[int]) -> dict[int, str]:
    """Give the present names of units by id."""
    return _by_id(conn, f"SELECT id, name FROM unit WHERE id {_IN}", ids)


def _by_id(conn: Connection, query: str, ids: Iterable[int]) -> dict[int, Any]:
    return dict(conn.execute(query, (json.dumps(list(ids)),)).fetchall())
