"""Rates name their denominators, print — for none, and ties share a rank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.rates import Counts, Rate, ranked, rates


def test_nothing_to_count_prints_a_dash():
    empty = Rate("销号率", 0, 0)
    assert (empty.value, empty.percent, empty.text) == (None, "—", "—（0/0）")


@pytest.mark.parametrize(
    ("numerator", "denominator", "text"),
    [
        (27, 28, "96.4%"),
        (28, 28, "100.0%"),
        (2, 3, "66.7%"),
        (9999, 10000, "99.9%"),
        (0, 5, "0.0%"),
    ],
)
def test_a_rate_is_rounded_but_never_up_to_all(numerator, denominator, text):
    assert Rate("销号率", numerator, denominator).percent == text


def test_the_four_rates_and_what_they_are_counted_from():
    counts = Counts(
        assigned=30,
        merged=1,
        terminated=1,
        closed=27,
        due=20,
        in_time=18,
        fed_back=12,
        attempted=11,
        answered=10,
        satisfied=9,
    )
    assert [(one.name, one.numerator, one.denominator) for one in rates(counts)] == [
        ("销号率", 27, 28),
        ("按期办结率", 18, 20),
        ("满意率", 9, 10),
        ("回访率", 11, 12),
    ]


def test_ties_share_a_rank_and_the_next_one_skips():
    rows = [
        ("丙", Rate("销号率", 1, 2)),
        ("甲", Rate("销号率", 3, 3)),
        ("乙", Rate("销号率", 2, 4)),
        ("丁", Rate("销号率", 0, 1)),
        ("戊", Rate("销号率", 0, 0)),
    ]
    assert [(row.rank, row.name) for row in ranked(rows)] == [
        (1, "甲"),
        (2, "丙"),
        (2, "乙"),
        (4, "丁"),
        (None, "戊"),
    ]
    assert [row.rank for row in ranked(rows, fewest=3)] == [1, 2, None, None, None]


RATES = st.integers(0, 6).flatmap(
    lambda denominator: st.builds(
        Rate, st.just("销号率"), st.integers(0, denominator), st.just(denominator)
    )
)


@given(st.dictionaries(st.sampled_from("甲乙丙丁戊己庚"), RATES), st.randoms())
def test_ranks_do_not_depend_on_the_order_of_the_rows(table, random):
    rows = list(table.items())
    plain = ranked(rows)
    random.shuffle(rows)
    assert ranked(rows) == plain
    for one in plain:
        better = [row for row in plain if row.rate.exact is not None]
        if one.rank is not None:
            assert one.rank == 1 + sum(row.rate.exact > one.rate.exact for row in better)
        else:
            assert one.rate.denominator == 0
