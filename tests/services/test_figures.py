"""Rates of a day gone by: each issue counts as it stood then, however far it has come since."""

from __future__ import annotations

from datetime import date

from db import figures
from tests.services.office import Office

JULY, AUGUST = date(2024, 7, 31), date(2024, 8, 31)


def answered(office: Office, fed_back: str, closed: str) -> str:
    """Take an issue of a complainant through to 销号."""
    code = office.given(party="诉求人甲")
    office.submit(code, "2024-06-20")
    office.do("issue.pass", issue=code, on="2024-06-24", by="复核乙")
    office.do("issue.reply", issue=code, on="2024-06-25", note="已告知")
    office.do("issue.feedback", issue=code, satisfaction="满意", on=fed_back)
    office.do("issue.close", issue=code, on=closed, by="主任丙")
    return code


def test_an_issue_closed_later_was_fed_back_already(office: Office) -> None:
    answered(office, "2024-07-30", "2024-08-02")
    july = figures.counts(office.session.conn, JULY)
    assert (july.fed_back, july.attempted, july.closed) == (1, 1, 0)


def test_an_issue_reopened_later_was_closed_then(office: Office) -> None:
    code = answered(office, "2024-07-02", "2024-07-03")
    office.do("issue.reopen", issue=code, reason="反弹", due_on="2024-08-30", on="2024-08-12")
    july = figures.counts(office.session.conn, JULY)
    august = figures.counts(office.session.conn, AUGUST)
    assert (july.closed, july.assigned) == (1, 1)
    assert (august.closed, august.assigned) == (0, 1)


def test_an_issue_handed_to_another_unit_later_was_given_out_then(office: Office) -> None:
    code = office.given()
    office.do("issue.transfer", issue=code, unit="市水务局", reason="职责不符", on="2024-08-05")
    assert figures.counts(office.session.conn, JULY).assigned == 1


def test_a_unit_that_handed_it_on_did_not_hand_it_in(office: Office) -> None:
    code = office.given()
    office.do(
        "issue.transfer",
        issue=code, unit="市水务局", reason="职责不符", due_on="2024-07-12", on="2024-06-05",
    )  # fmt: skip
    office.submit(code, "2024-07-12")
    july = figures.counts(office.session.conn, JULY)
    assert (july.due, july.in_time) == (1, 1)
