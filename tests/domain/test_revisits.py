"""回头看: a sample anybody can draw again, fair among units, nobody looking at their own."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.domain import instructions
from supervise.domain.instructions import Instruction
from supervise.domain.revisits import Closed, allotted, crossed, sample, size_of
from supervise.errors import Refused

CLOSED = st.lists(
    st.builds(Closed, st.text("甲乙丙0123456789", min_size=1), st.integers(1, 6)),
    unique_by=lambda one: one.code,
    max_size=60,
)
SEEDS = st.integers(-10, 10**9)


@given(CLOSED, st.integers(1, 70), SEEDS, st.randoms(use_true_random=False))
def test_the_same_seed_draws_the_same_whatever_the_order(found, size, seed, shuffler):
    drawn = sample(found, size, seed)
    again = list(found)
    shuffler.shuffle(again)
    assert sample(again, size, seed) == drawn
    assert len(drawn) == min(size, len(found)) == len({one.code for one in drawn})
    assert set(drawn) <= set(found)


@given(CLOSED, st.integers(1, 70), SEEDS)
def test_each_unit_gives_its_share(found, size, seed):
    have = Counter(one.unit_id for one in found)
    took = Counter(one.unit_id for one in sample(found, size, seed))
    wanted = min(size, len(found))
    for unit, count in have.items():
        assert took[unit] <= count
        assert abs(took[unit] - wanted * count / len(found)) < 1


def test_a_known_draw_stays_what_it_is():
    """Fixed for ever: what an office drew can be drawn again by whoever checks it."""
    found = [Closed(f"JM-2024-{n:04d}", n % 3) for n in range(1, 13)]
    assert [one.code[-4:] for one in sample(found, 4, 202411)] == ["0004", "0007", "0011", "0012"]
    assert allotted({1: 6, 2: 3, 3: 1}, 5, 1) in ({1: 3, 2: 2, 3: 0}, {1: 3, 2: 1, 3: 1})


@given(CLOSED, st.lists(st.integers(1, 6), min_size=2, max_size=4, unique=True), SEEDS)
def test_nobody_looks_at_their_own(found, checkers, seed):
    pairs = crossed(found, checkers, seed)
    assert [one for one, _ in pairs] == found
    assert all(checker in checkers and checker != one.unit_id for one, checker in pairs)


def test_a_cross_check_without_anybody_else_is_refused():
    with pytest.raises(Refused, match="回避本单位"):
        crossed([Closed("甲", 1, None, frozenset({2}))], [1, 2], 7)
    assert crossed([Closed("甲", 1)], [], 7) == [(Closed("甲", 1), None)]


def test_how_many_are_drawn():
    assert (size_of(40, 10, None), size_of(40, None, 5), size_of(41, None, 5)) == (10, 2, 3)
    assert size_of(3, 10, None) == 3
    for size, share in ((None, None), (3, 3), (0, None), (None, 0), (None, 101)):
        with pytest.raises(Refused):
            size_of(40, size, share)


def test_an_instruction_goes_up_again_before_it_is_done():
    one = Instruction(1, "王市长", date(2024, 12, 2), "抓紧", report_by=date(2024, 12, 20))
    assert one.status == "open" and one.words(date(2024, 12, 21)) == "逾期未报结"
    assert not one.overdue(date(2024, 12, 20))
    with pytest.raises(Refused, match="还没有报结"):
        instructions.close(one, date(2024, 12, 5))
    with pytest.raises(Refused, match="早于上一步"):
        instructions.answer(one, date(2024, 12, 1), "已办", interim=False)
    told = instructions.answer(one, date(2024, 12, 19), "已办", interim=False)
    assert not told.overdue(date(2025, 3, 1)) and told.words(date(2025, 3, 1)) == "已报结"
    late = instructions.answer(one, date(2024, 12, 23), "迟了", interim=False)
    assert late.overdue(date(2025, 3, 1))
    over = instructions.close(told, date(2024, 12, 30))
    assert instructions.why_not(over.status, "answer") == "批示件已办结。"
    with pytest.raises(Refused, match="早于批示日期"):
        instructions.new(Instruction(1, "王", date(2024, 12, 2), "", report_by=date(2024, 12, 1)))
