"""The log checked against itself, and every derived table against a replay of the log."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db import compare, events, migrations, parties, projection, soundness
from db.driver import Connection, sqlite

Progress = Callable[[int, int], None]
_EVERY = 5000
_SHOWN = 5
# What a changed payload may raise while it is applied.
_UNFIT = (sqlite.Error, AssertionError, AttributeError, LookupError, TypeError, ValueError)


@dataclass(slots=True)
class _Findings:
    """Sentences by kind: the first few of a kind, and how many more there were."""

    lines: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, kind: str, sentence: str) -> None:
        self.counts[kind] = self.counts.get(kind, 0) + 1
        if self.counts[kind] <= _SHOWN:
            self.lines.append(sentence)

    def closed(self) -> list[str]:
        more = [f"{kind}另有 {n - _SHOWN} 处。" for kind, n in self.counts.items() if n > _SHOWN]
        return self.lines + more


@contextmanager
def _empty_ledger() -> Iterator[Connection]:
    """Hold an empty database in a private temporary file, without guards, deleted afterwards."""
    with tempfile.TemporaryDirectory(prefix="supervise-") as folder:
        conn = sqlite.connect(Path(folder) / "replay.db", isolation_level=None)
        try:
            # A scratch file: nothing in it need survive, and it may hold more than memory does.
            for pragma in _SCRATCH:
                conn.execute(f"PRAGMA {pragma}")
            conn.execute("BEGIN")
            migrations.create_tables(conn, guards=False)
            conn.execute(_PARTIES)
            yield conn
        finally:
            conn.close()


_SCRATCH = ("journal_mode = OFF", "synchronous = OFF", "foreign_keys = OFF", "cache_size = -65536")
_PARTIES = """CREATE TABLE logged_party (
  issue_id INTEGER PRIMARY KEY,
  digest TEXT NOT NULL,
  disclosure TEXT,
  redacted INTEGER NOT NULL DEFAULT 0
)"""
_LOGGED = (
    "INSERT INTO logged_party (issue_id, digest, disclosure) VALUES (?, ?, ?)"
    " ON CONFLICT (issue_id) DO UPDATE SET digest = excluded.digest,"
    " disclosure = excluded.disclosure, redacted = 0"
)


def problems(conn: Connection, progress: Progress | None = None) -> list[str]:
    """List everything in the ledger that the log does not bear out, as Chinese sentences.

    Streams: memory does not grow with the log. All of it reads one moment of the ledger.
    Raises the driver's error when pages cannot be read at all.
    """
    conn.execute("BEGIN")
    try:
        found = soundness.guards(conn) + soundness.structure(conn)
        with _empty_ledger() as replay:
            found += _replayed(conn, replay, progress)
            for table in migrations.DERIVED:
                found += compare.table(conn, replay, table)
            found += _parties(conn, replay)
        return found + soundness.search_index(conn)
    finally:
        conn.execute("ROLLBACK")


def _replayed(conn: Connection, replay: Connection, progress: Progress | None) -> list[str]:
    """Check the chain event by event, applying each to the replay on the way."""
    found = _Findings()
    total = events.count_since(conn, 0)
    seq, value = 0, ""
    for number, row in enumerate(events.every(conn), 1):
        _check_link(found, seq, value, row)
        _apply(found, replay, row)
        seq, value = row[0], row[11]
        if progress and (number % _EVERY == 0 or number == total):
            progress(number, total)
    return found.closed()


def _check_link(found: _Findings, seq: int, value: str, row: tuple[Any, ...]) -> None:
    number, prev, own = row[0], row[10], row[11]
    if number != seq + 1:
        span = f"第 {seq + 1} 号" if number == seq + 2 else f"第 {seq + 1} 至 {number - 1} 号"
        found.add("缺失的事件", f"日志缺少{span}事件：已被删去。")
    elif prev != value:
        found.add("不衔接的事件", f"第 {number} 号事件与第 {seq} 号不衔接：第 {seq} 号可能被改写。")
    if events.digest(prev, row[:10]) != own:
        found.add("被改动的事件", f"第 {number} 号事件（{row[3]}）的内容与校验值不符：已被改动。")


def _apply(found: _Findings, replay: Connection, row: tuple[Any, ...]) -> None:
    seq, subject, key, op = row[:4]
    try:
        payload = json.loads(row[9])
        projection.project(replay, subject, key, seq, payload)
        if subject == "issue":
            _log_party(replay, key, op, payload)
    except _UNFIT as error:
        if "disk" in str(error):  # the scratch file's trouble, not the event's
            raise
        found.add("无法重放的事件", f"第 {seq} 号事件（{op}）无法重放：{error}。")


def _log_party(replay: Connection, key: int, op: str, payload: dict[str, Any]) -> None:
    party = payload.get("party")
    if party:
        replay.execute(_LOGGED, (key, party["digest"], party.get("disclosure")))
    if op == "issue.redact":
        replay.execute("UPDATE logged_party SET redacted = 1 WHERE issue_id = ?", (key,))


def _parties(conn: Connection, replay: Connection) -> list[str]:
    """Compare who complained with the digests the log holds."""
    found = _Findings()
    stored = conn.execute(
        "SELECT issue_id, digest, disclosure, name, contact, salt FROM party ORDER BY issue_id"
    )
    logged = replay.execute(
        "SELECT issue_id, digest, disclosure, redacted FROM logged_party ORDER BY issue_id"
    )
    for ours, theirs in compare.differing(iter(stored), iter(logged), (0,)):
        wrong = _wrong_party(ours, theirs)
        if wrong:
            key = (ours or theirs or (None,))[0]
            row = conn.execute("SELECT code FROM issue WHERE id = ?", (key,)).fetchone()
            found.add("不符的诉求人信息", f"事项 {row[0] if row else key} 的诉求人信息{wrong}。")
    return found.closed()


def _wrong_party(ours: compare.Row | None, theirs: compare.Row | None) -> str | None:
    if ours is None:
        return "缺失：日志里有登记"
    if theirs is None:
        return "在日志里没有登记"
    _, digest, disclosure, name, contact, salt = ours
    if digest != theirs[1] or (theirs[2] and disclosure != theirs[2]):
        return "与日志不符"
    if theirs[3]:
        return None if (name, contact, salt) == (None, None, None) else "应已隐去，却仍有内容"
    if salt is None:
        return "被抹去，而日志里没有隐去的记录"
    return None if parties.digest(name, contact, salt) == digest else "已被改动"


def holds_head(conn: Connection, seq: int, prefix: str) -> str | None:
    """Say why a head kept elsewhere is not in the log's chain; None when it is."""
    value = events.hash_at(conn, seq)
    if value is None:
        last = events.head(conn)[0]
        return f"日志尾部被截断或改写：给出的校验码是第 {seq} 号事件，日志只到第 {last} 号。"
    if not value.startswith(prefix):
        return f"日志尾部被截断或改写：第 {seq} 号事件的校验值是 {value[:16]}，与给出的不同。"
    return None
