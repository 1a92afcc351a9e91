"""Tasks with their steps, targets and figures, read whole: a programme is a few dozen of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

from db.codec import day
from db.driver import Connection
from supervise.domain.tasks import Indicator, Measurement, Milestone, Task

_TASK = "id, code, title, action, lead, joint, co_units, due_on, source, sample, done_on, ended_on"


def every(conn: Connection) -> list[Task]:
    """List the tasks in the order they were entered."""
    return _tasks(conn, conn.execute(f"SELECT {_TASK} FROM task ORDER BY id").fetchall())


def get(conn: Connection, code: str) -> Task | None:
    """Find a task by its number."""
    rows = conn.execute(f"SELECT {_TASK} FROM task WHERE code = ?", (code,)).fetchall()
    return next(iter(_tasks(conn, rows)), None)


def any_there(conn: Connection) -> bool:
    """Tell whether there is any task at all."""
    return conn.execute("SELECT 1 FROM task LIMIT 1").fetchone() is not None


def _tasks(conn: Connection, rows: list[Any]) -> list[Task]:
    ids = json.dumps([row[0] for row in rows])
    steps, figures = _milestones(conn, ids), _measurements(conn, ids)
    targets = _indicators(conn, ids, figures)
    return [
        Task(
            key,
            code,
            title,
            action,
            lead,
            tuple(json.loads(joint)),
            tuple(json.loads(co_units)),
            day(due),
            source,
            bool(sample),
            day(done),
            day(ended),
            tuple(steps.get(key, ())),
            tuple(targets.get(key, ())),
        )
        for (
            key,
            code,
            title,
            action,
            lead,
            joint,
            co_units,
            due,
            source,
            sample,
            done,
            ended,
        ) in rows
    ]


_OF = "IN (SELECT value FROM json_each(?))"


def _milestones(conn: Connection, ids: str) -> dict[int, list[Milestone]]:
    rows = conn.execute(
        "SELECT task_id, no, title, due_on, done_on, strength FROM milestone"
        f" WHERE task_id {_OF} ORDER BY task_id, due_on, no",
        (ids,),
    )
    found: dict[int, list[Milestone]] = {}
    for task, no, title, due, done, strength in rows:
        due_on = day(due)
        assert due_on is not None
        found.setdefault(task, []).append(Milestone(no, title, due_on, day(done), strength))
    return found


def _measurements(conn: Connection, ids: str) -> dict[tuple[int, int], list[Measurement]]:
    rows = conn.execute(
        "SELECT task_id, no, period, on_date, value, numerator, denominator, reference, evidence,"
        f" by_name FROM measurement WHERE task_id {_OF} ORDER BY task_id, no, period, on_date",
        (ids,),
    )
    found: dict[tuple[int, int], list[Measurement]] = {}
    for task, no, period, on, value, numerator, denominator, reference, evidence, by in rows:
        reported = day(on)
        assert reported is not None
        figures = (_exact(value), _exact(numerator), _exact(denominator), _exact(reference))
        one = Measurement(period, reported, *figures, evidence, by)
        found.setdefault((task, no), []).append(one)
    return found


def _indicators(
    conn: Connection, ids: str, figures: Mapping[tuple[int, int], Iterable[Measurement]]
) -> dict[int, list[Indicator]]:
    rows = conn.execute(
        "SELECT task_id, no, name, kind, comparator, aim, high, measured_in, baseline, strength,"
        f" due_on, remark FROM indicator WHERE task_id {_OF} ORDER BY task_id, no",
        (ids,),
    )
    found: dict[int, list[Indicator]] = {}
    for task, no, name, kind, comparator, aim, high, unit, baseline, strength, due, remark in rows:
        one = Indicator(
            no,
            name,
            kind,
            comparator,
            _exact(aim),
            _exact(high),
            unit,
            baseline,
            strength,
            day(due),
            remark,
            tuple(figures.get((task, no), ())),
        )
        found.setdefault(task, []).append(one)
    return found


def _exact(text: str | None) -> Fraction | None:
    return None if text is None else Fraction(text)
