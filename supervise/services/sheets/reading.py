"""Sheets that came back, read: whatever they are called, however they were sorted or saved."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue

from supervise.domain.sheet_pages import ISSUE, PAGES
from supervise.domain.sheets import CODE, HEADINGS, OPEN
from supervise.errors import BadInput, Refused, SuperviseError, reason
from supervise.services.sheets.given import Given, beside_rows, issue_rows
from supervise.services.sheets.keys import Key, key_of
from supervise.services.tables.cells import Chunk
from supervise.services.tables.headings import Header, find_header, refuse_marked_head
from supervise.services.tables.marking import (
    is_marked_name,
    refuse_marked_name,
    refuse_marked_titles,
)
from supervise.services.tables.reader import HeadRow, read_table
from supervise.services.tables.sniff import Kind, sniff
from supervise.services.tables.workbook import Parser, Workbook
from supervise.text import clean_line, cut

__all__ = ["File", "Given", "found_files", "read_files"]

ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")
# So many files are parsed at the same time, each by a process of its own.
_AT_ONCE = 2


@dataclass(slots=True)
class File:
    """A file that came in: its key where it still has one, its rows, what is wrong with it."""

    name: str
    key: Key | None = None
    rows: list[Given] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    problem: str | None = None

    @property
    def issues(self) -> list[Given]:
        """The rows of issues."""
        return [row for row in self.rows if row.kind == ISSUE]

    @property
    def items(self) -> list[Given]:
        """The rows of tasks and reports."""
        return [row for row in self.rows if row.kind != ISSUE]


def found_files(paths: Iterable[Path]) -> list[Path]:
    """List the files meant: those given, and the tables in each folder given, by name.

    Raises BadInput for a path that does not exist or is no table, and for a folder without any:
    what is asked for by name is there, or nothing is done.
    """
    found: list[Path] = []
    for path in paths:
        try:
            found += _tables_in(path) if path.is_dir() else [_table(path)]
        except OSError as error:
            raise BadInput(f"读不了“{cut(str(path), 120)}”：{reason(error)}。") from None
    return list(dict.fromkeys(found))


def _tables_in(folder: Path) -> list[Path]:
    found = sorted(filter(_is_table, folder.iterdir()))
    if not found:
        raise BadInput(f"文件夹“{folder}”里没有表格；请指定收到的文件，或放有这些文件的文件夹。")
    return found


def _table(path: Path) -> Path:
    """Give back a file that can be a table; one whose name marks it as secret is not opened."""
    if not path.is_file() or not is_marked_name(path):
        sniff(path)
    return path


def _is_table(path: Path) -> bool:
    # Office programs leave a lock file beside an open one: ~$name, .~lock.name.
    hidden = path.name.startswith((".", "~$"))
    return not hidden and path.suffix.casefold() in ENDINGS and path.is_file()


def read_files(paths: Sequence[Path]) -> Iterator[File]:
    """Read files in their order; one that can't be read says so in its `problem`."""
    free: SimpleQueue[Parser] = SimpleQueue()

    def read(path: Path) -> File:
        parser = free.get()
        try:
            return _read(path, parser)
        finally:
            free.put(parser)

    with ExitStack() as parsers, ThreadPoolExecutor(_AT_ONCE) as pool:
        for _ in range(_AT_ONCE):
            free.put(parsers.enter_context(Parser()))
        waiting = [pool.submit(read, path) for path in paths]
        try:
            for one in waiting:
                yield one.result()
        finally:
            for one in waiting:
                one.cancel()


def _read(path: Path, parser: Parser) -> File:
    file = File(cut(clean_line(path.name), 120))
    try:
        refuse_marked_name(path)
        if sniff(path) is Kind.TEXT:
            _read_text(path, file)
        else:
            _read_workbook(path, file, parser)
    except (BadInput, Refused) as error:
        file.problem, file.rows = error.message, []
    except OSError as error:
        file.problem = f"读取“{file.name}”失败：{reason(error)}。"
    except SuperviseError as error:
        file.problem = error.message
    if file.problem is None and not file.rows and file.key is None:
        file.problem = f"“{file.name}”里没有问题表：没有找到“{CODE}”和可填的栏目。"
    return file


