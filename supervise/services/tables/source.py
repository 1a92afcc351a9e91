"""A file of issues to import: opened, its columns known, its rows drafted on the way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType

from supervise.errors import BadInput
from supervise.services.tables.cells import Chunk, cell_text, column_letter
from supervise.services.tables.fields import LABELS
from supervise.services.tables.headings import (
    Header,
    find_header,
    full_mapping,
    header_at,
    plausible_header,
    refuse_marked_head,
    require,
    serial_code,
)
from supervise.services.tables.marking import is_level_heading, is_mark, refuse
from supervise.services.tables.reader import HeadRow, Table, read_table
from supervise.services.tables.rows import Drafts, RowConverter

REQUIRED = ("title",)


@dataclass(slots=True)
class ImportSource:
    """An open file of issues.

    `mapping` gives each field's column (0 is the first), `columns` its heading; `total` is about
    how many rows there are; `done` how many were read so far; `warnings` are for the user and
    complete once every batch was read. Use it in a with block, or read it to the end.
    """

    path: Path
    sheet: str | None
    encoding: str | None
    headings: tuple[str, ...]
    header_row: int
    mapping: dict[str, int]
    total: int
    warnings: list[str] = field(default_factory=list)
    done: int = 0
    _table: Table | None = field(default=None, repr=False)
    _converter: RowConverter | None = field(default=None, repr=False)

    @property
    def columns(self) -> dict[str, str]:
        """How each field's column is called in the file, or its letter when it has no name."""
        return {
            name: self.headings[index] or column_letter(index)
            for name, index in self.mapping.items()
        }

    def batches(self) -> Iterator[Drafts]:
        """Draft the rows some thousands at a time while the file is parsed; only once."""
        assert self._table is not None and self._converter is not None
        levels = [i for i, text in enumerate(self.headings) if is_level_heading(text)]
        for chunk in self._table.chunks():
            body = _below(chunk, self.header_row)
            if not body.numbers:
                continue
            for index in levels:
                _refuse_marked_rows(self.path, body, index)
            drafts = self._converter.convert(body)
            self.done += len(body.numbers)
            yield drafts
        if self._converter.skipped:
            self.warnings.append(f"跳过合计、签名、重复表头等 {self._converter.skipped} 行。")

    def close(self) -> None:
        """Let go of the file."""
        if self._table is not None:
            self._table.close()

    def __enter__(self) -> ImportSource:
        """Use the source in a with block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file at the end of the block."""
        self.close()


def open_import(
    path: Path,
    sheet: str | None = None,
    mapping_overrides: Mapping[str, str] | None = None,
    profile: Mapping[str, str] | None = None,
    *,
    today: date,
    date_order: str = "ymd",
    header_row: int | None = None,
    encoding: str | None = None,
    required: Sequence[str] = REQUIRED,
) -> ImportSource:
    """Open a file of issues and decide which column feeds which field.

    `mapping_overrides` (field to heading, letter or number) wins over `profile`, that over the
    usual headings; `header_row` is where the headings stand, when they are not found, `encoding`
    that of a text file. Raises BadInput for what cannot be read or found, Refused for a marked
    file.
    """
    overrides = mapping_overrides or {}
    table = read_table(path, sheet, plausible_header, encoding)
    try:
        header = header_of(table, {**(profile or {}), **overrides}, header_row)
        mapping = full_mapping(header, path, overrides, profile)
        left_out = {
            name
            for name, column in {**(profile or {}), **overrides}.items()
            if column.strip() in {"", "-"}
        }
        warnings = [] if "code" in left_out else _use_serials(mapping, table, header)
        if "title" not in mapping and "detail" in mapping and "title" not in left_out:
            mapping["title"] = mapping["detail"]
        require(mapping, required, header, path)
        warnings += _doubtful(mapping, header)
    except BaseException:
        table.close()
        raise
    return ImportSource(
        path,
        table.sheet,
        table.encoding,
        header.headings,
        header.number,
        mapping,
        max(table.total - header.number, 0),
        warnings,
        _table=table,
        _converter=RowConverter(mapping, header.headings, today, date_order),
    )


def header_of(table: Table, named: Mapping[str, str], number: int | None = None) -> Header:
    """Find the headings: in the row said, else the usual ones, else those that the user names.

    Raises BadInput when there are none, Refused when they bear a mark of secrecy.
    """
    header = find_header(table.head) if number is None else header_at(table.head, number)
    usual = header is not None and (number is not None or plausible_header(table.head))
    if named and not usual:
        header = _header_by_names(table.head, table.path, named) or header
    refuse_marked_head(table.path, table.head, header)
    if header is None:
        raise BadInput(
            f"“{table.path.name}”的前 20 行里没有找到表头；"
            "请确认表里有列名，或用 --sheet 指定工作表。"
        )
    return header


def _header_by_names(
    head: Sequence[HeadRow], path: Path, named: Mapping[str, str]
) -> Header | None:
    """Find the row in which a named column stands."""
    wanted = {cell_text(column) for column in named.values()}
    for row in head:
        texts = tuple(cell_text(cell) for cell in row[1])
        if wanted & set(texts):
            return find_header([row], known=lambda text: text in wanted)
    return None


def _use_serials(mapping: dict[str, int], table: Table, header: Header) -> list[str]:
    """Take 序号 for the code when nothing better is there and it is more than a counter."""
    if "code" in mapping:
        return []
    index = serial_code(table.head, header)
    if index is None:
        return []
    mapping["code"] = index
    return ["没有“编号”列，以“序号”列作为编号；如不对，请用 --map code=列名 指定。"]


def _doubtful(mapping: Mapping[str, int], header: Header) -> list[str]:
    """Warn where two columns bear the heading of a field: the first was taken."""
    found = []
    for name, index in mapping.items():
        heading = header.headings[index]
        if heading and header.headings.count(heading) > 1:
            letter = column_letter(index)
            found.append(f"有多列叫“{heading}”，{LABELS[name]}取自 {letter} 列。")
    return found


def _below(chunk: Chunk, header_row: int) -> Chunk:
    """Leave out the rows up to the headings."""
    if not chunk.numbers or chunk.numbers[0] > header_row:
        return chunk
    skip = sum(1 for number in chunk.numbers if number <= header_row)
    return Chunk(chunk.numbers[skip:], [column[skip:] for column in chunk.columns])


def _refuse_marked_rows(path: Path, chunk: Chunk, index: int) -> None:
    """Refuse a file in which a row's 密级 says that it is classified."""
    if index < len(chunk.columns):
        for value in set(chunk.columns[index]):
            if isinstance(value, str) and is_mark(value):
                refuse(path, "“密级”列")
