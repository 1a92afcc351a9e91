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


def handed_in_late(office: Office, **fields: object) -> str:
    """Give out an issue due by the clock on 2024-06-25, handed in on 1 July."""
    code = office.given(due=None, **fields)
    assert office.issue(code)["due_on"] == "2024-06-25"
    office.submit(code, "2024-07-01")
    return code


def to_feedback(office: Office, code: str) -> None:
    office.do("issue.pass", issue=code, by="复核乙", on="2024-07-02")


def to_closed(office: Office, code: str) -> None:
    to_feedback(office, code)
    office.do("issue.feedback", issue=code, satisfaction="无诉求人", on="2024-07-02")
    office.do("issue.close", issue=code, by="主任丙", on="2024-07-02")


def sent_back(office: Office, code: str) -> None:
    office.do("issue.return", issue=code, reason="未完成", due_on="2024-07-20", on="2024-07-02")


def terminated(office: Office, code: str) -> None:
    office.do("issue.terminate", issue=code, reason="撤诉", on="2024-07-02")


def stoppage(office: Office) -> dict[str, object]:
    """Say, on 3 July, that nobody worked for the four days from the 18th to the 21st of June."""
    office.today = "2024-07-03"
    for day in (18, 19, 20):
        office.do("calendar.set", day=f"2024-06-{day}", kind="休", name="全市停工")
    return office.do("calendar.set", day="2024-06-21", kind="休", name="全市停工")


@pytest.mark.parametrize("onward", [lambda *_: None, to_feedback, to_closed, sent_back, terminated])
def test_who_handed_in_late_by_the_old_calendar_alone_is_not_named(office: Office, onward):
    office.today = "2024-07-02"
    code = handed_in_late(office)
    onward(office, code)
    office.do("notice.draft", period="2024-06")
    assert office.named("2024-06") == {"市住建局": [code]}
    assert stoppage(office)["moved"] == 1
    office.do("notice.draft", period="2024-06")
    assert office.named("2024-06") == {}
    issue = office.issue(code)
    if onward is not sent_back:
        assert (issue["due_on"], issue["original_due_on"]) == ("2024-07-01", "2024-07-01")
        assert issue["overdue"] is False
    else:
        assert (issue["due_on"], issue["original_due_on"]) == ("2024-07-20", "2024-07-20")
    office.verified()


def test_what_an_issued_notice_judged_stays_as_it_was(office: Office):
    office.today = "2024-07-02"
    code = handed_in_late(office)
    office.publish("2024-06", "2024-07-02")
    assert stoppage(office)["moved"] == 0
    assert office.issue(code)["due_on"] == "2024-06-25"
    assert office.named("2024-06") == {"市住建局": [code]}


def test_dates_given_to_what_was_handed_in_stay(office: Office):
    office.today = "2024-07-02"
    given = office.given(due="2024-06-25")
    extended, corrected = (office.given(due=None) for _ in range(2))
    office.do("issue.extend", issue=extended, reason="降雨", due_on="2024-06-28", on="2024-06-20")
    office.do("issue.correct", issue=corrected, reason="有误", field="限期", value="2024-06-26")
    for code in (given, extended, corrected):
        office.submit(code, "2024-07-01")
        sent_back(office, code)
    assert stoppage(office)["moved"] == 0
    office.do("notice.draft", period="2024-06")
    assert office.named("2024-06") == {"市住建局": [given, extended, corrected]}


def test_no_date_of_what_was_handed_in_moves_earlier(office: Office):
    office.today = "2024-07-02"
    code = handed_in_late(office)
    office.do("calendar.set", day="2024-06-15", kind="班")
    assert office.issue(code)["due_on"] == "2024-06-25"


def test_a_merger_of_units_hides_no_day_off_before_it(office: Office):
    """The unit that was merged is not named for a date that was wrong from the start."""
    office.today = "2024-07-02"
    code = office.given(due=None)
    office.do("unit.merge", unit="市住建局", into="市水务局", on="2024-07-01")
    office.do("notice.draft", period="2024-06")
    assert office.named("2024-06") == {"市住建局": [code]}
    stoppage(office)
    office.do("notice.draft", period="2024-06")
    assert office.named("2024-06") == {}
    assert office.issue(code)["due_on"] == office.issue(code)["original_due_on"] == "2024-07-01"
    office.verified()
