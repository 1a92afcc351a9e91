"""The charts of 今日工作: flow, ageing, rates by month, namings by unit and month, overdue by unit.

They read far more than the figures above them and are read after everything else.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from db import figures, flow
from db import notices as notice_store
from db import units as unit_store
from supervise.domain import own_terms
from supervise.domain.dates import period_end, period_of, shift_period
from supervise.domain.ladder_records import Notice
from supervise.domain.pack_settings import Target
from supervise.domain.rates import Counts, Rate, rates, target_of
from supervise.domain.records import LOOP
from supervise.services import behind_today
from supervise.services.ladder import Standing
from supervise.services.session import Session

MONTHS = 12
# The rates shown: 回访率 has no target of its own.
_SHOWN = 3
_MOST_UNITS = 20
_MOST_BARS = 10
# Rates of a month without a notice are counted from every issue: not on a ledger longer than this.
_COUNTED_AFRESH = 50_000


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its words, how long it is, and the list behind it."""

    key: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Trend:
    """One rate by month, oldest first; `target` is the pack's."""

    name: str
    target: Target | None
    values: tuple[Rate | None, ...]


@dataclass(frozen=True, slots=True)
class NamedUnit:
    """In how many matters a unit was named in each month; None where it was not named.

    A naming by hand may rest on no matter and counts 0. `code` is the unit's own, if it has one.
    """

    unit_id: int
    name: str
    code: str | None
    matters: tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Charts:
    """All charts of the page. `issued`: the months with a notice, which has a page of its own."""

    overdue: tuple[Bar, ...]
    flow: tuple[Bar, ...]
    ages: tuple[Bar, ...]
    months: tuple[str, ...]
    issued: frozenset[str]
    trends: tuple[Trend, ...]
    namings: tuple[NamedUnit, ...]


def charts(session: Session) -> Charts:
    """Gather everything that is drawn, as of the business date."""
    standing = Standing(session)
    this = period_of(session.today)
    months = tuple(shift_period(this, n - MONTHS + 1) for n in range(MONTHS))
    return Charts(
        _overdue(session),
        _flow(session),
        _ages(session),
        months,
        standing.notice_periods,
        _trends(session, standing, months),
        _namings(standing, months),
    )


def _overdue(session: Session) -> tuple[Bar, ...]:
    units = {unit.id: unit.name for unit in unit_store.every(session.conn)}
    found = figures.overdue_by_unit(session.conn, session.today)
    shown = found if len(found) <= _MOST_BARS else found[: _MOST_BARS - 1]
    bars = [
        Bar(behind_today.overdue_of(unit_id), units.get(unit_id, ""), number)
        for unit_id, number in shown
    ]
    if rest := found[len(shown) :]:
        bars.append(Bar("overdue", f"其余{len(rest)}个单位", sum(number for _, number in rest)))
    return tuple(bars)


def _flow(session: Session) -> tuple[Bar, ...]:
    """Give two bars a stage: what entered it this month, and what left it."""
    found = flow.between(session.conn, behind_today.month_start(session), session.today)
    bars: list[Bar] = []
    for stage in LOOP:
        bars.append(Bar(f"in-{stage.value}", f"{stage.label} 进入", found[stage].entered))
        if not stage.ended:
            bars.append(Bar(f"out-{stage.value}", f"{stage.label} 离开", found[stage].left))
    return tuple(bars)


def _ages(session: Session) -> tuple[Bar, ...]:
    counts = own_terms.ages(flow.open_by_day(session.conn), session.today)
    return tuple(
        Bar(f"age-{band}", own_terms.age_label(band), number) for band, number in enumerate(counts)
    )


def _trends(session: Session, standing: Standing, months: tuple[str, ...]) -> tuple[Trend, ...]:
    issued = {one.period: one for one in standing.notices if one.status == "issued"}
    fresh = sum(figures.by_stage_now(session.conn).values()) <= _COUNTED_AFRESH
    found = [_rates(session, issued.get(period), period, fresh) for period in months]
    names = [one.name for one in rates(Counts())][:_SHOWN]
    return tuple(
        Trend(
            name,
            target_of(name, session.pack.targets),
            tuple(month.get(name) for month in found),
        )
        for name in names
    )


def _rates(
    session: Session, notice: Notice | None, period: str, fresh: bool
) -> dict[str, Rate | None]:
    """Give a month's rates: as its notice printed them, else counted if that is quick."""
    kept = notice_store.frozen(session.conn, notice.id) if notice is not None else None
    if kept is not None:
        found = [Rate(*one) for one in kept[1]["rates"]]
    elif fresh or period == period_of(session.today):
        day = min(period_end(period), session.today)
        found = list(rates(figures.counts(session.conn, day)))
    else:
        return {}
    return {one.name: one if one.denominator else None for one in found}


def _namings(standing: Standing, months: tuple[str, ...]) -> tuple[NamedUnit, ...]:
    """Give the units named most in these months, the most first."""
    matters: dict[int, dict[str, int]] = {}
    for one in standing.namings:
        count = sum(reason.count for reason in one.reasons)
        for period in one.periods or (one.period,):
            if period in months:
                matters.setdefault(one.unit_id, {})[period] = count
    often = Counter({key: len(found) for key, found in matters.items()})
    units = standing.board.units
    return tuple(
        NamedUnit(
            key,
            units[key].name,
            units[key].code,
            tuple(matters[key].get(period) for period in months),
        )
        for key, _ in often.most_common(_MOST_UNITS)
    )
