"""What a quarter's report counts: how every issue stood on a day, and first hand-ins by unit."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from db.driver import Connection
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


def assigned(conn: Connection, first: date, last: date) -> list[str]:
    """List the issues given out between two days that are still, or were, being put right."""
    rows = conn.execute(
        "SELECT code FROM issue WHERE assigned_on BETWEEN ? AND ?"
        f" AND stage IN {_GIVEN_OUT} ORDER BY code",
        (first.isoformat(), last.isoformat()),
    )
    return [row[0] for row in rows]


# As the rate of the whole ledger counts it (首次提交), of those due between two days, by unit.
_FIRST = """
WITH first AS (
  SELECT issue_id, min(no) AS no FROM span
  WHERE stage = 'rectify' AND coalesce(outcome, '') NOT IN ('transfer', 'unit_merge')
  GROUP BY issue_id
)
SELECT s.unit_id, count(*), count(*) FILTER (WHERE s.left_on <= s.due_on AND s.outcome = 'submit')
FROM first JOIN span s ON s.issue_id = first.issue_id AND s.no = first.no
JOIN issue i ON i.id = s.issue_id
WHERE s.due_on BETWEEN :first AND :last AND i.stage NOT IN ('merged', 'terminated')
  AND s.unit_id IS NOT NULL
GROUP BY s.unit_id
"""


def handed_in(conn: Connection, first: date, last: date) -> dict[int, tuple[int, int]]:
    """Map each unit to how many of its issues due between two days came in time, and how many."""
    rows = conn.execute(_FIRST, {"first": first.isoformat(), "last": last.isoformat()})
    return {unit_id: (in_time, due) for unit_id, due, in_time in rows}
