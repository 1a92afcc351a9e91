"""Two months running: from the namings in issued notices to proposals for an interview (约谈).

Months are "YYYY-MM" in text and order as text. Nothing here is stored: proposals are computed
from the namings that are effective now and from what people decided about interviews.
Callers hand in effective namings only: issued notices, polarity 点名, one series.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from supervise.domain import ladder_words as words
from supervise.domain.dates import next_period, period_of
from supervise.domain.ladder_records import INTERVIEW_OPEN, Interview, Naming

HELD = frozenset({"held", "closed"})


@dataclass(frozen=True, slots=True)
class LadderRules:
    """The settings of a rule pack for what follows a naming.

    `months`: how many months running lead to a proposal; 0: never. `gap`: a month without a notice
    breaks a streak ("break") or is passed over ("bridge"). `criteria` are the referral criteria
    switched on; the other settings belong to them.
    """

    months: int = 2
    gap: str = "break"
    criteria: frozenset[str] = frozenset({"named_again", "promise_missed"})
    named_again_months: int = 3
    same_matter_months: int = 3
    same_matter_window: int = 12
    returned_times: int = 2


@dataclass(frozen=True, slots=True)
class Streak:
    """Months running in which one unit was named, with the namings, and how many months count.

    `length` is below the number of months where one notice covers several.
    """

    periods: tuple[str, ...]
    namings: tuple[Naming, ...]
    length: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """A streak that the office should ask an interview for.

    `completed_on`: when the notice that first made it long enough was issued. `late`: it became so
    only through a notice issued after that of a later month; a person must confirm it.
    """

    unit_id: int
    name: str
    periods: tuple[str, ...]
    namings: tuple[Naming, ...]
    completed_on: date
    late: bool = False
    warnings: tuple[str, ...] = ()


def streaks(
    namings: Iterable[Naming],
    notice_periods: AbstractSet[str],
    rules: LadderRules,
    consumed: AbstractSet[str] = frozenset(),
) -> tuple[Streak, ...]:
    """Find the runs of months in which one unit was named (连续被通报).

    A unit counts once a month, by the month of the notice, across years. A month with a notice
    that does not name the unit ends a run; so does a month without any notice (not in
    `notice_periods`), unless the rules bridge it. Months in `consumed` led to an interview, or to a
    refusal, and count no more. A notice for several months joins them all but is one naming.
    """
    named: dict[str, list[Naming]] = defaultdict(list)
    for naming in namings:
        for period in naming.periods:
            if period not in consumed:
                named[period].append(naming)

    runs: list[list[str]] = []
    for period in sorted(named):
        if runs and _follows(runs[-1][-1], period, notice_periods, rules):
            runs[-1].append(period)
        else:
            runs.append([period])

    return tuple(_streak(run, named) for run in runs)


def _follows(
    earlier: str, later: str, notice_periods: AbstractSet[str], rules: LadderRules
) -> bool:
    between = months_between(earlier, later)
    return not between or (rules.gap == "bridge" and notice_periods.isdisjoint(between))


def _streak(run: list[str], named: dict[str, list[Naming]]) -> Streak:
    found = {naming: None for period in run for naming in named[period]}
    return Streak(tuple(run), tuple(found), _length({naming.periods for naming in found}, run))


def _length(covered: Iterable[tuple[str, ...]], run: list[str]) -> int:
    """Count the months that have a notice of their own: a notice for two months fills one."""
    free = set(run)
    for periods in sorted(covered, key=lambda months: (months[-1], months)):
        own = next((period for period in periods if period in free), None)
        free.discard(own or "")
    return len(run) - len(free)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where one unit stands: its streaks now, the months used up, what each interview is about."""

    streaks: tuple[Streak, ...]
    consumed: frozenset[str]
    about: dict[int, frozenset[str]]


