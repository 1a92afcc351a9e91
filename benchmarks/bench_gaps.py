"""The longest time the interface was deaf while every page was gone through by keys."""

from __future__ import annotations

import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import Limit, ledgers
from benchmarks.terminal import Terminal

ISSUES, ROUNDS, AIM = 100_000, 3, 50
# Seconds between two looks at a page: what it reads is drawn by then.
LOOK = 0.6

# The dashboard as the command opens it, with a heart beating in its loop; each stop of the heart
# is the time in which no key would have been heard.
BEATING = """
import asyncio, sys, time
from pathlib import Path

BEAT = 0.005
gaps = []


async def beat():
    last = time.perf_counter()
    while True:
        await asyncio.sleep(BEAT)
        now = time.perf_counter()
        gaps.append(now - last)
        last = now


def run(app):
    async def both():
        heart = asyncio.create_task(beat())
        await app.run_async()
        heart.cancel()

    asyncio.run(both())


from screens.app import Dashboard
from supervise.__main__ import main

Dashboard.run = run
noted = Path(sys.argv[1])
sys.argv[1:] = []
try:
    main()
finally:
    noted.write_text(str(max(gaps)))
"""

# Every page, its lists and panes, and the dialogs over it.
WAY = (
    "down", "tab", "down", "f3", *["down"] * 5, "pagedown", "end", "home", "enter", "escape",
    "f6", "escape", "f7", "escape", "f8", "escape", "f9", "整改", "escape", "escape", "ctrl+left",
    "down", "down", "enter", "ctrl+d", "escape", "ctrl+p", "escape", "f4", "down", "f6", "escape",
    "f7", "f7", "ctrl+right", "f5", "down", "f6", "escape", "f9", "escape", "f10", "down", "down",
    "f6", "escape", "f9", "cs", "escape", "f11", "f7", "escape", "ctrl+l", "down", "ctrl+g",
    "down", "pagedown", "f12", "f12", "f2", "f3", "f4", "f5", "f10", "f2",
)  # fmt: skip


def run() -> Iterator[Limit]:
    """Measure in a 120×40 terminal; the median of the longest stops of some rounds."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "beating.py"
        script.write_text(BEATING, "utf-8")
        longest = statistics.median(_longest(script) for _ in range(ROUNDS))
    name = f"the longest the loop was deaf, all pages on {ISSUES:,} issues"
    yield Limit(name, longest * 1000, AIM, "ms")


def _longest(script: Path) -> float:
    """Go the whole way once, and read what the heart wrote down at the end."""
    noted = script.with_name("longest")
    command = [sys.executable, str(script), str(noted)]
    environment = {
        "PYTHONPATH": str(ledgers.ROOT),
        "SUPERVISE_LEDGER": str(ledgers.ledger(ISSUES)),
        "SUPERVISE_TODAY": ledgers.TODAY.isoformat(),
    }
    with Terminal(command, environment) as terminal:
        terminal.wait("超期未交")
        for key in WAY:
            terminal.rest(LOOK)
            terminal.send(key)
        terminal.rest(LOOK)
        terminal.send("ctrl+q")
        terminal.ended()
    return float(noted.read_text())
