"""How a month's sheets stand: sent, come back, differences still to be looked at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from db import sheet_items
from db import sheets as store
from db import units as unit_store
from db.driver import Connection
from supervise.domain.dates import next_period, period_of, previous_period
from supervise.domain.records import Unit
from supervise.domain.sheet_pages import DUTY, PART, SUPPORTS, TASK, TASKS
from supervise.services.session import Session
from supervise.services.work import Record


def months(session: Session) -> list[Record]:
    """List the months sheets were sent for, newest first, each with its figures."""
    return [_figures(session, period) for period in store.periods(session.conn)]


def offered(session: Session) -> list[Record]:
    """List the months sheets were sent for, and last month, this one and the next to send for."""
    this = period_of(session.today)
    near = (previous_period(this), this, next_period(this))
    periods = {*store.periods(session.conn), *near}
    return [_figures(session, period) for period in sorted(periods, reverse=True)]


def asking(conn: Connection, sheets: Iterable[store.Sheet]) -> set[int]:
    """Tell which sheets have anything for their unit to fill in, by their ids."""
    ids = [one.id for one in sheets]
    return sheet_items.asking(conn, ids, TASKS.locked.index(PART), SUPPORTS)


def owing(conn: Connection, period: str) -> dict[int, store.Sheet | None]:
    """Give for each unit that owes a month's sheet the one that came back; None where none did.

    A unit whose newest sheet has nothing to fill in owes none, unless one of its came back.
    """
    newest = {one.unit_id: one for one in store.of_period(conn, period)}
    asked = asking(conn, newest.values())
    back = store.came_back(conn, period)
    return {unit: one for unit, one in back.items() if one or newest[unit].id in asked}


def _figures(session: Session, period: str) -> Record:
    sheets = store.of_period(session.conn, period)
    back = owing(session.conn, period)
    found = store.differences(session.conn, [one.id for one in sheets])
    return {
        "period": period,
        "sent": len({one.unit_id for one in sheets}),
        "owed": len(back),
        "received": sum(one is not None for one in back.values()),
        "open": sum(one.status == "open" for one in found),
    }


def status(session: Session, period: str) -> Record:
    """Say how a month's sheets stand, unit by unit, with every difference."""
    conn = session.conn
    sheets = store.of_period(conn, period)
    units = {one.unit_id: unit_store.get(conn, one.unit_id) for one in sheets}
    found = store.differences(conn, [one.id for one in sheets])
    whose = {one.id: units[one.unit_id] for one in sheets}
    waiting = Counter(whose[one.sheet_id].id for one in found if one.status == "open")
    back = owing(conn, period)
    newest = {one.unit_id: one for one in sheets}
    beside = sheet_items.item_counts(conn, [one.id for one in newest.values()])
    order = sorted(newest, key=lambda key: _place(units[key]))
    return {
        **_figures(session, period),
        "missing": [units[key].name for key in order if key in back and back[key] is None],
        "units": [
            {
                **_unit(units[key], newest[key], beside.get(newest[key].id, {}), back.get(key)),
                "owed": key in back,
                "open": waiting[key],
            }
            for key in order
        ],
        "differences": [difference_record(one, whose[one.sheet_id], one.status) for one in found],
    }


def _place(unit: Unit) -> tuple[bool, int, int]:
    return (unit.order is None, unit.order or 0, unit.id)


def _unit(
    unit: Unit, sent: store.Sheet, beside: dict[str, int], back: store.Sheet | None
) -> Record:
    came = back.received_on if back else None
    return {
        "unit": unit.name,
        "unit_id": unit.code,
        "sent_on": sent.sent_on.isoformat(),
        "rows": sent.row_count,
        "tasks": beside.get(TASK, 0),
        "duties": beside.get(DUTY, 0),
        "received_on": came.isoformat() if came else None,
        "file": back.file if back else None,
    }


KINDS = {
    "locked": "改动锁定栏",
    "foreign": "不是本单位的",
    "refused": "不能采用",
    "stale": "发表后台账有变",
    "conflict": "两份不同",
    "decide": "待人定",
}
STATES = {"open": "待核", "accepted": "已采纳", "read": "已阅"}


def difference_record(one: store.Difference, unit: Unit, status: str) -> Record:
    """Give a difference with why it is one, and whether it can still be taken over."""
    return {
        "unit": unit.name,
        "unit_id": unit.code,
        "issue": one.code,
        "column": one.heading,
        "page": one.page,
        "ours": one.ours,
        "theirs": one.theirs,
        "last": one.last,
        "kind": KINDS[one.kind],
        "why": one.message,
        "acceptable": one.step is not None and status != "accepted",
        "status": status,
    }
