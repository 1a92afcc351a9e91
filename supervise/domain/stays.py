"""How one stay of an issue in a stage ends and the next begins, whatever move it is.

Due dates arrive as values already computed by `clock`; nothing here looks at a calendar.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from supervise.domain.overdue import suspended
from supervise.domain.records import Issue, Span, Stage
from supervise.domain.shifts import UNIT_MERGE, shift, succeeded


def _before_merger(issue: Issue, on: date) -> Issue:
    """Take back the stay that a merger of units began, for a step dated before the merger."""
    while len(issue.spans) > 1 and issue.spans[-1].entered > on:
        *rest, before, last = issue.spans
        if before.outcome != UNIT_MERGE:
            break
        stay = replace(before, due_on=last.due_on, left=None, outcome=None)
        number = len(rest)
        shifts = tuple(replace(s, span=min(s.span, number)) for s in issue.shifts)
        issue = replace(issue, spans=(*rest, stay), shifts=shifts)
    return issue


def _paused_to(issue: Issue, on: date) -> Issue:
    """Carry the date of a stay that ends under a pause begun in time to the day it ends on.

    Whoever looks back at a day of the pause finds the clock standing still, also after the issue
    was taken up again and the pause itself is forgotten.
    """
    stays = issue.stage is Stage.RECTIFY and suspended(issue.due_on, issue.paused_on)
    if not stays or issue.due_on is None or issue.paused_on is None or issue.due_on >= on:
        return issue
    return shift(issue, "resume", issue.paused_on, on)


def go(issue: Issue, op: str, on: date, stage: Stage, **changes: Any) -> Issue:
    """Close the current stay and open the next one; `changes` are the other fields that change.

    A step dated before a merger of units was still the old unit's, and goes on to its successor.
    """
    known = issue
    issue = _paused_to(_before_merger(issue, on), on)
    mergers = [stay for stay in known.spans[len(issue.spans) :] if "unit_id" not in changes]
    held = issue.spans[-1].unit_id if mergers else issue.unit_id
    unit_id = changes.setdefault("unit_id", held)
    due_on = changes.get("due_on") if stage is Stage.RECTIFY else None
    last = replace(issue.spans[-1], left=on, outcome=op)
    spans = (*issue.spans[:-1], last, Span(stage, unit_id, on, due_on))
    ended_on = on if stage.ended else None
    changes.setdefault("ended_on", ended_on)
    moved = replace(issue, stage=stage, moved_on=on, spans=spans, **changes)
    for merger in mergers if not stage.ended else ():
        if moved.unit_id is not None and merger.unit_id is not None:
            moved = succeeded(moved, moved.unit_id, merger.unit_id, merger.entered)
    return moved


def cycle(due_on: date | None, term: str | None) -> dict[str, Any]:
    """Give the fields a new handling cycle starts with: nothing handed in, nothing signed."""
    return {
        "due_on": due_on,
        "original_due_on": due_on,
        "term": term,
        "signed_on": None,
        "urged_on": None,
        "urges": 0,
        "extensions": 0,
        "paused_on": None,
        "pause_review_on": None,
        "submitted_on": None,
        "submitted_by": None,
        "measures": None,
        "reply": None,
        "replied_on": None,
        "satisfaction": None,
        "feedback_on": None,
        "closed_on": None,
    }
