"""A unit's sheet as a workbook: what may be filled in is open, the rest locked, the key hidden."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from supervise.domain import sheets as rules
from supervise.domain.sheet_pages import PAGES, TASK
from supervise.domain.sheets import Row
from supervise.reports.unit_sheet_pages import write_page
from supervise.reports.words import chinese_date, month_text
from supervise.services.sheets.keys import KEY_SHEET, MARK, VERSION
from supervise.services.sheets.send import Dispatch, UnitSheet
from supervise.text import cut

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

# Spreadsheets want a creation date; a fixed one keeps the same sheet the same bytes.
_CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)
_OPTIONS: dict[str, Any] = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    # What every office's Excel and WPS have; another face would break lines elsewhere.
    "default_format_properties": {"font_name": "宋体", "font_size": 10},
}
_EPOCH = date(1899, 12, 30).toordinal()
_MOST_CHARS = 32_000
# In a spreadsheet's characters, by heading.
_WIDTHS = (14, 20, 28, 11, 11, 8, 28, 28, 12, 12, 16, 12)
_TITLE_COLUMNS = 2
_HELP_WIDTH = 104
# A line's height in points; a row has room for some lines of answer, and not for a novel.
_LINE, _FEWEST, _MOST = 15, 3, 20
_REASONS = ("需多部门协调会商", "需上级批准", "需落实资金", "等待司法或仲裁结果", "受不可抗力影响")
MAY = {
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "sort": True,
}
_HELP = (
    "一、白色的栏目由本单位填写，灰色的栏目已锁定，不要改动；不要增删列名，行可以排序。",
    "二、“进展情况”写本月做了什么、到了哪一步；没有进展的写明原因，空表视同未报。",
    "三、整改完成的，填“整改措施”和“报请复核日期”（不晚于当天的真实日期），两项都要填。",
    "四、确需延期的，在办理期限当日或之前填“申请延期至”和“延期理由”，另行答复。",
    "五、当前阶段为复核、反馈的事项列出备查，不用填写。",
    "六、“任务”页（有的才附）填“进展情况”；分工为“配合”的列出备查，不用填写。",
    "七、任务的“完成日期”填下一节点完成的日期，没有节点的填任务完成的日期，由发表单位核实后记录。",
    "八、“报送”页（有的才附）列出到月末应报未报的材料，报出后填“报送日期”，“说明”写方式或文号。",
    "九、编号、期限等有误的，请另行来函说明，本表中改动的不予采用，只作为差异核对。",
    "十、用 WPS 或 Excel 填写后按原格式保存；本表不得填写涉密内容。",
)


def render(sheet: UnitSheet, dispatch: Dispatch, ledger: str) -> bytes:
    """Write a unit's workbook; the same sheet gives the same bytes."""
    from xlsxwriter import Workbook

    out = io.BytesIO()
    with Workbook(out, _OPTIONS) as book:
        book.set_properties({"created": _CREATED, "title": _title(sheet)})
        if sheet.rows:
            _write_issues(book, sheet)
        for kind in PAGES:
            write_page(book, kind, sheet, _title(sheet))
        _write_help(book, sheet, dispatch)
        _write_key(book, sheet, ledger)
    return out.getvalue()


def _write_issues(book: Workbook, sheet: UnitSheet) -> None:
    page = book.add_worksheet("问题")
    _set_page(page, sheet)
    _write_heading(book, page)
    _write_rows(book, page, sheet.rows)
    _set_checks(page, len(sheet.rows))
    page.protect("", MAY)


def _title(sheet: UnitSheet) -> str:
    return f"{cut(sheet.unit.name, _WIDTHS[2])}{month_text(sheet.period)}问题表"


