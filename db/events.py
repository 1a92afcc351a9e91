"""The event log: append-only, each event chained to the one before by a SHA-256 of its line."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from db.codec import canonical, day
from db.driver import Connection
from supervise.domain.ladder_records import Event

COLUMNS = (
    "seq, subject, subject_id, op, on_date, recorded_at, by_name, recorded_by, ref, payload,"
    " prev, hash"
)
_PREFIXED = ", ".join(f"e.{name}" for name in COLUMNS.replace(" ", "").split(","))
INSERT = f"INSERT INTO event ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"


_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# Most texts of an event are those of the event before it.
_known = lru_cache(1024)(_encode)


def digest(prev: str, fields: Sequence[Any]) -> str:
    """Hash an event's stored fields (seq … payload) together with the hash before it.

    The line is the JSON list of them; the payload is canonical JSON already and stands as it is.
    """
    seq, subject, subject_id, *texts, payload = fields
    known = ",".join(map(_known, texts))
    line = f"[{_encode(prev)},{seq},{_known(subject)},{subject_id},{known},{payload}]"
    return hashlib.sha256(line.encode()).hexdigest()


def head(conn: Connection) -> tuple[int, str]:
    """Give the newest event's number and hash; (0, "") in an empty log."""
    row = conn.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
    return (row[0], row[1]) if row else (0, "")


# The earliest day of each operation, by jumps along the index: no log is too long for it.
_BEGAN = """
WITH RECURSIVE known (op) AS (
  SELECT min(op) FROM event
  UNION ALL SELECT (SELECT min(op) FROM event WHERE op > known.op) FROM known
  WHERE known.op IS NOT NULL
)
SELECT min((SELECT min(on_date) FROM event WHERE event.op = known.op)) FROM known
"""


def began(conn: Connection) -> date:
    """Give the earliest day anything in the log happened on, what was entered later too."""
    first = conn.execute(_BEGAN).fetchone()[0]
    return date.fromisoformat(first) if first else date.min


def head_code(conn: Connection) -> str:
    """Give the 台账校验码: the head as `seq:first 16 hex digits of its hash`."""
    seq, value = head(conn)
    return f"{seq}:{value[:16]}"


class Appender:
    """Chains new events to the head; one per write transaction."""

    def __init__(self, conn: Connection) -> None:
        self._conn = conn
        self.seq, self._hash = head(conn)

    def row(
        self,
        subject: str,
        subject_id: int,
        op: str,
        on: date,
        recorded_at: str,
        by: str,
        recorded_by: str,
        ref: str | None,
        payload: object,
    ) -> tuple[object, ...]:
        """Chain one event and give its row, to be inserted by the caller in this order."""
        self.seq += 1
        fields = (
            self.seq,
            subject,
            subject_id,
            op,
            on.isoformat(),
            recorded_at,
            by,
            recorded_by,
            ref,
            canonical(payload),
        )
        prev, self._hash = self._hash, digest(self._hash, fields)
        return (*fields, prev, self._hash)

    def insert(self, rows: Iterable[tuple[object, ...]]) -> None:
        """Insert chained rows."""
        self._conn.executemany(INSERT, rows)

    def rewind(self) -> None:
        """Read the head again, after a savepoint was undone."""
        self.seq, self._hash = head(self._conn)


def event_of(row: Sequence[Any]) -> Event:
    """Make an event of its stored row."""
    on = day(row[4])
    assert on is not None
    return Event(
        row[0],
        row[1],
        row[2],
        row[3],
        on,
        row[5],
        row[6],
        row[7],
        row[8],
        json.loads(row[9]),
        row[11],
    )


def of(conn: Connection, subject: str, subject_id: int) -> list[Event]:
    """List the events of one subject, oldest first."""
    rows = conn.execute(
        f"SELECT {COLUMNS} FROM event WHERE subject = ? AND subject_id = ? ORDER BY seq",
        (subject, subject_id),
    )
    return [event_of(row) for row in rows]


def newer(conn: Connection, subject: str, after: int) -> list[Event]:
    """List the events of one kind of subject after an event's number, oldest first."""
    rows = conn.execute(
        f"SELECT {COLUMNS} FROM event WHERE seq > ? AND +subject = ? ORDER BY seq",
        (after, subject),
    )
    return [event_of(row) for row in rows]


def rows_of(conn: Connection, subjects: dict[str, list[int]]) -> list[tuple[Any, ...]]:
    """List the stored rows of several subjects in order: fields, payload, hash before, own hash.

    `subjects` maps a kind to the ids wanted of it.
    """
    wanted = json.dumps([[kind, key] for kind, keys in subjects.items() for key in keys])
    rows: list[tuple[Any, ...]] = conn.execute(
        f"SELECT DISTINCT {_PREFIXED} FROM json_each(?) AS w JOIN event e"
        " ON e.subject = json_extract(w.value, '$[0]')"
        " AND e.subject_id = json_extract(w.value, '$[1]') ORDER BY e.seq",
        (wanted,),
    ).fetchall()
    return rows


def touched(conn: Connection, subject: str, after: int) -> set[int]:
    """Give the ids of one kind of subject that have events after an event's number."""
    rows = conn.execute(
        "SELECT DISTINCT subject_id FROM event WHERE seq > ? AND +subject = ?", (after, subject)
    )
    return {row[0] for row in rows}


def every(conn: Connection, after: int = 0) -> Iterator[tuple[Any, ...]]:
    """Stream the stored rows in order, as they are, for replaying and checking."""
    return iter(conn.execute(f"SELECT {COLUMNS} FROM event WHERE seq > ? ORDER BY seq", (after,)))


def hash_at(conn: Connection, seq: int) -> str | None:
    """Give the hash of one event, or None when the log does not reach so far."""
    row = conn.execute("SELECT hash FROM event WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row else None


def last_recorded(conn: Connection, day: date) -> int:
    """Give the number of the last event recorded on or before a day; 0 where none was.

    Found by halving: a log is written in the order in which it is recorded, unless a host's clock
    was set back.
    """
    low, high = 0, head(conn)[0]
    while low < high:
        middle = (low + high + 1) // 2
        row = conn.execute("SELECT recorded_at FROM event WHERE seq = ?", (middle,)).fetchone()
        if row[0][:10] <= day.isoformat():
            low = middle
        else:
            high = middle - 1
    return low


def count_since(conn: Connection, seq: int) -> int:
    """Count the events after one."""
    (count,) = conn.execute("SELECT count(*) FROM event WHERE seq > ?", (seq,)).fetchone()
    return int(count)
