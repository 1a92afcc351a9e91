"""Evidence of an issue: descriptions, and files stored under their hash."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from db.driver import Connection


@dataclass(frozen=True, slots=True)
class Evidence:
    """One item: its name or description; `sha256` and `size` (bytes) when a file is stored."""

    id: int
    name: str
    sha256: str | None
    size: int | None
    added_on: str


def of(conn: Connection, issue_id: int) -> list[Evidence]:
    """List an issue's evidence, oldest first."""
    rows = conn.execute(
        "SELECT id, name, sha256, size, added_on FROM evidence WHERE issue_id = ? ORDER BY id",
        (issue_id,),
    )
    return [Evidence(*row) for row in rows]


def known(conn: Connection, sha256: str) -> Evidence | None:
    """Find a stored file by its hash."""
    row = conn.execute(
        "SELECT id, name, sha256, size, added_on FROM evidence WHERE sha256 = ?"
        " ORDER BY id LIMIT 1",
        (sha256,),
    ).fetchone()
    return Evidence(*row) if row else None


def files(conn: Connection) -> Iterator[tuple[str, str]]:
    """Stream the hash and one name of every stored file, each file once."""
    return iter(
        conn.execute(
            "SELECT sha256, min(name) FROM evidence WHERE sha256 IS NOT NULL"
            " GROUP BY sha256 ORDER BY sha256"
        )
    )
