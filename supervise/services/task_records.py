"""Tasks as JSON records, with their lights as of the business date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from db import events
from db import tasks as store
from db import units as unit_store
from db.codec import iso
from supervise.domain import measures, task_lights
from supervise.domain.records import Unit
from supervise.domain.task_lights import Light
from supervise.domain.tasks import Indicator, Measurement, Milestone, Task
from supervise.errors import NotFound
from supervise.services.session import Session

Record = dict[str, Any]


def stored(task: Task) -> Record:
    """Give a task as the columns its event carries."""
    return {
        "code": task.code,
        "title": task.title,
        "action": task.action,
        "lead": task.lead,
        "joint": list(task.joint),
        "co_units": list(task.co_units),
        "due_on": iso(task.due_on),
        "source": task.source,
        "sample": int(task.sample),
        "done_on": iso(task.done_on),
        "ended_on": iso(task.ended_on),
    }


def stored_milestone(one: Milestone) -> Record:
    """Give a step as the columns its event carries."""
    return {
        "no": one.no,
        "title": one.title,
        "due_on": iso(one.due_on),
        "done_on": iso(one.done_on),
        "strength": one.strength,
    }


def stored_indicator(one: Indicator) -> Record:
    """Give a target as the columns its event carries."""
    return {
        "no": one.no,
        "name": one.name,
        "kind": one.kind,
        "comparator": one.comparator,
        "aim": _text(one.aim),
        "high": _text(one.high),
        "measured_in": one.measured_in,
        "baseline": one.baseline,
        "strength": one.strength,
        "due_on": iso(one.due_on),
        "remark": one.remark,
    }


def _text(value: Fraction | None) -> str | None:
    return None if value is None else measures.plain(value)


def listing(
    session: Session,
    light: str | None = None,
    unit: int | None = None,
    action: str | None = None,
) -> list[Record]:
    """List the tasks, or those of a light, of a unit that has a part in them, of an action."""
    known = {one.id: one for one in unit_store.every(session.conn)}
    found = []
    for task in store.every(session.conn):
        record = brief(session, task, known)
        wanted = (light is None or record["light"] == light) and (
            action is None or action in task.action
        )
        if wanted and (unit is None or unit in {*task.leads, *task.co_units}):
            found.append(record)
    return found


def brief(session: Session, task: Task, known: Mapping[int, Unit]) -> Record:
    """Give a task in short: who leads, the light and why, the next step, the newest figure."""
    light = task_lights.of_task(task, session.today, session.calendar)
    step, newest = task.next_milestone(), task.newest()
    lead = known.get(task.lead) if task.lead is not None else None
    status = "ended" if task.ended_on else "done" if task.done_on else "open"
    return {
        "task": task.code,
        "title": task.title,
        "action": task.action,
        "unit": lead.name if lead else None,
        "unit_id": lead.code if lead else None,
        "joint": [known[one].name for one in task.joint],
        "co_units": [known[one].name for one in task.co_units],
        "due_on": iso(task.due_on),
        "status": status,
        "done_on": iso(task.done_on),
        "ended_on": iso(task.ended_on),
        "light": light.colour,
        "light_why": light.why,
        "next": None if step is None else {"milestone": step.title, "due_on": iso(step.due_on)},
        "latest": None if newest is None else _newest(*newest),
        "targets": len([one for one in task.indicators if one.kind != "none"]),
        "source": task.source,
        "sample": task.sample,
    }


def _newest(one: Indicator, last: Measurement) -> Record:
    return {
        "indicator": one.name,
        "period": last.period,
        "value": one.words(last),
        "target": one.aim_words,
    }


def shown(session: Session, code: str) -> Record:
    """Give one task with its steps, targets, figures, progress and events. Raises NotFound."""
    task = store.get(session.conn, code.strip())
    if task is None:
        raise NotFound(f"没有编号为“{code}”的任务，请用 supervise task list 查编号。")
    known = {one.id: one for one in unit_store.every(session.conn)}
    judge = _judge(session)
    history = events.of(session.conn, "task", task.id)
    return {
        **brief(session, task, known),
        "milestones": [_milestone(one, judge(one)) for one in task.milestones],
        "indicators": [_indicator(one, judge(one)) for one in task.indicators],
        "progress": [
            {"on": one.on.isoformat(), "by": one.by, "note": one.payload.get("note")}
            for one in history
            if one.op == "task.progress"
        ],
        "events": [
            {
                "seq": one.seq,
                "op": one.op,
                "on": one.on.isoformat(),
                "recorded_at": one.recorded_at,
                "by": one.by,
                "recorded_by": one.recorded_by,
                "ref": one.ref,
                "note": one.payload.get("note") or one.payload.get("reason"),
            }
            for one in history
        ],
    }


def told(session: Session, code: str) -> dict[int, str]:
    """Say by its number what each event of a task wrote: steps, targets, figures, notes."""
    from supervise.services import task_events

    task = store.get(session.conn, code.strip())
    history = events.of(session.conn, "task", task.id) if task else ()
    return {
        one.seq: "；".join(f"{name} {words}" for name, words in task_events.told(one.payload))
        for one in history
    }


def _judge(session: Session) -> Callable[[Milestone | Indicator], Light]:
    def judge(one: Milestone | Indicator) -> Light:
        if isinstance(one, Milestone):
            return task_lights.of_milestone(one, session.today, session.calendar)
        return task_lights.of_indicator(one, session.today, session.calendar)

    return judge


def _milestone(one: Milestone, light: Light) -> Record:
    return {
        "no": one.no,
        "milestone": one.title,
        "due_on": iso(one.due_on),
        "done_on": iso(one.done_on),
        "strength": one.strength,
        "light": light.colour,
        "light_why": light.why,
    }


def _indicator(one: Indicator, light: Light) -> Record:
    return {
        "no": one.no,
        "indicator": one.name,
        "kind": one.kind,
        "comparator": one.comparator,
        "value": _text(one.aim),
        "high": _text(one.high),
        "measured_in": one.measured_in,
        "target": one.aim_words,
        "baseline": one.baseline,
        "strength": one.strength,
        "due_on": iso(one.due_on),
        "remark": one.remark,
        "light": light.colour,
        "light_why": light.why,
        "latest": one.words(one.latest()),
        "measurements": [_measurement(one, report) for report in one.measurements],
    }


def _measurement(one: Indicator, report: Measurement) -> Record:
    return {
        "period": report.period,
        "on": report.on.isoformat(),
        "value": one.words(report),
        "numerator": _text(report.numerator),
        "denominator": _text(report.denominator),
        "reference": _text(report.reference),
        "met": one.met(report),
        "evidence": report.evidence,
        "by": report.by,
    }
