"""What follows a naming: explanations, interviews, referrals; and reviews before publication."""

from __future__ import annotations

from supervise.cli.answer import show_list, show_record
from supervise.cli.files import deliver
from supervise.cli.front import Front


def explanations(front: Front) -> None:
    """List the written explanations owed and received."""
    from supervise.services import explanations as service

    with front.session() as session:
        records = service.listing(session)
    show_list(front, "explanation", records, empty="没有应交的书面说明。")


def interviews(front: Front) -> None:
    """List proposed and requested interviews."""
    from supervise.services import interviews as service

    with front.session() as session:
        records = service.listing(session)
    show_list(front, "interview", records, empty="没有拟提请或已提请的约谈。")


def interview(front: Front, id: str) -> None:  # noqa: A002
    """Show one interview, by its id or its unit."""
    from supervise.services import interviews as service

    with front.session() as session:
        record = service.shown(session, id)
    show_record(front, "interview", record)


def export(front: Front, id: str, to: str, force: bool = False) -> None:  # noqa: A002
    """Write the papers of an interview to a file."""
    from supervise.reports import papers
    from supervise.reports.export import ending_of
    from supervise.reports.interview import ASKING
    from supervise.services import interviews

    ending_of(to)
    with front.session() as session:
        record = interviews.shown(session, id)
        key = "request" if record["status"] in ASKING else "record"
        ((_, document),) = papers.documents(session, key, (id,))
    deliver(front, document, to, record, force=force)


def referrals(front: Front) -> None:
    """List what may be referred, and what was decided."""
    from supervise.errors import Refused
    from supervise.services import referrals as service

    if front.read_only:
        raise Refused("只读方式不显示屡督不改研判提示。", code="read_only")
    with front.session() as session:
        records = service.listing(session)
    show_list(front, "referral", records, empty="没有可移送的情形。")


def clearances(front: Front) -> None:
    """List the reviews recorded before publication."""
    from supervise.services import clearances as service

    with front.session() as session:
        records = service.listing(session)
    show_list(front, "clearance", records, empty="还没有保密审查记录。")
