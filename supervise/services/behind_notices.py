"""The issues behind a month's notice: those its entries name, or would name if it were issued."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from db import notices as store
from supervise.domain.dates import period_end, period_of, previous_period
from supervise.domain.ladder_records import Notice
from supervise.services import changes, naming
from supervise.services.session import Session

Key = tuple[Path, int, date, str]
# What was worked out last: a list asks again for each of its windows.
_known: dict[Key, tuple[str, ...]] = {}


def month(session: Session) -> str:
    """Give the month whose notice is at hand: the first draft, else the one owed, else this."""
    this = period_of(session.today)
    before = previous_period(this)
    found = store.every(session.conn, session.pack.naming.series)
    drafts = [one.period for one in found if one.status == "draft"]
    if drafts:
        return min(drafts)
    issued = {one.period for one in found if one.status == "issued"}
    return before if issued and before not in issued else this


def codes(session: Session, period: str) -> tuple[str, ...]:
    """List the issues for which a month's notice names a unit, or would as things stand."""
    key = (session.path, changes.head(session), session.today, period)
    found = _known.get(key)
    if found is None:
        found = _codes(session, period)
        _known.clear()
        _known[key] = found
    return found


def _codes(session: Session, period: str) -> tuple[str, ...]:
    series = session.pack.naming.series
    notice = store.current(session.conn, series, period)
    if notice is None or notice.status == "withdrawn":
        notice = Notice(0, period, min(period_end(period), session.today), series)
    named = (
        entry
        for entry in naming.entries(session, notice)
        if entry.polarity == "named" and entry.status == "effective"
    )
    found = (code for entry in named for reason in entry.reasons for code in reason.issues)
    return tuple(dict.fromkeys(found))
