"""A file that comes in, tried or carried out: what came of it, every bad row beside its cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from supervise.services.file_runs import Progress
from supervise.services.import_kinds import Kind
from supervise.services.import_preview import Preview, named
from supervise.services.importing import Options
from supervise.services.session import Session
from supervise.services.tables.cells import Cell, cell_text
from supervise.services.tables.fields import LABELS
from supervise.services.tables.headings import plausible_header
from supervise.services.tables.reader import read_table
from supervise.text import clean_line

LONGEST = 300
REFUSED, WARNED = "拒绝", "提示"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing the person should know: row and column as they see them, the cell, the reason.

    `kind` is 拒绝 or 提示; a 提示 about the whole file has no row. `subject` tells which issue or
    unit the row is about.
    """

    kind: str
    row: int | None
    column: str
    value: str
    reason: str
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file would do, or did: counts of rows, and all there is to say about them.

    `events`: the first and the last event written; None when nothing was.
    """

    kind: Kind
    rows: int
    added: int
    updated: int
    unchanged: int
    refused: int
    units_added: int = 0
    aliases_added: int = 0
    problems: tuple[Problem, ...] = ()
    events: tuple[int, int] | None = None

    @property
    def changes(self) -> int:
        """How many rows change something."""
        return self.added + self.updated


def options_for(
    preview: Preview, mapping: Mapping[str, int], chosen: Options, profile: str = ""
) -> Options:
    """Put together what was decided about a file of issues; `profile` is the name to save under."""
    reading = preview.reading
    return replace(
        chosen,
        sheet=preview.sheet,
        mapping=named(preview, mapping),
        profile=profile or None,
        date_order=reading.date_order,
        header_row=reading.header_row,
        encoding=reading.encoding,
    )


def try_out(
    session: Session, preview: Preview, options: Options, tell: Progress, *, again: bool = False
) -> Outcome:
    """Find what a file would do; nothing is written. `again`: a batch applied before may be."""
    record = _run(session, preview, replace(options, dry_run=True), tell, again)
    bad = record.get("refused") or []
    cells = _Cells(preview, record.get("columns") or {}, {int(one["row"]) for one in bad})
    cells.read()
    refused = [_problem(one, cells) for one in bad]
    told = [*(record.get("warnings") or ()), *session.warnings]
    warned = [Problem(WARNED, None, "", "", sentence) for sentence in dict.fromkeys(told)]
    return replace(_outcome(preview.reading.kind, record), problems=(*refused, *warned))


def carry_out(
    session: Session, preview: Preview, options: Options, tell: Progress, *, again: bool = False
) -> Outcome:
    """Import a file: all rows or none, unless bad ones are to be skipped.

    Raises BadInput with every bad row; nothing has changed then, nor when `tell` raises.
    """
    from db import events

    before = events.head(session.conn)[0]
    record = _run(session, preview, replace(options, dry_run=False), tell, again)
    after = events.head(session.conn)[0]
    done = _outcome(preview.reading.kind, record)
    return replace(done, events=(before + 1, after) if after > before else None)


def _run(
    session: Session, preview: Preview, options: Options, tell: Progress, again: bool
) -> dict[str, Any]:
    path, dry = preview.path, options.dry_run
    match preview.reading.kind:
        case Kind.ISSUES:
            from supervise.services import importing

            return importing.run(session, path, options, tell)
        case Kind.UNITS:
            from supervise.services import roster

            return roster.run(session, path, preview.sheet, dry_run=dry, progress=tell)
        case Kind.BATCH:
            from supervise.services import batches

            return batches.run(session, path, dry, again, tell, preview.sheet)


def _outcome(kind: Kind, record: Mapping[str, Any]) -> Outcome:
    return Outcome(
        kind,
        record["rows"],
        record.get("added", record.get("applied", 0)),
        record.get("updated", 0),
        record.get("unchanged", 0),
        len({one["row"] for one in record.get("refused") or ()}),
        record.get("units_added", 0),
        record.get("aliases_added", 0),
    )


def _problem(bad: Mapping[str, Any], cells: _Cells) -> Problem:
    row, column = int(bad["row"]), str(bad["column"] or "")
    value, subject = cells.about(row, column)
    return Problem(REFUSED, row, column, value, str(bad["message"]), subject)


def _names(kind: Kind) -> dict[str, str]:
    """Map the headings and the labels of a roster's or a batch's columns to the fields' names."""
    if kind is Kind.BATCH:
        from supervise.services import batches

        return batches.labels()
    from supervise.services.registry import OPERATIONS, field_labels
    from supervise.services.roster import HEADINGS

    return {**field_labels(OPERATIONS["unit.add"]), **HEADINGS}


class _Cells:
    """The cells of the bad rows, read again from the file: only these are kept.

    `columns` maps fields to the headings they were taken from.
    """

    def __init__(self, preview: Preview, columns: Mapping[str, str], rows: set[int]) -> None:
        self._preview, self._rows = preview, rows
        self._found: dict[int, tuple[Cell, ...]] = {}
        self._places = {column.letter: column.index for column in preview.columns}
        for column in reversed(preview.columns):
            self._places[column.heading] = column.index
        self._places |= {
            LABELS[field]: self._places[heading]
            for field, heading in columns.items()
            if heading in self._places and LABELS[field] not in self._places
        }
        self._title = self._places.get(columns.get("title", ""), -1)

    def read(self) -> None:
        """Go through the file once more, if any row is wanted."""
        preview = self._preview
        if not self._rows or not preview.head:
            return
        plausible = plausible_header if preview.reading.kind is Kind.ISSUES else None
        with read_table(preview.path, preview.sheet, plausible, preview.reading.encoding) as table:
            if preview.reading.kind is not Kind.ISSUES:
                self._learn([cells for _, cells in table.head])
            for number, cells in table.rows():
                if number in self._rows:
                    self._found[number] = tuple(cells)

    def _learn(self, head: Iterable[Sequence[Cell]]) -> None:
        """Take the places of columns from the first row of two texts or more."""
        names = _names(self._preview.reading.kind)
        for cells in head:
            texts = [cell_text(cell) for cell in cells]
            if sum(map(bool, texts)) < 2:
                continue
            self._places = {text: place for place, text in enumerate(texts) if text}
            found = {names[text]: self._places[text] for text in texts if text in names}
            for label in (label for label, name in names.items() if name in found):
                self._places.setdefault(label, found[names[label]])
            return

    def about(self, row: int, column: str) -> tuple[str, str]:
        """Give the text of a row's cell, and what the row is about."""
        cells = self._found.get(row, ())
        texts = [clean_line(cell_text(cell))[:LONGEST] for cell in cells]
        place = self._places.get(column, -1)
        value = texts[place] if 0 <= place < len(texts) else ""
        if 0 <= self._title < len(texts) and texts[self._title]:
            return value, texts[self._title]
        return value, next(filter(None, texts), "")
