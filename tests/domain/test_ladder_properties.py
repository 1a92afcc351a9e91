"""Two months running: against a second implementation, and what must hold whatever happened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from supervise.domain.ladder import LadderRules, proposals, streaks
from supervise.domain.ladder_records import Interview, Naming

FIRST = 2024 * 12 + 8  # September 2024, so that histories run over New Year
MONTHS = range(FIRST, FIRST + 8)


def text(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def number(period: str) -> int:
    return int(period[:4]) * 12 + int(period[5:]) - 1


def day_of(month: int, day: int) -> date:
    return date(month // 12, month % 12 + 1, day)


@st.composite
def notices(draw) -> list[tuple[int, ...]]:
    """The months of each notice: mostly one, sometimes two, sometimes none at all."""
    found, month = [], FIRST
    while month in MONTHS:
        size = draw(st.sampled_from([1, 1, 1, 2, 0]))
        if size:
            found.append(tuple(range(month, month + size)))
        month += max(size, 1)
    return found


@st.composite
def namings(draw, units=(1, 2)) -> tuple[list[tuple[int, ...]], list[Naming]]:
    every, found = draw(notices()), []
    for index, months in enumerate(every):
        late = draw(st.sampled_from([0, 0, 0, 70]))
        issued_on = day_of(months[-1] + 1, 5) + timedelta(days=late)
        for unit in units:
            if draw(st.booleans()):
                periods = tuple(map(text, months))
                found.append(
                    Naming(index + 1, unit, f"单位{unit}", periods[-1], periods, issued_on)
                )
    return every, found


@st.composite
def interviews(draw, units=(1, 2)) -> list[Interview]:
    found = []
    for number_ in range(draw(st.integers(0, 3))):
        start = draw(st.sampled_from(list(MONTHS)))
        length = draw(st.integers(1, 3))
        decided = day_of(start + length + draw(st.integers(0, 2)), draw(st.integers(1, 28)))
        status = draw(st.sampled_from(["submitted", "deferred", "declined", "held", "void"]))
        found.append(
            Interview(
                number_ + 1,
                draw(st.sampled_from(units)),
                tuple(text(month) for month in range(start, start + length)),
                status,
                declined_on=decided if status == "declined" else None,
                held_on=decided if status == "held" else None,
            )
        )
    return found


def naive_islands(months: set[int], issued: set[int], bridge: bool) -> list[set[int]]:
    """Join months that touch, again and again, until nothing joins any more."""
    islands = [{month} for month in months]

    def touch(a: set[int], b: set[int]) -> bool:
        if max(a) > min(b):
            return False
        between = set(range(max(a) + 1, min(b)))
        return not between or (bridge and not between & issued)

    while True:
        pair = next(((a, b) for a, b in permutations(islands, 2) if touch(a, b)), None)
        if pair is None:
            return islands
        islands = [one for one in islands if one not in pair] + [pair[0] | pair[1]]


def naive_count(island: set[int], notice_months: list[tuple[int, ...]]) -> int:
    """Try every way of giving each notice a month of its own."""

    def best(rest: list[tuple[int, ...]], free: frozenset[int]) -> int:
        if not rest:
            return 0
        head, *tail = rest
        taken = [1 + best(tail, free - {month}) for month in head if month in free]
        return max([best(tail, free), *taken])

    return best(list(set(notice_months)), frozenset(island))


def naive(unit, every, own, asked, rules) -> set[tuple[str, ...]]:
    issued = {month for months in every for month in months}
    bridge = rules.gap == "bridge"
    spent: set[int] = set()
    busy: set[int] = set()

    def left(day: date | None) -> set[int]:
        known = [one for one in own if day is None or one.issued_on < day]
        return {number(p) for one in known for p in one.periods} - spent

    for one in asked:
        months = set(map(number, one.periods))
        day = one.declined_on or one.held_on
        for island in naive_islands(left(day), issued, bridge):
            if island & set(map(number, one.periods)):
                months |= island
        if one.status in ("submitted", "deferred"):
            busy |= months
        elif one.status == "declined":
            spent |= months
        elif one.status == "held":
            held = one.held_on.year * 12 + one.held_on.month - 1
            spent |= months | set(range(FIRST - 1, held + 1))
    found = set()
    for island in naive_islands(left(None), issued, bridge):
        covering = [tuple(map(number, one.periods)) for one in own]
        enough = naive_count(island, covering) >= rules.months
        if enough and not island & busy:
            found.add(tuple(map(text, sorted(island))))
    return found


RULES = st.builds(LadderRules, months=st.integers(1, 3), gap=st.sampled_from(["break", "bridge"]))


def periods_of(every: list[tuple[int, ...]]) -> set[str]:
    return {text(month) for months in every for month in months}


@settings(max_examples=300, deadline=None)
@given(namings(), interviews(), RULES)
def test_agrees_with_a_second_implementation(history, asked, rules):
    every, found = history
    proposed = proposals(found, periods_of(every), asked, rules)
    for unit in (1, 2):
        own = [one for one in found if one.unit_id == unit]
        theirs = [one for one in asked if one.unit_id == unit]
        expected = naive(unit, every, own, theirs, rules)
        assert {one.periods for one in proposed if one.unit_id == unit} == expected


@settings(deadline=None)
@given(namings(), st.lists(st.sampled_from(["市建委", "市住建局", "城建局"]), min_size=20))
def test_renaming_changes_no_streak(history, names):
    every, found = history
    renamed = [replace(one, name=names[i % len(names)]) for i, one in enumerate(found)]
    plain = proposals(found, periods_of(every), (), LadderRules())
    again = proposals(renamed, periods_of(every), (), LadderRules())
    assert [(p.unit_id, p.periods, p.late) for p in again] == [
        (p.unit_id, p.periods, p.late) for p in plain
    ]


@settings(deadline=None)
@given(namings(), RULES)
def test_joining_two_spellings_of_a_unit_never_shortens_its_streak(history, rules):
    every, found = history

    def longest(own) -> int:
        return max((one.length for one in streaks(own, periods_of(every), rules)), default=0)

    joined = longest(replace(one, unit_id=1) for one in found)
    for unit in (1, 2):
        assert joined >= longest(one for one in found if one.unit_id == unit)


@settings(deadline=None)
@given(namings(), st.data())
def test_a_proposal_stands_only_while_all_its_evidence_does(history, data):
    every, found = history
    for one in proposals(found, periods_of(every), (), LadderRules()):
        assert set(one.namings) <= set(found)
        gone = data.draw(st.sampled_from(one.namings))
        rest = [naming for naming in found if naming != gone]
        again = proposals(rest, periods_of(every), (), LadderRules())
        assert all(gone not in other.namings for other in again)
        assert one not in again


@settings(deadline=None)
@given(namings(), interviews(), st.randoms())
def test_the_order_of_the_rows_changes_nothing(history, asked, random):
    every, found = history
    plain = proposals(found, periods_of(every), asked, LadderRules())
    shuffled, others = found[:], asked[:]
    random.shuffle(shuffled)
    random.shuffle(others)
    assert proposals(shuffled, periods_of(every), others, LadderRules()) == plain
