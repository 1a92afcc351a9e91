"""A due date with its day-by-day reason, for the telephone."""

from __future__ import annotations

from datetime import date
from typing import Any

from supervise.domain import clock
from supervise.domain.calendar import Calendar
from supervise.domain.clock import Term


def record(calendar: Calendar, start: date, term: str) -> dict[str, Any]:
    """Give the `due` record of a term from a day: 3d, 15wd, 2w or 3m."""
    found = clock.due(start, Term.parse(term), calendar)
    return {
        "start": found.start.isoformat(),
        "term": str(found.term),
        "due": found.due.isoformat(),
        "provisional": found.provisional,
        "days": [
            {"date": day.date.isoformat(), "counted": day.counted, "why": day.why}
            for day in found.days
        ],
    }
