"""What happens when: steps that many scripts ask for, carried out in the order of their dates."""

from __future__ import annotations

import heapq
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from supervise.services.session import SHANGHAI, Session
from supervise.services.work import Record, Work, step


@dataclass(frozen=True, slots=True)
class Step:
    """One operation entered on a day; its values may say that it happened earlier."""

    day: date
    op: str
    values: dict[str, Any]
    # Whether the script looks at what the step changed.
    told: bool = True


@dataclass(frozen=True, slots=True)
class Deed:
    """Several operations entered together on a day, as from a file: tasks, or the units' sheets."""

    day: date
    run: Callable[[Work], Record]


Act = Step | Deed
# A script is told what each of its steps changed before it says the next one.
Script = Generator[Act, Record, None]


def alone(act: Act) -> Script:
    """Make a script of one step, which asks for nothing after it."""
    yield replace(act, told=False) if isinstance(act, Step) else act


@dataclass
class FixedWorld:
    """A clock and a source of salts that give the same every time: 09:00, then a minute a step."""

    day: date
    _minutes: int = field(default=0, init=False)
    _salts: int = field(default=0, init=False)

    def turn_to(self, day: date) -> None:
        """Begin another day."""
        if day != self.day:
            self.day, self._minutes = day, 0

    def now(self) -> datetime:
        """Give the time of the next entry."""
        self._minutes += 1
        opening = datetime.combine(self.day, time(9), SHANGHAI)
        return opening + timedelta(minutes=self._minutes)

    def salt(self) -> str:
        """Give the next salt; a fictitious complainant needs no secret one."""
        self._salts += 1
        return sha256(f"demo {self._salts}".encode()).hexdigest()[:32]


def play(
    work: Work,
    world: FixedWorld,
    scripts: Iterable[tuple[date, Script]],
    last: date,
    told: Callable[[date], None],
) -> None:
    """Carry out what the scripts ask for, day by day; what lies after the last day does not happen.

    A script begins on the day that stands beside it. Steps of one day come in the order in which
    they were asked for.
    """
    waiting: list[tuple[date, int, Script, Act | None]] = []
    asked = count()
    for first, script in scripts:
        heapq.heappush(waiting, (first, next(asked), script, None))
    while waiting and waiting[0][0] <= last:
        day, _, script, now = heapq.heappop(waiting)
        told(day)
        try:
            later = next(script) if now is None else script.send(_enter(work, world, now))
        except StopIteration:
            continue
        heapq.heappush(waiting, (later.day, next(asked), script, later))
    for _, _, script, _ in waiting:
        script.close()


def _enter(work: Work, world: FixedWorld, now: Act) -> Record:
    session: Session = work.session
    world.turn_to(now.day)
    session.today = now.day
    work.told = isinstance(now, Deed) or now.told
    if isinstance(now, Deed):
        return now.run(work)
    return step(work, now.op, now.values)
