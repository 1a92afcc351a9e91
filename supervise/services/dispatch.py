"""Dispatch (调度): a meeting opened, its agenda picked, what it decided, what came of it.

A decision that names a step of the loop takes it in the same transaction: both stand, or neither.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from db import dispatch as store
from db import ids
from db.codec import plain
from supervise.domain import dispatch as rules
from supervise.domain.dispatch import Item, Meeting, Resolution
from supervise.domain.records import Issue, Unit
from supervise.errors import BadInput, NotFound, Refused
from supervise.services import dispatch_agenda, units
from supervise.services.dispatch_records import found, meeting_whole, resolution_record
from supervise.services.references import number, task_code
from supervise.services.work import Record, Work, step
from supervise.text import clean_line

# What a decision may set off, and the step of the loop that it is.
ACTIONS = {
    "交办": "issue.assign",
    "催办": "issue.urge",
    "进展": "issue.progress",
    "延期": "issue.extend",
    "转办": "issue.transfer",
    "提级": "issue.escalate",
    "暂停计时": "issue.pause",
    "恢复计时": "issue.resume",
}
# The same for a task: what was decided as its progress, or as a milestone with the date.
TASK_ACTIONS = {"进展": "task.progress", "节点": "task.milestone"}
_TO_UNIT = frozenset({"交办", "转办"})
_WITH_REASON = frozenset({"延期", "转办", "暂停计时"})
_GROUP_KIND = "专项工作组"


def open_(
    work: Work,
    tier: str,
    theme: str | None = None,
    unit: str | None = None,
    unit_id: str | None = None,
    held_on: date | None = None,
    leader: str | None = None,
) -> Record:
    """开调度: set up a meeting, held on the day given (it may be to come), else on this one.

    Raises Refused for a meeting of a group without a theme, for a unit that is no group, and
    for one that is set up already.
    """
    if tier == rules.GROUP and not theme:
        raise Refused("专项组每周调度一个主题，请写明主题（theme）。", code="no_theme")
    group = _group(work, tier, unit, unit_id) if unit or unit_id else None
    day = held_on or work.on
    for one in store.meetings(work.conn):
        same = (one.tier, one.unit_id, one.held_on) == (tier, group.id if group else None, day)
        if same and one.status != "void":
            raise Refused(
                f"{day} 的{tier}调度已登记（编号 {one.id}），不必再登记。", code="already_open"
            )
    key = ids.next_id(work.conn, "meeting")
    group_id = group.id if group else None
    new = Meeting(key, tier, day, "open", theme, group_id, leader, work.on, ref=work.ref)
    work.record("dispatch", key, {"set": _stored(new), "new": True})
    return _whole(work, new)


def _group(work: Work, tier: str, name: str | None, code: str | None) -> Unit:
    group = units.find(work.conn, name, code)
    if tier != rules.GROUP:
        raise Refused(f"只有专项组调度才写明是哪个组，{tier}调度不填单位（unit）。")
    if group.kind != _GROUP_KIND:
        raise Refused(f"{group.name}不是{_GROUP_KIND}，请写专项工作组的名称。")
    return group


def _stored(meeting: Meeting) -> Record:
    values: Record = {
        name: plain(getattr(meeting, name)) for name in Meeting.__slots__ if name != "id"
    }
    return values


def pick(
    work: Work,
    meeting: str,
    issue: str | None = None,
    task: str | None = None,
    topic: str | None = None,
    reason: str | None = None,
) -> Record:
    """点题: put an issue, a task or a topic on the agenda, with the reasons as they are now."""
    before = found(work.conn, meeting)
    rules.require_open(before, "点题")
    if not (issue or task or topic):
        raise BadInput("请写明事项（issue）、任务（task）或题目（topic）。", code="bad_field")
    known = store.items(work.conn, before.id)
    about = work.issue(issue) if issue else None
    task = task_code(work.conn, task)
    old = _same(known, about, task, topic)
    if old is not None and old.status == "picked":
        raise Refused(f"议题 {old.no} 就是它，已在议程上。", code="already_picked")
    grounds = dispatch_agenda.grounds_of(work.session, before, about) if about else ()
    item = Item(
        before.id,
        old.no if old else len(known) + 1,
        "picked",
        about.id if about else None,
        task,
        topic,
        tuple(one.words for one in grounds),
        reason,
    )
    return _keep_item(work, before, item)


def _same(
    items: list[Item], issue: Issue | None, task: str | None, topic: str | None
) -> Item | None:
    wanted = (issue.id if issue else None, task, topic)
    return next((one for one in items if (one.issue_id, one.task, one.topic) == wanted), None)


def _keep_item(work: Work, meeting: Meeting, item: Item) -> Record:
    row = {name: getattr(item, name) for name in Item.__slots__ if name != "meeting_id"}
    work.record("dispatch", meeting.id, {"item": {**row, "reasons": list(item.reasons)}})
    return _whole(work, meeting)


def drop(
    work: Work,
    meeting: str,
    item: int | None = None,
    issue: str | None = None,
    reason: str | None = None,
) -> Record:
    """撤题: take an item off the agenda, or turn down an issue proposed for it."""
    before = found(work.conn, meeting)
    rules.require_open(before, "撤题")
    known = store.items(work.conn, before.id)
    about = work.issue(issue) if issue else None
    old = next(
        (one for one in known if one.no == item or (about and one.issue_id == about.id)), None
    )
    if item is None and about is None:
        raise BadInput("请写明撤哪个议题：议题序号（item）或事项（issue）。", code="bad_field")
    if old is None and about is None:
        raise NotFound(f"调度 {before.id} 没有第 {item} 个议题，请写议题序号（item）或事项。")
    if old is not None and _decided_on(work, before, old):
        raise Refused(f"议题 {old.no} 已有议定事项，不能撤下。", code="decided")
    if old is None:
        old = Item(before.id, len(known) + 1, "picked", about.id if about else None)
    return _keep_item(work, before, replace(old, status="dropped", note=reason))


def _decided_on(work: Work, meeting: Meeting, item: Item) -> bool:
    made = store.resolutions(work.conn, meeting.id)
    return item.issue_id is not None and any(one.issue_id == item.issue_id for one in made)


def decide(
    work: Work,
    meeting: str,
    text: str,
    issue: str | None = None,
    task: str | None = None,
    unit: str | None = None,
    unit_id: str | None = None,
    due_on: date | None = None,
    action: str | None = None,
    level: str | None = None,
) -> Record:
    """议定: keep a decision, and take the step of the loop it names, both or neither.

    Raises Refused with the loop's own sentence where it does not allow the step.
    """
    before = found(work.conn, meeting)
    rules.decide(before, work.on, due_on)
    body = units.find(work.conn, unit, unit_id) if unit or unit_id else None
    task = task_code(work.conn, task)
    facts: Record = {}
    if action and issue and action in ACTIONS:
        if action in _TO_UNIT and body is None:
            raise Refused(f"要“{action}”，请写明单位（unit）。", code="no_unit")
        facts["set_off"] = _take(work, before, action, issue, text, body, due_on, level)
    elif action:
        facts["set_off"] = _take_on_task(work, action, task, text, due_on)
    about = work.issue(issue) if issue else None
    named = store.task(work.conn, task) if task else None
    lead = about.unit_id if about else named.lead if named else None
    responsible = body.id if body else lead
    made = store.resolutions(work.conn, before.id)
    new = Resolution(
        before.id,
        len(made) + 1,
        text,
        work.on,
        about.id if about else None,
        task,
        responsible,
        due_on,
        action,
    )
    return _keep_resolution(work, before, new, facts)


def _take(
    work: Work,
    meeting: Meeting,
    action: str,
    issue: str,
    text: str,
    body: Unit | None,
    due_on: date | None,
    level: str | None,
) -> Record:
    """Take the step a decision names; gives the operation and its event."""
    values: dict[str, Any] = {"issue": issue}
    values["reason" if action in _WITH_REASON else "note"] = text
    if action in _TO_UNIT and body is not None:
        values |= {"unit": body.code or body.name, "due_on": due_on}
    if action == "延期":
        if due_on is None:
            raise Refused("要“延期”，请写明新的期限（due_on）。", code="no_due")
        values["due_on"] = due_on
    if action == "暂停计时":
        values["review_on"] = due_on
    if action == "提级":
        values["level"] = level or rules.above(meeting.tier)
        if values["level"] is None:
            raise Refused(f"{meeting.tier}之上没有固定的层级，请写明层级（level）。")
    return _set_off(work, ACTIONS[action], values)


def _take_on_task(
    work: Work, action: str, task: str | None, text: str, due_on: date | None
) -> Record:
    """Take the step a decision about a task names: its progress, or a milestone with a date."""
    if action not in TASK_ACTIONS or task is None:
        what = "任务（task）" if action not in ACTIONS else "是哪件事项（issue）"
        raise Refused(f"要“{action}”，请写明{what}。", code="no_issue")
    if action == "进展":
        return _set_off(work, TASK_ACTIONS[action], {"task": task, "note": text})
    if due_on is None:
        raise Refused("要设“节点”，请写明完成期限（due_on）。", code="no_due")
    values = {"task": task, "milestone": clean_line(text), "due_on": due_on, "reason": text}
    return _set_off(work, TASK_ACTIONS[action], values)


def _set_off(work: Work, name: str, values: dict[str, Any]) -> Record:
    """Carry out another operation within this one, by the same person on the same day."""
    said = {"on": work.on if work.on_given else None, "by": work.by, "ref": work.ref}
    op, note = work.op, work.note
    step(work, name, {"on": work.on, "by": work.actor, "ref": work.ref, **values})
    seq = work.appender.seq
    work.begin(op, {**said, "note": note})
    return {"op": name, "seq": seq}


def _keep_resolution(work: Work, meeting: Meeting, one: Resolution, facts: Record) -> Record:
    row = {name: plain(getattr(one, name)) for name in Resolution.__slots__ if name != "meeting_id"}
    work.record("dispatch", meeting.id, {"resolution": row, **facts})
    return resolution_record(work.session, meeting, one)


def answer(work: Work, decision: str, text: str) -> Record:
    """回告: say what came of a decision, also once the meeting is over."""
    meeting_id, _, no = decision.strip().partition("-")
    key = number(meeting_id)
    made = store.resolutions(work.conn, key) if key else []
    before = next((one for one in made if str(one.no) == no), None)
    meeting = store.meeting(work.conn, before.meeting_id) if before else None
    if before is None or meeting is None:
        raise NotFound(
            f"没有编号为“{decision}”的议定事项，编号如 3-2（第 3 次调度的第 2 项），"
            "请用 supervise dispatch list 查看。"
        )
    after = rules.answer(before, work.on, text, work.actor)
    return _keep_resolution(work, meeting, after, {})


def close(work: Work, meeting: str, summary: str | None = None) -> Record:
    """结束调度: the meeting is over; its decisions are still answered."""
    before = found(work.conn, meeting)
    work.not_future("会议日期", before.held_on)
    after = rules.close(before, work.on, summary)
    made = {one.issue_id for one in store.resolutions(work.conn, before.id)}
    left = [
        one
        for one in store.items(work.conn, before.id)
        if one.status == "picked" and one.issue_id is not None and one.issue_id not in made
    ]
    if left:
        work.session.warn(f"有 {len(left)} 个议题没有议定事项。")
    return _change(work, before, after)


def void(work: Work, meeting: str, reason: str) -> Record:
    """撤销调度: a meeting that did not take place, or was set up by mistake."""
    before = found(work.conn, meeting)
    rules.require_open(before, "撤销调度")
    if store.resolutions(work.conn, before.id):
        raise Refused(f"调度 {before.id} 已有议定事项，不能撤销。", code="decided")
    return _change(work, before, replace(before, status="void", summary=reason))


def _change(work: Work, before: Meeting, after: Meeting) -> Record:
    old, new = _stored(before), _stored(after)
    changed = {name: value for name, value in new.items() if old[name] != value}
    was = {name: old[name] for name in changed}
    work.record("dispatch", before.id, {"set": changed, "was": was})
    return _whole(work, after)


def _whole(work: Work, meeting: Meeting) -> Record:
    """Give the meeting's record where somebody reads it."""
    return meeting_whole(work.session, meeting) if work.told else {}
