"""The tables of a document as CSV that office spreadsheets open as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from supervise.reports.document import Cell, Document
from supervise.reports.grids import number_text
from supervise.reports.layout import Part, one_line, parts, safe_text, tables
from supervise.text import formula_safe


def render(document: Document) -> bytes:
    """Write a document's tables as UTF-8 with a BOM and \\r\\n line ends.

    First comes what it is, as of when, and the 台账校验码; without a table, the text line by line.
    No text cell can run as a formula.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for row in _rows(document):
        writer.writerow([_guarded(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8")


def opening(document: Document) -> Iterator[tuple[str, ...]]:
    """Give the rows every exported list opens with: title, marks, as of when, 台账校验码."""
    yield (one_line(safe_text(document.title)),)
    if document.number:
        yield ("文号", one_line(safe_text(document.number)))
    if document.marks:
        yield ("标记", safe_text("、".join(document.marks)))
    yield from ((safe_text(label), safe_text(value)) for label, value in document.stamp)


def _guarded(cell: Cell) -> Cell:
    return formula_safe(cell) if isinstance(cell, str) else cell


def _rows(document: Document) -> Iterator[tuple[Cell, ...]]:
    yield from opening(document)
    found = tables(document)
    for table in found:
        yield ()
        if len(found) > 1:
            yield (one_line(table.caption or ""),)
        yield tuple(column.title for column in table.columns)
        yield from table.rows
        if table.note:
            yield (f"注：{one_line(table.note)}",)
    if not found:
        yield ()
        yield from (row for part in parts(document) for row in _part_rows(part))


def _part_rows(part: Part) -> Iterator[tuple[Cell, ...]]:
    """Give a part as rows: a form's and a chart's cells apart, text line by line."""
    if part.fields:
        yield from part.fields.items
    elif part.form:
        for boxes in part.form.rows:
            yield tuple(cell for box in boxes for cell in (box.text, box.foot) if cell)
    elif part.chart:
        yield (part.chart.title, *part.chart.series)
        for label, values in part.chart.rows:
            yield (label, *(number_text(value) if value is None else value for value in values))
    elif part.right:
        yield part.text, part.right
    else:
        yield from ((line,) for line in part.text.split("\n"))
