"""Dates, months and rates as official papers print them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_PRINTED = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日")
_ISO = re.compile(r"\s?(?<![0-9A-Za-z-])(\d{4})-(\d{2})-(\d{2})(?![\d-])\s?")

_ISO_MONTH = re.compile(r"(?<![0-9A-Za-z-])(\d{4})-(0[1-9]|1[0-2])(?![\d-])")


def chinese_date(day: date) -> str:
    """Write a date in Arabic numerals without leading zeros (GB/T 9704-2012, 7.3.5.4)."""
    return f"{day.year}年{day.month}月{day.day}日"


def read_date(text: str) -> date | None:
    """Read a date as papers print it; None where it is not (yet) one."""
    found = _PRINTED.fullmatch(text)
    return date(*map(int, found.groups())) if found else None


def dates_in_words(text: str) -> str:
    """Write every ISO date in a sentence as papers do; codes that look like one stay."""
    return _ISO.sub(lambda found: f"{int(found[1])}年{int(found[2])}月{int(found[3])}日", text)


def months_in_words(text: str) -> str:
    """Write every ISO date and month of a sentence as papers do."""
    return _ISO_MONTH.sub(lambda found: f"{int(found[1])}年{int(found[2])}月", dates_in_words(text))


def month_text(period: str) -> str:
    """Write a month given as YYYY-MM: 2024年11月."""
    year, month = period.split("-")
    return f"{int(year)}年{int(month)}月"


def months_text(periods: Sequence[str]) -> str:
    """Write the months a paper covers: 2024年11月, 2024年1—2月, 2024年12月、2025年1月."""
    months = sorted({_count(period) for period in periods})
    texts = [f"{count // 12}年{count % 12 + 1}月" for count in months]
    running = months[-1] - months[0] == len(months) - 1
    if len(months) > 1 and running:
        if months[0] // 12 == months[-1] // 12:
            return f"{months[0] // 12}年{months[0] % 12 + 1}—{months[-1] % 12 + 1}月"
        return f"{texts[0]}至{texts[-1]}"
    return "、".join(texts)


def _count(period: str) -> int:
    year, month = period.split("-")
    return int(year) * 12 + int(month) - 1


def tenths(numerator: int, denominator: int) -> int | None:
    """Give a rate in tenths of a percent, rounded half up; None for a zero denominator.

    Only all is 100.0% and only none is 0.0%: what rounding would make of 1999 of 2000 is 99.9%.
    """
    if denominator <= 0:
        return None
    rounded = (2000 * numerator + denominator) // (2 * denominator)
    if numerator < denominator:
        rounded = min(rounded, 999)
    return max(rounded, 1) if numerator > 0 else rounded


def percent(numerator: int, denominator: int) -> str:
    """Print a rate with one decimal, — where the denominator is zero."""
    share = tenths(numerator, denominator)
    return "—" if share is None else f"{share // 10}.{share % 10}%"


def rate_text(name: str, numerator: int, denominator: int, as_of: date) -> str:
    """Print a rate with what it is made of: 销号率96.4%（27/28，截至2024年11月30日）."""
    share = percent(numerator, denominator)
    return f"{name}{share}（{numerator}/{denominator}，截至{chinese_date(as_of)}）"


def change_text(now: tuple[int, int], before: tuple[int, int]) -> str:
    """Compare a rate with last month's, in the percentage points as printed."""
    new, old = tenths(*now), tenths(*before)
    shown = f"上月{percent(*before)}（{before[0]}/{before[1]}）"
    if new is None or old is None:
        return shown
    if new == old:
        return f"{shown}，与上月持平"
    moved = abs(new - old)
    return f"{shown}，{'上升' if new > old else '下降'}{moved // 10}.{moved % 10}个百分点"
