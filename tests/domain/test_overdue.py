"""When a date is missed: the due day counts, and the cut-off and the screen agree."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.overdue import (
    due_as_of,
    is_overdue,
    missed,
    overdue,
    overdue_days,
    rectify_span_as_of,
    span_as_of,
)
from supervise.domain.records import Issue, Shift, Span, Stage

DUE = date(2024, 6, 28)
days = st.dates(date(2024, 1, 1), date(2024, 12, 31))


def issue(stage: Stage = Stage.RECTIFY, **changes) -> Issue:
    base = Issue(1, "JM-1", "占道", stage, date(2024, 6, 14), date(2024, 6, 10), due_on=DUE)
    return replace(base, **changes)


def test_the_due_day_still_counts():
    assert not overdue(DUE, None, DUE)
    assert overdue(DUE, None, DUE + timedelta(days=1))


def test_at_the_cut_off_what_is_due_that_day_must_be_in():
    assert missed(DUE, None, DUE)
    assert not missed(DUE, DUE, DUE)
    assert missed(DUE, DUE + timedelta(days=1), DUE)
    assert not missed(None, None, DUE)


@given(days, st.none() | days, days)
def test_overdue_today_is_missed_at_the_end_of_yesterday(due, handed_in, today):
    assert overdue(due, handed_in, today) == missed(due, handed_in, today - timedelta(days=1))


def test_a_pause_begun_after_the_due_date_cures_nothing():
    today = date(2024, 7, 10)
    assert not overdue(DUE, None, today, paused_on=DUE)
    assert overdue(DUE, None, today, paused_on=DUE + timedelta(days=1))
    assert not is_overdue(issue(paused_on=DUE), today)
    assert is_overdue(issue(paused_on=date(2024, 7, 1)), today)


def test_an_issue_in_hand_is_overdue_from_the_next_day_on():
    assert not is_overdue(issue(), DUE)
    assert is_overdue(issue(), date(2024, 6, 29))
    assert overdue_days(issue(), date(2024, 7, 3)) == 5
    assert overdue_days(issue(), DUE) == 0


def test_handing_in_late_is_kept_after_closing():
    late = issue(Stage.CLOSED, submitted_on=date(2024, 7, 2), closed_on=date(2024, 7, 20))
    assert is_overdue(late, date(2024, 12, 31))
    assert overdue_days(late, date(2024, 12, 31)) == 4
    in_time = replace(late, submitted_on=DUE)
    assert not is_overdue(in_time, date(2024, 12, 31))


def test_closed_or_ended_without_handing_in_counts_its_end():
    assert is_overdue(issue(Stage.CLOSED, closed_on=date(2024, 6, 29)), date(2024, 12, 31))
    assert not is_overdue(issue(Stage.TERMINATED, ended_on=DUE), date(2024, 12, 31))


def test_without_a_due_date_or_before_it_is_given_out_nothing_is_overdue():
    assert not is_overdue(issue(due_on=None), date(2025, 1, 1))
    assert not is_overdue(issue(Stage.DISCOVER), date(2025, 1, 1))


def test_back_in_hand_an_earlier_submission_does_not_count():
    assert is_overdue(issue(submitted_on=date(2024, 6, 1)), date(2024, 7, 1))


LONGER = date(2024, 7, 12)


def extended() -> Issue:
    return issue(
        spans=(
            Span(Stage.DISCOVER, None, date(2024, 6, 10), left=date(2024, 6, 14)),
            Span(Stage.RECTIFY, 3, date(2024, 6, 14), LONGER, date(2024, 7, 5), "submit"),
            Span(Stage.REVIEW, 3, date(2024, 7, 5)),
        ),
        shifts=(Shift(1, date(2024, 6, 25), DUE, LONGER, "extend"),),
    )


def test_the_due_date_as_of_a_day_is_the_one_that_held_then():
    assert due_as_of(extended(), date(2024, 6, 13)) is None
    assert due_as_of(extended(), date(2024, 6, 24)) == DUE
    assert due_as_of(extended(), date(2024, 6, 25)) == LONGER
    assert due_as_of(extended(), date(2024, 8, 1)) == LONGER


def test_the_stay_as_of_a_day_is_the_one_at_its_end():
    stage = {day: span.stage for day in range(10, 31) if (span := _stay(day))}
    assert stage[13] is Stage.DISCOVER
    assert stage[14] is Stage.RECTIFY
    assert span_as_of(extended(), date(2024, 6, 9)) is None
    assert span_as_of(extended(), date(2024, 7, 5)).stage is Stage.REVIEW
    assert rectify_span_as_of(extended(), date(2024, 7, 5)).outcome == "submit"


def _stay(day: int) -> Span | None:
    return span_as_of(extended(), date(2024, 6, day))
