"""What a person should see beside the ladder: near misses, successions, requests to think over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date

from supervise.domain import ladder_words as words
from supervise.domain.dates import period_of
from supervise.domain.ladder import HELD, LadderRules, gaps, standing
from supervise.domain.ladder_records import INTERVIEW_OPEN, Interview, Naming, Notice
from supervise.domain.records import Unit


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence about one unit that changes nothing by itself. `kind`: gap or inherited."""

    unit_id: int
    kind: str
    sentence: str


def remarks(
    namings: Iterable[Naming],
    notice_periods: AbstractSet[str],
    interviews: Iterable[Interview],
    rules: LadderRules,
    units: Mapping[int, Unit] | None = None,
) -> tuple[Remark, ...]:
    """Say where a month without a notice, or a reorganisation, kept two namings apart."""
    by_unit: dict[int, list[Naming]] = defaultdict(list)
    for one in namings:
        by_unit[one.unit_id].append(one)
    asked = tuple(interviews)
    found: list[Remark] = []
    for unit_id, own in sorted(by_unit.items()):
        of_unit = [one for one in asked if one.unit_id == unit_id]
        now = standing(own, notice_periods, of_unit, rules)
        for before, *missing, after in gaps(now.streaks, notice_periods):
            sentence = words.gap(before, missing, after, rules.months)
            found.append(Remark(unit_id, "gap", sentence))
    return (*found, *_inherited(by_unit, units or {}))


def _inherited(
    by_unit: Mapping[int, Sequence[Naming]], units: Mapping[int, Unit]
) -> Iterator[Remark]:
    for unit_id, own in sorted(by_unit.items()):
        unit = units.get(unit_id)
        if unit is not None and unit.merged_into is not None:
            yield Remark(unit.merged_into, "inherited", words.inherited(unit.name, own))


def unit_warnings(unit: Unit | None, periods: Sequence[str]) -> tuple[str, ...]:
    """Warn beside a proposal that the unit is gone, or has another head since the first month."""
    if unit is None:
        return ()
    gone = () if unit.active else (words.GONE,)
    since = unit.head_since
    if since is None or period_of(since) < periods[0]:
        return gone
    return (*gone, words.head_changed(since))


def since_request(
    interview: Interview, unit: Unit | None, namings: Sequence[Naming]
) -> tuple[str, ...]:
    """Say what became of a unit since a request, or since the interview where it was held.

    `namings` are those it rests on. A unit merged away, or another head since: a person must see
    whom the interview, or the promise, is about now. Different names matter until it is held.
    """
    if unit is None or interview.status not in INTERVIEW_OPEN | {"held"}:
        return ()
    last = interview.held_on or interview.submitted_on
    changed = unit.head_since is not None and last is not None and unit.head_since > last
    return (
        *(() if unit.active else (words.GONE,)),
        *((words.head_changed(unit.head_since),) if changed and unit.head_since else ()),
        *(words.names_differ(namings) if interview.status in INTERVIEW_OPEN else ()),
    )


def open_request_flags(
    interview: Interview,
    namings: Iterable[Naming],
    corrected: Mapping[str, date] | None = None,
) -> tuple[str, ...]:
    """Say that the ground of a request or an interview has gone, or changed, since.

    `namings` are the effective ones; `corrected` gives, by month, when an entry of this unit was
    last corrected (`corrected_periods`). Nothing is withdrawn by itself.
    """
    if interview.status not in INTERVIEW_OPEN | HELD:
        return ()
    own = [one for one in namings if one.unit_id == interview.unit_id]
    effective = {period for one in own for period in one.periods}
    gone = [period for period in interview.periods if period not in effective]
    if interview.status in HELD:
        return (*_revoked(gone), *_published_after(interview, own))
    asked = interview.submitted_on
    changed = [
        period
        for period in interview.periods
        if period in (corrected or {}) and asked is not None and (corrected or {})[period] > asked
    ]
    touched = sorted({*gone, *changed})
    return (f"{words.CHANGED}（{words.months_text(touched)}）",) if touched else ()


def _revoked(gone: Sequence[str]) -> Iterator[str]:
    if gone:
        yield f"{words.REVOKED}（{words.months_text(gone)}）"


def _published_after(interview: Interview, own: Iterable[Naming]) -> Iterator[str]:
    """Note namings for months up to the interview that came out after it: they do not count."""
    held = interview.held_on
    for one in own:
        is_new = not set(one.periods) & set(interview.periods)
        if held and is_new and max(one.periods) <= period_of(held) and one.issued_on > held:
            yield f"{words.months_text(one.periods)}的点名在约谈之后公布，只作记载，不再计入"


def corrected_periods(
    notices: Iterable[Notice], unit_id: int, subject: Callable[[int], int] = lambda key: key
) -> dict[str, date]:
    """Give the months in which an entry of a unit was corrected after issue, with the last date.

    `subject` gives who answers for a unit: an entry under another record of the body, or under a
    bureau since put under its county, is the unit's own.
    """
    found: dict[str, date] = {}
    for notice in notices:
        days = [
            entry.corrected_on
            for entry in notice.entries
            if entry.corrected_on is not None and subject(entry.unit_id) == unit_id
        ]
        for period in notice.periods or (notice.period,):
            if days:
                found[period] = max([*days, found.get(period, date.min)])
    return found
