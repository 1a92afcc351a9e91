"""Sheets that came back, read: whatever they are called, however they were sorted or saved."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

from supervise.domain.sheet_pages import ISSUE, PAGES, TASK_TITLE, TERM, Page
from supervise.domain.sheets import (
    CODE,
    CONTACT,
    DATES,
    EXTEND,
    HEADINGS,
    LOCKED,
    MEASURES,
    OPEN,
    PROGRESS,
    REASON,
    SUBMITTED,
    TITLE,
    Answer,
    iso,
)
from supervise.errors import BadInput, Refused, SuperviseError
from supervise.services.sheets.keys import Key, key_of
from supervise.services.tables.cells import Cell, Chunk, cell_text
from supervise.services.tables.convert import FORMULA_ERRORS, MAX_LONG, to_date
from supervise.services.tables.headings import Header, find_header, refuse_marked_head
from supervise.services.tables.marking import refuse_marked_name, refuse_marked_titles
from supervise.services.tables.reader import HeadRow, read_table
from supervise.services.tables.sniff import Kind, sniff
from supervise.services.tables.workbook import Parser, Workbook
from supervise.text import clean_line, cut

T = TypeVar("T")
ENDINGS = (".xlsx", ".xlsm", ".xls", ".et", ".ods", ".csv")
_WHOLE = re.compile(r"([0-9]+)\.0+")
# One thread that goes ahead: the parser serves one file at a time.
_AHEAD = 1
_LONGEST_CODE = 100
_OPEN = frozenset(OPEN)
_NOTHING = Answer()


@dataclass(frozen=True, slots=True)
class Given:
    """One row as it came in: `number` as a person sees it, the locked cells that are there.

    `kind` says of which page; of a report `term` is the period it is owed for. The text of a page
    beside 问题 stands as the answer's `progress`, its day as `submitted_on`.
    """

    file: str
    number: int
    code: str
    locked: Mapping[str, str]
    answer: Answer
    kind: str = ISSUE
    term: str = ""

    @property
    def title(self) -> str:
        """What the row says it is about."""
        return self.locked.get(TITLE) or self.locked.get(TASK_TITLE) or self.code


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

    Raises BadInput where there is none.
    """
    found: list[Path] = []
    for path in paths:
        try:
            found += sorted(filter(_is_table, path.iterdir())) if path.is_dir() else [path]
        except OSError as error:
            raise BadInput(f"读不了文件夹“{path}”：{error.strerror}。") from None
    if not found:
        raise BadInput("没有找到表格；请指定收到的文件，或放有这些文件的文件夹。")
    return list(dict.fromkeys(found))


def _is_table(path: Path) -> bool:
    # Office programs leave a lock file beside an open one: ~$name, .~lock.name.
    hidden = path.name.startswith((".", "~$"))
    return not hidden and path.suffix.casefold() in ENDINGS and path.is_file()


def read_files(paths: Sequence[Path]) -> Iterator[File]:
    """Read files in their order; one that can't be read says so in its `problem`."""
    with Parser() as parser, ThreadPoolExecutor(_AHEAD) as pool:
        waiting = [pool.submit(_read, path, parser) for path in paths]
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
        file.problem = f"读取“{file.name}”失败：{error.strerror}。"
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
        for number, cells in chunk.rows():
            if number > header.number:
                if kind == ISSUE:
                    given = _given(file.name, number, cells, columns)
                else:
                    given = _given_beside(file.name, number, cells, columns, PAGES[kind])
                if given is not None:
                    file.rows.append(given)


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


def _given(
    name: str, number: int, cells: Sequence[Cell], columns: Mapping[str, int]
) -> Given | None:
    """Read one row; None for one that says nothing."""
    values = {heading: cells[at] for heading, at in columns.items() if at < len(cells)}
    filled = {heading: cell for heading, cell in values.items() if cell not in (None, "")}
    code = cut(clean_line(cell_text(filled.get(CODE))), _LONGEST_CODE)
    whole = _WHOLE.fullmatch(code)
    answer = _answer(filled)
    if not filled or (not code and answer.empty):
        return None
    locked = {heading: _locked(heading, values[heading]) for heading in LOCKED if heading in values}
    return Given(name, number, whole[1] if whole else code, locked, answer)


def _given_beside(
    name: str, number: int, cells: Sequence[Cell], columns: Mapping[str, int], page: Page
) -> Given | None:
    """Read one row of a page beside 问题; None for one that says nothing."""
    values = {heading: cells[at] for heading, at in columns.items() if at < len(cells)}
    filled = {heading: cell for heading, cell in values.items() if cell not in (None, "")}
    dates = page.dates
    locked = {
        heading: _locked(heading, values[heading], dates)
        for heading in page.locked
        if heading in values
    }
    wrong: dict[str, tuple[str, str]] = {}
    text, why = _text(filled.get(page.text))
    day, no_day = _date(filled.get(page.day))
    for heading, fault in ((page.text, why), (page.day, no_day)):
        if fault:
            shown = cut(clean_line(cell_text(filled[heading])), 200)
            wrong[heading] = (shown, f"“{heading}”{fault}。")
    answer = Answer(progress=text, submitted_on=day, wrong=wrong)
    code = cut(clean_line(locked.get(page.locked[0], "")), _LONGEST_CODE)
    whole = _WHOLE.fullmatch(code)
    if not filled or (not code and answer.empty):
        return None
    term = cut(clean_line(locked.get(TERM, "")), _LONGEST_CODE)
    return Given(name, number, whole[1] if whole else code, locked, answer, page.kind, term)


def _locked(heading: str, cell: Cell, dates: Collection[str] = DATES) -> str:
    if type(cell) is date:
        return cell.isoformat()
    if heading in dates:
        day, _ = _date(cell)
        if day is not None:
            return iso(day)
    return cell_text(cell)


def _answer(filled: Mapping[str, Cell]) -> Answer:
    if _OPEN.isdisjoint(filled):
        return _NOTHING
    wrong: dict[str, tuple[str, str]] = {}

    def take(value: T, why: str, heading: str) -> T:
        if why:
            shown = cut(clean_line(cell_text(filled[heading])), 200)
            wrong[heading] = (shown, f"“{heading}”{why}。")
        return value

    def text(heading: str) -> str:
        return take(*_text(filled.get(heading)), heading)

    def day(heading: str) -> date | None:
        return take(*_date(filled.get(heading)), heading)

    return Answer(
        text(PROGRESS),
        text(MEASURES),
        day(SUBMITTED),
        day(EXTEND),
        text(REASON),
        text(CONTACT),
        wrong,
    )


def _text(cell: Cell) -> tuple[str, str]:
    """Give a cell as text, or say why it can't be taken."""
    text = cell_text(cell)
    if text in FORMULA_ERRORS:
        return "", f"是公式错误 {text}"
    if len(text) > MAX_LONG:
        return "", f"超过 {MAX_LONG:,} 字"
    return text, ""


def _date(cell: Cell) -> tuple[date | None, str]:
    """Give a cell as a date, or say why it is none."""
    if cell is None:
        return None, ""
    try:
        return to_date(cell), ""
    except ValueError as error:
        return None, f"不是能用的日期：{error}"
