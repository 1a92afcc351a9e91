"""How often a unit was asked: nothing counted twice, nothing lost, repeats told apart."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.burden import KINDS, Ask, MonthBurden, burden, burden_words
from supervise.domain.dates import period_of

ASKS = st.lists(
    st.builds(
        Ask,
        st.dates(date(2024, 1, 1), date(2024, 12, 31)),
        st.sampled_from(sorted(KINDS)),
        st.sampled_from(["JM-1", "JM-2", "2024-11"]),
    ),
    max_size=30,
)


def test_the_second_urging_of_one_issue_is_a_repeat_and_another_issues_is_not():
    asks = [
        Ask(date(2024, 11, 28), "urge", "JM-1"),
        Ask(date(2024, 12, 2), "urge", "JM-1"),
        Ask(date(2024, 12, 3), "urge", "JM-2"),
        Ask(date(2024, 12, 4), "return", "JM-1"),
    ]
    december, november = burden(asks, "2024-12", 2)
    assert december == MonthBurden("2024-12", (("urge", 2), ("return", 1)), 1)
    assert (november.total, november.repeats) == (1, 0)
    assert burden_words(december) == "催办2次、退回补正1次（其中重复1次）"
    assert burden_words(MonthBurden("2024-12", (), 0)) == "没有要材料"


@given(ASKS)
def test_a_year_counts_every_ask_once_and_each_matter_once_as_new(asks):
    months = burden(asks, "2024-12", 12)
    assert [one.period for one in months] == sorted((m.period for m in months), reverse=True)
    assert sum(one.total for one in months) == len(asks)
    matters = {(one.kind, one.about) for one in asks}
    assert sum(one.repeats for one in months) == len(asks) - len(matters)
    for one in months:
        assert one.total == sum(period_of(ask.on) == one.period for ask in asks)


@given(ASKS)
def test_the_order_in_which_it_was_read_changes_nothing(asks):
    assert burden(asks, "2024-12", 12) == burden(asks[::-1], "2024-12", 12)