def standing(
    namings: Sequence[Naming],
    notice_periods: AbstractSet[str],
    interviews: Iterable[Interview],
    rules: LadderRules,
) -> Standing:
    """Work out what one unit's interviews used up, in the order they were asked for.

    A held one uses up every month to the month it was held in; a declined one the months it was
    about: those asked for and those of the same streak named before it was declined.
    """
    consumed: frozenset[str] = frozenset()
    about: dict[int, frozenset[str]] = {}
    for interview in sorted(interviews, key=lambda one: one.id):
        months = _about(interview, namings, notice_periods, rules, consumed)
        about[interview.id] = months
        if interview.status in HELD:
            held = period_of(interview.held_on) if interview.held_on else ""
            earlier = {month for one in namings for month in one.periods if month <= held}
            consumed |= earlier | months
        elif interview.status == "declined":
            consumed |= months
    return Standing(streaks(namings, notice_periods, rules, consumed), consumed, about)


def _about(
    interview: Interview,
    namings: Iterable[Naming],
    notice_periods: AbstractSet[str],
    rules: LadderRules,
    consumed: AbstractSet[str],
) -> frozenset[str]:
    """Give the months asked for and, until it was decided, the rest of their streak."""
    asked = frozenset(interview.periods)
    if interview.status == "void":
        return asked
    decided = interview.declined_on if interview.status == "declined" else interview.held_on
    known = [one for one in namings if decided is None or one.issued_on < decided]
    runs = streaks(known, notice_periods, rules, consumed)
    joined = (run.periods for run in runs if asked.intersection(run.periods))
    return asked.union(*joined)


def basis(
    interview: Interview,
    namings: Iterable[Naming],
    notice_periods: AbstractSet[str],
    interviews: Iterable[Interview],
    rules: LadderRules,
) -> tuple[Naming, ...]:
    """List the effective namings an interview rests on, later months of its streak included."""
    own = [one for one in namings if one.unit_id == interview.unit_id]
    of_unit = [one for one in interviews if one.unit_id == interview.unit_id]
    months = standing(own, notice_periods, of_unit, rules).about[interview.id]
    return _by_period(one for one in own if months.intersection(one.periods))


def _by_period(namings: Iterable[Naming]) -> tuple[Naming, ...]:
    return tuple(sorted(namings, key=lambda one: (one.periods, one.issued_on, one.notice_id)))


@dataclass(frozen=True, slots=True)
class _Case:
    """One unit's namings and interviews, and what they are judged against."""

    unit_id: int
    namings: tuple[Naming, ...]
    interviews: tuple[Interview, ...]
    notice_periods: AbstractSet[str]
    rules: LadderRules
    first_issued: Mapping[str, date]


def proposals(
    namings: Iterable[Naming],
    notice_periods: AbstractSet[str],
    interviews: Iterable[Interview],
    rules: LadderRules,
) -> tuple[Proposal, ...]:
    """Propose one interview for each streak that is long enough, by unit id and month.

    A streak that an open request covers proposes nothing: its later months are evidence for that
    request (`basis`). `notice_periods` are the months with an issued notice of the series.
    """
    if rules.months < 1:
        return ()
    by_unit: dict[int, list[Naming]] = defaultdict(list)
    for one in namings:
        by_unit[one.unit_id].append(one)
    asked: dict[int, list[Interview]] = defaultdict(list)
    for interview in interviews:
        asked[interview.unit_id].append(interview)
    first_issued = _first_issued(one for own in by_unit.values() for one in own)
    found: list[Proposal] = []
    for unit_id, own in sorted(by_unit.items()):
        of_unit = tuple(asked.get(unit_id, ()))
        case = _Case(unit_id, tuple(own), of_unit, notice_periods, rules, first_issued)
        found += _proposals(case)
    return tuple(found)


