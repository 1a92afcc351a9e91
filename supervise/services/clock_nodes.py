"""Clock sets beside the loop: begun with an issue, reached node by node, told with its clocks."""

from __future__ import annotations

from datetime import date
from typing import Any

from db import clock_nodes as store
from db import issues as issue_store
from supervise.domain import clocksets
from supervise.domain.calendar import Calendar
from supervise.domain.clocksets import Node
from supervise.domain.records import Issue, Stage
from supervise.errors import Refused
from supervise.services import clocks
from supervise.services.issue_records import issue_record
from supervise.services.session import Session
from supervise.services.work import Record, Work

_LEFT = frozenset({Stage.REJECTED, Stage.MERGED, Stage.TERMINATED})


def begin(work: Work, issue: Issue, name: str, start: date | None) -> tuple[Node, ...]:
    """Start a clock set with an issue, from the day it was found unless another is given.

    Raises Refused where the issue carries one already or the day lies ahead, BadInput for a set
    the pack has not.
    """
    if store.of(work.conn, issue.id):
        raise Refused(f"事项 {issue.code} 已有一套时限，不能再加。", code="clocks_set")
    work.not_future("时限起算日", start)
    chosen = clocksets.find(work.session.pack.clockset, name)
    return clocksets.begin(chosen, start or issue.found_on, work.session.calendar)


def facts(nodes: tuple[Node, ...]) -> Record:
    """Give what an event keeps of an issue's nodes; nothing where there are none."""
    return {"nodes": [store.row(one) for one in nodes]} if nodes else {}


def first_due(
    work: Work, issue: Issue, begun: tuple[Node, ...], given: date | None
) -> tuple[date, str | None, Record]:
    """Give the due date of 交办: the one given, else the last node's, else the pack's clock."""
    nodes = begun or store.of(work.conn, issue.id)
    if given is not None or not nodes:
        return clocks.first(work.session, issue.urgency, work.on, given)
    due, provisional = clocksets.last_day(nodes, work.session.calendar)
    return due, None, clocks.of_set(work.session, nodes[0], provisional)


def reach(work: Work, issue: str, node: str, done_on: date | None = None) -> Record:
    """记时限节点: keep the day a node was reached and its number; again, to correct it.

    The day itself may lie before the last step of the loop; only when it was told may not. Raises
    Refused for an issue without a clock set, or one that left the loop unfinished.
    """
    before = work.issue(issue)
    nodes = store.of(work.conn, before.id)
    if not nodes:
        raise Refused(f"事项 {before.code} 没有另计的时限，不需记节点。", code="no_clocks")
    if before.stage in _LEFT:
        raise Refused(
            f"事项 {before.code} 已{before.stage.label}，不再记节点。", code="not_allowed"
        )
    day = done_on or work.on
    work.not_future("完成日期", day)
    if work.on < before.moved_on:
        raise Refused(
            f"日期 {work.on} 早于事项 {before.code} 上一步的日期 {before.moved_on}；"
            "节点完成得早的，请把完成日期写在 done_on。",
            code="before_last_move",
        )
    after = clocksets.reach(nodes, node, day, work.ref, work.session.calendar)
    told = {"node": node.strip(), "done_on": day.isoformat()}
    work.save(before, before, **facts(after), **told)
    return issue_record(work.conn, before, work.session.today)


def move(work: Work, after: Calendar) -> int:
    """Let the dates still ahead follow a new calendar, an event for each issue; gives how many."""
    moved = 0
    for key in store.waiting(work.conn):
        nodes = store.of(work.conn, key)
        new = clocksets.moved(nodes, after)
        issue = issue_store.by_id(work.conn, key)
        if issue is None or issue.stage in _LEFT or new == nodes:
            continue
        work.save(issue, issue, **facts(new))
        moved += new != nodes
    return moved


def records(session: Session, issue_id: int) -> list[dict[str, Any]]:
    """Give an issue's nodes as `issue show` lists them under `clocks`."""
    return [_record(one, session.today) for one in store.of(session.conn, issue_id)]


def _record(node: Node, today: date) -> dict[str, Any]:
    return {
        "op": "issue.node",
        "on": node.start.isoformat() if node.start else None,
        "kind": "node",
        "start": node.start.isoformat() if node.start else None,
        "term": node.term,
        "provisional": node.provisional,
        "due_on": node.due_on.isoformat() if node.due_on else None,
        "was": None,
        "clocks": node.clocks,
        "node": node.name,
        "after": node.after,
        "done_on": node.done_on.isoformat() if node.done_on else None,
        "ref": node.ref,
        "overdue": node.late(today),
        "overdue_days": node.days_late(today),
    }
