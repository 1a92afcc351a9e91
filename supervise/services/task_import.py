"""Tasks by the file: an office's own .toml or table, or the sample that comes with the program.

Every task, step and target is entered by its ordinary operation; all of the file or nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from db import tasks as store
from supervise import packs
from supervise.domain.tasks import Task
from supervise.errors import RowError, SuperviseError
from supervise.services import task_files
from supervise.services.arguments import FieldError, typed
from supervise.services.file_runs import Progress, bad_rows, refused_rows, silent
from supervise.services.registry import OPERATIONS
from supervise.services.session import Session
from supervise.services.task_files import Plan
from supervise.services.work import Record, Work, step, tentative, working

SAMPLE_MARK = "这是征求意见稿样例，不是正式任务：请改成本地的，写上牵头单位后再用。"
SAMPLE = "样例"
_REASON = "按文件更新"


@dataclass(frozen=True, slots=True)
class _Step:
    """One operation that a file asks for."""

    op: str
    values: dict[str, Any]


def run(
    session: Session,
    path: Path | None,
    sheet: str | None = None,
    *,
    update: bool = False,
    dry_run: bool = False,
    progress: Progress = silent,
) -> Record:
    """Enter the tasks of a file; without one, the sample (征求意见稿样例).

    A task that stands as the file says is left alone; one that differs is refused unless
    `update`. Raises BadInput with every bad row; with `dry_run` they stand in the record.
    """
    plans, errors = (
        (task_files.of_text(packs.sample_tasks(), SAMPLE), [])
        if path is None
        else task_files.read(path, sheet)
    )
    with working(session, keep=not dry_run) as work:
        counts = enter(work, plans, errors, sample=path is None, update=update, progress=progress)
        errors.sort(key=lambda one: one.row)
        if errors and not dry_run:
            raise bad_rows(path or Path(SAMPLE), errors, "导入")
    return {"rows": len(plans), **counts, "refused": refused_rows(errors)}


def enter(
    work: Work,
    plans: Sequence[Plan],
    errors: list[RowError],
    *,
    sample: bool = False,
    update: bool = False,
    progress: Progress = silent,
) -> dict[str, int]:
    """Enter planned tasks inside a transaction already held; counts what became of them.

    What is refused is added to `errors`, with the row it stands in.
    """
    counts = {"added": 0, "updated": 0, "unchanged": 0}
    for number, plan in enumerate(plans, 1):
        done = _one(work, plan, sample, update, errors)
        if done:
            counts[done] += 1
        progress("写入", number, len(plans))
    return counts


def _one(work: Work, plan: Plan, sample: bool, update: bool, errors: list[RowError]) -> str | None:
    """Enter one task in a savepoint of its own; gives what became of it."""
    try:
        with tentative(work):
            return _entered(work, plan, sample, update)
    except FieldError as error:
        errors.append(RowError(plan.row, error.column, f"任务 {plan.code}：{error.message}"))
    except SuperviseError as error:
        errors.append(RowError(plan.row, None, f"任务 {plan.code}：{error.message}"))
    return None


def _entered(work: Work, plan: Plan, sample: bool, update: bool) -> str:
    known = store.get(work.conn, plan.code)
    steps = list(_new(plan, sample) if known is None else _changes(work, plan, known))
    if known is not None and steps and not update:
        about = "、".join(dict.fromkeys(_about(one) for one in steps))
        raise SuperviseError(f"台账里的与文件不同（{about}），要按文件更新请用 --update。")
    for one in steps:
        step(work, one.op, one.values)
    if known is None:
        return "added"
    return "updated" if steps else "unchanged"


def _about(one: _Step) -> str:
    named = one.values.get("milestone") or one.values.get("indicator")
    return f"{OPERATIONS[one.op].title}{f'“{named}”' if named else ''}"


def _step(op: str, values: Mapping[str, object]) -> _Step:
    return _Step(op, typed(OPERATIONS[op], values))


def _new(plan: Plan, sample: bool) -> Iterator[_Step]:
    own = _step("task.add", plan.task)
    yield _Step(own.op, {**own.values, "sample": True}) if sample else own
    for values in plan.milestones:
        yield _step("task.milestone", {"task": plan.code, **values})
    for values in plan.targets:
        yield _step("task.target", {"task": plan.code, **values})


def _changes(work: Work, plan: Plan, known: Task) -> Iterator[_Step]:
    """Say what would have to be done for a task to stand as the file says.

    Cells left blank change nothing, and what the file does not mention stays.
    """
    own = _step("task.correct", plan.task)
    if _would_change(work, own):
        yield own
    for values in plan.milestones:
        wanted = _step("task.milestone", {"task": plan.code, **values, "reason": _REASON})
        if _would_change(work, wanted):
            yield wanted
    for values in plan.targets:
        wanted = _step("task.target", {"task": plan.code, **values, "reason": _REASON})
        if _would_change(work, wanted):
            yield wanted


def _would_change(work: Work, wanted: _Step) -> bool:
    """Try a step and undo it: whatever says that nothing changes is left alone."""
    try:
        with tentative(work):
            step(work, wanted.op, wanted.values)
            raise _Tried
    except _Tried:
        return True
    except SuperviseError as error:
        if error.code == "nothing_changed":
            return False
        raise


class _Tried(Exception):  # noqa: N818
    """A step was possible; it is undone."""
