"""What the rates of any period and any group of units are made of, from stays and dates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from db.driver import Connection
from db.figures import HANDLED, NOT_HANDED_ON, counted
from supervise.domain.formulas import MoreCounts
from supervise.domain.rates import Counts

# An issue that moved after the day stood then where its stay of that day says, and with whom.
_STAY = (
    "(SELECT s.{column} FROM span s WHERE s.issue_id = i.id"
    " AND s.entered <= :day AND s.left_on > :day ORDER BY s.no DESC LIMIT 1)"
)
_KNOWN = f"""
SELECT i.id, i.assigned_on, i.has_party, i.feedback_on, i.satisfaction, i.replied_on,
  i.stage AS now,
  CASE WHEN i.moved_on <= :day THEN i.stage ELSE {_STAY.format(column="stage")} END AS stage,
  coalesce(CASE WHEN i.moved_on <= :day THEN i.unit_id
    ELSE {_STAY.format(column="unit_id")} END, i.unit_id) AS unit_id
FROM issue i WHERE i.found_on <= :day
"""
_GROUP = " WHERE unit_id IN (SELECT value FROM json_each(:units))"
_HANDLED = f"""
SELECT {HANDLED},
  count(*) FILTER (WHERE feedback_on <= :day AND satisfaction = '联系不上')
FROM known
"""
# The first stay in 整改 judged by the date it had when it was left, or by the one it had before the
# first extension.
_FIRST = f"""
, first AS (
  SELECT issue_id, min(no) AS no FROM span
  WHERE {NOT_HANDED_ON}
  GROUP BY issue_id
), extended AS (
  SELECT f.issue_id, f.span, f.before_on FROM shift f WHERE f.op = 'extend' AND f.no = (
    SELECT min(g.no) FROM shift g
    WHERE g.issue_id = f.issue_id AND g.span = f.span AND g.op = 'extend')
), handed AS (
  SELECT k.*, s.due_on, s.left_on, s.outcome = 'submit' AS submitted,
    coalesce(e.before_on, s.due_on) AS original
  FROM first JOIN span s ON s.issue_id = first.issue_id AND s.no = first.no
  JOIN known k ON k.id = first.issue_id
  LEFT JOIN extended e ON e.issue_id = s.issue_id AND e.span = s.no
  WHERE s.entered <= :day AND k.now NOT IN ('merged', 'terminated')
)
SELECT
  count(*) FILTER (WHERE due_on <= :day),
  count(*) FILTER (WHERE due_on <= :day AND left_on <= due_on AND submitted),
  count(*) FILTER (WHERE original <= :day),
  count(*) FILTER (WHERE original <= :day AND left_on <= original AND submitted),
  count(*) FILTER (WHERE due_on <= :day AND stage IN ('feedback', 'closed')),
  count(*) FILTER (WHERE due_on <= :day AND stage = 'closed'),
  count(*) FILTER (WHERE due_on <= :day AND has_party = 1),
  count(*) FILTER (WHERE due_on <= :day AND has_party = 1 AND replied_on <= :day)
FROM handed
"""


def counts(
    conn: Connection,
    day: date,
    since: date | None = None,
    units: Iterable[int] | None = None,
) -> tuple[Counts, MoreCounts]:
    """Count what every rate needs at the end of a day, with everything known now.

    `since`: of the issues given out on that day or later only; `units`: of those that lay with one
    of them at the end of the day.
    """
    known = _KNOWN + (" AND i.assigned_on >= :since" if since else "")
    known = f"SELECT * FROM ({known})" + (_GROUP if units is not None else "")
    values = {
        "day": day.isoformat(),
        "since": since.isoformat() if since else None,
        "units": json.dumps([*(units or ())]),
    }
    start = f"WITH known AS ({known})"
    *handled, unreached = conn.execute(start + _HANDLED, values).fetchone()
    due, in_time, original, kept, finished, closed, voiced, replied = conn.execute(
        start + _FIRST, values
    ).fetchone()
    return (
        counted(handled, due, in_time),
        MoreCounts(original, kept, finished, closed, voiced, replied, unreached),
    )
