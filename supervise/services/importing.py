"""Import: a spreadsheet's rows become issues with the history they imply, one event a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db import imports, transactions
from db import profiles as profile_store
from supervise.domain.records import UNIT_KINDS
from supervise.errors import Refused, RowError
from supervise.services import profiles
from supervise.services.file_runs import Progress, bad_rows, refused_rows, silent
from supervise.services.import_rows import RowWriter
from supervise.services.import_units import UnitFinder
from supervise.services.session import Session
from supervise.services.tables.rows import DraftRow
from supervise.services.tables.source import ImportSource, open_import
from supervise.services.work import Record, Work, working

_SKIP = "，或用 --skip-bad 跳过这些行。"


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is to be imported; see the command's help for each."""

    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    add_units: bool = False
    kind: str = "市直部门"
    update: bool = False
    compute_due: bool = False
    date_order: str = "ymd"
    header_row: int | None = None
    encoding: str | None = None
    skip_bad: bool = False
    dry_run: bool = False


def run(session: Session, path: Path, options: Options, progress: Progress = silent) -> Record:
    """Import a file: all rows or none, unless bad ones are to be skipped.

    The file is read and checked before the transaction begins. `progress` is told the phase, how
    many rows are done and about how many there are. Raises BadInput with every bad row.
    """
    if options.kind not in UNIT_KINDS:
        raise Refused(f"单位类别“{options.kind}”不认识，可填：{'、'.join(UNIT_KINDS)}。")
    saved = profile_store.get(session.conn, options.profile) if options.profile else None
    if options.profile and saved is None and not options.mapping:
        raise Refused(
            f"没有名为“{options.profile}”的导入方案；与 --map 同用即可存下新方案。",
            code="no_profile",
        )
    with open_import(
        path,
        options.sheet,
        options.mapping,
        saved,
        today=session.today,
        date_order=options.date_order,
        header_row=options.header_row,
        encoding=options.encoding,
    ) as source:
        rows, errors = _read(source, progress)
    if errors and not options.skip_bad and not options.dry_run:
        errors += _dry_errors(session, rows, options)
        raise bad_rows(path, errors, "导入", _SKIP)
    result = _write(session, path, rows, errors, options, progress)
    return {**result, "sheet": source.sheet, "columns": source.columns, "warnings": source.warnings}


def _read(source: ImportSource, progress: Progress) -> tuple[list[list[DraftRow]], list[RowError]]:
    rows: list[list[DraftRow]] = []
    errors: list[RowError] = []
    for drafts in source.batches():
        rows.append(drafts.rows)
        errors.extend(drafts.errors)
        progress("读取", source.done, max(source.total, source.done))
    return rows, errors


def _dry_errors(session: Session, rows: list[list[DraftRow]], options: Options) -> list[RowError]:
    """Find what else is wrong with the sound rows, so that every bad row is reported at once."""
    errors: list[RowError] = []
    with working(session) as work, transactions.savepoint(work.conn, keep=False):
        _put(work, rows, errors, options, silent)
    return errors


def _write(
    session: Session,
    path: Path,
    rows: list[list[DraftRow]],
    errors: list[RowError],
    options: Options,
    progress: Progress,
) -> Record:
    keep = not options.dry_run
    with working(session) as work:
        with transactions.savepoint(work.conn, keep=keep):
            counts = _put(work, rows, errors, options, progress)
            if errors and keep and not options.skip_bad:
                raise bad_rows(path, errors, "导入", _SKIP)
            if options.profile and options.mapping:
                profiles.put(work, options.profile, options.mapping)
        if not keep:
            work.appender.rewind()
    bad = len({error.row for error in errors})
    return {"rows": counts.pop("seen") + bad, **counts, "refused": refused_rows(errors)}


def _put(
    work: Work,
    rows: list[list[DraftRow]],
    errors: list[RowError],
    options: Options,
    progress: Progress,
) -> dict[str, Any]:
    """Write the rows chunk by chunk; gives how many were new, changed, the same."""
    work.begin("import", {})
    units = UnitFinder(work, options.add_units, options.kind)
    writer = RowWriter(work, units, imports.any_issue(work.conn), options)
    total = sum(map(len, rows))
    refused = 0
    for number in range(len(rows)):
        chunk, rows[number] = rows[number], rows[number] if options.dry_run else []
        found = writer.write(chunk)
        refused += len({error.row for error in found})
        errors.extend(found)
        progress("写入", min(writer.seen, total), total)
    if writer.without_due:
        work.session.warn(
            f"有 {writer.without_due} 件已交办而没有限期，不会计入超期；"
            "可用 --compute-due 按本办时限推算。"
        )
    return {
        "seen": writer.seen - refused,
        "added": writer.added,
        "updated": writer.updated,
        "unchanged": writer.unchanged,
        "units_added": units.added,
        "aliases_added": units.aliases,
    }
