"""What many events of issues change, written together: each kind of statement once, for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.driver import Connection
from db.projection import SHIFT_SQL, SPAN_SQL, numbered, project
from db.rows import Payload, stored, update_sql

# Results beside an issue's own row, stays and moved dates: such events are written one by one.
_ALONE = ("new", "evidence", "nodes", "key", "cascade")


def project_issues(conn: Connection, steps: Sequence[tuple[int, int, Payload]]) -> None:
    """Write what events of issues change: id, number and payload of each, oldest first."""
    if any(payload.get(name) for _, _, payload in steps for name in _ALONE):
        for key, seq, payload in steps:
            project(conn, "issue", key, seq, payload)
        return
    rows: dict[int, Payload] = {}
    spans: dict[int, Sequence[Sequence[object]]] = {}
    shifts: dict[int, Sequence[Sequence[object]]] = {}
    for key, _, payload in steps:
        rows.setdefault(key, {}).update(payload.get("set", {}))
        if "spans" in payload:
            spans[key] = payload["spans"]
        if "shifts" in payload:
            shifts[key] = payload["shifts"]
    _update(conn, rows)
    _replace(conn, "span", SPAN_SQL, spans)
    _replace(conn, "shift", SHIFT_SQL, shifts)


def _update(conn: Connection, rows: Mapping[int, Payload]) -> None:
    alike: dict[tuple[str, ...], list[tuple[object, ...]]] = {}
    for key, values in rows.items():
        columns = tuple(sorted(values))
        row = (*(stored(values[column]) for column in columns), key)
        alike.setdefault(columns, []).append(row)
    for columns, found in alike.items():
        if columns:
            conn.executemany(update_sql("issue", columns), found)


def _replace(
    conn: Connection, table: str, insert: str, lists: Mapping[int, Sequence[Sequence[object]]]
) -> None:
    conn.executemany(f"DELETE FROM {table} WHERE issue_id = ?", ((key,) for key in lists))
    rows = (row for key, one in lists.items() for row in numbered(key, one))
    conn.executemany(insert, rows)
