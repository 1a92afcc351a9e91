"""The rows last imported: by which key, with which content, and what their issues look like now."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from db.codec import canonical
from db.driver import Connection

ISSUE_COLUMNS = (
    "id",
    "code",
    "title",
    "stage",
    "moved_on",
    "found_on",
    "detail",
    "unit_id",
    "co_units",
    "source",
    "source_no",
    "batch",
    "category",
    "urgency",
    "handler",
    "has_party",
    "assigned_on",
    "due_on",
    "original_due_on",
    "term",
    "submitted_on",
    "reply",
    "closed_on",
    "ended_on",
    "imported",
)
INSERT = (
    f"INSERT INTO issue ({', '.join(ISSUE_COLUMNS)}) VALUES ({', '.join('?' * len(ISSUE_COLUMNS))})"
)


def insert_issues(conn: Connection, rows: Iterable[Sequence[Any]]) -> None:
    """Insert new issues, each a row of `ISSUE_COLUMNS`."""
    conn.executemany(INSERT, rows)


def any_issue(conn: Connection) -> bool:
    """Whether there is an issue at all: an empty ledger needs no look-ups."""
    return conn.execute("SELECT 1 FROM issue LIMIT 1").fetchone() is not None


def known(conn: Connection, keys: Sequence[str]) -> dict[str, tuple[int, str]]:
    """Map the keys imported before to the issue's id and the digest of the row."""
    rows = conn.execute(
        "SELECT key, issue_id, digest FROM imported WHERE key IN (SELECT value FROM json_each(?))",
        (canonical(list(keys)),),
    )
    return {key: (issue_id, digest) for key, issue_id, digest in rows}


def taken(conn: Connection, codes: Sequence[str]) -> set[str]:
    """Give those of the codes that are an issue's already."""
    rows = conn.execute(
        "SELECT code FROM issue WHERE code IN (SELECT value FROM json_each(?))",
        (canonical(list(codes)),),
    )
    return {row[0] for row in rows}


def last_values(conn: Connection, issue_id: int) -> tuple[dict[str, Any], dict[str, Any]]:
    """Give the columns an issue was first imported with, and the cells its file last had.

    The columns show what only later events tell as cells: `row` of an update holds every one.
    """
    rows = conn.execute(
        "SELECT payload FROM event WHERE subject = 'issue' AND subject_id = ? AND op = 'import'"
        " ORDER BY seq",
        (issue_id,),
    )
    first: dict[str, Any] = {}
    values: dict[str, Any] = {}
    for (text,) in rows:
        payload = json.loads(text)
        first = first or payload.get("set", {})
        values |= payload.get("row", {})
    return first, values


def codes_between(conn: Connection, first: int, last: int) -> tuple[str, ...]:
    """List the codes of the issues that the events of an import wrote, first to last."""
    rows = conn.execute(
        "SELECT DISTINCT issue.code FROM event JOIN issue ON issue.id = event.subject_id"
        " WHERE event.seq BETWEEN ? AND ? AND event.subject = 'issue' ORDER BY issue.code",
        (first, last),
    )
    return tuple(row[0] for row in rows)
