"""Issues: issue list, show, evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from db.issue_lists import SORTS, Filter, count
from supervise.cli import output
from supervise.cli.answer import show_list, show_record
from supervise.cli.front import Front
from supervise.domain.records import STAGE_LABELS, Stage
from supervise.errors import UsageError

if TYPE_CHECKING:
    from supervise.services.session import Session

SHOWN = 50


def list_(
    front: Front,
    stage: Sequence[str] = (),
    unit: str | None = None,
    overdue: bool = False,
    due_by: date | None = None,
    as_of: date | None = None,
    search: str | None = None,
    handler: str | None = None,
    sort: str = "code",
    limit: int | None = None,
) -> None:
    """List issues; a person at a terminal is shown the first fifty, and told of how many."""
    from supervise.services import issue_records

    check(sort, limit)
    for_people = output.on_terminal() and not front.json
    most = SHOWN if limit is None and for_people else limit
    chosen = Filter(
        stages=tuple(map(stage_of, stage)),
        overdue=overdue, due_by=due_by, as_of=as_of, search=search, handler=handler,
        sort=sort, limit=most,
    )  # fmt: skip
    with front.session() as session:
        chosen = of_unit(session, chosen, unit)
        records = list(issue_records.listing(session, chosen))
        show_list(front, "issue", records, empty="没有符合条件的事项。")
        if for_people and records:
            total = total_of(session, chosen) if len(records) == most else len(records)
            shown = f"，显示前 {len(records)} 件" if total > len(records) else ""
            output.lines("", f"共 {total} 件{shown}。")


def of_unit(session: Session, chosen: Filter, unit: str | None) -> Filter:
    """Narrow a filter to the unit a person named, if one was."""
    if not unit:
        return chosen
    from supervise.services import units

    return replace(chosen, unit_ids=(units.find(session.conn, unit).id,))


def check(sort: str, limit: int | None) -> None:
    """Refuse an unknown order and a negative number. Raises UsageError."""
    if sort.removeprefix("-") not in SORTS:
        raise UsageError(f"不能按“{sort}”排序，可用：{'、'.join(SORTS)}。", code="bad_field")
    if limit is not None and limit < 0:
        raise UsageError(f"件数（limit）不能是负数：{limit}。", code="bad_field")


def stage_of(name: str) -> Stage:
    """Read a stage by its English or its Chinese name."""
    wanted = name.strip().casefold()
    for stage, chinese in STAGE_LABELS.items():
        if wanted in (stage.value, chinese):
            return stage
    known = "、".join(STAGE_LABELS.values())
    raise UsageError(f"没有阶段“{name}”，可用：{known}。", code="bad_field")


def total_of(session: Session, chosen: Filter) -> int:
    """Count what a filter shows, whatever its limit."""
    if chosen.as_of is None:
        return count(session.conn, chosen, session.today)
    from db.issue_lists import select

    return sum(1 for _ in select(session.conn, replace(chosen, limit=None), session.today))


def show(front: Front, issue: str) -> None:
    """Show one issue with everything that happened to it."""
    from supervise.services import issue_records

    with front.session() as session:
        record = issue_records.shown(session, issue)
    show_record(front, "issue", record)


def evidence(front: Front, issue: str, file: Path, note: str | None = None) -> None:
    """Store a file as evidence of an issue."""
    from supervise.services import evidence as service

    with front.session(write=True) as session:
        record = service.add(session, issue, file, note)
    show_record(front, "issue", record, f"已存入佐证 {file.name}。")
