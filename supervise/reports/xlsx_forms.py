"""Ruled forms as sheets of a workbook: boxes as merged cells with borders, ready to be printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from supervise.reports.document import Form
from supervise.reports.grids import GridCell, GridRow, form_rows
from supervise.reports.layout import one_line

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

# The width of A4 between its margins, in a spreadsheet's characters, and a line's height.
_WIDTH = 80
_LINE = 20
_MOST_HEIGHT = 400
_MOST_CHARS = 32_000


def write_form(book: Workbook, form: Form, name: str) -> None:
    """Write a form as a sheet of its own, one page wide."""
    sheet = book.add_worksheet(name)
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    total = sum(form.widths) or 1
    for at, width in enumerate(form.widths):
        sheet.set_column(at, at, _WIDTH * width / total)
    top = 0
    if form.caption and form.widths:
        look = book.add_format({"bold": True, "align": "center"})
        _put(sheet, (0, 0, 1, len(form.widths)), one_line(form.caption), look)
        top = 1
    covered: dict[int, int] = {}
    for at, row in enumerate(form_rows(form), top):
        sheet.set_row(at, min(row.lines * _LINE + 6, _MOST_HEIGHT))
        _write_row(book, sheet, at, row, len(form.widths), covered)


def _write_row(
    book: Workbook, sheet: Worksheet, at: int, row: GridRow, columns: int, covered: dict[int, int]
) -> None:
    """Write a row's boxes; places that a box of the row above covers are left to it."""
    waiting = list(row.cells)
    column = 0
    while column < columns:
        if column in covered:
            column += covered.pop(column)
        elif waiting:
            cell = waiting.pop(0)
            look = book.add_format(_look(cell))
            _put(sheet, (at, column, cell.rows, cell.columns), cell.text, look)
            if cell.rows > 1:
                covered[column] = cell.columns
            column += cell.columns
        else:
            break


def _look(cell: GridCell) -> dict[str, Any]:
    level = "bottom" if cell.align == "right" else "vcenter" if cell.middle else "top"
    return {
        "text_wrap": True,
        "bold": cell.label,
        "align": cell.align,
        "valign": level,
        "left": 1,
        "right": 1,
        "top": int(cell.top),
        "bottom": int(cell.bottom),
    }


def _put(sheet: Worksheet, place: tuple[int, int, int, int], text: str, look: Any) -> None:
    """Write a text at row and column, over so many rows and columns; never as a formula."""
    row, column, rows, columns = place
    if rows > 1 or columns > 1:
        sheet.merge_range(row, column, row + rows - 1, column + columns - 1, "", look)
    sheet.write_string(row, column, text[:_MOST_CHARS], look)
