"""What a start costs: beside an empty Python, and beside a bare script of the same libraries."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from benchmarks import Ratio, compare

ROOT = Path(__file__).resolve().parent.parent
SUPERVISE = Path(sys.executable).with_name("supervise")
ROUNDS = 15

# The same library for the command line, the same driver, the same rows, and nothing of ours.
BARE = """
import json
import typer
from db.driver import sqlite

COLUMNS = (
    "code title stage found_on assigned_on due_on original_due_on submitted_on closed_on"
    " returns reopens satisfaction category source urgency co_units"
).split()


def main(ledger: str, limit: int = 50):
    conn = sqlite.connect(f"file:{ledger}?mode=ro", uri=True)
    columns = ", ".join("i." + name for name in COLUMNS)
    rows = conn.execute(
        f"SELECT u.name, u.code, {columns} FROM issue i LEFT JOIN unit u ON u.id = i.unit_id"
        " ORDER BY i.id LIMIT ?", (limit,)
    )
    print(json.dumps(rows.fetchall(), ensure_ascii=False))


app = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
app.command()(main)
app()
"""


def run() -> list[Ratio]:
    """Measure `--version` and `issue list --limit 50 --json`, each as a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = Path(folder) / "ledger.db"
        _fill(ledger)
        bare = Path(folder) / "bare.py"
        bare.write_text(BARE, "utf-8")
        listing = [str(SUPERVISE), "--ledger", str(ledger), "issue", "list", "--limit", "50"]
        return [
            compare(
                "--version beside python -c pass",
                lambda: _process([str(SUPERVISE), "--version"]),
                lambda: _process([sys.executable, "-c", "pass"]),
                aim=2.0,
                rounds=ROUNDS,
            ),
            compare(
                "issue list --limit 50 beside a bare script",
                lambda: _process([*listing, "--json"]),
                lambda: _process([sys.executable, str(bare), str(ledger)]),
                aim=1.5,
                rounds=ROUNDS,
            ),
        ]


def _process(command: Sequence[str]) -> None:
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)


def _fill(ledger: Path) -> None:
    from supervise.services import ledger as ledgers
    from supervise.services.session import Session
    from supervise.services.work import step, working

    today = date(2024, 12, 31)
    ledgers.create(ledger, today=today)
    with Session(ledger, today, write=True) as session, working(session) as work:
        for number in range(1000):
            values = {"issue": f"JM-2024-{number:04d}", "title": "某某路段路灯损坏，多日未修"}
            step(work, "issue.add", values)
