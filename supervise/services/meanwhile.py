"""What happened to a record since a user looked at it: a step on stale knowledge is refused."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from db import events, notices
from supervise.domain.ladder_records import Event
from supervise.domain.records import Issue, Stage
from supervise.errors import ChangedMeanwhile
from supervise.services import units
from supervise.services.references import number
from supervise.services.registry import OPERATIONS
from supervise.services.work import Work

_TOLD = 3
# What makes a record, or notes a day beside one.
_NEW = frozenset(
    (
        "issue.add", "unit.add", "task.add", "instruction.add", "dispatch.open", "notice.record",
    )
)  # fmt: skip
_OTHERS = {"issue.import": "导入", "issue.evidence": "存入佐证"}


def require(work: Work, name: str, values: Mapping[str, Any], seen: int) -> None:
    """Refuse an operation on a record that has events newer than `seen`, saying what they were.

    What has no record yet and what stands by itself (a new issue, a calendar) is let pass.
    Raises ChangedMeanwhile with the newest event's number.
    """
    noun = name.partition(".")[0]
    if name in _NEW:
        return
    if noun == "issue":
        issue = work.issue(str(values["issue"]))
        if newer := later(work, issue.id, seen):
            raise ChangedMeanwhile(sentence(issue, newer), newer[-1].seq)
        return
    look = _LOOKS.get(noun)
    for found, what in look(work, values, seen) if look is not None else ():
        if found:
            words = f"{what}在您看过之后有变动：{_told(found)}。请核对后再办。"
            raise ChangedMeanwhile(words, found[-1].seq)


Looked = Iterator[tuple[Sequence[Event], str]]


def _task(work: Work, values: Mapping[str, Any], seen: int) -> Looked:
    from supervise.services import tasks

    task = tasks.find(work, str(values["task"]))
    yield _since(work, "task", task.id, seen), f"任务 {task.code}"


def _unit(work: Work, values: Mapping[str, Any], seen: int) -> Looked:
    body = units.find(work.conn, values.get("unit"), values.get("unit_id"))
    yield _since(work, "unit", body.id, seen), body.name


def _notice(work: Work, values: Mapping[str, Any], seen: int) -> Looked:
    series = values.get("series") or work.session.pack.naming.series
    notice = notices.current(work.conn, series, values["period"])
    if notice is not None:
        yield _since(work, "notice", notice.id, seen), f"{notice.period} {notice.series}"


def _explanation(work: Work, values: Mapping[str, Any], seen: int) -> Looked:
    """The notice that asks for it, and what else came in or went out of the same unit's."""
    series = work.session.pack.naming.series
    notice = notices.current(work.conn, series, values["period"])
    if notice is None:
        return
    yield _since(work, "notice", notice.id, seen), f"{notice.period} {notice.series}"
    whose = _accountable(work, values)
    found = [one for one in _since(work, "explanation", notice.id, seen) if _about(one) in whose]
    yield found, f"{values.get('unit') or ''}{notice.period}的书面说明"


def _referral(work: Work, values: Mapping[str, Any], seen: int) -> Looked:
    yield _of_unit(work, "referral", values, seen), f"{values.get('unit') or ''}的研判"


def _interview(work: Work, values: Mapping[str, Any], seen: int) -> Looked:
    key = number(str(values.get("unit") or ""))
    if key is not None:
        yield _since(work, "interview", key, seen), f"约谈 {key}"
        return
    yield _of_unit(work, "interview", values, seen), f"{values.get('unit') or ''}的约谈"


def _instruction(work: Work, values: Mapping[str, Any], seen: int) -> Looked:
    key = number(str(values.get("instruction") or ""))
    if key is not None:
        yield _since(work, "instruction", key, seen), f"批示件 {key}"


def _dispatch(work: Work, values: Mapping[str, Any], seen: int) -> Looked:
    # A decision bears its meeting's number: 3-2 is the second of the third.
    which = str(values.get("meeting") or values.get("decision") or "").partition("-")[0]
    key = number(which)
    if key is not None:
        yield _since(work, "dispatch", key, seen), f"调度 {key}"


_LOOKS: Mapping[str, Callable[[Work, Mapping[str, Any], int], Looked]] = {
    "task": _task,
    "unit": _unit,
    "notice": _notice,
    "explanation": _explanation,
    "referral": _referral,
    "interview": _interview,
    "instruction": _instruction,
    "dispatch": _dispatch,
}


def _accountable(work: Work, values: Mapping[str, Any]) -> set[int]:
    """Give the ids of a unit and of who answers for it."""
    body = units.find(work.conn, values.get("unit"), values.get("unit_id"))
    return {body.id, body.subject_id or body.id}


def _of_unit(work: Work, subject: str, values: Mapping[str, Any], seen: int) -> list[Event]:
    """List what is newer of a unit's records of one kind, and of theirs who answer for it."""
    whose = _accountable(work, values)
    return [one for one in events.newer(work.conn, subject, seen) if _about(one) in whose]


def _about(event: Event) -> object:
    """Give the unit that an event is about."""
    values = event.payload.get("set")
    return values.get("unit_id") if isinstance(values, dict) else None


def later(work: Work, issue_id: int, seen: int) -> list[Event]:
    """List the events of an issue after an event's number."""
    return _since(work, "issue", issue_id, seen)


def _since(work: Work, subject: str, key: int, seen: int) -> list[Event]:
    return [one for one in events.of(work.conn, subject, key) if one.seq > seen]


def sentence(issue: Issue, found: Sequence[Event]) -> str:
    """Say who did what to an issue, and how it stands now."""
    due = issue.stage is Stage.RECTIFY and issue.due_on
    now = f"现在“{issue.stage.label}”" + (f"，限期 {issue.due_on}" if due else "")
    return f"事项 {issue.code} 在您看过之后有变动：{_told(found)}。{now}，请核对后再办。"


def _told(found: Sequence[Event]) -> str:
    told = "；".join(map(_said, found[-_TOLD:]))
    return told if len(found) <= _TOLD else f"共 {len(found)} 步，最近是：{told}"


def _said(event: Event) -> str:
    recorded = "" if event.recorded_by == event.by else f"，{event.recorded_by}录入"
    return f"{event.by}于 {event.on} {operation_word(event.op)}{recorded}"


def operation_word(name: str) -> str:
    """Give the Chinese name of what an event did."""
    known = OPERATIONS.get(name)
    return known.title if known is not None else _OTHERS.get(name, name)
