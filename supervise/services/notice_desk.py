"""What the workbench of the monthly notice shows: every month, and all there is to one of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from db import events
from db import issues as issue_store
from db import notices as store
from supervise.domain import facts as paper
from supervise.domain.before_issue import Check
from supervise.domain.dates import next_period, period_end, period_of, previous_period
from supervise.domain.ladder_records import Notice
from supervise.domain.naming import HeldBack
from supervise.domain.records import CRITERIA, Reason
from supervise.services import (
    explanations,
    naming,
    notice_facts,
    notice_issue,
    notice_last,
    notice_records,
)
from supervise.services.notices import SERIES
from supervise.services.session import Session

Record = dict[str, Any]
_COUNTED = ("named", "praised", "noted")


@dataclass(frozen=True, slots=True)
class Held:
    """A unit that the rules found and yet do not propose, and why; with its issues."""

    unit: str
    unit_id: str | None
    bureau: str | None
    criterion: str
    why: str
    matters: tuple[paper.Matter, ...] = ()


@dataclass(frozen=True, slots=True)
class Desk:
    """All there is to one month's notice.

    `record` is the JSON record; a month without a notice has what a draft would propose now, as
    of today while the month is not over.
    `checks` stand beside a draft only, `owed` are the explanations of an issued notice.
    """

    notice: Notice
    record: Record
    facts: paper.NoticeFacts
    checks: tuple[Check, ...] = ()
    held: tuple[Held, ...] = ()
    last: tuple[notice_last.LastMatter, ...] = ()
    owed: tuple[Record, ...] = ()


def months(session: Session) -> list[Record]:
    """List every notice of every series, newest month first, and the months that have none.

    Months without a notice are told of the pack's own series only: from its first notice, else
    from last month, to this month.
    """
    main = session.pack.naming.series or SERIES
    board = naming.Board(session)
    notices = store.every(session.conn)
    owed: dict[str, list[Record]] = defaultdict(list)
    for one in explanations.listing(session):
        owed[one["period"]].append(one)
    found = [
        _line(session, notice, board, owed[notice.period] if notice.series == main else [])
        for notice in notices
    ]
    found += [_empty(period, main) for period in _without(session, notices, main)]
    standing = {(one.series, one.period): one.id for one in notices if one.status != "withdrawn"}
    for one in found:
        one["key"], one["main"] = _key(one, standing), one["series"] == main
    found.sort(key=lambda one: (one["period"], one["main"], one["id"] or 0), reverse=True)
    waiting = _waiting(session, found)
    for one in found:
        one["waiting"] = one is waiting
    return found


def _waiting(session: Session, found: list[Record]) -> Record | None:
    """Give the month that waits for somebody: the newest draft, else last month without one.

    Last month waits for nobody where the ledger knows of nothing that happened by its end.
    """
    last = previous_period(period_of(session.today))
    drafts = (one for one in found if one["status"] == "draft")
    if events.began(session.conn) > period_end(last):
        return next(drafts, None)
    over = (one for one in found if (one["period"], one["status"]) == (last, "none"))
    return next(drafts, None) or next(over, None)


def _key(line: Record, standing: dict[tuple[str, str], int]) -> str:
    """Name a line: a month's line keeps its name when its notice is begun, issued, withdrawn."""
    known = standing.get((line["series"], line["period"]))
    own = line["id"] in (None, known)
    return f"{line['period']} {line['series']}" + ("" if own else f" {line['id']}")


def _without(session: Session, notices: list[Notice], main: str) -> Iterator[str]:
    this = period_of(session.today)
    known = {
        period
        for one in notices
        if one.series == main and one.status != "withdrawn"
        for period in (one.period, *one.periods)
    }
    withdrawn = {one.period for one in notices if one.series == main} - known
    month = min({*known, *withdrawn, previous_period(this)})
    while month <= this:
        if month not in known and month not in withdrawn:
            yield month
        month = next_period(month)


def _line(session: Session, notice: Notice, board: naming.Board, owed: list[Record]) -> Record:
    entries = naming.entries(session, notice, board)
    effective = [one.polarity for one in entries if one.status == "effective"]
    waiting = [one for one in owed if one["status"] in {"owed", "returned"}]
    return {
        "id": notice.id,
        "period": notice.period,
        "series": notice.series,
        "status": notice.status,
        "number": notice.number,
        **{polarity: effective.count(polarity) for polarity in _COUNTED},
        "exempt": sum(one.status == "exempt" for one in entries),
        "owed": len(waiting) if notice.status == "issued" else 0,
        "late": sum(one["overdue"] for one in waiting) if notice.status == "issued" else 0,
    }


def _empty(period: str, series: str) -> Record:
    counts = dict.fromkeys((*_COUNTED, "exempt", "owed", "late"), 0)
    return {"id": None, "period": period, "series": series, "status": "none", **counts}


def desk(session: Session, period: str, series: str, notice_id: int | None) -> Desk:
    """Read one month's notice with everything beside it."""
    if notice_id is None:
        cutoff = min(period_end(period), session.today)
        notice = Notice(0, period, cutoff, series, periods=(period,))
    else:
        notice = store.by_id(session.conn, notice_id)
    board = naming.Board(session)
    record = notice_records.notice_record(session, notice, board)
    last = notice_last.matters(session, notice)
    if notice.status != "draft":
        facts = notice_facts.gather(session, notice, board)
        return Desk(notice, record, facts, last=last, owed=_owed(session, notice))
    held = tuple(_held(session, notice, one, board) for one in board.proposed(notice).held_back)
    if notice_id is None:
        record["status"] = "none"
        return Desk(
            notice, record, notice_facts.gather(session, notice, board), held=held, last=last
        )
    ready = notice_issue.prepare(session, notice, session.today, board=board)
    facts = replace(ready.facts, status="draft", issued_on=None)
    return Desk(notice, record, facts, ready.checks, held, last)


def _held(session: Session, notice: Notice, held: HeldBack, board: naming.Board) -> Held:
    one = held.finding
    found = issue_store.by_codes(session.conn, list(one.issues))
    reasons = (Reason(one.criterion, one.issues),)
    matters = tuple(notice_facts.matter(issue, notice, reasons, board) for issue in found.values())
    who = one.subject
    criterion = CRITERIA.get(one.criterion, one.criterion)
    code = board.units[who.id].code
    return Held(who.name, code, who.bureau, criterion, held.why, matters)


def _owed(session: Session, notice: Notice) -> tuple[Record, ...]:
    if notice.status != "issued" or notice.series != session.pack.naming.series:
        return ()
    return tuple(one for one in explanations.listing(session) if one["period"] == notice.period)
