"""Dates said from today: 今天, 明天, +3 (days), +3wd (working days), -1w, +1m."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

from supervise.domain.calendar import Calendar

_WORDS = {"前天": -2, "昨天": -1, "昨日": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_STEP = re.compile(r"([+-])\s*(\d{1,4})\s*(wd|d|w|m|个?工作日|天|日|周|个?月)?")
_UNITS = {"d": "d", "天": "d", "日": "d", "w": "w", "周": "w", "wd": "wd", "m": "m"}


def spoken_date(text: str, today: date, calendar: Calendar | None) -> date | None:
    """Give the day such words mean; None for any other text.

    Working days are counted forwards only, and only where a calendar is at hand.
    """
    said = unicodedata.normalize("NFKC", text).strip().lower()
    if said in _WORDS:
        return today + timedelta(days=_WORDS[said])
    match = _STEP.fullmatch(said)
    if match is None:
        return None
    number = int(match[2]) * (1 if match[1] == "+" else -1)
    unit = _UNITS.get(match[3] or "d") or ("wd" if "工作" in match[3] else "m")
    try:
        return _stepped(today, number, unit, calendar)
    except (ValueError, OverflowError):
        return None


def _stepped(today: date, number: int, unit: str, calendar: Calendar | None) -> date | None:
    if unit == "wd":
        return calendar.add_workdays(today, number) if calendar and number >= 0 else None
    if unit == "m":
        from dateutil.relativedelta import relativedelta

        return today + relativedelta(months=number)
    return today + timedelta(days=number * (7 if unit == "w" else 1))
