"""The demo ledger: twelve fictitious months, entered through the real operations.

Clock, recorder and salts are fixed, so that it is the same events and the same head every time.
The city, its units, enterprises, people and papers are invented, and every paper says 演示数据.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from random import Random

from db import backup as copies
from db import connection
from supervise.domain.calendar import Calendar
from supervise.domain.dates import period_end
from supervise.services import ledger
from supervise.services.demo import (
    city,
    clocked,
    leaders,
    meetings,
    paperwork,
    programme,
    reports,
    revisits,
    sheets,
    story,
)
from supervise.services.demo.cases import Case
from supervise.services.demo.lives import Register, ordinary, units_for
from supervise.services.demo.script import FixedWorld, Script, play
from supervise.services.file_runs import Progress, silent
from supervise.services.session import Session
from supervise.services.work import Work, step, working

TODAY = story.LAST_DAY
# The month whose notice is still to be drafted.
PERIOD = "2024-12"
_OPENED = date(2023, 12, 29)
_PACK = Path(__file__).with_name("fiction.toml")
_A_MONTH = (31, 24, 35, 34, 36, 33, 37, 36, 34, 31, 38, 40)


def build(path: Path, progress: Progress | None = None) -> None:
    """Write the demo ledger to a path; `progress` is told the months done.

    Raises LedgerError when a file is there already.
    """
    connection.refuse_existing(path)
    world = FixedWorld(_OPENED)
    # Built beside its path and put there whole: half a year would pass for the whole of it.
    with copies.temporary(path) as place:
        session = Session(place, _OPENED, world.now, "演示录入员", write=True, salt=world.salt)
        ledger.create(place, str(_PACK), demo=True, session=session)
        with session, working(session) as work:
            _fill(work, world, progress or silent)
        copies.publish(place, path)


def _fill(work: Work, world: FixedWorld, progress: Progress) -> None:
    _register_units(work)
    calendar, known = work.session.calendar, Register()
    late: dict[tuple[int, str], Case] = {}
    scripts = chain(
        _ordinary(calendar, known),
        story.late_scripts(calendar, late),
        story.notices(calendar),
        story.events(),
        clocked.scripts(calendar),
        programme.scripts(calendar),
        reports.scripts(work.session.pack, calendar, TODAY),
        meetings.scripts(calendar, TODAY),
        leaders.scripts(late),
        revisits.scripts(known, calendar),
        paperwork.by_month(calendar, range(1, 13)),
        paperwork.clearances(),
        sheets.scripts(calendar),
    )
    play(work, world, scripts, TODAY, lambda day: progress("逐月登记", day.month, 12))


def _register_units(work: Work) -> None:
    for number, unit in enumerate(city.UNITS):
        values = {
            "unit": unit.name,
            "unit_id": f"SC{number + 1:03d}",
            "kind": unit.kind,
            "short": unit.short,
            "parent": unit.parent,
            "head": city.head_of(number),
            "order": number + 1,
        }
        step(work, "unit.add", values)


def _ordinary(calendar: Calendar, known: Register) -> Iterator[tuple[date, Script]]:
    """Make each month's ordinary issues, found on days all over it."""
    for month, count in enumerate(_A_MONTH, 1):
        rng = Random(f"示川 days {month}")
        last = period_end(f"{story.YEAR}-{month:02d}").day
        for number, unit in enumerate(units_for(month, count)):
            day = date(story.YEAR, month, rng.randint(2, last))
            yield day, ordinary(Case(month * 100 + number, day, unit, calendar), known)
