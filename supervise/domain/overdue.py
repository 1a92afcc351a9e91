"""When a due date is missed: one rule for the screen's 超期 and for the monthly cut-off."""

from __future__ import annotations

from datetime import date, timedelta

from supervise.domain.records import Issue, Span, Stage

_NEVER_GIVEN_OUT = frozenset({Stage.DISCOVER, Stage.REJECTED})


def missed(due: date | None, handed_in: date | None, as_of: date) -> bool:
    """Tell whether a date was missed at the end (24:00) of a day.

    The due day itself still counts: what is due that day must be in by its end.
    """
    return due is not None and due <= as_of and (handed_in is None or handed_in > as_of)


def suspended(due: date | None, paused_on: date | None) -> bool:
    """Tell whether a pause stops the clock: only one begun on or before the due date does."""
    return due is not None and paused_on is not None and paused_on <= due


def overdue(
    due: date | None, handed_in: date | None, today: date, paused_on: date | None = None
) -> bool:
    """Tell whether something is overdue on a day still running: missed by the end of yesterday."""
    if suspended(due, paused_on):
        return False
    return missed(due, handed_in, today - timedelta(days=1))


def handed_in_late(due: date | None, handed_in: date | None, today: date) -> bool:
    """Tell whether something came in after its date, or is still out after it: kept for ever."""
    return due is not None and (handed_in or today) > due


def is_overdue(issue: Issue, today: date) -> bool:
    """Tell whether the issue's current stay in 整改 ended, or is running, after its due date.

    Kept after closing. Without a due date, before 交办 and under a pause begun in time: False.
    """
    if issue.stage in _NEVER_GIVEN_OUT or suspended(issue.due_on, issue.paused_on):
        return False
    return handed_in_late(issue.due_on, _stay_ended(issue), today)


def overdue_days(issue: Issue, today: date) -> int:
    """Count the calendar days an issue is, or was handed in, past its due date; 0 if it is not."""
    if issue.due_on is None or not is_overdue(issue, today):
        return 0
    return ((_stay_ended(issue) or today) - issue.due_on).days


def _stay_ended(issue: Issue) -> date | None:
    if issue.stage is Stage.RECTIFY:
        return None
    return issue.submitted_on or issue.closed_on or issue.ended_on


def span_as_of(issue: Issue, day: date) -> Span | None:
    """Find the stay the issue was in at the end of a day; None before its first."""
    index = _last_entered(issue, day, None)
    if index is None:
        return None
    span = issue.spans[index]
    return span if span.left is None or span.left > day else None


def rectify_span_as_of(issue: Issue, day: date) -> Span | None:
    """Find the stay in 整改 running at the end of a day, or the last one before it."""
    index = _last_entered(issue, day, Stage.RECTIFY)
    return None if index is None else issue.spans[index]


def due_as_of(issue: Issue, day: date) -> date | None:
    """Give the due date that held at the end of a day for the latest stay in 整改.

    A date moved later on counts from the day the movement took effect, not before.
    """
    index = _last_entered(issue, day, Stage.RECTIFY)
    if index is None:
        return None
    for shift in issue.shifts:
        if shift.span == index and shift.effective > day:
            return shift.before
    return issue.spans[index].due_on


def _last_entered(issue: Issue, day: date, stage: Stage | None) -> int | None:
    found = None
    for index, span in enumerate(issue.spans):
        if span.entered <= day and (stage is None or span.stage is stage):
            found = index
    return found
