"""The facts an interview's papers print: month by month, with every issue and its dates."""

from __future__ import annotations

from datetime import date

from db import events
from db import issues as issue_store
from supervise.domain import facts as paper
from supervise.domain.ladder_records import Naming, Notice
from supervise.services import interviews, ledger, naming
from supervise.services.ladder import Standing
from supervise.services.notice_facts import matter
from supervise.services.session import Session
from supervise.services.work import Record

_STEPS = {
    "submitted_on": "提请约谈",
    "deferred_on": "暂缓",
    "approved_on": "同意约谈",
    "declined_on": "不予约谈",
    "held_on": "约谈",
    "closed_on": "约谈整改办结",
    "voided_on": "撤回提请",
}


def gather(session: Session, which: str, *, proposed_first: bool = False) -> paper.InterviewFacts:
    """Gather what the papers of one interview, asked for or only proposed, print."""
    standing = Standing(session)
    record = interviews.shown(session, which, standing, proposed_first=proposed_first)
    unit, namings = interviews.ground(standing, record)
    pack = session.pack
    return paper.InterviewFacts(
        city=pack.city.name,
        office=pack.city.office,
        unit=unit.name,
        unit_id=unit.code,
        status=record["status"],
        as_of=session.today,
        head=unit.head,
        head_since=unit.head_since,
        months=tuple(_month(standing, one) for one in namings),
        warnings=tuple(record["warnings"]),
        steps=_steps(session, record),
        due_on=_day(record, "due_on"),
        addressee=pack.city.superior,
        basis=paper.Basis(pack.basis.document, pack.basis.number, pack.basis.status),
        rule=f"连续{pack.interview.months}个月被通报的，提请{pack.city.leader}约谈单位主要负责人",
        clause=pack.interview.clause,
        code=events.head_code(session.conn),
        pack_title=pack.title,
        pack_version=pack.version_id,
        demo=ledger.is_demo(session),
        contact=pack.city.contact,
        leader=record.get("leader"),
        submitted_on=_day(record, "submitted_on"),
        planned_on=_day(record, "planned_on"),
        held_on=_day(record, "held_on"),
        ref=record.get("ref"),
        superior_leader=pack.city.leader,
    )


def _day(record: Record, name: str) -> date | None:
    return date.fromisoformat(record[name]) if record.get(name) else None


def _month(standing: Standing, one: Naming) -> paper.InterviewMonth:
    notice = next(n for n in standing.notices if n.id == one.notice_id)
    return paper.InterviewMonth(
        period=one.period,
        cutoff=notice.cutoff,
        number=one.number,
        issued_on=one.issued_on,
        reasons=naming.reasons_text(one.reasons),
        matters=_matters(standing, one, notice),
    )


def _matters(standing: Standing, one: Naming, notice: Notice) -> tuple[paper.Matter, ...]:
    codes = list(dict.fromkeys(code for reason in one.reasons for code in reason.issues))
    found = issue_store.by_codes(standing.conn, codes)
    return tuple(
        matter(found[code], notice, one.reasons, standing.board) for code in codes if code in found
    )


def _steps(session: Session, record: Record) -> tuple[paper.InterviewStep, ...]:
    if record["id"] is None:
        return ()
    found = []
    for event in events.of(session.conn, "interview", record["id"]):
        payload: Record = event.payload
        changed = payload.get("set") or {}
        dated = next((name for name in _STEPS if changed.get(name)), None)
        what = _STEPS[dated] if dated else "安排约谈"
        found.append(paper.InterviewStep(event.on, what, event.by, event.ref, _said(payload)))
    return tuple(found)


def _said(payload: Record) -> str | None:
    """Give what a step's event adds in words: who is to interview, when, why not, the note."""
    changed = payload.get("set") or {}
    parts = [
        f"约谈领导：{changed['leader']}" if changed.get("leader") else None,
        f"计划 {changed['planned_on']}" if changed.get("planned_on") else None,
        f"承诺 {changed['due_on']} 前完成" if changed.get("due_on") else None,
        changed.get("reason"),
        payload.get("note"),
    ]
    return "；".join(filter(None, parts)) or None
