"""Meetings, their decisions and the meetings still to be held, as the JSON records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from db import dispatch as store
from db import units as unit_store
from db.driver import Connection
from supervise.domain import meetings_due
from supervise.domain.dispatch import RESOLUTION_LABELS, STATUS_LABELS, TIERS, Meeting, Resolution
from supervise.domain.meetings_due import Standing
from supervise.errors import NotFound, Refused
from supervise.services.cadences import asked_since
from supervise.services.references import number
from supervise.services.session import Session
from supervise.services.work import Record

# How far back meetings that were not held are told of, unless a first day is given.
_LOOKED_BACK = timedelta(days=92)
_GROUP_KIND = "专项工作组"


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def found(conn: Connection, which: str) -> Meeting:
    """Find the meeting a person means: its number, or a tier's one that is under way.

    Raises NotFound when there is none, Refused when a tier has several.
    """
    word = which.strip()
    if word.isdecimal():
        key = number(word)
        one = None if key is None else store.meeting(conn, key)
        if one is None:
            raise NotFound(f"没有编号为 {word} 的调度，请用 supervise dispatch list 查编号。")
        return one
    under_way = [one for one in store.meetings(conn) if one.tier == word and one.status == "open"]
    if not under_way:
        known = "" if word in TIERS else f"层级有：{'、'.join(TIERS)}。"
        raise NotFound(
            f"没有进行中的“{word}”调度，请写编号，或先登记（supervise dispatch open）。{known}"
        )
    if len(under_way) > 1:
        numbers = "、".join(str(one.id) for one in under_way)
        raise Refused(f"进行中的{word}调度不止一次（编号 {numbers}），请写编号。", code="ambiguous")
    return under_way[0]


def meeting_record(session: Session, one: Meeting, made: Iterable[Resolution]) -> Record:
    """Give the `meeting` record."""
    mine = [each for each in made if each.meeting_id == one.id]
    unit = unit_store.get(session.conn, one.unit_id) if one.unit_id is not None else None
    return {
        "id": one.id,
        "tier": one.tier,
        "status": one.status,
        "status_name": one.words(session.today),
        "held_on": one.held_on.isoformat(),
        "due_on": None,
        "theme": one.theme,
        "unit": unit.name if unit else None,
        "unit_id": unit.code if unit else None,
        "leader": one.leader,
        "closed_on": _iso(one.closed_on),
        "decided": len(mine),
        "unanswered": sum(each.answered_on is None for each in mine),
        "overdue": sum(each.overdue(session.today) for each in mine),
        "summary": one.summary,
        "ref": one.ref,
    }


def meeting_whole(session: Session, one: Meeting) -> Record:
    """Give a meeting with its agenda and its decisions."""
    from supervise.services import dispatch_agenda

    made = store.resolutions(session.conn, one.id)
    return {
        **meeting_record(session, one, made),
        "agenda": dispatch_agenda.of_meeting(session, one),
        "decisions": [resolution_record(session, one, each) for each in made],
    }


def resolution_record(session: Session, meeting: Meeting, one: Resolution) -> Record:
    """Give the `decision` record."""
    conn, today = session.conn, session.today
    unit = unit_store.get(conn, one.unit_id) if one.unit_id is not None else None
    issue = store.line(conn, one.issue_id, today) if one.issue_id is not None else None
    status = "overdue" if one.overdue(today) else "answered" if one.answered_on else "open"
    return {
        "id": f"{one.meeting_id}-{one.no}",
        "meeting": one.meeting_id,
        "tier": meeting.tier,
        "text": one.text,
        "issue": issue.code if issue else None,
        "title": issue.title if issue else None,
        "task": one.task,
        "unit": unit.name if unit else None,
        "unit_id": unit.code if unit else None,
        "due_on": _iso(one.due_on),
        "action": one.action,
        "decided_on": one.decided_on.isoformat(),
        "answered_on": _iso(one.answered_on),
        "answer": one.answer,
        "answered_by": one.answered_by,
        "status": status,
        "status_name": RESOLUTION_LABELS[status],
    }


def shown(session: Session, which: str) -> Record:
    """Give the meeting a person means, whole."""
    return meeting_whole(session, found(session.conn, which))


def decisions(session: Session, *, unanswered: bool = False) -> list[Record]:
    """List every decision of every meeting, or the unanswered ones, the latest meeting's first."""
    known = {one.id: one for one in store.meetings(session.conn)}
    made = [one for one in store.resolutions(session.conn) if not (unanswered and one.answered_on)]
    made.sort(key=lambda one: (known[one.meeting_id].held_on, one.meeting_id), reverse=True)
    return [resolution_record(session, known[one.meeting_id], one) for one in made]


