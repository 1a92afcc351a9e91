"""What falls due of issues and notices beside their own dates: steps, explanations, interviews."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from db import clock_nodes
from db import deadlines as store
from supervise.domain.dates import next_period, period_of, previous_period
from supervise.services.ladder import Standing
from supervise.services.session import Session

# Where the steps of a month are looked at that are not the notice's: an area, and what to open.
_PLACES = {
    "收表": ("sheets", "month:{}"),
    "提请": ("interviews", "interviews-proposed"),
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that falls due: its kind, what it is, and where to look; `late` it is overdue.

    `settled`: it was done and waits for nobody.
    """

    kind: str
    words: str
    area: str
    key: str
    late: bool = False
    settled: bool = False


def of_ladder(
    session: Session, period: str, first: date, last: date
) -> Iterator[tuple[date, Item]]:
    """Give what falls due in a month, some days around it too, of notices and issues."""
    standing = Standing(session)
    yield from _steps(session, period, standing)
    yield from _explanations(session, standing)
    yield from _interviews(session, standing)
    for day, code, title in store.paused(session.conn, first, last):
        item = Item("暂停复查", f"{code} {title}", "issues", f"issue:{code}", day < session.today)
        yield day, item
    for code, node in clock_nodes.due_between(session.conn, first, last):
        if node.due_on is not None:
            words = f"{code} {node.clocks}·{node.name}"
            late = node.late(session.today)
            yield node.due_on, Item("时限节点", words, "issues", f"issue:{code}", late)


def _steps(session: Session, period: str, standing: Standing) -> Iterator[tuple[date, Item]]:
    """List the steps of the months whose work falls into a month.

    Before the month of the first notice of all nothing was owed.
    """
    from supervise.domain.month import SETTLED
    from supervise.services import months

    today = period_of(session.today)
    since = min((notice.period for notice in standing.notices), default=today)
    for one in (previous_period(period), period, next_period(period)):
        if one < since:
            continue
        for step in months.progress(session, one, standing).steps:
            if step.state != "none":
                words = f"{one} {step.step}，{step.words}"
                settled, late = step.state in SETTLED, step.state == "late"
                place = _PLACES.get(step.step, ("notices", "notice-{}"))
                area, target = place[0], place[1].format(one)
                yield step.planned, Item("办文环节", words, area, target, late, settled)


def _explanations(session: Session, standing: Standing) -> Iterator[tuple[date, Item]]:
    from supervise.services import explanations

    words = {"owed": "待交", "received": "已收待阅", "accepted": "已收阅", "returned": "退回补充"}
    for one in explanations.owed(session, standing):
        open_, said = one.status in {"owed", "returned"}, words[one.status]
        item = Item(
            "书面说明",
            f"{one.name} {one.period}，{said}",
            "notices",
            f"explanation:{one.period}:{one.name}",
            open_ and one.overdue,
            not open_,
        )
        yield one.due_on, item


def _interviews(session: Session, standing: Standing) -> Iterator[tuple[date, Item]]:
    for one in standing.interviews:
        name, key = standing.board.units[one.unit_id].name, f"interview:{one.id}"
        if one.planned_on is not None and one.status != "void":
            settled = one.held_on is not None
            late = not settled and one.planned_on < session.today
            yield one.planned_on, Item("约谈", f"计划约谈 {name}", "interviews", key, late, settled)
        if one.due_on is not None and one.held_on is not None and one.status != "void":
            settled = one.closed_on is not None
            late = not settled and one.due_on < session.today
            words = f"{name} 承诺整改到期"
            yield one.due_on, Item("约谈承诺", words, "interviews", key, late, settled)
