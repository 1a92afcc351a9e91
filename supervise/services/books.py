"""结账 of a month or a quarter, and 基层负担 of every unit: the office's own accounts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from db import balance as store
from db import units as unit_store
from supervise.domain.balance import Account, Balance, balance_of_ways, together
from supervise.domain.burden import KINDS, MonthBurden, burden
from supervise.domain.dates import (
    parse_period,
    period_end,
    period_label,
    period_of,
    period_start,
    shift_period,
)
from supervise.errors import BadInput, Refused
from supervise.services import unit_burden
from supervise.services import units as unit_service
from supervise.services.ladder import Standing
from supervise.services.session import Session

Record = dict[str, Any]
_QUARTER = re.compile(r"(\d{4})\s*(?:-?\s*[Qq]|年?第?)\s*([1-4一二三四])\s*(?:季度)?")


@dataclass(frozen=True, slots=True)
class Span:
    """A month or a quarter: what it is called, its first day, its last, today at the latest."""

    label: str
    first: date
    last: date
    key: str


def span(session: Session, text: str | None) -> Span:
    """Read a month or a quarter (2024-12, 2024Q4); blank is this month.

    Raises BadInput for neither, Refused for one that has not begun.
    """
    text = (text or period_of(session.today)).strip()
    quarter = _QUARTER.fullmatch(text)
    if quarter and re.search("[Qq季]", text):
        number = "一二三四".find(quarter[2]) + 1 or int(quarter[2])
        opens = f"{quarter[1]}-{3 * number - 2:02d}"
        label = f"{quarter[1]}年第{'一二三四'[number - 1]}季度"
        key, closes = f"{quarter[1]}Q{number}", shift_period(opens, 2)
    else:
        try:
            opens = closes = key = parse_period(text)
        except ValueError:
            raise BadInput(
                f"“{text[:20]}”不是月份或季度，请写成 2024-12 或 2024Q4。", code="bad_field"
            ) from None
        label = period_label(opens)
    if period_start(opens) > session.today:
        raise Refused(f"{label}还没有到，没有可结的账。", code="not_begun")
    return Span(label, period_start(opens), min(period_end(closes), session.today), key)


@dataclass(frozen=True, slots=True)
class Line:
    """One unit's account, with its name and code."""

    id: int
    name: str
    code: str | None
    account: Account


@dataclass(frozen=True, slots=True)
class Books:
    """The books of a span: a line a unit in the city's order, the total, what waits, the moves."""

    span: Span
    lines: tuple[Line, ...]
    total: Account
    waiting: Account
    moves: tuple[tuple[str, str, int], ...]
    whole: bool = True

    @property
    def everything(self) -> Account:
        """The account of all issues from 发现 on: what was given out meanwhile moved no total."""
        both = together((self.total, self.waiting))
        found = self.waiting.added + self.total.reopened
        return replace(both, added=found, moved_in=0, moved_out=0)


def books(session: Session, when: str | None = None, units: Sequence[str] = ()) -> Books:
    """Close the books of a month or quarter, of every unit or of some.

    By business date, with everything known now: what was entered later about the period counts.
    """
    found = span(session, when)
    closed = balance_of_ways(
        store.ways(session.conn, found.first, found.last),
        found.first,
        found.last,
        store.unmoved(session.conn, found.first),
    )
    wanted = {unit_service.find(session.conn, name).id for name in units}
    lines = _lines(session, closed, wanted)
    names = {unit.id: unit.name for unit in unit_store.every(session.conn)}
    moves = [one for one in closed.moves if not wanted or {one.from_id, one.to_id} & wanted]
    total = together(line.account for line in lines)
    told = tuple((names[one.from_id], names[one.to_id], one.number) for one in moves)
    return Books(found, lines, total, closed.waiting, told, not wanted)


def _lines(session: Session, closed: Balance, wanted: set[int]) -> tuple[Line, ...]:
    """Give the units that had anything, in the city's order; those asked for in any case."""
    board = Standing(session).board
    shown = wanted or {key for key, one in closed.units.items() if one != Account()}
    found = [board.units[key] for key in shown]
    found.sort(key=lambda unit: (unit.order is None, unit.order or 0, unit.name, unit.id))
    return tuple(
        Line(unit.id, unit.name, unit.code, closed.units.get(unit.id, Account())) for unit in found
    )


def _account(one: Account) -> Record:
    return {
        "opening": one.opening,
        "added": one.added,
        "reopened": one.reopened,
        "moved_in": one.moved_in,
        "moved_out": one.moved_out,
        "closed": one.closed,
        "ended": one.ended,
        "remaining": one.remaining,
    }


def balance_record(found: Books) -> Record:
    """Give the `balance` record of the interface."""
    return {
        "period": found.span.key,
        "from": found.span.first.isoformat(),
        "to": found.span.last.isoformat(),
        "units": [
            {"unit": line.name, "unit_id": line.code, **_account(line.account)}
            for line in found.lines
        ],
        "total": _account(found.total),
        "waiting": _account(found.waiting) if found.whole else None,
        "whole": _account(found.everything) if found.whole else None,
        "transfers": [{"from": a, "to": b, "issues": number} for a, b, number in found.moves],
    }


@dataclass(frozen=True, slots=True)
class BurdenLine:
    """How often a unit was asked in a month, and its place; equal totals share a place."""

    rank: int
    name: str
    code: str | None
    month: MonthBurden


def burden_table(session: Session, period: str | None = None) -> tuple[str, tuple[BurdenLine, ...]]:
    """Give the month, and every unit asked for anything in it, the most asked first.

    A county answers for its bureaus, under its own name. Raises Refused for a month to come.
    """
    period = period or period_of(session.today)
    if period_start(period) > session.today:
        raise Refused(f"{period_label(period)}还没有到。", code="not_begun")
    standing = Standing(session)
    until = min(period_end(period), session.today)
    found = []
    for key, asks in unit_burden.asks_of_all(session, standing, until).items():
        (month,) = burden(asks, period, 1)
        if month.total:
            found.append((standing.board.units[key], month))
    found.sort(key=lambda one: (-one[1].total, -one[1].repeats, one[0].order or 0, one[0].name))
    totals = Counter(month.total for _, month in found)
    lines = tuple(
        BurdenLine(_rank(totals, month.total), unit.name, unit.code, month) for unit, month in found
    )
    return period, lines


def _rank(totals: Counter[int], own: int) -> int:
    return 1 + sum(number for total, number in totals.items() if total > own)


def burden_record(period: str, lines: Sequence[BurdenLine]) -> Record:
    """Give the `burden` record of the interface."""
    return {
        "period": period,
        "kinds": KINDS,
        "units": [
            {
                "rank": line.rank,
                "unit": line.name,
                "unit_id": line.code,
                "total": line.month.total,
                "repeats": line.month.repeats,
                "counts": dict(line.month.counts),
            }
            for line in lines
        ],
        "total": sum(line.month.total for line in lines),
        "repeats": sum(line.month.repeats for line in lines),
    }
