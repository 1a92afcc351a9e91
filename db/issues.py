"""Issues with their stays and moved dates, one by one and by what became of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from db.codec import (
    issue_columns,
    issue_record,
    shift_record,
    span_record,
)
from db.driver import Connection
from supervise.domain.records import Issue, Shift, Span

_COLUMNS = ", ".join(issue_columns())
_BY_CODE = f"SELECT {_COLUMNS} FROM issue WHERE code = ?"
_BY_ID = f"SELECT {_COLUMNS} FROM issue WHERE id = ?"
_BY_CODES = (
    f"SELECT {', '.join(f'i.{name}' for name in issue_columns())}"
    " FROM json_each(?) j JOIN issue i ON i.code = j.value"
)
_SPANS = "SELECT stage, unit_id, entered, due_on, left_on, outcome, issue_id FROM span"
_SHIFTS = "SELECT span, effective, before_on, after_on, op, issue_id FROM shift"
_AMONG = "WHERE issue_id IN (SELECT value FROM json_each(?)) ORDER BY issue_id, no"


def get(conn: Connection, code: str) -> Issue | None:
    """Load one issue by its code, with its stays and moved dates."""
    return _load(conn, _BY_CODE, code)


def by_id(conn: Connection, issue_id: int) -> Issue | None:
    """Load one issue by its id, with its stays and moved dates."""
    return _load(conn, _BY_ID, issue_id)


def _load(conn: Connection, sql: str, value: object) -> Issue | None:
    row = conn.execute(sql, (value,)).fetchone()
    if row is None:
        return None
    return issue_record(row, spans_of(conn, row[0]), shifts_of(conn, row[0]))


def by_codes(conn: Connection, codes: Iterable[str]) -> dict[str, Issue]:
    """Load several issues by code, with their stays and moved dates, in the order given."""
    wanted = list(dict.fromkeys(codes))
    rows = {row[1]: row for row in conn.execute(_BY_CODES, (json.dumps(wanted),))}
    ids = json.dumps([row[0] for row in rows.values()])
    spans: dict[int, list[Span]] = {}
    for row in conn.execute(f"{_SPANS} {_AMONG}", (ids,)):
        spans.setdefault(row[-1], []).append(span_record(row))
    shifts: dict[int, list[Shift]] = {}
    for row in conn.execute(f"{_SHIFTS} {_AMONG}", (ids,)):
        shifts.setdefault(row[-1], []).append(shift_record(row))
    return {
        code: issue_record(row, tuple(spans.get(row[0], ())), tuple(shifts.get(row[0], ())))
        for code in wanted
        if (row := rows.get(code)) is not None
    }


def joined_to(conn: Connection, issue_id: int) -> list[Issue]:
    """List the issues joined to another (合并办理), without their stays."""
    rows = conn.execute(f"SELECT {_COLUMNS} FROM issue WHERE merged_into = ?", (issue_id,))
    return list(map(issue_record, rows))


def spans_of(conn: Connection, issue_id: int) -> tuple[Span, ...]:
    """List the stays of an issue, oldest first."""
    rows = conn.execute(f"{_SPANS} WHERE issue_id = ? ORDER BY no", (issue_id,))
    return tuple(map(span_record, rows))


def shifts_of(conn: Connection, issue_id: int) -> tuple[Shift, ...]:
    """List the moved due dates of an issue, oldest first."""
    rows = conn.execute(f"{_SHIFTS} WHERE issue_id = ? ORDER BY no", (issue_id,))
    return tuple(map(shift_record, rows))


def ids_of_unit(conn: Connection, unit_id: int) -> list[int]:
    """List the ids of the issues that lie, or lay last, with a unit."""
    rows = conn.execute("SELECT id FROM issue WHERE unit_id = ? ORDER BY id", (unit_id,))
    return [row[0] for row in rows]


def open_ids_of_unit(conn: Connection, unit_id: int) -> list[int]:
    """List the ids of the open issues a unit leads or supports."""
    rows = conn.execute(
        "SELECT id FROM issue WHERE stage IN ('discover', 'rectify', 'review', 'feedback')"
        " AND (unit_id = :unit OR EXISTS"
        " (SELECT 1 FROM json_each(issue.co_units) WHERE value = :unit)) ORDER BY id",
        {"unit": unit_id},
    )
    return [row[0] for row in rows]


def ids_led_since(conn: Connection, unit_id: int, day: date) -> list[int]:
    """List the ids of the issues that lay open with a unit after a day."""
    rows = conn.execute(
        "SELECT DISTINCT issue_id FROM span"
        " WHERE unit_id = ? AND (left_on IS NULL OR left_on > ?)"
        " AND stage IN ('discover', 'rectify', 'review', 'feedback') ORDER BY issue_id",
        (unit_id, day.isoformat()),
    )
    return [row[0] for row in rows]


# The state of an issue at the end of :as_of, from its stays (s) and moved dates.
_LATER = "FROM shift f WHERE f.issue_id = s.issue_id AND f.span = s.no AND f.effective > :as_of"
DUE_AS_OF = (
    f"CASE WHEN EXISTS (SELECT 1 {_LATER})"
    f" THEN (SELECT f.before_on {_LATER} ORDER BY f.no LIMIT 1) ELSE s.due_on END"
)


class Missed(NamedTuple):
    """An issue that had missed its date at the end of a day and still lay with its unit."""

    unit_id: int
    code: str


# Two searches of one index, put together: an OR of both would read every stay there ever was.
_STAY = "SELECT issue_id, no, unit_id, entered, due_on, left_on FROM span WHERE stage = 'rectify'"
MISSED_SQL = f"""
WITH stay AS (
  {_STAY} AND left_on IS NULL
  UNION ALL
  {_STAY} AND left_on > :as_of
), running AS MATERIALIZED (
  SELECT s.issue_id, s.unit_id, {DUE_AS_OF} AS due FROM stay s
  WHERE s.entered <= :as_of AND s.due_on IS NOT NULL AND s.unit_id IS NOT NULL
)
SELECT r.unit_id, i.code
FROM running r JOIN issue i ON i.id = r.issue_id
WHERE r.due <= :as_of AND (i.paused_on IS NULL OR i.paused_on > r.due)
ORDER BY r.unit_id, r.due, r.issue_id
"""


def missed(conn: Connection, as_of: date) -> list[Missed]:
    """List by unit the issues that had missed their date and were in 整改 at the end of a day.

    As of the business date, with everything known now. An open pause begun on or before the due
    date stands in for a later date.
    """
    rows = conn.execute(MISSED_SQL, {"as_of": as_of.isoformat()})
    return list(map(Missed._make, rows))


def handed_in_or_returned(conn: Connection, since: date, until: date, times: int) -> list[int]:
    """List the issues handed in between two days, or sent back `times` or more."""
    rows = conn.execute(
        "SELECT DISTINCT issue_id FROM span WHERE stage = 'rectify' AND left_on BETWEEN ? AND ?"
        " UNION SELECT id FROM issue WHERE returns > 0 AND returns >= ? ORDER BY 1",
        (since.isoformat(), until.isoformat(), times),
    )
    return [row[0] for row in rows]


def late_since(conn: Connection, day: date) -> list[int]:
    """List the issues that left 整改 past a date that fell on a day or later."""
    rows = conn.execute(
        "SELECT DISTINCT issue_id FROM span WHERE stage = 'rectify' AND left_on > :day"
        " AND due_on >= :day AND left_on > due_on ORDER BY issue_id",
        {"day": day.isoformat()},
    )
    return [row[0] for row in rows]
