"""The monthly notice: drafted, decided about, issued once and for all, corrected by new facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from db import events, ids
from db import notices as store
from db.codec import canonical, reasons_json
from supervise.domain.dates import period_end, period_label
from supervise.domain.decisions import difference
from supervise.domain.ladder_records import Entry, Notice
from supervise.domain.naming import rolled_up
from supervise.domain.records import Reason, Unit
from supervise.errors import NotFound, Refused
from supervise.services import compose, naming, units
from supervise.services.notice_records import notice_record
from supervise.services.work import Record, Work

SERIES = "调度通报"


def draft(work: Work, period: str, series: str | None = None, cutoff: date | None = None) -> Record:
    """拟稿: start a month's notice, or look at the draft again.

    Issuing compares with what was seen here. The cut-off is the end of the month unless given.
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


def the(work: Work, period: str, status: str) -> Notice:
    """Find the month's notice in the status an operation needs, refusing otherwise.

    The series that the pack names comes first; another one's only notice in the status is next.
    """
    series = work.session.pack.naming.series or SERIES
    notice = store.current(work.conn, series, period)
    if notice is None or notice.status != status:
        others = [n for n in store.every(work.conn) if n.period == period and n.status == status]
        notice = others[0] if len(others) == 1 else notice
    label = period_label(period)
    if notice is None:
        raise NotFound(f"{label}还没有通报，请先拟稿（supervise notice draft {period}）。")
    if notice.status != status:
        words = {"draft": "拟稿", "issued": "已签发", "withdrawn": "已撤回"}
        raise Refused(
            f"{label}的通报现在是“{words[notice.status]}”，这一步须在“{words[status]}”时办理。",
            code="not_allowed",
        )
    return notice


def _subject(work: Work, unit: str | None, unit_id: str | None) -> Unit:
    """Find the accountable subject of the unit a person named."""
    found = units.find(work.conn, unit, unit_id)
    return naming.Board(work.session).accountable(found.id)


def _with_bureau(
    work: Work, notice: Notice, unit: str | None, unit_id: str | None, reason: str
) -> str:
    """Keep beside a reason the county's bureau that a person named: a county answers for it."""
    found = units.find(work.conn, unit, unit_id)
    subject = naming.Board(work.session).subject(found.id, notice.cutoff)
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
) -> Record:
    """列入通报: a person puts a unit on the draft: named, praised or noted."""
    notice = the(work, period, "draft")
    subject = _subject(work, unit, unit_id)
    never = subject.kind in work.session.pack.naming.never
    if polarity == "named" and never:
        raise Refused(
            f"{subject.kind}不作点名对象，{subject.name}不能列入点名。", code="never_named"
        )
    why = _with_bureau(work, notice, unit, unit_id, reason)
    return _decide(work, notice, subject, "name", reason=why, polarity=polarity)


def exempt(
    work: Work,
    period: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
    explain: bool = False,
) -> Record:
    """免予点名: not named this month, for a reason; approved by another than the drafter.

    `explain`: the unit owes a written explanation all the same.
    """
    notice = the(work, period, "draft")
    subject = _subject(work, unit, unit_id)
    entry = _entry(work, notice, subject)
    if entry is None or entry.polarity != "named":
        raise Refused(f"{subject.name}不在{period_label(period)}拟点名单位中。", code="not_listed")
    drafter = next(
        e.by for e in events.of(work.conn, "notice", notice.id) if e.op == "notice.draft"
    )
    if work.actor == drafter:
        _same_person(work, f"免予点名应由拟稿人（{drafter}）以外的人批准，请用 --by 写明批准人。")
    return _decide(work, notice, subject, "exempt", reason=reason, explain=int(explain))


def _same_person(work: Work, sentence: str) -> None:
    if work.session.pack.naming.separation == "strict":
        raise Refused(sentence, code="same_person")
    if work.session.pack.naming.separation == "warn":
        work.session.warn(sentence)


