"""A calendar changed after dates were given: what rests on it moves later, never earlier."""

from __future__ import annotations

import pytest

from tests.services.office import Office

DAYS_OFF = ["2024-06-05", "2024-06-12", "2024-06-25", "2024-06-26"]


@pytest.mark.parametrize("day", DAYS_OFF)
def test_a_day_off_never_makes_a_date_earlier_and_leaves_given_dates_alone(office: Office, day):
    office.today = "2024-06-04"
    counted, given = office.given(due=None), office.given(due="2024-06-25")
    before = office.issue(counted)["due_on"]
    record = office.do("calendar.set", day=day, kind="休", name="全市停工")
    after = office.issue(counted)
    moved = day <= before
    assert (after["due_on"] > before) is moved
    assert after["original_due_on"] == after["due_on"]
    assert record["moved"] == int(moved)
    assert office.issue(given)["due_on"] == "2024-06-25"
    office.verified()


def test_a_working_saturday_moves_nothing_earlier(office: Office):
    office.today = "2024-06-04"
    code = office.given(due=None)
    before = office.issue(code)["due_on"]
    office.do("calendar.set", day="2024-06-15", kind="班")
    assert office.issue(code)["due_on"] == before
    assert code in office.warned()


def test_dates_given_later_on_stay_too(office: Office):
    """A date set by a reviewer, an extension or a correction is a date given."""
    sent_back, extended, corrected = (office.given(due=None) for _ in range(3))
    office.submit(sent_back, "2024-06-04")
    office.do(
        "issue.return", issue=sent_back, reason="未完成", due_on="2024-06-20", on="2024-06-05"
    )
    office.do(
        "issue.extend", issue=extended, reason="连续降雨", due_on="2024-07-03", on="2024-06-05"
    )
    office.do("issue.correct", issue=corrected, reason="有误", field="限期", value="2024-06-20")
    office.do("calendar.set", day="2024-06-18", kind="休", name="全市停工")
    assert [office.issue(code)["due_on"] for code in (sent_back, extended, corrected)] == [
        "2024-06-20", "2024-07-03", "2024-06-20",
    ]  # fmt: skip


def test_a_date_half_the_first_term_after_a_return_moves(office: Office):
    code = office.given(due=None)
    office.submit(code, "2024-06-04")
    due = office.do("issue.return", issue=code, reason="未完成", on="2024-06-05")["due_on"]
    office.do("calendar.set", day="2024-06-11", kind="休", name="全市停工")
    assert office.issue(code)["due_on"] > due
