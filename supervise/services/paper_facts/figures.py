"""The facts of the office's own accounts, and of the letters before a cut-off."""

from __future__ import annotations

from datetime import date
from typing import Any

from db import issues as issue_store
from supervise.domain.dates import parse_date, period_end, period_label, period_of
from supervise.domain.facts import OfficeFacts
from supervise.domain.facts_figures import (
    BalanceFacts,
    BurdenFacts,
    DueMatter,
    RateSheetFacts,
    WarningFacts,
)
from supervise.domain.records import UNIT_KINDS, Stage, Unit
from supervise.errors import BadInput, Refused
from supervise.services import books, discretion, foresight, rate_sheet, units
from supervise.services.naming import Board
from supervise.services.paper_facts.office import month, office
from supervise.services.session import Session

Record = dict[str, Any]


def rates(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[RateSheetFacts]:
    """For 指标口径表: a month's rates, as its notice printed them where it did."""
    period = month(subjects)
    found = rate_sheet.sheet(session, period)
    kinds = [
        (kind, rate_sheet.sheet(session, period, kind=kind, cutoff=found.cutoff).figures)
        for kind in UNIT_KINDS
    ]
    return [
        RateSheetFacts(
            office=office(session),
            period=period,
            cutoff=found.cutoff,
            figures=found.figures,
            unreached=found.unreached,
            kinds=tuple(one for one in kinds if any(f.rate.denominator for f in one[1])),
            issued=found.frozen,
            number=found.number,
        )
    ]


def balance(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[BalanceFacts]:
    """For 结账表: the books of a month or a quarter."""
    if len(subjects) != 1:
        raise BadInput("请写一个月份或季度，如 2024-11、2024Q4。", code="bad_field")
    found = books.books(session, subjects[0])
    return [
        BalanceFacts(
            office=office(session),
            span=found.span.label,
            first=found.span.first,
            last=found.span.last,
            units=tuple((line.name, line.account) for line in found.lines),
            total=found.total,
            waiting=found.waiting,
            moves=found.moves,
        )
    ]


def burden(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[BurdenFacts]:
    """For 基层负担表: how often each unit was asked in a month."""
    period, lines = books.burden_table(session, month(subjects))
    told = tuple((line.rank, line.name, line.month) for line in lines)
    return [BurdenFacts(office(session), period, told)]


def warnings(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[WarningFacts]:
    """For 到期提醒函: every unit a month's notice would name as things stand, or one of them.

    Raises Refused where the cut-off has passed, and where nobody is to be reminded.
    """
    period, on = _cutoff(session, subjects)
    told = foresight.warn(session, on)
    cutoff = date.fromisoformat(told["cutoff"])
    if cutoff < session.today:
        raise Refused(
            f"{period_label(period)}的截止日 {cutoff} 已过，不再出具到期提醒函。", code="too_late"
        )
    whose, wanted = office(session), _wanted(session, unit)
    every = [
        _warning(session, whose, told, one)
        for one in told["units"]
        if wanted is None or _is(wanted, one)
    ]
    found = [one for one in every if one.matters or one.undone]
    if not found:
        who = wanted.name if wanted else "各单位"
        raise Refused(
            f"{who}没有{period_label(period)}截止日以前到期未报的事项、任务和报送，不需提醒。",
            code="nothing_to_print",
        )
    return found


def _cutoff(session: Session, subjects: tuple[str, ...]) -> tuple[str, date | None]:
    """Read a month, or a day to take for its cut-off; None is the cut-off of this month's draft."""
    if len(subjects) == 1:
        try:
            day = parse_date(subjects[0])
        except ValueError:
            pass
        else:
            return period_of(day), day
    period = month(subjects)
    return period, None if period == period_of(session.today) else period_end(period)


def _wanted(session: Session, unit: str | None) -> Unit | None:
    if unit is None:
        return None
    return Board(session).accountable(units.find(session.conn, unit).id)


def _is(unit: Unit, told: Record) -> bool:
    """Tell whether a unit is the one told of: by its code, since two may share a name."""
    return bool(told["unit_id"] == unit.code if unit.code else told["unit"] == unit.name)


def _warning(session: Session, whose: OfficeFacts, told: Record, one: Record) -> WarningFacts:
    cutoff = date.fromisoformat(told["cutoff"])
    matters = [_matter(session, issue, cutoff) for issue in one["issues"]]
    before = [period for period in one["periods"] if period != told["period"]]
    return WarningFacts(
        office=whose,
        unit=one["unit"],
        period=told["period"],
        cutoff=cutoff,
        matters=tuple(sorted(filter(None, matters), key=lambda m: (m.due_on, m.code))),
        before=tuple(before) if one["interview"] == "new" else (),
        undone=foresight.undone(one),
        late_too=session.pack.naming.criteria["late"].on,
    )


def _matter(session: Session, told: Record, cutoff: date) -> DueMatter | None:
    """Give a matter with the title as the unit may read it; only what is due and not handed in."""
    issue = issue_store.get(session.conn, told["code"])
    if issue is None or issue.stage is not Stage.RECTIFY:
        return None
    if issue.due_on is None or issue.due_on > cutoff:
        return None
    title = discretion.veil(session.conn, issue.id)(issue.title)
    return DueMatter(issue.code, title, issue.due_on, told["days_waited"])