def proposals_in_force(
    namings: Iterable[Naming],
    notice_periods: AbstractSet[str],
    interviews: Iterable[Interview],
    rules_on: Callable[[date], LadderRules],
) -> tuple[Proposal, ...]:
    """Propose under the rules in force when the notice that completed each streak was issued.

    `rules_on` gives the rules in force on a day. A streak complete under older rules stays
    proposed when newer ones would ask for more.
    """
    every, asked = tuple(namings), tuple(interviews)
    found: list[Proposal] = []
    for rules in dict.fromkeys(rules_on(day) for day in sorted({one.issued_on for one in every})):
        for one in proposals(every, notice_periods, asked, rules):
            in_force = rules_on(one.completed_on) == rules
            if in_force and not any(_same_streak(one, other) for other in found):
                found.append(one)
    return tuple(sorted(found, key=lambda one: (one.unit_id, one.periods)))


def _same_streak(one: Proposal, other: Proposal) -> bool:
    return one.unit_id == other.unit_id and not set(one.periods).isdisjoint(other.periods)


def _proposals(case: _Case) -> Iterator[Proposal]:
    now = standing(case.namings, case.notice_periods, case.interviews, case.rules)
    open_ones = [one for one in case.interviews if one.status in INTERVIEW_OPEN]
    covered = frozenset().union(*(now.about[one.id] for one in open_ones))
    for streak in now.streaks:
        if streak.length >= case.rules.months and covered.isdisjoint(streak.periods):
            yield _proposal(streak, now, case)


def _proposal(streak: Streak, now: Standing, case: _Case) -> Proposal:
    namings, consumed = _by_period(streak.namings), now.consumed
    days = sorted({one.issued_on for one in namings})
    by_day = ([one for one in namings if one.issued_on <= day] for day in days)
    in_turn = [one for one in namings if not _out_of_turn(one, case.first_issued)]
    late = not _long_enough(in_turn, case, consumed)
    completed = zip(days, by_day, strict=True)
    open_one = any(one.status in INTERVIEW_OPEN for one in case.interviews)
    warnings = [
        *([words.LATE] if late else []),
        *([words.ANOTHER_OPEN] if open_one else []),
        *words.refused(case.interviews, streak.periods[0]),
        *_gap_words(streak, now, case),
        *words.namings_words(namings),
    ]
    return Proposal(
        case.unit_id,
        namings[-1].name,
        streak.periods,
        namings,
        next(day for day, known in completed if _long_enough(known, case, consumed)),
        late,
        tuple(warnings),
    )


def _long_enough(namings: Iterable[Naming], case: _Case, consumed: AbstractSet[str]) -> bool:
    runs = streaks(namings, case.notice_periods, case.rules, consumed)
    return any(run.length >= case.rules.months for run in runs)


def _first_issued(namings: Iterable[Naming]) -> dict[str, date]:
    first: dict[str, date] = {}
    for one in namings:
        month = min(one.periods)
        first[month] = min(one.issued_on, first.get(month, one.issued_on))
    return first


def _out_of_turn(naming: Naming, first_issued: Mapping[str, date]) -> bool:
    """Tell whether a naming came out after a notice for a later month: 补发 or 增列."""
    last = max(naming.periods)
    return any(month > last and day < naming.issued_on for month, day in first_issued.items())


def _gap_words(streak: Streak, now: Standing, case: _Case) -> list[str]:
    passed_over = [
        month
        for earlier, later in pairwise(streak.periods)
        for month in months_between(earlier, later)
    ]
    before = [one for one in gaps(now.streaks, case.notice_periods) if one[-1] == streak.periods[0]]
    found = [words.gap(one[0], one[1:-1], one[-1], case.rules.months) for one in before]
    return found + ([words.bridged(passed_over)] if passed_over else [])


def gaps(found: Iterable[Streak], notice_periods: AbstractSet[str]) -> tuple[tuple[str, ...], ...]:
    """List where only months without a notice part two streaks: named, none…, named."""
    parted = []
    for earlier, later in pairwise(found):
        before, after = earlier.periods[-1], later.periods[0]
        missing = months_between(before, after)
        if notice_periods.isdisjoint(missing):
            parted.append((before, *missing, after))
    return tuple(parted)


def months_between(earlier: str, later: str) -> list[str]:
    """List the months after one and before another."""
    months, step = [], next_period(earlier)
    while step < later:
        months.append(step)
        step = next_period(step)
    return months
