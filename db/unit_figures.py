"""Figures of one unit, or of each: open and overdue issues, what its rates are made of, asking."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.as_of import NOT_HANDED_ON
from db.driver import Connection
from db.figures import HANDLED, counted
from supervise.domain.rates import Counts

_OPEN = "('discover', 'rectify', 'review', 'feedback')"


def open_by_unit(conn: Connection) -> dict[int, int]:
    """Count the issues not finished, by unit; the index alone is read, and of it the open ones."""
    rows = conn.execute(
        "SELECT u.id, (SELECT count(*) FROM issue i WHERE i.unit_id = u.id"
        f" AND i.stage IN {_OPEN}) FROM unit u"
    )
    return dict(rows.fetchall())


def initials(conn: Connection) -> dict[int, str]:
    """Give the pinyin initials of every unit by id, also of those that are gone."""
    return dict(conn.execute("SELECT id, initials FROM unit").fetchall())


# As the rates of the whole ledger, of the issues that lie, or lay last, with some units.
_HANDLED = f"""
SELECT {HANDLED}
FROM issue WHERE unit_id IN (SELECT value FROM json_each(:units))
"""
_FIRST = f"""
WITH first AS (
  SELECT issue_id, min(no) AS no FROM span
  WHERE {NOT_HANDED_ON} AND issue_id IN (
    SELECT id FROM issue WHERE unit_id IN (SELECT value FROM json_each(:units))
      AND stage NOT IN ('merged', 'terminated')
  )
  GROUP BY issue_id
)
SELECT count(*), count(*) FILTER (WHERE s.left_on <= s.due_on AND s.outcome = 'submit')
FROM first JOIN span s ON s.issue_id = first.issue_id AND s.no = first.no
JOIN issue i ON i.id = s.issue_id
WHERE s.due_on <= :day AND (s.left_on IS NOT NULL OR i.paused_on IS NULL OR i.paused_on > s.due_on)
"""


def counts(conn: Connection, units: Sequence[int], day: date) -> Counts:
    """Count what the rates of some units need, as things stand today (`day`)."""
    values = {"day": day.isoformat(), "units": json.dumps(list(units))}
    handled = conn.execute(_HANDLED, values).fetchone()
    due, in_time = conn.execute(_FIRST, values).fetchone()
    return counted(handled, due, in_time)


@dataclass(frozen=True, slots=True)
class Asked:
    """One event that asked a unit for something about an issue: its op, its day, the code."""

    seq: int
    op: str
    on: date
    code: str
    unit_id: int


# An urging belongs to whom the issue lay with that day; a return to whom it was sent back.
_LAY_WITH = """
  e.on_date BETWEEN :since AND :until
  AND e.on_date >= s.entered AND (s.left_on IS NULL OR e.on_date <= s.left_on)
  AND (e.op = 'issue.urge' OR (e.op IN ('issue.return', 'issue.feedback')
    AND json_extract(e.payload, '$.set.stage') = 'rectify' AND s.entered = e.on_date))
"""
# Of some units: two searches of the index of stays; then the events of those issues only.
_STAY = (
    "SELECT issue_id, entered, left_on, unit_id FROM span WHERE stage = 'rectify'"
    " AND unit_id IN (SELECT value FROM json_each(:units))"
)
_ASKED_SOME = f"""
WITH stay AS (
  {_STAY} AND left_on IS NULL
  UNION ALL
  {_STAY} AND left_on >= :since
)
SELECT DISTINCT e.seq, e.op, e.on_date, i.code, s.unit_id
FROM stay s
CROSS JOIN event e ON e.subject = 'issue' AND e.subject_id = s.issue_id
JOIN issue i ON i.id = s.issue_id
WHERE {_LAY_WITH}
ORDER BY e.seq
"""
# Of all: the events of the three kinds between the days; then the stays of their issues.
ASKED_SQL = f"""
SELECT DISTINCT e.seq, e.op, e.on_date, i.code, s.unit_id
FROM event e
CROSS JOIN span s ON s.issue_id = e.subject_id AND s.stage = 'rectify'
JOIN issue i ON i.id = s.issue_id
WHERE e.op IN ('issue.urge', 'issue.return', 'issue.feedback') AND s.unit_id IS NOT NULL
  AND {_LAY_WITH}
ORDER BY e.seq
"""


def asked(conn: Connection, units: Sequence[int] | None, since: date, until: date) -> list[Asked]:
    """List the events that urged or sent back issues of some units, or of all, from the log.

    A return on a day counts for the stay that began on it.
    """
    values = {"since": since.isoformat(), "until": until.isoformat()}
    if units is None:
        rows = conn.execute(ASKED_SQL, values)
    else:
        rows = conn.execute(_ASKED_SOME, {**values, "units": json.dumps(list(units))})
    return [Asked(seq, op, date.fromisoformat(on), code, unit) for seq, op, on, code, unit in rows]


def checks(conn: Connection) -> list[tuple[int, date, str]]:
    """List unit, day and month of every answer to a check sheet (核对单)."""
    rows = conn.execute(
        "SELECT d.unit_id, d.on_date, n.period FROM decision d JOIN notice n ON n.id = d.notice_id"
        " WHERE d.kind = 'check' ORDER BY d.on_date, d.notice_id, d.no"
    )
    return [(unit_id, date.fromisoformat(on), period) for unit_id, on, period in rows]


def events_of(conn: Connection, subject: str, op: str) -> list[tuple[int, date, str]]:
    """List the events of one operation on one kind of subject: subject's id, day, payload."""
    rows = conn.execute(
        "SELECT subject_id, on_date, payload FROM event WHERE subject = ? AND op = ? ORDER BY seq",
        (subject, op),
    )
    return [(key, date.fromisoformat(on), payload) for key, on, payload in rows]
