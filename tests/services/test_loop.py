"""The loop as a state machine: a real ledger beside a small model that knows only stages and dates.

Whatever is tried, in whatever order: what the model allows is done, everything else is refused
and changes nothing; and the log always gives back the tables.
"""

from __future__ import annotations

import random
import shutil
import tempfile
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
)

from supervise.errors import Refused
from supervise.services import issue_records, ledger, stats
from tests.services.office import Office

ONE = timedelta(days=1)
STEPS = 15
START = date(2024, 1, 8)
UNITS = ("市住建局", "市水务局", "市城管局")
USUAL = {
    "discover": ["assign", "assign", "assign", "assign", "reject", "merge"],
    "rectify": [
        "submit", "submit", "submit", "chase", "extend", "pause", "resume", "transfer",
        "reclassify", "terminate",
    ],
    "review": ["pass", "pass", "pass", "return", "merge"],
    "feedback": ["reply", "feedback", "feedback", "feedback", "close", "close", "return"],
    "closed": ["reopen"],
    "rejected": ["restore"],
    "merged": ["restore"],
    "terminated": ["restore"],
}  # fmt: skip
EVERY = sorted({op for ops in USUAL.values() for op in ops})
TERMS = {"紧急": 3, "平急": 5, "疑难": 15, None: 15}
REASON = {"reason": "按规定办理"}


def working_days(after: date, until: date) -> int:
    """Count the working days after one day, up to and with another."""
    days = (after + ONE * n for n in range(1, (until - after).days + 1))
    return sum(map(chinese_calendar.is_workday, days))


def add(start: date, count: int) -> date:
    while count:
        start += ONE
        count -= chinese_calendar.is_workday(start)
    return start


