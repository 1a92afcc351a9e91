"""The lights of tasks, by rule; and which tasks count as not done in a month's notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from supervise.domain.calendar import Calendar
from supervise.domain.clock import SOON
from supervise.domain.overdue import missed
from supervise.domain.tasks import MUST, STRIVEN, Indicator, Milestone, Task

COLOURS = {"green": "绿", "yellow": "黄", "red": "红", "grey": "灰"}
_ON_TIME = "按期完成"
_WEIGHT = {"grey": 0, "green": 1, "yellow": 2, "red": 3}

# The rule as it is printed beside the lights.
RULES = {
    "green": "节点已完成，或最近一期数据达到目标",
    "yellow": f"距时限不超过{SOON}个工作日而未完成、未达到；力争的，过了时限也只亮黄灯",
    "red": "节点过了时限未完成；不是力争的目标，过了时限未达到或没有数据",
    "grey": "未到时限、无从判断（分母为零记“—”），或政策参数、定性任务",
}


@dataclass(frozen=True, slots=True)
class Light:
    """A light and, in words, why it shows that colour; the days by which a step was done late."""

    colour: str
    why: str
    late: int = 0

    @property
    def words(self) -> str:
        """The colour and the reason, so that colour never says it alone."""
        return f"{COLOURS[self.colour]} {self.why}"


def of_milestone(one: Milestone, today: date, calendar: Calendar) -> Light:
    """Judge a step: done, missed, due within three working days, or not due yet."""
    if one.done_on is not None:
        late = (one.done_on - one.due_on).days
        if late > 0:
            return Light("green", f"已完成，迟{late}天", late)
        return Light("green", _ON_TIME)
    if today > one.due_on:
        days = (today - one.due_on).days
        if one.strength == STRIVEN:
            return Light("yellow", f"力争节点过期{days}天")
        return Light("red", f"逾期{days}天未完成")
    return _ahead(one.due_on, today, calendar, "未完成")


def of_indicator(one: Indicator, today: date, calendar: Calendar) -> Light:
    """Judge a target by its newest report and its deadline."""
    if not one.judged:
        return Light("grey", "政策参数，不作考核" if one.kind == "param" else "定性，只跟踪")
    last = one.latest()
    verdict = None if last is None else one.met(last)
    if verdict:
        return Light("green", "已达到")
    if last is not None and verdict is None:
        blank = one.result(last) is None
        return Light("grey", "分母为零，无从判断" if blank else "没有对照值，无从判断")
    over = one.due_on is not None and today > one.due_on
    rolling = one.due_on is None and last is not None
    if over or rolling:
        why = "没有数据" if last is None else "未达到"
        told = f"到期{why}" if over else "最近一期未达到"
        striven = one.strength == STRIVEN
        return Light("yellow" if striven else "red", f"力争目标{told}" if striven else told)
    if one.due_on is None:
        return Light("grey", "还没有数据")
    return _ahead(one.due_on, today, calendar, "未达到" if last else "没有数据")


def _ahead(due: date, today: date, calendar: Calendar, lacking: str) -> Light:
    left = calendar.workdays_between(today, due) if (due - today).days <= 31 else SOON + 1
    if left > SOON:
        return Light("grey", "未到时限")
    return Light("yellow", f"{'今天' if due == today else f'{left}个工作日内'}到期，{lacking}")


def of_task(task: Task, today: date, calendar: Calendar) -> Light:
    """Judge a task by the worst of its steps and targets, and say which that is.

    Of a green one the step done latest after its date: a task with such a step is not 按期完成, and
    one with a step still ahead is so only as far as it has come.
    """
    if task.ended_on is not None:
        return Light("grey", "已终止")
    if task.done_on is not None:
        return Light("green", "已完成")
    lights = [(of_milestone(one, today, calendar), one.title) for one in task.milestones]
    lights += [(of_indicator(one, today, calendar), one.name) for one in task.indicators]
    if not lights:
        return Light("grey", "没有节点和目标")
    worst, title = max(lights, key=lambda pair: (_WEIGHT[pair[0].colour], pair[0].late))
    if _WEIGHT[worst.colour] < _WEIGHT["yellow"] and not worst.late:
        ahead = any(one.done_on is None for one in task.milestones)
        return Light("green", f"已办节点{_ON_TIME}") if ahead and worst.why == _ON_TIME else worst
    return Light(worst.colour, f"{title}{worst.why}")


@dataclass(frozen=True, slots=True)
class Miss:
    """A step or a promised target of a task that was not there by its date."""

    task: Task
    title: str
    due_on: date
    kind: str


def note(found: Sequence[Miss]) -> str:
    """Say what of one task was not there by one day, as a paper prints it."""
    task, due = found[0].task, found[0].due_on
    parts = []
    for kind, lacking in (("节点", "未完成"), ("目标", "未达到")):
        titles = [f"“{one.title}”" for one in found if one.kind == kind]
        if titles:
            parts.append(f"{kind}{'、'.join(titles)}{lacking}")
    day = f"{due.month}月{due.day}日"
    return f"任务{task.code}“{task.title}”，{day}到期的{'，'.join(parts)}"


def misses(tasks: Iterable[Task], since: date, cutoff: date) -> Iterator[Miss]:
    """List what fell due from `since` to the cut-off and was not there at the end of that day.

    Steps that are not 力争, and targets worded 确保; what was done or reported with a date up to
    the cut-off counts, whenever it was entered. A zero denominator is nobody's failure.
    """
    for task in tasks:
        if _over(task.done_on, cutoff) or _over(task.ended_on, cutoff):
            continue
        for step in task.milestones:
            due = since <= step.due_on <= cutoff and step.strength != STRIVEN
            if due and missed(step.due_on, step.done_on, cutoff):
                yield Miss(task, step.title, step.due_on, "节点")
        for one in task.indicators:
            if _unmet(one, since, cutoff) and one.due_on is not None:
                yield Miss(task, f"{one.name}{one.aim_words}", one.due_on, "目标")


def _over(day: date | None, cutoff: date) -> bool:
    return day is not None and day <= cutoff


def _unmet(one: Indicator, since: date, cutoff: date) -> bool:
    if one.strength != MUST or not one.judged or one.due_on is None:
        return False
    if not since <= one.due_on <= cutoff:
        return False
    last = one.latest(cutoff)
    return last is None or one.met(last) is False
