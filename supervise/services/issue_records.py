"""Issues as the JSON records scripts rely on."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from db import issue_lists
from db import issues as store
from db.driver import Connection
from supervise.domain.overdue import is_overdue, overdue_days
from supervise.domain.records import STAGE_LABELS, Issue
from supervise.errors import NotFound
from supervise.services.session import Session

Record = dict[str, Any]
_STAGE_NAMES = {stage.value: label for stage, label in STAGE_LABELS.items()}


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def flat(issue: Issue, unit: str | None, code: str | None, co: list[str], today: date) -> Record:
    """Give the `issue` record of the interface."""
    return {
        "code": issue.code,
        "title": issue.title,
        "stage": issue.stage.value,
        "stage_name": issue.stage.label,
        "unit": unit,
        "unit_id": code,
        "co_units": co,
        "category": issue.category,
        "source": issue.source,
        "urgency": issue.urgency,
        "found_on": _iso(issue.found_on),
        "assigned_on": _iso(issue.assigned_on),
        "due_on": _iso(issue.due_on),
        "original_due_on": _iso(issue.original_due_on),
        "submitted_on": _iso(issue.submitted_on),
        "closed_on": _iso(issue.closed_on),
        "overdue": is_overdue(issue, today),
        "overdue_days": overdue_days(issue, today),
        "returns": issue.returns,
        "reopens": issue.reopens,
        "satisfaction": issue.satisfaction,
    }


def issue_record(conn: Connection, issue: Issue, today: date) -> Record:
    """Give the record of one issue, its units looked up."""
    from db import units

    unit = units.get(conn, issue.unit_id) if issue.unit_id is not None else None
    co = [units.get(conn, key).name for key in issue.co_units]
    return flat(issue, unit.name if unit else None, unit.code if unit else None, co, today)


def _unit_name(conn: Connection, key: int) -> str:
    from db import units

    return units.get(conn, key).name


def listing(session: Session, chosen: issue_lists.Filter) -> Iterator[Record]:
    """List the records a filter shows, one at a time."""
    conn, names = session.conn, _UnitNames(session.conn)
    if chosen.as_of is None:
        for line in issue_lists.lines(conn, chosen, session.today):
            yield _of_line(line, [] if line.co_units == "[]" else names.of(line.co_units))
        return
    for listed in issue_lists.select(conn, chosen, session.today):
        co = [names[key] for key in listed.issue.co_units]
        yield flat(listed.issue, listed.unit, listed.unit_code, co, chosen.as_of)


class _UnitNames(dict[int, str]):
    """The names of units by id, each looked up once."""

    def __init__(self, conn: Connection) -> None:
        super().__init__()
        self._conn = conn

    def __missing__(self, key: int) -> str:
        self[key] = _unit_name(self._conn, key)
        return self[key]

    def of(self, ids: str) -> list[str]:
        """Give the names of a stored list of units."""
        return [self[key] for key in json.loads(ids)]


def _of_line(line: issue_lists.Line, co: list[str]) -> Record:
    """Give the record of a line: the same as `flat` gives of the whole issue."""
    days = 0
    if line.overdue and line.due_on is not None:
        days = (date.fromisoformat(line.handed_in) - date.fromisoformat(line.due_on)).days
    return {
        "code": line.code,
        "title": line.title,
        "stage": line.stage,
        "stage_name": _STAGE_NAMES[line.stage],
        "unit": line.unit,
        "unit_id": line.unit_id,
        "co_units": co,
        "category": line.category,
        "source": line.source,
        "urgency": line.urgency,
        "found_on": line.found_on,
        "assigned_on": line.assigned_on,
        "due_on": line.due_on,
        "original_due_on": line.original_due_on,
        "submitted_on": line.submitted_on,
        "closed_on": line.closed_on,
        "overdue": bool(line.overdue),
        "overdue_days": days,
        "returns": line.returns,
        "reopens": line.reopens,
        "satisfaction": line.satisfaction,
    }


def of_lines(session: Session, lines: Iterable[issue_lists.Line]) -> Iterator[Record]:
    """Give the records of lines, each with what a list on a screen may show beside it."""
    names = _UnitNames(session.conn)
    for line in lines:
        yield {
            **_of_line(line, [] if line.co_units == "[]" else names.of(line.co_units)),
            "source_no": line.source_no,
            "batch": line.batch,
            "handler": line.handler,
            "moved_on": line.moved_on,
            "paused_on": line.paused_on,
        }


def shown(session: Session, code: str) -> Record:
    """Give the record of one issue with its details, complainant, history, clocks and evidence."""
    from db import events, evidence, parties
    from supervise.services import clock_nodes, dispatch_records, instructions, issue_history

    conn = session.conn
    issue = store.get(conn, code.strip())
    if issue is None:
        raise NotFound(f"没有编号为“{code}”的事项，请用 supervise issue list 查编号。")
    happened = events.of(conn, "issue", issue.id)
    names = issue_history.unit_names(conn)
    party = parties.together(parties.every(conn, issue.id))
    return {
        **issue_record(conn, issue, session.today),
        "source_no": issue.source_no,
        "batch": issue.batch,
        "handler": issue.handler,
        "detail": issue.detail,
        "instruction": issue.instruction,
        "measures": issue.measures,
        "reply": issue.reply,
        "paused_on": _iso(issue.paused_on),
        "signed_on": _iso(issue.signed_on),
        "feedback_on": _iso(issue.feedback_on),
        "escalated": issue.escalated,
        "party": party.name if party else None,
        "contact": party.contact if party else None,
        "disclosure": party.disclosure if party else None,
        "events": [issue_history.event_record(event, names) for event in happened],
        "clocks": [*issue_history.clocks(happened), *clock_nodes.records(session, issue.id)],
        "evidence": [
            {"name": one.name, "sha256": one.sha256, "size": one.size, "added_on": one.added_on}
            for one in evidence.of(conn, issue.id)
        ],
        "decisions": dispatch_records.about_issue(session, issue.id),
        "instructions": instructions.about_issue(session, issue.id),
    }
