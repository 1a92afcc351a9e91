"""为什么: the chain behind a printed line, from the rule and its clause down to the log.

Everything is read from what is recorded; an issued notice's line from what was frozen with it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from db import events
from db import issues as issue_store
from supervise.domain.facts_issues import DueStep, IssueFacts
from supervise.domain.facts_months import UnitMonthFacts
from supervise.domain.ladder_records import Event, Notice
from supervise.domain.pack import Pack
from supervise.domain.records import Issue, Unit
from supervise.errors import NotFound, Refused
from supervise.services import interviews, notice_records, packs, units
from supervise.services.naming import Board
from supervise.services.paper_facts import months
from supervise.services.paper_facts.issues import Reader
from supervise.services.session import Session
from supervise.services.why_others import others, steps

Record = dict[str, Any]


def why(session: Session, subject: str, period: str | None = None) -> Record:
    """Explain a unit's place on a notice, an interview, or an issue's due date.

    `subject` is an issue's code, an interview's id, or a unit; with `period` the unit's entry of
    that month, without one what speaks for its interview, else its last naming. Raises NotFound or
    Refused where there is nothing to explain.
    """
    text = subject.strip()
    issue = issue_store.get(session.conn, text)
    if issue is not None and period is None:
        return _issue(session, issue)
    if issue is not None:
        raise Refused(f"{text} 是事项，按月份问的是单位；去掉 --period 再问。", code="not_a_unit")
    known = interviews.listing(session) if period is None else []
    if any(str(one["id"]) == text for one in known):
        return _interview(session, text)
    unit = _unit(session, text)
    if period is not None:
        return _entry(session, text, period)
    above = Board(session).accountable(unit.id)
    if any((one["unit"], one["unit_id"]) == (above.name, above.code) for one in known):
        return _interview(session, above.code or above.name)
    return _entry(session, text, _last_named(session, unit.id, unit.name))


def _unit(session: Session, text: str) -> Unit:
    try:
        return units.find(session.conn, text)
    except NotFound:
        meant = units.near(session.conn, text)
        raise NotFound(
            f"没有编号为“{text}”的事项或约谈，也没有这个名称或代码的单位，{meant}"
            "请用 supervise issue list、supervise interview list 或 supervise unit list 核对。"
        ) from None


def _last_named(session: Session, unit_id: int, name: str) -> str:
    reader = Reader(session)
    periods: list[str] = [
        one["period"]
        for one in notice_records.listing(session)
        if one["status"] != "withdrawn"
        for entry in notice_records.find(session, one["period"], one["series"]).entries
        if reader.board.accountable(entry.unit_id).id == reader.board.accountable(unit_id).id
        and entry.polarity == "named"
    ]
    if not periods:
        raise NotFound(f"{name}没有被点名过，也没有约谈；要看限期请写事项编号。")
    return max(periods)


def _issue(session: Session, issue: Issue) -> Record:
    facts = Reader(session).facts(issue)
    due = facts.due_on.isoformat() if facts.due_on else "未定"
    return {
        "subject": issue.code,
        "kind": "issue",
        "line": f"{issue.code} {issue.title}：限期 {due}",
        **_matter(session, facts),
    }


def _matter(session: Session, facts: IssueFacts) -> Record:
    """Tell what an issue's dates rest on: how its date came about, its log, its evidence."""
    issue = issue_store.get(session.conn, facts.code)
    assert issue is not None
    return {
        "code": facts.code,
        "title": facts.title,
        "stage_name": facts.stage,
        "due_on": _iso(facts.due_on),
        "due": [_due(step) for step in facts.due_story],
        "events": steps(events.of(session.conn, "issue", issue.id)),
        "evidence": [
            {"name": one.name, "added_on": _iso(one.added_on), "sha256": one.digest}
            for one in facts.evidence
        ],
    }


def _due(step: DueStep) -> Record:
    return {
        "sentence": step.sentence,
        "due_on": _iso(step.due_on),
        "provisional": step.provisional,
        "days": [
            {"date": day.on.isoformat(), "counted": day.counted, "why": day.why}
            for day in step.days
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _entry(session: Session, subject: str, period: str) -> Record:
    (facts,) = months.dossiers(session, (period,), subject)
    notice = notice_records.find(session, period)
    return {
        "subject": facts.entry.unit,
        "kind": "naming",
        "period": period,
        "line": f"{facts.entry.unit}：{'；'.join(facts.entry.reasons)}",
        **_grounds(session, facts, notice),
    }


def _grounds(session: Session, facts: UnitMonthFacts, notice: Notice) -> Record:
    """Tell what an entry rests on: notice, rules, questions, check, matters, decisions."""
    unit = units.find(session.conn, facts.entry.unit, facts.entry.unit_id)
    log = [
        one
        for one in events.of(session.conn, "notice", notice.id)
        if unit.id in _units_of(one, default=unit.id)
    ]
    return {
        "notice": {
            "status": notice.status,
            "number": notice.number,
            "cutoff": notice.cutoff.isoformat(),
            "issued_on": _iso(notice.issued_on),
            "pack_version": notice.pack_version,
            "head": notice.basis,
        },
        "rules": [
            {"criterion": one.name, "clause": one.clause, "reading": one.reading}
            for one in facts.criteria
        ],
        "questions": [
            {"question": one.name, "answer": one.answer, "ok": one.ok}
            for one in facts.entry.questions
        ],
        "check": {
            "result": facts.check.result,
            "on": _iso(facts.check.on),
            "by": facts.check.by,
        }
        if facts.check
        else None,
        "matters": [_matter(session, one) for one in facts.matters],
        "others": others(session, notice, unit.id, facts.entry.reasons),
        "events": steps(log),
    }


def _units_of(event: Event, default: int) -> set[int]:
    """Give the units a step of a notice was about; one about the whole notice is about any."""
    payload: Record = event.payload
    about = [*payload.get("decisions", ()), *payload.get("entries", ())]
    whole = event.op in {"notice.draft", "notice.issue"} or not about
    return {default} if whole else {one["unit_id"] for one in about}


def _interview(session: Session, which: str) -> Record:
    record = interviews.shown(session, which)
    pack = _pack_of(session, record["periods"])
    found = record["id"]
    log = events.of(session.conn, "interview", found) if found is not None else []
    return {
        "subject": record["unit"],
        "kind": "interview",
        "line": f"{record['unit']}：{'、'.join(record['periods'])}连续被通报",
        "rules": [
            {
                "criterion": "连续被通报提请约谈",
                "clause": pack.interview.clause,
                "reading": f"连续{pack.interview.months}个月被点名，每月计一次",
            }
        ],
        "warnings": record["warnings"],
        "months": [_month(session, record, period) for period in record["periods"]],
        "events": steps(log),
    }


def _pack_of(session: Session, periods: list[str]) -> Pack:
    """Give the rules in force when the last of the notices an interview rests on was issued."""
    issued = notice_records.find(session, periods[-1]).issued_on
    return packs.on_day(session.conn, issued) if issued else session.pack


def _month(session: Session, interview: Record, period: str) -> Record:
    """Explain one month of an interview; one that names the unit no longer says so."""
    try:
        return _entry(session, interview["unit_id"] or interview["unit"], period)
    except Refused as error:
        if error.code != "not_listed":
            raise
        return {"period": period, "line": f"{period} 通报已不再点名{interview['unit']}"}
