"""The dated steps of a month's work (办文环节): recorded, and read as the month's progress.

They hang on the month, not on its notice: 催报, 收表 and 关账 come before there is one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db import events as event_store
from db import months as store
from db import notices as notice_store
from db import sheets as sheet_store
from supervise.domain import clock
from supervise.domain import month as rules
from supervise.domain.dates import (
    next_period,
    period_end,
    period_label,
    period_of,
    previous_period,
)
from supervise.domain.ladder_records import Interview, Notice
from supervise.domain.month import Fact, Progress
from supervise.domain.road import ROAD
from supervise.errors import Refused
from supervise.services import road
from supervise.services.ladder import Standing
from supervise.services.session import Session
from supervise.services.work import Record, Work


def record(work: Work, period: str, step: str, series: str | None = None) -> Record:
    """记录办文环节: keep the day a step of the month's work was done; again, to correct it.

    送达 gives an issued notice its day of delivery, from which explanations are counted. Raises
    Refused for a month later than the next, for what follows the issue of a notice that is not
    issued, and for a day of delivery other than the one written down at issuing.
    """
    if period > next_period(period_of(work.on)):
        raise Refused(f"{period_label(period)}还早，不能记“{step}”。", code="future_period")
    series = series or work.session.pack.naming.series
    notice = notice_store.current(work.conn, series, period)
    if step in rules.AFTER_ISSUE:
        notice = _issued(work, step, period, notice)
    row = {
        "period": period,
        "series": series,
        "step": step,
        "on_date": work.on.isoformat(),
        "by_name": work.actor,
        "ref": work.ref,
        "note": work.note,
    }
    payload: Record = {"step": row}
    if step == "送达" and notice is not None:
        payload["cascade"] = _delivery(work, notice)
    work.record("month", int(period[:4]) * 100 + int(period[5:]), payload)
    notice = notice_store.current(work.conn, series, period)
    if notice is not None and step in ROAD:
        for problem in road.problems(work.session, notice):
            work.session.warn(problem)
    return _record_of(work.session, period, series)


def _issued(work: Work, step: str, period: str, notice: Notice | None) -> Notice:
    label = period_label(period)
    if notice is None or notice.status != "issued" or notice.issued_on is None:
        raise Refused(f"{label}的通报还没有签发，不能记“{step}”。", code="not_allowed")
    if work.on < notice.issued_on:
        raise Refused(f"{step}日期 {work.on} 早于签发日期 {notice.issued_on}。")
    return notice


def _delivery(work: Work, notice: Notice) -> list[Record]:
    """Give the notice its day of delivery, unless it was issued with one."""
    known = store.delivered_at_issue(work.conn, notice.id)
    if known is not None and known != work.on:
        raise Refused(
            f"{period_label(notice.period)}的通报签发时已写明 {known} 送达，已印在依据表上，"
            f"不能另记 {work.on}；确实写错的，请撤回通报（supervise notice withdraw）后重新签发。",
            code="already_delivered",
        )
    values = {"delivered_on": work.on.isoformat()}
    return [{"subject": "notice", "id": notice.id, "set": values}]


def _record_of(session: Session, period: str, series: str) -> Record:
    """Give the month's notice; before there is one, what is known of the month."""
    from supervise.services.notice_records import notice_record, step_records

    notice = notice_store.current(session.conn, series, period)
    if notice is not None:
        return notice_record(session, notice)
    return {
        "period": period,
        "series": series,
        "status": None,
        "number": None,
        "issued_on": None,
        "delivered_on": None,
        "cutoff": period_end(period).isoformat(),
        "entries": [],
        "steps": step_records(session, period, series),
    }


@dataclass(frozen=True, slots=True)
class Month:
    """A month's progress: its steps in order, and the notice it leads to, if there is one."""

    period: str
    series: str
    status: str
    steps: tuple[Progress, ...]


def at_work(session: Session, standing: Standing | None = None) -> Month:
    """Give the progress of the month the office works on now."""
    standing = standing or Standing(session)
    before = progress(session, previous_period(period_of(session.today)), standing)
    # Before the first notice of all nothing is owed for the month that is over.
    settled = rules.settled(before.steps) or not standing.notices
    plan, calendar = session.pack.month, session.calendar
    period = rules.period_at_work(session.today, plan, calendar, settled)
    return before if period == before.period else progress(session, period, standing)


