"""Turning the columns of a table into draft rows of an import, and saying what is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import repeat
from typing import Any, NamedTuple

from supervise.errors import RowError
from supervise.services.tables.cells import Chunk, column_letter
from supervise.services.tables.convert import Bad, converter_for
from supervise.services.tables.fields import FIELDS, LABELS
from supervise.text import clean_line

MAX_TITLE = 500
CHAIN = ("found_on", "assigned_on", "submitted_on", "closed_on")
_FOOTER = re.compile("(合计|总计|小计|注|备注|说明|填表|制表|填报|审核|联系人|单位负责人)")
_SUM = re.compile(r"[合总小]\s*计[:：]?")

Columns = dict[str, list[Any]]
Fault = tuple[int, str, str]


class DraftRow(NamedTuple):
    """One row of an import as the file has it, checked by itself; a blank cell is None.

    `row` is its number as a person sees it. `found_on` falls back on `assigned_on`, and
    `submitted_on` on `closed_on`.
    """

    row: int
    code: str | None = None
    title: str | None = None
    detail: str | None = None
    source: str | None = None
    source_no: str | None = None
    batch: str | None = None
    category: str | None = None
    urgency: str | None = None
    party: str | None = None
    contact: str | None = None
    disclosure: str | None = None
    handler: str | None = None
    unit: str | None = None
    unit_id: str | None = None
    co_units: tuple[str, ...] | None = None
    found_on: date | None = None
    assigned_on: date | None = None
    due_on: date | None = None
    submitted_on: date | None = None
    closed_on: date | None = None
    reply: str | None = None


class Drafts(NamedTuple):
    """Some rows of a file: the sound ones, and everything wrong with the others."""

    rows: list[DraftRow]
    errors: list[RowError]


class RowConverter:
    """Converts the chunks of one table into draft rows.

    `mapping` says which column feeds which field, `headings` how the columns are called in
    messages, `today` what no date of a thing done may pass, `date_order` how 3/4/2024 reads.
    `skipped` counts the rows left out as no rows at all.
    """

    def __init__(
        self,
        mapping: Mapping[str, int],
        headings: Sequence[str],
        today: date,
        date_order: str = "ymd",
    ) -> None:
        """Prepare one converter a field."""
        self._mapping = dict(mapping)
        self._today = today
        self._converters = {field: converter_for(field, date_order) for field in mapping}
        self._labels = {
            field: headings[index] or column_letter(index) for field, index in mapping.items()
        }
        self._headings = [(field, headings[index]) for field, index in mapping.items()]
        self.skipped = 0

    def convert(self, chunk: Chunk) -> Drafts:
        """Convert some rows; blank ones, footers and repeated headings are left out."""
        columns: Columns = {
            field: self._converters[field].column(chunk.columns[index])
            for field, index in self._mapping.items()
            if index < len(chunk.columns)
        }
        faults = self._faults(columns)
        whole = [columns.get(field) or repeat(None) for field in FIELDS]
        rows = list(map(DraftRow._make, zip(chunk.numbers, *whole, strict=False)))
        sums = _sums(columns)
        if not faults and not sums:
            return Drafts(rows, [])
        idle = sums | {index for index in faults if self._is_idle(rows[index])}
        self.skipped += len(idle)
        errors = [
            RowError(chunk.numbers[index], self._label(field), message)
            for index in sorted(faults.keys() - idle)
            for _, field, message in faults[index]
        ]
        left_out = faults.keys() | sums
        return Drafts([row for i, row in enumerate(rows) if i not in left_out], errors)

    def _label(self, field: str) -> str:
        return self._labels.get(field, LABELS[field])

    def _faults(self, columns: Columns) -> dict[int, list[Fault]]:
        """Say what is wrong in each row: with its cells, or else with what they say together."""
        faults: dict[int, list[Fault]] = {}
        for fault in self._bad_cells(columns):
            faults.setdefault(fault[0], []).append(fault)
        for fault in _blanks(columns):
            if all(fault[1] != known for _, known, _ in faults.get(fault[0], ())):
                faults.setdefault(fault[0], []).append(fault)
        _cut_titles(columns)
        _fill_dates(columns)
        together: dict[int, list[Fault]] = {}
        for fault in (*self._disorder(columns), *self._gaps(columns)):
            together.setdefault(fault[0], []).append(fault)
        return {**together, **faults}

    def _bad_cells(self, columns: Columns) -> Iterator[Fault]:
        """Take out the cells that could not be converted and say why."""
        for field, values in columns.items():
            if self._converters[field].failed:
                for index, value in enumerate(values):
                    if type(value) is Bad:
                        values[index] = None
                        yield index, field, value.message

    def _disorder(self, columns: Columns) -> Iterator[Fault]:
        """Check found ≤ assigned ≤ submitted ≤ closed ≤ today."""
        for field in CHAIN:
            for index, day in enumerate(columns.get(field, ())):
                if day is not None and day > self._today:
                    yield index, self._given(field), f"{day} 晚于今天 {self._today}"
        for before, field in zip(CHAIN, CHAIN[1:], strict=False):
            pairs = zip(columns.get(before, ()), columns.get(field, ()), strict=False)
            for index, (early, late) in enumerate(pairs):
                if early is not None and late is not None and early > late:
                    message = f"{late} 早于{self._label(self._given(before))} {early}"
                    yield index, self._given(field), message

    def _gaps(self, columns: Columns) -> Iterator[Fault]:
        """Check that what was handed in was handed out, and handed out to somebody."""
        blank = [None] * len(next(iter(columns.values()), ()))
        assigned = columns.get("assigned_on", blank)
        done = columns.get("submitted_on", blank)
        field = self._given("submitted_on")
        for index, (day, given) in enumerate(zip(done, assigned, strict=True)):
            if day is not None and given is None:
                yield index, field, f"有{self._label(field)}，但没有交办日期"
        names, own = columns.get("unit", blank), columns.get("unit_id", blank)
        for index, (day, name, code) in enumerate(zip(assigned, names, own, strict=True)):
            if day is not None and name is None and code is None:
                yield index, "unit", "有交办日期，但没有责任单位"

    def _given(self, field: str) -> str:
        """Give the field whose column a date came from: it may stand in for a blank one."""
        stand_in = {"found_on": "assigned_on", "submitted_on": "closed_on"}.get(field, field)
        return field if field in self._mapping else stand_in

    def _is_idle(self, row: DraftRow) -> bool:
        """Tell whether a faulty row is none at all: blank, a sum, a signature, the headings."""
        texts = {value for value in row[1:] if value is not None}
        if not texts:
            return True
        known = [(getattr(row, field), heading) for field, heading in self._headings]
        if sum(1 for value, heading in known if value and value == heading) >= 2:
            return True
        only = texts.pop() if len(texts) == 1 else None
        return isinstance(only, str) and bool(_FOOTER.match(only))


def _sums(columns: Columns) -> set[int]:
    """Find the rows of sums: their figures may stand in any column, their word in a first one."""
    return {
        index
        for field in ("code", "title")
        for index, text in enumerate(columns.get(field) or ())
        if text and _SUM.fullmatch(str(text))
    }


def _blanks(columns: Columns) -> Iterator[Fault]:
    """Say which rows lack a code or a title."""
    for field in ("code", "title"):
        values = columns.get(field, [])
        if None in values:
            for index, value in enumerate(values):
                if value is None:
                    yield index, field, f"缺少{LABELS[field]}"


def _cut_titles(columns: Columns) -> None:
    """Cut titles to their cap and one line, keeping the whole text in a blank detail."""
    titles = columns.get("title", [])
    for index, title in enumerate(titles):
        if title is None or (len(title) <= MAX_TITLE and title.isprintable()):
            continue
        titles[index] = line = clean_line(title)
        if len(line) > MAX_TITLE:
            titles[index] = line[: MAX_TITLE - 1] + "…"
            details = columns.setdefault("detail", [None] * len(titles))
            details[index] = details[index] or title


def _fill_dates(columns: Columns) -> None:
    """Let a blank found_on take assigned_on, and a blank submitted_on take closed_on."""
    for field, fallback in (("found_on", "assigned_on"), ("submitted_on", "closed_on")):
        if fallback in columns:
            late = columns[fallback]
            own = columns.get(field, late)
            columns[field] = [day or other for day, other in zip(own, late, strict=True)]
