"""Counts of issues as of the end of a day, from their stays: what the rates are made of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from db import as_of
from db.driver import Connection
from supervise.domain.rates import Counts
from supervise.domain.records import Stage

_AT = "entered <= :day AND (left_on IS NULL OR left_on > :day)"


def by_stage(conn: Connection, day: date) -> dict[Stage, int]:
    """Count the issues in each stage at the end of a day; every stage is there."""
    rows = conn.execute(
        f"SELECT stage, count(*) FROM span WHERE {_AT} GROUP BY stage", {"day": day.isoformat()}
    )
    found = {Stage(stage): number for stage, number in rows}
    return {stage: found.get(stage, 0) for stage in Stage}


def by_stage_now(conn: Connection) -> dict[Stage, int]:
    """Count the issues in each stage now."""
    rows = conn.execute("SELECT stage, count(*) FROM issue GROUP BY stage")
    found = {Stage(stage): number for stage, number in rows}
    return {stage: found.get(stage, 0) for stage in Stage}


# What the rates count of issues as they stood at the end of :day, in the order of `Counts`.
HANDLED = """
  count(*) FILTER (WHERE stage IN ('rectify', 'review', 'feedback', 'closed')
    OR (stage IN ('merged', 'terminated') AND assigned_on <= :day)),
  count(*) FILTER (WHERE stage = 'merged' AND assigned_on <= :day),
  count(*) FILTER (WHERE stage = 'terminated' AND assigned_on <= :day),
  count(*) FILTER (WHERE stage = 'closed'),
  count(*) FILTER (WHERE has_party = 1 AND stage IN ('feedback', 'closed')),
  count(*) FILTER (
    WHERE has_party = 1 AND stage IN ('feedback', 'closed') AND feedback_on <= :day
  ),
  count(*) FILTER (WHERE feedback_on <= :day AND satisfaction IN ('满意', '基本满意', '不满意')),
  count(*) FILTER (WHERE feedback_on <= :day AND satisfaction = '满意')
"""
_HANDLED = f"WITH known AS ({as_of.KNOWN}) SELECT {HANDLED} FROM known"
# The first stay in 整改 judged by the date it had when it was left.
FIRST = f"""
SELECT issue_id, min(no) AS no FROM span WHERE {as_of.NOT_HANDED_ON} GROUP BY issue_id
"""
_FIRST = f"""
WITH first AS ({FIRST}), handed AS (
  SELECT {as_of.DUE} AS due, s.left_on, s.outcome, {as_of.STAGE} AS stage,
    {as_of.PAUSED} AS paused
  FROM first JOIN span s ON s.issue_id = first.issue_id AND s.no = first.no
  JOIN issue i ON i.id = s.issue_id
)
SELECT count(*), count(*) FILTER (WHERE left_on <= due AND outcome = 'submit')
FROM handed
WHERE due <= :day AND paused IS NOT TRUE
  AND stage NOT IN ('merged', 'terminated')
"""


def counted(handled: Sequence[int], due: int, in_time: int) -> Counts:
    """Put the columns of `HANDLED` and those of the first hand-ins together."""
    assigned, merged, terminated, closed, *visits = handled
    return Counts(assigned, merged, terminated, closed, due, in_time, *visits)


def counts(conn: Connection, day: date) -> Counts:
    """Count what the four rates need, as of the end of a day."""
    values = {"day": day.isoformat()}
    handled = conn.execute(_HANDLED, values).fetchone()
    due, in_time = conn.execute(_FIRST, values).fetchone()
    return counted(handled, due, in_time)


def overdue_by_unit(conn: Connection, today: date) -> list[tuple[int, int]]:
    """Count the issues still in 整改 past their date, by unit, the most first."""
    rows = conn.execute(
        "SELECT unit_id, count(*) AS n FROM issue WHERE stage = 'rectify' AND due_on < :today"
        " AND (paused_on IS NULL OR paused_on > due_on) GROUP BY unit_id ORDER BY n DESC, unit_id",
        {"today": today.isoformat()},
    )
    return [(unit_id, number) for unit_id, number in rows]


def due_between(conn: Connection, first: date, last: date) -> list[tuple[date, date | None, int]]:
    """List due date, start and count of the issues in 整改 due between two days."""
    rows = conn.execute(
        "SELECT due_on, assigned_on, count(*) FROM issue WHERE stage = 'rectify'"
        " AND due_on BETWEEN :first AND :last AND paused_on IS NULL"
        " GROUP BY due_on, assigned_on",
        {"first": first.isoformat(), "last": last.isoformat()},
    )
    return [
        (date.fromisoformat(due), date.fromisoformat(start) if start else None, number)
        for due, start, number in rows
    ]
