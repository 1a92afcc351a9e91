"""What a ledger says of itself."""

from __future__ import annotations

from db.driver import Connection


def value(conn: Connection, key: str) -> str | None:
    """Give one value: office, ledger, demo."""
    row = conn.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else None
