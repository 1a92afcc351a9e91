"""Notices as the JSON records scripts rely on."""

from __future__ import annotations

from typing import Any

from db import months as month_store
from db import notices as store
from supervise.domain.ladder_records import Entry, Notice
from supervise.errors import NotFound
from supervise.services import naming, road
from supervise.services.session import Session

Record = dict[str, Any]


def notice_record(session: Session, notice: Notice, board: naming.Board | None = None) -> Record:
    """Give the `notice` record; a draft's entries are computed now, unless the board knows them."""
    board = board or naming.Board(session)
    found = naming.entries(session, notice, board)
    codes = {key: unit.code for key, unit in board.units.items()}
    return {
        "period": notice.period,
        "series": notice.series,
        "status": notice.status,
        "number": notice.number,
        "issued_on": notice.issued_on.isoformat() if notice.issued_on else None,
        "delivered_on": notice.delivered_on.isoformat() if notice.delivered_on else None,
        "withdrawn_on": notice.withdrawn_on.isoformat() if notice.withdrawn_on else None,
        "cutoff": notice.cutoff.isoformat(),
        "entries": [entry_record(entry, codes.get(entry.unit_id)) for entry in found],
        "code": notice.basis,
        "steps": step_records(session, notice.period, notice.series),
    }


def step_records(session: Session, period: str, series: str) -> list[Record]:
    """List the steps recorded of a month's work, by date: step, on, by, ref."""
    return [
        {"step": one.step, "on": one.on.isoformat(), "by": one.by, "ref": one.ref}
        for one in month_store.steps(session.conn, period, series)
    ]


def entry_record(entry: Entry, code: str | None) -> Record:
    """Give one entry of the `notice` record."""
    return {
        "unit": entry.name,
        "unit_id": code,
        "polarity": entry.polarity,
        "origin": entry.origin,
        "status": entry.status,
        "reasons": [
            {
                "criterion": reason.criterion,
                "count": reason.count,
                "issues": list(reason.issues),
                "note": reason.note,
            }
            for reason in entry.reasons
        ],
        "check": entry.check,
        "exempt_reason": entry.exempt_reason,
        "exempt_by": entry.exempt_by,
        "explain": entry.explain,
    }


def listing(session: Session) -> list[Record]:
    """List every notice, by month."""
    return [_with_road(session, notice) for notice in store.every(session.conn)]


def _with_road(session: Session, notice: Notice) -> Record:
    """Give the record of a notice with its way from draft to delivery."""
    return {**notice_record(session, notice), "road": road.records(session, notice)}


def find(session: Session, period: str, series: str | None = None) -> Notice:
    """Find the notice of a month that stands, else the last one withdrawn. Raises NotFound."""
    name = series or session.pack.naming.series
    notice = store.current(session.conn, name, period)
    if notice is None:
        held = {one.series for one in store.every(session.conn) if one.period == period}
        there = "、".join(f"“{one}”" for one in sorted(held))
        lacking = f"“{name}”，只有{there}（用 --series 指明）" if held else "通报"
        raise NotFound(f"{period} 还没有{lacking}，请先拟稿（supervise notice draft {period}）。")
    return notice


def changes_since_issue(notice: Notice) -> list[str]:
    """Say what became of an issued notice: its text was frozen when it was signed and cannot."""
    front, back = f"{notice.period} 的通报", "所出文件仍是签发时的文本。"
    if notice.withdrawn_on:
        return [f"{front}已于 {notice.withdrawn_on} 撤回，{back}"]
    told = [
        f"{entry.corrected_on} {'撤销' if entry.status == 'withdrawn' else '更正'}{entry.name}"
        for entry in notice.entries
        if entry.corrected_on
    ]
    return [f"{front}签发后有更正（{'，'.join(told)}），{back}"] if told else []


def shown(session: Session, period: str, series: str | None = None) -> Record:
    """Give the record of a month's notice."""
    return _with_road(session, find(session, period, series))
