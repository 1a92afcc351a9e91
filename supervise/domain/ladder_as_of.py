"""The ladder as it stood on a past day: what people had decided and issued by its end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from supervise.domain.ladder_records import Entry, Interview, Notice

# From the last step to the first: of two steps of one day the later one stands.
_STEPS = ("voided", "closed", "held", "declined", "deferred", "approved", "submitted")
_STATUS = {"voided": "void"}


def notice_as_of(notice: Notice, day: date) -> Notice:
    """Give a notice as it was at the end of a day: not yet withdrawn, corrected or issued."""
    if notice.issued_on is None or notice.issued_on > day:
        return replace(notice, status="draft", entries=(), issued_on=None, withdrawn_on=None)
    entries = tuple(filter(None, (_entry_as_of(one, day) for one in notice.entries)))
    if notice.withdrawn_on is not None and notice.withdrawn_on > day:
        return replace(notice, status="issued", entries=entries, withdrawn_on=None)
    return replace(notice, entries=entries)


def _entry_as_of(entry: Entry, day: date) -> Entry | None:
    """Give an entry without what a later correction did to it; None for one added by it."""
    if entry.corrected_on is None or entry.corrected_on <= day:
        return entry
    if entry.status == "withdrawn":
        return replace(entry, status="effective", corrected_on=None)
    kept = tuple(one for one in entry.reasons if one.criterion != "corrected")
    if kept == entry.reasons:
        return None
    return replace(entry, reasons=kept, corrected_on=None)


def interview_as_of(interview: Interview, day: date) -> Interview | None:
    """Give an interview as it was at the end of a day; None before it was asked for.

    The day it was set for is not kept: one that is scheduled shows as approved, open as well.
    """
    taken = {step: getattr(interview, f"{step}_on") for step in _STEPS}
    done = {step: on for step, on in taken.items() if on is not None and on <= day}
    later = {step for step, on in taken.items() if on is not None and on > day}
    if not done:
        return None
    if not later:
        return interview
    last = max(done, key=lambda step: done[step])
    days: dict[str, Any] = {f"{step}_on": done.get(step) for step in _STEPS}
    return replace(interview, status=_STATUS.get(last, last), **days)
