"""Batch files: many operations, one transaction; all rows or none."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Any

from db import profiles as store
from supervise.errors import Refused, RowError, SuperviseError
from supervise.services.arguments import FieldError, typed
from supervise.services.file_runs import Progress, bad_rows, refused_rows, silent
from supervise.services.registry import OPERATIONS, Operation, field_labels, op_names
from supervise.services.session import Session
from supervise.services.tables.batch import read_batch
from supervise.services.work import AHEAD, Record, Work, step, tentative, working


@cache
def labels() -> dict[str, str]:
    """Map every Chinese field name a batch file may use to its English one.

    A name that two operations use differently means what the first of the registry means by it.
    """
    found = {"责任单位": "unit", "牵头单位": "unit", "事项编号": "issue", "批准人": "approver"}
    for op in OPERATIONS.values():
        if op.batch:
            found = {**field_labels(op), **found}
    return found


def _meant(op: Operation, values: dict[str, Any]) -> dict[str, Any]:
    """Name a row's fields as its operation does: 批准人 may be who did it, or a second person."""
    known = field_labels(op)
    if "approver" in values and "approver" not in known and known.get("批准人") == "by":
        values = {"by": values["approver"], **values}
        del values["approver"]
    return values


def run(
    session: Session,
    path: Path,
    dry_run: bool = False,
    again: bool = False,
    progress: Progress = silent,
    sheet: str | None = None,
) -> Record:
    """Apply a file of operations; a file applied before is refused unless `again`.

    Raises BadInput with every bad row; nothing is changed then. With `dry_run` nothing is changed:
    `applied` counts what would be done, and the bad rows stand in the record.
    """
    found = read_batch(path, op_names(), labels(), sheet)
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    applied = store.batch_applied(session.conn, digest)
    if applied and not again:
        raise Refused(
            f"“{path.name}”的内容已于 {applied[:10]} 执行过；确要再执行一次请用 --again。",
            code="already_applied",
        )
    errors = list(found.errors)
    keep = not dry_run
    with working(session, keep=keep, told=False) as work:
        done = _apply(work, found.rows, errors, progress)
        if errors and keep:
            raise bad_rows(path, errors, "执行")
        work.begin("batch.apply", {})
        row = {"sha256": digest, "name": path.name, "rows": done}
        work.record("batch", 0, row)
    rows = len(found.rows) + len({error.row for error in found.errors})
    return {"rows": rows, "applied": done, "refused": refused_rows(errors)}


def _apply(
    work: Work,
    rows: list[tuple[int, dict[str, Any]]],
    errors: list[RowError],
    progress: Progress,
) -> int:
    done = 0
    for number, (row, values) in enumerate(rows, 1):
        if number % AHEAD == 1:
            named = (one.get("issue") for _, one in rows[number - 1 : number - 1 + AHEAD])
            work.load_ahead(str(code) for code in named if code)
        error = _one(work, row, values)
        if error is None:
            done += 1
        else:
            errors.append(error)
        if number % 100 == 0 or number == len(rows):
            progress("执行", number, len(rows))
    return done


def _one(work: Work, row: int, values: dict[str, Any]) -> RowError | None:
    """Carry out one row inside its own savepoint; gives what is wrong with it."""
    name = str(values.pop("op", ""))
    op = OPERATIONS.get(name)
    if op is None or not op.batch:
        return RowError(row, "操作", f"不认识的操作“{name}”。")
    try:
        with tentative(work):
            step(work, name, typed(op, _meant(op, values)))
    except FieldError as error:
        return RowError(row, error.column, error.message)
    except SuperviseError as error:
        return RowError(row, None, error.message)
    return None
