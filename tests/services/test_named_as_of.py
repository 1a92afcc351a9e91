"""Who is named at any past cut-off, against a fold of the facts as an office would tell them."""

from __future__ import annotations

import random
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import chinese_calendar
from hypothesis import given, settings
from hypothesis import strategies as st

from db import issues, units
from supervise.errors import Refused
from tests.services.office import Office

ONE = timedelta(1)
FIRST, DAYS = date(2024, 4, 20), 75
working = chinese_calendar.is_workday
UNITS = ("市住建局", "市水务局", "市城管局", "市商务局")


def add(day: date, working_days: int) -> date:
    while working_days:
        day += ONE
        working_days -= working(day)
    return day


def after_pause(due: date, paused: date, resumed: date) -> date:
    back = sum(working(paused + n * ONE) for n in range((resumed - paused).days))
    return max(add(due, back), add(resumed - ONE, 1) if add(due, back) < resumed else due)


@dataclass
class Told:
    """An issue as its facts: what happened, from which day it counts, with which results."""

    code: str
    facts: list[dict[str, Any]] = field(default_factory=list)

    def tell(self, start: date, **results: Any) -> None:
        self.facts.append({"from": start, **results})

    def at(self, day: date, mergers: list[tuple[str, str, date]]) -> dict[str, Any]:
        now: dict[str, Any] = {"stage": "found", "unit": None, "due": None, "paused": None}
        for fact in self.facts:
            if fact["from"] <= day:
                now |= {key: value for key, value in fact.items() if key != "from"}
        for old, new, on in mergers:
            if on <= day and now["unit"] == old:
                now["unit"] = new
        return now

    def missed(self, day: date, mergers: list[tuple[str, str, date]]) -> str | None:
        now = self.at(day, mergers)
        if now["stage"] != "rectify" or now["due"] > day:
            return None
        in_time = now["paused"] is not None and now["paused"] <= now["due"]
        return None if in_time else now["unit"]


class City:
    """Drives an office at random, late and out of turn, and keeps what it was told."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office, self.chance = office, chance
        self.told: list[Told] = []
        self.mergers: list[tuple[str, str, date]] = []
        self.living = list(UNITS)

    def took(self, op: str, one: Told, **fields: Any) -> bool:
        with suppress(Refused):
            self.office.do(f"issue.{op}", issue=one.code, **fields)
            return True
        return False

    def step(self, on: date) -> None:
        chance = self.chance
        if not self.told or chance.random() < 0.3:
            one = Told(f"甲-{len(self.told)}")
            if self.took("add", one, title="事项", found_on=on, on=on):
                self.told.append(one)
        one = chance.choice(self.told[-8:])
        now = one.at(date.max, self.mergers)
        due = on + chance.randint(0, 14) * ONE
        given = {"unit": chance.choice(self.living), "due_on": due}
        begun = {"stage": "rectify", "unit": given["unit"], "due": due, "paused": None}
        match now["stage"], chance.randrange(8):
            case "found", _ if self.took("assign", one, on=on, **given):
                one.tell(on, **begun)
            case "rectify", 0 | 1 if self.took("submit", one, on=on, measures="已办"):
                one.tell(on, stage="review")
            case "rectify", 2 if self.took("transfer", one, on=on, reason="转办", **given):
                one.tell(on, **begun)
            case "rectify", 3:
                asked, later = on - chance.randint(0, 3) * ONE, now["due"] + 7 * ONE
                fields = {"due_on": later, "asked_on": asked, "reason": "雨"}
                if asked >= one.facts[-1]["from"] and self.took("extend", one, on=on, **fields):
                    one.tell(asked, due=later)
            case "rectify", 4 | 5 if now["paused"] is None:
                if self.took("pause", one, on=on, reason="等待上级批复"):
                    one.tell(on, paused=on)
            case "rectify", 4 | 5 | 6 if self.took("resume", one, on=on):
                held = now["paused"] <= now["due"]
                one.tell(on, paused=None)
                if held:
                    one.facts[-1]["due"] = after_pause(now["due"], now["paused"], on)
            case "rectify", 7 if self.took("terminate", one, on=on, reason="撤诉"):
                one.tell(on, stage="ended", paused=None)
            case "review", 0 | 1 | 2 if self.took("return", one, on=on, due_on=due, reason="缺"):
                one.tell(on, stage="rectify", due=due, paused=None)
            case "ended", 0 | 1 if self.took("restore", one, on=on, reason="又反映"):
                one.tell(on, stage="found")

    def merge(self, on: date) -> None:
        old, new = self.chance.sample(self.living, 2)
        self.office.do("unit.merge", unit=old, into=new, on=on)
        self.mergers.append((old, new, on))
        self.living.remove(old)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_each_past_day_names_whose_the_issue_was_however_late_it_was_entered(empty_ledger, seed):
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        office = Office(Path(shutil.copy(empty_ledger, folder)), FIRST)
        for name in UNITS:
            office.unit(name)
        city = City(office, chance)
        for n in range(DAYS):
            office.today = FIRST + n * ONE
            city.step(office.today - chance.choice((0, 0, 0, 1, 3, 8)) * ONE)
            if n in (30, 55):
                city.merge(office.today - chance.randint(0, 6) * ONE)
        names = {one.id: one.name for one in units.every(office.session.conn)}
        for n in range(0, DAYS, 3):
            day = FIRST + n * ONE
            found = {(names[u], code) for u, code in issues.missed(office.session.conn, day)}
            told = {
                (unit, one.code) for one in city.told if (unit := one.missed(day, city.mergers))
            }
            assert found == told, day
        office.verified()
        office.close()
