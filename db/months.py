"""The dated steps of each month's work, and when its notice was checked and delivered."""

from __future__ import annotations

import json
from datetime import date

from db.codec import day
from db.driver import Connection
from supervise.domain.month import Recorded


def steps(conn: Connection, period: str, series: str) -> list[Recorded]:
    """List the steps recorded of a month's work in a series, by date."""
    rows = conn.execute(
        "SELECT step, on_date, by_name, ref, note FROM month_step"
        " WHERE period = ? AND series = ? ORDER BY on_date, step",
        (period, series),
    )
    return [
        Recorded(step, date.fromisoformat(on), by, ref, note) for step, on, by, ref, note in rows
    ]


def checked_on(conn: Connection, notice_id: int) -> dict[int, date]:
    """Map each unit that answered to the check of a notice to the day of its last answer."""
    rows = conn.execute(
        "SELECT unit_id, max(on_date) FROM decision WHERE notice_id = ? AND kind = 'check'"
        " GROUP BY unit_id",
        (notice_id,),
    )
    return {unit_id: date.fromisoformat(on) for unit_id, on in rows}


def delivered_at_issue(conn: Connection, notice_id: int) -> date | None:
    """Give the day of delivery that was written down when a notice was issued."""
    row = conn.execute(
        "SELECT payload FROM event WHERE subject = 'notice' AND subject_id = ?"
        " AND op = 'notice.issue' ORDER BY seq DESC LIMIT 1",
        (notice_id,),
    ).fetchone()
    return day(json.loads(row[0])["set"].get("delivered_on")) if row else None
