"""The moves of the loop as pure functions: an issue and the facts in, the changed issue out.

Each function assumes nothing: it refuses with `Refused` what the table in `stage` does not allow.
Due dates arrive as values already computed by `clock`; nothing here looks at a calendar.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from supervise.domain.overdue import suspended
from supervise.domain.records import Issue, Span, Stage
from supervise.domain.shifts import UNIT_MERGE, shift, succeeded
from supervise.domain.stage import MOVES, why_not
from supervise.errors import Refused


def require(issue: Issue, op: str, on: date) -> None:
    """Refuse a move that the loop does not allow now, or one dated before the last move.

    Raises Refused with the code not_allowed or before_last_move.
    """
    reason = why_not(issue, op)
    if reason:
        raise Refused(reason, code="not_allowed")
    if on < issue.moved_on:
        raise Refused(
            f"不能{MOVES[op].title}：日期 {on} 早于事项 {issue.code} 上一步的日期"
            f" {issue.moved_on}，"
            "请核对日期，或先更正上一步。",
            code="before_last_move",
        )


def _before_merger(issue: Issue, on: date) -> Issue:
    """Take back the stay that a merger of units began, for a step dated before the merger."""
    while len(issue.spans) > 1 and issue.spans[-1].entered > on:
        *rest, before, last = issue.spans
        if before.outcome != UNIT_MERGE:
            break
        stay = replace(before, due_on=last.due_on, left=None, outcome=None)
        number = len(rest)
        shifts = tuple(replace(s, span=min(s.span, number)) for s in issue.shifts)
        issue = replace(issue, spans=(*rest, stay), shifts=shifts)
    return issue


def _paused_to(issue: Issue, on: date) -> Issue:
    """Carry the date of a stay that ends under a pause begun in time to the day it ends on.

    Whoever looks back at a day of the pause finds the clock standing still, also after the issue
    was taken up again and the pause itself is forgotten.
    """
    stays = issue.stage is Stage.RECTIFY and suspended(issue.due_on, issue.paused_on)
    if not stays or issue.due_on is None or issue.paused_on is None or issue.due_on >= on:
        return issue
    return shift(issue, "resume", issue.paused_on, on)


def _go(issue: Issue, op: str, on: date, stage: Stage, **changes: Any) -> Issue:
    """Close the current stay and open the next one; `changes` are the other fields that change.

    A step dated before a merger of units was still the old unit's, and goes on to its successor.
    """
    known = issue
    issue = _paused_to(_before_merger(issue, on), on)
    mergers = [stay for stay in known.spans[len(issue.spans) :] if "unit_id" not in changes]
    held = issue.spans[-1].unit_id if mergers else issue.unit_id
    unit_id = changes.setdefault("unit_id", held)
    due_on = changes.get("due_on") if stage is Stage.RECTIFY else None
    last = replace(issue.spans[-1], left=on, outcome=op)
    spans = (*issue.spans[:-1], last, Span(stage, unit_id, on, due_on))
    ended_on = on if stage.ended else None
    changes.setdefault("ended_on", ended_on)
    moved = replace(issue, stage=stage, moved_on=on, spans=spans, **changes)
    for merger in mergers if not stage.ended else ():
        if moved.unit_id is not None and merger.unit_id is not None:
            moved = succeeded(moved, moved.unit_id, merger.unit_id, merger.entered)
    return moved


def _cycle(due_on: date | None, term: str | None) -> dict[str, Any]:
    """Give the fields a new handling cycle starts with: nothing handed in, nothing signed."""
    return {
        "due_on": due_on,
        "original_due_on": due_on,
        "term": term,
        "signed_on": None,
        "urged_on": None,
        "urges": 0,
        "extensions": 0,
        "paused_on": None,
        "pause_review_on": None,
        "submitted_on": None,
        "submitted_by": None,
        "measures": None,
        "reply": None,
        "replied_on": None,
        "satisfaction": None,
        "feedback_on": None,
        "closed_on": None,
    }


def _not_before(on: date, due_on: date | None) -> None:
    if due_on is not None and due_on < on:
        raise Refused(f"限期 {due_on} 早于 {on}，请改正限期。", code="due_before_start")


def accept(issue: Issue, on: date, category: str | None, urgency: str | None) -> Issue:
    """受理: the complaint was examined and is taken up; what is not said of it stays as it was."""
    require(issue, "accept", on)
    return replace(
        issue,
        accepted_on=on,
        category=category or issue.category,
        urgency=urgency or issue.urgency,
    )


def assign(
    issue: Issue,
    on: date,
    unit_id: int,
    due_on: date | None,
    term: str | None = None,
    co_units: tuple[int, ...] = (),
) -> Issue:
    """交办: the issue goes to its lead unit; the handling clock starts on this day.

    `term` says in words which term gave `due_on`, None where the date was given. Raises Refused
    for a due date before the day.
    """
    require(issue, "assign", on)
    _not_before(on, due_on)
    return _go(
        issue,
        "assign",
        on,
        Stage.RECTIFY,
        unit_id=unit_id,
        co_units=co_units or issue.co_units,
        assigned_on=on,
        **_cycle(due_on, term),
    )


def sign(issue: Issue, on: date) -> Issue:
    """签收: the unit says that it has the issue; the first day holds, and the clock never moves."""
    require(issue, "sign", on)
    return replace(issue, signed_on=issue.signed_on or on)


def progress(issue: Issue, on: date) -> Issue:
    """进展: the unit reports how far it is; that is kept in the event and changes no record."""
    require(issue, "progress", on)
    return issue


def urge(issue: Issue, on: date) -> Issue:
    """催办: the office reminds the unit: counted within the handling, moving no date."""
    require(issue, "urge", on)
    return replace(issue, urged_on=on, urges=issue.urges + 1)


def submit(issue: Issue, on: date, by: str, measures: str | None) -> Issue:
    """报请复核: the unit hands in what it did; the handling clock stops on this day."""
    require(issue, "submit", on)
    return _go(
        issue,
        "submit",
        on,
        Stage.REVIEW,
        submitted_on=on,
        submitted_by=by,
        measures=measures or issue.measures,
    )


def pass_(issue: Issue, on: date) -> Issue:
    """复核通过: the review finds the matter put right; the complainant is to be answered next."""
    require(issue, "pass", on)
    return _go(issue, "pass", on, Stage.FEEDBACK)


def return_(issue: Issue, on: date, due_on: date | None, term: str | None = None) -> Issue:
    """复核退回: back to 整改 with a clock of its own; returns are counted over all handlings.

    Raises Refused for a due date before the day.
    """
    require(issue, "return", on)
    return _back(issue, "return", on, due_on, term)


def _back(issue: Issue, op: str, on: date, due_on: date | None, term: str | None) -> Issue:
    _not_before(on, due_on)
    return _go(issue, op, on, Stage.RECTIFY, returns=issue.returns + 1, **_cycle(due_on, term))


def reply(issue: Issue, on: date, text: str | None) -> Issue:
    """答复: the complainant is told what was done; told again, the last day and text hold."""
    require(issue, "reply", on)
    return replace(issue, reply=text or issue.reply, replied_on=on)


SATISFACTIONS = ("满意", "基本满意", "不满意", "无诉求人", "联系不上")


def feedback(
    issue: Issue,
    on: date,
    satisfaction: str,
    upheld: bool | None = None,
    due_on: date | None = None,
    reason: str | None = None,
    term: str | None = None,
) -> Issue:
    """回访: what the complainant says; 不满意, when upheld, goes back, else on with a reason.

    Raises Refused for a word not in `SATISFACTIONS`, and for a 不满意 without a verdict or, where
    it is not upheld, without a reason.
    """
    require(issue, "feedback", on)
    if satisfaction not in SATISFACTIONS:
        raise Refused(f"满意情况“{satisfaction}”不认识，可填：{'、'.join(SATISFACTIONS)}。")
    if satisfaction != "不满意":
        return replace(issue, satisfaction=satisfaction, feedback_on=on)
    if upheld is None:
        raise Refused(
            "回访“不满意”须写明诉求是否合理（upheld）：合理的退回整改，不合理的写明理由。"
        )
    if upheld:
        return replace(_back(issue, "feedback", on, due_on, term), satisfaction=satisfaction)
    if not reason:
        raise Refused("回访“不满意”而诉求不合理的，须写明理由（reason）。")
    return replace(issue, satisfaction=satisfaction, feedback_on=on)


def close(issue: Issue, on: date) -> Issue:
    """销号: the issue leaves the list. Raises Refused while `stage.close_gates` names any."""
    require(issue, "close", on)
    return _go(issue, "close", on, Stage.CLOSED, closed_on=on)


REVISITS = ("稳定", "反弹")


def revisit(issue: Issue, on: date, result: str) -> Issue:
    """回头看: a closed issue is looked at again; the result is kept in the event.

    A 反弹 moves nothing by itself: to take the issue up anew (`reopen`) is a person's step. Raises
    Refused for another result.
    """
    require(issue, "revisit", on)
    if result not in REVISITS:
        raise Refused(f"回头看结果“{result}”不认识，可填：稳定、反弹。")
    return issue


def reopen(issue: Issue, on: date, due_on: date | None, term: str | None = None) -> Issue:
    """反弹重办: the trouble came back; a new handling cycle starts, the earlier closing stays."""
    require(issue, "reopen", on)
    _not_before(on, due_on)
    return _go(
        issue,
        "reopen",
        on,
        Stage.RECTIFY,
        reopens=issue.reopens + 1,
        **_cycle(due_on, term),
    )


def transfer(
    issue: Issue, on: date, unit_id: int, due_on: date | None, term: str | None = None
) -> Issue:
    """转办: another unit takes over with a fresh clock; the first unit's stay ends.

    Raises Refused for the unit that has it already, and for a due date before the day.
    """
    require(issue, "transfer", on)
    _not_before(on, due_on)
    if unit_id == issue.unit_id:
        raise Refused("不能转办：新的责任单位就是现在的责任单位。")
    co_units = tuple(unit for unit in issue.co_units if unit != unit_id)
    return _go(
        issue,
        "transfer",
        on,
        Stage.RECTIFY,
        unit_id=unit_id,
        co_units=co_units,
        assigned_on=on,
        **_cycle(due_on, term),
    )


def escalate(issue: Issue, on: date, level: str) -> Issue:
    """提级: the matter is put before a higher level; unit and due date stay as they are."""
    require(issue, "escalate", on)
    return replace(issue, escalated=level)


def reject(issue: Issue, on: date) -> Issue:
    """不予受理: examined and not taken up; no rate counts it, and `restore` brings it back."""
    require(issue, "reject", on)
    return _go(issue, "reject", on, Stage.REJECTED)


def merge(issue: Issue, on: date, target: Issue) -> Issue:
    """合并办理: the issue goes on under another one, whose own deadline does not change.

    Raises Refused for itself as the target, and for one that was ended without 销号.
    """
    require(issue, "merge", on)
    if target.id == issue.id:
        raise Refused("不能把事项并入它自己。")
    if target.stage in {Stage.REJECTED, Stage.MERGED, Stage.TERMINATED}:
        raise Refused(f"不能并入 {target.code}：它已“{target.stage.label}”。")
    return _go(issue, "merge", on, Stage.MERGED, merged_into=target.id)


def terminate(issue: Issue, on: date) -> Issue:
    """终止办理: withdrawn, before a court, or its party is gone."""
    require(issue, "terminate", on)
    return _go(issue, "terminate", on, Stage.TERMINATED)


def restore(issue: Issue, on: date) -> Issue:
    """恢复: an ended issue (not a closed one) starts again in 发现, to be given out anew.

    The dates of its handling are cleared; its stays and its counts of returns remain.
    """
    require(issue, "restore", on)
    fields = {**_cycle(None, None), "merged_into": None, "assigned_on": None}
    return _go(issue, "restore", on, Stage.DISCOVER, **fields)
