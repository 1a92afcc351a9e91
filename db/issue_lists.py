"""Issues as lists of any length: windows of a query, its count, and the list as of a day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from db.driver import Connection
from db.issue_filter import (
    FOUND,
    HANDED,
    LATE,
    MATCH,
    OVERDUE,
    UNIT_FOUND,
    UNIT_HITS,
    Filter,
    Values,
    is_few,
    where,
)
from supervise.domain.stage_names import Stage

if TYPE_CHECKING:
    from supervise.domain.records import Issue

__all__ = [
    "LATE", "LINE", "OVERDUE", "SORTS", "Filter", "Line", "Listed",
    "Page", "codes", "count", "lines", "page", "select", "spoken",
]  # fmt: skip

_SORTED_AS_STORED = (
    "title", "stage", "category", "source", "source_no", "batch", "urgency", "found_on",
    "assigned_on", "due_on", "original_due_on", "submitted_on", "closed_on", "moved_on", "returns",
    "reopens", "satisfaction", "handler",
)  # fmt: skip

# Fields a list can be sorted by; blanks come last either way.
SORTS = {
    "code": "i.id",
    "unit": "u.name",
    "stage_name": "i.stage",
    "overdue": OVERDUE,
    "overdue_days": (
        f"CASE WHEN {OVERDUE} THEN julianday({HANDED}) - julianday(i.due_on) ELSE 0 END"
    ),
    **{name: f"i.{name}" for name in _SORTED_AS_STORED},
}
# Never blank: an index may give them in order.
_FILLED = frozenset({"title", "stage", "stage_name", "found_on", "moved_on", "returns", "reopens"})


def _order(sort: str, key: str = "i.id") -> str:
    name = sort.removeprefix("-")
    column, way = SORTS[name], "DESC" if sort.startswith("-") else "ASC"
    if name == "code":
        return f"{key} {way}"
    blank = "" if name in _FILLED else f"{column} IS NULL, "
    return f"{blank}{column} {way}, i.id {way}"


@dataclass(frozen=True, slots=True)
class Listed:
    """One line of a list: the issue, and its unit's name and code."""

    issue: Issue
    unit: str | None
    unit_code: str | None


def _columns() -> str:
    from db.codec import issue_columns

    return ", ".join(f"i.{name}" for name in issue_columns())


def select(conn: Connection, chosen: Filter, today: date) -> Iterator[Listed]:
    """List the issues a filter shows, without their stays."""
    if chosen.as_of is not None:
        yield from _select_as_of(conn, chosen, today)
        return
    from db.codec import issue_record

    for row in _rows(conn, chosen, today, f"u.name, u.code, {_columns()}"):
        yield Listed(issue_record(row[2:]), row[0], row[1])


def _rows(conn: Connection, chosen: Filter, today: date, columns: str) -> Iterator[Sequence[Any]]:
    tables, order = "issue i", _order(chosen.sort)
    parts, values = where(conn, chosen, today)
    if FOUND in parts and chosen.sort in {"code", "-code"}:
        # The index gives its hits in the order of their ids: the first ones are there at once.
        tables = "issue_search CROSS JOIN issue i ON i.id = issue_search.rowid"
        order = _order(chosen.sort, "issue_search.rowid")
        parts[parts.index(FOUND)] = MATCH
    elif parts == [UNIT_FOUND]:
        parts = [f"i.id IN ({UNIT_HITS})"]
    values["limit"] = -1 if chosen.limit is None else chosen.limit
    values["offset"] = chosen.offset
    rows: Iterator[Sequence[Any]] = conn.execute(
        f"SELECT {columns} FROM {tables} LEFT JOIN unit u ON u.id = i.unit_id"
        f" WHERE {_all(parts)} ORDER BY {order} LIMIT :limit OFFSET :offset",
        values,
    )
    return rows


def _hits(chosen: Filter, parts: Sequence[str]) -> str:
    """Give the query of the ids a filter shows.

    Where the other conditions leave few issues these are looked up while the index is read: to
    gather every hit of a common word first takes eight times as long.
    """
    if parts == [UNIT_FOUND]:
        return UNIT_HITS
    if FOUND not in parts or not is_few(chosen):
        return f"SELECT i.id FROM issue i WHERE {_all(parts)}"
    rest = _all([part for part in parts if part != FOUND])
    return (
        f"SELECT rowid FROM issue_search WHERE {MATCH}"
        f" AND +rowid IN (SELECT i.id FROM issue i WHERE {rest})"
    )


def _all(parts: Sequence[str]) -> str:
    return " AND ".join(parts) or "1 = 1"


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
    source_no: str | None
    batch: str | None
    handler: str | None
    moved_on: str
    paused_on: str | None


