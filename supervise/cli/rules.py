"""What the rules rest on: due dates, the calendar, rule packs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from supervise.cli.answer import show_list, show_record
from supervise.cli.front import Front


def due(front: Front, start: date, term: str) -> None:
    """Work out a due date, day by day; without a ledger by the calendar that came along."""
    from supervise.calendars import bundled
    from supervise.services import due as reckoning

    if front.ledger or front.path.is_file():
        with front.session() as session:
            record = reckoning.record(session.calendar, start, term)
    else:
        record = reckoning.record(bundled(), start, term)
    sentence = f"{record['start']} 起 {record['term']}，到期日 {record['due']}。"
    show_record(front, "due", record, sentence)


def calendar(front: Front, year: int | None = None) -> None:
    """Show what a year's calendar has besides the plain week."""
    from supervise.services import calendars

    with front.session() as session:
        record = calendars.shown(session, year or session.today.year)
    show_record(front, "calendar", record)


def calendar_import(front: Front, file: Path) -> None:
    """Read a year's holidays from a file."""
    from supervise.services import calendars

    with front.session(write=True) as session:
        record = calendars.import_file(session, file)
    show_record(front, "calendar", record, "已导入放假安排。")


def packs(front: Front) -> None:
    """List the rule packs that came along."""
    from supervise.services import packs as service

    show_list(front, "pack", service.listing())


def pack(front: Front, name: str | None = None) -> None:
    """Show a rule pack: by its name, from a file, or the ledger's own."""
    from supervise.services import packs as service

    if name is None:
        with front.session() as session:
            record = service.in_force(session)
    else:
        record = service.shown(name)
    show_record(front, "pack", record)


def pack_check(front: Front, file: Path) -> None:
    """Check that a pack's file is well written."""
    from supervise.services import packs as service

    record = service.check(str(file))
    show_record(front, "pack", record, "规则包写得对。")
