"""What moved lately, and how old what is open is: from the stays of issues that moved since a day.

An issue's `moved_on` is never before a stay it entered or left, so its index finds them all.
"""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from db.codec import day as read_day
from db.driver import Connection
from supervise.domain.own_terms import Stay
from supervise.domain.records import LOOP, Stage


class Flow(NamedTuple):
    """How many issues entered a stage and left it."""

    entered: int = 0
    left: int = 0


# Handed on to another unit, or to its successor, an issue stays in its stage.
_SAME = "('transfer', 'unit_merge')"
_MOVED = """
FROM issue i CROSS JOIN span s ON s.issue_id = i.id
LEFT JOIN span p ON p.issue_id = s.issue_id AND p.no = s.no - 1
WHERE i.moved_on >= :since AND (s.entered >= :since OR s.left_on >= :since)
"""
_CAME = f"s.entered BETWEEN :since AND :until AND coalesce(p.outcome, '') NOT IN {_SAME}"
_WENT = f"s.left_on BETWEEN :since AND :until AND coalesce(s.outcome, '') NOT IN {_SAME}"

_ISSUES = "count(DISTINCT i.id)"


def _days(since: date, until: date) -> dict[str, Any]:
    return {"since": since.isoformat(), "until": until.isoformat()}


def between(conn: Connection, since: date, until: date) -> dict[Stage, Flow]:
    """Count the issues that entered and left each stage of the loop between two days, included."""
    rows = conn.execute(
        f"SELECT s.stage, {_ISSUES} FILTER (WHERE {_CAME}), {_ISSUES} FILTER (WHERE {_WENT})"
        f" {_MOVED} GROUP BY s.stage",
        _days(since, until),
    )
    found = {Stage(stage): Flow(entered, left) for stage, entered, left in rows}
    return {stage: found.get(stage, Flow()) for stage in LOOP}


def codes(conn: Connection, stage: Stage, since: date, until: date, *, left: bool) -> list[str]:
    """List the issues that entered a stage, or left it, between two days."""
    rows = conn.execute(
        f"SELECT DISTINCT i.code {_MOVED} AND s.stage = :stage AND {_WENT if left else _CAME}",
        {**_days(since, until), "stage": stage.value},
    )
    return [row[0] for row in rows]


def open_by_day(conn: Connection) -> list[tuple[date, int]]:
    """Count the open issues by the day they were found."""
    rows = conn.execute(
        "SELECT found_on, count(*) FROM issue"
        " WHERE stage IN ('discover', 'rectify', 'review', 'feedback') GROUP BY found_on"
    )
    return [(date.fromisoformat(found), number) for found, number in rows]


# When the office's part in a stay was done: in 反馈 with the 回访, else when the stay ended.
_DONE = (
    "CASE WHEN s.stage = 'feedback' AND i.feedback_on >= s.entered"
    " AND (s.left_on IS NULL OR i.feedback_on <= s.left_on) THEN i.feedback_on"
    " ELSE s.left_on END"
)
_STAYS = f"""
SELECT i.code AS code, s.entered AS entered, {_DONE} AS done
FROM issue i CROSS JOIN span s ON s.issue_id = i.id
WHERE i.stage = :stage AND s.stage = :stage AND s.left_on IS NULL
UNION ALL
SELECT i.code, s.entered, {_DONE}
FROM issue i CROSS JOIN span s ON s.issue_id = i.id
WHERE i.moved_on >= :since AND s.stage = :stage AND s.left_on >= :since
"""
_WAITING = "done IS NULL OR done >= :since"


def stays(conn: Connection, stage: Stage, since: date) -> list[Stay]:
    """List the stays in a stage whose duty is still to be done, or was done since a day."""
    rows = conn.execute(
        f"SELECT code, entered, done FROM ({_STAYS}) WHERE {_WAITING}",
        {"stage": stage.value, "since": since.isoformat()},
    )
    return [Stay(code, date.fromisoformat(entered), read_day(done)) for code, entered, done in rows]
