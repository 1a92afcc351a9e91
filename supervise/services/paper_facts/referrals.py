"""The facts of the papers of a referral: only of one that a person decided on and recorded."""

from __future__ import annotations

from db import events
from db import ladder as store
from supervise.domain.dates import date_label, period_label
from supervise.domain.facts_files import ReferralFacts
from supervise.domain.ladder_records import Referral
from supervise.domain.referral import CRITERIA
from supervise.errors import BadInput, NotFound, Refused
from supervise.services import units
from supervise.services.ladder import Standing
from supervise.services.paper_facts.office import office
from supervise.services.session import Session

_WORDS = {"continued": "继续督办", "dismissed": "不予移送"}


def recorded(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[ReferralFacts]:
    """For 移送函 and 移交登记表. Raises Refused for what was not decided, or decided otherwise."""
    if len(subjects) != 1:
        raise BadInput("请写一次移送的编号，或一个单位的名称。", code="bad_field")
    standing = Standing(session)
    found = _find(standing, subjects[0].strip())
    if found.status != "recorded" or found.decided_on is None:
        raise Refused(
            f"{_unit(standing, found)}的研判结论是“{_WORDS.get(found.status, found.status)}”，"
            "没有移送，不出具移送文书。",
            code="not_allowed",
        )
    return [_facts(standing, found)]


def _find(standing: Standing, which: str) -> Referral:
    every = store.referrals(standing.conn)
    if which.isdigit() and any(one.id == int(which) for one in every):
        return next(one for one in every if one.id == int(which))
    if which.isdigit():
        raise NotFound(f"没有编号为“{which}”的移送记录，请用 supervise referral list 查编号。")
    subject = standing.board.accountable(units.find(standing.conn, which).id)
    mine = [one for one in every if standing.board.accountable(one.unit_id).id == subject.id]
    sent = [one for one in mine if one.status == "recorded"]
    if not mine:
        raise Refused(
            f"{subject.name}没有移送记录；移送由人决定并记录后，才出具移送文书。",
            code="not_allowed",
        )
    return (sent or mine)[-1]


def _unit(standing: Standing, one: Referral) -> str:
    return standing.board.units[one.unit_id].name


def _facts(standing: Standing, one: Referral) -> ReferralFacts:
    session = standing.session
    event = events.of(session.conn, "referral", one.id)[0]
    rule = session.pack.referral.criteria[one.criterion]
    basis = event.payload.get("basis")
    assert one.decided_on is not None
    return ReferralFacts(
        office=office(session),
        id=one.id,
        unit=_unit(standing, one),
        criterion=CRITERIA[one.criterion],
        reading=rule.label or "—",
        clause=rule.clause or "—",
        basis=tuple(basis) if isinstance(basis, list) else (),
        decided_on=one.decided_on,
        handler=event.by,
        approver=one.approver or "",
        recipient=one.recipient or "",
        ref=one.ref,
        papers=tuple(_papers(standing, one)),
    )


def _papers(standing: Standing, one: Referral) -> list[str]:
    """List what is handed over: the notices and the interviews of the unit until that day."""
    day = one.decided_on
    assert day is not None
    found = [
        f"{period_label(naming.period)}调度通报（{naming.number or '文号未登记'}）及点名依据卷"
        for naming in standing.namings
        if naming.unit_id == standing.board.accountable(one.unit_id).id and naming.issued_on <= day
    ]
    held = [
        f"{date_label(talk.held_on)}约谈纪要"
        for talk in standing.interviews
        if talk.unit_id == standing.board.accountable(one.unit_id).id
        and talk.held_on
        and talk.held_on <= day
    ]
    return [*found, *held]
