"""What happened to a record since a user looked at it: a step on stale knowledge is refused."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from db import events, notices
from supervise.domain.ladder_records import Event
from supervise.domain.records import Issue, Stage
from supervise.errors import ChangedMeanwhile
from supervise.services.registry import OPERATIONS
from supervise.services.work import Work

_TOLD = 3
_OTHERS = {"issue.import": "导入", "issue.evidence": "存入佐证"}


def require(work: Work, name: str, values: Mapping[str, Any], seen: int) -> None:
    """Refuse an operation on a record that has events newer than `seen`, saying what they were.

    Issues, tasks, interviews named by their number, units and notices are looked at; all else is
    let pass.
    Raises ChangedMeanwhile with the newest event's number.
    """
    noun, unit = name.partition(".")[0], values.get("unit")
    if name in {"issue.add", "unit.add", "task.add"}:
        return
    if noun == "issue":
        issue = work.issue(str(values["issue"]))
        found = later(work, issue.id, seen)
        if found:
            raise ChangedMeanwhile(sentence(issue, found), found[-1].seq)
    elif noun == "interview" and str(unit).isdigit():
        _require(work, noun, int(str(unit)), f"约谈 {unit}", seen)
    elif noun == "notice" and name != "notice.record":
        _require_notice(work, values, seen)
    elif noun == "task":
        from supervise.services import tasks

        task = tasks.find(work, str(values["task"]))
        _require(work, noun, task.id, f"任务 {task.code}", seen)
    elif noun == "unit":
        from supervise.services import units

        body = units.find(work.conn, unit, values.get("unit_id"))
        _require(work, noun, body.id, body.name, seen)


def _require(work: Work, subject: str, key: int, name: str, seen: int) -> None:
    found = _since(work, subject, key, seen)
    if found:
        words = f"{name}在您看过之后有变动：{_told(found)}。请核对后再办。"
        raise ChangedMeanwhile(words, found[-1].seq)


def _require_notice(work: Work, values: Mapping[str, Any], seen: int) -> None:
    series = values.get("series") or work.session.pack.naming.series
    notice = notices.current(work.conn, series, values["period"])
    if notice is not None:
        _require(work, "notice", notice.id, f"{notice.period} {notice.series}", seen)


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
