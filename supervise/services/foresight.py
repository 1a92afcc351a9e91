"""到期提醒: who would be named at the cut-off if nothing changes, and what would prevent it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from db import foresight as store
from db import issues as issue_store
from db import notices as notice_store
from supervise.domain.dates import period_end, period_of, previous_period
from supervise.domain.foresight import AtStake, by_harm, rush_days
from supervise.domain.ladder import Proposal
from supervise.domain.ladder_as_of import notice_as_of
from supervise.domain.ladder_records import Entry, Notice
from supervise.domain.overdue import due_as_of
from supervise.domain.records import Reason
from supervise.services import naming, packs
from supervise.services.ladder import Standing
from supervise.services.named_facts import CRITERIA_BESIDE, NOT_MADE
from supervise.services.notice_records import entry_record
from supervise.services.session import Session

Record = dict[str, Any]
# An unsaved notice: no id that the ledger gives.
_NOWHERE = 0


def warn(session: Session, on: date | None = None) -> Record:
    """Give what the notice with a cut-off would say if nothing happened until its end.

    `on` is the cut-off, by default that of this month's draft, else the month's last day. On the
    cut-off day itself this is what a draft made on the next day says. A cut-off in the past is
    judged as it could have been on that day: by what had happened, and under the rules in force.
    """
    past = on is not None and on < session.today
    if on is not None and past:
        session = session.beside(on, packs.on_day(session.conn, on))
    notice = _notice(session, on)
    board = naming.Board(session)
    entries = naming.entries(session, notice, board)
    named = [one for one in entries if one.status == "effective" and one.polarity == "named"]
    reaching = _reaching(session, notice, tuple(named))
    codes = {code for one in named for code in _codes(one)}
    known = _then(session, codes) if past else store.at_stake(session.conn, codes)
    return _told(session, notice, named, known, reaching, board)


def _told(
    session: Session,
    notice: Notice,
    named: Iterable[Entry],
    known: dict[str, AtStake],
    reaching: dict[int, tuple[str, Proposal]],
    board: naming.Board,
) -> Record:
    unit_codes = {key: unit.code for key, unit in board.units.items()}
    units = [
        _unit_record(one, unit_codes.get(one.unit_id), known, reaching, session.today)
        for one in named
    ]
    return {
        "on": session.today.isoformat(),
        "period": notice.period,
        "cutoff": notice.cutoff.isoformat(),
        "provisional": not session.calendar.is_known(notice.cutoff),
        "units": sorted(units, key=_weight),
        "ranking": [one.code for one in by_harm(known.values(), session.today)],
        "held_back": [
            {
                "unit": one.finding.subject.name,
                "unit_id": unit_codes.get(one.finding.subject.id),
                "criterion": one.finding.criterion,
                "issues": list(one.finding.issues),
                "note": one.finding.note,
                "why": one.why,
            }
            for one in naming.proposed(session, notice, board).held_back
        ],
        "rushed": _rushed(session, notice.period, board),
        "unissued": _unissued(session, notice),
    }


def beside_issues(unit: Record) -> tuple[str, ...]:
    """Say what a unit would be named for that is no issue: tasks, reports, what people wrote."""
    return naming.reasons_text(
        tuple(
            Reason(one["criterion"], note=one["note"])
            for one in unit["reasons"]
            if not one["issues"]
        )
    )


def undone(unit: Record) -> tuple[str, ...]:
    """Say which tasks and reports a unit would be named for, as they stand before the cut-off."""
    return tuple(
        one["note"].replace(NOT_MADE, "")
        for one in unit["reasons"]
        if one["criterion"] in CRITERIA_BESIDE and one["note"]
    )


def _then(session: Session, codes: Iterable[str]) -> dict[str, AtStake]:
    """Map the codes of issues to what was known of them on the session's day."""
    return {
        code: AtStake(
            code, issue.title, due_as_of(issue, session.today), issue.found_on, issue.urgency
        )
        for code, issue in issue_store.by_codes(session.conn, [*codes]).items()
    }


