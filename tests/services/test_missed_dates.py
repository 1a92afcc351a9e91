"""The store's search for missed dates finds what the rule for one issue says."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db import issue_lists, issues
from supervise.domain import naming
from supervise.domain.dates import period_end
from supervise.services.naming import rules_of
from supervise.services.session import Session

SUBJECT = naming.Subject(1, "市住建局")
CUTOFFS = [
    period_end(f"2024-{month:02d}") - timedelta(days=n) for month in (3, 9, 12) for n in (0, 12)
]


@pytest.fixture(scope="module")
def city(demo_ledger):
    with Session(demo_ledger, date(2024, 12, 31)) as session:
        yield session


@pytest.mark.parametrize("cutoff", CUTOFFS, ids=str)
def test_the_store_and_the_rule_agree(city, cutoff):
    rules = rules_of(city)
    every = issue_lists.select(city.conn, issue_lists.Filter(), city.today)
    codes = [line.issue.code for line in every]
    facts = [
        naming.candidate(issue, cutoff, SUBJECT)
        for issue in issues.by_codes(city.conn, codes).values()
    ]
    expected = {
        one.issue
        for one in facts
        if one is not None and "overdue" in naming.criteria_met(one, rules, cutoff, cutoff)
    }
    assert expected
    assert {one.code for one in issues.missed(city.conn, cutoff)} == expected
