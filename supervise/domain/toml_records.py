"""Frozen records from TOML: each field says what may stand there; every mistake is told at once.

A record's field is declared with `setting(check)`; `read_record` fills it from a table. Mistakes
are gathered with their key and line, so that a person mends a file in one go.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import MISSING, dataclass, field, fields
from datetime import date, datetime
from typing import Any, TypeVar

from supervise.errors import RowError
from supervise.text import clean_line, cut

Path = tuple[str | int, ...]
R = TypeVar("R")
_HEADER = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?")
_KEY = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=""")


def unreadable(error: ValueError) -> str:
    """Say in words where a text stops being TOML, and what to look for."""
    at = re.search(r"line (\d+), column (\d+)", str(error))
    place = f"第 {at[1]} 行第 {at[2]} 列" if at else "末尾"
    return f"在{place}不合 TOML 写法，请检查引号、括号、等号和重复的项。"


@dataclass(slots=True)
class Faults:
    """The mistakes found in a TOML text."""

    text: str
    rows: list[RowError] = field(default_factory=list)

    def add(self, path: Path, message: str) -> None:
        """Note a mistake at a key; its line is looked up in the text."""
        name = ".".join(str(part + 1) if isinstance(part, int) else part for part in path)
        self.rows.append(RowError(line_of(self.text, path), name, message))


Check = Callable[[object, Faults, Path], object]


def setting(check: Check, default: object = MISSING) -> Any:  # noqa: ANN401
    """Declare a record's field: what may stand there, and what holds where nothing is said."""
    if default == {}:
        return field(default_factory=dict, metadata={"check": check})
    return field(default=default, metadata={"check": check})


def read_record(cls: type[R], table: object, faults: Faults, path: Path = ()) -> R | None:
    """Fill a record from a table; None once any mistake has been found."""
    if not isinstance(table, dict):
        faults.add(path, "应为一节，请写成 [节名] 再逐项填写")
        return None
    known = {one.name: one for one in fields(cls) if "check" in one.metadata}  # type: ignore[arg-type]
    for key in table.keys() - known.keys():
        faults.add((*path, key), f"没有“{_short(key)}”这一项{_nearest(key, known)}")
    values = {}
    for name, one in known.items():
        if name in table:
            values[name] = one.metadata["check"](table[name], faults, (*path, name))
        elif one.default is MISSING and one.default_factory is MISSING:
            faults.add((*path, name), "没有填写，这一项必填")
    return None if faults.rows else cls(**values)


def _nearest(key: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    found = get_close_matches(key, list(known), 1)
    return f"，是不是“{found[0]}”？" if found else f"，可用：{'、'.join(known)}"


def _short(value: object) -> str:
    return cut(clean_line(str(value)), 40)


def simple(convert: Callable[[object], object]) -> Check:
    """Make a check of a function that converts a value or raises ValueError with a sentence."""

    def check(value: object, faults: Faults, path: Path) -> object:
        try:
            return convert(value)
        except ValueError as error:
            faults.add(path, str(error))
            return None

    return check


def text(value: object) -> str:
    """Take a text that is not blank, on one line."""
    if not isinstance(value, str) or not clean_line(value):
        raise ValueError("应为文字，写在引号里，不能空着")
    return clean_line(value)


def text_or_blank(value: object) -> str:
    """Take a text, blank too."""
    return text(value) if value != "" else ""


def flag(value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise ValueError("应为 true 或 false，不加引号")
    return value


def day(value: object) -> date:
    """Take a date without a time."""
    if isinstance(value, datetime) or not isinstance(value, date):
        raise ValueError("应为日期，如 2024-03-07，不加引号")
    return value


def whole(low: int, high: int) -> Check:
    """Take a whole number between two bounds, both included."""

    def convert(value: object) -> int:
        if type(value) is not int or not low <= value <= high:
            raise ValueError(f"应为 {low} 至 {high} 的整数，不加引号")
        return value

    return simple(convert)


def number(low: float, high: float) -> Check:
    """Take a number between two bounds, both included."""

    def convert(value: object) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float):
            value = math.nan
        if not low <= value <= high:
            raise ValueError(f"应为 {low:.15g} 至 {high:.15g} 的数，不加引号")
        return float(value)

    return simple(convert)


def choice(*words: str) -> Check:
    """Take one of some words."""

    def convert(value: object) -> str:
        if value not in words:
            raise ValueError(f"不能填“{_short(value)}”，可填：{'、'.join(words)}")
        return str(value)

    return simple(convert)


def pattern(expression: str, remedy: str) -> Check:
    """Take a text of a given form; `remedy` says which."""
    form = re.compile(expression)

    def convert(value: object) -> str:
        if not isinstance(value, str) or not form.fullmatch(value):
            raise ValueError(f"“{_short(value)}”不合写法，{remedy}")
        return value

    return simple(convert)


def many(check: Check) -> Check:
    """Take a list, each item by its own check, as a tuple."""

    def read(value: object, faults: Faults, path: Path) -> tuple[object, ...]:
        if not isinstance(value, list):
            faults.add(path, "应为列表，写在方括号里，用逗号隔开")
            return ()
        return tuple(check(item, faults, (*path, at)) for at, item in enumerate(value))

    return read


def named(check: Check, names: Sequence[str] | None = None) -> Check:
    """Take a table of entries of one kind, under given names or any."""

    def read(value: object, faults: Faults, path: Path) -> dict[str, object]:
        if not isinstance(value, dict):
            faults.add(path, "应为一节，请写成 [节名] 再逐项填写")
            return {}
        for key in value:
            if names is not None and key not in names:
                faults.add((*path, key), f"没有“{_short(key)}”这一项{_nearest(key, names)}")
        order = names or [*value]
        return {key: check(value[key], faults, (*path, key)) for key in order if key in value}

    return read


def record(cls: type[object]) -> Check:
    """Take a table as a record."""

    def read(value: object, faults: Faults, path: Path) -> object:
        return read_record(cls, value, faults, path)

    return read


def line_of(text: str, path: Path) -> int:
    """Find the line of a key in TOML text, or of the nearest table around it; else 1."""
    table: Path = ()
    seen: dict[Path, int] = {}
    best, length = 1, 0
    for at, line in enumerate(text.splitlines(), 1):
        here = table
        if header := _HEADER.fullmatch(line):
            table = here = _header_path(header[1], _parts(header[2]), seen)
        elif key := _KEY.match(line):
            here = table + _parts(key[1])
        else:
            continue
        if length < len(here) and here == path[: len(here)]:
            best, length = at, len(here)
    return best


def _parts(dotted: str) -> Path:
    return tuple(part.strip(" \t\"'") for part in dotted.split("."))


def _header_path(brackets: str, parts: Path, seen: dict[Path, int]) -> Path:
    """Give a table's path; the n-th [[table]] ends in its number, counted from 0."""
    if brackets == "[":
        return parts
    seen[parts] = seen.get(parts, -1) + 1
    return (*parts, seen[parts])
