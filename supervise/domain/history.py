"""The history a row of somebody's Excel ledger implies: which stays, and the stage it ends in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from supervise.domain.ladder_records import Event
from supervise.domain.records import Span, Stage
from supervise.domain.shifts import UNIT_MERGE


def stays(
    unit_id: int | None,
    found: date,
    assigned: date | None,
    due: date | None,
    submitted: date | None,
    closed: date | None,
) -> tuple[Span, ...]:
    """Give the stays of an issue that arrives with its dates; the last one is where it is now.

    Without `assigned` it is still in 发现. Closed without more, it was handed in, passed and
    answered on the days given. Dates come in order; `submitted` is there whenever `closed` is.
    """
    if assigned is None:
        return (Span(Stage.DISCOVER, None, found),)
    first = Span(Stage.DISCOVER, None, found, None, assigned, "assign")
    if submitted is None:
        return (first, Span(Stage.RECTIFY, unit_id, assigned, due))
    handled = Span(Stage.RECTIFY, unit_id, assigned, due, submitted, "submit")
    if closed is None:
        return (first, handled, Span(Stage.REVIEW, unit_id, submitted))
    return (
        first,
        handled,
        Span(Stage.REVIEW, unit_id, submitted, None, closed, "pass"),
        Span(Stage.FEEDBACK, unit_id, closed, None, closed, "close"),
        Span(Stage.CLOSED, unit_id, closed),
    )


def terms(log: Iterable[Event]) -> dict[date, str | None]:
    """Map the first day of each handling of an issue to the term its last date rests on.

    None where the date was given: by hand, by an extension, by a correction. `log` is the issue's,
    oldest first.
    """
    found: dict[date, str | None] = {}
    term: str | None = None
    begun: date | None = None
    for event in log:
        payload: dict[str, Any] = event.payload
        changes = payload.get("set", {})
        if changes.get("stage") == Stage.DISCOVER.value:
            begun = None
        term = changes.get("term", term)
        begun = _begun(payload.get("spans", ()), begun)
        if begun is not None:
            found[begun] = term
    return found


def _begun(spans: Sequence[Sequence[Any]], known: date | None) -> date | None:
    """Give the first day of the handling an event's stays go on with, else the one known."""
    before: Sequence[Any] | None = None
    for span in spans:
        again = before is not None and before[-1] == UNIT_MERGE
        if span[0] == Stage.DISCOVER.value:
            known = None
        elif span[0] == Stage.RECTIFY.value and not again:
            known = date.fromisoformat(span[2])
        before = span
    return known
