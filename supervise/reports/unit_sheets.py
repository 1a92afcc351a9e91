"""Sending the sheets: every unit's workbook made, recorded and written, all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from db import meta
from supervise.reports.export import expect_free, make_folder, write_file
from supervise.reports.unit_sheet import render
from supervise.services.file_runs import Progress, silent
from supervise.services.session import Session
from supervise.services.sheets import send as sending
from supervise.services.work import Record


def send(
    session: Session,
    period: str,
    folder: Path,
    units: Sequence[str] = (),
    *,
    force: bool = False,
    said: dict[str, Any] | None = None,
    progress: Progress = silent,
) -> Record:
    """Write a workbook for each unit into a folder and record what was sent.

    `said`: the day, who, the number and a remark (`on by ref note`). Raises Refused where a file
    is there already (unless `force`) or can't be written; nothing is recorded then, and what was
    written is taken away again.
    """
    said = said or {}
    on: date | None = said.get("on")
    dispatch = sending.prepare(session, period, units, on)
    paths = [folder / sheet.file for sheet in dispatch.sheets]
    make_folder(folder)
    for path in paths:
        expect_free(path, force=force)
    ledger = meta.value(session.conn, "ledger") or ""
    made = []
    for number, sheet in enumerate(dispatch.sheets, 1):
        made.append(render(sheet, dispatch, ledger))
        progress("制表", number, len(paths))
    record = sending.record(session, dispatch, partial(_write, paths, made, force), said)
    return {**record, "folder": str(folder)}


def _write(paths: Sequence[Path], made: Sequence[bytes], force: bool) -> None:
    written: list[Path] = []
    try:
        for path, data in zip(paths, made, strict=True):
            write_file(path, data, force=force)
            written.append(path)
    except BaseException:
        if not force:
            for path in written:
                path.unlink(missing_ok=True)
        raise
