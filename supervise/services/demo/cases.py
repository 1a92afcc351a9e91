"""One invented issue and the steps it can take: registered, given out, handed in, closed."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

from supervise.domain.calendar import Calendar
from supervise.domain.dates import period_end, period_of
from supervise.services.demo import city, matters
from supervise.services.demo.script import Script, Step

_T = TypeVar("_T")


class Case:
    """One issue: what is drawn for it, the day it has come to, and what the ledger answered.

    Everything drawn follows from its number, so that one issue changes nothing about another.
    """

    def __init__(self, number: int, found: date, unit: str, calendar: Calendar) -> None:
        self.number = number
        self.rng = Random(f"示川 {number}")
        self.unit = unit
        self.calendar = calendar
        self.day = found
        self.code = ""
        self.due = self.start = found
        self.category, title = self.rng.choice(matters.MATTERS[unit])
        firm, place = self.rng.choice(city.FIRMS), self.rng.choice(city.PLACES)
        self.title = title.format(f=firm, p=place)
        self.party = False

    def drawn(self, weighted: tuple[tuple[_T, int], ...], otherwise: _T) -> _T:
        """Draw by weights of a hundred; what is left over of the hundred is `otherwise`."""
        roll = self.rng.randrange(100)
        for value, weight in weighted:
            if roll < weight:
                return value
            roll -= weight
        return otherwise

    def wait(self, low: int, high: int) -> None:
        """Let some working days pass."""
        self.day = self.calendar.add_workdays(self.day, self.rng.randint(low, high))

    def do(self, op: str, **values: Any) -> Script:
        """Take one step today."""
        record = yield Step(self.day, f"issue.{op}", {"issue": self.code or None, **values})
        self.code = record["code"]
        if record["due_on"]:
            self.due = date.fromisoformat(record["due_on"])

    # The steps of the loop.

    def register(self, title: str | None = None) -> Script:
        """登记: where it came from, and who complained."""
        sources = tuple((source, source[1]) for source in matters.SOURCES)
        source, _, self.party, batch = self.drawn(sources, matters.SOURCES[0])
        values: dict[str, Any] = {
            "title": title or self.title,
            "source": source,
            "category": self.category,
            "handler": self.handler,
            "by": self.handler,
        }
        if batch:
            month = self.day.month
            values["batch"] = batch.format(month=month, half=month * 2 - (self.day.day < 16))
        if source == "12345热线":
            values["source_no"] = f"XN{self.day:%y%m%d}{self.number % 10000:04d}"
        if source == "领导批示":
            values["instruction"] = "请优化办牵头核实，限期办结并报结果。"
        yield from self.do("add", **values, **self._complainant())

    def _complainant(self) -> dict[str, str]:
        if not self.party:
            return {}
        name, contact = city.caller(self.number)
        shown = self.drawn((("保密", 8), ("匿名", 4)), "")
        if shown == "匿名":
            return {"contact": contact, "disclosure": shown}
        return {"party": name, "contact": contact} | ({"disclosure": shown} if shown else {})

    @property
    def handler(self) -> str:
        """Who in the office looks after it."""
        return city.HANDLERS[self.number % len(city.HANDLERS)]

    def hand_out(self, unit: str | None = None, urgency: str | None = None) -> Script:
        """受理 and 交办, within the two days the office allows itself."""
        urgency = urgency or self.drawn(matters.URGENCIES, None)
        conclusion = self.rng.choice(matters.CONCLUSIONS)
        self.day = self.calendar.next_workday(self.day)
        self.wait(0, 1)
        yield from self.do("accept", conclusion=conclusion, urgency=urgency, by=self.handler)
        self.wait(0, 1)
        co_units = ("市行政审批局",) if self.number % 9 == 0 and self.unit != "市行政审批局" else ()
        yield from self.do("assign", unit=unit or self.unit, co_units=co_units, by=city.DIRECTOR)
        self.start = self.day

    @property
    def term(self) -> int:
        """The working days between the start of this cycle and its due date."""
        return self.calendar.workdays_between(self.start, self.due)

    def at(self, share: float) -> None:
        """Go on to a share of the cycle's term, never back."""
        days = round(self.term * share)
        self.day = max(self.day, self.calendar.add_workdays(self.start, days))

    def sign(self) -> Script:
        """签收, mostly."""
        if self.rng.randrange(100) < 92:
            self.wait(0, 1)
            yield from self.do("sign")

    def submit(self) -> Script:
        """Report, be reminded, and hand in: mostly in time, else a few days late that month."""
        if self.term >= 8 and self.rng.randrange(100) < 70:
            self.at(0.4)
            yield from self.do("progress", note=self.rng.choice(matters.PROGRESS))
        late = self.rng.randrange(100) < 7
        planned = self._hand_in_day(late)
        if late or planned >= self.due:
            self.day = max(self.day, self._before(self.due))
            yield from self.do("urge", by=self.handler)
        self.day = max(self.day, planned)
        yield from self.hand_in()

    def _hand_in_day(self, late: bool) -> date:
        if late:
            day = self.calendar.add_workdays(self.due, self.rng.randint(1, 4))
            return day if day <= period_end(period_of(self.due)) else self.due
        low = max(1, self.term // 2)
        return self.calendar.add_workdays(self.start, self.rng.randint(low, max(low, self.term)))

    def _before(self, day: date) -> date:
        """Give the last working day before a day."""
        day -= timedelta(days=1)
        while not self.calendar.is_workday(day):
            day -= timedelta(days=1)
        return day

    def hand_in(self, **more: Any) -> Script:
        """报请复核 today."""
        proof = (self.rng.choice(matters.EVIDENCE),) if self.rng.randrange(100) < 60 else ()
        said = self.rng.choice(matters.MEASURES)
        yield from self.do("submit", measures=said, evidence=proof, **more)

    def send_back(self) -> Script:
        """复核退回 and a second attempt in time."""
        self.wait(1, 3)
        unmet = self.rng.choice(matters.UNMET)
        yield from self.do("return", reason=unmet, by=self._reviewer)
        yield from self._again()

    def _again(self) -> Script:
        self.start = self.day
        self.at(0.8)
        yield from self.hand_in()

    @property
    def _reviewer(self) -> str:
        return city.REVIEWERS[self.number % len(city.REVIEWERS)]

    def review(self) -> Script:
        """复核通过."""
        self.wait(1, 3)
        how = self.rng.choice(("书面", "现场", "抽查"))
        yield from self.do("pass", method=how, by=self._reviewer)

    def answer(self, *, upheld: bool = False) -> Script:
        """答复 and 回访; who is rightly not content sends it back once."""
        if self.party:
            self.wait(0, 2)
            yield from self.do("reply", note=self.rng.choice(matters.REPLIES), by=self.handler)
        self.wait(1, 4)
        if upheld and self.party:
            yield from self.do("feedback", satisfaction="不满意", upheld=True, by=self.handler)
            yield from self._again()
            yield from self.review()
            yield from self.answer()
            return
        yield from self.do("feedback", by=self.handler, **self._says())

    def _says(self) -> dict[str, Any]:
        if not self.party:
            return {"satisfaction": "无诉求人"}
        said = self.drawn((("基本满意", 8), ("不满意", 2), ("联系不上", 4)), "满意")
        if said == "不满意":
            return {"satisfaction": said, "upheld": False, "reason": "诉求超出现行政策，已解释"}
        return {"satisfaction": said}

    def close(self) -> Script:
        """销号, approved by the director."""
        self.wait(0, 2)
        yield from self.do("close", by=city.DIRECTOR)

    def finish(self, *, upheld: bool = False) -> Script:
        """Go from 复核 to 销号."""
        yield from self.review()
        yield from self.answer(upheld=upheld)
        yield from self.close()
