"""The facts of a quarter's report: the settlement, rates, flow, namings, interviews, ranking."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from db import balance as balance_store
from db import figures, flow, quarters
from db import issues as issue_store
from db import notices as notice_store
from db.quarters import State
from supervise.domain import own_terms
from supervise.domain.balance import Account, balance
from supervise.domain.dates import period_end
from supervise.domain.facts import COUNTY_KINDS
from supervise.domain.facts_quarter import (
    FlowLine,
    MonthRate,
    NamedLine,
    QuarterFacts,
    Ranking,
    RateLine,
    Settled,
    TalkLine,
)
from supervise.domain.interviews import STATUS_LABELS
from supervise.domain.ladder_records import Interview
from supervise.domain.pack_settings import Target
from supervise.domain.publicity import first_day, last_day, months_of, parse_quarter, span_label
from supervise.domain.rates import Rate, meets, ranked, rates, target_of
from supervise.domain.records import LOOP
from supervise.errors import BadInput, Refused
from supervise.services.ladder import Standing
from supervise.services.paper_facts.office import office
from supervise.services.session import Session

# Rates of fewer issues than that say nothing of a unit: it is not ranked.
FEWEST = 5
_NO_UNIT = "尚未交办"
_SIGNS = {">=": "以上", "<=": "以下", "=": ""}


def quarter(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[QuarterFacts]:
    """For 季度报告: one quarter until its last day, or until today.

    Raises BadInput for what is no quarter, Refused for one that has not begun.
    """
    which = _asked(subjects)
    first, last = first_day(which), last_day(which)
    if first > session.today:
        raise Refused(f"{span_label(which)}还没有到，没有可报的数字。", code="not_begun")
    cutoff = min(last, session.today)
    standing = Standing(session)
    ledger = _Settlement(standing, first, cutoff)
    months = tuple(one for one in months_of(which) if one <= cutoff.isoformat()[:7])
    return [
        QuarterFacts(
            office=office(session),
            quarter=which,
            first=first,
            cutoff=cutoff,
            complete=cutoff == last,
            total=ledger.total(),
            units=tuple(ledger.by_unit()),
            rates=tuple(_rates(standing, months, cutoff)),
            flow=tuple(_flow(session, first, cutoff)),
            ages=_ages(ledger.after.values(), cutoff),
            periods=months,
            issued=tuple(_number(standing, period) for period in months),
            named=_named(standing, months),
            interviews=tuple(_interviews(standing, first, cutoff)),
            ranking=tuple(_ranking(standing, first, cutoff)),
            overdue=len(issue_store.missed(session.conn, cutoff)),
            by_stage=sum(figures.by_stage(session.conn, cutoff).values()),
        )
    ]


def _asked(subjects: tuple[str, ...]) -> str:
    if len(subjects) != 1:
        raise BadInput("请写一个季度，如 2024-Q4。", code="bad_field")
    try:
        return parse_quarter(subjects[0])
    except ValueError as error:
        raise BadInput(f"季度不对：{error}。", code="bad_field") from None


class _Case(NamedTuple):
    """One issue over the quarter: how it stood before and at its end, whose it is, its moves."""

    before: State | None
    after: State
    subject: str
    account: Account


class _Settlement:
    """How every issue stood the day before the quarter and on its last day."""

    def __init__(self, standing: Standing, first: date, cutoff: date) -> None:
        self._board = standing.board
        self._before = quarters.states(standing.conn, first - timedelta(days=1))
        self.after = quarters.states(standing.conn, cutoff)
        # As the books of a quarter count: closed twice is closed twice.
        self._moved = {
            key: balance([stays], first, cutoff).whole
            for key, stays in balance_store.moved(standing.conn, first)
        }

    def total(self) -> Settled:
        """Settle all issues: opening and remaining are counted by themselves, not worked out."""
        return _settled("合计", list(self._cases()))

    def by_unit(self) -> Iterator[Settled]:
        """Settle by the subject that has an issue at the end; those without anything are left."""
        cases: dict[str, list[_Case]] = {}
        for case in self._cases():
            cases.setdefault(case.subject, []).append(case)
        for name in self._in_order(cases):
            found = _settled(name, cases[name])
            if found.opening or found.added or found.reopened:
                yield found

    def _cases(self) -> Iterator[_Case]:
        for key, state in self.after.items():
            account = self._moved.get(key, Account())
            yield _Case(self._before.get(key), state, self._subject(state), account)

    def _subject(self, state: State) -> str:
        return self._board.accountable(state.unit_id).name if state.unit_id else _NO_UNIT

    def _in_order(self, names: Iterable[str]) -> list[str]:
        order = {unit.name: (unit.order or 0, key) for key, unit in self._board.units.items()}
        return sorted(names, key=lambda name: (name == _NO_UNIT, order.get(name, (0, 0))))


def _settled(name: str, cases: list[_Case]) -> Settled:
    been = [one for one in cases if one.before and not one.before.stage.ended]
    new = [one for one in cases if one.before is None]
    return Settled(
        name,
        opening=len(been),
        added=len(new),
        reopened=sum(one.account.reopened for one in cases),
        closed=sum(one.account.closed for one in cases),
        ended=sum(one.account.ended for one in cases),
        remaining=sum(1 for one in cases if not one.after.stage.ended),
    )


def _rates(standing: Standing, months: tuple[str, ...], cutoff: date) -> Iterator[RateLine]:
    found = [_of_month(standing, period, cutoff) for period in months]
    for name in found[-1]:
        line = tuple(month[name] for month in found if name in month)
        target = target_of(name, standing.session.pack.targets)
        last = line[-1].rate
        yield RateLine(
            name,
            line,
            target=_target(target) if target else None,
            met=meets(last, target) if target and last else None,
        )


def _target(target: Target) -> str:
    return f"{target.value:g}%{_SIGNS[target.comparison]}"


def _of_month(standing: Standing, period: str, cutoff: date) -> dict[str, MonthRate]:
    """Give a month's rates: as its issued notice printed them, else counted at its end."""
    session = standing.session
    issued = [one for one in standing.notices if one.status == "issued" and one.period == period]
    kept = notice_store.frozen(session.conn, issued[-1].id) if issued else None
    if kept is not None:
        day, told = issued[-1].cutoff, [Rate(*one) for one in kept[1]["rates"]]
    else:
        day = min(period_end(period), cutoff)
        told = list(rates(figures.counts(session.conn, day)))
    return {
        one.name: MonthRate(period, day, one if one.denominator else None, kept is not None)
        for one in told
    }


