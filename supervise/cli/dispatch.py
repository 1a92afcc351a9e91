"""Meetings (调度), leaders' instructions (批示件) and revisits (回头看), listed and shown."""

from __future__ import annotations

from datetime import date

from supervise.cli.answer import show_list, show_record
from supervise.cli.front import Front


def meetings(
    front: Front,
    tier: str | None = None,
    from_: date | None = None,
    to: date | None = None,
) -> None:
    """List the meetings to be held, those missed, and those that were held."""
    from supervise.services import dispatch_records

    with front.session() as session:
        records = dispatch_records.listing(session, tier, from_, to)
    show_list(front, "dispatch", records, empty="没有调度，规则包也没有规定调度的周期。")


def meeting(front: Front, meeting: str) -> None:
    """Show one meeting with its agenda and its decisions."""
    from supervise.services import dispatch_records

    with front.session() as session:
        record = dispatch_records.shown(session, meeting)
    show_record(front, "dispatch", record)


def agenda(front: Front, meeting: str) -> None:
    """List what a meeting should look at, with the reasons."""
    from supervise.services import dispatch_agenda

    with front.session() as session:
        records = dispatch_agenda.agenda(session, meeting)
    show_list(front, "dispatch.agenda", records, empty="没有议题，也没有拟列的事项。")


def decisions(front: Front, unanswered: bool = False, overdue: bool = False) -> None:
    """List what the meetings decided."""
    from supervise.services import dispatch_records

    with front.session() as session:
        records = dispatch_records.decisions(session, unanswered=unanswered or overdue)
    records = [one for one in records if not overdue or one["status"] == "overdue"]
    show_list(front, "dispatch.decisions", records, empty="没有议定事项。")


def instructions(front: Front, unclosed: bool = False, overdue: bool = False) -> None:
    """List the instructions of leaders."""
    from supervise.services import instructions as service

    with front.session() as session:
        records = service.listing(session, unclosed=unclosed, overdue=overdue)
    show_list(front, "instruction", records, empty="没有批示件。")


def revisits(front: Front, period: str | None = None, result: str | None = None) -> None:
    """List the issues planned to be looked at again, and what was found."""
    from supervise.services import revisits as service

    with front.session() as session:
        records = service.listing(session, period, result)
    show_list(front, "revisit", records, empty="没有安排回头看。")


def revisit(front: Front, plan: str | None = None) -> None:
    """Show one plan: how it was drawn, and its issues."""
    from supervise.errors import NotFound
    from supervise.services import revisits as service

    with front.session() as session:
        known = service.plans(session)
    found = next((one for one in known if plan in {None, str(one["id"])}), None)
    if found is None:
        raise NotFound(
            f"没有编号为“{plan}”的回头看计划，请用 supervise revisit list 查计划编号。"
            if known
            else "还没有回头看计划，请先安排（supervise revisit plan）。"
        )
    show_record(front, "revisit", found)


def export(front: Front, meeting: str, to: str, force: bool = False) -> None:
    """Write a meeting's agenda and decisions to a file."""
    from supervise.cli.files import deliver
    from supervise.reports.export import ending_of
    from supervise.reports.meeting import meeting_document
    from supervise.services import dispatch_agenda
    from supervise.services.paper_facts.office import office

    ending_of(to)
    with front.session() as session:
        record, items = dispatch_agenda.sheet(session, meeting)
        document = meeting_document(record, items, office(session))
    deliver(front, document, to, {**record, "agenda": items}, force=force)
