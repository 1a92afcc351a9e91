"""Tasks and their targets: entered, corrected, reported on, finished; each step one event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction

from db import ids
from db import tasks as store
from db import units as unit_store
from supervise.domain import measures
from supervise.domain.tasks import NOT_JUDGED, Indicator, Milestone, Task
from supervise.errors import BadInput, NotFound, Refused
from supervise.services import units
from supervise.services.task_records import shown, stored, stored_indicator, stored_milestone
from supervise.services.work import Record, Work

_NO_ACTION = "未分行动"


def find(work: Work, code: str) -> Task:
    """Load the task a person named. Raises NotFound."""
    found = store.get(work.conn, code.strip())
    if found is None:
        raise NotFound(f"没有编号为“{code}”的任务，请用 supervise task list 查编号。")
    return found


def running(work: Work, code: str) -> Task:
    """Load a task that still runs. Raises Refused for one that is over."""
    task = find(work, code)
    over = "已完成" if task.done_on else "已终止" if task.ended_on else ""
    if over:
        raise Refused(
            f"任务 {task.code} {over}，不能再办；记错了的，请先撤销（supervise task reopen）。",
            code="not_allowed",
        )
    return task


def save(work: Work, of: Task, /, **facts: object) -> Record:
    """Append the event of a task's step, and give the task's record where somebody reads it."""
    work.record("task", of.id, {key: value for key, value in facts.items() if value is not None})
    return shown(work.session, of.code) if work.told else {}


def _live(work: Work, name: str, code: str | None = None) -> int:
    unit = units.find(work.conn, name, code)
    if not unit.active:
        raise Refused(f"{unit.name}已撤并，请改用承接的单位。", code="inactive_unit")
    return unit.id


def _led(
    work: Work,
    task: Task,
    unit: str | None,
    unit_id: str | None,
    joint: Iterable[str] | None,
    co_units: Iterable[str] | None,
) -> Task:
    if unit is not None or unit_id is not None:
        task = replace(task, lead=_live(work, unit or "", unit_id))
    if joint is not None:
        task = replace(task, joint=tuple(_live(work, name) for name in joint))
    if co_units is not None:
        task = replace(task, co_units=tuple(_live(work, name) for name in co_units))
    twice = set(task.leads) & set(task.co_units)
    if twice:
        name = unit_store.get(work.conn, min(twice)).name
        raise Refused(f"任务 {task.code}：{name}既牵头又配合，请只留一处。", code="same_unit")
    return task


def add(
    work: Work,
    task: str,
    title: str,
    action: str = _NO_ACTION,
    unit: str | None = None,
    unit_id: str | None = None,
    joint: tuple[str, ...] | None = None,
    co_units: tuple[str, ...] | None = None,
    due_on: date | None = None,
    source: str | None = None,
    sample: bool = False,
) -> Record:
    """登记任务: a number nobody else bears, a title, who leads. Raises Refused for a known one."""
    if store.get(work.conn, task) is not None:
        raise Refused(f"已有编号为“{task}”的任务；改动请用 supervise task correct。", code="exists")
    key = ids.next_id(work.conn, "task")
    fresh = Task(key, task, title, action, due_on=due_on, source=source, sample=sample)
    fresh = _led(work, fresh, unit, unit_id, joint, co_units)
    return save(work, fresh, task=stored(fresh))


def correct(
    work: Work,
    task: str,
    title: str | None = None,
    action: str | None = None,
    unit: str | None = None,
    unit_id: str | None = None,
    joint: tuple[str, ...] | None = None,
    co_units: tuple[str, ...] | None = None,
    due_on: date | None = None,
    source: str | None = None,
) -> Record:
    """更正任务: what is said replaces what stands; the old values stay in the event."""
    before = find(work, task)
    after = _led(work, before, unit, unit_id, joint, co_units)
    after = replace(
        after,
        title=title or after.title,
        action=action or after.action,
        due_on=due_on or after.due_on,
        source=source or after.source,
    )
    if after == before:
        raise Refused(f"任务 {before.code} 没有要改的内容。", code="nothing_changed")
    was, now = stored(before), stored(after)
    old = {key: value for key, value in was.items() if value != now[key]}
    return save(work, after, task=now, was=old)


def milestone(
    work: Work,
    task: str,
    milestone: str,
    due_on: date,
    strength: str | None = None,
    reason: str | None = None,
) -> Record:
    """设定节点: a new dated step, or another date for one that is still ahead, with a reason."""
    found = running(work, task)
    same = next((one for one in found.milestones if one.title == milestone), None)
    if same is None:
        number = max((one.no for one in found.milestones), default=0) + 1
        step = Milestone(number, milestone, due_on, strength=strength or "应达")
        return save(work, found, milestones=[stored_milestone(step)])
    step = replace(same, due_on=due_on, strength=strength or same.strength)
    if step == same:
        raise Refused(f"节点“{milestone}”没有要改的内容。", code="nothing_changed")
    _may_move(work, found, same, reason)
    return save(
        work,
        found,
        milestones=[stored_milestone(step)],
        reason=reason,
        was=stored_milestone(same),
    )


def _may_move(work: Work, task: Task, step: Milestone, reason: str | None) -> None:
    """Refuse to move the date of a step that is done, or already missed, or without a reason."""
    if step.done_on is not None:
        raise Refused(f"节点“{step.title}”已完成，不能改期。", code="not_allowed")
    if work.on > step.due_on:
        raise Refused(
            f"节点“{step.title}”的时限 {step.due_on} 已过，不能改期；请记录完成，或另设一个节点。",
            code="past_due",
        )
    if not reason:
        raise Refused(
            f"任务 {task.code} 已有节点“{step.title}”（{step.due_on}）；改动须写理由。",
            code="needs_reason",
        )


def target(
    work: Work,
    task: str,
    indicator: str,
    kind: str = "target",
    comparator: str | None = None,
    value: str | None = None,
    high: str | None = None,
    measured_in: str | None = None,
    baseline: str | None = None,
    strength: str | None = None,
    due_on: date | None = None,
    remark: str | None = None,
    reason: str | None = None,
) -> Record:
    """设定指标: a target with its comparator and figure; changing one asks for a reason."""
    found = running(work, task)
    same = next((one for one in found.indicators if one.name == indicator), None)
    one = Indicator(
        same.no if same else max((i.no for i in found.indicators), default=0) + 1,
        indicator,
        kind,
        comparator,
        figure("目标值", value),
        figure("区间上限", high),
        measured_in or "",
        baseline,
        strength or "应达",
        due_on,
        remark,
    )
    _sound(one)
    was = stored_indicator(same) if same else None
    if was == stored_indicator(one):
        raise Refused(f"指标“{indicator}”没有要改的内容。", code="nothing_changed")
    if same is not None and not reason:
        raise Refused(
            f"任务 {found.code} 已有指标“{indicator}”；改动须写理由。", code="needs_reason"
        )
    return save(work, found, indicators=[stored_indicator(one)], reason=reason, was=was)


def figure(label: str, text: str | None) -> Fraction | None:
    """Read a figure that a person wrote; raises BadInput naming what it is for."""
    try:
        return None if text is None else measures.figure(text)
    except ValueError as error:
        raise BadInput(f"{label}{error}。", code="bad_field") from None


def _sound(one: Indicator) -> None:
    """Refuse a target that can't be judged as it stands."""
    if one.kind in NOT_JUDGED:
        return
    if one.comparator is None:
        raise BadInput(f"指标“{one.name}”须写比较（>= 等）；不考核的请写明政策参数或定性。")
    if one.comparator == "range":
        if one.aim is None or one.high is None or one.high < one.aim:
            raise BadInput(f"指标“{one.name}”的区间须有目标值和不小于它的上限。")
    elif one.high is not None:
        raise BadInput(f"指标“{one.name}”不是区间，不填区间上限。")
    elif one.aim is None and not one.baseline:
        raise BadInput(f"指标“{one.name}”须有目标值；与外部数相比的，写明基数（如全省平均）。")


