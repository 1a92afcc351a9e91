"""The city's roster of units, read from a table: all rows or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from db import connection
from db import units as store
from supervise.errors import BadInput, RowError, SuperviseError
from supervise.services import units
from supervise.services.arguments import FieldError, typed
from supervise.services.registry import OPERATIONS
from supervise.services.session import Session
from supervise.services.tables.cells import Cell, cell_text
from supervise.services.tables.reader import HeadRow, read_table
from supervise.services.work import Record, Work, step, working

HEADINGS = {
    "unit": "单位 单位名称 责任单位 名称 部门 部门名称 unit",
    "unit_id": "单位编号 单位代码 代码 统一社会信用代码 unit_id",
    "kind": "类别 单位类别 单位性质 kind",
    "head": "主要负责人 负责人 head",
    "parent": "所属县市区 上级单位 所属地区 parent",
    "short": "简称 单位简称 short",
    "order": "机构序列 排序 次序 order",
}
_FIELDS = {word: name for name, words in HEADINGS.items() for word in words.split()}
Row = tuple[int, dict[str, Any]]


def run(
    session: Session,
    path: Path,
    sheet: str | None = None,
    *,
    dry_run: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Record:
    """Register the units of a table; one already known under the name or code stays as it is.

    A county's departments may stand before their county. Raises BadInput with every bad row,
    unless `dry_run`, which changes nothing and gives the bad rows in the record.
    """
    rows = _read(path, sheet)
    errors: list[RowError] = []
    with working(session) as work:
        with connection.savepoint(work.conn, keep=not dry_run):
            added = _put(work, rows, errors, progress or (lambda done, total: None))
            if errors and not dry_run:
                raise BadInput(
                    f"“{path.name}”有 {len(errors)} 行不能导入，全部未导入。请改正后重试。",
                    code="bad_rows",
                    rows=sorted(errors, key=lambda error: error.row),
                )
        if dry_run:
            work.appender.rewind()
    return {
        "rows": len(rows),
        "added": added,
        "updated": 0,
        "unchanged": len(rows) - added - len(errors),
        "refused": [error.as_json() for error in errors],
    }


def _read(path: Path, sheet: str | None) -> list[Row]:
    """Read the rows below the headings as fields of `unit.add`."""
    with read_table(path, sheet, lambda head: _heading_row(head) is not None) as table:
        top = _heading_row(table.head)
        if top is None:
            raise BadInput(f"“{path.name}”里没有“单位名称”这一列，请补上表头。", code="no_headings")
        number, names = top
        found = []
        for row, cells in table.rows():
            if row > number and (values := _values(names, cells)):
                found.append((row, values))
    return found


def _heading_row(head: Sequence[HeadRow]) -> tuple[int, list[str | None]] | None:
    for number, cells in head:
        names = [_FIELDS.get(cell_text(cell).replace(" ", "")) for cell in cells]
        if "unit" in names:
            return number, names
    return None


def _values(names: Sequence[str | None], cells: Sequence[Cell]) -> dict[str, Any]:
    pairs = zip(names, map(cell_text, cells), strict=False)
    return {name: text for name, text in pairs if name and text}


def _put(
    work: Work, rows: Sequence[Row], errors: list[RowError], progress: Callable[[int, int], None]
) -> int:
    """Add the units, counties before what belongs to them; gives how many were new."""
    added = 0
    for done, (row, values) in enumerate(sorted(rows, key=lambda item: "parent" in item[1]), 1):
        try:
            with connection.savepoint(work.conn):
                added += _one(work, values)
        except SuperviseError as error:
            work.appender.rewind()
            column = error.column if isinstance(error, FieldError) else None
            errors.append(RowError(row, column, error.message))
        progress(done, len(rows))
    return added


def _one(work: Work, values: dict[str, Any]) -> bool:
    """Add one unit; tells whether it was new."""
    code, name = values.get("unit_id"), values.get("unit")
    known = store.by_code(work.conn, code) if code else None
    if known is not None:
        if name:
            units.note_spelling(work, known, name)
        return False
    if name and not code and store.by_name(work.conn, name):
        return False
    step(work, "unit.add", typed(OPERATIONS["unit.add"], values))
    return True
