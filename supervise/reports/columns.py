"""How wide the columns of a printed table are: as their content asks, within the page."""

from __future__ import annotations

import re

from supervise.reports.document import Column, Table
from supervise.text import cells

# Blank beside a cell's text, in characters of the table's size.
PADDING = 1.0
_LEAST = 1.5
_LOOKED_AT = 400
# Dates as 2024年10月31日 and shorter words are not broken, in cells.
_UNBROKEN = 14
_GAP = 0.25
_MEETING = re.compile(r"(?<=[!-~])(?=[一-龥])|(?<=[一-龥])(?=[!-~])")


def column_widths(table: Table, room: float) -> list[float]:
    """Share `room` (in characters of the table's size) among the columns of a table.

    Where all fit on one line the rest goes to the widest; else the widest give way first, none
    below what its numbers or a wish for that many cells need.
    """
    wants = [_wanted(table, at) for at in range(len(table.columns))]
    if not wants:
        return []
    spare = room - sum(wants)
    if spare >= 0:
        free = [want if column.width is None else 0 for want, column in _paired(wants, table)]
        base = free if any(free) else wants
        return [want + spare * share / sum(base) for want, share in zip(wants, base, strict=True)]
    least = [min(want, _least(table, at)) for at, want in enumerate(wants)]
    if sum(least) >= room:
        return [one * room / sum(least) for one in least]
    level = _level(wants, least, room)
    return [min(want, max(one, level)) for want, one in zip(wants, least, strict=True)]


def table_size(table: Table, normal: float) -> float:
    """Give the size of a table's text: larger than normal where there are few columns."""
    return normal + 1.5 if len(table.columns) <= 5 else normal


def _paired(wants: list[float], table: Table) -> list[tuple[float, Column]]:
    return list(zip(wants, table.columns, strict=True))


def _texts(table: Table, at: int) -> list[str]:
    return [str(row[at]) for row in table.rows[:_LOOKED_AT] if at < len(row)]


def _wanted(table: Table, at: int) -> float:
    """Give the width at which a column's longest line stands unbroken."""
    texts = [table.columns[at].title, *_texts(table, at)]
    longest = max(_width(line) for text in texts for line in text.split("\n"))
    return max(longest, _LEAST) + PADDING


def _least(table: Table, at: int) -> float:
    """Give the width a column must keep: of its longest number or date, or half its heading."""
    words = [word for text in _texts(table, at) for word in text.split()]
    short = [_width(word) for word in words if cells(word) <= _UNBROKEN]
    wish = min(table.columns[at].width or 0, 12) / 2
    heading = cells(table.columns[at].title) / 4
    return max([_LEAST, wish, heading, *short]) + PADDING


def _width(text: str) -> float:
    """Measure text in characters; where letters meet Chinese some programs leave a gap."""
    return cells(text) / 2 + _GAP * len(_MEETING.findall(text))


def _level(wants: list[float], least: list[float], room: float) -> float:
    """Find the width above which columns are cut so that all together fill the room."""
    low, high = 0.0, max(wants)
    for _ in range(40):
        level = (low + high) / 2
        total = sum(min(want, max(one, level)) for want, one in zip(wants, least, strict=True))
        low, high = (level, high) if total <= room else (low, level)
    return low
