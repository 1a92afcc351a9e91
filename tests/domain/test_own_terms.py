"""The office's own lateness, ageing of open issues, and rates held against targets."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.calendars import bundled
from supervise.domain import clock, own_terms
from supervise.domain.clock import Term
from supervise.domain.own_terms import Stay
from supervise.domain.pack_settings import Target
from supervise.domain.rates import Rate, meets, target_of

TODAY = date(2024, 12, 31)
DAYS = st.dates(date(2024, 10, 1), TODAY)


def _due(entered: date) -> date:
    return clock.due_on(entered, Term(3, "wd"), bundled())[0]


def test_a_duty_is_late_from_the_day_after_its_term():
    # Entered on a Thursday: three working days end on Tuesday, 31 December.
    entered = date(2024, 12, 26)
    assert not own_terms.late(Stay("A", entered, None), _due, TODAY)
    assert own_terms.late(Stay("A", entered, None), _due, TODAY + timedelta(days=1))
    assert not own_terms.late(Stay("A", entered, TODAY), _due, date(2025, 3, 1))
    assert own_terms.late(Stay("A", entered, date(2025, 1, 2)), _due, date(2025, 3, 1))


@given(
    st.lists(st.tuples(st.sampled_from("ABCDE"), DAYS, st.none() | st.integers(0, 30)), max_size=12)
)
def test_every_late_issue_stands_in_one_list_once(rows: list[tuple[str, date, int | None]]):
    stays = [
        Stay(code, entered, None if days is None else min(entered + timedelta(days=days), TODAY))
        for code, entered, days in rows
    ]
    found = own_terms.lateness(stays, _due, TODAY)
    assert not found.waiting & found.done
    assert len(set(found.codes)) == len(found.codes)
    assert set(found.codes) == {s.code for s in stays if (s.done or TODAY) > _due(s.entered)}


@given(st.lists(st.tuples(DAYS, st.integers(1, 9)), max_size=30))
def test_every_open_issue_has_one_age(found: list[tuple[date, int]]):
    counts = own_terms.ages(found, TODAY)
    assert sum(counts) == sum(number for _, number in found)
    for band, count in enumerate(counts):
        first, last = own_terms.age_days(band, TODAY)
        inside = sum(n for day, n in found if (first or date.min) <= day <= last)
        assert inside == count


def test_the_bands_of_age():
    assert [own_terms.age_label(n) for n in range(len(own_terms.AGES))] == [
        "0至5天",
        "6至10天",
        "11至20天",
        "超过20天",
    ]
    days = [(TODAY - timedelta(days=n), 1) for n in (0, 5, 6, 10, 11, 20, 21, 400)]
    assert own_terms.ages(days, TODAY) == (2, 2, 2, 2)


def test_targets_of_rates():
    closing, broad = Target("销号率", 98), Target("办结率", 98)
    targets = (closing, broad, Target("满意率", 97), Target("户数", 5, unit="户"))
    assert target_of("销号率", targets) is closing
    assert target_of("按期办结率", targets) is broad
    assert target_of("回访率", targets) is None


@pytest.mark.parametrize(
    ("numerator", "denominator", "comparison", "met"),
    [
        (98, 100, ">=", True),
        (979, 1000, ">=", False),
        (98, 100, "=", True),
        (99, 100, "<=", False),
        (0, 0, ">=", None),
    ],
)
def test_a_rate_meets_its_target_exactly(
    numerator: int, denominator: int, comparison: str, met: bool | None
):
    target = Target("销号率", 98, comparison)
    assert meets(Rate("销号率", numerator, denominator), target) is met
