"""An import looked at before it is done: sheets, headings, columns, and what would come of it.

Everything that a person decides about a file is a value here (`Reading`, a mapping of fields to
columns, `importing.Options`); nothing is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from db import profiles as profile_store
from supervise.errors import BadInput
from supervise.services.import_kinds import Kind
from supervise.services.session import Session
from supervise.services.tables.batch import OP_HEADING
from supervise.services.tables.cells import Cell, cell_text, column_letter
from supervise.services.tables.fields import FIELDS, LABELS
from supervise.services.tables.headings import (
    Header,
    column_name,
    full_mapping,
    guess_mapping,
    plausible_header,
    serial_code,
)
from supervise.services.tables.reader import Table, read_table
from supervise.services.tables.source import REQUIRED, header_of

Mapped = dict[str, int]
SHOWN_ROWS = 20
LONGEST = 200
DATE_ORDERS = {"ymd": "年 月 日", "dmy": "日 月 年", "mdy": "月 日 年"}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a file is to be read, where the person knows better than the guess.

    `header_row` is the number of the row of headings; `profile` the name of a saved mapping.
    """

    kind: Kind = Kind.ISSUES
    sheet: str | None = None
    header_row: int | None = None
    encoding: str | None = None
    date_order: str = "ymd"
    profile: str | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the file: its letter, its heading, and the first of its filled cells."""

    index: int
    letter: str
    heading: str
    samples: tuple[str, ...]

    @property
    def name(self) -> str:
        """The heading, or the letter where there is none."""
        return self.heading or self.letter


@dataclass(frozen=True, slots=True)
class Sample:
    """One of the first rows: its number as a person sees it, its cells as text."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file looks like.

    `mapping` is the guess (field to column), `why` the reason of each part of it; `header_why`
    says how the row of headings was found. `problem` is what stands in the way, if anything.
    `total` is about how many rows stand below the headings.
    """

    path: Path
    reading: Reading
    sheets: tuple[str, ...]
    sheet: str | None
    encoding: str | None
    head: tuple[Sample, ...]
    header_row: int = 0
    header_why: str = ""
    columns: tuple[Column, ...] = ()
    mapping: Mapping[str, int] | None = None
    why: Mapping[str, str] | None = None
    total: int = 0
    profiles: tuple[str, ...] = ()
    problem: str = ""

    @property
    def body(self) -> tuple[Sample, ...]:
        """The first rows below the headings."""
        return tuple(row for row in self.head if row.number > self.header_row)


def preview(session: Session, path: Path, reading: Reading) -> Preview:
    """Look at a file's sheets, headings and first rows, and guess which column feeds what.

    Raises BadInput for what cannot be read at all, Refused for a file marked as classified.
    """
    if reading.kind is not Kind.ISSUES:
        return _plain(path, reading)
    names = tuple(profile_store.names(session.conn))
    saved = profile_store.get(session.conn, reading.profile) if reading.profile else None
    with read_table(path, reading.sheet, plausible_header, reading.encoding) as table:
        looked = replace(_bare(table, path, reading), profiles=names)
        try:
            header = header_of(table, saved or {}, reading.header_row)
        except BadInput as error:
            return replace(looked, problem=error.message)
        return _with_header(looked, table, header, saved)


def _plain(path: Path, reading: Reading) -> Preview:
    """Look at a file whose columns go by their names: a roster, a batch."""
    from supervise.services.tables.sniff import Kind as Content
    from supervise.services.tables.sniff import sniff

    json_lines = path.suffix.lower() in {".jsonl", ".ndjson", ".json"}
    if json_lines and sniff(path) is Content.TEXT:
        return Preview(path, reading, (), None, "UTF-8", ())
    with read_table(path, reading.sheet, partial(_has_heading, _headings(reading.kind))) as table:
        return _bare(table, path, reading)


def _headings(kind: Kind) -> frozenset[str]:
    """Give the headings by which a roster or a batch is known."""
    if kind is Kind.BATCH:
        return frozenset({OP_HEADING, "op"})
    from supervise.services import roster

    return frozenset(heading for heading, name in roster.HEADINGS.items() if name == "unit")


def _has_heading(wanted: frozenset[str], head: Sequence[tuple[int, list[Cell]]]) -> bool:
    return any(cell_text(cell) in wanted for _, cells in head for cell in cells)


def _bare(table: Table, path: Path, reading: Reading) -> Preview:
    head = tuple(
        Sample(number, tuple(_short(cell_text(cell)) for cell in cells))
        for number, cells in table.head[:SHOWN_ROWS]
    )
    return Preview(
        path, reading, table.sheets, table.sheet, table.encoding, head, total=table.total
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[: LONGEST - 1] + "…"


def _with_header(
    looked: Preview, table: Table, header: Header, saved: Mapping[str, str] | None
) -> Preview:
    body = [row for row in looked.head if row.number > header.number]
    found = replace(
        looked,
        header_row=header.number,
        header_why=_header_why(table, header, looked.reading),
        columns=_columns(header, body),
        total=max(table.total - header.number, 0),
    )
    problem = ""
    try:
        mapping = full_mapping(header, looked.path, {}, saved)
    except BadInput as error:
        mapping, problem = guess_mapping(header.headings), f"方案用不上：{error.message}"
        saved = None
    why = {field: _why(field, header.headings[index]) for field, index in mapping.items()}
    why |= {name: "按方案" for name in saved or {} if name in mapping}
    serial = None if "code" in mapping else serial_code(table.head, header)
    if serial is not None and (saved or {}).get("code") is None:
        mapping["code"], why["code"] = serial, "没有编号列，序号各不相同"
    return replace(found, mapping=mapping, why=why, problem=problem)


def _header_why(table: Table, header: Header, reading: Reading) -> str:
    if reading.header_row is not None:
        return "由您指定"
    known = len(guess_mapping(header.headings))
    more = "，与上一行合成一个表头" if header.rows > 1 else ""
    if plausible_header(table.head):
        return f"这一行认出的列名最多，填得上{known}个栏目{more}"
    return f"这是第一行全是文字的{more}，没有常见的列名，请核对"


def _why(field: str, heading: str) -> str:
    label = LABELS[field]
    return "列名相同" if heading == label else f"列名“{heading}”通常指{label}"


def _columns(header: Header, body: Sequence[Sample]) -> tuple[Column, ...]:
    width = max([len(header.headings), *(len(row.cells) for row in body)])
    return tuple(
        Column(
            index,
            column_letter(index),
            header.headings[index] if index < len(header.headings) else "",
            tuple(row.cells[index] for row in body if index < len(row.cells) and row.cells[index]),
        )
        for index in range(min(width, len(header.headings)))
    )


# What a person does with the mapping.


def fed_by(mapping: Mapping[str, int], index: int) -> tuple[str, ...]:
    """Give the fields that a column feeds, in their order."""
    return tuple(field for field in FIELDS if mapping.get(field) == index)


def fed(mapping: Mapping[str, int], index: int, fields: Sequence[str]) -> Mapped:
    """Let a column feed these fields and no others; each is taken from whatever fed it before."""
    kept = {field: column for field, column in mapping.items() if column != index}
    return kept | dict.fromkeys(fields, index)


def missing(mapping: Mapping[str, int]) -> str:
    """Say which fields without which nothing can be imported have no column; "" when none."""
    lacking = [LABELS[name] for name in REQUIRED if name not in mapping]
    if not lacking:
        return ""
    return f"还没有哪一列填入{'、'.join(f'“{label}”' for label in lacking)}，请选一列。"


def remarks(mapping: Mapping[str, int]) -> tuple[str, ...]:
    """Say what a mapping leaves out that a person may have overlooked."""
    told = []
    if "unit" not in mapping and "unit_id" not in mapping:
        told.append("没有责任单位列：导入的事项都停在发现阶段。")
    elif "assigned_on" not in mapping:
        told.append("没有交办日期列：事项停在发现阶段，单位记为拟交办。")
    elif "due_on" not in mapping:
        told.append("没有限期列：可在下一步选“推算限期”。")
    if "code" not in mapping:
        told.append("没有编号列：由台账编号；再导入同一文件时按内容认行。")
    return tuple(told)


def named(preview: Preview, mapping: Mapping[str, int]) -> dict[str, str]:
    """Give a mapping as importing takes it and a profile keeps it: field to heading.

    A field that would be guessed and is to be left out is “-”.
    """
    headings = [column.heading for column in preview.columns]
    said = {field: column_name(headings, mapping[field]) for field in FIELDS if field in mapping}
    guessed = {*guess_mapping(headings), *(preview.mapping or ())}
    return said | {field: "-" for field in FIELDS if field in guessed and field not in mapping}
