"""合并办理: what an issue takes over from those joined to it, and gives back when they leave it.

Who complained of any of them is answered with it, and the time counts from the earliest
registration; its due date stays. Everybody's data stay with their own issue.
"""

from __future__ import annotations

from dataclasses import replace

from db import issues as store
from db import parties
from supervise.domain.records import Issue, Stage
from supervise.services.work import Work


def others_complained(work: Work, issue: Issue) -> bool:
    """Whether somebody complained of an issue joined to this one."""
    return any(one.has_party for one in store.joined_to(work.conn, issue.id))


def settle(work: Work, issue_id: int, **facts: str) -> None:
    """Write what an issue has of its own and of those joined to it now, where that changed.

    A closed issue is left as it is until it is reopened: nobody is answered by it any more. What
    it was itself joined to follows.
    """
    issue = store.by_id(work.conn, issue_id)
    if issue is None or issue.stage is Stage.CLOSED:
        return
    after = joined(work, issue)
    if after == issue:
        return
    work.save(issue, after, **facts)
    if issue.merged_into is not None:
        settle(work, issue.merged_into, **facts)


def joined(work: Work, issue: Issue) -> Issue:
    """Give an issue with the earliest registration and the complainants of all joined to it."""
    members = store.joined_to(work.conn, issue.id)
    found_on = min([issue.spans[0].entered, *(one.found_on for one in members)])
    own = parties.get(work.conn, issue.id)
    named = own is not None and bool(own.name or own.contact or own.redacted)
    has_party = named or any(one.has_party for one in members)
    return replace(issue, found_on=found_on, has_party=has_party)
