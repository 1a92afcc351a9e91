"""The monthly notice in draft: begun, looked at again, decided about unit by unit."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from db import events, ids
from db import notices as store
from supervise.domain.dates import period_end, period_label
from supervise.domain.ladder_records import Entry, Notice
from supervise.domain.naming import rolled_up
from supervise.domain.records import Unit
from supervise.errors import NotFound, Refused
from supervise.services import naming, units
from supervise.services.notice_records import notice_record
from supervise.services.notice_rows import entry_row
from supervise.services.work import Record, Work

SERIES = "调度通报"


def draft(work: Work, period: str, series: str | None = None, cutoff: date | None = None) -> Record:
    """拟稿: start a month's notice, or look at the draft again.

    Issuing compares with what was seen here. The cut-off is the end of the month unless given.
    Raises Refused (already_issued) once the notice is out.
    """
    series = series or work.session.pack.naming.series or SERIES
    known = store.current(work.conn, series, period)
    if known is not None and known.status == "issued":
        raise Refused(
            f"{period_label(period)}的{series}已签发（{known.number or '无文号'}），不能再拟稿；"
            "要改动请用 notice correct 或 notice withdraw。",
            code="already_issued",
        )
    day = cutoff or (known.cutoff if _is_draft(known) and known else period_end(period))
    if day > work.session.today:
        work.session.warn(f"截止日期 {day} 还没有到，名单会随后来的办理而变。")
    if known is not None and known.status == "draft":
        notice = replace(known, cutoff=day, seen=work.appender.seq)
        values: Record = {"cutoff": day.isoformat(), "seen": notice.seen}
        new = False
    else:
        key = ids.next_id(work.conn, "notice")
        notice = Notice(key, period, day, series, periods=(period,), seen=work.appender.seq)
        values = {
            "period": period,
            "series": series,
            "periods": [period],
            "status": "draft",
            "cutoff": day.isoformat(),
            "seen": notice.seen,
        }
        new = True
    board = naming.Board(work.session)
    seen = [entry_row(entry) for entry in board.proposed(notice).entries]
    payload: Record = {"set": values, "seen": seen}
    work.record("notice", notice.id, {**payload, "new": True} if new else payload)
    return notice_record(work.session, store.by_id(work.conn, notice.id), board)


def _is_draft(notice: Notice | None) -> bool:
    return notice is not None and notice.status == "draft"


def the(work: Work, period: str, status: str, series: str | None = None) -> Notice:
    """Find the month's notice in the status an operation needs, refusing otherwise.

    Unless a series is said, the one that the pack names comes first; another one's only notice in
    the status is next.
    """
    notice = store.current(work.conn, series or work.session.pack.naming.series or SERIES, period)
    if series is None and (notice is None or notice.status != status):
        others = [n for n in store.every(work.conn) if n.period == period and n.status == status]
        notice = others[0] if len(others) == 1 else notice
    label = period_label(period)
    if notice is None:
        what = series or "通报"
        raise NotFound(f"{label}还没有{what}，请先拟稿（supervise notice draft {period}）。")
    if notice.status != status:
        words = {"draft": "拟稿", "issued": "已签发", "withdrawn": "已撤回"}
        raise Refused(
            f"{label}的通报现在是“{words[notice.status]}”，这一步须在“{words[status]}”时办理。",
            code="not_allowed",
        )
    return notice


def named_unit(work: Work, unit: str | None, unit_id: str | None) -> Unit:
    """Find the accountable subject of the unit a person named."""
    found = units.find(work.conn, unit, unit_id)
    return naming.Board(work.session).accountable(found.id)


def with_bureau(
    work: Work, notice: Notice, unit: str | None, unit_id: str | None, reason: str
) -> str:
    """Keep beside a reason the county's bureau that a person named: a county answers for it."""
    found = units.find(work.conn, unit, unit_id)
    subject = naming.Board(work.session).subject(found.id, work.on)
    if subject.bureau is None:
        return reason
    return f"{rolled_up(subject.name, [subject.bureau])}：{reason}"


