"""A new ledger: its file, its identity, its first rule pack and calendar."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from db import backup as copies
from db import connection, meta, migrations
from supervise.calendars import bundled
from supervise.errors import Refused
from supervise.services import calendars, packs
from supervise.services.session import Session, business_today
from supervise.services.work import Record, Work, working

OFFICES = 1 << 12


def create(
    path: Path,
    pack: str = "jingmen",
    office: int = 0,
    today: date | None = None,
    *,
    demo: bool = False,
    session: Session | None = None,
) -> Record:
    """Create a ledger under a rule pack; `office` numbers ledgers that may be put together one day.

    A `session` for the same path may be handed in with its own clock and recorder. Raises
    LedgerError when a file is there already.
    """
    if not 0 <= office < OFFICES:
        raise Refused(f"机构号应在 0 至 {OFFICES - 1} 之间。")
    text, title = packs.load(pack)
    given = session or Session(path, today or business_today(), write=True)
    connection.refuse_existing(path)
    # Built beside its path and put there whole: a ledger without its first events is of no use.
    with copies.temporary(path) as place:
        connection.create_ledger(place).close()
        with replace(given, path=place) as building, working(building) as work:
            _first_events(work, office, demo, pack, text)
            version = packs.parse(text, pack).version_id
        copies.publish(place, path)
    return {"path": str(path), "office": office, "pack": pack, "title": title, "version": version}


def _first_events(work: Work, office: int, demo: bool, pack: str, text: str) -> None:
    migrations.date_back(work.conn, work.session.clock().isoformat())
    identity = "demo" if demo else work.session.salt()
    work.begin("ledger.init", {})
    values = {"office": str(office), "ledger": identity, "demo": str(int(demo))}
    work.record("ledger", 0, {"set": values})
    work.begin("pack.use", {})
    packs.put(work, pack, text)
    work.begin("calendar.import", {})
    calendar = bundled()
    payload = {
        "years": calendars.years_payload(calendar, set(calendar.years)),
        "version": calendar.version,
    }
    work.record("calendar", 0, payload)


def is_demo(session: Session) -> bool:
    """Whether every paper made from this ledger must say 演示数据."""
    return meta.value(session.conn, "demo") == "1"
