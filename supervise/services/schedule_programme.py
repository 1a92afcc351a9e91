"""What falls due of tasks, periodic reports, meetings and instructions from one day to another."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from db import dispatch as dispatch_store
from db import instructions as instruction_store
from db import tasks as task_store
from db import units as unit_store
from supervise.domain.task_lights import Light, of_indicator, of_milestone
from supervise.domain.tasks import Task
from supervise.services.schedule_items import Item
from supervise.services.session import Session
from supervise.text import first_of

# So many units are named of those a report is still to come from.
_NAMED = 2


def of_programme(session: Session, first: date, last: date) -> Iterator[tuple[date, Item]]:
    """Give what falls due from one day to another."""
    yield from _tasks(session, first, last)
    yield from _reports(session, first, last)
    yield from _meetings(session, first, last)
    yield from _to_hold(session, first, last)
    yield from _decisions(session, first, last)
    yield from _instructions(session, first, last)


def _item(
    session: Session, day: date, kind: str, words: str, place: tuple[str, str], *, settled: bool
) -> tuple[date, Item]:
    return day, Item(kind, words, *place, not settled and day < session.today, settled)


def _tasks(session: Session, first: date, last: date) -> Iterator[tuple[date, Item]]:
    """Give the steps and the targets of tasks, late where their light is red."""
    for task in task_store.every(session.conn):
        for day, kind, title, light in _lights(session, task):
            if day is not None and first <= day <= last:
                settled = task.done_on is not None or light.colour == "green"
                late = not settled and light.colour == "red"
                words = f"{task.code} {task.title}，{title}，{light.why}"
                yield day, Item(kind, words, "tasks", f"task:{task.code}", late, settled)


def _lights(session: Session, task: Task) -> Iterator[tuple[date | None, str, str, Light]]:
    today, calendar = session.today, session.calendar
    if task.ended_on is not None:
        return
    for step in task.milestones:
        yield step.due_on, "任务节点", step.title, of_milestone(step, today, calendar)
    for one in task.indicators:
        if one.judged:
            title = f"{one.name}{one.aim_words}"
            yield one.due_on, "任务目标", title, of_indicator(one, today, calendar)


def _reports(session: Session, first: date, last: date) -> Iterator[tuple[date, Item]]:
    """Give each period of a duty once, with the units it is still to come from."""
    from supervise.services import duty_records

    owed = duty_records.due_between(session, first, last)
    for (duty, key), some in groupby(owed, lambda one: (one.duty.name, one.round.key)):
        reports = list(some)
        one = reports[0].round
        waiting = [
            each.unit.name
            for each in reports
            if each.state(session.today) in {"pending", "overdue"}
        ]
        said = f"未报 {len(waiting)} 家：{first_of(waiting, _NAMED)}" if waiting else "已全部报来"
        words = f"{duty} {one.label}，应报 {len(reports)} 家，{said}"
        place = ("duties", f"report:{key}:{duty}")
        yield _item(session, one.due_on, "定期报送", words, place, settled=not waiting)


def _meetings(session: Session, first: date, last: date) -> Iterator[tuple[date, Item]]:
    """Give the meetings set down for a day, and those held on it."""
    for one in dispatch_store.meetings(session.conn):
        if one.status != "void" and first <= one.held_on <= last:
            words = (
                f"{_meeting(session, one.tier, one.theme, one.unit_id)}，{one.words(session.today)}"
            )
            settled = one.status == "closed"
            item = Item("调度", words, "dispatch", f"meeting:{one.id}", settled=settled)
            yield one.held_on, item


def _to_hold(session: Session, first: date, last: date) -> Iterator[tuple[date, Item]]:
    """Give the meetings that come round and were not held."""
    from supervise.services import dispatch_records

    for one in dispatch_records.standings(session, first, last):
        slot = one.slot
        if one.state != "held":
            said = "应开未开" if slot.due_on < session.today else "待开"
            words = f"{_meeting(session, slot.tier, slot.name, slot.unit_id)}，{said}"
            place = ("dispatch", f"due:{slot.due_on}:{slot.tier}:{_unit(session, slot.unit_id)}")
            yield _item(session, slot.due_on, "调度", words, place, settled=False)


def _meeting(session: Session, tier: str, theme: str | None, unit_id: int | None) -> str:
    return " ".join(filter(None, (tier, _unit(session, unit_id), theme)))


def _unit(session: Session, unit_id: int | None) -> str:
    return unit_store.get(session.conn, unit_id).name if unit_id is not None else ""


def _decisions(session: Session, first: date, last: date) -> Iterator[tuple[date, Item]]:
    for one in dispatch_store.resolutions_due(session.conn, first, last):
        if one.due_on is not None:
            number, unit = f"{one.meeting_id}-{one.no}", _unit(session, one.unit_id)
            words = " ".join(filter(None, (number, unit, one.text)))
            place = ("dispatch", f"decision:{number}")
            settled = one.answered_on is not None
            yield _item(session, one.due_on, "议定事项", words, place, settled=settled)


def _instructions(session: Session, first: date, last: date) -> Iterator[tuple[date, Item]]:
    for one in instruction_store.due_between(session.conn, first, last):
        if one.report_by is not None:
            words, place = f"{one.leader}：{one.gist}", ("instructions", f"instruction:{one.id}")
            settled = one.status != "open"
            yield _item(session, one.report_by, "批示报结", words, place, settled=settled)
