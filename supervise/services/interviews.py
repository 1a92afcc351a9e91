"""Interviews (约谈): proposals computed on reading, every step a person's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from db import ids, issues
from supervise.domain import interviews as steps
from supervise.domain.ladder import Proposal
from supervise.domain.ladder_records import INTERVIEW_OPEN, Interview, Naming
from supervise.domain.records import Unit
from supervise.errors import NotFound, Refused
from supervise.services import units
from supervise.services.ladder import Standing
from supervise.services.session import Session
from supervise.services.work import Record, Work
from supervise.text import first_of

# Issues named in a sentence.
_NAMED = 3


def _basis(namings: tuple[Naming, ...]) -> list[Record]:
    return [
        {
            "period": naming.period,
            "notice": naming.number,
            "issued_on": naming.issued_on.isoformat(),
            "unit": naming.name,
            "reasons": [
                {
                    "criterion": reason.criterion,
                    "count": reason.count,
                    "issues": list(reason.issues),
                    "note": reason.note,
                }
                for reason in naming.reasons
            ],
        }
        for naming in namings
    ]


def _of_proposal(standing: Standing, one: Proposal) -> Record:
    unit = standing.board.units[one.unit_id]
    return {
        "id": None,
        "unit": unit.name,
        "unit_id": unit.code,
        "periods": list(one.periods),
        "status": "proposed",
        "basis": _basis(one.namings),
        "warnings": standing.warnings(one),
        "head": unit.head,
    }


_DATES = (
    "submitted_on",
    "approved_on",
    "declined_on",
    "deferred_on",
    "planned_on",
    "held_on",
    "due_on",
    "closed_on",
    "voided_on",
)


def _of_interview(standing: Standing, one: Interview) -> Record:
    unit = standing.board.units[one.unit_id]
    namings = standing.basis(one)
    periods = sorted({*one.periods, *(p for n in namings for p in n.periods)})
    days = {name: getattr(one, name) for name in _DATES}
    return {
        "id": one.id,
        "unit": unit.name,
        "unit_id": unit.code,
        "periods": list(one.periods) if one.status not in INTERVIEW_OPEN else periods,
        "status": one.status,
        "basis": _basis(namings),
        "warnings": standing.flags(one),
        "head": unit.head,
        "leader": one.leader,
        "reason": one.reason,
        "ref": one.ref,
        **{name: day.isoformat() if day else None for name, day in days.items()},
    }


def listing(session: Session) -> list[Record]:
    """List proposals first, then what people asked for, as JSON records.

    What kept two namings of a unit apart is a warning, also where nothing is proposed.
    """
    standing = Standing(session)
    for sentence in standing.unproposed():
        session.warn(sentence)
    proposed = [_of_proposal(standing, one) for one in standing.proposals]
    return proposed + [_of_interview(standing, one) for one in standing.interviews]


def of_unit(standing: Standing, unit_id: int) -> list[Record]:
    """List the proposals and interviews of one accountable subject, as JSON records."""
    proposed = [_of_proposal(standing, one) for one in standing.proposals if one.unit_id == unit_id]
    asked = [_of_interview(standing, one) for one in standing.interviews if one.unit_id == unit_id]
    return proposed + asked


def shown(
    session: Session, which: str, standing: Standing | None = None, *, proposed_first: bool = False
) -> Record:
    """Give one interview by its id; of a unit the open one, else a proposal, else the last.

    `proposed_first`: of a unit a proposal before all else.
    """
    standing = standing or Standing(session)
    unit, found = _locate(standing, which, None)
    proposed = [one for one in standing.proposals if one.unit_id == unit.id]
    open_ones = [one for one in found if one.status in INTERVIEW_OPEN]
    if len(found) == 1 and which.strip() == str(found[0].id):
        return _of_interview(standing, found[0])
    if open_ones and not (proposed and proposed_first):
        return _of_interview(standing, open_ones[-1])
    if proposed:
        return _of_proposal(standing, proposed[0])
    if not found:
        raise NotFound(f"{unit.name}没有约谈，也没有拟提请的约谈。")
    return _of_interview(standing, found[-1])


def ground(standing: Standing, record: Record) -> tuple[Unit, tuple[Naming, ...]]:
    """Give the unit of an interview's record and the namings it rests on."""
    if record["id"] is not None:
        one = next(one for one in standing.interviews if one.id == record["id"])
        return standing.board.units[one.unit_id], standing.basis(one)
    periods = tuple(record["periods"])
    proposal = next(
        p
        for p in standing.proposals
        if p.periods == periods and standing.board.units[p.unit_id].name == record["unit"]
    )
    return standing.board.units[proposal.unit_id], proposal.namings


def _locate(
    standing: Standing, which: str | None, unit_id: str | None
) -> tuple[Unit, list[Interview]]:
    """Find a unit and its interviews by an interview's id, or by the unit itself."""
    if which and which.strip().isdigit() and unit_id is None:
        by_id = [one for one in standing.interviews if one.id == int(which)]
        if by_id:
            return standing.board.units[by_id[0].unit_id], by_id
    found = _unit(standing, which, unit_id)
    unit = standing.board.accountable(found.id)
    return unit, [one for one in standing.interviews if one.unit_id == unit.id]


def _unit(standing: Standing, which: str | None, unit_id: str | None) -> Unit:
    try:
        return units.find(standing.conn, which, unit_id)
    except NotFound:
        if unit_id is None and which and which.strip().isdigit():
            raise NotFound(
                f"没有编号为 {which.strip()} 的约谈，请用 supervise interview list 查编号；"
                "拟提请的还没有编号，请写单位。"
            ) from None
        raise


