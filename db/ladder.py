"""What people decided above the notice: explanations, interviews, referrals."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from db.codec import day
from db.driver import Connection
from supervise.domain.ladder_records import Explanation, Interview, Referral

_INTERVIEW = (
    "id, unit_id, periods, status, submitted_on, approved_on, declined_on, deferred_on,"
    " planned_on, held_on, due_on, closed_on, voided_on, leader, reason, ref"
)


def _interview(row: Sequence[Any]) -> Interview:
    names = _INTERVIEW.replace(" ", "").split(",")
    values: dict[str, Any] = {
        name: day(value) if name.endswith("_on") else value
        for name, value in zip(names, row, strict=True)
    }
    values["periods"] = tuple(json.loads(values["periods"]))
    return Interview(**values)


def interviews(conn: Connection) -> list[Interview]:
    """List the interviews asked for, oldest first."""
    rows = conn.execute(f"SELECT {_INTERVIEW} FROM interview ORDER BY id")
    return [_interview(row) for row in rows]


def explanations(conn: Connection) -> dict[tuple[int, int], Explanation]:
    """Map notice and unit to what was done about the written explanation."""
    rows = conn.execute(
        "SELECT notice_id, unit_id, received_on, accepted_on, returned_on, reason FROM explanation"
    )
    return {
        (row[0], row[1]): Explanation(row[0], row[1], day(row[2]), day(row[3]), day(row[4]), row[5])
        for row in rows
    }


def referrals(conn: Connection) -> list[Referral]:
    """List what was decided about candidates, oldest first."""
    rows = conn.execute(
        "SELECT id, unit_id, criterion, key, status, decided_on, approver, recipient, reason, ref"
        " FROM referral ORDER BY id"
    )
    return [
        Referral(key, unit_id, criterion, facts, status, day(on), approver, to, reason, ref)
        for key, unit_id, criterion, facts, status, on, approver, to, reason, ref in rows
    ]
