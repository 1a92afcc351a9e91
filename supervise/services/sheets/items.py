"""What stands on the pages 任务 and 报送: a unit's open tasks, the reports it still owes.

The tasks it leads come first, then those it only supports (配合), which are there to be read.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from db import duties as duty_store
from db import tasks as task_store
from db import units as unit_store
from db.driver import Connection
from supervise.domain import duties as rules
from supervise.domain import task_lights
from supervise.domain.dates import period_end
from supervise.domain.duties import STATES, Duty, Report, Round
from supervise.domain.sheet_pages import DUTY, LEADS, SUPPORTS, TASK, Item
from supervise.domain.task_lights import COLOURS
from supervise.domain.tasks import Task
from supervise.services.duty_debtors import Debtor, debtors
from supervise.services.duty_records import known
from supervise.services.session import Session

# A rule for rest days moves a due date by less than this.
_MOVED = timedelta(days=31)


def of_units(session: Session, period: str) -> dict[int, list[Item]]:
    """List by unit the open tasks, led and supported, and what is to be reported by a month's end.

    Nothing but supported tasks is no sheet by itself: it would ask for no answer.
    """
    found: dict[int, list[Item]] = {}
    for units, part in ((leading, LEADS), (supporting, SUPPORTS)):
        for task in task_store.every(session.conn):
            if not (task.done_on or task.ended_on):
                for unit in units(session.conn, task):
                    found.setdefault(unit, []).append(task_item(session, task, part))
    reports, entered = duty_store.reports(session.conn), duty_store.entered(session.conn)
    for duty in known(session):
        rounds = _rounds(session, duty, period)
        for body in debtors(session, duty) if rounds else ():
            for one in rounds:
                report = body.report(duty.name, one.key, reports)
                over = report.submitted_on or report.waived_on
                if body.at(duty, one.named_on, entered) is not None and not over:
                    found.setdefault(body.unit.id, []).append(
                        duty_item(duty.name, one, report, session.today)
                    )
    return found


def leading(conn: Connection, task: Task) -> tuple[int, ...]:
    """Give who leads a task; a unit that was merged is followed to the one that took over."""
    return _followed(conn, task.leads)


def supporting(conn: Connection, task: Task) -> tuple[int, ...]:
    """Give who supports a task without leading it, mergers followed likewise."""
    leads = leading(conn, task)
    return tuple(key for key in _followed(conn, task.co_units) if key not in leads)


def _followed(conn: Connection, keys: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(_heir(conn, key) for key in keys))


def _heir(conn: Connection, key: int) -> int:
    while (into := unit_store.get(conn, key).merged_into) is not None:
        key = into
    return key


def now(session: Session, period: str, unit_id: int, wanted: Iterable[Item]) -> dict[Item, Item]:
    """Give rows as they would be sent now, whether they still would be or not."""
    tasks = {one.code: one for one in task_store.every(session.conn)}
    duties = {one.name: one for one in known(session)}
    reports = duty_store.reports(session.conn)
    found = {}
    for item in wanted:
        found[item] = item
        if item.kind == TASK and item.code in tasks:
            task = tasks[item.code]
            part = LEADS if unit_id in leading(session.conn, task) else SUPPORTS
            found[item] = task_item(session, task, part)
        elif item.kind == DUTY and item.code in duties:
            for one in _rounds(session, duties[item.code], period):
                if one.key == item.term:
                    report = _debtor(session, duties[item.code], unit_id).report(
                        item.code, one.key, reports
                    )
                    found[item] = duty_item(item.code, one, report, session.today)
    return found


def _debtor(session: Session, duty: Duty, unit_id: int) -> Debtor:
    """Give what counts for a unit; for one that owes the duty no more, its own reports."""
    for one in debtors(session, duty):
        if one.unit.id == unit_id:
            return one
    return Debtor(unit_store.get(session.conn, unit_id), (frozenset({unit_id}),))


def _rounds(session: Session, duty: Duty, period: str) -> list[Round]:
    last = period_end(period)
    until = min(last + _MOVED, duty.until - timedelta(days=1)) if duty.until else last + _MOVED
    every = rules.rounds(duty.rhythm, duty.since, until, session.calendar)
    return [one for one in every if one.due_on <= last]


def task_item(session: Session, task: Task, part: str) -> Item:
    """Make the row of a task as one unit sees it, by its part in it."""
    step, newest = task.next_milestone(), task.newest()
    light = task_lights.of_task(task, session.today, session.calendar)
    figure = ""
    if newest is not None:
        one, last = newest
        figure = " / ".join(filter(None, (f"{one.name}{one.words(last)}", one.aim_words)))
    cells = (
        task.code,
        task.title,
        part,
        step.title if step else "",
        step.due_on.isoformat() if step else "",
        figure,
        COLOURS[light.colour],
    )
    return Item(TASK, task.code, "", cells)


def duty_item(name: str, one: Round, report: Report, today: date) -> Item:
    """Make the row of a report that is owed."""
    state = STATES[rules.state(one.due_on, report, today)]
    return Item(DUTY, name, one.key, (name, one.key, one.due_on.isoformat(), state))