def progress(session: Session, period: str, standing: Standing | None = None) -> Month:
    """Say how each step of a month stands, as of the business date."""
    standing = standing or Standing(session)
    series = session.pack.naming.series
    notice = notice_store.current(session.conn, series, period)
    if notice is not None and notice.status == "withdrawn":
        notice = None
    known = {one.step: one.on for one in store.steps(session.conn, period, series)}
    facts = {step: Fact(known.get(step)) for step in ("催报", "收表", "关账", "会签")}
    facts |= _of_sheets(session, period, known)
    delivered = None
    if notice is not None:
        delivered = notice.delivered_on or notice.issued_on
        facts |= _of_notice(session, standing, notice)
    cutoff = notice.cutoff if notice is not None else period_end(period)
    term = session.pack.explanation.term
    days = rules.planned(
        cutoff,
        session.pack.month,
        session.calendar,
        lambda since: clock.due_on(since, term, session.calendar)[0],
        delivered,
    )
    began = event_store.began(session.conn)
    for step, day in days.items():
        # Nobody could have recorded it: the ledger came later.
        if day < began and facts.get(step, Fact()).done_on is None:
            facts[step] = Fact(applies=False, note="台账建立以前")
    status = notice.status if notice is not None else "none"
    steps = rules.progress(days, facts, session.today)
    return Month(period, series, status, steps)


def _of_sheets(session: Session, period: str, known: dict[str, date]) -> dict[str, Fact]:
    """Read from the sheets sent when units were asked, and whether all have answered.

    A day that a person recorded goes before the one the sheets tell.
    """
    sent = sheet_store.of_period(session.conn, period)
    if not sent:
        return {}
    back = sheet_store.came_back(session.conn, period)
    days = [one.received_on for one in back.values() if one and one.received_on]
    first = min(one.sent_on for one in sent)
    whole = max(days) if len(days) == len(back) else None
    return {
        "催报": Fact(known.get("催报", first), note=f"{first:%m-%d} 发表 {len(back)} 家"),
        "收表": Fact(known.get("收表", whole), note=f"已收 {len(days)}/{len(back)} 家"),
    }


def _of_notice(session: Session, standing: Standing, notice: Notice) -> dict[str, Fact]:
    way = {one.what: one.on for one in road.of_notice(session, notice)}
    drafted = way["拟稿"]
    early = notice.status == "draft" and drafted is not None and drafted < notice.cutoff
    note = f"{drafted:%m-%d} 预拟，截止后须重新拟稿" if early else ""
    facts = {
        "拟稿": Fact(None if early else drafted, note=note),
        "核对": _checked(session, standing, notice),
    }
    if way["核稿"] or way["会签"]:
        facts["会签"] = Fact(way["会签"], note=_dated(way, "核稿"))
    if notice.issued_on is not None:
        facts |= {
            "签发": Fact(notice.issued_on, note=notice.number or ""),
            "印发送达": Fact(way["送达"], note=_dated(way, "用印", "印发")),
            "收说明": _explained(session, standing, notice),
            "提请": _asked(session, standing, notice),
        }
    return facts


def _dated(way: Mapping[str, date | None], *steps: str) -> str:
    """Say when steps were done that share a line with another."""
    return "、".join(f"{day:%m-%d} {step}" for step in steps if (day := way[step]))


def _checked(session: Session, standing: Standing, notice: Notice) -> Fact:
    """Tell how many of those to be named have answered to the check."""
    from supervise.services import naming

    found = naming.entries(session, notice, standing.board)
    named = [e for e in found if e.polarity == "named" and e.status == "effective"]
    days = store.checked_on(session.conn, notice.id)
    answered = [days[e.unit_id] for e in named if e.unit_id in days]
    done = max(answered) if named and len(answered) == len(named) else None
    note = f"已核对 {len(answered)}/{len(named)} 家" if named else "没有拟点名单位"
    return Fact(done, applies=bool(named), note=note)


def _explained(session: Session, standing: Standing, notice: Notice) -> Fact:
    from supervise.services import explanations

    owed = [o for o in explanations.owed(session, standing) if o.notice_id == notice.id]
    days = [o.received_on for o in owed if o.status in {"received", "accepted"} and o.received_on]
    done = max(days) if owed and len(days) == len(owed) else None
    note = f"已收 {len(days)}/{len(owed)} 份" if owed else "没有应交的说明"
    return Fact(done, applies=bool(owed), note=note)


def _asked(session: Session, standing: Standing, notice: Notice) -> Fact:
    """Tell whether the interviews this month's namings lead to were asked for."""
    waiting = [p for p in standing.proposals if notice.period in p.periods]
    asked = [i for i in standing.interviews if _rests_on(i, notice.period)]
    days = [i.submitted_on for i in asked if i.submitted_on is not None]
    note = f"待提请 {len(waiting)} 家" if waiting else ""
    done = max(days) if days and not waiting else None
    return Fact(done, applies=bool(waiting or days), note=note or "没有须提请约谈的单位")


def _rests_on(interview: Interview, period: str) -> bool:
    return interview.status != "void" and max(interview.periods, default="") == period
