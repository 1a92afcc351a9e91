"""Plans of 回头看, what they may be drawn from, and what was found."""

from __future__ import annotations

import json
from datetime import date
from typing import NamedTuple

from db.codec import day
from db.driver import Connection
from supervise.domain.revisits import RELAPSED, Closed, Plan, Row


def closed(conn: Connection, since: date, until: date) -> list[Closed]:
    """List the issues in 销号 that were closed in a span of days, but for those in a plan already.

    An issue closed again after it was done anew may be drawn anew.
    """
    rows = conn.execute(
        "SELECT i.code, i.unit_id, i.closed_on, i.co_units FROM issue i"
        " WHERE i.stage = 'closed' AND i.closed_on BETWEEN ? AND ? AND NOT EXISTS"
        " (SELECT 1 FROM revisit_item r WHERE r.issue_id = i.id AND r.closed_on = i.closed_on)"
        " ORDER BY i.id",
        (since.isoformat(), until.isoformat()),
    )
    return [Closed(code, unit, day(on), frozenset(json.loads(co))) for code, unit, on, co in rows]


def plans(conn: Connection) -> list[Plan]:
    """List the plans, newest first."""
    rows = conn.execute(
        "SELECT id, seq, period, since, method, seed, population, on_date, by_name"
        " FROM revisit_plan ORDER BY id DESC"
    )
    return [
        Plan(key, seq, period, since, method, seed, of, date.fromisoformat(on), by)
        for key, seq, period, since, method, seed, of, on, by in rows
    ]


def rows(conn: Connection, plan_id: int) -> list[Row]:
    """List the issues of a plan."""
    found = conn.execute(
        "SELECT plan_id, no, issue_id, unit_id, checker_id, closed_on FROM revisit_item"
        " WHERE plan_id = ? ORDER BY no",
        (plan_id,),
    )
    return [
        Row(plan, no, issue, unit, checker, day(closed_on))
        for plan, no, issue, unit, checker, closed_on in found
    ]


class Found(NamedTuple):
    """What became of an issue since it was planned: its state, and what was found when.

    `result` is the last finding; `relapsed_on` the day of the last 反弹, whatever was found later.
    """

    code: str
    title: str
    stage: str
    closed_on: str | None
    result: str | None = None
    on: date | None = None
    by: str | None = None
    relapsed_on: date | None = None


def found(conn: Connection, issue_id: int, after: int) -> Found:
    """Give what was found of an issue after an event's number: the last finding, any 反弹 too."""
    code, title, stage, closed_on = conn.execute(
        "SELECT code, title, stage, closed_on FROM issue WHERE id = ?", (issue_id,)
    ).fetchone()
    found_ = conn.execute(
        "SELECT json_extract(payload, '$.result'), on_date, by_name FROM event"
        " WHERE subject = 'issue' AND subject_id = ?"
        " AND op = 'issue.revisit' AND seq > ? ORDER BY seq DESC",
        (issue_id, after),
    ).fetchall()
    if not found_:
        return Found(code, title, stage, closed_on)
    result, on, by = found_[0]
    relapsed = next((day(one[1]) for one in found_ if one[0] == RELAPSED), None)
    return Found(code, title, stage, closed_on, result, day(on), by, relapsed)


def codes_waiting(conn: Connection) -> list[str]:
    """List the codes of the issues still to be looked at: planned, still closed, nothing found."""
    rows = conn.execute(
        "SELECT DISTINCT i.id, i.code FROM revisit_item r JOIN revisit_plan p ON p.id = r.plan_id"
        " JOIN issue i ON i.id = r.issue_id"
        " WHERE i.stage = 'closed' AND i.closed_on = r.closed_on AND NOT EXISTS"
        " (SELECT 1 FROM event e WHERE e.subject = 'issue' AND e.subject_id = i.id"
        " AND e.op = 'issue.revisit' AND e.seq > p.seq) ORDER BY i.id"
    )
    return [code for _, code in rows]


def any_relapsed(conn: Connection) -> bool:
    """Whether any planned issue was found relapsed at last, and its closing still stands."""
    return bool(
        conn.execute(
            "SELECT EXISTS (SELECT 1 FROM revisit_item r JOIN revisit_plan p ON p.id = r.plan_id"
            " JOIN issue i ON i.id = r.issue_id"
            " WHERE i.stage = 'closed' AND i.closed_on = r.closed_on AND"
            " (SELECT json_extract(e.payload, '$.result') FROM event e"
            " WHERE e.subject = 'issue' AND e.subject_id = i.id AND e.op = 'issue.revisit'"
            " AND e.seq > p.seq ORDER BY e.seq DESC LIMIT 1) = ?)",
            (RELAPSED,),
        ).fetchone()[0]
    )
