"""What falls due on the days of a month: issues still in 整改, and pauses to be looked at again."""

from __future__ import annotations

from datetime import date

from db.driver import Connection


def due_counts(conn: Connection, first: date, last: date) -> dict[date, int]:
    """Count the issues still in 整改 by the day they are due, from one day to another."""
    rows = conn.execute(
        "SELECT due_on, count(*) FROM issue WHERE stage = 'rectify'"
        " AND due_on BETWEEN ? AND ? GROUP BY due_on",
        (first.isoformat(), last.isoformat()),
    )
    return {date.fromisoformat(row[0]): row[1] for row in rows}


def paused(conn: Connection, first: date, last: date) -> list[tuple[date, str, str]]:
    """List the paused issues to be looked at again from one day to another: day, code, title."""
    rows = conn.execute(
        "SELECT pause_review_on, code, title FROM issue WHERE stage = 'rectify'"
        " AND paused_on IS NOT NULL AND pause_review_on BETWEEN ? AND ? ORDER BY 1, id",
        (first.isoformat(), last.isoformat()),
    )
    return [(date.fromisoformat(row[0]), row[1], row[2]) for row in rows]
