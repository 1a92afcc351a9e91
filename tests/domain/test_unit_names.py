"""The names of a unit over time: no day without one, no day with two, and none lost."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.unit_names import NameTerm, name_on, name_terms

DAYS = st.dates(date(2020, 1, 1), date(2025, 12, 31))
CHANGES = st.lists(st.tuples(DAYS, st.sampled_from("甲乙丙")), min_size=1, max_size=8)


def test_a_name_taken_up_again_keeps_its_earlier_days():
    terms = name_terms(
        [(date(2024, 1, 1), "住建局"), (date(2024, 3, 1), "建设局"), (date(2024, 9, 1), "住建局")]
    )
    assert terms == (
        NameTerm("住建局", None, date(2024, 3, 1)),
        NameTerm("建设局", date(2024, 3, 1), date(2024, 9, 1)),
        NameTerm("住建局", date(2024, 9, 1), None),
    )
    assert name_on(terms, date(2024, 2, 29)) == name_on(terms, date(2024, 9, 1)) == "住建局"
    assert name_on(terms, date(2024, 3, 1)) == "建设局"


@given(CHANGES, DAYS)
def test_every_day_has_one_name_and_it_is_the_last_given_by_then(changes, day):
    terms = name_terms(changes)
    holding = [term for term in terms if term.holds(day)]
    assert len(holding) == 1
    given_by_then = [changes[0][1]]
    given_by_then += [name for on, name in sorted(changes[1:], key=lambda c: c[0]) if on <= day]
    assert holding[0].name == given_by_then[-1]


@given(CHANGES)
def test_terms_follow_each_other_without_a_gap(changes):
    terms = name_terms(changes)
    assert terms[0].since is None and terms[-1].until is None
    for earlier, later in zip(terms, terms[1:], strict=False):
        assert earlier.until == later.since is not None
        assert earlier.name != later.name
        assert earlier.until - timedelta(days=1) < later.since
