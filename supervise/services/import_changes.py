"""A row changed since it was last imported: filled cells only, never undoing a step taken here."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from db import imports
from db import issues as store
from supervise.domain import corrections, moves
from supervise.domain.records import Issue, Span, Stage
from supervise.services.tables.rows import DraftRow
from supervise.services.work import Work

_TEXTS = (
    "title",
    "detail",
    "source",
    "source_no",
    "batch",
    "category",
    "urgency",
    "handler",
    "reply",
)


def apply(
    work: Work,
    issue_id: int,
    row: DraftRow,
    unit: int | None,
    co_units: tuple[int, ...],
    key: str,
    digest: str,
) -> bool:
    """Write what the file newly says of an issue; True when that changed it.

    A cell counts only when the file itself changed it; where the ledger has gone on since, the
    ledger's own step stays and a warning says so.
    """
    before = store.by_id(work.conn, issue_id)
    assert before is not None
    last = imports.last_values(work.conn, issue_id)
    after = _texts(before, row)
    after = _unit(work, after, unit, co_units, row, last)
    after = _dates(work, after, row, last)
    after = _steps(work, after, row, unit)
    work.save(before, after, row=kept(row), key=key, digest=digest)
    return after != before


def kept(row: DraftRow) -> dict[str, Any]:
    """Give the cells whose last state decides whether the file changed them."""
    names = ("unit", "unit_id", "co_units", "found_on", "assigned_on", "due_on")
    found = {name: getattr(row, name) for name in names}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, value in found.items()
        if value is not None
    }


def _texts(issue: Issue, row: DraftRow) -> Issue:
    filled = {name: getattr(row, name) for name in _TEXTS if getattr(row, name) is not None}
    return replace(issue, **filled)


def _changed(row: DraftRow, last: dict[str, Any], *names: str) -> bool:
    now = kept(row)
    return any(name in now and now[name] != last.get(name) for name in names)


def _unit(
    work: Work,
    issue: Issue,
    unit: int | None,
    co_units: tuple[int, ...],
    row: DraftRow,
    last: dict[str, Any],
) -> Issue:
    if co_units:
        issue = replace(issue, co_units=co_units)
    if unit is None or unit == issue.unit_id or not _changed(row, last, "unit", "unit_id"):
        return issue
    if issue.stage is Stage.DISCOVER:
        return replace(issue, unit_id=unit)
    if any(span.outcome == "transfer" for span in issue.spans):
        work.session.warn(f"{issue.code}：台账中已转办，文件中的责任单位未采用。")
        return issue
    return corrections.correct_unit(issue, unit)


def _dates(work: Work, issue: Issue, row: DraftRow, last: dict[str, Any]) -> Issue:
    for name in ("found_on", "assigned_on", "due_on"):
        value = getattr(row, name)
        known = getattr(issue, name)
        if value is None or value == known or not _changed(row, last, name):
            continue
        if name == "assigned_on" and issue.stage is Stage.DISCOVER:
            continue
        told = last.get(name)
        if known is not None and told is not None and known.isoformat() != told:
            label = corrections.DATE_FIELDS[name]
            work.session.warn(f"{issue.code}：台账中的{label}已另有变动，文件中的未采用。")
            continue
        if name == "due_on" and issue.stage is Stage.DISCOVER:
            continue
        issue = corrections.correct_date(issue, name, value)
    return issue


def _steps(work: Work, issue: Issue, row: DraftRow, unit: int | None) -> Issue:
    """Take the steps the file reports and the ledger has not taken yet."""
    lead = unit or issue.unit_id
    if issue.stage is Stage.DISCOVER and row.assigned_on and lead:
        issue = moves.assign(issue, row.assigned_on, lead, row.due_on)
    if issue.stage is Stage.RECTIFY and row.submitted_on and issue.returns == issue.reopens == 0:
        issue = moves.submit(issue, row.submitted_on, "", None)
        issue = replace(issue, submitted_by=None)
    if row.closed_on and issue.stage in {Stage.REVIEW, Stage.FEEDBACK} and not issue.returns:
        issue = _closed(issue, row.closed_on)
    return issue


def _closed(issue: Issue, on: date) -> Issue:
    """Close an issue as its file says, by way of the stages in between."""
    if issue.stage is Stage.REVIEW:
        issue = moves.pass_(issue, on)
    moves.require(replace(issue, feedback_on=on, replied_on=on), "close", on)
    last = replace(issue.spans[-1], left=on, outcome="close")
    spans = (*issue.spans[:-1], last, Span(Stage.CLOSED, issue.unit_id, on))
    return replace(issue, stage=Stage.CLOSED, moved_on=on, closed_on=on, ended_on=on, spans=spans)
