"""Leaders' instructions as they stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from db.codec import day
from db.driver import Connection
from supervise.domain.instructions import Instruction

_COLUMNS = (
    "id, leader, on_date, gist, ref, report_by, issue_id, task, unit_id, answered_on, answer,"
    " interim, closed_on"
)


def _record(row: Sequence[Any]) -> Instruction:
    (key, leader, on, gist, ref, report_by, issue, task, unit, answered, answer, interim,
     closed) = row  # fmt: skip
    began = day(on)
    assert began is not None
    return Instruction(
        key, leader, began, gist, ref, day(report_by), issue, task, unit, day(answered), answer,
        bool(interim), day(closed),
    )  # fmt: skip


def every(conn: Connection) -> list[Instruction]:
    """List every instruction, newest first."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM instruction ORDER BY on_date DESC, id DESC")
    return [_record(row) for row in rows]


def due_between(conn: Connection, first: date, last: date) -> list[Instruction]:
    """List the instructions to be reported on from one day to another, by that day."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM instruction WHERE report_by BETWEEN ? AND ?"
        " ORDER BY report_by, id",
        (first.isoformat(), last.isoformat()),
    )
    return [_record(row) for row in rows]


def get(conn: Connection, key: int) -> Instruction | None:
    """Load one instruction."""
    row = conn.execute(f"SELECT {_COLUMNS} FROM instruction WHERE id = ?", (key,)).fetchone()
    return None if row is None else _record(row)


def about(conn: Connection, issue_id: int) -> list[Instruction]:
    """List the instructions about an issue, newest first."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM instruction WHERE issue_id = ? ORDER BY on_date DESC, id DESC",
        (issue_id,),
    )
    return [_record(row) for row in rows]


def codes_waiting(conn: Connection) -> list[str]:
    """List the codes of the issues with an instruction that is not closed."""
    rows = conn.execute(
        "SELECT code FROM issue WHERE id IN"
        " (SELECT issue_id FROM instruction WHERE closed_on IS NULL) ORDER BY id"
    )
    return [row[0] for row in rows]
