"""What the rates of any period and any group of units are made of, from stays and dates."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from db import as_of
from db.driver import Connection
from db.figures import FIRST, HANDLED, counted
from supervise.domain.formulas import MoreCounts
from supervise.domain.rates import Counts

_GROUP = "unit_id IN (SELECT value FROM json_each(:units))"
_HANDLED = f"""
SELECT {HANDLED},
  count(*) FILTER (WHERE feedback_on <= :day AND satisfaction = '联系不上')
FROM known
"""
# The first stay in 整改 judged by the date it had when it was left, or by the one it had before the
# first extension.
_FIRST = f"""
, first AS ({FIRST}), extended AS (
  SELECT f.issue_id, f.span, f.before_on FROM shift f
  WHERE f.op = 'extend' AND f.effective <= :day AND f.no = (
    SELECT min(g.no) FROM shift g
    WHERE g.issue_id = f.issue_id AND g.span = f.span AND g.op = 'extend')
), judged AS (
  SELECT k.*, {as_of.DUE} AS due_on, s.left_on, s.outcome = 'submit' AS submitted,
    e.before_on, {as_of.PAUSED} AS paused
  FROM first JOIN span s ON s.issue_id = first.issue_id AND s.no = first.no
  JOIN issue i ON i.id = first.issue_id
  JOIN known k ON k.id = first.issue_id
  LEFT JOIN extended e ON e.issue_id = s.issue_id AND e.span = s.no
), handed AS (
  SELECT *, coalesce(before_on, due_on) AS original FROM judged
  WHERE stage NOT IN ('merged', 'terminated') AND paused IS NOT TRUE
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
    wanted = [_GROUP] if units is not None else []
    wanted += ["assigned_on >= :since"] if since else []
    known = f"SELECT * FROM ({as_of.KNOWN})" + (f" WHERE {' AND '.join(wanted)}" if wanted else "")
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
