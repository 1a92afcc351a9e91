"""The rule packs a ledger was kept under, each with its text and the day it came into force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.codec import day
from db.driver import Connection


@dataclass(frozen=True, slots=True)
class StoredPack:
    """One pack as it was put in force."""

    name: str
    version: str
    text: str
    from_on: date


def every(conn: Connection) -> list[StoredPack]:
    """List the packs by the day they came into force, then as recorded."""
    return sorted(recorded(conn), key=lambda one: one.from_on)


def recorded(conn: Connection) -> list[StoredPack]:
    """List the packs as they were recorded: the last one is in force."""
    rows = conn.execute("SELECT name, version, text, from_on FROM pack ORDER BY seq")
    found = []
    for name, version, text, from_on in rows:
        start = day(from_on)
        assert start is not None
        found.append(StoredPack(name, version, text, start))
    return found


def current(conn: Connection) -> StoredPack | None:
    """Give the pack in force now: the one recorded last."""
    row = conn.execute(
        "SELECT name, version, text, from_on FROM pack ORDER BY seq DESC LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    start = day(row[3])
    assert start is not None
    return StoredPack(row[0], row[1], row[2], start)