def restore(work: Work, period: str, unit: str | None = None, unit_id: str | None = None) -> Record:
    """恢复点名: take back an exemption, or an addition by hand."""
    notice = the(work, period, "draft")
    subject = _subject(work, unit, unit_id)
    kinds = [d.kind for d in store.decisions(work.conn, notice.id) if d.unit_id == subject.id]
    if not {"exempt", "name"} & set(kinds):
        raise Refused(f"{subject.name}没有免予点名或手工列入的决定可撤销。", code="not_listed")
    return _decide(work, notice, subject, "restore")


def check(
    work: Work, period: str, result: str, unit: str | None = None, unit_id: str | None = None
) -> Record:
    """核对: keep what the unit answered to the 《拟通报事项核对单》."""
    notice = the(work, period, "draft")
    subject = _subject(work, unit, unit_id)
    if _entry(work, notice, subject) is None:
        raise Refused(f"{subject.name}不在{period_label(period)}的通报稿中。", code="not_listed")
    return _decide(work, notice, subject, "check", result=result)


def issue(
    work: Work, period: str, number: str | None = None, delivered_on: date | None = None
) -> Record:
    """签发: freeze the notice, its entries and its document; refused when the picture changed.

    Raises Refused when the day is not after the cut-off, when the proposals differ from those
    seen at drafting, or when the pack demands checks that are missing.
    """
    notice = the(work, period, "draft")
    if work.on <= notice.cutoff:
        raise Refused(
            f"不能签发：签发日期 {work.on} 不晚于截止日期 {notice.cutoff}（含当日），"
            "须在截止日之后签发。",
            code="before_cutoff",
        )
    work.not_future("送达日期", delivered_on)
    if delivered_on is not None and delivered_on < work.on:
        raise Refused(f"送达日期 {delivered_on} 早于签发日期 {work.on}。")
    board = naming.Board(work.session)
    proposed = naming.proposed(work.session, notice, board).entries
    _refuse_changed(work, notice, proposed)
    entries = naming.decided(work.session, notice, proposed, board)
    _refuse_unchecked(work, entries)
    basis = events.head_code(work.conn)
    issued = replace(
        notice,
        status="issued",
        number=number or work.ref,
        issued_on=work.on,
        delivered_on=delivered_on,
        entries=entries,
        basis=basis,
        pack_version=work.session.pack.version_id,
    )
    frozen = compose.freeze(work.session, issued, board)
    values = {
        "status": "issued",
        "number": issued.number,
        "issued_on": work.on.isoformat(),
        "delivered_on": delivered_on.isoformat() if delivered_on else None,
        "basis": basis,
        "pack_version": issued.pack_version,
        "layout": compose.LAYOUT,
        "document": canonical(frozen.documents),
        "figures": canonical(frozen.figures),
    }
    rows = [entry_row(entry) for entry in entries]
    work.record("notice", notice.id, {"set": values, "entries": rows})
    return notice_record(work.session, store.by_id(work.conn, notice.id))


def _refuse_changed(work: Work, notice: Notice, proposed: tuple[Entry, ...]) -> None:
    seen: tuple[Entry, ...] = ()
    for event in events.of(work.conn, "notice", notice.id):
        if event.op == "notice.draft":
            payload: Record = event.payload
            seen = tuple(map(entry_of, payload["seen"]))
    changes = difference(seen, proposed)
    if changes:
        raise Refused(
            f"不能签发：拟稿以后名单有变化——{''.join(changes)}"
            f"请重新拟稿（supervise notice draft {notice.period}），核对后再签发。",
            code="changed_since_draft",
        )


def _refuse_unchecked(work: Work, entries: tuple[Entry, ...]) -> None:
    if work.session.pack.naming.check != "require":
        return
    open_ones = [
        e.name
        for e in entries
        if e.status == "effective" and e.polarity == "named" and e.check != "无异议"
    ]
    if open_ones:
        raise Refused(
            f"不能签发：规则包要求先核对，{'、'.join(open_ones)}尚未核对或有异议。",
            code="unchecked",
        )


