"""The lists behind the figures and charts of 今日工作 that are no list of their own elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from db import flow
from db.issue_filter import Filter
from supervise.domain import clock, own_terms
from supervise.domain.dates import period_of, period_start
from supervise.domain.own_terms import DUTIES, Duty, Lateness
from supervise.domain.records import STAGE_LABELS, Stage
from supervise.services.session import Session

# Keys: late-DUTY, in-STAGE, out-STAGE, age-BAND, overdue-unit-ID.
_UNIT = "overdue-unit-"


def title(key: str) -> str:
    """Give the words of a list by its key; empty for a key of other lists."""
    kind, _, rest = key.partition("-")
    match kind:
        case "late" if rest in {duty.key for duty in DUTIES}:
            return f"本办超期{_duty(rest).title}"
        case "in" | "out" if rest in set(Stage):
            return f"本月{'进入' if kind == 'in' else '离开'}{STAGE_LABELS[Stage(rest)]}"
        case "age" if rest.isdecimal() and int(rest) < len(own_terms.AGES):
            return f"未办结{own_terms.age_label(int(rest))}"
        case "overdue" if key.startswith(_UNIT):
            return "本单位超期未交"
        case _:
            return ""


def chosen(session: Session, key: str) -> Filter | None:
    """Give the filter of a list by its key; None for a key of other lists."""
    if not title(key):
        return None
    kind, _, rest = key.partition("-")
    match kind:
        case "late":
            return Filter(codes=lateness(session, _duty(rest)).codes)
        case "in" | "out":
            since, stage = month_start(session), Stage(rest)
            found = flow.codes(session.conn, stage, since, session.today, left=kind == "out")
            return Filter(codes=tuple(found))
        case "age":
            first, last = own_terms.age_days(int(rest), session.today)
            return Filter(open_only=True, found_from=first, found_to=last)
        case _:
            unit = int(key.removeprefix(_UNIT))
            return Filter(stages=(Stage.RECTIFY,), overdue=True, unit_ids=(unit,))


def overdue_of(unit_id: int) -> str:
    """Give the key of the list of a unit's overdue issues."""
    return f"{_UNIT}{unit_id}"


def month_start(session: Session) -> date:
    """Give the first day of the current month."""
    return period_start(period_of(session.today))


def _duty(key: str) -> Duty:
    return next(duty for duty in DUTIES if duty.key == key)


def _due(session: Session, duty: Duty) -> Callable[[date], date]:
    term = duty.term(session.pack.clock)

    @cache
    def due(entered: date) -> date:
        return clock.due_on(entered, term, session.calendar)[0]

    return due


def lateness(session: Session, duty: Duty) -> Lateness:
    """Gather the issues the office is late with in a duty, or was this month."""
    stays = flow.stays(session.conn, duty.stage, month_start(session))
    return own_terms.lateness(stays, _due(session, duty), session.today)
