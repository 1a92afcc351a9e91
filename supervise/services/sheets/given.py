"""The rows of a sheet that came in: what stands in the locked columns, what the unit wrote."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple, TypeVar

from supervise.domain.sheet_pages import ISSUE, TASK_TITLE, TERM, Page
from supervise.domain.sheets import (
    CODE,
    CONTACT,
    DATES,
    EXTEND,
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
from supervise.services.tables.cells import Cell, Chunk, cell_text
from supervise.services.tables.convert import FORMULA_ERRORS, MAX_LONG, to_date
from supervise.text import clean_line, cut

T = TypeVar("T")
_WHOLE = re.compile(r"([0-9]+)\.0+")
# A code that stays as it is: short, with nothing in it to tidy.
_TIDY = re.compile(r"[\w-]{1,50}")
_LONGEST_CODE = 100
_LONGEST_SHOWN = 200
_NOTHING = Answer()


class Given(NamedTuple):
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


def issue_rows(name: str, after: int, chunk: Chunk, columns: Mapping[str, int]) -> Iterator[Given]:
    """Read the rows of issues that stand below a row's number, but those that say nothing.

    Column by column, as the chunk has them: a sheet has thousands of rows, most untouched.
    """
    found = {
        heading: chunk.columns[at] for heading, at in columns.items() if at < len(chunk.columns)
    }
    written = [heading for heading in OPEN if heading in found]
    if CODE not in found or not written:
        return
    locked = {
        heading: _locked_column(heading, found[heading]) for heading in LOCKED if heading in found
    }
    rows = zip(
        chunk.numbers,
        map(_code, locked[CODE]),
        zip(*locked.values(), strict=True),
        zip(*(found[heading] for heading in written), strict=True),
        strict=True,
    )
    for number, code, texts, cells in rows:
        blank = cells.count("") + cells.count(None) == len(cells)
        answer = _NOTHING if blank else _answer(dict(zip(written, cells, strict=True)))
        if number > after and (code or not answer.empty):
            yield Given(name, number, code, dict(zip(locked, texts, strict=True)), answer)


def beside_rows(
    name: str, after: int, chunk: Chunk, columns: Mapping[str, int], page: Page
) -> Iterator[Given]:
    """Read the rows of a page beside 问题 below a row's number, but those that say nothing."""
    for number, cells in chunk.rows():
        given = _beside(name, number, cells, columns, page) if number > after else None
        if given is not None:
            yield given


def _beside(
    name: str, number: int, cells: Sequence[Cell], columns: Mapping[str, int], page: Page
) -> Given | None:
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
            wrong[heading] = _fault(heading, filled[heading], fault)
    answer = Answer(progress=text, submitted_on=day, wrong=wrong)
    code = _code(locked.get(page.locked[0]))
    if not filled or (not code and answer.empty):
        return None
    term = cut(clean_line(locked.get(TERM, "")), _LONGEST_CODE)
    return Given(name, number, code, locked, answer, page.kind, term)


def _code(cell: Cell) -> str:
    """Give a cell as a code; one that a spreadsheet took for a number is a number's digits."""
    text = cell_text(cell)
    if _TIDY.fullmatch(text):
        return text
    text = cut(clean_line(text), _LONGEST_CODE)
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def _locked_column(heading: str, cells: Sequence[Cell]) -> list[str]:
    if heading in DATES:
        return [_locked(heading, cell) for cell in cells]
    return list(map(cell_text, cells))


def _locked(heading: str, cell: Cell, dates: Collection[str] = DATES) -> str:
    if type(cell) is date:
        return cell.isoformat()
    if heading in dates:
        day, _ = _date(cell)
        if day is not None:
            return iso(day)
    return cell_text(cell)


def _answer(cells: Mapping[str, Cell]) -> Answer:
    """Read what a unit wrote into the open columns of a row."""
    filled = {heading: cell for heading, cell in cells.items() if cell not in (None, "")}
    wrong: dict[str, tuple[str, str]] = {}

    def take(value: T, why: str, heading: str) -> T:
        if why:
            wrong[heading] = _fault(heading, filled[heading], why)
        return value

    def text(heading: str) -> str:
        return take(*_text(filled[heading]), heading) if heading in filled else ""

    def day(heading: str) -> date | None:
        return take(*_date(filled[heading]), heading) if heading in filled else None

    return Answer(
        text(PROGRESS),
        text(MEASURES),
        day(SUBMITTED),
        day(EXTEND),
        text(REASON),
        text(CONTACT),
        wrong,
    )


def _fault(heading: str, cell: Cell, why: str) -> tuple[str, str]:
    """Give what stands in a cell that can't be taken, and the sentence that says so."""
    return cut(clean_line(cell_text(cell)), _LONGEST_SHOWN), f"“{heading}”{why}。"


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
