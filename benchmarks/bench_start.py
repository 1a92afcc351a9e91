"""What a start costs: beside an empty Python, and beside a bare script of the same libraries."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from benchmarks import Ratio, compare, ledgers

SUPERVISE = Path(sys.executable).with_name("supervise")
ISSUES = 100_000
ROUNDS = 15

# The library of the command line is loaded, the driver runs the query, and nothing of ours is.
BARE = """
import sys
import typer
try:
    import pysqlite3.dbapi2 as sqlite3
except ImportError:
    import sqlite3

COLUMNS = (
    "code title stage found_on assigned_on due_on original_due_on submitted_on closed_on"
    " returns reopens satisfaction category source urgency co_units"
).split()
conn = sqlite3.connect(f"file:{sys.argv[1]}?mode=ro", uri=True)
columns = ", ".join("i." + name for name in COLUMNS)
rows = conn.execute(
    f"SELECT u.name, u.code, {columns} FROM issue i LEFT JOIN unit u ON u.id = i.unit_id"
    " ORDER BY i.id LIMIT 50"
)
for row in rows:
    print(*row)
"""


def run() -> list[Ratio]:
    """Measure `--version` and `issue list --limit 50` off a terminal, whole processes."""
    ledger = str(ledgers.ledger(ISSUES))
    listing = [str(SUPERVISE), "--ledger", ledger, "issue", "list", "--limit", "50"]
    with tempfile.TemporaryDirectory() as folder:
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, "utf-8")
        script = partial(_process, [sys.executable, str(bare), ledger])
        return [
            compare(
                "--version, beside python -c pass",
                partial(_process, [str(SUPERVISE), "--version"]),
                partial(_process, [sys.executable, "-c", "pass"]),
                aim=2.0,
                rounds=ROUNDS,
            ),
            compare(
                "issue list --limit 50, beside a script with typer and the query",
                partial(_process, listing),
                script,
                aim=1.5,
                rounds=ROUNDS,
            ),
            compare(
                "issue list --limit 50 --json, beside the same script",
                partial(_process, [*listing, "--json"]),
                script,
                aim=1.5,
                rounds=ROUNDS,
            ),
        ]


def _process(command: Sequence[str]) -> None:
    subprocess.run(command, cwd=ledgers.ROOT, check=True, stdout=subprocess.DEVNULL)
