"""The one place that knows a notice's way from draft to delivery: month, papers, show read it."""

from __future__ import annotations

from collections.abc import Iterator

from db import events
from db import months as store
from supervise.domain.ladder_records import Notice
from supervise.domain.road import ROAD, RoadStep, out_of_order, road
from supervise.services.session import Session

_TOLD = {"notice.draft": "拟稿", "notice.issue": "签发"}


def of_notice(session: Session, notice: Notice) -> tuple[RoadStep, ...]:
    """Give the seven steps of a notice: its draft and issue from its log, the rest as recorded.

    送达 is the day written down at issuing where nobody recorded it apart.
    """
    return road(_known(session, notice))


def _known(session: Session, notice: Notice) -> Iterator[RoadStep]:
    for event in events.of(session.conn, "notice", notice.id):
        if event.op in _TOLD:
            number = notice.number if event.op == "notice.issue" else None
            yield RoadStep(_TOLD[event.op], event.on, event.by, event.ref or number)
    if notice.delivered_on is not None:
        yield RoadStep("送达", notice.delivered_on)
    for one in store.steps(session.conn, notice.period, notice.series):
        if one.step in ROAD:
            yield RoadStep(one.step, one.on, one.by, one.ref)


def problems(session: Session, notice: Notice) -> list[str]:
    """List the steps of a notice dated before one they rest on, in words."""
    return [said for _, said in out_of_order(of_notice(session, notice))]


def records(session: Session, notice: Notice) -> list[dict[str, str | None]]:
    """Give the `road` of the `notice` record: step, on, by, ref, and what is wrong with its day."""
    way = of_notice(session, notice)
    wrong = dict(out_of_order(way))
    return [
        {
            "step": one.what,
            "on": one.on.isoformat() if one.on else None,
            "by": one.by,
            "ref": one.ref,
            "warning": wrong.get(one.what),
        }
        for one in way
    ]
