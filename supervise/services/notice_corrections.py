"""After issue: one entry revoked, changed or added, or the whole notice withdrawn.

An issued notice stays as it is; these are new facts that point at it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from db import notices as store
from supervise.domain.dates import period_label
from supervise.domain.ladder_records import Entry, Notice
from supervise.domain.naming import added_on
from supervise.domain.records import Reason, Unit
from supervise.errors import Refused
from supervise.services import naming
from supervise.services.notice_records import notice_record
from supervise.services.notice_rows import entry_row
from supervise.services.notices import named_unit, the, with_bureau
from supervise.services.session import Session
from supervise.services.work import Record, Work


def correct(
    work: Work,
    period: str,
    action: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
    series: str | None = None,
) -> Record:
    """更正通报: revoke, change or add one entry of an issued notice; the notice itself stays.

    撤销 voids the entry from the start; 增列 counts for the notice's month, its clocks from today;
    更正 keeps the entry and records what was wrong with its text.
    """
    notice = the(work, period, "issued", series)
    assert notice.issued_on is not None
    if work.on < notice.issued_on:
        raise Refused(f"更正日期 {work.on} 早于签发日期 {notice.issued_on}。")
    subject = named_unit(work, unit, unit_id)
    why = with_bureau(work, notice, unit, unit_id, reason) if action == "增列" else reason
    entry = corrected(work.session, notice, subject, action, why, work.on)
    work.record("notice", notice.id, {"entries": [entry_row(entry)], "reason": reason})
    return notice_record(work.session, store.by_id(work.conn, notice.id))


def corrected(
    session: Session, notice: Notice, subject: Unit, action: str, reason: str, on: date
) -> Entry:
    """Give a unit's entry as it will be after a correction; refuses what does not fit."""
    label = period_label(notice.period)
    entry = _entry(naming.Board(session), notice, subject, action)
    effective = entry is not None and entry.status == "effective"
    if action == "增列":
        if effective:
            raise Refused(f"{subject.name}已在{label}通报中。", code="already_listed")
        if subject.kind in session.pack.naming.never:
            raise Refused(f"{subject.kind}不作点名对象。", code="never_named")
        shown = naming.Board(session).subject(subject.id, on).name
        why = (Reason("manual", note=reason),)
        return Entry(subject.id, shown, origin="manual", reasons=why, corrected_on=on)
    if entry is None or not effective:
        raise Refused(f"{subject.name}不在{label}通报的有效条目中。", code="not_listed")
    if action == "撤销":
        return replace(entry, status="withdrawn", corrected_on=on)
    if added_on(entry):
        return replace(entry, reasons=tuple(_reworded(entry.reasons, reason)))
    told = (*entry.reasons, Reason("corrected", note=reason))
    return replace(entry, reasons=told, corrected_on=on)


def _reworded(reasons: Iterable[Reason], reason: str) -> Iterator[Reason]:
    """Say what was wrong beside an added entry's own reason: it still dates from its adding."""
    for one in reasons:
        yield replace(one, note=f"{one.note}；更正：{reason}")


def _entry(board: naming.Board, notice: Notice, subject: Unit, action: str) -> Entry | None:
    """Find the entry a correction is about: the naming, else what else the notice says of it.

    An entry printed under another record of the same body is its own, after one printed under
    this record.
    """
    mine = [one for one in notice.entries if board.accountable(one.unit_id).id == subject.id]
    mine.sort(key=lambda one: one.unit_id != subject.id)
    found = [one for one in mine if one.polarity == "named"]
    others = () if action == "增列" else mine
    live = [one for one in (*found, *others) if one.status == "effective"]
    return next(iter(live or found), None)


def withdraw(work: Work, period: str, reason: str, series: str | None = None) -> Record:
    """撤回通报: the whole notice is void from the start; its text stays on record.

    Raises Refused for a day before it was issued.
    """
    notice = the(work, period, "issued", series)
    assert notice.issued_on is not None
    if work.on < notice.issued_on:
        raise Refused(f"撤回日期 {work.on} 早于签发日期 {notice.issued_on}。")
    values = {"status": "withdrawn", "withdrawn_on": work.on.isoformat()}
    work.record("notice", notice.id, {"set": values, "reason": reason})
    return notice_record(work.session, store.by_id(work.conn, notice.id))
