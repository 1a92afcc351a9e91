"""What stands behind a naming for something else than issues: a task's steps, a unit's reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import partial
from typing import Any

from db import events
from db import tasks as task_store
from supervise.domain import task_lights
from supervise.domain.dates import period_start
from supervise.domain.duties import Duty
from supervise.domain.ladder_records import Event, Notice
from supervise.domain.records import CRITERIA
from supervise.domain.tasks import Task
from supervise.services import duty_records, task_events
from supervise.services.duty_debtors import debtors
from supervise.services.naming import Board
from supervise.services.paper_facts.story import title_of
from supervise.services.session import Session

Record = dict[str, Any]


def steps(log: Iterable[Event]) -> list[Record]:
    """Give what the log says of something, event by event."""
    return [
        {
            "seq": event.seq,
            "on": event.on.isoformat(),
            "op": event.op,
            "title": title_of(event.op),
            "by": event.by,
            "recorded_by": event.recorded_by,
            "recorded_at": event.recorded_at,
            "ref": event.ref,
        }
        for event in log
    ]


def others(session: Session, notice: Notice, unit_id: int, reasons: Iterable[str]) -> list[Record]:
    """Tell of the tasks and duties that the sentences of an entry speak of.

    `reasons` are the sentences as printed, which call a task by its number and a duty by its name.
    """
    said = {key: _under(reasons, CRITERIA[key]) for key in ("task", "unreported")}
    return [
        *(
            _task(session, notice, one)
            for one in task_store.every(session.conn)
            if f"任务{one.code}“" in said["task"]
        ),
        *(
            _duty(session, notice, one, unit_id)
            for one in (duty_records.known(session) if said["unreported"] else ())
            if f"“{one.name}”应于" in said["unreported"]
        ),
    ]


def _under(reasons: Iterable[str], criterion: str) -> str:
    return "；".join(one for one in reasons if one.startswith(f"{criterion}："))


def _since(notice: Notice) -> date:
    return period_start(notice.periods[0] if notice.periods else notice.period)


def _task(session: Session, notice: Notice, task: Task) -> Record:
    return {
        "kind": "task",
        "line": f"任务{task.code} {task.title}",
        "dates": list(_due_of(session, notice, task)),
        "events": _told(events.of(session.conn, "task", task.id)),
    }


def _due_of(session: Session, notice: Notice, task: Task) -> Iterator[str]:
    """Say how the steps and targets that fell due in the months covered stand today."""
    first, last = _since(notice), notice.cutoff
    for step in task.milestones:
        if first <= step.due_on <= last:
            how = task_lights.of_milestone(step, session.today, session.calendar).why
            yield f"节点“{step.title}”（{step.due_on}）：{how}"
    for one in task.indicators:
        if one.due_on is not None and first <= one.due_on <= last:
            how = task_lights.of_indicator(one, session.today, session.calendar).why
            yield f"目标“{one.name}{one.aim_words}”（{one.due_on}）：{how}"


def _duty(session: Session, notice: Notice, duty: Duty, unit_id: int) -> Record:
    board = Board(session)
    heir = partial(board.taken_over, by=notice.cutoff)
    mine = [
        one
        for one in duty_records.board(session, [duty], notice.cutoff, heir)
        if board.accountable(one.unit.id).id == unit_id
        and _since(notice) <= one.round.due_on <= notice.cutoff
    ]
    keys, debtor_ids = {one.round.key for one in mine}, {one.unit.id for one in mine}
    records = {
        key
        for one in debtors(session, duty, heir)
        if one.unit.id in debtor_ids
        for share in (*one.shares, *(share for _, share in one.earlier))
        for key in share
    }
    log = [*events.of(session.conn, "duty", duty.id)] if not duty.from_pack else []
    log += (
        one
        for key in records
        for one in events.of(session.conn, "report", key)
        if _is_about(one, duty.name, keys)
    )
    return {
        "kind": "duty",
        "line": f"报送“{duty.name}”：{duty.rhythm.words}，{duty.clause}",
        "dates": [_state(duty_records.record_of(one, session.today)) for one in mine],
        "events": _told(sorted(log, key=lambda one: one.seq)),
    }


def _is_about(event: Event, duty: str, periods: set[str]) -> bool:
    payload: Record = event.payload
    return payload["report"]["duty"] == duty and payload["report"]["period"] in periods


def _state(one: Record) -> str:
    """Say how a report stands: 11月应于2024-12-05报送，已报（2024-12-31，迟26天）."""
    day = one["submitted_on"] or one["waived_on"]
    late = f"迟{one['late_days']}天" if one["late_days"] else ""
    more = "，".join(filter(None, (day, late)))
    named = f"{one['label']}应于{one['due_on']}报送，{one['state_name']}"
    return f"{named}（{more}）" if more else named


def _told(log: Iterable[Event]) -> list[Record]:
    """Give events with what each of them wrote."""
    every = list(log)
    return [
        {
            **step,
            "told": "；".join(f"{name} {words}" for name, words in task_events.told(one.payload)),
        }
        for one, step in zip(every, steps(every), strict=True)
    ]
