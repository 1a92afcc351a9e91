"""What the office asked of whom: the table of all and the page of each tell the same."""

from __future__ import annotations

from pathlib import Path

from db import units as unit_store
from supervise.services import books, unit_page
from tests.services.office import Office
from tests.services.sheets import send


def _table(office: Office, period: str) -> dict[str, dict[str, int]]:
    _, lines = books.burden_table(office.session, period)
    return {line.name: dict(line.month.counts) for line in lines}


def test_periodic_reports_count_on_their_day_unless_let_off(office: Office) -> None:
    office.do(
        "duty.add", duty="每月进展", every="month", day=5,
        owed_by="市住建局;市水务局", from_on="2024-09-01", on="2024-09-01",
    )  # fmt: skip
    office.do("duty.waive", duty="每月进展", unit="市水务局", period="2024-11", reason="新设")
    office.do("duty.submit", duty="每月进展", unit="市住建局", period="2024-11", on="2024-11-04")
    assert _table(office, "2024-11") == {"市住建局": {"report": 1}}
    assert _table(office, "2024-12") == {"市住建局": {"report": 1}, "市水务局": {"report": 1}}
    assert all(line.month.repeats == 0 for line in books.burden_table(office.session, "2024-12")[1])


def test_a_county_is_asked_once_for_what_two_of_its_bureaus_had_that_day(office: Office) -> None:
    office.unit("某县", kind="县市区")
    for name in ("某县住建局", "某县水利局"):
        office.unit(name, parent="某县")
    code = office.given("某县住建局", "2024-06-28", "2024-06-03")
    office.do("issue.urge", issue=code, on="2024-06-10")
    office.do(
        "issue.transfer", issue=code, unit="某县水利局", reason="职责所在", on="2024-06-10"
    )  # fmt: skip
    assert _table(office, "2024-06") == {"某县": {"urge": 1}}


def test_two_bodies_of_a_county_get_sheets_of_their_own(office: Office, tmp_path: Path) -> None:
    office.unit("某县", kind="县市区")
    office.unit("某县住建局", parent="某县")
    for unit in ("某县", "某县住建局"):
        office.given(unit, "2025-01-28", "2024-12-03")
    send(office, tmp_path)
    (line,) = books.burden_table(office.session, "2024-12")[1]
    assert (line.name, dict(line.month.counts), line.month.repeats) == ("某县", {"sheet": 2}, 0)


def test_the_table_says_of_each_unit_what_its_own_page_says(office: Office) -> None:
    office.today = "2024-07-31"
    first = office.given("市水务局", "2024-05-20", "2024-05-06")
    second = office.given("市住建局", "2024-06-20", "2024-06-03")
    for day in ("2024-05-15", "2024-06-14"):
        office.do("issue.urge", issue=first, on=day)
    office.do("issue.transfer", issue=second, unit="市城管局", reason="职责所在", on="2024-06-05")
    office.do("issue.urge", issue=second, on="2024-06-12")
    office.do("notice.draft", period="2024-05", on="2024-06-03")
    office.do("notice.check", period="2024-05", unit="市水务局", result="无异议", on="2024-06-04")
    office.do("notice.issue", period="2024-05", on="2024-06-05")
    office.submit(first, "2024-06-20")
    office.do("issue.return", issue=first, reason="措施不实", on="2024-06-24")
    office.do("explanation.receive", period="2024-05", unit="市水务局", on="2024-06-11")
    office.do(
        "explanation.return", period="2024-05", unit="市水务局", reason="不具体", on="2024-06-12"
    )  # fmt: skip
    june = {
        "市水务局": {"urge": 1, "return": 1, "check": 1, "explanation": 2},
        "市城管局": {"urge": 1},
    }
    assert _table(office, "2024-06") == june
    for unit in unit_store.every(office.session.conn):
        months = {
            one.period: dict(one.counts) for one in unit_page.page(office.session, unit).burden
        }
        assert months["2024-06"] == june.get(unit.name, {})
        assert months["2024-05"] == _table(office, "2024-05").get(unit.name, {})
