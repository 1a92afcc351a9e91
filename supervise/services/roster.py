"""Units by the file: a table of units with codes, kinds, heads and order becomes the roster."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from db import units as store
from supervise.errors import RowError, SuperviseError
from supervise.services.arguments import FieldError, typed
from supervise.services.file_runs import Progress, bad_rows, refused_rows, silent
from supervise.services.registry import OPERATIONS
from supervise.services.session import Session
from supervise.services.tables.batch import Row, read_named
from supervise.services.work import Record, Work, step, tentative, working

HEADINGS = {
    "单位": "unit",
    "单位名称": "unit",
    "名称": "unit",
    "单位编号": "unit_id",
    "单位代码": "unit_id",
    "代码": "unit_id",
    "统一社会信用代码": "unit_id",
    "类别": "kind",
    "单位类别": "kind",
    "主要负责人": "head",
    "负责人": "head",
    "所属县市区": "parent",
    "所属": "parent",
    "上级单位": "parent",
    "简称": "short",
    "机构序列": "order",
    "次序": "order",
    "序号": "order",
}


def run(
    session: Session,
    path: Path,
    sheet: str | None = None,
    *,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Record:
    """Register every unit of a table that is not there yet; all rows or none.

    A unit already registered under the same code, or without codes under the same name, is left
    alone. Raises BadInput with every bad row; with `dry_run` they stand in the record.
    """
    found = read_named(path, HEADINGS, needed=("unit",), sheet=sheet)
    # A county may stand below its departments.
    rows = sorted(found.rows, key=lambda row: bool(row[1].get("parent")))
    errors = list(found.errors)
    added = 0
    with working(session, keep=not dry_run) as work:
        for number, row in enumerate(rows, 1):
            added += _one(work, row, errors)
            progress("写入", number, len(found.rows))
        if errors and not dry_run:
            raise bad_rows(path, errors, "导入")
    bad = {error.row for error in errors}
    read = {number for number, _ in found.rows}
    return {
        "rows": len(read | bad),
        "added": added,
        "updated": 0,
        "unchanged": len(read - bad) - added,
        "refused": refused_rows(errors),
    }


def _one(work: Work, row: Row, errors: list[RowError]) -> bool:
    """Register one row's unit; False when it is there already or wrong."""
    number, values = row
    try:
        arguments = typed(OPERATIONS["unit.add"], values)
        if _known(work, arguments):
            return False
        with tentative(work):
            step(work, "unit.add", arguments)
    except FieldError as error:
        errors.append(RowError(number, error.column, error.message))
    except SuperviseError as error:
        errors.append(RowError(number, None, error.message))
    else:
        return True
    return False


def _known(work: Work, values: dict[str, Any]) -> bool:
    code = values.get("unit_id")
    if code:
        found = store.by_code(work.conn, code)
        return found is not None and any(
            unit.id == found.id for unit in store.by_name(work.conn, values["unit"])
        )
    return any(unit.code is None for unit in store.by_name(work.conn, values["unit"]))
