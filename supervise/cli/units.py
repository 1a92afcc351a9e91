"""Responsible units: unit list, show, import."""

from __future__ import annotations

from pathlib import Path

from supervise.cli import diagnostics
from supervise.cli.answer import show_list, show_record
from supervise.cli.front import Front


def list_(front: Front) -> None:
    """List every unit in the city's order."""
    from supervise.services import units

    with front.session() as session:
        records = units.listing(session.conn)
    show_list(front, "unit", records, empty="还没有登记单位。")


def show(front: Front, unit: str, unit_id: str | None = None) -> None:
    """Show one unit with all that is known of it."""
    from supervise.services import unit_page, units

    with front.session() as session:
        record = unit_page.shown(session, units.find(session.conn, unit, unit_id))
    show_record(front, "unit", record)


def import_(front: Front, file: Path, sheet: str | None = None, dry_run: bool = False) -> None:
    """Read a roster of units from a table."""
    from supervise.services import roster

    with diagnostics.progress("导入单位") as progress, front.session(write=True) as session:
        record = roster.run(session, file, sheet, dry_run=dry_run, progress=progress)
    show_record(front, "import", record, "试运行，没有写入。" if dry_run else "已导入单位。")
