"""The charts of 今日工作: loaded once there is something to draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widget import Widget

from screens.widgets.bars import Bars, level
from screens.widgets.heat import Heat, Line, Square
from supervise.domain.rates import Rate, meets

if TYPE_CHECKING:
    from supervise.services.charts import Charts, NamedUnit, Trend

# A list of its own in 问题, for the rates of a month without a notice.
_RATE_LISTS = {"销号率": "closed", "按期办结率": "overdue", "满意率": "closed"}


def charts() -> Iterator[Widget]:
    """Give the charts, still empty."""
    yield Bars("超期未交，按单位（件）", tone="bad", id="chart-overdue")
    yield Bars("本月流转（件）", id="chart-flow")
    yield Bars("未办结事项已历天数（日历天）", tone="warn", id="chart-ages")
    yield Heat("", cell=8, id="chart-trends")
    yield Heat("各单位被点名（件）", cell=5, id="chart-namings")


def fill(page: VerticalScroll, found: Charts) -> None:
    """Show what was read in the charts of the page."""
    page.query_one("#chart-overdue", Bars).show(found.overdue)
    page.query_one("#chart-flow", Bars).show(found.flow)
    page.query_one("#chart-ages", Bars).show(found.ages)
    heads = [f"{int(period[5:])}月" for period in found.months]
    trends = page.query_one("#chart-trends", Heat)
    trends.border_title = _targets(found.trends)
    trends.show(heads, [_trend(found, one) for one in found.trends])
    namings = [_named(found.months, one) for one in found.namings]
    page.query_one("#chart-namings", Heat).show(heads, namings)


def _targets(trends: tuple[Trend, ...]) -> str:
    known = [
        f"{one.name}{'不超过' if one.target.comparison == '<=' else ''}{one.target.value:g}%"
        for one in trends
        if one.target is not None
    ]
    return f"各月比率（目标：{'，'.join(known)}；未达标加 !）" if known else "各月比率（无目标）"


def _trend(found: Charts, one: Trend) -> Line:
    squares = []
    for period, rate in zip(found.months, one.values, strict=True):
        key = f"notice-{period}" if period in found.issued else ""
        if not key and period == found.months[-1]:
            key = _RATE_LISTS[one.name]
        squares.append(_rate(one, rate, key))
    return Line(one.name, tuple(squares))


def _rate(trend: Trend, rate: Rate | None, key: str) -> Square:
    if rate is None:
        return Square("— ", "muted", key)
    met = meets(rate, trend.target) if trend.target is not None else None
    words = rate.percent.removesuffix("%") + ("!" if met is False else " ")
    return Square(
        f"{level(rate.value or 0)} {words}", {True: "good", False: "bad", None: ""}[met], key
    )


def _named(months: tuple[str, ...], one: NamedUnit) -> Line:
    squares = [
        Square(".", "muted")
        if count is None
        else Square(
            f"{count}" if count else "有",
            "bad" if count > 1 else "warn",
            f"naming:{month}:{one.code or one.name}",
        )
        for month, count in zip(months, one.matters, strict=True)
    ]
    return Line(one.name, tuple(squares), f"unit:{one.name}")
