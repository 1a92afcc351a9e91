"""Files coming in and going out: import, batch, exports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supervise.cli import diagnostics, output
from supervise.cli.answer import Record, show_record
from supervise.cli.front import Front
from supervise.cli.labels import label
from supervise.cli.views import table
from supervise.errors import UsageError

if TYPE_CHECKING:
    from supervise.reports.document import Document

_COUNTED = ("rows", "added", "updated", "unchanged")


def import_(
    front: Front,
    file: Path,
    map: Sequence[str] = (),  # noqa: A002
    dry_run: bool = False,
    **said: Any,  # noqa: ANN401
) -> None:
    """Read issues from a table: all rows or none, unless bad rows are to be skipped."""
    from supervise.services import importing

    options = importing.Options(mapping=_mapping(map), dry_run=dry_run, **said)
    with diagnostics.progress("导入") as progress, front.session(write=True) as session:
        record = importing.run(session, file, options, progress=progress)
    _result(front, record, dry_run)


def _mapping(said: Sequence[str]) -> dict[str, str]:
    """Read `--map FIELD=COLUMN` as a mapping of fields to headings."""
    found = {}
    for item in said:
        field, equals, column = item.partition("=")
        if not (equals and field.strip() and column.strip()):
            raise UsageError(f"--map 应写成 栏目=表头，如 due_on=办结时限；不认识“{item}”。")
        found[field.strip()] = column.strip()
    return found


def batch(front: Front, file: Path, dry_run: bool = False, again: bool = False) -> None:
    """Carry out the operations of a file in one transaction."""
    from supervise.services import batches

    with diagnostics.progress("批量办理") as progress, front.session(write=True) as session:
        record = batches.run(session, file, dry_run=dry_run, again=again, progress=progress)
    sentence = f"共 {record['rows']} 行，办理 {record['applied']} 项。"
    show_record(front, "batch", record, "试运行，没有写入。" if dry_run else sentence)


def _result(front: Front, record: Record, dry_run: bool) -> None:
    if front.json:
        output.document(record)
        return
    diagnostics.warn(*record["warnings"])
    if dry_run:
        output.lines(f"栏目对应：{_columns(record['columns'])}。")
    done = "试运行，没有写入" if dry_run else "已导入"
    counts = "，".join(f"{label(key)} {record[key]}" for key in _COUNTED if key in record)
    refused = record.get("refused") or []
    output.lines(f"{done}：{counts}，未导入 {len({one['row'] for one in refused})}。")
    if refused:
        output.lines("")
        table("refused", refused)


def _columns(taken: Record) -> str:
    """Say which heading feeds which field, in the fields' order."""
    from supervise.services.tables.fields import LABELS

    return "，".join(f"{name}取自“{taken[key]}”" for key, name in LABELS.items() if key in taken)


def deliver(
    front: Front, document: Document, to: str, record: Record, *, force: bool = False
) -> None:
    """Write a document to a file in the format of its ending, or to stdout for “-”."""
    from supervise.reports.document import count_missing
    from supervise.reports.export import export, write_file

    if to == "-":
        print_document(front, document)
        return
    data, missing = export(document, to, dict(record)), count_missing(document)
    path = Path(to).expanduser()
    write_file(path, data, force=force)
    show_record(front, "file", {"file": str(path), "size": len(data)}, f"已导出 {path}。")
    tell_missing(missing)


def print_document(front: Front, document: Document) -> None:
    """Show a document as text on stdout, where no JSON is asked for."""
    from supervise.reports.document import count_missing

    if front.json:
        raise UsageError("“--to -” 显示正文，不能同时用 --json；要 JSON 请写 --to 文件.json。")
    show_document(document)
    tell_missing(count_missing(document))


def show_document(document: Document) -> None:
    """Write a document to stdout: set out for the terminal's width, else as a file has it."""
    import shutil

    from supervise.reports.export import export
    from supervise.reports.terminal import lines

    if output.on_terminal():
        output.lines(*lines(document, shutil.get_terminal_size().columns))
        return
    data = export(document, "-")
    output.raw(data if data.endswith(b"\n") else data + b"\n")


def tell_missing(number: int) -> None:
    """Say how many places of what was exported a person has yet to fill in."""
    if number:
        diagnostics.warn(f"还有 {number} 处待填（【待填:…】），印发前请补齐。")
