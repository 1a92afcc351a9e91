"""Dates and months as people and files write them; arithmetic on months."""

from __future__ import annotations

import math
import re
import unicodedata
from datetime import date, datetime, timedelta

from supervise.text import clean_line, cut

FIRST_YEAR, LAST_YEAR = 1900, 2199
# What an office records lies in these years; others are slips of the pen or blank cells.
RECORDED = range(1980, 2101)
# Day 0 of spreadsheet dates; the numbers taken for dates lie between 1954 and 2119.
_EPOCH = date(1899, 12, 30)
_SERIALS = range(20_000, 80_001)

_TIME = (
    r"(?:(?:T|\s*)(?:上午|下午)?\s*\d{1,2}(?::|时|点)(?:\d{1,2}(?::|分)?"
    r"(?:\d{1,2}(?:[.,]\d+)?秒?)?)?\s*(?:AM|PM)?\s*(?:Z|UTC|[+-]\d{2}:?\d{2})?)?"
)
_WEEKDAY = r"(?:\s*\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
_TAIL = rf"{_WEEKDAY}{_TIME}{_WEEKDAY}"
_YEAR_FIRST = re.compile(
    rf"(\d{{4}})\s*([-/.年])\s*(\d{{1,2}})\s*([-/.月])\s*(\d{{1,2}})\s*[日号]?{_TAIL}",
    re.IGNORECASE,
)
_YEAR_LAST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}){_TAIL}", re.IGNORECASE)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{6}Z?)?")
_PERIOD = re.compile(r"(\d{4})\s*(?:[-/.]|年)?\s*(\d{1,2})\s*月?份?")


def parse_date(value: object, order: str = "ymd", *, excel_serials: bool = False) -> date:
    """Read a date as written: 2026-02-05, 2026/2/5, 2026年2月5日, 20260205, or a timestamp.

    Of a timestamp the date counts, as it stands, whatever the offset. `order` ("dmy", "mdy") says
    how a file writes dates whose year comes last. Spreadsheet serial numbers are read only where
    `excel_serials` says that a number may be one. Raises ValueError with a Chinese sentence.
    """
    if type(value) is str:
        if len(value) == 10 and value[4] == value[7] == "-":
            try:
                return _in_range(date.fromisoformat(value))
            except ValueError:
                pass
        return _from_text(value, order)
    if isinstance(value, datetime):
        return _in_range(value.date())
    if isinstance(value, date):
        return _in_range(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _from_number(value, excel_serials)
    raise ValueError(_unreadable(str(value)))


def recorded(day: date) -> date:
    """Give back a day that may be recorded, typed or read from a file.

    Raises ValueError with a Chinese sentence for one no office can mean.
    """
    if day.year in RECORDED:
        return day
    raise ValueError(f"年份 {day.year} 不在 {RECORDED.start} 至 {RECORDED.stop - 1} 之间，请核对")


def _in_range(day: date) -> date:
    if FIRST_YEAR <= day.year <= LAST_YEAR:
        return day
    raise ValueError(f"年份 {day.year} 不在 {FIRST_YEAR} 至 {LAST_YEAR} 之间，请核对")


def _from_number(value: int | float, excel_serials: bool) -> date:
    if math.isfinite(value) and value >= 0:
        whole = int(value)
        if whole == value and _COMPACT.fullmatch(str(whole)):
            return _from_text(str(whole), "ymd")
        if excel_serials and whole in _SERIALS:
            return _EPOCH + timedelta(days=whole)
    raise ValueError(_unreadable(str(value)))


def _from_text(raw: str, order: str) -> date:
    text = unicodedata.normalize("NFKC", clean_line(raw))
    if match := _YEAR_FIRST.fullmatch(text):
        year, first, month, second, day = match.groups()
        if (first == "年") == (second == "月") and (first == second or first == "年"):
            return _day(text, year, month, day)
    elif match := _COMPACT.fullmatch(text):
        return _day(text, *match.groups())
    elif match := _YEAR_LAST.fullmatch(text):
        one, _, two, year = match.groups()
        if order == "ymd":
            raise ValueError(
                f"“{cut(text, 40)}”看不出日和月的先后，请写成 2026-02-05，或说明日期顺序 dmy、mdy"
            )
        month, day = (two, one) if order == "dmy" else (one, two)
        return _day(text, year, month, day)
    raise ValueError(_unreadable(text))


def _day(text: str, year: str, month: str, day: str) -> date:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        raise ValueError(f"没有“{cut(text, 40)}”这一天，请核对月份和日子") from None
    return _in_range(found)


def _unreadable(text: str) -> str:
    shown = cut(clean_line(text), 40)
    if not shown:
        return "日期是空的，请写成 2026-02-05"
    return f"“{shown}”不是能识别的日期，请写成 2026-02-05、2026/2/5 或 2026年2月5日"


def parse_period(value: object) -> str:
    """Read a month as written — 2026-02, 2026年2月, 2026/2, 202602 — and give it as "2026-02".

    Raises ValueError with a Chinese sentence.
    """
    if isinstance(value, date):
        return period_of(value)
    text = unicodedata.normalize("NFKC", clean_line(str(value)))
    match = _PERIOD.fullmatch(text)
    if match and 1 <= int(match[2]) <= 12 and FIRST_YEAR <= int(match[1]) <= LAST_YEAR:
        return f"{match[1]}-{int(match[2]):02d}"
    raise ValueError(f"“{cut(text, 40)}”不是月份，请写成 2026-02 或 2026年2月")


def period_of(day: date) -> str:
    """Give the month a day lies in, "YYYY-MM"."""
    return f"{day.year:04d}-{day.month:02d}"


def period_start(period: str) -> date:
    """Give the first day of a month."""
    return date(int(period[:4]), int(period[5:]), 1)


def period_end(period: str) -> date:
    """Give the last day of a month: the cut-off of its notice."""
    return period_start(next_period(period)) - timedelta(days=1)


def shift_period(period: str, months: int) -> str:
    """Give the month that lies `months` later (earlier when negative), across years."""
    year, month = divmod(int(period[:4]) * 12 + int(period[5:]) - 1 + months, 12)
    return f"{year:04d}-{month + 1:02d}"


def next_period(period: str) -> str:
    """Give the month after."""
    return shift_period(period, 1)


def previous_period(period: str) -> str:
    """Give the month before."""
    return shift_period(period, -1)


def period_label(period: str) -> str:
    """Give a month as papers print it: 2026年2月."""
    return f"{period[:4]}年{int(period[5:])}月"


def date_label(day: date) -> str:
    """Give a date as papers print it: 2026年2月5日."""
    return f"{day.year}年{day.month}月{day.day}日"
