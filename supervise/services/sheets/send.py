"""发表: one sheet a unit with the issues it has in hand, and the record of what was sent.

The sheet goes to the unit that holds the issue: a county's bureau has one of its own, the county
one with what was given to the county itself; whoever only helps (配合单位) has none of its own for
that, and sees the tasks it supports on the sheet it has for something else.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from db import events, ids, meta
from db import sheets as store
from db import units as unit_store
from db.codec import iso
from supervise.domain.dates import next_period, period_label, period_of
from supervise.domain.records import Unit
from supervise.domain.sheet_pages import DUTY, TASK, Item
from supervise.domain.sheets import Row, digest, distinct, file_name
from supervise.errors import Refused
from supervise.services import units
from supervise.services.ledger import is_demo
from supervise.services.session import Session
from supervise.services.sheets import items as beside
from supervise.services.work import Record, Work, working


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """A sheet as it goes to a unit.

    `key` stands for ledger, month, unit, rows and `items` (tasks and reports); `digests` are
    those of the rows. `sent_on` and `head` (台账校验码) are those of the first
    time when the same sheet was sent before (`known`).
    """

    unit: Unit
    period: str
    rows: tuple[Row, ...]
    digests: tuple[str, ...]
    key: str
    head: str
    sent_on: date
    file: str
    items: tuple[Item, ...] = ()
    known: bool = False


@dataclass(frozen=True, slots=True)
class Dispatch:
    """The sheets of one sending, as of the event numbered `seen`; what a paper says of the office.

    `without` names the units asked for that have nothing in hand.
    """

    period: str
    sheets: tuple[UnitSheet, ...]
    without: tuple[str, ...]
    seen: int
    on: date
    office: str
    contact: str | None
    demo: bool


def prepare(
    session: Session, period: str, names: Iterable[str] = (), on: date | None = None
) -> Dispatch:
    """Work out the sheets of a month for every unit with anything in hand, or for those named.

    Writes nothing. Raises NotFound or Refused for a unit that can't be found, Refused when there
    is nothing to send.
    """
    on = on or session.today
    if period > next_period(period_of(on)):
        raise Refused(f"{period_label(period)}还早，只发到下月的表。", code="not_begun")
    wanted = {unit.id: unit for unit in (units.find(session.conn, name) for name in names)}
    seen, _ = events.head(session.conn)
    grouped = groupby(store.in_hand(session.conn), key=lambda one: one.unit_id)
    found = {key: list(group) for key, group in grouped if key}
    told_too = beside.of_units(session, period)
    asked = {key for key, items in told_too.items() if any(item.answered for item in items)}
    keys = [key for key in {**found, **told_too} if key in found or key in asked]
    keys = [key for key in keys if not wanted or key in wanted]
    chosen = [(unit_store.get(session.conn, key), found.get(key, [])) for key in keys]
    chosen.sort(key=lambda one: (one[0].order is None, one[0].order or 0, one[0].id))
    if not chosen:
        whose = "这些单位名下" if wanted else "台账里"
        raise Refused(
            f"{whose}没有整改、复核、反馈中的事项，也没有在办任务和应报材料，不用发表。",
            code="nothing_to_send",
        )
    file_names = distinct(file_name(unit.name, period) for unit, _ in chosen)
    known = {(one.unit_id, one.key): one for one in store.of_period(session.conn, period)}
    head, ledger = events.head_code(session.conn), meta.value(session.conn, "ledger") or ""
    sheets = []
    for (unit, group), name in zip(chosen, file_names, strict=True):
        items = tuple(told_too.get(unit.id, ()))
        made = _sheet(ledger, period, unit, group, head, on, name, items)
        sheets.append(_as_before(made, known.get((unit.id, made.key))))
    held = {unit.id for unit, _ in chosen}
    without = tuple(unit.name for key, unit in wanted.items() if key not in held)
    city = session.pack.city
    demo = is_demo(session)
    return Dispatch(period, tuple(sheets), without, seen, on, city.office, city.contact, demo)


def _sheet(
    ledger: str,
    period: str,
    unit: Unit,
    group: Sequence[store.OpenIssue],
    head: str,
    on: date,
    name: str,
    items: tuple[Item, ...],
) -> UnitSheet:
    from supervise.services.sheets.rows import row_of

    rows = tuple(map(row_of, group))
    digests = tuple(row.digest(ledger, period) for row in rows)
    also = (item.digest(ledger, period) for item in items)
    key = digest(ledger, period, str(unit.id), unit.name, *digests, *also)
    return UnitSheet(unit, period, rows, digests, key, head, on, name, items)


def _as_before(sheet: UnitSheet, known: store.Sheet | None) -> UnitSheet:
    """Give the same sheet the date and 台账校验码 it was first sent with: the same bytes again."""
    if known is None:
        return sheet
    return replace(sheet, head=known.head, sent_on=known.sent_on, known=True)


def record(
    session: Session,
    dispatch: Dispatch,
    deliver: Callable[[], None],
    said: dict[str, Any] | None = None,
) -> Record:
    """Record what is sent and deliver it, both or neither; a sheet sent before is not sent anew.

    Raises Refused when the ledger changed since the sheets were worked out.
    """
    with working(session) as work:
        work.begin("sheet.send", said or {})
        if work.appender.seq != dispatch.seen:
            raise Refused(
                "发表期间台账有变动，表还没有发出；请再发一次。", code="changed_meanwhile"
            )
        enter(work, dispatch)
        deliver()
    return told(dispatch)


def enter(work: Work, dispatch: Dispatch) -> None:
    """Record the sheets of a sending inside a transaction already held, those not sent before."""
    for sheet in dispatch.sheets:
        if not sheet.known:
            _record(work, dispatch, sheet)


def _record(work: Work, dispatch: Dispatch, sheet: UnitSheet) -> None:
    rows = [
        [row.issue_id, value, row.stage.value, iso(row.assigned_on), iso(row.due_on)]
        for row, value in zip(sheet.rows, sheet.digests, strict=True)
    ]
    values = {
        "period": sheet.period,
        "unit_id": sheet.unit.id,
        "key": sheet.key,
        "head": sheet.head,
        "seen": dispatch.seen,
        "row_count": len(rows),
        "sent_on": work.on.isoformat(),
        "received_on": None,
        "file": None,
    }
    key = ids.next_id(work.conn, "sheet")
    work.record("sheet", key, {"new": True, "set": values, "rows": rows, **_items(sheet)})


def _items(sheet: UnitSheet) -> Record:
    """Give the tasks and reports of a sheet as its event carries them; nothing where none are."""
    rows = [[item.kind, item.code, item.term, list(item.cells)] for item in sheet.items]
    return {"items": rows} if rows else {}


def told(dispatch: Dispatch) -> Record:
    """Give the record of a sending: the sheets with their units, files and numbers of rows."""
    return {
        "period": dispatch.period,
        "sent_on": dispatch.on.isoformat(),
        "sheets": [
            {
                "unit": sheet.unit.name,
                "unit_id": sheet.unit.code,
                "file": sheet.file,
                "rows": len(sheet.rows),
                "tasks": sum(item.kind == TASK and item.answered for item in sheet.items),
                "duties": sum(item.kind == DUTY for item in sheet.items),
                "again": sheet.known,
            }
            for sheet in dispatch.sheets
        ],
        "without": list(dispatch.without),
    }
