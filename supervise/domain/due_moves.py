"""The moves that change a due date and nothing else: 延期, 暂停计时, 恢复计时, 调整定级.

The first date of a handling stays beside the current one; `shifts` keeps the others.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from supervise.domain.records import Issue
from supervise.domain.shifts import handling_start, moved_dates, shift
from supervise.domain.stage import require
from supervise.errors import Refused


def ask(issue: Issue, on: date, due_on: date) -> Issue:
    """申请延期: the unit asks for a later date; until it is granted nothing moves.

    Raises Refused for a date that is not later.
    """
    require(issue, "ask", on)
    if issue.due_on is not None and due_on <= issue.due_on:
        raise Refused(f"申请的限期 {due_on} 不晚于现限期 {issue.due_on}。")
    return issue


def extend(
    issue: Issue,
    on: date,
    due_on: date,
    asked_on: date,
    max_count: int = 1,
) -> Issue:
    """延期: asked on or before the due date, it moves the current date and keeps the original.

    At most `max_count` times in a handling, as the rule pack says. It holds from the day it was
    asked. Raises Refused with the code extension_late for one asked after the due date, without
    one where the new date is no later or the count is used up.
    """
    require(issue, "extend", on)
    assert issue.due_on is not None
    if asked_on > on:
        raise Refused(f"申请日期 {asked_on} 晚于批准日期 {on}，请核对。")
    if asked_on > issue.due_on:
        raise Refused(
            f"不能延期：申请日期 {asked_on} 晚于限期 {issue.due_on}，延期须在到期当日或之前提出。",
            code="extension_late",
        )
    if due_on <= issue.due_on:
        raise Refused(f"不能延期：新限期 {due_on} 不晚于现限期 {issue.due_on}。")
    if issue.extensions >= max_count:
        raise Refused(
            f"不能延期：本轮办理已延期 {issue.extensions} 次，规则包只许 {max_count} 次。"
        )
    return shift(issue, "extend", asked_on, due_on, extensions=issue.extensions + 1, term=None)


def extension_too_long(issue: Issue, due_on: date, max_ratio: float) -> str | None:
    """Say where a cycle's extensions exceed `max_ratio` times its original term, else None.

    The days that a pause gave back are no part of an extension.
    """
    first, current = issue.original_due_on or issue.due_on, issue.due_on
    if first is None or current is None:
        return None
    granted = sum((after - before).days for before, after in moved_dates(issue, "extend"))
    days = (due_on - current).days + granted
    start = issue.spans[handling_start(issue)].entered
    longest = (first - start).days * max_ratio
    if days <= longest:
        return None
    return f"延期到 {due_on} 共延长 {days} 天，超过规则包许可的 {longest:.0f} 天。"


def pause(issue: Issue, on: date, review_on: date | None) -> Issue:
    """暂停计时: the clock stands still from this day; begun after the due date it cures nothing.

    Raises Refused where the pause is to be looked at again before it begins.
    """
    require(issue, "pause", on)
    if review_on is not None and review_on < on:
        raise Refused(f"复核暂停的日期 {review_on} 早于暂停日期 {on}。")
    return replace(issue, paused_on=on, pause_review_on=review_on)


def resume(issue: Issue, on: date, due_on: date | None) -> Issue:
    """恢复计时: `due_on` has the paused working days added and holds from the pause on.

    Raises Refused for a day before the pause began.
    """
    require(issue, "resume", on)
    assert issue.paused_on is not None
    if on < issue.paused_on:
        raise Refused(f"恢复日期 {on} 早于暂停日期 {issue.paused_on}。")
    return shift(issue, "resume", issue.paused_on, due_on, paused_on=None, pause_review_on=None)


def reclassify(
    issue: Issue, on: date, urgency: str, due_on: date | None, term: str | None
) -> Issue:
    """调整定级: the due date follows the new class from the original start.

    An issue already past its date keeps that date: a later class cures nothing. A granted
    extension is never taken back. A shorter class never makes a date lie in the past: nobody has
    missed a date that was not set when it came, so it falls on the day of the decision.
    """
    require(issue, "reclassify", on)
    current = issue.due_on
    if current is not None and due_on is not None:
        overdue = current < on
        if overdue or (issue.extensions and due_on < current):
            due_on = current
        due_on = max(due_on, min(on, current))
    return shift(issue, "reclassify", on, due_on or current, urgency=urgency, term=term)
