"""One door for every table from outside: a workbook or a text file, its sheet, its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from types import TracebackType

from supervise.errors import BadInput
from supervise.services.tables.cells import Cell, Chunk
from supervise.services.tables.delimited import (
    ENCODING_NAMES,
    count_lines,
    detect_encoding,
    records,
    text_chunks,
)
from supervise.services.tables.marking import refuse_marked_name, refuse_marked_titles
from supervise.services.tables.sniff import Kind, sniff
from supervise.services.tables.workbook import HEAD_ROWS, Workbook

HeadRow = tuple[int, list[Cell]]
Plausible = Callable[[list[HeadRow]], bool]


@dataclass(slots=True)
class Table:
    """An open table: its rows are read once, from the top, while the file is parsed.

    `head` holds the first rows again, to find the headings in. `sheet` is None and `encoding`
    set for a text file. `total` is about how many rows there are. Blank rows are left out;
    numbers are those a person sees in the file.
    """

    path: Path
    head: list[HeadRow]
    total: int
    sheets: tuple[str, ...] = ()
    sheet: str | None = None
    encoding: str | None = None
    _chunks: Iterator[Chunk] = field(default=iter(()), repr=False)
    _workbook: Workbook | None = field(default=None, repr=False)

    def chunks(self) -> Iterator[Chunk]:
        """Stream the rows by column, some thousands at a time; only once."""
        return self._chunks

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Stream the rows one by one with their numbers; only once."""
        for chunk in self._chunks:
            yield from chunk.rows()

    def close(self) -> None:
        """Let go of the file; reading to the end does so too."""
        if self._workbook is not None:
            self._workbook.close()

    def __enter__(self) -> Table:
        """Use the table in a with block."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Let go of the file at the end of the block."""
        self.close()


def read_table(
    path: Path,
    sheet: str | None = None,
    plausible: Plausible | None = None,
    encoding: str | None = None,
) -> Table:
    """Open a .xlsx, .xls, .et or a text file; the content decides which it is.

    Without `sheet`: the first visible sheet whose first rows are `plausible`, else the first
    visible one that holds anything. `encoding` (utf-8, gb18030, utf-16) is for a text file whose
    own is guessed wrong. Raises BadInput with what is wrong with the file, Refused
    when it is marked as classified.
    """
    refuse_marked_name(path)
    if sniff(path) is Kind.TEXT:
        if sheet is not None:
            raise BadInput(f"“{path.name}”是文本文件，没有工作表；请去掉 --sheet。")
        return _read_text(path, encoding)
    workbook = Workbook(path)
    try:
        return _read_workbook(path, workbook, sheet, plausible or (lambda head: True))
    except BaseException:
        workbook.close()
        raise


def _read_text(path: Path, said: str | None) -> Table:
    encoding, lines = (said, count_lines(path, said)) if said else detect_encoding(path)
    head: list[HeadRow] = [
        (number, list(row)) for number, row in islice(records(path, encoding), HEAD_ROWS)
    ]
    if not head:
        raise BadInput(f"“{path.name}”里没有内容。")
    width = max(len(row) for _, row in head)
    chunks = text_chunks(path, encoding, width)
    return Table(path, head, lines, encoding=ENCODING_NAMES[encoding], _chunks=chunks)


def _read_workbook(path: Path, book: Workbook, sheet: str | None, plausible: Plausible) -> Table:
    names = tuple(name for name, _ in book.sheets)
    refuse_marked_titles(path, names, "工作表名")
    fallback = None
    for index in _candidates(path, book, sheet):
        head, total = book.head(index)
        if head and (sheet is not None or plausible(head)):
            break
        fallback = index if head and fallback is None else fallback
    else:
        if fallback is None:
            raise BadInput(
                f"“{path.name}”的工作表里没有内容；请检查文件，或用 --sheet 指定工作表。"
            )
        index = fallback
        head, total = book.head(index)
    return Table(path, head, total, names, names[index], None, book.chunks(), book)


def _candidates(path: Path, book: Workbook, sheet: str | None) -> list[int]:
    """Give the sheets to look at, in order: the named one, or every visible one."""
    if sheet is None:
        return [index for index, (_, visible) in enumerate(book.sheets) if visible]
    wanted = sheet.strip()
    for index, (name, _) in enumerate(book.sheets):
        if name.strip() == wanted:
            return [index]
    listed = "、".join(name for name, _ in book.sheets)
    raise BadInput(f"“{path.name}”里没有名为“{wanted}”的工作表；有：{listed}。")
