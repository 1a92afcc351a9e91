"""How a due date moves while an issue stays with its unit, and what it was before.

Every earlier date is kept beside the day from which the next one holds, so that a month's notice
can be judged by the date it had then.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from supervise.domain.records import Issue, Shift, Span, Stage

UNIT_MERGE = "unit_merge"
CALENDAR = "calendar"
# Where one of these follows a stay, the issue's own date is that of a later handling, or none.
_AGAIN = frozenset({Stage.DISCOVER, Stage.RECTIFY})


def handling_start(issue: Issue, number: int = -1) -> int:
    """Give the index of the stay that a stay goes on with: a merger begins no new handling."""
    number %= len(issue.spans)
    while number and issue.spans[number - 1].outcome == UNIT_MERGE:
        number -= 1
    return number


def shift(issue: Issue, op: str, effective: date, due_on: date | None, **changes: Any) -> Issue:
    """Move the current stay's due date, keeping the earlier one as it stood until `effective`.

    Where units merged since that day, the stay before the merger had the later date too.
    """
    if due_on == issue.due_on:
        return replace(issue, **changes)
    first = handling_start(issue)
    moved = {
        number: stay
        for number, stay in enumerate(issue.spans)
        if number >= first and (stay.left is None or stay.left > effective)
    }
    spans = tuple(
        replace(stay, due_on=due_on) if number in moved else stay
        for number, stay in enumerate(issue.spans)
    )
    shifts = tuple(Shift(n, effective, stay.due_on, due_on, op) for n, stay in moved.items())
    return replace(issue, due_on=due_on, spans=spans, shifts=(*issue.shifts, *shifts), **changes)


def recount(issue: Issue, number: int, due_on: date) -> Issue:
    """Move the date of a handling, gone by or running, that the clock set by another calendar.

    `number` is its last stay. The later date holds from the day the handling began: it was wrong
    from the start. So is the original date, where nothing but calendars moved it.
    """
    first = handling_start(issue, number)
    begun = issue.spans[first].entered
    stays = range(first, number % len(issue.spans) + 1)
    known = issue.spans[number].due_on
    moved = [n for n in stays if issue.spans[n].due_on == known != due_on]
    spans = tuple(
        replace(stay, due_on=due_on) if n in moved else stay for n, stay in enumerate(issue.spans)
    )
    added = tuple(Shift(n, begun, known, due_on, CALENDAR) for n in moved)
    counted = all(one.op == CALENDAR for one in issue.shifts if one.span >= first)
    changes: dict[str, Any] = {}
    later = [n for n, stay in enumerate(issue.spans) if n > stays[-1] and stay.stage in _AGAIN]
    if not later:
        changes["due_on"] = due_on
        if counted and not issue.extensions:
            changes["original_due_on"] = due_on
    return replace(issue, spans=spans, shifts=(*issue.shifts, *added), **changes)


def moved_dates(issue: Issue, op: str) -> tuple[tuple[date, date], ...]:
    """List from where to where an operation moved the date of the current handling, each once."""
    first = handling_start(issue)
    found = dict.fromkeys(
        (s.effective, s.before, s.after) for s in issue.shifts if s.span >= first and s.op == op
    )
    return tuple((before, after) for _, before, after in found if before and after)


def succeeded(issue: Issue, old: int, new: int, on: date) -> Issue:
    """Put a unit's successor in its place from the day they merged; earlier days stay as they were.

    The stay of that day is parted in two; whatever came later was the successor's, also where the
    merger is entered after it.
    """
    own = [_led_by(issue, number, old) for number in range(len(issue.spans))]
    spans: list[Span] = []
    places: list[int] = []
    parted: int | None = None
    for number, stay in enumerate(issue.spans):
        places.append(len(spans))
        if not own[number] or (stay.left is not None and stay.left <= on):
            spans.append(stay)
        elif stay.entered > on:
            spans.append(replace(stay, unit_id=new))
        else:
            parted = number
            due = next((s.before for s in _later(issue, number, on)), stay.due_on)
            spans.append(replace(stay, due_on=due, left=on, outcome=UNIT_MERGE))
            spans.append(replace(stay, unit_id=new, entered=on))
    shifts = tuple(
        replace(one, span=places[one.span] + (one.span == parted and one.effective > on))
        for one in issue.shifts
    )
    unit_id = new if issue.unit_id == old else issue.unit_id
    return replace(issue, unit_id=unit_id, spans=tuple(spans), shifts=shifts)


def _led_by(issue: Issue, number: int, unit_id: int) -> bool:
    """Tell whether a stay is a unit's; in 发现 the issue itself names the one proposed."""
    led = issue.spans[number].unit_id
    proposed = number == len(issue.spans) - 1 and issue.unit_id == unit_id
    return led == unit_id or (led is None and proposed)


def _later(issue: Issue, number: int, on: date) -> list[Shift]:
    return [one for one in issue.shifts if one.span == number and one.effective > on]
