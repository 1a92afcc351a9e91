"""Long lists as files: typed cells row by row, so that any length needs the same memory.

Every file opens with what it is, as of when, how many, and the 台账校验码.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from supervise.errors import UsageError
from supervise.reports.words import chinese_date
from supervise.text import formula_safe, printable

ENDINGS = (".xlsx", ".csv", ".json", ".md")
Record = Mapping[str, Any]
Value = str | int | date | None
# Told after every so many rows.
_TOLD = 500


@dataclass(frozen=True, slots=True)
class ListColumn:
    """A column of a list: its heading, how a record's cell is made, `text`, `date` or `int`.

    `flags`: a filled cell stands for something that is late, and is shaded.
    """

    title: str
    value: Callable[[Record], Value]
    kind: str = "text"
    flags: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list ready to be written: its name, day, 台账校验码, filter in words, columns, records.

    `total` is how many records there are; they may be read only once.
    """

    title: str
    as_of: date
    code: str
    columns: tuple[ListColumn, ...]
    records: Iterable[Record]
    total: int
    chosen: str = ""
    demo: bool = False

    @property
    def opening(self) -> tuple[tuple[str, str], ...]:
        """What stands above the list, as pairs of a label and a value."""
        pairs = [("截至", chinese_date(self.as_of)), ("条数", str(self.total))]
        if self.chosen:
            pairs.append(("筛选", printable(self.chosen)))
        if self.demo:
            pairs.append(("标记", "演示数据"))
        return (*pairs, ("台账校验码", self.code or "—"))


def text(key: str, title: str) -> ListColumn:
    """Make a column of a record's text; several values are set apart by 、."""

    def value(record: Record) -> Value:
        found = record.get(key)
        if isinstance(found, (list, tuple)):
            found = "、".join(map(str, found))
        return printable(str(found)) if found else None

    return ListColumn(title, value)


def day(key: str, title: str) -> ListColumn:
    """Make a column of a record's date."""

    def value(record: Record) -> Value:
        found = record.get(key)
        return date.fromisoformat(found) if found else None

    return ListColumn(title, value, "date")


def number(key: str, title: str) -> ListColumn:
    """Make a column of a record's whole number."""
    return ListColumn(title, lambda record: record.get(key), "int")


def write(
    listing: Listing, ending: str, told: Callable[[int, int], None] = lambda *_: None
) -> bytes:
    """Give the bytes of a list in the format of an ending; `told` hears how far it is.

    Raises UsageError for another format, Refused where a sheet can't hold the rows.
    """
    if ending not in ENDINGS:
        shown = f"“{ending}”" if ending else "没有扩展名的文件"
        raise UsageError(f"清单不能导出为{shown}，可用 {' '.join(ENDINGS)}。")
    rows = _watched(listing, told)
    match ending:
        case ".xlsx":
            from supervise.reports.sheet import workbook

            return workbook(listing, rows)
        case ".csv":
            return _csv(listing, rows)
        case ".md":
            return _markdown(listing, rows)
        case _:
            return _json(listing, told)


def _watched(listing: Listing, told: Callable[[int, int], None]) -> Iterator[tuple[Value, ...]]:
    makers = [column.value for column in listing.columns]
    for at, record in enumerate(listing.records, 1):
        yield tuple(maker(record) for maker in makers)
        if at % _TOLD == 0:
            told(at, listing.total)
    told(listing.total, listing.total)


def _plain(value: Value) -> str | int:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else value


def _csv(listing: Listing, rows: Iterable[Sequence[Value]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([listing.title])
    writer.writerows(listing.opening)
    writer.writerow([])
    writer.writerow([column.title for column in listing.columns])
    for row in rows:
        writer.writerow(
            [formula_safe(cell) if isinstance(cell, str) else _plain(cell) for cell in row]
        )
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def _markdown(listing: Listing, rows: Iterable[Sequence[Value]]) -> bytes:
    from supervise.reports.layout import one_line
    from supervise.reports.markdown import escape

    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cells) + " |"

    rules = ("---:" if column.kind == "int" else "---" for column in listing.columns)
    head = [
        f"# {escape(listing.title)}",
        "",
        *(f"- {label}：{escape(value)}" for label, value in listing.opening),
        "",
        line(escape(column.title) for column in listing.columns),
        line(rules),
    ]
    body = (line(escape(one_line(str(_plain(cell)))) for cell in row) for row in rows)
    return ("\n".join(chain(head, body)) + "\n").encode("utf-8", "replace")


def _json(listing: Listing, told: Callable[[int, int], None]) -> bytes:
    told_of = {
        "title": listing.title,
        "as_of": listing.as_of.isoformat(),
        "head": listing.code,
        "filter": listing.chosen or None,
        "demo": listing.demo,
        "records": list(listing.records),
    }
    told(listing.total, listing.total)
    return json_bytes(told_of)


def json_bytes(record: object) -> bytes:
    """Write a record as a file of JSON."""
    return (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")
