"""迟到记录: what was recorded after a month was closed and says something of days before."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from db import events
from db.driver import Connection


class LateRecord(NamedTuple):
    """One such event: the issue's code, the operation, its own day, and when it was recorded."""

    code: str
    op: str
    on: date
    recorded_on: date


_COUNTED = ("spans", "shifts", "nodes", "set.replied_on", "set.feedback_on", "set.satisfaction")
_DATED = ("found_on", "assigned_on", "due_on", "submitted_on", "closed_on")
_CHANGES = " OR ".join(
    f"json_type(e.payload, '$.{name}') IS NOT NULL" for name in (*_COUNTED, "set.has_party")
)
# A date put right counts where it was, or is now, in the days asked about.
_REACHES = " OR ".join(
    f"json_extract(e.payload, '$.{when}.{name}') <= :day"
    for name in _DATED
    for when in ("was", "set")
)
LATE_SQL = f"""
SELECT i.code, e.op, e.on_date, substr(e.recorded_at, 1, 10)
FROM event e JOIN issue i ON i.id = e.subject_id
WHERE e.seq > :seq AND substr(e.recorded_at, 1, 10) > :closed
  AND +e.subject = 'issue' AND ({_CHANGES}) AND CASE
  WHEN e.on_date <= :day THEN TRUE
  WHEN e.op = 'issue.correct' THEN i.found_on <= :day AND ({_REACHES}
    OR json_type(e.payload, '$.set.unit_id') IS NOT NULL
    OR json_type(e.payload, '$.set.has_party') IS NOT NULL)
  WHEN e.op = 'import' THEN {_REACHES}
  WHEN e.op = 'issue.extend' THEN json_extract(e.payload, '$.asked_on') <= :day
  WHEN e.op = 'issue.node' THEN json_extract(e.payload, '$.done_on') <= :day
  WHEN e.op IN ('calendar.set', 'calendar.import') THEN EXISTS (
    SELECT 1 FROM shift f WHERE f.issue_id = i.id AND f.op = 'calendar' AND f.before_on <= :day)
  ELSE FALSE END
ORDER BY e.seq
"""


def of(conn: Connection, day: date, closed: date) -> list[LateRecord]:
    """List what was recorded after `closed` that the figures of `day` count, or leave out."""
    seq = events.last_recorded(conn, closed)
    values = {"seq": seq, "closed": closed.isoformat(), "day": day.isoformat()}
    return [
        LateRecord(code, op, date.fromisoformat(on), date.fromisoformat(recorded))
        for code, op, on, recorded in conn.execute(LATE_SQL, values)
    ]
