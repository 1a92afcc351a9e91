"""The figures of the overview: issues, units, notices, interviews, rates."""

from __future__ import annotations

from datetime import date

from db import figures
from db import notices as notice_store
from db import units as unit_store
from supervise.domain import clock
from supervise.domain.dates import period_end
from supervise.domain.ladder_records import INTERVIEW_OPEN
from supervise.domain.rates import Rate, rates
from supervise.domain.records import Stage
from supervise.services.issue_records import Record
from supervise.services.ladder import Standing
from supervise.services.session import Session


def stats(session: Session, period: str | None = None) -> Record:
    """Give the `stats` record as of today, or as of the end of a month."""
    as_of = min(period_end(period), session.today) if period else session.today
    stages = _stages(session, as_of)
    standing = Standing(session)
    return {
        "as_of": as_of.isoformat(),
        "issues": {
            "total": sum(stages.values()),
            "by_stage": {stage.value: number for stage, number in stages.items()},
            "overdue": _overdue(session, as_of),
            "due_soon": due_soon(session, as_of),
        },
        "units": sum(1 for unit in unit_store.every(session.conn) if unit.active),
        "notices": _issued(standing, period),
        "interviews": _interviews(standing),
        "rates": [_rate(one) for one in _rates(session, standing, period, as_of)],
    }


def _stages(session: Session, as_of: date) -> dict[Stage, int]:
    if as_of >= session.today:
        return figures.by_stage_now(session.conn)
    return figures.by_stage(session.conn, as_of)


def _overdue(session: Session, as_of: date) -> int:
    if as_of >= session.today:
        return sum(number for _, number in figures.overdue_by_unit(session.conn, as_of))
    from db import issues

    return len(issues.missed(session.conn, as_of))


def due_soon(session: Session, as_of: date) -> int:
    """Count the issues in 整改 due within three working days, one for terms of five or less."""
    last = session.calendar.add_workdays(as_of, clock.SOON)
    return sum(
        number
        for due, start, number in figures.due_between(session.conn, as_of, last)
        if clock.due_soon(due, start, as_of, session.calendar)
    )


def _issued(standing: Standing, period: str | None) -> int:
    """Count the notices issued and not withdrawn."""
    return sum(one.status == "issued" and period in (None, one.period) for one in standing.notices)


def _interviews(standing: Standing) -> Record:
    statuses = [one.status for one in standing.interviews]
    return {
        "proposed": len(standing.proposals),
        "open": sum(1 for status in statuses if status in INTERVIEW_OPEN),
        "held": sum(1 for status in statuses if status in {"held", "closed"}),
    }


def _rates(
    session: Session, standing: Standing, period: str | None, as_of: date
) -> tuple[Rate, ...]:
    """Give the rates; those of a month whose notice was issued as it printed them."""
    issued = [one for one in standing.notices if one.status == "issued" and one.period == period]
    kept = notice_store.frozen(session.conn, issued[-1].id) if issued else None
    if kept is not None:
        return tuple(Rate(*one) for one in kept[1]["rates"])
    return rates(figures.counts(session.conn, as_of))


def _rate(one: Rate) -> Record:
    return {
        "name": one.name,
        "numerator": one.numerator,
        "denominator": one.denominator,
        "rate": round(one.value, 4) if one.value is not None else None,
    }
