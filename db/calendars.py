"""The ledger's own calendar of working days, by year."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from db.driver import Connection
from supervise.domain.calendar import Calendar, Mark


def every(conn: Connection) -> dict[int, dict[str, Any]]:
    """Map each year kept to its days (date → [1 worked | 0 rest, name]) and whether it is known."""
    rows = conn.execute("SELECT year, days FROM calendar_year ORDER BY year")
    return {year: json.loads(days) for year, days in rows}


def current(conn: Connection) -> Calendar:
    """Give the ledger's calendar."""
    days: dict[date, Mark] = {}
    years = set()
    for year, kept in every(conn).items():
        if kept["known"]:
            years.add(year)
        for text, (work, name) in kept["days"].items():
            days[date.fromisoformat(text)] = Mark(bool(work), name)
    return Calendar.of(days, years)
