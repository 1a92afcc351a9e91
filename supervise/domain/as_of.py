"""An issue as it was: its stays show what stood at the end of a day, with all known now."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from supervise.domain.overdue import due_as_of
from supervise.domain.records import Issue, Stage


def issue_as_of(issue: Issue, as_of: date) -> Issue | None:
    """Give an issue as its stays show it at the end of a day; None before it was found."""
    stays = [n for n, s in enumerate(issue.spans) if s.entered <= as_of]
    if not stays:
        return None
    number = stays[-1]
    span = issue.spans[number]
    rectify = [n for n in stays if issue.spans[n].stage is Stage.RECTIFY]
    handled = issue.spans[rectify[-1]] if rectify else None
    handed = handled is not None and handled.outcome == "submit" and rectify[-1] < number

    def until(value: date | None) -> date | None:
        return value if value is not None and value <= as_of else None

    return replace(
        issue,
        stage=span.stage,
        unit_id=span.unit_id,
        moved_on=span.entered,
        assigned_on=until(issue.assigned_on),
        due_on=due_as_of(issue, as_of),
        original_due_on=issue.original_due_on if handled else None,
        submitted_on=handled.left if handed and handled else None,
        closed_on=span.entered if span.stage is Stage.CLOSED else None,
        ended_on=span.entered if span.stage.ended else None,
        paused_on=until(issue.paused_on),
        signed_on=until(issue.signed_on),
        feedback_on=until(issue.feedback_on),
        satisfaction=issue.satisfaction if until(issue.feedback_on) else None,
        returns=sum(1 for n in stays[1:] if issue.spans[n - 1].outcome in {"return", "feedback"}),
        reopens=sum(1 for n in stays[1:] if issue.spans[n - 1].outcome == "reopen"),
    )