@dataclass
class Problem:
    """What the model knows of one issue."""

    code: str
    moved: date
    stage: str = "discover"
    unit: str | None = None
    urgency: str | None = None
    party: bool = False
    started: date | None = None
    due: date | None = None
    original: date | None = None
    first: tuple[date, date] | None = None
    paused: date | None = None
    went_on: date | None = None
    given_back: int = 0
    extensions: int = 0
    replied: bool = False
    asked: bool = False
    submitted: date | None = None
    returns: int = 0
    reopens: int = 0
    joined: list[Problem] = field(default_factory=list, repr=False, compare=False)

    @property
    def complained(self) -> bool:
        """Who complained of an issue joined to this one is answered with it."""
        return self.party or any(one.stage == "merged" and one.complained for one in self.joined)

    def cycle(self, on: date, due: date) -> None:
        self.stage, self.moved, self.started = "rectify", on, on
        self.due = self.original = due
        self.first = self.first or (on, due)
        self.paused, self.given_back, self.extensions = None, 0, 0
        self.replied = self.asked = False
        self.submitted = None

    def ended(self, stage: str, on: date) -> None:
        """An end under a pause begun in time: the clock stood still until then."""
        paused = self.stage == "rectify" and self.paused is not None and self.due is not None
        if paused and self.paused <= self.due < on:
            self.due = on
        self.stage, self.moved = stage, on

    def rework(self, on: date) -> date:
        assert self.first is not None
        return add(on, max(2, (working_days(*self.first) + 1) // 2))

    def missed(self, today: date) -> bool:
        if self.due is None or self.stage in {"discover", "rejected"}:
            return False
        if self.paused is not None and self.paused <= self.due:
            return False
        handed = None if self.stage == "rectify" else self.submitted or self.moved
        return (handed or today) > self.due


class Loop(RuleBasedStateMachine):
    """Drives a ledger; `self.problems` is what the model expects of it."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="loop-"))
        path = self.folder / "ledger.db"
        shutil.copy(template(), path)
        self.office = Office(path, date(2025, 6, 30))
        self.problems: list[Problem] = []
        self.taken = 0

    def expect(self, allowed: bool, op: str, **fields: object) -> bool:
        """Carry out an operation that the model allows, or see it refused without a trace."""
        if allowed:
            self.office.do(op, **fields)
            return True
        before = self.office.head()
        with pytest.raises(Refused) as refusal:
            self.office.do(op, **fields)
        assert refusal.value.message.endswith(("。", "）"))
        assert self.office.head() == before
        return False

    @initialize(parties=st.lists(st.booleans(), min_size=2, max_size=3))
    def begin(self, parties: list[bool]) -> None:
        for party in parties:
            self.register(0, party, None)

    def register(self, offset: int, party: bool, urgency: str | None) -> None:
        on = START + offset * ONE
        done = self.office.do(
            "issue.add",
            title="道路塌陷",
            on=on,
            urgency=urgency,
            party="诉求人甲" if party else None,
        )
        self.problems.append(Problem(done["code"], on, urgency=urgency, party=party))

    @rule(seed=st.integers(0, 1_000_000))
    def steps(self, seed: int) -> None:
        """Take a few steps, most of them where the stage has room for them."""
        chance = random.Random(f"{seed}:{self.taken}")
        for _ in range(STEPS):
            self.taken += 1
            if chance.random() < 0.04:
                self.register(chance.randint(0, 60), chance.random() < 0.5, chance.choice([*TERMS]))
            if chance.random() < 0.02:
                self.rename(chance.choice(UNITS))
            one = chance.choice(self.problems)
            op = chance.choice(USUAL[one.stage] if chance.random() < 0.8 else EVERY)
            on = one.moved + chance.choice([-1, 0, 0, 1, 1, 2, 3, 5, 8, 12]) * ONE
            getattr(self, f"try_{op}")(one, on, on >= one.moved, chance)
            self.as_the_model_says(one)

    def try_assign(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        unit, due = chance.choice(UNITS), self.due(on, chance)
        allowed = one.stage == "discover" and in_order and (due is None or due >= on)
        if self.expect(allowed, "issue.assign", issue=one.code, unit=unit, due_on=due, on=on):
            one.unit = unit
            one.cycle(on, due or add(on, TERMS[one.urgency]))

    def due(self, on: date, chance: random.Random) -> date | None:
        after = chance.choice([None, None, -1, 0, 3, 7, 12, 20])
        return None if after is None else on + after * ONE

    def try_chase(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        op = chance.choice(["sign", "urge", "progress"])
        allowed = one.stage == "rectify" and in_order
        self.expect(allowed, f"issue.{op}", issue=one.code, on=on, note="正在施工")

    def try_submit(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        allowed = one.stage == "rectify" and in_order and one.paused is None
        if self.expect(allowed, "issue.submit", issue=one.code, measures="已修复", on=on):
            one.stage, one.moved, one.submitted = "review", on, on

    def try_pass(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        allowed = one.stage == "review" and in_order
        if self.expect(allowed, "issue.pass", issue=one.code, on=on):
            one.stage, one.moved = "feedback", on

    def try_return(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        due = self.due(on, chance)
        allowed = one.stage in {"review", "feedback"} and in_order and (due is None or due >= on)
        if self.expect(allowed, "issue.return", issue=one.code, due_on=due, on=on, **REASON):
            one.cycle(on, due or one.rework(on))
            one.returns += 1

    def try_reply(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        allowed = one.stage == "feedback" and in_order
        if self.expect(allowed, "issue.reply", issue=one.code, on=on, note="已告知"):
            one.replied = True

    def try_feedback(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        said = chance.choice(["满意", "基本满意", "不满意", "无诉求人"])
        upheld = chance.choice([None, True, False])
        allowed = one.stage == "feedback" and in_order
        allowed &= said != "不满意" or upheld is not None
        fields = {"satisfaction": said, "upheld": upheld, **REASON}
        if self.expect(allowed, "issue.feedback", issue=one.code, on=on, **fields):
            if said == "不满意" and upheld:
                one.cycle(on, one.rework(on))
                one.returns += 1
            else:
                one.asked = True

    def try_close(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        allowed = one.stage == "feedback" and in_order and one.asked
        allowed &= one.replied or not one.complained
        if self.expect(allowed, "issue.close", issue=one.code, on=on):
            one.stage, one.moved = "closed", on

    def try_reopen(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        allowed = one.stage == "closed" and in_order
        if self.expect(allowed, "issue.reopen", issue=one.code, on=on, **REASON):
            one.cycle(on, add(on, TERMS[one.urgency]))
            one.reopens += 1

    def try_extend(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        due = (one.due or on) + chance.randint(-3, 20) * ONE
        asked = on - chance.randint(0, 9) * ONE
        allowed = one.stage == "rectify" and in_order and one.paused is None
        allowed = allowed and one.due is not None and due > one.due
        allowed = allowed and asked <= one.due and not one.extensions
        fields = {"due_on": due, "asked_on": asked, **REASON}
        if self.expect(allowed, "issue.extend", issue=one.code, on=on, **fields):
            one.due, one.extensions = due, 1

    def try_pause(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        allowed = one.stage == "rectify" and in_order and one.paused is None
        allowed = allowed and (one.went_on is None or on >= one.went_on)
        if self.expect(allowed, "issue.pause", issue=one.code, on=on, **REASON):
            one.paused = on

    def try_resume(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        allowed = one.stage == "rectify" and in_order
        allowed = allowed and one.paused is not None and on >= one.paused
        if self.expect(allowed, "issue.resume", issue=one.code, on=on):
            if one.paused <= one.due:
                before = one.due
                back = working_days(one.paused - ONE, on - ONE)
                one.due = add(one.due, back) if back else one.due
                if one.due < on:
                    one.due = add(on - ONE, 1)
                one.given_back += working_days(before, one.due)
            one.paused, one.went_on = None, on

    def try_transfer(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        unit = chance.choice(UNITS)
        allowed = one.stage == "rectify" and in_order and one.paused is None
        allowed &= unit != one.unit
        if self.expect(allowed, "issue.transfer", issue=one.code, unit=unit, on=on, **REASON):
            one.unit = unit
            one.cycle(on, add(on, TERMS[one.urgency]))

    def try_reclassify(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        urgency = chance.choice(["紧急", "平急", "疑难"])
        allowed = one.stage == "rectify" and in_order and one.paused is None
        allowed = allowed and (one.went_on is None or on >= one.went_on)
        fields = {"urgency": urgency, **REASON}
        if self.expect(allowed, "issue.reclassify", issue=one.code, on=on, **fields):
            new = add(add(one.started, TERMS[urgency]), one.given_back)
            if one.due >= on and not (one.extensions and new < one.due):
                one.due = max(new, on)
            one.urgency = urgency

    def end(self, op: str, stage: str, allowed: bool, one: Problem, on: date) -> None:
        if self.expect(allowed, f"issue.{op}", issue=one.code, on=on, **REASON):
            one.ended(stage, on)

    def try_reject(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        self.end("reject", "rejected", one.stage == "discover" and in_order, one, on)

    def try_terminate(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        running = one.stage in {"discover", "rectify", "review", "feedback"}
        self.end("terminate", "terminated", running and in_order, one, on)

    def try_restore(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        allowed = one.stage in {"rejected", "merged", "terminated"} and in_order
        self.end("restore", "discover", allowed, one, on)
        if allowed:
            for other in self.problems:
                other.joined = [issue for issue in other.joined if issue is not one]
            one.due = one.original = one.started = one.paused = one.submitted = None
            one.replied = one.asked = False

    def try_merge(self, one: Problem, on: date, in_order: bool, chance: random.Random) -> None:
        into = chance.choice(self.problems)
        allowed = one.stage in {"discover", "rectify", "review"} and in_order and one is not into
        allowed &= into.stage not in {"rejected", "merged", "terminated"}
        if self.expect(allowed, "issue.merge", issue=one.code, into=into.code, on=on):
            one.ended("merged", on)
            into.joined.append(one)

    def rename(self, unit: str) -> None:
        """A renamed unit is found under either name, so the model need not know."""
        for name in (f"{unit}（新）", unit):
            with suppress(Refused):
                self.office.do("unit.rename", unit=unit, name=name)

    def as_the_model_says(self, one: Problem) -> None:
        line = issue_records.shown(self.office.session, one.code)
        assert line["stage"] == one.stage
        assert line["due_on"] == (one.due.isoformat() if one.due else None)
        assert line["original_due_on"] == (one.original.isoformat() if one.original else None)
        assert (line["returns"], line["reopens"]) == (one.returns, one.reopens)
        assert line["unit"] == one.unit
        assert line["overdue"] is one.missed(self.office.today), one
        if line["assigned_on"] and line["due_on"]:
            assert line["due_on"] >= line["assigned_on"]

    @invariant()
    def every_issue_counts_once(self) -> None:
        counts = stats.stats(self.office.session)["issues"]
        assert counts["total"] == len(self.problems) == sum(counts["by_stage"].values())
        by_stage = Counter(one.stage for one in self.problems)
        assert {stage: n for stage, n in counts["by_stage"].items() if n} == by_stage
        late = [one for one in self.problems if one.stage == "rectify"]
        assert counts["overdue"] == sum(one.missed(self.office.today) for one in late)

    def teardown(self) -> None:
        self.office.verified()
        self.office.close()
        shutil.rmtree(self.folder)


_TEMPLATE: list[Path] = []


def template() -> Path:
    """Make the ledger with three units once."""
    if not _TEMPLATE:
        path = Path(tempfile.mkdtemp(prefix="loop-template-")) / "ledger.db"
        ledger.create(path, today=START)
        office = Office(path, START)
        for name in UNITS:
            office.unit(name)
        office.close()
        _TEMPLATE.append(path)
    return _TEMPLATE[0]


TestLoop = Loop.TestCase
TestLoop.settings = settings(max_examples=20, stateful_step_count=12, deadline=None)
