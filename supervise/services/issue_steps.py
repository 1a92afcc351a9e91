"""What the operations on an issue share: who did a step when nobody is named, and their answer."""

from __future__ import annotations

from db import units as unit_store
from supervise.domain.records import Issue
from supervise.services.issue_records import issue_record
from supervise.services.work import Record, Work


def done(work: Work, issue: Issue) -> Record:
    """Give the JSON record of an issue just changed, where anybody reads it."""
    if not work.told:
        return {}
    return issue_record(work.conn, issue, work.session.today)


def by_unit(work: Work, issue: Issue) -> None:
    """Let the responsible unit stand as the doer unless somebody is named."""
    if work.by is None and issue.unit_id is not None:
        work.by = unit_store.get(work.conn, issue.unit_id).name