def standings(
    session: Session, since: date | None = None, until: date | None = None
) -> list[Standing]:
    """Say how each meeting that came round since a day stands, oldest first.

    With `until`, a day ahead: as it would stand on that day, were nothing more held.
    """
    until = max(until or session.today, session.today)
    groups = [
        unit.id
        for unit in unit_store.every(session.conn)
        if unit.kind == _GROUP_KIND and unit.active
    ]
    span = (since or session.today - _LOOKED_BACK, until)
    slots = meetings_due.expected(session.pack.cadence, groups, span, session.calendar)
    names = {one.name for one in session.pack.cadence if one.tier}
    asked = asked_since(session, names, lambda one: bool(one.tier))
    found_ = meetings_due.standing(slots, store.meetings(session.conn), until, asked)
    return sorted(found_, key=lambda one: one.slot.due_on)


def behind(session: Session) -> list[Standing]:
    """List the series of meetings whose last one due was not held."""
    last: dict[tuple[str, int | None], Standing] = {}
    for one in standings(session):
        if one.state != "due":
            last[one.slot.name, one.slot.unit_id] = one
    return [one for one in last.values() if one.state == "missed"]


def not_held(session: Session, some: Iterable[Standing]) -> Iterator[Record]:
    """Give meetings that came round without being held as records without a number."""
    for one in some:
        slot = one.slot
        unit = unit_store.get(session.conn, slot.unit_id) if slot.unit_id is not None else None
        yield {
            "id": None,
            "tier": slot.tier,
            "status": one.state,
            "status_name": STATUS_LABELS[one.state],
            "held_on": None,
            "due_on": slot.due_on.isoformat(),
            "theme": slot.name,
            "unit": unit.name if unit else None,
            "unit_id": unit.code if unit else None,
            "leader": None,
            "closed_on": None,
            "decided": 0,
            "unanswered": 0,
            "overdue": 0,
            "summary": None,
            "ref": None,
        }


def listing(
    session: Session, tier: str | None = None, since: date | None = None, until: date | None = None
) -> list[Record]:
    """List the meetings under way, the nearest first, what waits or was missed, then those over."""
    made = store.resolutions(session.conn)
    waiting = [one for one in standings(session, since) if one.state != "held"]
    known = [meeting_record(session, one, made) for one in store.meetings(session.conn)]
    under_way = [one for one in known if one["status"] == "open"]
    records = [
        *sorted(under_way, key=lambda one: (one["held_on"], one["id"])),
        *not_held(session, waiting),
        *(one for one in known if one["status"] != "open"),
    ]
    return [one for one in records if _wanted(one, tier, since, until)]


def _wanted(record: Record, tier: str | None, since: date | None, until: date | None) -> bool:
    day = date.fromisoformat(record["held_on"] or record["due_on"])
    if tier is not None and record["tier"] != tier:
        return False
    return (since is None or day >= since) and (until is None or day <= until)


def about_issue(session: Session, issue_id: int) -> list[Record]:
    """List what meetings decided about an issue, newest first."""
    return [
        {
            "id": f"{meeting.id}-{one.no}",
            "tier": meeting.tier,
            "held_on": meeting.held_on.isoformat(),
            "text": one.text,
            "due_on": _iso(one.due_on),
            "answered_on": _iso(one.answered_on),
            "answer": one.answer,
        }
        for meeting, one in store.about(session.conn, issue_id)
    ]
