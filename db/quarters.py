"""What a quarter's report counts: how every issue stood on a day, and first hand-ins by unit."""

from __future__ import annotations

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
    return {
        key: State(Stage(stage), unit_id, date.fromisoformat(found))
        for key, stage, unit_id, found in rows
    }


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
