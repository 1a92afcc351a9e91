"""比率: every named formula for a period and a group of units, as printed or as of its cut-off.

What an issued notice printed is read from it and never counted again. All else — other groups,
other formulas, other periods — is counted as of the cut-off by business date, with everything
known now, and says so. What was recorded after a month was closed, and reaches back into it, is
told beside (迟到记录): nothing else ever changes its figures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from db import clock_nodes, late_records
from db import notices as notice_store
from db import rates as store
from db.late_records import LateRecord
from supervise.domain.dates import next_period, period_end, period_of, period_start
from supervise.domain.formulas import Figure, figures, node_figures
from supervise.domain.ladder_records import Notice
from supervise.domain.rates import Rate
from supervise.errors import BadInput, Refused, UsageError
from supervise.services import units as unit_service
from supervise.services.naming import Board
from supervise.services.session import Session

Record = dict[str, Any]
_FAR = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rates of a period and group: since when given out (None: ever), until when, of whom.

    `names` are the units asked for; `number` is the issued notice some figures are read from.
    `unreached` are the 回访 that reached nobody, told beside 满意率. `late` is what was recorded
    after the month was closed.
    """

    period: str | None
    since: date | None
    cutoff: date
    names: tuple[str, ...]
    kind: str | None
    figures: tuple[Figure, ...]
    unreached: int
    number: str | None = None
    frozen: bool = False
    late: tuple[LateRecord, ...] = ()


def sheet(
    session: Session,
    period: str | None = None,
    first: str | None = None,
    last: str | None = None,
    units: Sequence[str] = (),
    kind: str | None = None,
    cutoff: date | None = None,
) -> Sheet:
    """Give the rates: of a month as its notice counts them, or of what was given out in a span.

    `first` and `last` are months; with them only issues given out in that span count, as they stand
    at its end. `cutoff` is another last day than the month's own. Raises UsageError for both kinds
    of period at once, Refused for one that has not begun.
    """
    if period and (first or last):
        raise UsageError("--period 与 --from、--to 只写一种。", code="bad_field")
    if last and not first:
        raise UsageError("写了 --to 也要写 --from。", code="bad_field")
    if first and last and last < first:
        raise BadInput(f"截止月份 {last} 早于起始月份 {first}。", code="bad_field")
    month = last or period or period_of(session.today)
    since = period_start(first) if first else None
    if (since or period_start(month)) > session.today:
        raise Refused(f"{first or month} 还没有到，没有可算的比率。", code="not_begun")
    cutoff = cutoff or min(period_end(month), session.today)
    board = Board(session)
    chosen = [board.accountable(unit_service.find(session.conn, name).id) for name in units]
    group = _group(board, [one.id for one in chosen], kind)
    notice = _issued(session, period)
    told = notice if group is None else None
    cutoff = told.cutoff if told else cutoff
    counts, more = store.counts(session.conn, cutoff, since, group)
    return Sheet(
        period if not first else None,
        since,
        cutoff,
        tuple(one.name for one in chosen),
        kind,
        (
            *figures(counts, more, session.pack.targets, _printed(session, told) if told else ()),
            *_nodes(session, since, cutoff, group),
        ),
        more.unreached,
        told.number if told else None,
        told is not None,
        _late(session, cutoff, notice.issued_on if notice else None),
    )


def _late(session: Session, cutoff: date, issued_on: date | None) -> tuple[LateRecord, ...]:
    """List what was recorded after a month was closed: its notice issued, or the next one over."""
    closed = issued_on or period_end(next_period(period_of(cutoff)))
    return tuple(late_records.of(session.conn, cutoff, closed)) if closed < session.today else ()


def _group(board: Board, chosen: Sequence[int], kind: str | None) -> list[int] | None:
    """Give the ids of all records that answer as one of the units, or as units of a kind."""
    if not chosen and not kind:
        return None
    found = []
    for key in board.units:
        subject = board.accountable(key)
        if (not chosen or subject.id in chosen) and kind in (None, subject.kind):
            found.append(key)
    return found


def _issued(session: Session, period: str | None) -> Notice | None:
    """Give a month's notice, if it was issued."""
    notice = period and notice_store.current(session.conn, session.pack.naming.series, period)
    return notice if notice and notice.status == "issued" else None


def _printed(session: Session, notice: Notice) -> list[Rate]:
    """Give what an issued notice printed."""
    kept = notice_store.frozen(session.conn, notice.id)
    return [Rate(*one) for one in kept[1]["rates"]] if kept else []


def _nodes(
    session: Session, since: date | None, cutoff: date, group: Iterable[int] | None
) -> Iterable[Figure]:
    """Give the rates of the clock sets that anything fell due in; an office without has none."""
    begun = since or _FAR
    nodes = [
        one
        for one in clock_nodes.due_by(session.conn, cutoff, group)
        if (one.start or begun) >= begun
    ]
    found = node_figures(session.pack.clockset, nodes, cutoff)
    return [one for one in found if one.rate.denominator]


def rates(session: Session, **asked: Any) -> Record:  # noqa: ANN401
    """Give the `rates` record of the interface; takes what `sheet` takes."""
    found = sheet(session, **asked)
    return {
        "period": found.period,
        "from": found.since.isoformat() if found.since else None,
        "cutoff": found.cutoff.isoformat(),
        "units": list(found.names),
        "kind": found.kind,
        "notice": found.number,
        "frozen": found.frozen,
        "unreached": found.unreached,
        "late": [
            {
                "issue": one.code,
                "op": one.op,
                "on": one.on.isoformat(),
                "recorded_on": one.recorded_on.isoformat(),
            }
            for one in found.late
        ],
        "rates": [_record(one) for one in found.figures],
    }


def _record(one: Figure) -> Record:
    value = one.rate.value
    return {
        "name": one.rate.name,
        "basis": one.basis or None,
        "numerator": one.rate.numerator,
        "denominator": one.rate.denominator,
        "rate": round(value, 4) if value is not None else None,
        "percent": one.rate.percent,
        "target": one.target,
        "comparison": one.comparison if one.target is not None else None,
        "met": one.met,
        "clause": one.clause or None,
        "printed": one.printed,
        "definition": {"numerator": one.numerator, "denominator": one.denominator},
    }
