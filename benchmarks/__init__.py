"""Our times beside the floor of the same task: what plain SQLite or Python needs for it.

Each module `bench_*.py` here has `run() -> list[Ratio]`. Floor and ours are measured in the
same process run, in turn, so that a slow machine slows both and the ratio stands.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial


@dataclass(frozen=True, slots=True)
class Ratio:
    """One task: our median and the floor's, in seconds, and the ratio that we aim for at most."""

    name: str
    ours: float
    floor: float
    aim: float

    @property
    def ratio(self) -> float:
        """Give how many times the floor we need."""
        return self.ours / self.floor if self.floor else float("inf")

    @property
    def met(self) -> bool:
        """Tell whether the aim is reached."""
        return self.ratio <= self.aim


@dataclass(frozen=True, slots=True)
class Limit:
    """One figure that has no floor, and the most that we aim for, both in `unit`."""

    name: str
    value: float
    aim: float
    unit: str

    @property
    def met(self) -> bool:
        """Tell whether the aim is reached."""
        return self.value <= self.aim


def seconds(task: Callable[[], object]) -> float:
    """Time one run of a task by the wall clock."""
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


def medians(*tasks: Callable[[], float], rounds: int) -> list[float]:
    """Run tasks that give their own seconds in turn, after one unmeasured run; take the medians."""
    for task in tasks:
        task()
    times = [[task() for task in tasks] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*times, strict=True)]


def compare(
    name: str,
    ours: Callable[[], object],
    floor: Callable[[], object],
    *,
    aim: float,
    rounds: int = 5,
) -> Ratio:
    """Time both tasks in turn and take the medians."""
    mine, theirs = medians(partial(seconds, ours), partial(seconds, floor), rounds=rounds)
    return Ratio(name, mine, theirs, aim)
