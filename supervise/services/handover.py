"""What a change of units does to the issues that lie with them."""

from __future__ import annotations

from dataclasses import replace

from db import issues as store
from db import units
from supervise.domain.records import Issue
from supervise.domain.shifts import succeeded
from supervise.services.work import Work, index_issue


def move_open(work: Work, old: int, new: int) -> None:
    """Move every issue open on the day of a merger to the successor, dates unchanged.

    The stay shows the change. What was finished since then was the successor's too.
    """
    since = store.ids_led_since(work.conn, old, work.on)
    for issue_id in sorted({*since, *store.open_ids_of_unit(work.conn, old)}):
        issue = store.by_id(work.conn, issue_id)
        assert issue is not None
        work.save(issue, succeeded(_helped(issue, old, new), old, new, work.on))


def join_open(work: Work, old: int, new: int) -> None:
    """Put every open issue of a record under the other record of the same body: nothing moved."""
    for issue_id in store.open_ids_of_unit(work.conn, old):
        issue = store.by_id(work.conn, issue_id)
        assert issue is not None
        found = _helped(issue, old, new)
        if issue.unit_id == old:
            last = replace(issue.spans[-1], unit_id=new if issue.spans[-1].unit_id else None)
            found = replace(found, unit_id=new, spans=(*issue.spans[:-1], last))
        work.save(issue, found)


def _helped(issue: Issue, old: int, new: int) -> Issue:
    """Put a unit in another's place among those that help; the lead is none of them."""
    lead = new if issue.unit_id == old else issue.unit_id
    joined = dict.fromkeys(new if unit == old else unit for unit in issue.co_units)
    return replace(issue, co_units=tuple(unit for unit in joined if unit != lead))


def to_successor(work: Work, issue: Issue) -> Issue:
    """Give an issue taken up again to the unit that its own one was merged into since."""
    if issue.unit_id is None:
        return issue
    unit = units.get(work.conn, issue.unit_id)
    while not unit.active and unit.merged_into is not None:
        unit = units.get(work.conn, unit.merged_into)
    if unit.id == issue.unit_id:
        return issue
    spans = (*issue.spans[:-1], replace(issue.spans[-1], unit_id=unit.id))
    return replace(issue, unit_id=unit.id, spans=spans)


def reindex(work: Work, unit_id: int) -> None:
    """Write the search text of a renamed unit's issues anew."""
    for issue_id in store.ids_of_unit(work.conn, unit_id):
        issue = store.by_id(work.conn, issue_id)
        assert issue is not None
        index_issue(work.conn, issue, new=False)
