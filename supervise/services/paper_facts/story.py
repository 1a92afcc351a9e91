"""An issue's story from its log: each step in words, each due date with its reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any

from supervise.domain import clock
from supervise.domain.calendar import Calendar
from supervise.domain.clock import Term
from supervise.domain.dates import date_label
from supervise.domain.facts_issues import (
    DueDay,
    DueStep,
    ExtensionFacts,
    PauseFacts,
    StepFacts,
    Submission,
)
from supervise.domain.ladder_records import Event
from supervise.domain.records import Issue, Span, Stage
from supervise.services.registry import OPERATIONS

Record = dict[str, Any]
Veil = Callable[[str], str]
_IMPORT = "import"
_NOT_OPERATIONS = {_IMPORT: "导入", "sheet.send": "发表", "sheet.collect": "收表"}
# What an imported row says of the steps before it.
_IMPORTED = (
    ("assigned_on", "交办"),
    ("submitted_on", "报请复核"),
    ("closed_on", "销号"),
)
# What an event adds in words, in the order it is told: key, and what stands before it.
_SAID = (
    ("conclusion", ""),
    ("reason", ""),
    ("method", "复核方式："),
    ("reviewers", "复核人员："),
    ("result", "结果："),
    ("asked_for", "申请延至"),
    ("into", "并入"),
    ("joined", "并入本事项："),
    ("left", "不再并入本事项："),
    ("node", "时限节点："),
    ("done_on", "完成于"),
    ("note", ""),
)
_SET = (
    ("measures", ""),
    ("reply", "答复："),
    ("satisfaction", "回访结果："),
    ("urgency", "紧急程度："),
    ("escalated", "提请"),
)


def title_of(op: str) -> str:
    """Give the office's word for a step of the log."""
    found = OPERATIONS.get(op)
    return found.title if found else _NOT_OPERATIONS.get(op, op)


def recorded_on(event: Event) -> date | None:
    """Give the day a step was entered, where that is not the day it happened on."""
    day = date.fromisoformat(event.recorded_at[:10])
    return day if day != event.on else None


def steps(log: Iterable[Event], units: dict[int, str], veil: Veil) -> tuple[StepFacts, ...]:
    """Tell every step of an issue, in the order in which they were recorded."""
    return tuple(step(event, units, veil) for event in log)


def step(event: Event, units: dict[int, str], veil: Veil) -> StepFacts:
    """Tell one step of an issue."""
    return StepFacts(
        event.on,
        title_of(event.op),
        event.by,
        event.ref,
        veil(_told(event, units)) or None,
        recorded_on(event),
    )


def _told(event: Event, units: dict[int, str]) -> str:
    payload: Record = event.payload
    changed = payload.get("set") or {}
    parts = [_unit(changed, payload, units)]
    if payload.get("new") and changed.get("source"):
        parts.append(f"来源：{changed['source']}")
    if event.op == _IMPORT:
        dated = [(label, changed.get(key)) for key, label in _IMPORTED]
        parts += [f"{_day(day)}{label}" for label, day in dated if day]
    parts += [f"{front}{_day(payload[key])}" for key, front in _SAID if payload.get(key)]
    parts += [f"{front}{changed[key]}" for key, front in _SET if _is_news(payload, key)]
    if changed.get("due_on") and not payload.get("new"):
        parts.append(f"限期{_day(changed['due_on'])}")
    said = list(dict.fromkeys(part.rstrip("。；") for part in parts if part))
    # A note that only repeats the answer or the measures is told once.
    return "；".join(
        one for one in said if not any(one != o and o.endswith(f"：{one}") for o in said)
    )


def _is_news(payload: Record, key: str) -> bool:
    """Whether an event set a field, and not only as part of a new record."""
    return bool((payload.get("set") or {}).get(key)) and not payload.get("new")


def _unit(changed: Record, payload: Record, units: dict[int, str]) -> str:
    if payload.get("new") or changed.get("unit_id") is None:
        return ""
    return units.get(changed["unit_id"], "")


def _day(value: object) -> str:
    """Write a stored date as papers do; any other text stays."""
    try:
        return date_label(date.fromisoformat(str(value)))
    except ValueError:
        return str(value)


def due_story(log: Iterable[Event], calendar: Calendar) -> tuple[DueStep, ...]:
    """Tell how the due date was first set, and every time it moved."""
    return tuple(_due_step(event, calendar) for event in log if _sets_due(event))


def _sets_due(event: Event) -> bool:
    payload: Record = event.payload
    new, was = payload.get("set") or {}, payload.get("was") or {}
    return bool(new.get("due_on")) and new.get("due_on") != was.get("due_on")


