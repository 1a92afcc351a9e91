"""The pages 任务 and 报送 of the units' sheets: what was sent on them, what was taken over."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import NamedTuple

from db.driver import Connection


class SentItem(NamedTuple):
    """A row of the pages beside 问题 as it was sent: `seen` is the newest event accounted for."""

    page: str
    code: str
    term: str
    cells: tuple[str, ...]
    seen: int


def items_of(conn: Connection, sheet_id: int) -> list[SentItem]:
    """List the tasks and reports of a sheet as they were sent."""
    rows = conn.execute(
        "SELECT page, code, term, cells, seen FROM sheet_item WHERE sheet_id = ?", (sheet_id,)
    )
    return [SentItem(row[0], row[1], row[2], tuple(json.loads(row[3])), row[4]) for row in rows]


def item_counts(conn: Connection, sheet_ids: Iterable[int]) -> dict[int, dict[str, int]]:
    """Count the tasks and reports that some sheets carry, by sheet and page."""
    found: dict[int, dict[str, int]] = {}
    rows = conn.execute(
        "SELECT sheet_id, page, count(*) FROM sheet_item"
        " WHERE sheet_id IN (SELECT value FROM json_each(?)) GROUP BY sheet_id, page",
        (json.dumps(list(sheet_ids)),),
    )
    for sheet, page, count in rows:
        found.setdefault(sheet, {})[page] = count
    return found


def items_taken(conn: Connection, period: str) -> set[str]:
    """List what was taken over of tasks and reports in a month, by digest."""
    rows = conn.execute("SELECT digest FROM sheet_item_taken WHERE period = ?", (period,))
    return {row[0] for row in rows}


def asking(conn: Connection, sheet_ids: Iterable[int], place: int, supports: str) -> set[int]:
    """Tell which of some sheets ask their unit for anything: an issue in 整改, a task, a report.

    A task that the unit only supports asks for nothing: its cell at `place` says `supports`.
    """
    rows = conn.execute(
        "SELECT w.value FROM json_each(?) w WHERE EXISTS"
        " (SELECT 1 FROM sheet_row r WHERE r.sheet_id = w.value AND r.stage = 'rectify')"
        " OR EXISTS (SELECT 1 FROM sheet_item i WHERE i.sheet_id = w.value"
        " AND (i.page <> 'task' OR json_extract(i.cells, ?) <> ?))",
        (json.dumps(list(sheet_ids)), f"$[{place}]", supports),
    )
    return {row[0] for row in rows}


def task_touched(conn: Connection, task_id: int, since: int, unit: str) -> int:
    """Give the newest event of a task after `since`; 0 without one.

    What another unit reported of a task that several lead says nothing of this unit's part.
    """
    (found,) = conn.execute(
        "SELECT max(seq) FROM event WHERE seq > ? AND subject = 'task' AND subject_id = ?"
        " AND NOT (op = 'task.progress' AND by_name IS NOT ?)",
        (since, task_id, unit),
    ).fetchone()
    return found or 0


def report_touched(conn: Connection, unit_id: int, duty: str, term: str, since: int) -> int:
    """Give the newest event of one report after `since`; 0 without one."""
    (found,) = conn.execute(
        "SELECT max(seq) FROM event WHERE seq > ? AND subject = 'report' AND subject_id = ?"
        " AND json_extract(payload, '$.report.duty') = ?"
        " AND json_extract(payload, '$.report.period') = ?",
        (since, unit_id, duty, term),
    ).fetchone()
    return found or 0


def last_progress(conn: Connection, task_id: int) -> str | None:
    """Give what was last reported of a task; None when nothing was."""
    row = conn.execute(
        "SELECT payload FROM event WHERE subject = 'task' AND subject_id = ?"
        " AND op = 'task.progress' ORDER BY seq DESC LIMIT 1",
        (task_id,),
    ).fetchone()
    return json.loads(row[0]).get("note") if row else None
