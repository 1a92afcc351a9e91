"""A long list as one worksheet: rows are written as they come, dates and numbers as such."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import chain, islice
from typing import TYPE_CHECKING, Any

from supervise.errors import Refused
from supervise.reports.exports import Listing, Value
from supervise.text import cells

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

MOST_ROWS = 1_048_000
_MOST_CHARS = 16_000
_MEASURED = 200
_NARROWEST, _WIDEST = 8, 48
_LATE = "#F8D7D2"
# Spreadsheets want a creation date; a fixed one keeps the same list the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_EPOCH = date(1899, 12, 30).toordinal()
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
Writer = Callable[[int, int, Any, "Format | None"], object]


def workbook(listing: Listing, rows: Iterator[tuple[Value, ...]]) -> bytes:
    """Write a list as .xlsx; the same list gives the same bytes.

    The heading is frozen and can be filtered; widths fit the first rows. Raises Refused where a
    sheet can't hold so many rows.
    """
    from xlsxwriter import Workbook

    if listing.total > MOST_ROWS:
        raise Refused(
            f"共 {listing.total:,} 行，超过一张工作表的上限 {MOST_ROWS:,} 行："
            "请先筛选，或改为导出 .csv。",
            code="too_many_rows",
        )
    out = io.BytesIO()
    with Workbook(out, OPTIONS) as book:
        book.set_properties({"created": _CREATED, "title": listing.title})
        sheet = book.add_worksheet(listing.title[:31])
        first = list(islice(rows, _MEASURED))
        _set_widths(sheet, listing, first)
        head = _write_opening(book, sheet, listing)
        last = _write_rows(book, sheet, listing, head, chain(first, rows))
        sheet.autofilter(head, 0, max(last, head + 1), len(listing.columns) - 1)
        sheet.freeze_panes(head + 1, min(2, len(listing.columns) - 1))
        _set_page(sheet, head)
    return out.getvalue()


def _set_page(sheet: Worksheet, head: int) -> None:
    """Make it fit to be printed: A4 across, the heading on every page, lines and page numbers."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)
    sheet.hide_gridlines(0)
    sheet.set_footer("&C第&P页，共&N页")


def _set_widths(sheet: Worksheet, listing: Listing, first: Sequence[Sequence[Value]]) -> None:
    for at, column in enumerate(listing.columns):
        longest = max((_wide(row[at]) for row in first), default=0)
        # Room for the button of the filter beside the heading.
        width = max(longest, cells(column.title) + 2)
        sheet.set_column(at, at, min(max(width, _NARROWEST), _WIDEST) + 2)


def _wide(value: Value) -> int:
    if value is None:
        return 0
    return 10 if isinstance(value, date) else cells(str(value))


def _write_opening(book: Workbook, sheet: Worksheet, listing: Listing) -> int:
    """Write what stands above the list and its heading; give the heading's row."""
    bold = book.add_format({"bold": True, "font_size": 14})
    head = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#E8E6DF", "text_wrap": True, "valign": "vcenter"}
    )
    sheet.write_string(0, 0, listing.title, bold)
    at = 0
    for label, value in listing.opening:
        at += 1
        sheet.write_string(at, 0, f"{label}：{value}")
    at += 1
    for column, given in enumerate(listing.columns):
        sheet.write_string(at, column, given.title, head)
    return at


def _write_rows(
    book: Workbook,
    sheet: Worksheet,
    listing: Listing,
    head: int,
    rows: Iterable[tuple[Value, ...]],
) -> int:
    """Write the records under the heading; give the last row written."""
    kinds = tuple(_cells_of(book, sheet, c.kind, flags=c.flags) for c in listing.columns)
    at = head
    for row in rows:
        at += 1
        for column, value in enumerate(row):
            if value is not None and value != "":
                put, style = kinds[column]
                put(at, column, value, style)
    return at


def _cells_of(
    book: Workbook, sheet: Worksheet, kind: str, *, flags: bool
) -> tuple[Writer, Format | None]:
    """Give how a column's cells are written and what they look like."""
    shade = {"bg_color": _LATE, "bold": True} if flags else {}
    if kind == "date":
        style = book.add_format({"num_format": "yyyy-mm-dd", "align": "center", **shade})
        number = sheet.write_number
        # A date is its day's number: what write_datetime comes to, without its detours.
        return lambda r, c, day, s: number(r, c, day.toordinal() - _EPOCH, s), style
    style = book.add_format(shade) if shade else None
    if kind == "int":
        return sheet.write_number, style
    text = sheet.write_string
    return lambda r, c, value, s: text(r, c, value[:_MOST_CHARS], s), style