def _decide(work: Work, notice: Notice, unit: Unit, kind: str, **facts: Any) -> Record:
    """Append one decision about a unit on a draft; gives the notice's record."""
    number = len(store.decisions(work.conn, notice.id))
    row = {
        "no": number,
        "unit_id": unit.id,
        "kind": kind,
        "by_name": work.actor,
        "on_date": work.on.isoformat(),
        **facts,
    }
    work.record("notice", notice.id, {"decisions": [row]})
    return notice_record(work.session, notice)


def _entry(work: Work, notice: Notice, unit: Unit) -> Entry | None:
    found = [e for e in naming.entries(work.session, notice) if e.unit_id == unit.id]
    return next((e for e in found if e.polarity == "named"), found[0] if found else None)


def name(
    work: Work,
    period: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
    polarity: str = "named",
    series: str | None = None,
) -> Record:
    """列入通报: a person puts a unit on the draft: named, praised or noted.

    Raises Refused for a kind of unit that the rule pack never names.
    """
    notice = the(work, period, "draft", series)
    subject = named_unit(work, unit, unit_id)
    never = subject.kind in work.session.pack.naming.never
    if polarity == "named" and never:
        raise Refused(
            f"{subject.kind}不作点名对象，{subject.name}不能列入点名。", code="never_named"
        )
    why = with_bureau(work, notice, unit, unit_id, reason)
    return _decide(work, notice, subject, "name", reason=why, polarity=polarity)


def exempt(
    work: Work,
    period: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
    explain: bool = False,
    series: str | None = None,
) -> Record:
    """免予点名: not named this month, for a reason; approved by another than the drafter.

    `explain`: the unit owes a written explanation all the same. Raises Refused for a unit that is
    not to be named, and for the drafter as approver where the pack keeps them apart strictly.
    """
    notice = the(work, period, "draft", series)
    subject = named_unit(work, unit, unit_id)
    entry = _entry(work, notice, subject)
    if entry is None or entry.polarity != "named":
        raise Refused(f"{subject.name}不在{period_label(period)}拟点名单位中。", code="not_listed")
    drafter = next(
        e.by for e in events.of(work.conn, "notice", notice.id) if e.op == "notice.draft"
    )
    if work.actor == drafter:
        _same_person(
            work, f"免予点名应由拟稿人（{drafter}）以外的人批准，请在“批准人”（--by）写明另一人。"
        )
    return _decide(work, notice, subject, "exempt", reason=reason, explain=int(explain))


def _same_person(work: Work, sentence: str) -> None:
    if work.session.pack.naming.separation == "strict":
        raise Refused(sentence, code="same_person")
    if work.session.pack.naming.separation == "warn":
        work.session.warn(sentence)


def restore(
    work: Work,
    period: str,
    unit: str | None = None,
    unit_id: str | None = None,
    series: str | None = None,
) -> Record:
    """恢复点名: take back an exemption, or an addition by hand. Raises Refused without either."""
    notice = the(work, period, "draft", series)
    subject = named_unit(work, unit, unit_id)
    board = naming.Board(work.session)
    kinds = [
        d.kind
        for d in store.decisions(work.conn, notice.id)
        if board.accountable(d.unit_id).id == subject.id
    ]
    if not {"exempt", "name"} & set(kinds):
        raise Refused(f"{subject.name}没有免予点名或手工列入的决定可撤销。", code="not_listed")
    return _decide(work, notice, subject, "restore")


def check(
    work: Work,
    period: str,
    result: str,
    unit: str | None = None,
    unit_id: str | None = None,
    series: str | None = None,
) -> Record:
    """核对: keep what the unit answered to the 《拟通报事项核对单》.

    Raises Refused for a unit that is not on the draft.
    """
    notice = the(work, period, "draft", series)
    subject = named_unit(work, unit, unit_id)
    if _entry(work, notice, subject) is None:
        raise Refused(f"{subject.name}不在{period_label(period)}的通报稿中。", code="not_listed")
    return _decide(work, notice, subject, "check", result=result)
