"""What a meeting should look at: what people picked, and what the rule proposes, with reasons.

Proposals are computed on reading and never stored; an item that is picked keeps its reasons.
"""

from __future__ import annotations

from datetime import date

from db import dispatch as store
from db import units as unit_store
from db.dispatch import Line
from supervise.domain import dispatch as rules
from supervise.domain.dispatch import Climb, Ground, Item, Matter, Meeting, Resolution
from supervise.domain.records import Issue, Stage
from supervise.services import discretion
from supervise.services.dispatch_records import found, meeting_whole
from supervise.services.session import Session
from supervise.services.work import Record


def agenda(session: Session, which: str) -> list[Record]:
    """Give the agenda of a meeting; of a tier that has none under way, what it would be today.

    Raises NotFound for a number nobody knows.
    """
    return _with_agenda(session, which)[1]


def sheet(session: Session, which: str) -> tuple[Record, list[Record]]:
    """Give a meeting's record with its agenda as a paper may tell it.

    Complainants whom units may not know stay out. Of a tier that has no meeting under way it is
    what one would look at today.
    """
    record, items = _with_agenda(session, which)
    about = [one["issue"] for one in (*items, *record.get("decisions", ())) if one["issue"]]
    whole, listed = discretion.veil_all(session.conn, about)((record, items))
    return whole, listed


def _with_agenda(session: Session, which: str) -> tuple[Record, list[Record]]:
    word = which.strip()
    under_way = {one.tier for one in store.meetings(session.conn) if one.status == "open"}
    if word in rules.TIERS and word not in under_way:
        return {"tier": word}, for_tier(session, word)
    whole = meeting_whole(session, found(session.conn, word))
    return whole, whole["agenda"]


def for_tier(session: Session, tier: str) -> list[Record]:
    """Give what a meeting of a tier would look at, were it held today."""
    return _proposed(session, Meeting(0, tier, session.today, "open"), ())


def of_meeting(session: Session, meeting: Meeting) -> list[Record]:
    """Give the items picked for a meeting, and while it is under way what is proposed."""
    items = store.items(session.conn, meeting.id)
    picked = [_of_item(session, one) for one in items if one.status == "picked"]
    if meeting.status != "open":
        return picked
    return picked + _proposed(session, meeting, items)


def _of_item(session: Session, item: Item) -> Record:
    line = (
        store.line(session.conn, item.issue_id, session.today)
        if item.issue_id is not None
        else None
    )
    words = [*item.reasons, *([item.note] if item.note else [])]
    record = _record(line, [Ground("picked", one) for one in words], item)
    named = store.task(session.conn, item.task) if item.task else None
    if named is not None and line is None:
        lead = unit_store.get(session.conn, named.lead) if named.lead is not None else None
        record |= {"title": named.title, "unit": lead.name if lead else None}
        record["unit_id"] = lead.code if lead else None
    return record


def _record(line: Line | None, reasons: list[Ground], item: Item | None = None) -> Record:
    status = item.status if item else "proposed"
    return {
        "no": item.no if item else None,
        "status": status,
        "status_name": rules.ITEM_LABELS[status],
        "issue": line.code if line else None,
        "title": line.title if line else None,
        "stage_name": Stage(line.stage).label if line else None,
        "unit": line.unit if line else None,
        "unit_id": line.unit_id if line else None,
        "due_on": line.due_on if line else None,
        "task": item.task if item else None,
        "topic": item.topic if item else None,
        "reasons": [{"kind": one.kind, "words": one.words} for one in reasons],
    }


def _proposed(session: Session, meeting: Meeting, items: list[Item] | tuple[()]) -> list[Record]:
    """Propose what nobody picked or turned down, the weightiest first."""
    since = _since(session, meeting)
    settled = {one.issue_id for one in items}
    open_ones = _unanswered(session, meeting)
    found_: list[tuple[tuple[int, int, int, str], Record]] = []
    for line in store.lines(session.conn, session.today):
        if line.id in settled:
            continue
        matter = matter_of(session, line)
        reasons = [*rules.grounds(matter, meeting.tier, since), *open_ones.pop(line.id, ())]
        if reasons:
            found_.append((rules.weight(reasons, matter), _record(line, reasons)))
    for issue_id, reasons in open_ones.items():
        if issue_id is None or issue_id in settled:
            continue
        line = store.line(session.conn, issue_id, session.today)
        found_.append((rules.weight(reasons, None), _record(line, reasons)))
    found_ += [
        (rules.weight([one], None), {**_record(None, [one]), "topic": "上次议定事项"})
        for one in open_ones.get(None, ())
    ]
    return [record for _, record in sorted(found_, key=lambda pair: pair[0])]


def _since(session: Session, meeting: Meeting) -> date | None:
    """Give the day of the tier's meeting before this one."""
    earlier = (
        one.held_on
        for one in store.meetings(session.conn)
        if one.tier == meeting.tier
        and one.status != "void"
        and one.id != meeting.id
        and one.held_on <= meeting.held_on
        and meeting.unit_id in {None, one.unit_id}
    )
    return max(earlier, default=None)


def _unanswered(session: Session, meeting: Meeting) -> dict[int | None, list[Ground]]:
    """Map issues (None for a decision without one) to the tier's decisions that are late."""
    tiers = {one.id: one.tier for one in store.meetings(session.conn)}
    late: dict[int | None, list[Ground]] = {}
    for one in store.resolutions(session.conn):
        same = tiers[one.meeting_id] == meeting.tier and one.meeting_id != meeting.id
        if same and one.overdue(session.today):
            words = f"议定事项 {one.meeting_id}-{one.no} 到期（{one.due_on}）未回告：{one.text}"
            late.setdefault(one.issue_id, []).append(Ground("unanswered", words))
    return late


def grounds_of(session: Session, meeting: Meeting, issue: Issue) -> tuple[Ground, ...]:
    """Say why a meeting should look at an issue."""
    line = store.line(session.conn, issue.id, session.today)
    late = _unanswered(session, meeting).get(issue.id, ())
    return (*rules.grounds(matter_of(session, line), meeting.tier, _since(session, meeting)), *late)


def matter_of(session: Session, line: Line) -> Matter:
    """Gather what the rule asks of an issue."""
    late = (
        (session.today - date.fromisoformat(line.due_on)).days if line.late and line.due_on else 0
    )
    open_ = not Stage(line.stage).ended
    return Matter(line.code, open_, late, line.returns, climb_of(session, line))


def climb_of(session: Session, line: Line) -> Climb | None:
    """Say how far an issue climbed, and what the level it was put before decided and answered."""
    if line.level is None:
        return None
    on = store.escalated_on(session.conn, line.id)
    if on is None:
        return None
    rung = rules.level_of(line.level)
    made = [
        one
        for meeting, one in store.about(session.conn, line.id)
        if one.decided_on >= on
        and one.action != "提级"
        and (rung is None or meeting.tier in {rung, rules.MAIN})
    ]
    return _with(Climb(line.level, on), made)


def _with(climb: Climb, made: list[Resolution]) -> Climb:
    if not made:
        return climb
    answered = next((one for one in made if one.answered_on is not None), None)
    if answered is not None:
        return Climb(
            climb.level, climb.on, answered.decided_on, answered.answered_on, answered.answer
        )
    return Climb(climb.level, climb.on, made[0].decided_on)


def escalated(session: Session) -> tuple[str, ...]:
    """Give the open issues that were put before a higher level."""
    return tuple(store.escalated(session.conn))
