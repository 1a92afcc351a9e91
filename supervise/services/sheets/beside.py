"""What a sheet tells a unit beside its issues: its tasks in hand and the reports it still owes.

Nothing of it is filled in or taken over, and no word of it depends on the day it is read: a
sheet that is written again later in the month stays the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from db import tasks as task_store
from supervise.domain.dates import period_end
from supervise.domain.tasks import Task
from supervise.services import duty_records
from supervise.services.session import Session

TASKS = ("任务编号", "任务", "承担", "时限", "下一节点", "节点时限", "最近数据", "目标值")
DUTIES = ("报送事项", "期次", "应报日期", "依据")
Line = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Beside:
    """The lines of a unit under the headings TASKS and DUTIES."""

    tasks: tuple[Line, ...] = ()
    duties: tuple[Line, ...] = ()

    def texts(self) -> tuple[str, ...]:
        """Give all that is told, for the key of the sheet; empty where there is nothing."""
        return tuple(cell for line in (*self.tasks, *self.duties) for cell in line)


NOTHING = Beside()


def of_units(session: Session, period: str, wanted: Iterable[int]) -> dict[int, Beside]:
    """Gather it for some units: tasks not done or ended, reports due by the end of the month."""
    units = frozenset(wanted)
    tasks, duties = _tasks(session, units), _duties(session, period, units)
    return {
        key: Beside(tuple(tasks.get(key, ())), tuple(duties.get(key, ())))
        for key in tasks.keys() | duties.keys()
    }


def _tasks(session: Session, units: frozenset[int]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    for task in task_store.every(session.conn):
        if task.done_on or task.ended_on:
            continue
        parts = {key: "配合" for key in task.co_units}
        parts |= {key: "共同牵头" for key in task.joint}
        if task.lead is not None:
            parts[task.lead] = "牵头"
        for key in parts.keys() & units:
            found[key].append(_task(task, parts[key]))
    return found


def _task(task: Task, part: str) -> Line:
    step, newest = task.next_milestone(), task.newest()
    figures = (newest[0].words(newest[1]), newest[0].aim_words) if newest else ("", "")
    due = task.due_on.isoformat() if task.due_on else ""
    nodes = (step.title, step.due_on.isoformat()) if step else ("", "")
    return (task.code, task.title, part, due, *nodes, *figures)


def _duties(session: Session, period: str, units: frozenset[int]) -> dict[int, list[Line]]:
    last = period_end(period)
    found: dict[int, list[Line]] = defaultdict(list)
    for owed in duty_records.board(session, duty_records.known(session), last):
        report, due = owed.report, owed.round.due_on
        if owed.unit.id in units and due <= last and not (report.submitted_on or report.waived_on):
            line = (owed.duty.name, owed.round.label, due.isoformat(), owed.duty.clause)
            found[owed.unit.id].append(line)
    return found