_COMPUTED = {
    "overdue": OVERDUE,
    "handed_in": HANDED,
    "unit": "u.name",
    "unit_id": "u.code",
}
LINE = ", ".join(_COMPUTED.get(name, f"i.{name}") for name in Line._fields)


def lines(conn: Connection, chosen: Filter, today: date) -> Iterator[Line]:
    """List the issues a filter shows as they are now, no more of each than a list tells."""
    assert chosen.as_of is None
    return map(Line._make, _rows(conn, chosen, today, LINE))


def codes(conn: Connection, chosen: Filter, today: date) -> list[str]:
    """List the codes of the issues a filter shows, in its order."""
    return [row[0] for row in _rows(conn, chosen, today, "i.code")]


def count(conn: Connection, chosen: Filter, today: date) -> int:
    """Count the issues a filter shows."""
    parts, values = where(conn, chosen, today)
    query = f"SELECT count(*) FROM issue i WHERE {_all(parts)}"
    if chosen.search is not None:
        query = f"SELECT count(*) FROM ({_hits(chosen, parts)})"
    if parts == [FOUND]:  # every hit is an issue: the index alone knows how many
        query = f"SELECT count(*) FROM issue_search WHERE {MATCH}"
    (number,) = conn.execute(query, values).fetchone()
    return int(number)


class Page(NamedTuple):
    """A window of a list, and how many issues the whole list has."""

    total: int
    lines: list[Line]


def page(conn: Connection, chosen: Filter, today: date) -> Page:
    """Give a window of a list and the list's length, searching no more than once."""
    assert chosen.limit is not None
    parts, values = where(conn, chosen, today)
    if chosen.search is not None and parts != [FOUND]:
        return _searched_once(conn, chosen, today, parts, values)
    found = list(lines(conn, chosen, today))
    if len(found) < chosen.limit and (found or not chosen.offset):
        return Page(chosen.offset + len(found), found)
    return Page(count(conn, chosen, today), found)


def _searched_once(
    conn: Connection, chosen: Filter, today: date, parts: Sequence[str], values: Values
) -> Page:
    """Keep what was found, count it, and take the window from it."""
    window = "LIMIT :limit OFFSET :offset"
    shown, rest = "hit", window
    if chosen.sort in {"code", "-code"}:
        # The ids alone tell which lines are in the window: no other issue need be looked at.
        shown, rest = f"(SELECT id FROM hit ORDER BY {_order(chosen.sort, 'id')} {window})", ""
    rows = conn.execute(
        f"WITH hit (id) AS MATERIALIZED ({_hits(chosen, parts)})"
        f" SELECT (SELECT count(*) FROM hit), {LINE} FROM {shown} h JOIN issue i ON i.id = h.id"
        f" LEFT JOIN unit u ON u.id = i.unit_id ORDER BY {_order(chosen.sort)} {rest}",
        {**values, "limit": chosen.limit, "offset": chosen.offset},
    ).fetchall()
    if not rows and chosen.offset:
        return Page(count(conn, chosen, today), [])
    return Page(rows[0][0] if rows else 0, [Line._make(row[1:]) for row in rows])


_SPOKEN = ("category", "source", "handler", "batch")


def spoken(conn: Connection, field: str, most: int) -> list[str]:
    """List what the latest issues say in a field, the words used most first.

    `most` issues are looked at: enough to know an office's words, however many issues there are.
    """
    assert field in _SPOKEN
    rows = conn.execute(
        f"SELECT {field} FROM (SELECT {field} FROM issue ORDER BY id DESC LIMIT ?)"
        f" WHERE {field} IS NOT NULL GROUP BY {field} ORDER BY count(*) DESC, {field}",
        (most,),
    )
    return [row[0] for row in rows]


def _select_as_of(conn: Connection, chosen: Filter, today: date) -> Iterator[Listed]:
    """List issues as they stood at the end of a day, filtered by what they were then."""
    from db.codec import issue_record
    from db.issues import shifts_of, spans_of
    from supervise.domain.as_of import issue_as_of

    assert chosen.as_of is not None
    as_of = chosen.as_of
    rest = replace(
        chosen, as_of=None, stages=(), unit_ids=(), overdue=False, due_by=None, limit=None, offset=0
    )
    parts, values = where(conn, rest, today)
    rows = _known_on(conn, [*parts, "i.found_on <= :as_of"], values, chosen)
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


def _known_on(
    conn: Connection, parts: Sequence[str], values: Values, chosen: Filter
) -> list[Sequence[Any]]:
    assert chosen.as_of is not None
    rows: list[Sequence[Any]] = conn.execute(
        f"SELECT {_columns()} FROM issue i LEFT JOIN unit u ON u.id = i.unit_id"
        f" WHERE {_all(parts)} ORDER BY {_order(chosen.sort)}",
        {**values, "as_of": chosen.as_of.isoformat()},
    ).fetchall()
    return rows


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
