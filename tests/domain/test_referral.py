"""Candidates for a referral: what makes one, and that the same facts keep the same key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from supervise.domain.ladder import LadderRules
from supervise.domain.ladder_records import Interview, Naming
from supervise.domain.records import Issue, Reason, Stage
from supervise.domain.referral import CRITERIA, referral_candidates

HELD = Interview(5, 7, ("2024-10", "2024-11"), "held", held_on=date(2024, 12, 20))
TODAY = date(2025, 6, 30)
RULES = LadderRules()
ALL = LadderRules(criteria=frozenset(CRITERIA))


def named(period: str, number: int = 1, **changes) -> Naming:
    base = Naming(number, 7, "市住建局", period, (period,), date(2025, 6, 1))
    return replace(base, reasons=(Reason("overdue", ("JM-1",)),), **changes)


def found(namings=(), interviews=(), rules=RULES, today=TODAY, **more):
    return referral_candidates(namings, interviews, rules, today, **more)


@pytest.mark.parametrize("status", ["held", "closed"])
def test_named_again_within_three_calendar_months_of_the_interviews_month(status):
    held = replace(HELD, status=status)
    for month, expected in [
        ("2024-12", 0),
        ("2025-01", 1),
        ("2025-03", 1),
        ("2025-04", 0),
    ]:
        assert len(found([named(month)], [held])) == expected, month


def test_named_again_needs_an_interview_that_was_held():
    assert found([named("2025-01")], [replace(HELD, status="void")]) == ()
    assert found([named("2025-01")], [replace(HELD, status="declined")]) == ()
    assert found([named("2025-01", unit_id=8)], [HELD]) == ()


def test_new_facts_make_a_new_key_and_the_same_facts_the_same():
    (one,) = found([named("2025-01")], [HELD])
    (same,) = found([named("2025-01", name="市住建委")], [HELD], today=date(2025, 7, 1))
    (more,) = found([named("2025-01"), named("2025-02", 2)], [HELD])
    assert one.key == same.key != more.key
    assert one.basis == ("2024-12-20约谈", "2025-01被点名")
    assert one.since == date(2025, 6, 1)


def test_after_two_interviews_a_naming_is_put_to_the_last_one():
    second = replace(HELD, id=6, held_on=date(2025, 1, 20))
    (one,) = found([named("2025-02")], [HELD, second])
    assert "interview=6" in one.key


def test_a_promise_is_missed_the_day_after_it_while_anything_is_open():
    promise = replace(HELD, due_on=date(2025, 3, 1))
    assert found([], [promise], today=date(2025, 3, 1)) == ()
    (one,) = found([], [promise], today=date(2025, 3, 2))
    assert (one.criterion, one.since) == ("promise_missed", date(2025, 3, 2))
    assert found([], [promise], promise_open={5: False}) == ()
    assert found([], [replace(promise, status="closed")]) == ()


def test_the_same_matter_is_known_by_its_code_and_off_unless_switched_on():
    times = [named(f"2025-0{month}", month) for month in (1, 3, 5)]
    assert found(times) == ()
    (one,) = found(times, rules=ALL)
    assert (one.criterion, one.basis[0]) == ("same_matter", "JM-1")
    assert found(times[:2], rules=ALL) == ()
    spread = [*times[:2], named("2026-01", 9)]
    assert found(spread, rules=ALL) == ()


def test_a_matter_in_words_alone_is_never_the_same():
    words = [
        replace(named(f"2025-0{n}", n), reasons=(Reason("manual", note="慢"),)) for n in (1, 2, 3)
    ]
    assert found(words, rules=ALL) == ()


def test_returned_often_and_overdue_is_off_unless_switched_on():
    issue = Issue(
        1,
        "JM-1",
        "占道",
        Stage.RECTIFY,
        date(2025, 1, 1),
        date(2025, 1, 1),
        due_on=date(2025, 6, 1),
        returns=2,
    )
    assert found(issues=[(7, issue)]) == ()
    (one,) = found(rules=ALL, issues=[(7, issue)])
    assert (one.criterion, one.since) == ("returned_overdue", date(2025, 6, 2))
    assert found(rules=ALL, issues=[(7, replace(issue, returns=1))]) == ()
    assert found(rules=ALL, issues=[(7, replace(issue, due_on=TODAY))]) == ()
