"""A row changed since it was last imported: filled cells only, never undoing a step taken here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from db import imports
from db import issues as store
from db.codec import plain
from supervise.domain import corrections, moves, stage
from supervise.domain.records import Issue, Span, Stage
from supervise.services import joining
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
_DATES = ("found_on", "assigned_on", "due_on", "submitted_on", "closed_on")
# A new row's event tells the rest of its cells in the columns that it sets.
_KEPT = ("unit", "unit_id", "co_units", "found_on", "assigned_on", "due_on")
_TOLD = (*_TEXTS, "submitted_on", "closed_on")


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
    last = _last(work, issue_id)
    after = _texts(before, row, last)
    after = _unit(work, after, unit, co_units, row, last)
    after = _dates(work, after, row, last)
    after = _steps(work, after, row, unit, last)
    registered = _known(after, "found_on") != _known(before, "found_on")
    if registered:
        after = joining.joined(work, after)
    work.save(before, after, row=_said(row), key=key, digest=digest)
    if registered and after.merged_into is not None:
        joining.settle(work, after.merged_into, joined=after.code)
    return after != before


def kept(row: DraftRow) -> dict[str, Any]:
    """Give the cells of a new row that its issue's own columns do not tell as the file has them."""
    return _cells(row, _KEPT)


def _said(row: DraftRow) -> dict[str, Any]:
    return _cells(row, (*_KEPT, *_TOLD))


def _cells(row: DraftRow, names: Sequence[str]) -> dict[str, Any]:
    found = {name: plain(getattr(row, name)) for name in names}
    return {name: value for name, value in found.items() if value is not None}


def _last(work: Work, issue_id: int) -> dict[str, Any]:
    """Give what the file last said of an issue."""
    first, said = imports.last_values(work.conn, issue_id)
    told = {name: first[name] for name in _TOLD if first.get(name) is not None}
    return {**told, **said}


def _texts(issue: Issue, row: DraftRow, last: dict[str, Any]) -> Issue:
    changed = {name: getattr(row, name) for name in _TEXTS if _changed(row, last, name)}
    return replace(issue, **changed)


def _changed(row: DraftRow, last: dict[str, Any], *names: str) -> bool:
    now = _said(row)
    return any(name in now and now[name] != last.get(name) for name in names)


def _unit(
    work: Work,
    issue: Issue,
    unit: int | None,
    co_units: tuple[int, ...],
    row: DraftRow,
    last: dict[str, Any],
) -> Issue:
    if co_units and _changed(row, last, "co_units"):
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
    for name in _in_turn(issue, row):
        value = getattr(row, name)
        known = _known(issue, name)
        if value == known or not _changed(row, last, name):
            continue
        if name in {"submitted_on", "closed_on"} and known is None:
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


def _known(issue: Issue, name: str) -> date | None:
    """Give a date as the ledger has it; its own registration, where others are joined to it."""
    known: date | None = issue.spans[0].entered if name == "found_on" else getattr(issue, name)
    return known


def _in_turn(issue: Issue, row: DraftRow) -> list[str]:
    """List the dates a row has: those that move later from the last, the others from the first.

    So a whole history can shift without its steps crossing on the way.
    """
    names = [name for name in _DATES if getattr(row, name) is not None]
    later = [n for n in names if (known := _known(issue, n)) and getattr(row, n) > known]
    return [*reversed(later), *(name for name in names if name not in later)]


def _steps(
    work: Work, issue: Issue, row: DraftRow, unit: int | None, last: dict[str, Any]
) -> Issue:
    """Take the steps that the file newly reports and the ledger has not taken yet."""
    lead = unit or issue.unit_id
    assigned, submitted, closed = (
        getattr(row, name) if _changed(row, last, name) else None
        for name in ("assigned_on", "submitted_on", "closed_on")
    )
    if issue.stage is Stage.DISCOVER and assigned and lead:
        issue = moves.assign(issue, assigned, lead, row.due_on)
    if issue.stage is Stage.RECTIFY and submitted and issue.returns == issue.reopens == 0:
        issue = moves.submit(issue, submitted, "", None)
        issue = replace(issue, submitted_by=None)
    if closed and issue.stage in {Stage.REVIEW, Stage.FEEDBACK} and not issue.returns:
        issue = _closed(issue, closed)
    return issue


def _closed(issue: Issue, on: date) -> Issue:
    """Close an issue as its file says, by way of the stages in between."""
    if issue.stage is Stage.REVIEW:
        issue = moves.pass_(issue, on)
    stage.require(replace(issue, feedback_on=on, replied_on=on), "close", on)
    last = replace(issue.spans[-1], left=on, outcome="close")
    spans = (*issue.spans[:-1], last, Span(Stage.CLOSED, issue.unit_id, on))
    return replace(issue, stage=Stage.CLOSED, moved_on=on, closed_on=on, ended_on=on, spans=spans)
