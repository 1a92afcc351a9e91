"""The reviews (保密审查) recorded before something was made public."""

from __future__ import annotations

import json
from datetime import date

from db.driver import Connection
from supervise.domain.publicity import Clearance

_COLUMNS = "id, scope, result, on_date, by_name, approver, ref, note, digests"


def every(conn: Connection) -> list[Clearance]:
    """List all reviews, oldest first."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM clearance ORDER BY id")
    return [
        Clearance(
            key, scope, result, date.fromisoformat(on), by, approver, ref, note, _digests(found)
        )
        for key, scope, result, on, by, approver, ref, note, found in rows
    ]


def _digests(stored: str) -> frozenset[str]:
    return frozenset(json.loads(stored))


def last(conn: Connection, scope: str) -> Clearance | None:
    """Give the latest review of a scope: it alone counts."""
    found = [one for one in every(conn) if one.scope == scope]
    return found[-1] if found else None
