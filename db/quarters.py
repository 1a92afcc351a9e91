"""What a quarter's report counts: how every issue stood on a day, and first hand-ins by unit."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import NamedTuple

from db import as_of
from db.driver import Connection
from db.figures import FIRST
from supervise.domain.records import Stage

_GIVEN_OUT = "('rectify', 'review', 'feedback', 'closed')"


class State(NamedTuple):
    """How an issue stood at the end of a day: its stage and unit, and when it was found."""

    stage: Stage
    unit_id: int | None
    found: date


def states(conn: Connection, day: date) -> dict[int, State]:
    """Map each issue known at the end of a day to how it stood then."""
    rows = conn.execute(
        "SELECT s.issue_id, s.stage, coalesce(s.unit_id, i.unit_id), i.found_on FROM span s"
        " JOIN issue i ON i.id = s.issue_id"
        " WHERE s.entered <= :day AND (s.left_on IS NULL OR s.left_on > :day)"
        " ORDER BY s.issue_id, s.no",
        {"day": day.isoformat()},
    )
    then = _found_then(conn, day.isoformat())
    return {
        key: State(Stage(stage), unit_id, date.fromisoformat(then.get(key, found)))
        for key, stage, unit_id, found in rows
    }


# What is joined to another issue (合并办理), to which, and since when.
_JOINED = """
SELECT i.merged_into, i.id, s.entered FROM issue i
JOIN span s ON s.issue_id = i.id AND s.left_on IS NULL
WHERE i.merged_into IS NOT NULL
"""
_REGISTERED = """
SELECT issue_id, min(entered) FROM span WHERE issue_id IN (
  SELECT id FROM issue WHERE merged_into IS NOT NULL
  UNION SELECT merged_into FROM issue WHERE merged_into IS NOT NULL
) GROUP BY issue_id
"""


def _found_then(conn: Connection, day: str) -> dict[int, str]:
    """Map the issues that took over others since a day to when they counted from until then."""
    members: dict[int, list[tuple[int, str]]] = defaultdict(list)
    for into, key, since in conn.execute(_JOINED):
        members[into].append((key, since))
    if not any(since > day for some in members.values() for _, since in some):
        return {}
    own = dict(conn.execute(_REGISTERED).fetchall())

    def found(key: int) -> str:
        joined = (found(one) for one, since in members.get(key, ()) if since <= day)
        earliest: str = min([own[key], *joined])
        return earliest

    return {into: found(into) for into in members}


_ASSIGNED = f"""
SELECT i.code FROM ({as_of.KNOWN}) k JOIN issue i ON i.id = k.id
WHERE k.assigned_on BETWEEN :first AND :day AND k.stage IN {_GIVEN_OUT} ORDER BY i.code
"""


def assigned(conn: Connection, first: date, last: date) -> list[str]:
    """List the issues given out between two days that were, or had been, put right at the end."""
    rows = conn.execute(_ASSIGNED, {"first": first.isoformat(), "day": last.isoformat()})
    return [row[0] for row in rows]


# As the rate of the whole ledger counts it (首次提交), of those due between two days, by unit.
_FIRST = f"""
WITH first AS ({FIRST}), handed AS (
  SELECT s.unit_id, {as_of.DUE} AS due, s.left_on, s.outcome, {as_of.STAGE} AS stage,
    {as_of.PAUSED} AS paused
  FROM first JOIN span s ON s.issue_id = first.issue_id AND s.no = first.no
  JOIN issue i ON i.id = s.issue_id
)
SELECT unit_id, count(*), count(*) FILTER (WHERE left_on <= due AND outcome = 'submit')
FROM handed
WHERE due BETWEEN :first AND :day AND paused IS NOT TRUE
  AND stage NOT IN ('merged', 'terminated') AND unit_id IS NOT NULL
GROUP BY unit_id
"""


def handed_in(conn: Connection, first: date, last: date) -> dict[int, tuple[int, int]]:
    """Map each unit to how many of its issues due between two days came in time, and how many."""
    rows = conn.execute(_FIRST, {"first": first.isoformat(), "day": last.isoformat()})
    return {unit_id: (in_time, due) for unit_id, due, in_time in rows}
