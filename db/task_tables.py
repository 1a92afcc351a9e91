"""The tables of tasks and periodic duties, and what an event of theirs writes into them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from db.codec import canonical
from db.driver import Connection

Payload = dict[str, Any]

TABLES = """
CREATE TABLE task (
  id INTEGER PRIMARY KEY,
  code TEXT NOT NULL UNIQUE,
  title TEXT NOT NULL,
  action TEXT NOT NULL,
  lead INTEGER REFERENCES unit (id),
  joint TEXT NOT NULL DEFAULT '[]',
  co_units TEXT NOT NULL DEFAULT '[]',
  due_on TEXT CHECK (date(due_on) IS due_on),
  source TEXT,
  sample INTEGER NOT NULL DEFAULT 0 CHECK (sample IN (0, 1)),
  done_on TEXT CHECK (date(done_on) IS done_on),
  ended_on TEXT CHECK (date(ended_on) IS ended_on)
) STRICT;

CREATE TABLE milestone (
  task_id INTEGER NOT NULL REFERENCES task (id),
  no INTEGER NOT NULL,
  title TEXT NOT NULL,
  due_on TEXT NOT NULL CHECK (date(due_on) IS due_on),
  done_on TEXT CHECK (date(done_on) IS done_on),
  strength TEXT NOT NULL,
  PRIMARY KEY (task_id, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE indicator (
  task_id INTEGER NOT NULL REFERENCES task (id),
  no INTEGER NOT NULL,
  name TEXT NOT NULL,
  kind TEXT NOT NULL,
  comparator TEXT CHECK (comparator IN ('>=','>','=','<=','<','range')),
  aim TEXT,
  high TEXT,
  measured_in TEXT NOT NULL,
  baseline TEXT,
  strength TEXT NOT NULL,
  due_on TEXT CHECK (date(due_on) IS due_on),
  remark TEXT,
  PRIMARY KEY (task_id, no)
) STRICT, WITHOUT ROWID;

CREATE TABLE measurement (
  task_id INTEGER NOT NULL REFERENCES task (id),
  no INTEGER NOT NULL,
  period TEXT NOT NULL,
  on_date TEXT NOT NULL CHECK (date(on_date) IS on_date),
  value TEXT,
  numerator TEXT,
  denominator TEXT,
  reference TEXT,
  evidence TEXT,
  by_name TEXT NOT NULL,
  PRIMARY KEY (task_id, no, period, on_date)
) STRICT, WITHOUT ROWID;

CREATE TABLE duty (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  every TEXT NOT NULL CHECK (every IN ('week','fortnight','month','two_months','quarter',
    'half_year','year')),
  day INTEGER,
  month INTEGER,
  after INTEGER NOT NULL CHECK (after IN (0, 1)),
  anchor TEXT CHECK (date(anchor) IS anchor),
  rest TEXT NOT NULL CHECK (rest IN ('顺延','提前','不变')),
  owed_by TEXT NOT NULL,
  since TEXT NOT NULL CHECK (date(since) IS since),
  until TEXT CHECK (date(until) IS until),
  clause TEXT
) STRICT;

CREATE TABLE report (
  duty TEXT NOT NULL,
  unit_id INTEGER NOT NULL REFERENCES unit (id),
  period TEXT NOT NULL,
  submitted_on TEXT CHECK (date(submitted_on) IS submitted_on),
  waived_on TEXT CHECK (date(waived_on) IS waived_on),
  reason TEXT,
  note TEXT,
  ref TEXT,
  by_name TEXT NOT NULL,
  PRIMARY KEY (duty, unit_id, period)
) STRICT, WITHOUT ROWID;
"""

# What a replay compares, in which order, and what it is called.
DERIVED = {
    "task": "id",
    "milestone": "task_id, no",
    "indicator": "task_id, no",
    "measurement": "task_id, no, period, on_date",
    "duty": "id",
    "report": "duty, unit_id, period",
}
TITLES = {
    "task": "任务",
    "milestone": "任务节点",
    "indicator": "任务目标",
    "measurement": "任务数据",
    "duty": "定期报送",
    "report": "报送记录",
}
_KEYS = {
    "task": ("id",),
    "milestone": ("task_id", "no"),
    "indicator": ("task_id", "no"),
    "measurement": ("task_id", "no", "period", "on_date"),
    "duty": ("id",),
    "report": ("duty", "unit_id", "period"),
}


@cache
def _put_sql(table: str, columns: tuple[str, ...]) -> str:
    marks = ", ".join("?" * len(columns))
    keys = _KEYS[table]
    updates = ", ".join(f"{c} = excluded.{c}" for c in columns if c not in keys)
    return (
        f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})"
        f" ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {updates}"
    )


def _put(conn: Connection, table: str, rows: Iterable[Payload]) -> None:
    """Write whole rows; one with the same key is replaced."""
    for row in rows:
        columns = tuple(sorted(row))
        values: Sequence[Any] = [
            canonical(row[c]) if isinstance(row[c], (list, dict)) else row[c] for c in columns
        ]
        conn.execute(_put_sql(table, columns), values)


def apply_task(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    """Write what an event changes of a task: `task` its row, and rows of what hangs on it."""
    if "task" in payload:
        _put(conn, "task", [{"id": key, **payload["task"]}])
    for table in ("milestone", "indicator", "measurement"):
        rows = payload.get(f"{table}s", ())
        _put(conn, table, ({"task_id": key, **row} for row in rows))


def apply_duty(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    """Write what an event changes of a duty."""
    _put(conn, "duty", [{"id": key, **payload["duty"]}])


def apply_report(conn: Connection, key: int, payload: Payload, seq: int) -> None:
    """Write that a unit (`key`) reported, or need not."""
    _put(conn, "report", [{"unit_id": key, **payload["report"]}])
