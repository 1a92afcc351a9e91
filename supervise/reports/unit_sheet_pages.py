"""The pages 任务 and 报送 of a unit's workbook: what is so is locked, what is answered is open."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from supervise.domain.sheet_pages import DUTY, PAGES, Item, Page
from supervise.services.sheets.send import UnitSheet

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

_EPOCH = date(1899, 12, 30).toordinal()
_MOST_CHARS = 32_000
_HEIGHT = 45
_MAY = {"format_columns": True, "format_rows": True, "autofilter": True, "sort": True}


def write_page(book: Workbook, kind: str, sheet: UnitSheet, title: str) -> None:
    """Write one page of a unit's workbook; none where the unit has nothing of its kind."""
    items = [item for item in sheet.items if item.kind == kind]
    if not items:
        return
    page = PAGES[kind]
    out = book.add_worksheet(page.title)
    for at, width in enumerate(page.widths):
        out.set_column(at, at, width)
    out.freeze_panes(1, 2)
    out.set_landscape()
    out.set_paper(9)
    out.fit_to_pages(1, 0)
    out.repeat_rows(0)
    out.set_header(f"&C{title}（{page.title}）".replace("&", "&&").replace("&&C", "&C", 1))
    out.set_footer(f"&L截至 {sheet.sent_on}  台账校验码 {sheet.head}&R第 &P 页，共 &N 页")
    _write_rows(book, out, page, items)
    _check_dates(out, page, len(items))
    out.protect("", _MAY)


def _write_rows(book: Workbook, out: Worksheet, page: Page, items: list[Item]) -> None:
    def look(**more: Any) -> Any:  # noqa: ANN401
        return book.add_format({"border": 1, "valign": "top", "text_wrap": True, **more})

    grey = {"bg_color": "#F2F2F2"}
    locked = look(**grey, num_format="@")
    locked_day = look(**grey, num_format="yyyy-mm-dd", align="center")
    text = look(locked=False, num_format="@")
    day = look(locked=False, num_format="yyyy-mm-dd", align="center")
    head = {"bold": True, "align": "center"}
    heads = look(**head, bg_color="#D9D9D9"), look(**head, bg_color="#DDEBF7")
    out.set_row(0, 30)
    for column, heading in enumerate(page.headings):
        out.write_string(0, column, heading, heads[heading in page.open])
    for at, item in enumerate(items, 1):
        out.set_row(at, _HEIGHT)
        for column, (heading, cell) in enumerate(zip(page.locked, item.cells, strict=True)):
            if cell and heading in page.dates:
                number = date.fromisoformat(cell).toordinal() - _EPOCH
                out.write_number(at, column, number, locked_day)
            else:
                out.write_string(at, column, cell[:_MOST_CHARS], locked)
        for column, heading in enumerate(page.open, len(page.locked)):
            looks = (text, day) if item.answered else (locked, locked_day)
            out.write_blank(at, column, None, looks[heading in page.dates])


def _check_dates(out: Worksheet, page: Page, rows: int) -> None:
    """Check the day as it is typed: a real one, not after today."""
    at = page.headings.index(page.day)
    asked = "报出材料的日期" if page.kind == DUTY else "下一节点（没有节点的，任务）完成的日期"
    out.data_validation(
        1,
        at,
        rows,
        at,
        {
            "validate": "date",
            "criteria": "between",
            "minimum": date(2000, 1, 1),
            "maximum": "=TODAY()",
            "input_title": page.day,
            "input_message": f"{asked}，如 2024-12-20。",
            "error_title": "日期不对",
            "error_message": "应为真实日期，不晚于今天。",
        },
    )