def submit(
    work: Work,
    unit: str | None = None,
    unit_id: str | None = None,
    periods: tuple[str, ...] = (),
) -> Record:
    """提请约谈: ask the leaders; without months named, for every month proposed for the unit.

    Raises Refused when nothing is proposed, or a request of the unit is open.
    """
    standing = Standing(work.session)
    found = units.find(work.conn, unit, unit_id)
    subject = standing.board.accountable(found.id)
    open_ones = [
        one
        for one in standing.interviews
        if one.unit_id == subject.id and one.status in INTERVIEW_OPEN
    ]
    if open_ones:
        label = steps.STATUS_LABELS[open_ones[0].status]
        raise Refused(
            f"{subject.name}已有一件约谈在办（编号 {open_ones[0].id}，{label}），"
            "办完后才能再提请。",
            code="open_request",
        )
    chosen = _periods(standing, subject, periods)
    issued = max(
        n.issued_on
        for n in standing.namings
        if set(n.periods) & set(chosen) and n.unit_id == subject.id
    )
    if work.on < issued:
        raise Refused(f"提请日期 {work.on} 早于所依据通报的签发日期 {issued}。")
    key = ids.next_id(work.conn, "interview")
    new = Interview(key, subject.id, chosen, "submitted", submitted_on=work.on, ref=work.ref)
    work.record("interview", key, {"set": stored(new), "new": True})
    return shown(work.session, str(key))


def _periods(standing: Standing, subject: Unit, given: tuple[str, ...]) -> tuple[str, ...]:
    proposed = sorted(
        {p for one in standing.proposals if one.unit_id == subject.id for p in one.periods}
    )
    if not proposed:
        raise Refused(
            f"{subject.name}没有达到提请约谈的条件（连续两月被通报），不能提请。",
            code="not_proposed",
        )
    outside = sorted(set(given) - set(proposed))
    if outside:
        raise Refused(
            f"{subject.name}在{'、'.join(outside)}没有拟提请的点名，可提请的月份："
            f"{'、'.join(proposed)}。",
            code="not_proposed",
        )
    return tuple(sorted(given)) or tuple(proposed)


def stored(interview: Interview) -> Record:
    """Give an interview as the columns its event carries."""
    values: dict[str, Any] = {
        name: getattr(interview, name) for name in ("unit_id", "status", "leader", "reason", "ref")
    }
    values["periods"] = list(interview.periods)
    for name in _DATES:
        day = getattr(interview, name)
        values[name] = day.isoformat() if day else None
    return values


def _step(work: Work, verb: str, unit: str | None, unit_id: str | None, **changes: Any) -> Record:
    """Take a step on the interview a person means: the one it is allowed for, else the latest."""
    standing = Standing(work.session)
    subject, mine = _locate(standing, unit, unit_id)
    if not mine:
        raise NotFound(f"{subject.name}还没有提请约谈，请先提请（supervise interview submit）。")
    fitting = [one for one in mine if steps.why_not(one.status, verb) is None]
    before = (fitting or mine)[-1]
    changes = {name: value for name, value in changes.items() if value is not None}
    after = steps.take(before, verb, work.on, **changes)
    if work.ref:
        after = replace(after, ref=work.ref)
    old, new = stored(before), stored(after)
    changed = {name: value for name, value in new.items() if old[name] != value}
    was = {name: old[name] for name in changed}
    work.record("interview", before.id, {"set": changed, "was": was})
    return shown(work.session, str(before.id))


def approve(
    work: Work, unit: str | None = None, unit_id: str | None = None, leader: str | None = None
) -> Record:
    """同意约谈: a leader agrees to hold it; `leader` says who."""
    return _step(work, "approve", unit, unit_id, leader=leader)


def decline(work: Work, reason: str, unit: str | None = None, unit_id: str | None = None) -> Record:
    """不予约谈: a leader decides against it; the months it was about are used up."""
    return _step(work, "decline", unit, unit_id, reason=reason)


def defer(work: Work, reason: str, unit: str | None = None, unit_id: str | None = None) -> Record:
    """暂缓约谈: a leader puts it off; the request stays open."""
    return _step(work, "defer", unit, unit_id, reason=reason)


def schedule(
    work: Work,
    unit: str | None = None,
    unit_id: str | None = None,
    planned_on: date | None = None,
) -> Record:
    """安排约谈: a day is set, or another one; without it only that it will be held."""
    return _step(work, "schedule", unit, unit_id, planned_on=planned_on)


def hold(
    work: Work, unit: str | None = None, unit_id: str | None = None, due_on: date | None = None
) -> Record:
    """约谈: it took place; `due_on` is the date promised for putting things right.

    Raises Refused for a promise that lies before it.
    """
    if due_on is not None and due_on < work.on:
        raise Refused(f"承诺日期 {due_on} 早于约谈日期 {work.on}。")
    return _step(work, "hold", unit, unit_id, due_on=due_on)


def close(work: Work, unit: str | None = None, unit_id: str | None = None) -> Record:
    """约谈办结: what was promised was done; what it rests on and is still open is told."""
    record = _step(work, "close", unit, unit_id)
    reasons = (reason for naming in record["basis"] for reason in naming["reasons"])
    codes = [code for reason in reasons for code in reason["issues"]]
    left = [code for code, one in issues.by_codes(work.conn, codes).items() if not one.stage.ended]
    if left:
        work.session.warn(
            f"约谈所依据的事项还有 {len(left)} 件没有销号：{first_of(left, _NAMED)}。"
        )
    return record


def void(work: Work, reason: str, unit: str | None = None, unit_id: str | None = None) -> Record:
    """撤回提请: the request is taken back; its months may be proposed again."""
    return _step(work, "void", unit, unit_id, reason=reason)
