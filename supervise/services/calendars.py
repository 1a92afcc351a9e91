"""The ledger's calendar of working days: seeded, shown, extended; dates move by events."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from db import issue_lists
from db import issues as issue_store
from supervise.domain import shifts
from supervise.domain.calendar import ONE_DAY, Calendar, Mark, Update
from supervise.domain.calendar_files import read_days
from supervise.domain.records import Issue, Stage
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
    return _move_dates(work, before, after) + clock_nodes.move(work, after)


def _move_dates(work: Work, before: Calendar, after: Calendar) -> int:
    """Append one event for each due date that moves later; none moves earlier, dates given stay."""
    moved = 0
    chosen = issue_lists.Filter(stages=(Stage.RECTIFY,))
    lines = [line.issue.id for line in issue_lists.select(work.conn, chosen, work.session.today)]
    for issue_id in lines:
        issue = issue_store.by_id(work.conn, issue_id)
        assert issue is not None
        due = _under(issue, before, after)
        if issue.due_on is None or due is None or due == issue.due_on:
            continue
        if due < issue.due_on:
            work.session.warn(
                f"{issue.code} 按新日历应为 {due}，早于已告知的 {issue.due_on}，未改动。"
            )
            continue
        changed = shifts.shift(issue, "calendar", issue.spans[-1].entered, due)
        if not issue.extensions and not issue.shifts:
            changed = replace(changed, original_due_on=due)
        work.save(issue, changed, clock={"kind": "calendar", "calendar": after.version})
        moved += 1
    return moved


def _under(issue: Issue, before: Calendar, after: Calendar) -> date | None:
    """Give an issue's due date under another calendar, as many working days as before."""
    if issue.term is None or issue.due_on is None:
        return None
    start = issue.spans[-1].entered
    if issue.term.endswith("wd"):
        return after.add_workdays(start, before.workdays_between(start, issue.due_on))
    return after.next_workday(issue.due_on)


def set_day(work: Work, day: date, kind: str, name: str | None = None) -> Record:
    """设定工作日: make one day worked or not, for a local stoppage or a late notice."""
    mark = Mark(kind == "班", name or ("调休上班" if kind == "班" else "休息"))
    before = work.session.calendar
    moved = put(work, before, Update({day: mark}, frozenset()))
    return {"day": day.isoformat(), "work": mark.work, "name": mark.name, "moved": moved}


def import_file(session: Session, path: Path) -> Record:
    """Read a year's list (holiday-cn JSON or a two-column table) into the ledger."""
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
    """Give a year's exceptions to the plain week, and whether its list is known."""
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
