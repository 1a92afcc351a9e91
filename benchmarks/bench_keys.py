"""How the list of issues answers a hand: a cursor key, a search, and the memory behind it all."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks import Limit, Ratio, ledgers
from benchmarks.bench_start import SUPERVISE
from benchmarks.terminal import Terminal
from supervise.services import windows
from supervise.services.windows import Filter

TODAY = {"SUPERVISE_TODAY": ledgers.TODAY.isoformat()}
MILLION, SEARCHED, PLAIN_ROWS = 1_000_000, 200_000, 200
ROUNDS, KEYS, SEARCHES = 3, 40, 7
# Many found and few, two characters and one, a code, the initials of a unit and of fifteen.
WORDS = (ledgers.COMMON, ledgers.RARE, ledgers.COMMON[0], "0012345", "scslly", "scsll")
# Seconds after which a page stands, with its detail and its counts.
STILL = 1.0

# The table of the library with as many columns as ours, and nothing behind it.
PLAIN = f"""
import sys
from textual.app import App
from textual.widgets import DataTable
try:
    import pysqlite3.dbapi2 as sqlite3
except ImportError:
    import sqlite3


class Plain(App):
    def compose(self):
        yield DataTable(cursor_type="row")

    def on_mount(self):
        conn = sqlite3.connect(f"file:{{sys.argv[1]}}?mode=ro", uri=True)
        query = (
            "SELECT i.code, i.title, i.stage, u.name, i.due_on FROM issue i"
            " JOIN unit u ON u.id = i.unit_id ORDER BY i.id LIMIT {PLAIN_ROWS}"
        )
        table = self.query_one(DataTable)
        table.add_columns("code", "title", "stage", "unit", "due")
        table.add_rows(conn.execute(query).fetchall())


Plain().run()
"""


def run() -> Iterator[Ratio | Limit]:
    """Measure in 120×40 terminals, from a key until what it changed is drawn."""
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.py"
        plain.write_text(PLAIN, "utf-8")
        ours, floor = _cursor(plain)
    name = f"a cursor key among {MILLION:,} issues, beside a DataTable of {PLAIN_ROWS}"
    yield Ratio(name, ours, floor, aim=1.0)
    slowest = max(_searched())
    yield Limit(f"typing a search among {SEARCHED:,}, the slowest word", slowest * 1000, 100, "ms")
    yield Limit(f"memory after going about {MILLION:,} issues", _memory(), 150, "MB")


@contextmanager
def _all_issues(path: Path) -> Iterator[Terminal]:
    """Open the list of all issues, and wait until all of the page stands."""
    with Terminal([str(SUPERVISE), "--ledger", str(path)], TODAY) as terminal:
        terminal.wait("超期未交")
        terminal.rest(STILL)
        for key in ("f3", "ctrl+left", "home", "enter"):
            terminal.send(key)
            terminal.rest(STILL)
        yield terminal


def _cursor(plain: Path) -> tuple[float, float]:
    """Press the same key in both, in turn; take the medians."""
    path = ledgers.ledger(MILLION, searchable=False)
    ours: list[float] = []
    floor: list[float] = []
    with (
        _all_issues(path) as mine,
        Terminal([sys.executable, str(plain), str(path)], {}) as theirs,
    ):
        theirs.wait("JM-2024-0000020")
        theirs.rest(STILL)
        for _ in range(ROUNDS):
            for terminal, times in ((mine, ours), (theirs, floor)):
                times += [terminal.press("down") for _ in range(KEYS)]
    return statistics.median(ours), statistics.median(floor)


def _searched() -> Iterator[float]:
    """Type each word, and wait for the number of what was found; give its median."""
    path = ledgers.ledger(SEARCHED)
    with ledgers.opened(path) as session:
        found = {word: windows.count(session, Filter(search=word)) for word in WORDS}
    with _all_issues(path) as terminal:
        terminal.press("f9")
        for word, count in found.items():
            times = []
            for _ in range(SEARCHES):
                terminal.rest(STILL)
                terminal.send(word)
                times.append(terminal.wait(f"/ 共 {count:,} 件"))
                terminal.rest(STILL)
                terminal.send("ctrl+u")
                terminal.wait(f"/ 共 {SEARCHED:,} 件")
            yield statistics.median(times)


def _memory() -> float:
    """Look at today's work and the list, turn pages to both ends and over, and weigh it then."""
    with _all_issues(ledgers.ledger(MILLION, searchable=False)) as terminal:
        for key in ("end", *["pageup"] * 60, "home", *["pagedown"] * 60, "f2", "f3"):
            terminal.press(key)
        terminal.rest(STILL)
        return terminal.memory
