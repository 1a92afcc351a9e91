"""What the archive of a month asks of the issues."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from db.driver import Connection


def closed_between(conn: Connection, since: date, until: date) -> list[tuple[str, date]]:
    """List the codes of the issues closed from one day to another, each with the day."""
    rows = conn.execute(
        "SELECT code, closed_on FROM issue WHERE stage = 'closed' AND closed_on BETWEEN ? AND ?"
        " ORDER BY closed_on, id",
        (since.isoformat(), until.isoformat()),
    )
    return [(code, date.fromisoformat(day)) for code, day in rows]


def ids_of(conn: Connection, codes: Iterable[str]) -> list[int]:
    """Give the ids of issues by their codes."""
    rows = conn.execute(
        "SELECT id FROM issue WHERE code IN (SELECT value FROM json_each(?)) ORDER BY id",
        (json.dumps(sorted(codes)),),
    )
    return [row[0] for row in rows]
