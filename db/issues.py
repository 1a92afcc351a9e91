"""Issues with their stays and moved dates: one by one, and as lists of any length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, NamedTuple

from db import search
from db.codec import (
    issue_columns,
    issue_record,
    shift_record,
    span_record,
)
from db.driver import Connection
from supervise.domain.records import Issue, Shift, Span, Stage


def get(conn: Connection, code: str) -> Issue | None:
    """Load one issue by its code, with its stays and moved dates."""
    return _load(conn, "code = ?", code)


def by_id(conn: Connection, issue_id: int) -> Issue | None:
    """Load one issue by its id, with its stays and moved dates."""
    return _load(conn, "id = ?", issue_id)


def _load(conn: Connection, where: str, value: object) -> Issue | None:
    columns = ", ".join(issue_columns())
    row = conn.execute(f"SELECT {columns} FROM issue WHERE {where}", (value,)).fetchone()
    if row is None:
        return None
    return issue_record(row, spans_of(conn, row[0]), shifts_of(conn, row[0]))


def spans_of(conn: Connection, issue_id: int) -> tuple[Span, ...]:
    """List the stays of an issue, oldest first."""
    rows = conn.execute(
        "SELECT stage, unit_id, entered, due_on, left_on, outcome FROM span"
        " WHERE issue_id = ? ORDER BY no",
        (issue_id,),
    )
    return tuple(span_record(row) for row in rows)


def shifts_of(conn: Connection, issue_id: int) -> tuple[Shift, ...]:
    """List the moved due dates of an issue, oldest first."""
    rows = conn.execute(
        "SELECT span, effective, before_on, after_on, op FROM shift WHERE issue_id = ? ORDER BY no",
        (issue_id,),
    )
    return tuple(shift_record(row) for row in rows)


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


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of issues shows; every part narrows it.

    `overdue` is as the record's own flag: the current stay was handed in after its date, or is
    still open past it. `due_by`: still in 整改 and due on or before the day; `due_from`:
    due on that day or later. `as_of`: as it stood at the end of that day. `sort` is a field, with a
    leading "-" for descending.
    """

    stages: tuple[Stage, ...] = ()
    unit_ids: tuple[int, ...] = ()
    overdue: bool = False
    open_only: bool = False
    due_by: date | None = None
    due_from: date | None = None
    as_of: date | None = None
    search: str | None = None
    handler: str | None = None
    min_returns: int = 0
    reopened: bool = False
    sort: str = "code"
    limit: int | None = None
    offset: int = 0


_HANDED = (
    "CASE WHEN i.stage = 'rectify' THEN :today"
    " ELSE coalesce(i.submitted_on, i.closed_on, i.ended_on, :today) END"
)
OVERDUE = (
    f"(i.stage NOT IN ('discover', 'rejected') AND i.due_on IS NOT NULL AND {_HANDED} > i.due_on"
    " AND (i.paused_on IS NULL OR i.paused_on > i.due_on))"
)

# The same of issues in 整改, from which nothing was handed in: an index alone can tell.
LATE = (
    "i.stage = 'rectify' AND i.due_on < :today AND (i.paused_on IS NULL OR i.paused_on > i.due_on)"
)

_SORTED_AS_STORED = (
    "title", "stage", "category", "source", "urgency", "found_on", "assigned_on", "due_on",
    "original_due_on", "submitted_on", "closed_on", "moved_on", "returns", "reopens",
    "satisfaction", "handler",
)  # fmt: skip

# Fields a list can be sorted by; blanks come last either way.
SORTS = {
    "code": "i.id",
    "unit": "u.name",
    "stage_name": "i.stage",
    "overdue": OVERDUE,
    "overdue_days": (
        f"CASE WHEN {OVERDUE} THEN julianday({_HANDED}) - julianday(i.due_on) ELSE 0 END"
    ),
    **{name: f"i.{name}" for name in _SORTED_AS_STORED},
}

