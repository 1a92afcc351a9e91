"""A unit's page: what is known of it, what it was asked for, what a change of it would move."""

from __future__ import annotations

from datetime import date

import pytest

from supervise.errors import Refused
from supervise.services import interviews, unit_changes, unit_page, units
from supervise.services.unit_choices import of_unit
from tests.services.office import Office


def page(office: Office, name: str) -> unit_page.UnitPage:
    return unit_page.page(office.session, units.find(office.session.conn, name))


def line(office: Office, name: str) -> unit_page.UnitLine:
    return next(one for one in unit_page.listing(office.session) if one.name == name)


def months(office: Office, name: str) -> dict[str, tuple[int, int]]:
    return {one.period: (one.total, one.repeats) for one in page(office, name).burden}


def said(office: Office, op: str, **values: str) -> str:
    return "\n".join(unit_changes.sentences(unit_changes.preview(office.session, op, values)))


def test_names_come_back_with_their_days_and_papers_print_the_name_of_their_day(office):
    office.do("unit.rename", unit="U1", name="市建设局", on="2024-07-01")
    office.do("unit.rename", unit="U1", name="市住建局", on="2024-09-01")
    office.do("unit.rename", unit="U1", name="市城建局", on="2024-11-01")
    office.do("unit.alias", unit="U1", alias="建设口")
    found = page(office, "U1")
    assert [(one.name, one.since) for one in found.names] == [
        ("市住建局", None),
        ("市建设局", date(2024, 7, 1)),
        ("市住建局", date(2024, 9, 1)),
        ("市城建局", date(2024, 11, 1)),
    ]
    assert found.aliases == ("建设口",)
    office.given(unit="U1", due="2024-06-20", on="2024-06-03")
    office.publish("2024-06", "2024-07-05")
    assert list(office.named("2024-06")) == ["市建设局"]
    with pytest.raises(Refused, match="早于现名称启用的日期 2024-11-01"):
        office.do("unit.rename", unit="U1", name="市工程局", on="2024-10-01")
    office.verified()


def test_the_list_counts_what_lies_with_each_unit_and_finds_it_by_any_word(office):
    office.given(due="2024-12-20", on="2024-12-02")
    office.submit(office.given(due="2024-12-20", on="2024-12-02"), "2024-12-10")
    office.given(unit="市水务局", due=None, on="2024-12-02")
    office.publish("2024-11", "2024-12-05")
    office.do("unit.alias", unit="市住建局", alias="住建口")
    own = line(office, "市住建局")
    assert (own.open, own.overdue, own.named) == (2, 1, 0)
    assert {"市住建局", "u1", "住建口", "szjj"} <= set(own.keys)
    assert [one.name for one in unit_page.listing(office.session)][:3] == [
        "市住建局",
        "市水务局",
        "市城管局",
    ]


def test_rates_are_of_the_units_own_issues_with_what_they_were_counted_from(office):
    for day in ("2024-06-10", "2024-07-10"):
        office.submit(office.given(due="2024-06-28"), day)
    office.given(unit="市水务局")
    found = {one.name: one.text for one in page(office, "市住建局").rates}
    assert found["按期办结率"] == "50.0%（1/2）"
    assert found["销号率"] == "0.0%（0/2）"
    assert found["满意率"] == "—（0/0）"
    record = unit_page.shown(office.session, units.find(office.session.conn, "市住建局"))
    assert record["rates"][1] == {
        "name": "按期办结率",
        "numerator": 1,
        "denominator": 2,
        "rate": 0.5,
    }
    assert record["as_of"] == "2024-12-31"
    told = {"names", "head", "open", "overdue", "rates", "namings", "interviews", "burden"}
    listed = next(u for u in units.listing(office.session.conn) if u["unit"] == "市住建局")
    assert told < set(record) and listed.items() <= record.items()


def test_asking_is_counted_from_the_log_for_whom_the_issue_lay_with(office):
    code = office.given(due="2024-12-20", on="2024-11-20")
    office.do("issue.urge", issue=code, on="2024-11-28")
    office.do("issue.urge", issue=code, on="2024-12-02")
    office.do("issue.transfer", issue=code, unit="市水务局", reason="职责不符", on="2024-12-03")
    office.do("issue.urge", issue=code, on="2024-12-09")
    office.submit(code, "2024-12-10")
    office.do("issue.return", issue=code, reason="材料不全", on="2024-12-12")
    mine, other = months(office, "市住建局"), months(office, "市水务局")
    assert (mine["2024-11"], mine["2024-12"]) == ((1, 0), (1, 1))
    assert other["2024-12"] == (2, 0)
    assert other["2024-11"] == (0, 0)


def test_what_a_notice_and_an_interview_ask_for_is_counted_too(office):
    office.given(due="2024-10-20", on="2024-10-08")
    office.do("notice.draft", period="2024-10", on="2024-11-01")
    office.do("notice.check", period="2024-10", unit="市住建局", result="有异议", on="2024-11-02")
    office.do("notice.check", period="2024-10", unit="市住建局", result="无异议", on="2024-11-04")
    office.do("notice.issue", period="2024-10", on="2024-11-05")
    office.publish("2024-11", "2024-12-05")
    office.do("explanation.receive", period="2024-11", unit="市住建局", on="2024-12-06")
    office.do(
        "explanation.return", period="2024-11", unit="市住建局", reason="过简", on="2024-12-09"
    )
    office.do("interview.submit", unit="市住建局", on="2024-12-06")
    office.do("interview.approve", unit="市住建局", on="2024-12-09")
    office.do("interview.schedule", unit="市住建局", planned_on="2024-12-20", on="2024-12-10")
    found = {one.period: dict(one.counts) for one in page(office, "市住建局").burden}
    assert found["2024-11"] == {"check": 2, "explanation": 1}
    assert found["2024-12"] == {"explanation": 2, "interview": 1}
    assert months(office, "市住建局")["2024-11"] == (3, 1)
    assert months(office, "市住建局")["2024-12"] == (3, 1)


