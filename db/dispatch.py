"""Meetings with their agenda and decisions, and the issues a meeting may have to look at."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from db.codec import day
from db.driver import Connection
from db.issue_filter import LATE
from supervise.domain.dispatch import MIN_RETURNS, Item, Meeting, Resolution

MEETING = "id, tier, held_on, status, theme, unit_id, leader, opened_on, closed_on, summary, ref"
_ITEM = "meeting_id, no, status, issue_id, task, topic, reasons, note"
RESOLUTION = (
    "meeting_id, no, text, decided_on, issue_id, task, unit_id, due_on, action, answered_on,"
    " answer, answered_by"
)


def _values(columns: str, row: Sequence[Any]) -> dict[str, Any]:
    names = columns.replace(" ", "").split(",")
    return {
        name: day(value) if name.endswith("_on") else value
        for name, value in zip(names, row, strict=True)
    }


def meetings(conn: Connection) -> list[Meeting]:
    """List every meeting by its day, latest first."""
    rows = conn.execute(f"SELECT {MEETING} FROM meeting ORDER BY held_on DESC, id DESC")
    return [Meeting(**_values(MEETING, row)) for row in rows]


def meeting(conn: Connection, meeting_id: int) -> Meeting | None:
    """Load one meeting."""
    row = conn.execute(f"SELECT {MEETING} FROM meeting WHERE id = ?", (meeting_id,)).fetchone()
    return None if row is None else Meeting(**_values(MEETING, row))


def items(conn: Connection, meeting_id: int) -> list[Item]:
    """List what people put on a meeting's agenda or took off it, in that order."""
    rows = conn.execute(
        f"SELECT {_ITEM} FROM agenda_item WHERE meeting_id = ? ORDER BY no", (meeting_id,)
    )
    found = (_values(_ITEM, row) for row in rows)
    return [Item(**{**values, "reasons": tuple(json.loads(values["reasons"]))}) for values in found]


def resolutions(conn: Connection, meeting_id: int | None = None) -> list[Resolution]:
    """List the decisions of a meeting, or of all that were not called off, oldest first."""
    rows = conn.execute(
        f"SELECT {RESOLUTION} FROM resolution WHERE ? IN (0, meeting_id)"
        " AND meeting_id IN (SELECT id FROM meeting WHERE status <> 'void')"
        " ORDER BY meeting_id, no",
        (meeting_id or 0,),
    )
    return [Resolution(**_values(RESOLUTION, row)) for row in rows]


def resolutions_due(conn: Connection, first: date, last: date) -> list[Resolution]:
    """List the decisions to be answered from one day to another, of meetings not called off."""
    rows = conn.execute(
        f"SELECT {RESOLUTION} FROM resolution WHERE due_on BETWEEN ? AND ?"
        " AND meeting_id IN (SELECT id FROM meeting WHERE status <> 'void')"
        " ORDER BY due_on, meeting_id, no",
        (first.isoformat(), last.isoformat()),
    )
    return [Resolution(**_values(RESOLUTION, row)) for row in rows]


def about(conn: Connection, issue_id: int) -> list[tuple[Meeting, Resolution]]:
    """List what meetings decided about an issue, newest first."""
    rows = conn.execute(
        f"SELECT {RESOLUTION} FROM resolution WHERE issue_id = ? AND meeting_id IN"
        " (SELECT id FROM meeting WHERE status <> 'void')"
        " ORDER BY decided_on DESC, meeting_id DESC, no DESC",
        (issue_id,),
    )
    found = [Resolution(**_values(RESOLUTION, row)) for row in rows]
    return [(one, each) for each in found if (one := meeting(conn, each.meeting_id)) is not None]


class Line(NamedTuple):
    """An issue a meeting may look at: what it is, whose, how late, how far up."""

    id: int
    code: str
    title: str
    stage: str
    unit: str | None
    unit_id: str | None
    due_on: str | None
    late: int
    returns: int
    level: str | None


_LINES = (
    "SELECT i.id, i.code, i.title, i.stage, u.name, u.code, i.due_on,"
    f" CASE WHEN {LATE} THEN 1 ELSE 0 END, i.returns, i.escalated"
    " FROM issue i LEFT JOIN unit u ON u.id = i.unit_id WHERE"
)
_OPEN = "i.stage IN ('discover', 'rectify', 'review', 'feedback')"
# Each part has an index of its own.
_WANTED = (
    f"{LATE}",
    f"i.returns > 0 AND i.returns >= {MIN_RETURNS} AND {_OPEN}",
    "i.escalated IS NOT NULL",
)


def lines(conn: Connection, today: date) -> list[Line]:
    """List the issues that are late, were returned again and again, or climbed, each once."""
    found: dict[int, Line] = {}
    for wanted in _WANTED:
        for row in conn.execute(f"{_LINES} {wanted}", {"today": today.isoformat()}):
            found.setdefault(row[0], Line(*row))
    return [found[key] for key in sorted(found)]


def line(conn: Connection, issue_id: int, today: date) -> Line:
    """Give one issue in the same way."""
    row = conn.execute(
        f"{_LINES} i.id = :id", {"today": today.isoformat(), "id": issue_id}
    ).fetchone()
    return Line(*row)


def escalated_on(conn: Connection, issue_id: int) -> date | None:
    """Give the day an issue was last put before a higher level."""
    row = conn.execute(
        "SELECT on_date FROM event WHERE subject = 'issue' AND subject_id = ?"
        " AND op = 'issue.escalate' ORDER BY seq DESC LIMIT 1",
        (issue_id,),
    ).fetchone()
    return day(row[0]) if row else None


def escalated(conn: Connection) -> list[str]:
    """List the codes of the open issues that were put before a higher level."""
    rows = conn.execute(
        f"SELECT i.code FROM issue i WHERE i.escalated IS NOT NULL AND {_OPEN} ORDER BY i.id"
    )
    return [row[0] for row in rows]


class TaskName(NamedTuple):
    """What a task is called, and the unit that leads it."""

    title: str
    lead: int | None


def task(conn: Connection, code: str) -> TaskName | None:
    """Give a task's name and lead; None where there is no such task."""
    row = conn.execute("SELECT title, lead FROM task WHERE code = ?", (code,)).fetchone()
    return TaskName(*row) if row else None