def entry_row(entry: Entry) -> Record:
    """Give an entry as the plain data an event carries."""
    return {
        "unit_id": entry.unit_id,
        "name": entry.name,
        "polarity": entry.polarity,
        "origin": entry.origin,
        "status": entry.status,
        "reasons": reasons_json(entry.reasons),
        "check_result": entry.check,
        "exempt_reason": entry.exempt_reason,
        "exempt_by": entry.exempt_by,
        "explain": int(entry.explain),
        "corrected_on": entry.corrected_on.isoformat() if entry.corrected_on else None,
    }


def entry_of(row: Record) -> Entry:
    """Build an entry from such plain data."""
    from db.codec import day, reasons_record

    return Entry(
        row["unit_id"],
        row["name"],
        row["polarity"],
        row["origin"],
        row["status"],
        reasons_record(row["reasons"]),
        row["check_result"],
        row["exempt_reason"],
        row["exempt_by"],
        bool(row["explain"]),
        day(row["corrected_on"]),
    )


def correct(
    work: Work,
    period: str,
    action: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
) -> Record:
    """更正通报: revoke, change or add one entry of an issued notice; the notice itself stays.

    撤销 voids the entry from the start; 增列 counts for the notice's month, its clocks from today;
    更正 keeps the entry and records what was wrong with its text.
    """
    notice = the(work, period, "issued")
    assert notice.issued_on is not None
    if work.on < notice.issued_on:
        raise Refused(f"更正日期 {work.on} 早于签发日期 {notice.issued_on}。")
    subject = _subject(work, unit, unit_id)
    mine = [e for e in notice.entries if e.unit_id == subject.id]
    found = [e for e in mine if e.polarity == "named"]
    if action != "增列":
        found = [e for e in (*found, *mine) if e.status == "effective"] or found
    why = _with_bureau(work, notice, unit, unit_id, reason) if action == "增列" else reason
    entry = _corrected(work, notice, subject, found[0] if found else None, action, why)
    work.record("notice", notice.id, {"entries": [entry_row(entry)], "reason": reason})
    return notice_record(work.session, store.by_id(work.conn, notice.id))


def _corrected(
    work: Work, notice: Notice, subject: Unit, entry: Entry | None, action: str, reason: str
) -> Entry:
    label = period_label(notice.period)
    effective = entry is not None and entry.status == "effective"
    if action == "增列":
        if effective:
            raise Refused(f"{subject.name}已在{label}通报中。", code="already_listed")
        if subject.kind in work.session.pack.naming.never:
            raise Refused(f"{subject.kind}不作点名对象。", code="never_named")
        shown = naming.Board(work.session).subject(subject.id, notice.cutoff).name
        why = (Reason("manual", note=reason),)
        return Entry(subject.id, shown, origin="manual", reasons=why, corrected_on=work.on)
    if entry is None or not effective:
        raise Refused(f"{subject.name}不在{label}通报的有效条目中。", code="not_listed")
    if action == "撤销":
        return replace(entry, status="withdrawn", corrected_on=work.on)
    added = (*entry.reasons, Reason("corrected", note=reason))
    return replace(entry, reasons=added, corrected_on=work.on)


def withdraw(work: Work, period: str, reason: str) -> Record:
    """撤回通报: the whole notice is void from the start; its text stays on record."""
    notice = the(work, period, "issued")
    assert notice.issued_on is not None
    if work.on < notice.issued_on:
        raise Refused(f"撤回日期 {work.on} 早于签发日期 {notice.issued_on}。")
    values = {"status": "withdrawn", "withdrawn_on": work.on.isoformat()}
    work.record("notice", notice.id, {"set": values, "reason": reason})
    return notice_record(work.session, store.by_id(work.conn, notice.id))