# The state of an issue at the end of :as_of, from its stays (s) and moved dates.
_LATER = "FROM shift f WHERE f.issue_id = s.issue_id AND f.span = s.no AND f.effective > :as_of"
DUE_AS_OF = (
    f"CASE WHEN EXISTS (SELECT 1 {_LATER})"
    f" THEN (SELECT f.before_on {_LATER} ORDER BY f.no LIMIT 1) ELSE s.due_on END"
)


_MATCH = "issue_search MATCH :words"
_FOUND = f"i.id IN (SELECT rowid FROM issue_search WHERE {_MATCH})"


def _where(chosen: Filter, today: date, found: str = _FOUND) -> tuple[str, dict[str, object]]:
    parts: list[str] = []
    values: dict[str, object] = {"today": today.isoformat()}

    def one_of(column: str, name: str, items: Sequence[object]) -> None:
        marks = []
        for number, item in enumerate(items):
            values[f"{name}{number}"] = item
            marks.append(f":{name}{number}")
        parts.append(f"{column} IN ({', '.join(marks)})")

    if chosen.stages:
        one_of("i.stage", "stage", [stage.value for stage in chosen.stages])
    if chosen.unit_ids:
        one_of("i.unit_id", "unit", chosen.unit_ids)
    if chosen.open_only:
        parts.append("i.stage IN ('discover', 'rectify', 'review', 'feedback')")
    if chosen.overdue:
        parts.append(OVERDUE)
    if chosen.due_by:
        values["due_by"] = chosen.due_by.isoformat()
        parts.append("i.stage = 'rectify' AND i.due_on <= :due_by")
    if chosen.due_from:
        values["due_from"] = chosen.due_from.isoformat()
        parts.append("i.due_on >= :due_from")
    if chosen.handler:
        values["handler"] = chosen.handler
        parts.append("i.handler = :handler")
    if chosen.min_returns:
        values["min_returns"] = chosen.min_returns
        parts.append("i.returns > 0 AND i.returns >= :min_returns")
    if chosen.reopened:
        parts.append("i.reopens > 0")
    if chosen.search is not None:
        values["words"] = search.query(chosen.search)
        parts.append(found if values["words"] else "1 = 0")
    return " AND ".join(parts) or "1 = 1", values


def _order(sort: str, key: str = "i.id") -> str:
    name = sort.removeprefix("-")
    column, way = SORTS[name], "DESC" if sort.startswith("-") else "ASC"
    if name == "code":
        return f"{key} {way}"
    return f"{column} IS NULL, {column} {way}, i.id {way}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: the issue, and its unit's name and code."""

    issue: Issue
    unit: str | None
    unit_code: str | None


def _columns() -> str:
    return ", ".join(f"i.{name}" for name in issue_columns())


def select(conn: Connection, chosen: Filter, today: date) -> Iterator[Listed]:
    """List the issues a filter shows, without their stays."""
    if chosen.as_of is not None:
        yield from _select_as_of(conn, chosen, today)
        return
    for row in _rows(conn, chosen, today, f"u.name, u.code, {_columns()}"):
        yield Listed(issue_record(row[2:]), row[0], row[1])


def _rows(conn: Connection, chosen: Filter, today: date, columns: str) -> Iterator[Sequence[Any]]:
    tables, order = "issue i", _order(chosen.sort)
    where, values = _where(chosen, today)
    if chosen.search is not None and chosen.sort in {"code", "-code"}:
        # The index gives its hits in the order of their ids: the first ones are there at once.
        tables = "issue_search CROSS JOIN issue i ON i.id = issue_search.rowid"
        order = _order(chosen.sort, "issue_search.rowid")
        where, values = _where(chosen, today, _MATCH)
    values["limit"] = -1 if chosen.limit is None else chosen.limit
    values["offset"] = chosen.offset
    rows: Iterator[Sequence[Any]] = conn.execute(
        f"SELECT {columns} FROM {tables} LEFT JOIN unit u ON u.id = i.unit_id"
        f" WHERE {where} ORDER BY {order} LIMIT :limit OFFSET :offset",
        values,
    )
    return rows