def test_a_county_answers_for_its_bureau_and_the_page_says_so(office):
    office.unit("甲县", kind="县市区")
    office.unit("甲县住建局", parent="甲县")
    office.given(unit="甲县住建局", due="2024-10-20", on="2024-10-08")
    office.publish("2024-10", "2024-11-05")
    bureau, county = page(office, "甲县住建局"), page(office, "甲县")
    assert bureau.subject.name == "甲县" and county.bureaus == ("甲县住建局",)
    assert [n.period for n in bureau.namings] == [n.period for n in county.namings] == ["2024-10"]
    assert (bureau.open, county.open) == (1, 0)
    assert months(office, "甲县住建局")["2024-11"] == (0, 0)
    assert months(office, "甲县")["2024-11"] == (1, 0)


def test_a_merger_says_what_moves_and_what_stays_and_keeps_its_word(office):
    code = office.given(unit="市城管局", due="2024-10-20", on="2024-10-08")
    office.publish("2024-10", "2024-11-05")
    words = said(office, "unit.merge", unit="市城管局", into="市住建局")
    assert "未办结事项 1 件移交市住建局" in words and f"所涉事项：{code}。" in words
    assert "市城管局被点名的月份不承继：2024年10月" in words
    assert "市住建局自己的月份照旧：未被点名" in words
    before = office.head()
    with pytest.raises(Refused, match="并入它自己"):
        said(office, "unit.merge", unit="市城管局", into="U3")
    assert office.head() == before
    office.do("unit.merge", unit="市城管局", into="市住建局", on="2024-11-10")
    assert office.issue(code)["unit"] == "市住建局"
    found = page(office, "市住建局")
    assert found.namings == () and found.forerunners == ("市城管局",)
    assert page(office, "市城管局").successor == "市住建局"


def test_joining_two_records_says_which_months_will_run_on_and_they_do(office):
    office.given(unit="市城管局", due="2024-10-20", on="2024-10-08")
    office.publish("2024-10", "2024-11-05")
    office.submit("JM-2024-0001", "2024-11-06")
    office.given(unit="市住建局", due="2024-11-20", on="2024-11-08")
    office.publish("2024-11", "2024-12-05")
    words = said(office, "unit.alias", unit="市住建局", alias="市城管局")
    assert "两条记录合为一条" in words
    assert "被点名的月份合并计算：2024年10月、11月" in words
    assert "将列为拟提请" in words
    office.do("unit.alias", unit="市住建局", alias="市城管局")
    found = page(office, "市住建局")
    assert [one.period for one in found.namings] == ["2024-10", "2024-11"]
    assert [one["status"] for one in found.interviews] == ["proposed"]
    assert len(found.joined) == 2 and found.forerunners == ()
    assert "只多记一种写法" in said(office, "unit.alias", unit="市住建局", alias="住建口")
    renamed = said(office, "unit.rename", unit="市住建局", name="市建设局")
    assert "不因更名中断：2024年10月、11月" in renamed and "市城管局" in renamed


def test_a_correction_of_a_joined_record_is_told_beside_the_request(office):
    office.unit("市建委", unit_id="U9")
    for period, day in (("2024-10", "2024-11-05"), ("2024-11", "2024-12-05")):
        office.given(unit="市建委", due=f"{period}-20", on=f"{period}-08")
        office.publish(period, day)
    office.do("unit.alias", unit="市住建局", alias="市建委", on="2024-12-06")
    assert office.do("interview.submit", unit="市住建局", on="2024-12-09")["warnings"] == []
    office.do(
        "notice.correct", period="2024-11", unit="市住建局", action="更正", reason="件数有误",
        on="2024-12-10",
    )  # fmt: skip
    assert "依据已变更" in "".join(interviews.shown(office.session, "市住建局")["warnings"])
    assert len(page(office, "市住建局").namings) == 2
    office.verified()


def test_an_issue_of_a_later_month_of_the_streak_is_inside_the_promise(office):
    office.given(due="2024-08-20", on="2024-08-08")
    office.publish("2024-08", "2024-09-05")
    office.publish("2024-09", "2024-10-08")
    office.do("interview.submit", unit="市住建局", on="2024-10-10")
    later = office.given(due="2024-10-20", on="2024-10-09")
    office.publish("2024-10", "2024-11-05")
    office.do("interview.approve", unit="市住建局", on="2024-11-06")
    office.do("interview.hold", unit="市住建局", due_on="2025-02-28", on="2024-11-08")
    assert later in office.named("2024-10")["市住建局"]
    office.do("notice.draft", period="2024-11", on="2024-12-02")
    assert office.named("2024-11") == {}


def test_what_does_not_fit_a_unit_says_why():
    assert {c.why_not for c in of_unit("市住建局", True)} == {None}
    gone = {c.op.name: c.why_not for c in of_unit("市城管局", False)}
    assert "已并入其他单位" in gone["unit.merge"]
    none = {c.op.name: c.why_not for c in of_unit(None, True)}
    assert none["unit.add"] is None and "没有选中单位" in none["unit.merge"]
