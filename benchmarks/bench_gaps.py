"""The longest time the interface was deaf while every page was gone through by keys."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import Limit, ledgers
from benchmarks.terminal import Terminal

ISSUES, ROUNDS, AIM = 100_000, 3, 50
# Seconds between two looks at a page: what it reads is drawn by then.
LOOK = 0.6

# The dashboard as the command opens it, with a heart beating in its loop; each stop of the heart
# is the time in which no key would have been heard: when it ended, the clock's time, and what of
# it the loop itself worked.
BEATING = """
import asyncio, json, sys, time
from pathlib import Path

BEAT = 0.005
gaps = []


async def beat():
    last, worked = time.monotonic(), time.thread_time()
    while True:
        await asyncio.sleep(BEAT)
        now, work = time.monotonic(), time.thread_time()
        gaps.append((now, now - last, work - worked))
        last, worked = now, work


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
    noted.write_text(json.dumps(gaps))
"""

OPENING, LISTS, DETAIL = "opening a page", "going about lists", "a record in full"
SEARCH, DIALOGS, COLOURS = "searching", "opening dialogs", "other colours, and pages again in them"
# Every page, its lists and panes, and the dialogs over it.
WAY = (
    (LISTS, ("down", "tab", "down")),
    (OPENING, ("f3",)),
    (LISTS, (*["down"] * 5, "pagedown", "end", "home")),
    (DETAIL, ("enter", "escape")),
    (DIALOGS, ("f6", "escape", "f7", "escape", "f8", "escape")),
    (SEARCH, ("f9", "整改", "escape", "escape")),
    (LISTS, ("ctrl+left", "down", "down")),
    (DETAIL, ("enter", "ctrl+d", "escape")),
    (DIALOGS, ("ctrl+p", "escape")),
    (OPENING, ("f4",)),
    (LISTS, ("down",)),
    (DIALOGS, ("f6", "escape")),
    (LISTS, ("f7", "f7", "ctrl+right")),
    (OPENING, ("f5",)),
    (LISTS, ("down",)),
    (DIALOGS, ("f6", "escape")),
    (SEARCH, ("f9", "escape")),
    (OPENING, ("f10",)),
    (LISTS, ("down", "down")),
    (DIALOGS, ("f6", "escape")),
    (SEARCH, ("f9", "cs", "escape")),
    (OPENING, ("f11",)),
    (DIALOGS, ("f7", "escape")),
    (OPENING, ("ctrl+l",)),
    (LISTS, ("down",)),
    (OPENING, ("ctrl+g",)),
    (LISTS, ("down", "pagedown")),
    (COLOURS, ("f12", "f12", "f2", "f3", "f4", "f5", "f10", "f2")),
)


@dataclass(frozen=True, slots=True)
class Stop:
    """The longest time the loop was deaf, and the longest it worked in one go, in seconds."""

    deaf: float
    worked: float


def run() -> Iterator[Limit]:
    """Measure in a 120×40 terminal; of each part, the median of the longest stops of the rounds."""
    with tempfile.TemporaryDirectory() as folder:
        script = Path(folder) / "beating.py"
        script.write_text(BEATING, "utf-8")
        rounds = [_longest(script) for _ in range(ROUNDS)]
    for part in (LISTS, SEARCH, DETAIL, DIALOGS, OPENING, COLOURS):
        deaf = statistics.median(stops[part].deaf for stops in rounds)
        yield Limit(f"the longest the loop was deaf: {part}", deaf * 1000, AIM, "ms")
    deaf = statistics.median(max(one.deaf for one in stops.values()) for stops in rounds)
    worked = statistics.median(max(one.worked for one in stops.values()) for stops in rounds)
    yield Limit(f"the same, all pages on {ISSUES:,} issues", deaf * 1000, AIM, "ms")
    # On a busy machine the clock also counts the time that other programs were given.
    yield Limit("of it, the loop's own work", worked * 1000, AIM, "ms")


def _longest(script: Path) -> dict[str, Stop]:
    """Go the whole way once; give the longest stops of each part."""
    noted = script.with_name("longest")
    command = [sys.executable, str(script), str(noted)]
    environment = {
        "PYTHONPATH": str(ledgers.ROOT),
        "SUPERVISE_LEDGER": str(ledgers.ledger(ISSUES)),
        "SUPERVISE_TODAY": ledgers.TODAY.isoformat(),
    }
    sent: list[tuple[float, str]] = []
    with Terminal(command, environment) as terminal:
        terminal.wait("超期未交")
        for part, keys in WAY:
            for key in keys:
                terminal.rest(LOOK)
                sent.append((time.monotonic(), part))
                terminal.send(key)
        terminal.rest(LOOK)
        sent.append((time.monotonic(), ""))
        terminal.send("ctrl+q")
        terminal.ended()
    return _by_part(sent, json.loads(noted.read_text()))


def _by_part(
    sent: list[tuple[float, str]], gaps: list[tuple[float, float, float]]
) -> dict[str, Stop]:
    """Lay each stop to the key that was sent last before it ended."""
    found: dict[str, Stop] = {}
    times = [when for when, _ in sent]
    for ended, deaf, worked in gaps:
        place = bisect(times, ended) - 1
        if 0 <= place < len(sent) - 1:
            part = sent[place][1]
            before = found.get(part, Stop(0.0, 0.0))
            found[part] = Stop(max(before.deaf, deaf), max(before.worked, worked))
    return found
