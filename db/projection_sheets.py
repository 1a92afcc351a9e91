"""What the events of units' sheets change in the derived tables."""

from __future__ import annotations

from db.driver import Connection
from db.rows import Payload, insert_sql, stored, write_row

_ROW_COLUMNS = ("sheet_id", "issue_id", "digest", "stage", "assigned_on", "due_on", "seen")
_SHEET_ITEM_COLUMNS = ("sheet_id", "page", "code", "term", "cells", "seen")
_DIFFERENCE_COLUMNS = (
    "sheet_id", "code", "heading", "kind", "ours", "theirs", "last", "message", "step", "status",
    "page",
)  # fmt: skip


def apply_sheet(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    """Write what an event of a sheet changes: sent, taken over, found to differ, settled."""
    write_row(conn, "sheet", key, payload.get("set", {}), new=bool(payload.get("new")))
    if "rows" in payload:
        seen = payload["set"]["seen"]
        rows = ((key, *row, seen) for row in payload["rows"])
        conn.executemany(insert_sql("sheet_row", _ROW_COLUMNS), rows)
    if "items" in payload:
        seen = payload["set"]["seen"]
        items = ((key, *map(stored, one), seen) for one in payload["items"])
        conn.executemany(insert_sql("sheet_item", _SHEET_ITEM_COLUMNS), items)
    if "items_taken" in payload:
        _items_taken(conn, key, payload)
    if "seen" in payload or "taken" in payload:
        (period,) = conn.execute("SELECT period FROM sheet WHERE id = ?", (key,)).fetchone()
        conn.executemany(
            "UPDATE sheet_row SET seen = ? WHERE issue_id = ?"
            " AND EXISTS (SELECT 1 FROM sheet s WHERE s.id = sheet_id AND s.period = ?)",
            ((newest, issue_id, period) for issue_id, newest in payload.get("seen", ())),
        )
        conn.executemany(
            "INSERT INTO sheet_taken (period, issue_id, digest) VALUES (?, ?, ?)"
            " ON CONFLICT DO NOTHING",
            ((period, *one) for one in payload.get("taken", ())),
        )
    if "differences" in payload:
        conn.execute("DELETE FROM sheet_difference WHERE sheet_id = ?", (key,))
        found = ((key, *map(stored, one)) for one in payload["differences"])
        conn.executemany(insert_sql("sheet_difference", _DIFFERENCE_COLUMNS), found)
    for code, heading, status, page in payload.get("settled", ()):
        conn.execute(
            "UPDATE sheet_difference SET status = ?"
            " WHERE sheet_id = ? AND page = ? AND code = ? AND heading = ?",
            (status, key, page, code, heading),
        )


def _items_taken(conn: Connection, key: int, payload: Payload) -> None:
    """Note what was taken over of tasks and reports, on all sheets of the unit for the month."""
    period, unit = conn.execute("SELECT period, unit_id FROM sheet WHERE id = ?", (key,)).fetchone()
    for page, code, term, digest, seen in payload["items_taken"]:
        conn.execute(
            "INSERT INTO sheet_item_taken (period, digest) VALUES (?, ?) ON CONFLICT DO NOTHING",
            (period, digest),
        )
        conn.execute(
            "UPDATE sheet_item SET seen = ? WHERE page = ? AND code = ? AND term = ?"
            " AND sheet_id IN (SELECT id FROM sheet WHERE period = ? AND unit_id = ?)",
            (seen, page, code, term, period, unit),
        )
