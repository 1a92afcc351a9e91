"""Lists as files: export issues, units, interviews."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from supervise.cli import diagnostics
from supervise.cli.answer import Record, show_record
from supervise.cli.front import Front
from supervise.cli.issues import check, of_unit, stage_of, total_of

if TYPE_CHECKING:
    from db.issue_lists import Filter
    from supervise.services.session import Session


def issues(
    front: Front,
    to: str,
    stage: Sequence[str] = (),
    unit: str | None = None,
    sort: str = "code",
    limit: int | None = None,
    force: bool = False,
    **said: Any,  # noqa: ANN401
) -> None:
    """Write the issues that a filter shows to a file."""
    from db.issue_lists import Filter
    from db.transactions import snapshot
    from supervise.services import issue_records

    check(sort, limit)
    chosen = Filter(stages=tuple(map(stage_of, stage)), sort=sort, limit=limit, **said)
    with front.session() as session, snapshot(session.conn):
        chosen = of_unit(session, chosen, unit)
        total = total_of(session, chosen)
        total = total if limit is None else min(total, limit)
        records = issue_records.listing(session, chosen)
        as_of = chosen.as_of or session.today
        _write(front, session, "issues", records, total, to, force, as_of, _words(chosen, unit))


def _words(chosen: Filter, unit: str | None) -> str:
    """Say a filter in words, for the head of the list."""
    parts = ["、".join(stage.label for stage in chosen.stages), unit or ""]
    parts.append("超期" if chosen.overdue else "")
    parts.append(f"仍在整改且限期不晚于{chosen.due_by}" if chosen.due_by else "")
    parts.append(f"含“{chosen.search}”" if chosen.search else "")
    parts.append(f"经办人{chosen.handler}" if chosen.handler else "")
    parts.append(f"前{chosen.limit}件" if chosen.limit is not None else "")
    return "，".join(filter(None, parts))


def units(front: Front, to: str, force: bool = False) -> None:
    """Write the list of units to a file."""
    from db.transactions import snapshot
    from supervise.services import units as service

    with front.session() as session, snapshot(session.conn):
        records = service.listing(session.conn)
        _write(front, session, "units", records, len(records), to, force, session.today)


def interviews(front: Front, to: str, force: bool = False) -> None:
    """Write the list of interviews, proposed ones first, to a file."""
    from db.transactions import snapshot
    from supervise.services import interviews as service

    with front.session() as session, snapshot(session.conn):
        records = service.listing(session)
        _write(front, session, "interviews", records, len(records), to, force, session.today)


def _write(
    front: Front,
    session: Session,
    kind: str,
    records: Iterable[Record],
    total: int,
    to: str,
    force: bool,
    as_of: date,
    chosen: str = "",
) -> None:
    from db import events
    from supervise.reports import exports, ledger_lists
    from supervise.reports.export import expect_free, write_file
    from supervise.services.ledger import is_demo

    code = events.head_code(session.conn)
    listing = ledger_lists.ledger_list(
        kind, records, total, as_of, code, chosen=chosen, demo=is_demo(session)
    )
    path = Path(to).expanduser()
    expect_free(path, force=force)
    with diagnostics.progress("导出") as progress:
        data = exports.write(listing, path.suffix.lower(), progress)
    write_file(path, data, force=force)
    record = {"file": str(path), "rows": total, "size": len(data)}
    show_record(front, "file", record, f"已导出 {total} 条到 {path}。")
