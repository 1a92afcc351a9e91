"""The revisits (回头看) that were planned: drawn by sample, looked at, a few taken up anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from supervise.domain.calendar import Calendar
from supervise.services.demo import city
from supervise.services.demo.lives import Register
from supervise.services.demo.script import Script, Step
from supervise.services.work import Record

_COUNTIES = ("例溪县", "拟山县", "设湖县", "样坪区")


@dataclass(frozen=True, slots=True)
class Plan:
    """One plan; `looked`: how many were looked at, `back`: which of those had come back.

    What came back is taken up anew, unless `left`; `due_on` is the date it is given then.
    """

    day: date
    values: dict[str, Any]
    looked: int
    back: tuple[int, ...] = ()
    left: tuple[int, ...] = ()
    due_on: date | None = None


_PLANS = (
    Plan(
        date(2024, 7, 15),
        {"period": "2024-06", "since": "2024-01", "share": 6},
        99,
    ),
    Plan(
        date(2024, 10, 16),
        {"period": "2024-09", "since": "2024-07", "size": 10, "checkers": _COUNTIES,
         "method": "交叉检查"},
        99,
        back=(3,),
    ),
    Plan(
        date(2024, 12, 16),
        {"period": "2024-11", "since": "2024-10", "size": 12, "checkers": _COUNTIES,
         "method": "交叉检查"},
        8,
        back=(2, 6),
        left=(6,),
        due_on=date(2025, 1, 15),
    ),
)  # fmt: skip


def scripts(known: Register, calendar: Calendar) -> Iterator[tuple[date, Script]]:
    """Give the plans with what was found; `known` tells which issues have run their course."""
    for one in _PLANS:
        yield one.day, _plan(one, known, calendar)


def _plan(one: Plan, known: Register, calendar: Calendar) -> Script:
    record = yield Step(one.day, "revisit.plan", {**one.values, "by": city.DIRECTOR})
    rows = [row for row in record["rows"] if row["issue"] in known.settled][: one.looked]
    day = one.day
    for number, row in enumerate(rows):
        day = calendar.add_workdays(day, 1)
        by = row["checker"] or city.HANDLERS[number % len(city.HANDLERS)]
        came_back = number in one.back
        said = {"issue": row["issue"], "result": "反弹" if came_back else "稳定", "by": by}
        yield Step(day, "issue.revisit", said)
        if came_back and number not in one.left:
            yield from _anew(one, row, calendar.add_workdays(day, 1), calendar)


def _anew(one: Plan, row: Record, day: date, calendar: Calendar) -> Script:
    """Take up anew what came back; without a date of its own it is put right at once."""
    code = row["issue"]
    why = {"reason": "交叉检查发现同一问题再次出现", "due_on": one.due_on, "by": city.DIRECTOR}
    yield Step(day, "issue.reopen", {"issue": code, **why})
    if one.due_on is not None:
        return
    for wait, op, values in (
        (2, "submit", {"measures": "已重新整改并建立每周巡查"}),
        (2, "pass", {"method": "现场", "by": city.REVIEWERS[0]}),
        (1, "reply", {"note": "已当面答复并说明依据", "by": city.HANDLERS[0]}),
        (2, "feedback", {"satisfaction": "基本满意", "by": city.HANDLERS[0]}),
        (1, "close", {"by": city.DIRECTOR}),
    ):
        day = calendar.add_workdays(day, wait)
        yield Step(day, f"issue.{op}", {"issue": code, **values})
