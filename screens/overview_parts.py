"""How 今日工作 looks: columns, charts, and where a step of the month is done."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from textual.containers import VerticalScroll
from textual.widget import Widget

from screens.widgets.bars import Bars, level
from screens.widgets.columns import Cell, Column, Record
from screens.widgets.heat import Heat, Line, Square
from supervise.domain.rates import Rate, meets

if TYPE_CHECKING:
    from supervise.domain.month import Progress
    from supervise.services.charts import Charts, NamedUnit, Trend
    from supervise.services.today import Figure

_STEP_TONES = {"done": "good", "today": "warn", "late": "bad"}
# Steps a person records here; the others are done where the notice and the interviews are.
_RECORDED_HERE = frozenset({"催报", "收表", "关账", "会签"})
# A list of its own in 问题, for the rates of a month without a notice.
_RATE_LISTS = {"销号率": "closed", "按期办结率": "overdue", "满意率": "closed"}


def _count(record: Record) -> Cell:
    figure: Figure = record["figure"]
    tone = "bad" if figure.urgent else ("" if figure.count else "muted")
    return Cell(f"{figure.count:,}", tone)


def _title(record: Record) -> Cell:
    figure: Figure = record["figure"]
    return Cell(figure.title, "bad" if figure.urgent else "")


FIGURE_COLUMNS = (
    Column("事项", _title, 18),
    Column("数目", _count, 7, right=True),
    Column("说明", lambda r: Cell(r["figure"].note, "muted"), 12, grows=True),
)


def _planned(record: Record) -> Cell:
    step: Progress = record["step"]
    return Cell(f"{step.planned:%m-%d}", "muted" if step.state in {"done", "none"} else "")


def _state(record: Record) -> Cell:
    step: Progress = record["step"]
    return Cell(step.words, _STEP_TONES.get(step.state, "muted"))


STEP_COLUMNS = (
    Column("环节", lambda r: Cell(r["step"].step), 8),
    Column("应办", _planned, 5),
    Column("状态", _state, 10),
    Column("说明", lambda r: Cell(r["step"].note, "muted"), 8, grows=True, spare=1),
)


def recorded_as(step: str, status: str) -> str | None:
    """Give the step to be recorded on the spot; None where it is done on another page.

    `status` is the notice's: what follows its issue is recorded only once it is issued.
    """
    if step in _RECORDED_HERE:
        return step
    return "送达" if step == "印发送达" and status == "issued" else None


def where_done(step: str, period: str) -> tuple[str, str]:
    """Give the area a step is done in, and what to open there."""
    if step == "提请":
        return "interviews", "interviews-proposed"
    return "notices", f"notice-{period}"


def area_of(key: str) -> str:
    """Give the area that what is behind a bar or a cell is in."""
    if key.startswith("notice-"):
        return "notices"
    return "units" if key.startswith("unit:") else "issues"


# The charts.


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
            f"{count}" if count else "有", "bad" if count > 1 else "warn", f"notice-{month}"
        )
        for month, count in zip(months, one.matters, strict=True)
    ]
    return Line(one.name, tuple(squares), f"unit:{one.name}")
