"""A document as a workbook: the text on one sheet, each table on its own; text stays text."""

from __future__ import annotations

import io
import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from supervise.errors import Refused
from supervise.reports.csv import opening
from supervise.reports.document import Cell, Column, Document, Table
from supervise.reports.layout import Part, Role, one_line, parts, tables
from supervise.reports.text import chart_table
from supervise.reports.xlsx_forms import write_form
from supervise.text import cells

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_MOST_ROWS = 1_000_000
_MOST_CHARS = 32_767
_WIDEST = 60
_TEXT_SHEET = "正文"
# Spreadsheets want a creation date; a fixed one keeps the same document the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def render(document: Document) -> bytes:
    """Write a document as .xlsx; the same document gives the same bytes.

    Raises Refused where a table has more rows than a sheet holds.
    """
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _CREATED})
        found = tables(document)
        if not found or not all(isinstance(block, Table) for block in document.blocks):
            _write_text(book, document)
        taken = {_TEXT_SHEET, "History"}
        for table in found:
            _write_table(book, document, table, _sheet_name(table.caption or "", taken))
        for part in parts(document):
            if part.chart:
                _write_table(
                    book, document, chart_table(part.chart), _sheet_name(part.chart.title, taken)
                )
            elif part.form:
                write_form(book, part.form, _sheet_name(part.form.caption or document.title, taken))
    return out.getvalue()


def _write_text(book: Workbook, document: Document) -> None:
    sheet = book.add_worksheet(_TEXT_SHEET)
    sheet.set_column(0, 0, 90)
    wrapped = {"text_wrap": True, "valign": "top"}
    body = book.add_format(wrapped)
    bold = book.add_format({**wrapped, "bold": True})
    centred = book.add_format({**wrapped, "bold": True, "align": "center"})
    right = book.add_format({**wrapped, "align": "right"})
    kinds = {
        Role.MARK: bold,
        Role.HEADING: bold,
        Role.HEAD: centred,
        Role.NUMBER: centred,
        Role.TITLE: centred,
        Role.ATTACHMENT_TITLE: centred,
        Role.SIGNATURE: right,
        Role.DATE: right,
    }
    at = 0
    for part in parts(document):
        for line in _text_lines(part):
            _write(sheet, at, 0, line, kinds.get(part.role, body))
            at += 1


def _text_lines(part: Part) -> list[str]:
    if part.table:
        return [f"（{one_line(part.table.caption or '表')}，见所附工作表）"]
    if part.form:
        return [f"（{one_line(part.form.caption or '表格')}，见所附工作表）"]
    if part.chart:
        return [f"（{one_line(part.chart.title)}，见所附工作表）"]
    if part.right:
        return [f"{part.text}　　{part.right}"]
    if part.fields:
        return [f"{label}：{value}" for label, value in part.fields.items]
    return part.text.split("\n")


def _write_table(book: Workbook, document: Document, table: Table, name: str) -> None:
    if len(table.rows) > _MOST_ROWS:
        raise Refused("行数超过一张工作表的上限，请先筛选，或改为导出 .csv。", code="too_many_rows")
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "text_wrap": True, "border": 1, "bg_color": "#EEEEEE"})
    at = 0
    for line in opening(document):
        _write(sheet, at, 0, "：".join(line), bold if at == 0 else None)
        at += 1
    for column, given in enumerate(table.columns):
        _write(sheet, at, column, given.title, head)
    sheet.freeze_panes(at + 1, 0)
    styles = [_style(book, column) for column in table.columns]
    for row in table.rows:
        at += 1
        for column, cell in enumerate(row):
            _write(sheet, at, column, cell, styles[column] if column < len(styles) else None)
    if table.note:
        _write(sheet, at + 1, 0, f"注：{one_line(table.note)}", None)
    for column, width in enumerate(_widths(table)):
        sheet.set_column(column, column, width + 2)


def _style(book: Workbook, column: Column) -> Format:
    align = column.align if column.align in ("right", "center") else "left"
    return book.add_format({"text_wrap": True, "valign": "top", "border": 1, "align": align})


def _widths(table: Table) -> list[int]:
    """Give each column's width in cells: as its longest line, not beyond what a page can show."""
    widths = [max(cells(c.title), c.width or 0) for c in table.columns]
    for row in table.rows:
        for at, cell in enumerate(row[: len(widths)]):
            longest = max(map(cells, str(cell).split("\n")))
            widths[at] = max(widths[at], longest)
    return [min(width, _WIDEST) for width in widths]


def _write(sheet: Worksheet, row: int, column: int, value: Cell, style: Format | None) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, style)
    else:
        kept = _cut(value, _MOST_CHARS)
        sheet.write_string(row, column, kept if kept == value else kept[:-1] + "…", style)


def _cut(value: str, units: int) -> str:
    """Cut text to what a spreadsheet counts as characters: UTF-16 units."""
    if len(value) * 2 <= units:
        return value
    return value.encode("utf-16-le")[: units * 2].decode("utf-16-le", "ignore")


def _sheet_name(caption: str, taken: set[str]) -> str:
    """Make a sheet's name of a caption: 31 characters, none that spreadsheets refuse, unique."""
    base = re.sub(r"[\[\]:*?/\\'\n]", "", caption).strip()
    base = _cut(base, 31) or "表"
    name, n = base, 1
    while name.casefold() in {other.casefold() for other in taken}:
        n += 1
        name = f"{_cut(base, 26)}{n}"
    taken.add(name)
    return name