def _set_page(page: Worksheet, sheet: UnitSheet) -> None:
    """Set widths, the frozen heading and how it prints: A4 across, the heading on every page."""
    for at, width in enumerate(_WIDTHS):
        page.set_column(at, at, width)
    page.freeze_panes(1, _TITLE_COLUMNS)
    page.set_landscape()
    page.set_paper(9)
    page.set_margins(0.4, 0.4, 0.6, 0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_header("&C" + _title(sheet).replace("&", "&&"))
    page.set_footer(f"&L截至 {sheet.sent_on}  台账校验码 {sheet.head}&R第 &P 页，共 &N 页")


def _write_heading(book: Workbook, page: Worksheet) -> None:
    look = {"bold": True, "border": 1, "text_wrap": True, "align": "center", "valign": "vcenter"}
    locked = book.add_format({**look, "bg_color": "#D9D9D9"})
    open_ = book.add_format({**look, "bg_color": "#DDEBF7"})
    page.set_row(0, 30)
    for at, heading in enumerate(rules.HEADINGS):
        page.write_string(0, at, heading, locked if heading in rules.LOCKED else open_)


def _looks(book: Workbook, **more: Any) -> tuple[Format, Format]:
    """Give how texts and dates look."""
    common = {"border": 1, "valign": "top", **more}
    text = book.add_format({**common, "text_wrap": True, "num_format": "@"})
    day = book.add_format({**common, "num_format": "yyyy-mm-dd", "align": "center"})
    return text, day


def _write_rows(book: Workbook, page: Worksheet, rows: tuple[Row, ...]) -> None:
    text, day = _looks(book, bg_color="#F2F2F2")
    open_text, open_day = _looks(book, locked=False)
    put, number, blank = page.write_string, page.write_number, page.write_blank
    first_open = len(rules.LOCKED)
    shown = [(at, h in rules.DATES) for at, h in enumerate(rules.OPEN, first_open)]
    for at, row in enumerate(rows, 1):
        page.set_row(at, _height(row))
        put(at, 0, row.code, text)
        put(at, 1, row.title[:_MOST_CHARS], text)
        put(at, 2, row.detail_shown[:_MOST_CHARS], text)
        for column, value in ((3, row.assigned_on), (4, row.due_on)):
            if value is None:
                blank(at, column, None, day)
            else:
                # A date is its day's number: what write_datetime comes to, without its detours.
                number(at, column, value.toordinal() - _EPOCH, day)
        put(at, 5, row.stage.label, text)
        texts, days = (open_text, open_day) if row.writable else (text, day)
        for column, is_date in shown:
            blank(at, column, None, days if is_date else texts)


def _lines(text: str, width: int) -> int:
    """Say how many lines a text takes at most: programs don't all fit rows to what they hold."""
    return sum(len(part) * 2 // width + 1 for part in text.split("\n"))


def _height(row: Row) -> int:
    lines = max(_lines(row.title, _WIDTHS[1]), _lines(row.detail_shown, _WIDTHS[2]), _FEWEST)
    return _LINE * min(lines, _MOST)


def _set_checks(page: Worksheet, rows: int) -> None:
    """Check the dates as they are typed, offer usual reasons; a row's own dates are the bounds."""
    at = rules.HEADINGS.index
    given, due = "D2", "E2"
    page.data_validation(
        1,
        at(rules.SUBMITTED),
        rows,
        at(rules.SUBMITTED),
        {
            "validate": "date",
            "criteria": "between",
            "minimum": f"=${given}",
            "maximum": "=TODAY()",
            "input_title": rules.SUBMITTED,
            "input_message": "整改完成、报请复核的日期，如 2024-12-20；同时填写整改措施。",
            "error_title": "日期不对",
            "error_message": "应为真实日期，不早于交办日期，不晚于今天。",
        },
    )
    page.data_validation(
        1,
        at(rules.EXTEND),
        rows,
        at(rules.EXTEND),
        {
            "validate": "date",
            "criteria": ">",
            "value": f"=${due}",
            "input_title": rules.EXTEND,
            "input_message": "申请的新限期，须晚于办理期限；同时填写延期理由。",
            "error_title": "日期不对",
            "error_message": "应为真实日期，晚于办理期限。",
        },
    )
    page.data_validation(
        1,
        at(rules.REASON),
        rows,
        at(rules.REASON),
        {"validate": "list", "source": list(_REASONS), "show_error": False},
    )


def _also(sheet: UnitSheet) -> str:
    """Say how many tasks and reports stand beside the issues."""
    tasks = [item for item in sheet.items if item.kind == TASK]
    helped = sum(not item.answered for item in tasks)
    duties = len(sheet.items) - len(tasks)
    also = f"（其中配合 {helped} 项）" if helped else ""
    told = f"，任务 {len(tasks)} 项{also}" if tasks else ""
    return told + (f"，应报 {duties} 期" if duties else "")


def _write_help(book: Workbook, sheet: UnitSheet, dispatch: Dispatch) -> None:
    page = book.add_worksheet("填表说明")
    page.set_column(0, 0, _HELP_WIDTH)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    page.write_string(0, 0, _title(sheet), book.add_format({"bold": True, "font_size": 14}))
    contact = f"，联系 {dispatch.contact}" if dispatch.contact else ""
    lines = (
        *(("【演示数据】",) if dispatch.demo else ()),
        f"填报单位：{sheet.unit.name}",
        f"发表单位：{dispatch.office}{contact}",
        f"截至{chinese_date(sheet.sent_on)}，共 {len(sheet.rows)} 件{_also(sheet)}",
        f"台账校验码：{sheet.head}",
        "",
        *_HELP,
    )
    for at, line in enumerate(lines, 1):
        page.set_row(at, _LINE * _lines(line, _HELP_WIDTH))
        page.write_string(at, 0, line, wrapped)
    page.protect()


def _write_key(book: Workbook, sheet: UnitSheet, ledger: str) -> None:
    """Write what the sheet is known by again, where nobody sees it."""
    page = book.add_worksheet(KEY_SHEET)
    head = (
        (MARK, VERSION),
        ("ledger", ledger),
        ("period", sheet.period),
        ("unit", str(sheet.unit.id)),
        ("key", sheet.key),
    )
    for at, pair in enumerate(head):
        for column, text in enumerate(pair):
            page.write_string(at, column, text)
    for at, (row, digest) in enumerate(zip(sheet.rows, sheet.digests, strict=True), len(head)):
        page.write_string(at, 0, row.code)
        page.write_string(at, 1, digest)
    for at, item in enumerate(sheet.items, len(head) + len(sheet.rows)):
        for column, text in enumerate((item.code, item.digest(ledger, sheet.period), item.term)):
            page.write_string(at, column, text)
    page.protect()
    page.very_hidden()