def _milestone(task: Task, named: str) -> Milestone:
    for one in task.milestones:
        if named == one.title or named == str(one.no):
            return one
    if not task.milestones:
        raise NotFound(f"任务 {task.code} 还没有节点，请先设定（supervise task milestone）。")
    known = "、".join(one.title for one in task.milestones)
    raise NotFound(f"任务 {task.code} 没有“{named}”这个节点，已有：{known}。")


def done(work: Work, task: str, milestone: str | None = None) -> Record:
    """任务完成: a step, or the task as a whole; targets still unmet are warned of, not refused."""
    found = running(work, task)
    if milestone is not None:
        step = _milestone(found, milestone)
        if step.done_on is not None:
            raise Refused(f"节点“{step.title}”已于 {step.done_on} 完成。", code="not_allowed")
        step = replace(step, done_on=work.on)
        return save(work, found, milestones=[stored_milestone(step)])
    unmet = [one.name for one in found.indicators if _unmet(one)]
    if unmet:
        work.session.warn(f"任务 {found.code} 记为完成，但还有指标没有达到：{'、'.join(unmet)}。")
    steps = [replace(one, done_on=work.on) for one in found.milestones if one.done_on is None]
    return save(
        work,
        found,
        task=stored(replace(found, done_on=work.on)),
        milestones=[stored_milestone(one) for one in steps] or None,
    )


def _unmet(one: Indicator) -> bool:
    last = one.latest()
    return one.judged and (last is None or one.met(last) is False)


def reopen(work: Work, task: str, reason: str, milestone: str | None = None) -> Record:
    """撤销完成: a step or a task is not done, or not given up, after all."""
    found = find(work, task)
    if milestone is not None:
        step = _milestone(found, milestone)
        if step.done_on is None:
            raise Refused(f"节点“{step.title}”没有记为完成。", code="not_allowed")
        was = stored_milestone(step)
        step = replace(step, done_on=None)
        return save(work, found, milestones=[stored_milestone(step)], reason=reason, was=was)
    if found.done_on is None and found.ended_on is None:
        raise Refused(f"任务 {found.code} 没有完成也没有终止。", code="not_allowed")
    # Steps that were closed together with the task are open again; those done before stay done.
    steps = [replace(one, done_on=None) for one in found.milestones if _with(one, found)]
    return save(
        work,
        found,
        task=stored(replace(found, done_on=None, ended_on=None)),
        milestones=[stored_milestone(one) for one in steps] or None,
        reason=reason,
    )


def _with(step: Milestone, task: Task) -> bool:
    return task.done_on is not None and step.done_on == task.done_on


def end(work: Work, task: str, reason: str) -> Record:
    """终止任务: it is not pursued any more; nobody is held to it from that day."""
    found = running(work, task)
    return save(work, found, task=stored(replace(found, ended_on=work.on)), reason=reason)
