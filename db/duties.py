"""Duties the office set itself, what was reported on any duty, and since when a unit is known."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import date
from typing import Any

from db.codec import day
from db.driver import Connection
from supervise.domain.duties import Duty, Report, Rhythm


def _duty(row: tuple[Any, ...]) -> Duty:
    key, name, every, on, month, after, anchor, rest, owed_by, since, until, clause, seq = row
    start = day(since)
    assert start is not None
    rhythm = Rhythm(every, on, month, bool(after), day(anchor), rest)
    owed = tuple(json.loads(owed_by))
    return Duty(name, rhythm, owed, start, day(until), clause or "", id=key, seq=seq)


def every(conn: Connection) -> list[Duty]:
    """List the office's own duties in the order they were entered."""
    rows = conn.execute(
        "SELECT id, name, every, day, month, after, anchor, rest, owed_by, since, until, clause,"
        " (SELECT min(seq) FROM event WHERE subject = 'duty' AND subject_id = duty.id)"
        " FROM duty ORDER BY id"
    )
    return [_duty(row) for row in rows]


def reports(
    conn: Connection, periods: Collection[str] | None = None
) -> dict[tuple[str, int, str], Report]:
    """Map duty, unit and period to what is known of the report; of all periods, or of some."""
    rows = conn.execute(
        "SELECT duty, unit_id, period, submitted_on, waived_on, reason, note, ref, by_name"
        " FROM report WHERE ?1 IS NULL OR period IN (SELECT value FROM json_each(?1))",
        (None if periods is None else json.dumps(sorted(periods)),),
    )
    return {
        (duty, unit, period): Report(day(submitted), day(waived), *rest)
        for duty, unit, period, submitted, waived, *rest in rows
    }


def reported_on(conn: Connection, duty: str, unit_id: int, period: str) -> str | None:
    """Give the day a unit handed in its report of a period; None where it has not."""
    row = conn.execute(
        "SELECT submitted_on FROM report WHERE duty = ? AND unit_id = ? AND period = ?",
        (duty, unit_id, period),
    ).fetchone()
    return row[0] if row else None


def entered(conn: Connection) -> dict[int, tuple[int, date]]:
    """Map each unit to its first event and that event's day, where it has one of its own."""
    rows = conn.execute(
        "SELECT subject_id, min(seq), min(on_date) FROM event WHERE subject = 'unit'"
        " GROUP BY subject_id"
    )
    return {unit: (seq, date.fromisoformat(on)) for unit, seq, on in rows}
