"""签发: everything looked at once more, then the notice, its entries and its papers frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from db import events
from db import issues as issue_store
from db import notices as store
from db.codec import canonical
from supervise.domain import before_issue
from supervise.domain.before_issue import Check
from supervise.domain.decisions import difference
from supervise.domain.facts import NoticeFacts
from supervise.domain.ladder_records import Entry, Notice
from supervise.errors import Refused
from supervise.services import compose, naming, notice_facts
from supervise.services.notice_records import notice_record
from supervise.services.notice_rows import entry_of, entry_row
from supervise.services.notices import the
from supervise.services.registry import OPERATIONS
from supervise.services.session import Session
from supervise.services.work import Record, Work


@dataclass(frozen=True, slots=True)
class Ready:
    """A draft as it would be signed: the notice with its entries, its facts, what was checked."""

    notice: Notice
    facts: NoticeFacts
    checks: tuple[Check, ...]


def prepare(
    session: Session,
    notice: Notice,
    on: date,
    number: str | None = None,
    delivered_on: date | None = None,
    board: naming.Board | None = None,
) -> Ready:
    """Give a draft as it would be signed on a day, and look at everything before that is done."""
    board = board or naming.Board(session)
    proposed = naming.proposed(session, notice, board).entries
    signed = replace(notice, issued_on=on)
    issued = replace(
        notice,
        status="issued",
        number=number,
        issued_on=on,
        delivered_on=delivered_on,
        entries=naming.decided(session, signed, board.proposed(signed).entries, board),
        basis=events.head_code(session.conn),
        pack_version=session.pack.version_id,
    )
    facts = notice_facts.gather(session, issued, board)
    seen = _seen(session, notice)
    picture = before_issue.Picture(
        facts,
        on,
        session.today,
        delivered_on,
        changes=difference(seen, proposed),
        because=tuple(_entered_since(session, notice, seen, proposed)),
        disagreements=compose.disagreements(facts),
        missing=compose.blanks(facts),
        check_required=session.pack.naming.check == "require",
        others=tuple(one for one in store.every(session.conn) if one.status != "draft"),
        series=notice.series,
    )
    return Ready(issued, facts, before_issue.checks(picture))


def check_records(session: Session, notice: Notice) -> list[Record]:
    """List the checks of a draft as it would be signed today: name, verdict, says.

    Verdicts are ok, warn and refuse. Empty once the notice is issued: they were looked at then.
    """
    if notice.status != "draft":
        return []
    found = prepare(session, notice, session.today).checks
    return [{"name": one.name, "verdict": one.verdict, "says": list(one.says)} for one in found]


def _seen(session: Session, notice: Notice) -> tuple[Entry, ...]:
    """Give the entries that were proposed when somebody last looked at the draft."""
    drafts = [e for e in events.of(session.conn, "notice", notice.id) if e.op == "notice.draft"]
    payload: Record = drafts[-1].payload if drafts else {"seen": []}
    return tuple(map(entry_of, payload["seen"]))


def _entered_since(
    session: Session, notice: Notice, seen: tuple[Entry, ...], now: tuple[Entry, ...]
) -> Iterator[str]:
    """Name the steps entered since the last drafting about issues that came onto it or left it."""
    before, after = _codes(seen), _codes(now)
    for issue in issue_store.by_codes(session.conn, sorted(before ^ after)).values():
        for event in events.of(session.conn, "issue", issue.id):
            if event.seq > notice.seen:
                op = OPERATIONS.get(event.op)
                entered = event.recorded_at[:10]
                yield f"{issue.code} {event.on} {op.title if op else '导入'}（{entered} 录入）"


def _codes(entries: tuple[Entry, ...]) -> set[str]:
    return {code for entry in entries for reason in entry.reasons for code in reason.issues}


def issue(
    work: Work,
    period: str,
    number: str | None = None,
    delivered_on: date | None = None,
    series: str | None = None,
) -> Record:
    """签发: freeze the notice, its entries and its document; refused when the picture changed.

    Raises Refused with the first check that forbids it: the day is not after the cut-off, the
    proposals differ from those seen at drafting, the pack demands checks that are missing.
    """
    notice = the(work, period, "draft", series)
    ready = prepare(work.session, notice, work.on, number or work.ref, delivered_on)
    for check in before_issue.refusals(ready.checks):
        raise Refused(check.refusal, code=check.code)
    for check in ready.checks:
        if check.name == "文号":
            work.session.warn(f"通报核对：{''.join(check.says)}")
    for sentence in compose.disagreements(ready.facts):
        work.session.warn(f"通报核对：{sentence}")
    issued, frozen = ready.notice, compose.freeze(ready.facts)
    values = {
        "status": "issued",
        "number": issued.number,
        "issued_on": work.on.isoformat(),
        "delivered_on": delivered_on.isoformat() if delivered_on else None,
        "basis": issued.basis,
        "pack_version": issued.pack_version,
        "layout": compose.LAYOUT,
        "document": canonical(frozen.documents),
        "figures": canonical(frozen.figures),
    }
    rows = [entry_row(entry) for entry in issued.entries]
    work.record("notice", notice.id, {"set": values, "entries": rows})
    return notice_record(work.session, store.by_id(work.conn, notice.id))
