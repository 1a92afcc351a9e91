"""All there is to show of one issue: its record, its stays, and the papers it stands in."""

from __future__ import annotations

from datetime import date
from typing import Any

from db import issues as store
from db import ladder as ladder_store
from db import notices as notice_store
from supervise.domain.interviews import STATUS_LABELS
from supervise.domain.ladder_records import Notice
from supervise.domain.records import Issue
from supervise.errors import NotFound
from supervise.services.issue_records import shown
from supervise.services.session import Session

Record = dict[str, Any]


def whole(session: Session, code: str) -> Record:
    """Give the record of one issue with its `stays`, `notices` and `interviews`.

    Raises NotFound.
    """
    record = shown(session, code)
    issue = store.get(session.conn, record["code"])
    if issue is None:
        raise NotFound(f"没有编号为“{code}”的事项。")
    printed = _printed(session, issue.code)
    return {
        **record,
        "stays": _stays(issue, session.today),
        "notices": [one for _, _, one in printed],
        "interviews": _interviews(session, printed),
    }


def _stays(issue: Issue, today: date) -> list[Record]:
    """Give the stays in each stage, oldest first, with the days spent in each."""
    return [
        {
            "stage": span.stage.value,
            "entered": span.entered.isoformat(),
            "left": span.left.isoformat() if span.left else None,
            "days": ((span.left or max(today, span.entered)) - span.entered).days,
        }
        for span in issue.spans
    ]


Printed = tuple[Notice, int, Record]


def _printed(session: Session, code: str) -> list[Printed]:
    """List the notices that printed an issue, newest first, each with the unit it is under."""
    periods = set(notice_store.printed_in(session.conn, code))
    if not periods:
        return []
    found = []
    for notice in reversed(notice_store.every(session.conn)):
        if notice.period not in periods or notice.status != "issued":
            continue
        for entry in notice.entries:
            if any(code in reason.issues for reason in entry.reasons):
                told = {
                    "period": notice.period,
                    "number": notice.number,
                    "issued_on": notice.issued_on.isoformat() if notice.issued_on else None,
                    "unit": entry.name,
                    "status": entry.status,
                    "polarity": entry.polarity,
                }
                found.append((notice, entry.unit_id, told))
    return found


def _interviews(session: Session, printed: list[Printed]) -> list[Record]:
    """List the interviews of the unit that rest on one of those notices, newest first."""
    about = {(unit_id, notice.period) for notice, unit_id, _ in printed}
    names = {unit_id: told["unit"] for _, unit_id, told in printed}
    if not about:
        return []
    return [
        {
            "id": one.id,
            "unit": names[one.unit_id],
            "periods": list(one.periods),
            "status": one.status,
            "status_name": STATUS_LABELS[one.status],
            "held_on": one.held_on.isoformat() if one.held_on else None,
        }
        for one in reversed(ladder_store.interviews(session.conn))
        if any((one.unit_id, period) in about for period in one.periods)
    ]
