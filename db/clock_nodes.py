"""The dated nodes of the clock sets that issues carry beside their due date."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from db import as_of
from db.codec import day as read_day
from db.codec import iso
from db.driver import Connection
from supervise.domain.clocksets import Node

TABLES = """
CREATE TABLE clock_node (
  issue_id INTEGER NOT NULL REFERENCES issue (id),
  no INTEGER NOT NULL,
  clocks TEXT NOT NULL,
  name TEXT NOT NULL,
  term TEXT NOT NULL,
  after_node TEXT,
  start_on TEXT CHECK (date(start_on) IS start_on),
  due_on TEXT CHECK (date(due_on) IS due_on),
  provisional INTEGER NOT NULL CHECK (provisional IN (0, 1)),
  done_on TEXT CHECK (date(done_on) IS done_on),
  ref TEXT,
  PRIMARY KEY (issue_id, no)
) STRICT, WITHOUT ROWID;
CREATE INDEX clock_node_due ON clock_node (due_on) WHERE done_on IS NULL
"""
DERIVED = {"clock_node": "issue_id, no"}
TITLES = {"clock_node": "时限节点"}
_COLUMNS = "clocks, name, term, after_node, start_on, due_on, provisional, done_on, ref"
_INSERT = (
    f"INSERT INTO clock_node (issue_id, no, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
# Nothing falls due any more for an issue that left the loop unfinished.
_GOING = "i.stage NOT IN ('rejected', 'merged', 'terminated')"


def row(node: Node) -> list[Any]:
    """Give a node as an event keeps it."""
    return [
        node.clocks,
        node.name,
        node.term,
        node.after,
        iso(node.start),
        iso(node.due_on),
        int(node.provisional),
        iso(node.done_on),
        node.ref,
    ]


def write(conn: Connection, issue_id: int, rows: Sequence[Sequence[Any]]) -> None:
    """Put the nodes an event carries in the place of those an issue had."""
    conn.execute("DELETE FROM clock_node WHERE issue_id = ?", (issue_id,))
    conn.executemany(_INSERT, [(issue_id, number, *one) for number, one in enumerate(rows)])


def _node(stored: Sequence[Any]) -> Node:
    clocks, name, term, after, start, due, provisional, done, ref = stored
    began, last, reached = map(read_day, (start, due, done))
    return Node(clocks, name, term, after, began, last, bool(provisional), reached, ref)


def of(conn: Connection, issue_id: int) -> tuple[Node, ...]:
    """List the nodes of an issue in their order; none where it carries no clock set."""
    rows = conn.execute(
        f"SELECT {_COLUMNS} FROM clock_node WHERE issue_id = ? ORDER BY no", (issue_id,)
    )
    return tuple(map(_node, rows))


def late(conn: Connection, today: date) -> list[str]:
    """List the issues with a node whose last day has passed without it."""
    rows = conn.execute(
        "SELECT DISTINCT i.code FROM clock_node n JOIN issue i ON i.id = n.issue_id"
        f" WHERE n.done_on IS NULL AND n.due_on < ? AND {_GOING} ORDER BY i.code",
        (today.isoformat(),),
    )
    return [code for (code,) in rows]


def due_between(conn: Connection, first: date, last: date) -> list[tuple[str, Node]]:
    """List the nodes still to be reached whose last day lies between two days, by day."""
    rows = conn.execute(
        f"SELECT i.code, {_prefixed()} FROM clock_node n JOIN issue i ON i.id = n.issue_id"
        f" WHERE n.done_on IS NULL AND n.due_on BETWEEN ? AND ? AND {_GOING}"
        " ORDER BY n.due_on, i.code, n.no",
        (first.isoformat(), last.isoformat()),
    )
    return [(code, _node(rest)) for code, *rest in rows]


_DUE_BY = f"""
SELECT {{columns}} FROM clock_node n JOIN issue i ON i.id = n.issue_id
WHERE n.due_on <= :day AND {as_of.STAGE} NOT IN ('rejected', 'merged', 'terminated')
"""
_WITH = f" AND {as_of.UNIT} IN (SELECT value FROM json_each(:units))"


def due_by(conn: Connection, day: date, units: Iterable[int] | None = None) -> list[Node]:
    """List the nodes due on or before a day of the issues in the loop at its end.

    `units`: of those that lay with one of them then.
    """
    wanted = "" if units is None else _WITH
    rows = conn.execute(
        f"{_DUE_BY.format(columns=_prefixed())}{wanted} ORDER BY n.issue_id, n.no",
        {"day": day.isoformat(), "units": json.dumps([*(units or ())])},
    )
    return list(map(_node, rows))


def waiting(conn: Connection) -> list[int]:
    """List the ids of the issues with a node that still runs."""
    rows = conn.execute(
        "SELECT DISTINCT issue_id FROM clock_node WHERE done_on IS NULL AND due_on IS NOT NULL"
        " ORDER BY issue_id"
    )
    return [key for (key,) in rows]


def _prefixed() -> str:
    return ", ".join(f"n.{column}" for column in _COLUMNS.split(", "))
