"""An import beside its floor: the same file parsed by the same child, the same rows inserted.

Each run is a process of its own; its peak memory is the parent's, the parsing child's apart.
"""

from __future__ import annotations

import gc
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from benchmarks import Limit, Ratio, ledgers, seconds
from db import events, imports, parties, projection, search, transactions
from supervise.services import importing, ledger
from supervise.services.tables.reader import read_table
from supervise.services.work import step, working

ROWS = 100_000
ROUNDS = 3
MEGABYTE = 1 << 20
_TABLES = (
    (imports.INSERT, f"SELECT {', '.join(imports.ISSUE_COLUMNS)} FROM issue ORDER BY id"),
    (
        projection.SPAN_SQL,
        "SELECT issue_id, no, stage, unit_id, entered, due_on, left_on, outcome FROM span",
    ),
    (parties.INSERT, "SELECT issue_id, name, contact, disclosure, salt, digest FROM party"),
    (projection.IMPORTED_SQL, "SELECT key, issue_id, digest FROM imported ORDER BY issue_id"),
)
_TEXTS = (
    "SELECT i.id, i.code, i.title, i.detail, i.source_no, u.name"
    " FROM issue i LEFT JOIN unit u ON u.id = i.unit_id ORDER BY i.id"
)


def run() -> list[Ratio | Limit]:
    """Import 100,000 open issues in turn with the floor, and look at the parent's memory."""
    book = ledgers.workbook(ROWS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = folder / "base.db"
        _office(base)
        ours, floor = [], []
        for number in range(ROUNDS):
            made = folder / f"ours{number}.db"
            ours.append(_measured(book, base, made))
            floor.append(_measured(book, base, folder / f"floor{number}.db", made))
    mine, theirs = (statistics.median(one["seconds"] for one in runs) for runs in (ours, floor))
    peak = max(one["peak"] for one in ours) / MEGABYTE
    return [
        Ratio(f"import of {ROWS:,} rows, beside parsing and executemany", mine, theirs, aim=2.0),
        Limit("import: the parent's peak memory", peak, aim=300, unit="MB"),
    ]


def _measured(*paths: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.bench_import", *map(str, paths)]
    done = subprocess.run(command, cwd=ledgers.ROOT, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _office(path: Path) -> None:
    """Make the ledger that every run starts from: its units known, no issue in it yet."""
    ledger.create(path, today=ledgers.TODAY)
    with ledgers.opened(path) as session, working(session) as work:
        for number in range(1, ledgers.UNITS + 1):
            unit = {"unit": ledgers.unit_name(number), "unit_id": ledgers.unit_code(number)}
            step(work, "unit.add", unit)


def _ours(book: Path, base: Path, target: Path) -> float:
    shutil.copy(base, target)
    with ledgers.opened(target) as session:
        assert session.conn  # opened before the clock starts, as the floor's is
        return seconds(lambda: importing.run(session, book, importing.Options()))


def _floor(book: Path, base: Path, target: Path, made: Path) -> float:
    """Parse, then insert what an import wrote: read from its ledger before the clock starts."""
    shutil.copy(base, target)
    with ledgers.opened(target) as session:
        rows = _written(made, events.head(session.conn)[0])

        def task() -> None:
            with read_table(book) as table:
                for _ in table.chunks():
                    pass
            with transactions.writing(session.conn, target):
                for insert, values in rows:
                    session.conn.executemany(insert, values)

        return seconds(task)


def _written(made: Path, after: int) -> list[tuple[str, list[Any]]]:
    """Give each insert with its rows; the search index keeps no text, so that is made again."""
    with ledgers.opened(made) as session:
        conn = session.conn
        found = [(events.INSERT, list(events.every(conn, after)))]
        for insert, query in _TABLES:
            found.append((insert, conn.execute(query).fetchall()))
        texts = [(row[0], search.body(*row[1:])) for row in conn.execute(_TEXTS)]
        return [*found, (search.INSERT, texts)]


def main() -> None:
    """Measure one run in this process and print its seconds and its peak memory in bytes."""
    # As the program does for itself.
    gc.set_threshold(50_000, 20, 50)
    book, base, target, *made = map(Path, sys.argv[1:])
    used = _floor(book, base, target, made[0]) if made else _ours(book, base, target)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"seconds": used, "peak": peak}))


if __name__ == "__main__":
    main()
