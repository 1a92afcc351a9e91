"""Saved import profiles and the batch files already applied."""

from __future__ import annotations

import json

from db.driver import Connection


def get(conn: Connection, name: str) -> dict[str, str] | None:
    """Give a saved mapping of field to column, or None."""
    row = conn.execute("SELECT mapping FROM profile WHERE name = ?", (name,)).fetchone()
    return json.loads(row[0]) if row else None


def names(conn: Connection) -> list[str]:
    """List the names of the saved mappings."""
    return [row[0] for row in conn.execute("SELECT name FROM profile ORDER BY name")]


def batch_applied(conn: Connection, sha256: str) -> str | None:
    """Say when a batch file with this content was applied, or None."""
    row = conn.execute(
        "SELECT event.recorded_at FROM batch JOIN event ON event.seq = batch.seq"
        " WHERE batch.sha256 = ? ORDER BY batch.seq DESC LIMIT 1",
        (sha256,),
    ).fetchone()
    return row[0] if row else None
