"""Tasks of the programme: task list, show, import."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from supervise.cli import diagnostics
from supervise.cli.answer import Record, show_list, show_record
from supervise.cli.front import Front
from supervise.errors import UsageError

if TYPE_CHECKING:
    from supervise.services.session import Session


def list_(
    front: Front, light: str | None = None, unit: str | None = None, action: str | None = None
) -> None:
    """List the tasks with their lights."""
    from supervise.services import task_records, units

    with front.session() as session:
        body = units.find(session.conn, unit).id if unit else None
        records = task_records.listing(session, light, body, action)
    empty = "没有符合条件的任务。" if light or unit or action else _NONE
    show_list(front, "task", records, empty=empty)


_NONE = "还没有任务。可用 supervise task import --sample 导入样例，或导入自己的表格。"


def show(front: Front, task: str) -> None:
    """Show one task with its steps, targets and figures."""
    from supervise.services import task_records

    with front.session() as session:
        record: Record = task_records.shown(session, task)
        if not front.json:
            record = with_told(session, record)
    show_record(front, "task", record)


def with_told(session: Session, record: Record) -> Record:
    """Give a task's record for people: its history says what each step wrote."""
    from supervise.services import task_records

    told = task_records.told(session, record["task"])
    return {**record, "events": [{**one, "told": told[one["seq"]]} for one in record["events"]]}


def import_(
    front: Front,
    file: Path | None = None,
    sample: bool = False,
    sheet: str | None = None,
    update: bool = False,
    dry_run: bool = False,
) -> None:
    """Read tasks from a file, or those that come with the program."""
    from supervise.services import task_import

    if sample == (file is not None):
        raise UsageError("请写一个文件（.toml、.xlsx、.csv），或用 --sample 导入自带的样例。")
    with diagnostics.progress("导入任务") as progress, front.session(write=True) as session:
        record = task_import.run(
            session, file, sheet, update=update, dry_run=dry_run, progress=progress
        )
    told = "试运行，没有写入。" if dry_run else "已导入任务。"
    marked = (task_import.SAMPLE_MARK,) if sample else ()
    show_record(front, "import", record, told, *marked)
