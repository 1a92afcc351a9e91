"""The dashboard's first paint with its figures, beside a minimal app and beside a small ledger."""

from __future__ import annotations

import sys
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import Ratio, ledgers, medians
from benchmarks.bench_start import SUPERVISE
from benchmarks.terminal import seconds_until

MANY, FEW = 1_000_000, 1_000
ROUNDS = 11
TODAY = {"SUPERVISE_TODAY": ledgers.TODAY.isoformat()}
# A line of the figures, which come from the ledger; the frame around them is there before.
MARKER = "超期未交"
LAST_ROW = "JM-2024-0000030"

# The same library and driver, fifty rows of the same ledger, and nothing of ours.
BARE = """
import sys
from textual.app import App
from textual.widgets import DataTable
try:
    import pysqlite3.dbapi2 as sqlite3
except ImportError:
    import sqlite3


class Minimal(App):
    def compose(self):
        yield DataTable()

    def on_mount(self):
        conn = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
        query = "SELECT code, title, stage, due_on FROM issue ORDER BY id LIMIT 50"
        table = self.query_one(DataTable)
        table.add_columns("code", "title", "stage", "due")
        table.add_rows(conn.execute(query).fetchall())


Minimal().run()
"""


def run() -> list[Ratio]:
    """Measure the time until the marker stands in a 120×40 terminal, whole processes in turn."""
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, "utf-8")
        script = [sys.executable, str(bare), str(_ledger(MANY))]
        many, few, floor = medians(
            partial(_painted, MANY),
            partial(_painted, FEW),
            partial(seconds_until, script, LAST_ROW, {}),
            rounds=ROUNDS,
        )
    return [
        Ratio(f"dashboard on {MANY:,} issues, beside a minimal app", many, floor, aim=1.5),
        Ratio(f"dashboard on {MANY:,} issues, beside {FEW:,}", many, few, aim=1.2),
    ]


def _painted(issues: int) -> float:
    command = [str(SUPERVISE), "--ledger", str(_ledger(issues))]
    return seconds_until(command, MARKER, TODAY)


def _ledger(issues: int) -> Path:
    """Give a ledger without what is searched in: nothing is searched for here."""
    return ledgers.ledger(issues, searchable=False)
