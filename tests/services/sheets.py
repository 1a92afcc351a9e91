"""Filling in the sheets a unit was sent, as people and their programs do."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from supervise.reports import unit_sheets
from supervise.services.sheets import collect
from tests.services.office import Office

Record = dict[str, Any]
PERIOD = "2024-12"
NOTHING = {"progress": 0, "submitted": 0, "extensions": 0, "tasks": 0, "duties": 0}


def send(office: Office, folder: Path, period: str = PERIOD, **more: Any) -> Record:
    """Send a month's sheets into a folder."""
    return unit_sheets.send(office.session, period, folder, **more)


def take(office: Office, *paths: Path, **more: Any) -> Record:
    """Collect what lies in some folders or files."""
    return collect.run(office.session, list(paths), **more)


def sheet_of(path: Path) -> Worksheet:
    """Open a workbook's page of issues for reading."""
    return load_workbook(path)["问题"]


def rows_of(path: Path) -> dict[str, dict[str, Any]]:
    """Give a page of issues as records by code."""
    heads, *rows = sheet_of(path).iter_rows(values_only=True)
    return {row[0]: dict(zip(heads, row, strict=True)) for row in rows}


def fill(path: Path, answers: Mapping[str, Mapping[str, object]]) -> Path:
    """Write cells by code and heading into a workbook that was sent."""

    def write(page: Worksheet) -> None:
        heads = {cell.value: cell.column for cell in page[1]}
        for row in page.iter_rows(min_row=2):
            for heading, value in answers.get(str(row[0].value), {}).items():
                page.cell(row[0].row, heads[heading], value)

    return edit(path, write)


def edit(path: Path, change: Callable[[Worksheet], None]) -> Path:
    """Change a page of issues as one likes, and save the workbook over itself."""
    book = load_workbook(path)
    change(book["问题"])
    book.save(path)
    return path


def pasted(target: Path, source: Path, *, title: str = "") -> Path:
    """Copy the rows of a sheet into a workbook of one's own, under a merged title row."""
    book = Workbook()
    page = book.active
    if title:
        page.append([title])
        page.merge_cells(start_row=1, start_column=1, end_row=1, end_column=8)
    for row in sheet_of(source).iter_rows(values_only=True):
        page.append(list(row))
    book.save(target)
    return target


def given(office: Office, unit: str = "市住建局", **fields: Any) -> str:
    """Give out an issue of its own title; gives its code."""
    fields = {"found_on": "2024-12-02", "on": "2024-12-02", **fields}
    title = fields.pop("title", "道路塌陷")
    due = fields.pop("due", "2024-12-27")
    code = office.do("issue.add", title=title, **fields)["code"]
    office.do("issue.assign", issue=code, unit=unit, due_on=due, on=fields["on"])
    return str(code)


def day(text: str) -> date:
    """Read a date."""
    return date.fromisoformat(text)
