"""Monthly notices: notice list, show, export."""

from __future__ import annotations

from supervise.cli import diagnostics
from supervise.cli.answer import show_list, show_record
from supervise.cli.files import deliver
from supervise.cli.front import Front


def list_(front: Front) -> None:
    """List every notice, by month."""
    from supervise.services import notice_records as notices

    with front.session() as session:
        records = notices.listing(session)
    show_list(front, "notice", records, empty="还没有通报。")


def show(front: Front, period: str, series: str | None = None, checks: bool = False) -> None:
    """Show a month's notice with the units named and why; a draft's checks too, if asked."""
    from supervise.services import notice_records as notices

    with front.session() as session:
        record = notices.shown(session, period, series)
        if checks:
            from supervise.services.notice_issue import check_records

            record["checks"] = check_records(session, notices.find(session, period, series))
    show_record(front, "notice", record)


def export(
    front: Front,
    period: str,
    to: str,
    series: str | None = None,
    basis: bool = False,
    force: bool = False,
) -> None:
    """Write a month's notice, or the sheet of what it rests on, to a file."""
    from supervise.reports.document import from_json
    from supervise.reports.export import ending_of
    from supervise.services import compose, notice_records

    ending_of(to)
    with front.session() as session:
        notice = notice_records.find(session, period, series)
        record = notice_records.notice_record(session, notice)
        document = from_json(compose.tree(session, notice, "basis" if basis else "notice"))
    deliver(front, document, to, record, force=force)
    diagnostics.warn(*notice_records.changes_since_issue(notice))
