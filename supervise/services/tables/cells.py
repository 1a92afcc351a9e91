"""What a cell can hold, and how it reads as text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time
from typing import NamedTuple, TypeAlias

from supervise.text import clean

Cell: TypeAlias = str | int | float | bool | date | datetime | None

# Spreadsheets keep 15 digits of a number: what follows is zeros, whatever was typed.
EXACT_DIGITS = 10**15


class Chunk(NamedTuple):
    """Some rows of a table, kept by column: their numbers as a person sees them, their cells."""

    numbers: Sequence[int]
    columns: Sequence[Sequence[Cell]]

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Give the rows one by one, each with its number."""
        if not self.columns:
            return ((number, ()) for number in self.numbers)
        return zip(self.numbers, zip(*self.columns, strict=True), strict=True)


def chunk_of(numbers: Sequence[int], rows: Sequence[Sequence[Cell]], width: int) -> Chunk:
    """Turn rows into columns; short rows are filled with blanks up to `width`."""
    padded = [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in rows]
    return Chunk(numbers, list(zip(*padded, strict=True)))


def cell_text(value: Cell) -> str:
    """Give a cell as clean text: 7.0 reads 7, a date reads 2024-06-14, a blank reads ""."""
    if isinstance(value, str):
        return clean(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return _float_text(value)
    if isinstance(value, datetime):
        day_only = value.time() == time()
        return value.date().isoformat() if day_only else value.isoformat(" ", "seconds")
    return value.isoformat() if isinstance(value, date) else str(value)


def _float_text(value: float) -> str:
    if not value.is_integer():
        return repr(value)
    return str(int(value)) if abs(value) < 1e21 else repr(value)


def is_lossy(value: Cell) -> bool:
    """Tell whether a number is too long to have survived in a spreadsheet (16 digits or more)."""
    if isinstance(value, (bool, str)) or not isinstance(value, (int, float)):
        return False
    return abs(value) >= EXACT_DIGITS


def is_blank(value: Cell) -> bool:
    """Tell whether a cell shows nothing."""
    return value is None or (isinstance(value, str) and not clean(value))


def column_letter(index: int) -> str:
    """Give a column's letter as spreadsheets show it: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Give the position of a column's letter: A is 0, AA is 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1
