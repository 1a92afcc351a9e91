"""The stays a period's books are closed from: of what moved in it, and counts of what did not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from db.driver import Connection
from supervise.domain.balance import Stay
from supervise.domain.records import Stage


def unmoved(conn: Connection, first: date) -> dict[tuple[int | None, bool], int]:
    """Count the open issues that have not moved since before a day, by unit and 发现 or not."""
    rows = conn.execute(
        "SELECT unit_id, stage = 'discover', count(*) FROM issue"
        " WHERE stage IN ('discover', 'rectify', 'review', 'feedback') AND moved_on < ?"
        " GROUP BY 1, 2",
        (first.isoformat(),),
    )
    return {(unit_id, bool(waits)): number for unit_id, waits, number in rows}


def moved(conn: Connection, first: date) -> Iterator[tuple[int, list[Stay]]]:
    """Give every issue that has moved since a day: its id, and its stays in their order."""
    rows = conn.execute(
        "SELECT s.issue_id, s.entered, s.stage, coalesce(s.unit_id, i.unit_id)"
        " FROM issue i CROSS JOIN span s ON s.issue_id = i.id WHERE i.moved_on >= ?"
        " ORDER BY s.issue_id, s.no",
        (first.isoformat(),),
    )
    for key, stays in groupby(rows, lambda row: int(row[0])):
        yield (
            key,
            [Stay(date.fromisoformat(on), Stage(stage), unit) for _, on, stage, unit in stays],
        )


_STEP = itemgetter(1, 2, 3)
# The stay an issue was in when the period began, and those it entered until its end.
WAYS_SQL = """
SELECT s.issue_id, s.entered >= :first, s.stage, coalesce(s.unit_id, i.unit_id)
FROM issue i CROSS JOIN span s ON s.issue_id = i.id
WHERE i.moved_on >= :first AND s.entered <= :last
  AND (s.left_on IS NULL OR s.left_on >= :first)
ORDER BY s.issue_id, s.no
"""


def ways(conn: Connection, first: date, last: date) -> Iterator[tuple[int, list[Stay]]]:
    """Give the ways issues that have moved since `first` went through a period: how many, which.

    What happened in the period stands on its first day, in its order, what was before on the day
    before it: issues that went the same way are told once.
    """
    rows = conn.execute(WAYS_SQL, {"first": first.isoformat(), "last": last.isoformat()})
    found = Counter(tuple(map(_STEP, way)) for _, way in groupby(rows, itemgetter(0)))
    days = (first - timedelta(days=1), first)
    for way, number in found.items():
        yield number, [Stay(days[inside], Stage(stage), unit) for inside, stage, unit in way]