def _read_text(path: Path, file: File) -> None:
    with read_table(path, plausible=_plausible) as table:
        header = _header(table.head)
        refuse_marked_head(path, table.head, header)
        if header is not None:
            _take(file, header, table.chunks())


def _read_workbook(path: Path, file: File, parser: Parser) -> None:
    book = Workbook(path, parser)
    try:
        refuse_marked_titles(path, [name for name, _ in book.sheets], "工作表名")
        # The key first: asking for a page's rows means asking for its head just before.
        for index in sorted(range(len(book.sheets)), key=lambda at: book.sheets[at][1]):
            head, _ = book.head(index)
            if not book.sheets[index][1]:
                file.key = file.key or key_of(head)
                continue
            header = _header(head)
            refuse_marked_head(path, head, header)
            if header is not None:
                _take(file, header, book.stream())
            elif file.key is None:
                file.key = key_of(head)
    finally:
        book.close()


def _plain(heading: str) -> str:
    return re.sub(r"[\s*＊:：（）()]", "", heading)


_KNOWN = {_plain(heading): heading for heading in HEADINGS}


_KNOWN_BESIDE = {
    kind: {_plain(heading): heading for heading in page.headings} for kind, page in PAGES.items()
}
_ANY = frozenset(_KNOWN).union(*_KNOWN_BESIDE.values())


def _known(text: str) -> bool:
    return _plain(text) in _ANY


def _kind(header: Header) -> str:
    """Tell by its columns which page came back."""
    for kind, page in PAGES.items():
        known = _KNOWN_BESIDE[kind]
        if page.known_by({known.get(_plain(text), "") for text in header.headings}):
            return kind
    return ISSUE


def _plausible(head: list[HeadRow]) -> bool:
    return _header(head) is not None


def _header(head: Sequence[HeadRow]) -> Header | None:
    """Find the headings: what a row is known by, and at least one column that a unit fills in."""
    header = find_header(head, known=_known)
    if header is None:
        return None
    kind = _kind(header)
    known = _KNOWN if kind == ISSUE else _KNOWN_BESIDE[kind]
    names = {known.get(_plain(text)) for text in header.headings}
    if kind != ISSUE:
        return header if names & set(PAGES[kind].open) else None
    return header if CODE in names and names & set(OPEN) else None


def _take(file: File, header: Header, chunks: Iterable[Chunk]) -> None:
    kind = _kind(header)
    known = _KNOWN if kind == ISSUE else _KNOWN_BESIDE[kind]
    columns: dict[str, int] = {}
    for at, text in enumerate(header.headings):
        name = known.get(_plain(text))
        if name is not None:
            columns.setdefault(name, at)
    _tell_columns(file, header, known, OPEN if kind == ISSUE else PAGES[kind].open)
    for chunk in chunks:
        if kind == ISSUE:
            file.rows += issue_rows(file.name, header.number, chunk, columns)
        else:
            file.rows += beside_rows(file.name, header.number, chunk, columns, PAGES[kind])


def _tell_columns(
    file: File, header: Header, known: Mapping[str, str], open_: Sequence[str]
) -> None:
    extra = [text for text in header.headings if text and _plain(text) not in known]
    if extra:
        file.told.append(f"“{file.name}”多出的栏目没有采用：{'、'.join(extra[:8])}。")
    names = [known.get(_plain(text)) for text in header.headings]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        file.told.append(f"“{file.name}”有两列同名，只采用了左边的：{'、'.join(twice)}。")
    lacking = [name for name in open_ if name not in names]
    if lacking:
        file.told.append(f"“{file.name}”缺少栏目：{'、'.join(lacking)}。")
