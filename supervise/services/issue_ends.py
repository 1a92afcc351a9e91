"""The other ends of an issue: not accepted, joined to another, ended; and back from them."""

from __future__ import annotations

from supervise.domain import moves
from supervise.services import handover, joining
from supervise.services.issue_steps import done
from supervise.services.work import Record, Work


def reject(work: Work, issue: str, reason: str) -> Record:
    """不予受理: examined and not taken up; the ground is kept in the log."""
    before = work.issue(issue)
    after = moves.reject(before, work.on)
    work.save(before, after, reason=reason)
    return done(work, after)


def merge(work: Work, issue: str, into: str) -> Record:
    """合并办理: go on under another issue, which takes over who complained and since when."""
    before, target = work.issue(issue), work.issue(into)
    after = moves.merge(before, work.on, target)
    work.save(before, after, into=target.code)
    joining.settle(work, target.id, joined=before.code)
    return done(work, after)


def terminate(work: Work, issue: str, reason: str) -> Record:
    """终止办理: nothing more can be done about it; the ground is kept in the log."""
    before = work.issue(issue)
    after = moves.terminate(before, work.on)
    work.save(before, after, reason=reason)
    return done(work, after)


def restore(work: Work, issue: str, reason: str) -> Record:
    """恢复: bring an ended issue back to 发现, away from the one it had been joined to."""
    before = work.issue(issue)
    after = handover.to_successor(work, moves.restore(before, work.on))
    work.save(before, after, reason=reason)
    if before.merged_into is not None:
        joining.settle(work, before.merged_into, left=before.code)
    return done(work, after)