def _due_step(event: Event, calendar: Calendar) -> DueStep:
    payload: Record = event.payload
    why, due = payload.get("clock") or {}, date.fromisoformat(payload["set"]["due_on"])
    front = f"{date_label(event.on)}{title_of(event.op)}"
    if event.op == _IMPORT:
        entered = date_label(date.fromisoformat(event.recorded_at[:10]))
        return DueStep(f"{entered}随表导入，限期{date_label(due)}按来源表格所载。", due)
    if why.get("kind") in {"term", "rework"} and why.get("term"):
        term, start = Term.parse(why["term"]), date.fromisoformat(why["start"])
        provisional = bool(why.get("provisional"))
        since = "次日" if start == event.on else f"{date_label(start)}次日"
        sentence = (
            f"{front}，时限{term.label}，自{since}起算，限期{date_label(due)}"
            f"{'（所涉年份放假安排未公布，暂定）' if provisional else ''}。"
        )
        return DueStep(sentence, due, _days(start, term, due, calendar), provisional)
    return DueStep(f"{front}，{_moved(payload, why, due)}。", due)


def _days(start: date, term: Term, due: date, calendar: Calendar) -> tuple[DueDay, ...]:
    """Count the days again; nothing is shown where today's calendar would give another date."""
    found = clock.due(start, term, calendar)
    if found.due != due:
        return ()
    return tuple(DueDay(day.date, day.counted, day.why) for day in found.days)


def _moved(payload: Record, why: Record, due: date) -> str:
    before = (payload.get("was") or {}).get("due_on")
    if why.get("kind") == "resume":
        cause = f"{_day(why['start'])}起暂停计时期间的工作日顺延，"
    elif payload.get("asked_on"):
        cause = f"{_day(payload['asked_on'])}申请，"
    elif why.get("kind") == "calendar":
        cause = "放假安排公布后按新的工作日历，"
    else:
        cause = ""
    if before:
        return f"{cause}限期由{_day(before)}改为{date_label(due)}"
    return f"{cause}指定限期{date_label(due)}"


def submissions(issue: Issue, log: list[Event], veil: Veil) -> tuple[Submission, ...]:
    """List what was handed in, and what the reviews said, from the stays and the log."""
    return tuple(
        _submission(span, issue.spans[number + 1 :], log, veil)
        for number, span in enumerate(issue.spans)
        if span.stage is Stage.RECTIFY and span.outcome == "submit" and span.left
    )


def _submission(span: Span, after: tuple[Span, ...], log: list[Event], veil: Veil) -> Submission:
    assert span.left is not None
    handed = _event(log, "issue.submit", span.left)
    review = next((one for one in after[:1] if one.stage is Stage.REVIEW and one.left), None)
    words = {"pass": "复核通过", "return": "复核退回"}
    verdict = words.get(review.outcome or "") if review else None
    told = _event(log, f"issue.{review.outcome}", review.left) if review and review.left else None
    said: Record = told.payload if told else {}
    measures: Record = handed.payload.get("set") or {} if handed else {}  # type: ignore[assignment]
    return Submission(
        on=span.left,
        by=handed.by if handed else "",
        measures=veil(measures.get("measures") or "") or None,
        verdict=verdict,
        verdict_on=review.left if review and verdict else None,
        verdict_by=told.by if told else "",
        method=said.get("method"),
        note=veil("；".join(filter(None, (said.get("reason"), said.get("note"))))) or None,
    )


def _event(log: list[Event], op: str, on: date | None) -> Event | None:
    return next((one for one in reversed(log) if one.op == op and one.on == on), None)


def extensions(log: Iterable[Event], veil: Veil) -> tuple[ExtensionFacts, ...]:
    """List the requests for a later date; a grant answers the request open before it."""
    found: list[ExtensionFacts] = []
    for event in log:
        payload: Record = event.payload
        reason = veil(payload.get("reason") or "") or None
        if event.op == "issue.ask":
            until = date.fromisoformat(payload["asked_for"])
            found.append(ExtensionFacts(event.on, None, until, reason))
        elif event.op == "issue.extend":
            asked = date.fromisoformat(payload["asked_on"])
            if found and found[-1].granted_on is None and found[-1].asked_on == asked:
                reason = found.pop().reason or reason
            before, after = payload["was"]["due_on"], payload["set"]["due_on"]
            days = date.fromisoformat(before), date.fromisoformat(after)
            found.append(ExtensionFacts(asked, *days, reason, event.on, event.by))
    return tuple(found)


def pauses(log: Iterable[Event], veil: Veil) -> tuple[PauseFacts, ...]:
    """List the pauses of the clock; the last may still run."""
    found: list[PauseFacts] = []
    for event in log:
        payload: Record = event.payload
        if event.op == "issue.pause":
            found.append(PauseFacts(event.on, veil(payload.get("reason") or "") or None))
        elif event.op == "issue.resume" and found and found[-1].until is None:
            last = found.pop()
            found.append(PauseFacts(last.since, last.reason, event.on))
    return tuple(found)


def acts(log: Iterable[Event], op: str) -> Iterator[Event]:
    """Give the events of one operation."""
    return (event for event in log if event.op == op)
