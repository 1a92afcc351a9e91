"""Which meetings come round in a span of days, and whether each was held.

A cadence of the rule pack that names a tier is a meeting. No document says on which day of its
week or month it falls due: where the pack gives none, the last working day is taken (本办设定).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from supervise.domain.calendar import Calendar
from supervise.domain.dispatch import GROUP, Meeting
from supervise.domain.duties import Rhythm, Round, rounds
from supervise.domain.pack_settings import Cadence

# Nothing comes round less often than once a year.
_YEAR = timedelta(days=366)
_FORTNIGHT = timedelta(days=13)
# A Monday, for fortnights whose first day the pack does not say.
_MONDAY = date(2001, 1, 1)


@dataclass(frozen=True, slots=True)
class Slot:
    """One coming round of a meeting: its stretch of days, and the day it should be held by."""

    tier: str
    name: str
    start: date
    end: date
    due_on: date
    unit_id: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """How a slot stands: held, due (待开) or missed (应开未开); the meeting that fills it."""

    slot: Slot
    state: str
    meeting: Meeting | None = None


def slots(cadence: Cadence, since: date, until: date, calendar: Calendar) -> Iterator[Slot]:
    """Give the slots of a cadence that touch a span of days, oldest first.

    A fortnight begins on the anchor's day. A stretch without a working day asks for no meeting.
    """
    anchor = cadence.anchor or _MONDAY
    rhythm = Rhythm(cadence.every, cadence.day, anchor=anchor, rest="提前")
    for one in rounds(rhythm, since - _YEAR, until + _YEAR, calendar):
        first, last = _stretch(cadence, one)
        if first > until:
            return
        begun = cadence.anchor is None or last >= cadence.anchor
        if last >= since and begun and one.due_on >= one.first:
            yield Slot(cadence.tier, cadence.name, first, last, one.due_on)


def _stretch(cadence: Cadence, one: Round) -> tuple[date, date]:
    if cadence.every != "fortnight":
        return one.first, one.last
    return one.named_on, one.named_on + _FORTNIGHT


def expected(
    cadences: Iterable[Cadence],
    groups: Sequence[int],
    span: tuple[date, date],
    calendar: Calendar,
) -> Iterator[Slot]:
    """Give every slot of a span: of 专项组 one a group, where the ledger knows the groups."""
    for cadence in cadences:
        if not cadence.tier:
            continue
        for slot in slots(cadence, *span, calendar):
            if cadence.tier == GROUP and groups:
                yield from (replace(slot, unit_id=group) for group in groups)
            else:
                yield slot


def standing(
    expected_slots: Iterable[Slot],
    meetings: Sequence[Meeting],
    today: date,
    asked: Mapping[str, date] | None = None,
) -> Iterator[Standing]:
    """Say how each slot stands; those to come are left out.

    Meetings of a tier are owed from the first one that the ledger knows; of a tier that never met,
    from the first whole stretch after its cadence was put in force (`asked`, by name). What is past
    before that is left out too.
    """
    asked = asked or {}
    real = [one for one in meetings if one.status != "void"]
    for slot in expected_slots:
        same = [one for one in real if one.tier == slot.tier]
        first = min((one.held_on for one in same), default=None)
        found = next((one for one in same if _fills(one, slot)), None)
        if found is not None:
            yield Standing(slot, "held", found)
        elif slot.start <= today:
            begun = asked.get(slot.name, date.max)
            known = first <= slot.end if first is not None else begun <= slot.start
            state = "missed" if slot.due_on < today and known else "due"
            if state == "missed" or slot.end >= today:
                yield Standing(slot, state)


def _fills(meeting: Meeting, slot: Slot) -> bool:
    """Whether a meeting is the one of a slot; one of all groups is each group's."""
    same_group = slot.unit_id is None or meeting.unit_id in {None, slot.unit_id}
    return same_group and slot.start <= meeting.held_on <= slot.end
