"""How wide the columns of a table are on a terminal, and its values broken to those widths."""

from __future__ import annotations

import re
from collections.abc import Sequence

from supervise.reports.text import wrap
from supervise.text import cells

GAP = 2
# A column is never narrower than two Chinese characters; longer runs than this may be broken.
_LEAST, _LONGEST_RUN = 4, 20
_RUN = re.compile(r"（?[!-~]+）?")


def fitted(rows: Sequence[Sequence[str]], room: int) -> tuple[list[int], list[list[list[str]]]]:
    """Give the width of each column within `room` cells, and each row's values as lines.

    The first row are the headings. Where all does not fit, they are broken first, then the values
    of the widest columns; codes, dates and numbers stay whole as long as the room allows it.
    """
    columns = list(zip(*rows, strict=True))
    widths = [max(map(cells, column)) for column in columns]
    values = [max(map(cells, column[1:]), default=0) for column in columns]
    codes = [_whole(column) for column in columns]
    room -= GAP * (len(widths) - 1)
    for least in ([max(pair) for pair in zip(values, codes, strict=True)], codes):
        widths = _narrowed(widths, least, room)
    widths = _narrowed(widths, [_LEAST] * len(widths), room)
    broken = [[wrap(text, width) for text, width in zip(row, widths, strict=True)] for row in rows]
    return widths, broken


def _whole(column: Sequence[str]) -> int:
    """Give the cells a column needs so that no code in it is broken."""
    runs = (cells(run) for text in column for run in _RUN.findall(text))
    return max(_LEAST, min(max(runs, default=0), _LONGEST_RUN))


def _narrowed(widths: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Take cells from the widest columns until all fit or each has the least it may have."""
    widths = list(widths)
    for _ in range(sum(widths) - room):
        wide = [at for at, width in enumerate(widths) if width > least[at]]
        if not wide:
            break
        widths[max(wide, key=widths.__getitem__)] -= 1
    return widths