def _notice(session: Session, on: date | None) -> Notice:
    """Give the notice looked ahead to: the month's draft, else one that nobody has begun.

    Of a month that has been issued since, what people had decided by the session's day counts.
    """
    period = period_of(on or session.today)
    series = session.pack.naming.series
    known = [
        notice_as_of(one, session.today)
        for one in notice_store.every(session.conn, series)
        if one.period == period and (one.status == "draft" or on == session.today)
    ]
    drafts = [one for one in known if one.status == "draft"]
    if drafts:
        return replace(drafts[-1], cutoff=on or drafts[-1].cutoff)
    return Notice(_NOWHERE, period, on or period_end(period), series, periods=(period,))


def _unissued(session: Session, notice: Notice) -> str | None:
    """Give the month before where its notice is still to be issued: streaks are told without it."""
    before = previous_period(notice.periods[0] if notice.periods else notice.period)
    known = [
        notice_as_of(one, session.today)
        for one in notice_store.every(session.conn, session.pack.naming.series)
    ]
    issued = {p for one in known if one.status == "issued" for p in one.periods or (one.period,)}
    begun = any(one.status == "draft" and one.period == before for one in known)
    expected = begun or min(issued, default=before) < before
    counts = session.pack.interview.months > 1
    return before if counts and expected and before not in issued else None


def _codes(entry: Entry) -> list[str]:
    return list(dict.fromkeys(code for reason in entry.reasons for code in reason.issues))


def _reaching(
    session: Session, notice: Notice, named: tuple[Entry, ...]
) -> dict[int, tuple[str, Proposal]]:
    """Find the units whose naming would complete a streak, or lengthen one proposed already."""
    now = Standing(session, as_of=session.today)
    issued = replace(
        notice, status="issued", entries=named, issued_on=notice.cutoff + timedelta(days=1)
    )
    others = [one for one in now.notices if one.id != notice.id]
    then = Standing(session, [*others, issued], session.today)
    before = {one.unit_id for one in now.proposals}
    return {
        one.unit_id: ("lengthened" if one.unit_id in before else "new", one)
        for one in then.proposals
        if notice.period in one.periods
    }


def _unit_record(
    entry: Entry,
    code: str | None,
    known: dict[str, AtStake],
    reaching: dict[int, tuple[str, Proposal]],
    today: date,
) -> Record:
    issues = by_harm((known[code] for code in _codes(entry) if code in known), today)
    kind, proposal = reaching.get(entry.unit_id, (None, None))
    return {
        "unit": entry.name,
        "unit_id": code,
        "origin": entry.origin,
        "reasons": entry_record(entry, code)["reasons"],
        "issues": [_issue_record(one, today) for one in issues],
        "interview": kind,
        "periods": list(proposal.periods) if proposal else [],
    }


def _issue_record(one: AtStake, today: date) -> Record:
    return {
        "code": one.code,
        "title": one.title,
        "due_on": one.due_on.isoformat() if one.due_on else None,
        "overdue": one.late(today),
        "urgency": one.urgency,
        "found_on": one.found_on.isoformat(),
        "days_waited": one.waited(today),
    }


def _weight(record: Record) -> tuple[bool, int]:
    """Put first who would reach an interview, then by the longest wait."""
    waited = max((one["days_waited"] for one in record["issues"]), default=0)
    return record["interview"] != "new", -waited


def _rushed(session: Session, period: str, board: naming.Board) -> list[Record]:
    """List what came in during the last three days of this month or the last and was sent back."""
    found = [
        one
        for month in (previous_period(period), period)
        for one in store.rushed(session.conn, *rush_days(month))
        if one.returned_on <= session.today
    ]
    return list(map(partial(_rushed_record, board=board), found))


def _rushed_record(one: store.Rushed, board: naming.Board) -> Record:
    unit = board.units.get(one.unit_id) if one.unit_id is not None else None
    return {
        "unit": unit.name if unit else None,
        "unit_id": unit.code if unit else None,
        "issue": one.code,
        "title": one.title,
        "handed_in": one.handed_in.isoformat(),
        "returned_on": one.returned_on.isoformat(),
    }
