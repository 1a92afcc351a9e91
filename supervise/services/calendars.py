"""The ledger's calendar of working days: seeded, shown, extended; dates move by events."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from db import events, issue_lists, notices
from db import issues as issue_store
from supervise.domain import history, shifts
from supervise.domain.calendar import ONE_DAY, Calendar, Mark, Update
from supervise.domain.calendar_files import read_days
from supervise.domain.dates import next_period, period_end, period_of
from supervise.domain.records import Issue, Span, Stage
from supervise.errors import BadInput
from supervise.services import clock_nodes
from supervise.services.session import Session
from supervise.services.work import Record, Work, working

YEARS = range(1950, 2201)


def years_payload(calendar: Calendar, years: set[int]) -> dict[str, Any]:
    """Give the days of some years as the plain data an event carries."""
    found: dict[str, Any] = {
        str(year): {"known": year in calendar.years, "days": {}} for year in sorted(years)
    }
    for day, mark in sorted(calendar.days.items()):
        if day.year in years:
            found[str(day.year)]["days"][day.isoformat()] = [int(mark.work), mark.name]
    return found


def put(work: Work, before: Calendar, update: Update) -> int:
    """Write new days into the ledger and move the dates that rest on them; gives how many moved."""
    after = before.with_days(update)
    touched = {day.year for day in update.days} | set(update.years)
    payload = {"years": years_payload(after, touched), "version": after.version}
    work.record("calendar", 0, payload)
    work.session.forget("calendar")
    since = min([*update.days, *(date(year, 1, 1) for year in update.years)], default=date.max)
    return _move_dates(work, before, after, since) + clock_nodes.move(work, after)


def _move_dates(work: Work, before: Calendar, after: Calendar, since: date) -> int:
    """Append one event for each issue a date of which moves later; gives how many.

    None moves earlier, and dates given stay. Of handlings gone by, those move that a notice not
    yet issued could still name: what was late by the old calendar may not be so by the new one.
    """
    moved = 0
    chosen = issue_lists.Filter(stages=(Stage.RECTIFY,))
    lines = [line.issue.id for line in issue_lists.select(work.conn, chosen, work.session.today)]
    nameable = _nameable(work)
    for issue_id in sorted({*lines, *issue_store.late_since(work.conn, since)}):
        issue = issue_store.by_id(work.conn, issue_id)
        assert issue is not None
        changed = issue
        for number, term in _handlings(work, issue, nameable).items():
            due = _under(issue, number, term, before, after)
            changed = _recounted(work, changed, number, due)
        if changed != issue:
            work.save(issue, changed, clock={"kind": "calendar", "calendar": after.version})
            moved += 1
    return moved


def _recounted(work: Work, issue: Issue, number: int, due: date | None) -> Issue:
    """Give an issue with the date of one handling as another calendar has it, if that is later."""
    known = issue.spans[number].due_on
    if due is None or known is None or due == known:
        return issue
    if due < known:
        if number == len(issue.spans) - 1:
            work.session.warn(f"{issue.code} 按新日历应为 {due}，早于已告知的 {known}，未改动。")
        return issue
    return shifts.recount(issue, number, due)


def _nameable(work: Work) -> Callable[[Span], bool]:
    """Tell which stays in 整改 that ended late a notice not yet issued could name.

    At the end of a month the stay was past its date, or, where the pack names for that, the issue
    was handed in late during the month.
    """
    naming = work.session.pack.naming
    issued = {
        period
        for one in notices.every(work.conn, naming.series)
        if one.status == "issued"
        for period in (one.period, *one.periods)
    }
    late = naming.criteria["late"].on

    def could_be(stay: Span) -> bool:
        if stay.due_on is None or stay.left is None or stay.left <= stay.due_on:
            return False
        period, months = period_of(stay.due_on), []
        while period_end(period) < stay.left:
            months.append(period)
            period = next_period(period)
        months += [period] if late else []
        return any(month not in issued for month in months)

    return could_be


def _handlings(work: Work, issue: Issue, nameable: Callable[[Span], bool]) -> dict[int, str]:
    """Map the last stay of each handling whose date may still move to the term that set it."""
    running: dict[int, str] = {}
    if issue.stage is Stage.RECTIFY and issue.term is not None:
        running[len(issue.spans) - 1] = issue.term
    ended = [
        number
        for number, stay in enumerate(issue.spans)
        if stay.stage is Stage.RECTIFY and stay.outcome != shifts.UNIT_MERGE and nameable(stay)
    ]
    if not ended:
        return running
    terms = history.terms(events.of(work.conn, "issue", issue.id))
    begun = {n: issue.spans[shifts.handling_start(issue, n)].entered for n in ended}
    return {n: term for n, day in begun.items() if (term := terms.get(day))} | running


def _under(issue: Issue, number: int, term: str, before: Calendar, after: Calendar) -> date | None:
    """Give the due date of a handling under another calendar, as many working days as before."""
    due = issue.spans[number].due_on
    if due is None:
        return None
    start = issue.spans[shifts.handling_start(issue, number)].entered
    if term.endswith("wd"):
        return after.add_workdays(start, before.workdays_between(start, due))
    return after.next_workday(due)


def set_day(work: Work, day: date, kind: str, name: str | None = None) -> Record:
    """设定工作日: make one day worked or not, for a local stoppage or a late notice."""
    mark = Mark(kind == "班", name or ("调休上班" if kind == "班" else "休息"))
    before = work.session.calendar
    moved = put(work, before, Update({day: mark}, frozenset()))
    return {"day": day.isoformat(), "work": mark.work, "name": mark.name, "moved": moved}


def import_file(session: Session, path: Path) -> Record:
    """Read a year's list (holiday-cn JSON or a two-column table) into the ledger.

    Due dates still ahead move by it, later only. Raises BadInput for a file that is no such list.
    """
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInput(
            f"读不了日历文件 {path}：{error}。请用 UTF-8 编码的 JSON 或 CSV。"
        ) from error
    update = read_days(text)
    with working(session) as work:
        work.begin("calendar.import", {})
        moved = put(work, session.calendar, update)
    years = sorted(update.years | {day.year for day in update.days})
    return {"years": years, "days": len(update.days), "moved": moved}


def shown(session: Session, year: int) -> Record:
    """Give a year's exceptions to the plain week, and whether its list is known.

    Raises BadInput for a year outside `YEARS`.
    """
    if year not in YEARS:
        raise BadInput(f"年份应在 {YEARS.start} 至 {YEARS.stop - 1} 之间。", code="bad_field")
    calendar = session.calendar
    days = [
        {"date": day.isoformat(), "work": mark.work, "name": mark.name}
        for day, mark in sorted(calendar.days.items())
        if day.year == year
    ]
    first, last = date(year, 1, 1), date(year, 12, 31)
    return {
        "year": year,
        "known": year in calendar.years,
        "workdays": calendar.workdays_between(first - ONE_DAY, last),
        "days": days,
    }
