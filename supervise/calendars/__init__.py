"""The calendar that comes with the program: the State Council's lists of 2004 to 2026."""

from __future__ import annotations

from functools import cache
from importlib import resources

from supervise.domain.calendar import Calendar
from supervise.domain.calendar_files import parse_calendar


@cache
def bundled() -> Calendar:
    """Give the calendar a new ledger starts with."""
    return parse_calendar(resources.files(__name__).joinpath("cn.csv").read_text("utf-8"))
