"""Walking an issue through the loop with plain dates, for the tests of the rules."""

from __future__ import annotations

from datetime import date, timedelta

from supervise.domain import moves
from supervise.domain.records import Issue, Span, Stage

HOUSING, WATER = 1, 2


def day(number: int) -> date:
    """Give a day of June 2024; beyond 30 the days that follow."""
    return date(2024, 5, 31) + timedelta(days=number)


def found(**changes) -> Issue:
    first = day(1)
    spans = (Span(Stage.DISCOVER, None, first),)
    values = {"stage": Stage.DISCOVER, "moved_on": first, "found_on": first, "spans": spans}
    return Issue(1, "JM-2024-0001", "道路塌陷", **{**values, **changes})


def given(due: int | None = 20, on: int = 3, **changes) -> Issue:
    return moves.assign(found(**changes), day(on), HOUSING, day(due) if due else None, "15wd")


def handed_in(on: int = 10, **changes) -> Issue:
    return moves.submit(given(**changes), day(on), "市住建局", "已修复")


def passed(on: int = 12, **changes) -> Issue:
    return moves.pass_(handed_in(**changes), day(on))


def asked(on: int = 14, **changes) -> Issue:
    return moves.feedback(passed(**changes), day(on), "无诉求人")


def closed(on: int = 15, **changes) -> Issue:
    return moves.close(asked(**changes), day(on))
