"""Written explanations (书面说明): who owes one, until when, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from supervise.domain.ladder_records import Entry, Explanation, Naming, Notice
from supervise.domain.naming import naming_of
from supervise.domain.overdue import handed_in_late


@dataclass(frozen=True, slots=True)
class Owed:
    """One explanation that a unit owes for one notice, however many matters it was named for.

    `since` is the day the clock starts. `overdue` stays when it came in late.
    """

    notice_id: int
    unit_id: int
    period: str
    name: str
    since: date
    due_on: date
    status: str
    overdue: bool
    received_on: date | None = None
    reason: str | None = None


def explainable(notices: Iterable[Notice], series: str = "调度通报") -> tuple[Naming, ...]:
    """Take from the issued notices the entries that must be explained.

    Those named, and those exempt from naming but not from explaining.
    """
    return tuple(
        naming_of(notice, entry)
        for notice in notices
        if notice.status == "issued" and notice.series == series
        for entry in notice.entries
        if _must_explain(entry)
    )


def _must_explain(entry: Entry) -> bool:
    if entry.polarity != "named":
        return False
    return entry.status == "effective" or (entry.status == "exempt" and entry.explain)


def owed(
    namings: Iterable[Naming],
    explanations: Iterable[Explanation],
    due: Callable[[date], date],
    today: date,
) -> tuple[Owed, ...]:
    """List the explanations owed for namings (from `explainable`), in their order.

    `due` gives the due date from the day of delivery, else of issue; a unit that a correction
    added is counted from the correction.
    """
    done = {(one.notice_id, one.unit_id): one for one in explanations}
    by_key = {(one.notice_id, one.unit_id): one for one in namings}
    return tuple(_owed(one, done.get(key), due, today) for key, one in by_key.items())


def _owed(
    naming: Naming, done: Explanation | None, due: Callable[[date], date], today: date
) -> Owed:
    since = naming.delivered_on or naming.issued_on
    due_on, received_on = due(since), done.received_on if done else None
    return Owed(
        naming.notice_id,
        naming.unit_id,
        naming.period,
        naming.name,
        since,
        due_on,
        status(done),
        handed_in_late(due_on, received_on, today),
        received_on,
        done.reason if done else None,
    )


def status(done: Explanation | None) -> str:
    """Give owed, received, accepted or returned: the last thing that happened.

    Sent back on the day it came in counts as sent back; receiving it again clears `returned_on`.
    """
    if done is None or (done.received_on is None and done.returned_on is None):
        return "owed"
    received = done.received_on or date.min
    if done.accepted_on is not None and done.accepted_on >= max(
        received, done.returned_on or received
    ):
        return "accepted"
    if done.returned_on is not None and done.returned_on >= received:
        return "returned"
    return "received"