def _flow(session: Session, first: date, cutoff: date) -> Iterator[FlowLine]:
    moved = flow.between(session.conn, first, cutoff)
    stands = figures.by_stage(session.conn, cutoff)
    for stage in LOOP:
        one = moved[stage]
        yield FlowLine(session.pack.label(stage), one.entered, one.left, stands[stage])


def _ages(states: Iterable[State], cutoff: date) -> tuple[tuple[str, int], ...]:
    open_ones = Counter(one.found for one in states if not one.stage.ended)
    counts = own_terms.ages(open_ones.items(), cutoff)
    return tuple((own_terms.age_label(band), number) for band, number in enumerate(counts))


def _number(standing: Standing, period: str) -> str | None:
    """Give the number of a month's issued notice; "" for one without, None where none is out."""
    issued = [one for one in standing.notices if one.status == "issued" and one.period == period]
    return (issued[-1].number or "") if issued else None


def _named(standing: Standing, months: tuple[str, ...]) -> tuple[NamedLine, ...]:
    matters: dict[int, dict[str, int]] = {}
    for one in standing.namings:
        for period in one.periods or (one.period,):
            if period in months:
                count = sum(reason.count for reason in one.reasons)
                matters.setdefault(one.unit_id, {})[period] = count
    units = standing.board.units
    often = sorted(matters, key=lambda key: (-len(matters[key]), units[key].order or 0, key))
    return tuple(
        NamedLine(units[key].name, tuple(matters[key].get(period) for period in months))
        for key in often
    )


def _interviews(standing: Standing, first: date, cutoff: date) -> Iterator[TalkLine]:
    for one in standing.interviews:
        if any(day and first <= day <= cutoff for day in _days(one)):
            yield TalkLine(
                standing.board.units[one.unit_id].name,
                one.periods,
                STATUS_LABELS[one.status],
                one.submitted_on,
                one.approved_on,
                one.held_on,
                one.closed_on,
            )


def _days(one: Interview) -> tuple[date | None, ...]:
    return (
        one.submitted_on,
        one.approved_on,
        one.declined_on,
        one.deferred_on,
        one.held_on,
        one.closed_on,
    )


def _ranking(standing: Standing, first: date, cutoff: date) -> Iterator[Ranking]:
    """Rank departments and counties apart by 按期办结率 of what was due in the quarter."""
    due: dict[int, tuple[int, int]] = {}
    for key, (in_time, whole) in quarters.handed_in(standing.conn, first, cutoff).items():
        subject = standing.board.accountable(key).id
        part, known = due.get(subject, (0, 0))
        due[subject] = (part + in_time, known + whole)
    units = standing.board.units
    groups: dict[str, list[tuple[str, Rate]]] = {"市直单位": [], "县市区、开发区": []}
    for key, counted in due.items():
        group = "县市区、开发区" if units[key].kind in COUNTY_KINDS else "市直单位"
        groups[group].append((units[key].name, Rate("按期办结率", *counted)))
    for group, rows in groups.items():
        if rows:
            yield Ranking(group, ranked(rows, FEWEST), FEWEST)
