"""Ids as office << 40 | number: two offices' ledgers can be put together without renumbering."""

from __future__ import annotations

from db import meta
from db.driver import Connection

_TABLES = frozenset(
    {
        "issue",
        "unit",
        "notice",
        "interview",
        "referral",
        "evidence",
        "sheet",
        "clearance",
        "task",
        "duty",
        "meeting",
        "instruction",
        "revisit_plan",
    }
)


def office(conn: Connection) -> int:
    """Give the office number of the ledger."""
    return int(meta.value(conn, "office") or 0)


def next_id(conn: Connection, table: str) -> int:
    """Give the next free id of a table."""
    assert table in _TABLES
    base = office(conn) << 40
    (last,) = conn.execute(
        f"SELECT max(id) FROM {table} WHERE id > ? AND id < ?", (base, base + (1 << 40))
    ).fetchone()
    return int(last or base) + 1


def next_code(conn: Connection, prefix: str, year: int) -> tuple[str, int]:
    """Give the stem and the next number of the generated issue codes of a year."""
    number = office(conn)
    stem = f"{prefix}{number or ''}-{year}-"
    row = conn.execute(
        "SELECT code FROM issue WHERE code >= ? AND code < ? AND code NOT LIKE ?"
        " ORDER BY length(code) DESC, code DESC LIMIT 1",
        (stem, stem[:-1] + ".", stem + "%[^0-9]%"),
    ).fetchone()
    tail = row[0][len(stem) :] if row else "0"
    return stem, (int(tail) if tail.isdigit() else 0) + 1
