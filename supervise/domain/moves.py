"""The moves of the loop as pure functions: an issue and the facts in, the changed issue out.

Each function assumes nothing: it refuses with `Refused` what the table in `stage` does not allow.
Due dates arrive as values already computed by `clock`; nothing here looks at a calendar.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from supervise.domain.records import Issue, Stage
from supervise.domain.stage import require
from supervise.domain.stays import cycle, go
from supervise.errors import Refused


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
    return go(
        issue,
        "assign",
        on,
        Stage.RECTIFY,
        unit_id=unit_id,
        co_units=co_units or issue.co_units,
        assigned_on=on,
        **cycle(due_on, term),
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
    return go(
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
    return go(issue, "pass", on, Stage.FEEDBACK)


def return_(issue: Issue, on: date, due_on: date | None, term: str | None = None) -> Issue:
    """复核退回: back to 整改 with a clock of its own; returns are counted over all handlings.

    Raises Refused for a due date before the day.
    """
    require(issue, "return", on)
    return _back(issue, "return", on, due_on, term)


def _back(issue: Issue, op: str, on: date, due_on: date | None, term: str | None) -> Issue:
    _not_before(on, due_on)
    return go(issue, op, on, Stage.RECTIFY, returns=issue.returns + 1, **cycle(due_on, term))


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
            "回访“不满意”须写明诉求是否合理（--upheld）：合理的退回整改，不合理的写明理由。"
        )
    if upheld:
        return replace(_back(issue, "feedback", on, due_on, term), satisfaction=satisfaction)
    if not reason:
        raise Refused("回访“不满意”而诉求不合理的，须写明理由（--reason）。")
    return replace(issue, satisfaction=satisfaction, feedback_on=on)


def close(issue: Issue, on: date) -> Issue:
    """销号: the issue leaves the list. Raises Refused while `stage.close_gates` names any."""
    require(issue, "close", on)
    return go(issue, "close", on, Stage.CLOSED, closed_on=on)


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
    return go(
        issue,
        "reopen",
        on,
        Stage.RECTIFY,
        reopens=issue.reopens + 1,
        **cycle(due_on, term),
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
    return go(
        issue,
        "transfer",
        on,
        Stage.RECTIFY,
        unit_id=unit_id,
        co_units=co_units,
        assigned_on=on,
        **cycle(due_on, term),
    )


def escalate(issue: Issue, on: date, level: str) -> Issue:
    """提级: the matter is put before a higher level; unit and due date stay as they are."""
    require(issue, "escalate", on)
    return replace(issue, escalated=level)


def reject(issue: Issue, on: date) -> Issue:
    """不予受理: examined and not taken up; no rate counts it, and `restore` brings it back."""
    require(issue, "reject", on)
    return go(issue, "reject", on, Stage.REJECTED)


def merge(issue: Issue, on: date, target: Issue) -> Issue:
    """合并办理: the issue goes on under another one, whose own deadline does not change.

    Raises Refused for itself as the target, and for one that was ended without 销号.
    """
    require(issue, "merge", on)
    if target.id == issue.id:
        raise Refused("不能把事项并入它自己。")
    if target.stage in {Stage.REJECTED, Stage.MERGED, Stage.TERMINATED}:
        raise Refused(f"不能并入 {target.code}：它已“{target.stage.label}”。")
    return go(issue, "merge", on, Stage.MERGED, merged_into=target.id)


def terminate(issue: Issue, on: date) -> Issue:
    """终止办理: withdrawn, before a court, or its party is gone."""
    require(issue, "terminate", on)
    return go(issue, "terminate", on, Stage.TERMINATED)


def restore(issue: Issue, on: date) -> Issue:
    """恢复: an ended issue (not a closed one) starts again in 发现, to be given out anew.

    The dates of its handling are cleared; its stays and its counts of returns remain.
    """
    require(issue, "restore", on)
    fields = {**cycle(None, None), "merged_into": None, "assigned_on": None}
    return go(issue, "restore", on, Stage.DISCOVER, **fields)
