"""合并办理: the target answers all who complained, counts from the earliest day, and gives back."""

from __future__ import annotations

from datetime import date

import pytest

from db import figures, quarters, sheets
from supervise.errors import Refused
from supervise.services import discretion, rate_sheet
from supervise.services.sheets.rows import row_of
from tests.services.office import Office, Record

FIRST, SECOND = "诉求人甲", "诉求人乙"


def complaint(office: Office, party: str | None, on: str, **fields: object) -> str:
    values = {"title": f"{party or '自查'}反映道路塌陷", "found_on": on, "on": on, **fields}
    if party:
        values["party"] = party
    return str(office.do("issue.add", **values)["code"])


def target(office: Office, party: str | None = None, **fields: object) -> str:
    code = complaint(office, party, "2024-06-10", **fields)
    office.do("issue.assign", issue=code, unit="市住建局", due_on="2024-06-28", on="2024-06-11")
    return code


def join(office: Office, code: str, into: str, on: str = "2024-06-12") -> None:
    office.do("issue.merge", issue=code, into=into, on=on)


def told(issue: Record) -> tuple[str, str | None, str | None]:
    return issue["found_on"], issue["party"], issue["disclosure"]


def test_the_target_has_the_earliest_day_and_all_who_complained(office: Office) -> None:
    code = target(office, FIRST)
    earlier, later = complaint(office, SECOND, "2024-06-03"), complaint(office, None, "2024-06-12")
    join(office, earlier, code)
    join(office, later, code)
    issue = office.issue(code)
    assert told(issue) == ("2024-06-03", f"{FIRST}、{SECOND}", "可告知")
    assert issue["due_on"] == issue["original_due_on"] == "2024-06-28"
    assert [(one["op"], one["joined"]) for one in issue["events"] if "joined" in one] == [
        ("issue.merge", earlier)
    ]
    assert told(office.issue(earlier)) == ("2024-06-03", SECOND, "可告知")
    office.do("issue.restore", issue=earlier, reason="并错", on="2024-06-14")
    assert told(office.issue(code)) == ("2024-06-10", FIRST, "可告知")
    office.verified()


def test_what_was_joined_to_what_was_joined_comes_along_and_goes(office: Office) -> None:
    code, middle = target(office), complaint(office, None, "2024-06-05")
    first = complaint(office, FIRST, "2024-06-03")
    join(office, first, middle)
    join(office, middle, code)
    assert told(office.issue(code))[:2] == ("2024-06-03", FIRST)
    office.do("issue.restore", issue=first, reason="并错", on="2024-06-14")
    assert told(office.issue(code)) == ("2024-06-05", None, None)
    assert office.issue(middle)["found_on"] == "2024-06-05"
    office.verified()


def test_one_who_may_not_be_told_hides_all_from_units(office: Office) -> None:
    code = target(office, FIRST)
    join(office, complaint(office, SECOND, "2024-06-03", disclosure="保密"), code)
    conn = office.session.conn
    (issue,) = [one for one in sheets.in_hand(conn) if one.code == code]
    row = row_of(issue)
    assert (row.party, row.party_digest) == ("", "")
    assert FIRST not in row.title
    assert discretion.party(conn, issue.id).standing == "保密，不予提供"
    assert discretion.veil(conn, issue.id)(f"{FIRST}、{SECOND}来电") == "×××、×××来电"


def test_all_who_may_be_told_stand_in_the_units_sheet(office: Office) -> None:
    code = target(office, FIRST)
    join(office, complaint(office, SECOND, "2024-06-03"), code)
    (issue,) = [one for one in sheets.in_hand(office.session.conn) if one.code == code]
    assert row_of(issue).party == f"{FIRST}、{SECOND}"


def test_who_came_with_a_joined_issue_is_answered_before_closing(office: Office) -> None:
    code = target(office)
    join(office, complaint(office, FIRST, "2024-06-12"), code)
    office.submit(code, "2024-06-20")
    office.do("issue.pass", issue=code, by="复核乙", on="2024-06-21")
    office.do("issue.feedback", issue=code, satisfaction="满意", on="2024-06-22")
    with pytest.raises(Refused, match="尚未答复诉求人"):
        office.do("issue.close", issue=code, by="主任丙", on="2024-06-23")
    office.do("issue.reply", issue=code, note="已告知", on="2024-06-23")
    office.do("issue.close", issue=code, by="主任丙", on="2024-06-23")


def test_joining_later_changes_no_figure_of_the_months_before(office: Office) -> None:
    office.today = "2024-07-31"
    code, other = target(office), complaint(office, FIRST, "2024-05-20")

    def june() -> object:
        rates = rate_sheet.rates(office.session, period="2024-06")["rates"]
        found = [(one["name"], one["numerator"], one["denominator"]) for one in rates]
        conn = office.session.conn
        days = (date(2024, 5, 31), date(2024, 6, 30))
        return found, [figures.by_stage(conn, day) for day in days]

    before = june()
    assert ("综合回复率", 0, 0) in before[0]  # type: ignore[index]
    office.today = "2024-08-05"
    join(office, other, code, "2024-08-05")
    assert june() == before
    assert office.issue(code)["found_on"] == "2024-05-20"
    office.do("issue.restore", issue=other, reason="并错", on="2024-08-05")
    assert june() == before


def test_a_closed_issue_takes_over_when_it_is_reopened(office: Office) -> None:
    code = target(office)
    office.submit(code, "2024-06-14")
    office.do("issue.pass", issue=code, by="复核乙", on="2024-06-14")
    office.do("issue.feedback", issue=code, satisfaction="无诉求人", on="2024-06-14")
    office.do("issue.close", issue=code, by="主任丙", on="2024-06-14")
    join(office, complaint(office, FIRST, "2024-06-03"), code, "2024-06-17")
    assert office.issue(code)["found_on"] == "2024-06-10"
    office.do("issue.reopen", issue=code, reason="反弹", due_on="2024-07-10", on="2024-06-18")
    assert told(office.issue(code))[:2] == ("2024-06-03", FIRST)
    office.verified()


def test_putting_right_who_complained_or_when_reaches_the_target(office: Office) -> None:
    code, other = target(office), complaint(office, FIRST, "2024-06-03")
    join(office, other, code)
    office.do("issue.correct", issue=other, field="发现日期", value="2024-06-01", reason="笔误")
    office.do("issue.correct", issue=other, field="诉求人", value="无", reason="无人")
    issue = office.issue(code)
    assert (issue["found_on"], issue["party"]) == ("2024-06-01", None)
    row = office.session.conn.execute("SELECT has_party FROM issue WHERE code = ?", (code,))
    assert row.fetchone() == (0,)
    office.verified()


def test_the_ages_of_a_past_quarter_are_those_of_its_end(office: Office) -> None:
    """An issue joined after a quarter's end makes nothing older in that quarter's report."""
    office.today = "2024-09-30"
    code = target(office)
    earlier, first = complaint(office, None, "2024-03-01"), complaint(office, None, "2024-02-01")

    (key,) = office.session.conn.execute("SELECT id FROM issue WHERE code = ?", (code,)).fetchone()

    def found(day: str) -> str:
        states = quarters.states(office.session.conn, date.fromisoformat(day))
        return states[key].found.isoformat()

    join(office, first, earlier, "2024-06-20")
    assert found("2024-06-30") == "2024-06-10"
    join(office, earlier, code, "2024-07-05")
    assert (found("2024-06-30"), found("2024-07-04")) == ("2024-06-10", "2024-06-10")
    assert found("2024-07-05") == "2024-02-01"
