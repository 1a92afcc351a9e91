"""Columns of a list: what a cell says, in which tone, and how many terminal cells it gets."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rich.cells import cell_len, set_cell_size

from supervise.text import printable

Record = Mapping[str, Any]
GAP = 2
_CLOSING = frozenset("，。、；：？！）】》〉”’％%,.;:?!)]}")
_OPENING = frozenset("（【《〈“‘〔")
# Two characters of one code, date or number.
_IN_RUN = re.compile(r"[!-~]{2}")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text and its tone (see `theme.TONES`; none is plain)."""

    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: title, what it shows of a record, and its width in cells.

    Columns that grow take what the others leave, each in proportion to `grows`, `width` at the
    least. Where room is short the columns with the highest `spare` are left out first; 0 is never
    left out.
    """

    title: str
    value: Callable[[Record], Cell | str | None]
    width: int
    grows: int = 0
    spare: int = 0
    right: bool = False

    def cell(self, record: Record) -> Cell:
        """Give the cell of a record, as one safe line."""
        value = self.value(record)
        cell = value if isinstance(value, Cell) else Cell(value or "")
        return Cell(one_line(cell.text), cell.tone)


def field(name: str, tone: str = "") -> Callable[[Record], Cell]:
    """Show a field of the record as it is."""
    return lambda record: Cell(str(record.get(name) or ""), tone)


def flat(text: str) -> str:
    """Make outside text safe for a pane's edge, its blanks kept."""
    return printable(text.replace("\n", " "))


def one_line(text: str) -> str:
    """Put outside text on one line that cannot move the cursor."""
    return " ".join(printable(text.replace("\n", " ")).split())


def shorten(text: str, width: int) -> str:
    """Cut text to `width` terminal cells, ending in … where something was cut."""
    if cell_len(text) <= width:
        return text
    return set_cell_size(text, width - 1).rstrip() + "…" if width > 1 else "…"[:width]


def fitted(text: str, width: int, *, right: bool = False) -> str:
    """Cut and pad text to exactly `width` terminal cells."""
    text = shorten(text, width)
    blanks = " " * max(width - cell_len(text), 0)
    return blanks + text if right else text + blanks


def folded(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells: codes and dates stay whole if they can.

    Chinese is broken between any two characters, but for a mark that closes what is before it or
    opens what comes after.
    """
    lines: list[str] = []
    for line in printable(text).split("\n"):
        start = used = 0
        for at, char in enumerate(line):
            size = cell_len(char)
            if used + size > width and at > start:
                end = _break(line, start, at)
                lines.append(line[start:end])
                start, used = end, cell_len(line[end:at])
            used += size
        lines.append(line[start:])
    return lines


def folded_parts(parts: Sequence[tuple[str, str]], width: int) -> list[tuple[str, str]]:
    """Break styled text as `folded` breaks plain text; every piece keeps its style."""
    safe = [(printable(text), style) for text, style in parts]
    whole = "".join(text for text, _ in safe)
    breaks, at = set(), 0
    for line in folded(whole, width)[:-1]:
        at += len(line)
        if whole[at] == "\n":
            at += 1
        else:
            breaks.add(at)
    broken, at = [], 0
    for text, style in safe:
        marked = ("\n" * (at + n in breaks) + char for n, char in enumerate(text))
        broken.append(("".join(marked), style))
        at += len(text)
    return broken


def _break(line: str, start: int, at: int) -> int:
    """Give the last place to break a line before `at`; `at` where there is none."""
    for end in range(at, start, -1):
        run = bool(_IN_RUN.fullmatch(line[end - 1 : end + 1]))
        if not run and line[end] not in _CLOSING and line[end - 1] not in _OPENING:
            return end
    return at


def layout(columns: Sequence[Column], room: int) -> list[tuple[Column, int]]:
    """Choose the columns that fit into `room` cells, each with the cells it gets."""
    shown = list(columns)
    while len(shown) > 1 and _needed(shown) > room:
        last = max(shown, key=lambda column: column.spare)
        if last.spare == 0:
            break
        shown.remove(last)
    left = max(room - _needed(shown), 0)
    growing = sum(column.grows for column in shown)
    widths = []
    for column in shown:
        share = -(-left * column.grows // growing) if column.grows else 0
        left, growing = left - share, growing - column.grows
        widths.append((column, column.width + share))
    return widths


def _needed(columns: Sequence[Column]) -> int:
    return sum(column.width for column in columns) + GAP * (len(columns) - 1)
