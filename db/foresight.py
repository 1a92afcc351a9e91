"""What looking ahead to a cut-off asks of the issues."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from db.codec import day
from db.driver import Connection
from supervise.domain.foresight import AtStake


def at_stake(conn: Connection, codes: Iterable[str]) -> dict[str, AtStake]:
    """Map the codes of issues to what is known of them now."""
    rows = conn.execute(
        "SELECT code, title, due_on, found_on, urgency FROM issue"
        " WHERE code IN (SELECT value FROM json_each(?))",
        (json.dumps(list(codes)),),
    )
    return {
        code: AtStake(code, title, day(due_on), date.fromisoformat(found_on), urgency)
        for code, title, due_on, found_on, urgency in rows
    }


class Rushed(NamedTuple):
    """An issue handed in at the end of a month and sent back by the review."""

    unit_id: int | None
    code: str
    title: str
    handed_in: date
    returned_on: date


def rushed(conn: Connection, since: date, until: date) -> list[Rushed]:
    """List what was handed in between two days and sent back by the review since, by unit."""
    rows = conn.execute(
        "SELECT h.unit_id, i.code, i.title, h.left_on, b.entered FROM span h"
        " JOIN span r ON r.issue_id = h.issue_id AND r.no = h.no + 1 AND r.stage = 'review'"
        " JOIN span b ON b.issue_id = h.issue_id AND b.no = h.no + 2 AND b.stage = 'rectify'"
        " JOIN issue i ON i.id = h.issue_id"
        " WHERE h.stage = 'rectify' AND h.left_on BETWEEN ? AND ?"
        " ORDER BY h.unit_id, h.left_on, i.id",
        (since.isoformat(), until.isoformat()),
    )
    return [
        Rushed(unit, code, title, date.fromisoformat(handed), date.fromisoformat(back))
        for unit, code, title, handed, back in rows
    ]
