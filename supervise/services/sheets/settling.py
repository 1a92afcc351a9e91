"""Differences decided one by one: taken over by the ordinary operation, or seen and left."""

from __future__ import annotations

from datetime import date

from db import sheets as store
from supervise.domain.dates import period_label
from supervise.domain.records import Unit
from supervise.domain.sheet_pages import DUTY, ISSUE
from supervise.errors import NotFound, Refused
from supervise.services import units
from supervise.services.issue_records import issue_record
from supervise.services.sheets.status import difference_record
from supervise.services.work import Record, Work, step

ACCEPTED, READ = "accepted", "read"


def accept(
    work: Work,
    period: str,
    issue: str,
    column: str,
    unit: str | None = None,
    unit_id: str | None = None,
) -> Record:
    """采纳差异: carry out what the row asks for, though it was not taken over when it came in.

    Only what a row asks for can be: progress, handing in, a later date, a report, a task's step
    finished. Raises Refused for anything else.
    """
    one, whose = _find(work, period, issue, column, unit, unit_id)
    if one.step is None:
        raise Refused(
            f"{issue} 的“{column}”不能采纳：{one.message}如确有错误，请用“更正”改台账。",
            code="not_acceptable",
        )
    _settle(work, one, ACCEPTED)
    return _carried_out(work, one, whose)


def dismiss(
    work: Work,
    period: str,
    issue: str,
    column: str,
    unit: str | None = None,
    unit_id: str | None = None,
) -> Record:
    """差异已阅: keep that a difference was seen; the ledger stays as it is."""
    one, whose = _find(work, period, issue, column, unit, unit_id)
    _settle(work, one, READ)
    return difference_record(one, whose, READ)


def _find(
    work: Work, period: str, issue: str, column: str, unit: str | None, unit_id: str | None
) -> tuple[store.Difference, Unit]:
    whose = units.find(work.conn, unit, unit_id)
    sheets = [one for one in store.of_period(work.conn, period) if one.unit_id == whose.id]
    found = [
        one
        for one in store.differences(work.conn, [sheet.id for sheet in sheets])
        if (one.code, one.heading) == (issue.strip(), column.strip())
    ]
    if not found:
        raise NotFound(
            f"{whose.name}{period_label(period)}的表里没有 {issue}“{column}”这一处差异，"
            f"请用 supervise sheet status {period} 查看。"
        )
    one = found[-1]
    if one.status == ACCEPTED:
        raise Refused(f"{issue} 的“{column}”已经采纳过了。", code="already_settled")
    return one, whose


def _settle(work: Work, one: store.Difference, status: str) -> None:
    payload: Record = {"settled": [[one.code, one.heading, status, one.page]]}
    if status == ACCEPTED and one.step is not None and one.page != ISSUE:
        values, newest = one.step["values"], work.appender.seq + 2
        term = values.get("period", "")
        payload["items_taken"] = [[one.page, one.code, term, one.step["digest"], newest]]
    elif status == ACCEPTED and one.step is not None:
        issue = work.issue(one.code)
        # The event after this one is the step itself: the row is accounted for up to there.
        payload |= {
            "taken": [[issue.id, one.step["digest"]]],
            "seen": [[issue.id, work.appender.seq + 2]],
        }
    work.record("sheet", one.sheet_id, payload)


def _carried_out(work: Work, one: store.Difference, whose: Unit) -> Record:
    assert one.step is not None
    kept, given = one.step, work.on_given
    day = work.on if given or not kept["on"] else date.fromisoformat(kept["on"])
    values = {**kept["values"], "on": min(day, work.session.today)}
    if one.page != ISSUE:
        # A unit is found again by its name where it has no code.
        more: Record = {"unit": whose.name, "unit_id": whose.code} if one.page == DUTY else {}
        if kept["op"] == "task.progress":
            more = {"by": whose.name}
        return step(work, kept["op"], {**values, **more, "ref": work.ref})
    values["issue"] = one.code
    if "due_on" in values:
        values["due_on"] = date.fromisoformat(values["due_on"])
    step(work, kept["op"], {**values, "ref": work.ref})
    return issue_record(work.conn, work.issue(one.code), work.session.today)
