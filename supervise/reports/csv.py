"""The tables of a document as CSV that office spreadsheets open as they are."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from supervise.reports.document import Cell, Document
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
        yield from ((line,) for part in parts(document) for line in _lines(part))


def _lines(part: Part) -> list[str]:
    if part.fields:
        return [f"{label}：{value}" for label, value in part.fields.items]
    return part.text.split("\n")