class Line(NamedTuple):
    """One line of a long list as it is stored: dates as ISO text, supporting units as JSON.

    `handed_in`: when the issue was handed in, else the day the list is for.
    """

    overdue: int
    handed_in: str
    co_units: str
    code: str
    title: str
    stage: str
    unit: str | None
    unit_id: str | None
    category: str | None
    source: str | None
    urgency: str | None
    found_on: str
    assigned_on: str | None
    due_on: str | None
    original_due_on: str | None
    submitted_on: str | None
    closed_on: str | None
    returns: int
    reopens: int
    satisfaction: str | None


_COMPUTED = {
    "overdue": OVERDUE,
    "handed_in": _HANDED,
    "unit": "u.name",
    "unit_id": "u.code",
}
LINE = ", ".join(_COMPUTED.get(name, f"i.{name}") for name in Line._fields)


def lines(conn: Connection, chosen: Filter, today: date) -> Iterator[Line]:
    """List the issues a filter shows as they are now, no more of each than a list tells."""
    assert chosen.as_of is None
    return map(Line._make, _rows(conn, chosen, today, LINE))


def count(conn: Connection, chosen: Filter, today: date) -> int:
    """Count the issues a filter shows."""
    where, values = _where(chosen, today)
    if chosen.overdue and chosen.stages == (Stage.RECTIFY,):
        rest, values = _where(replace(chosen, overdue=False, stages=()), today)
        where = f"{LATE} AND {rest}"
    query = f"SELECT count(*) FROM issue i WHERE {where}"
    if where == _FOUND:  # every hit is an issue: the index alone knows how many
        query = f"SELECT count(*) FROM issue_search WHERE {_MATCH}"
    (number,) = conn.execute(query, values).fetchone()
    return int(number)


def _select_as_of(conn: Connection, chosen: Filter, today: date) -> Iterator[Listed]:
    """List issues as they stood at the end of a day, filtered by what they were then."""
    from supervise.domain.as_of import issue_as_of

    assert chosen.as_of is not None
    as_of = chosen.as_of
    rest = replace(
        chosen, as_of=None, stages=(), unit_ids=(), overdue=False, due_by=None, limit=None, offset=0
    )
    where, values = _where(rest, today)
    rows = conn.execute(
        f"SELECT {_columns()} FROM issue i LEFT JOIN unit u ON u.id = i.unit_id"
        f" WHERE {where} AND i.found_on <= :as_of ORDER BY {_order(chosen.sort)}",
        {**values, "as_of": as_of.isoformat()},
    ).fetchall()
    shown, skipped = 0, 0
    names: dict[int | None, tuple[str | None, str | None]] = {None: (None, None)}
    for row in rows:
        issue = issue_as_of(
            issue_record(row, spans_of(conn, row[0]), shifts_of(conn, row[0])), as_of
        )
        if issue is None or not _fits(issue, chosen, as_of):
            continue
        if skipped < chosen.offset:
            skipped += 1
            continue
        if chosen.limit is not None and shown >= chosen.limit:
            return
        shown += 1
        if issue.unit_id not in names:
            names[issue.unit_id] = conn.execute(
                "SELECT name, code FROM unit WHERE id = ?", (issue.unit_id,)
            ).fetchone()
        yield Listed(issue, *names[issue.unit_id])


def _fits(issue: Issue, chosen: Filter, as_of: date) -> bool:
    from supervise.domain.overdue import is_overdue

    if chosen.stages and issue.stage not in chosen.stages:
        return False
    if chosen.unit_ids and issue.unit_id not in chosen.unit_ids:
        return False
    if chosen.overdue and not is_overdue(issue, as_of):
        return False
    if chosen.due_by is None:
        return True
    return (
        issue.stage is Stage.RECTIFY and issue.due_on is not None and issue.due_on <= chosen.due_by
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


def by_codes(conn: Connection, codes: Sequence[str]) -> dict[str, Issue]:
    """Load several issues by code, with their stays and moved dates."""
    found = (get(conn, code) for code in codes)
    return {issue.code: issue for issue in found if issue is not None}
