"""The history a row of somebody's Excel ledger implies: which stays, and the stage it ends in."""

from __future__ import annotations

from datetime import date

from supervise.domain.records import Span, Stage


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
