"""The dated steps of a month: recorded before and after its notice, and read as its progress."""

from __future__ import annotations

from datetime import date

import pytest

from supervise.errors import Refused
from supervise.services import explanations, months
from supervise.services.verify import verify
from tests.services.office import Office


def _words(office: Office, period: str) -> dict[str, str]:
    return {step.step: step.words for step in months.progress(office.session, period).steps}


def test_a_months_steps_are_recorded_before_there_is_a_notice(office: Office):
    record = office.do("notice.record", period="2024-12", step="催报", on="2024-12-26", ref="甲1号")
    assert record["status"] is None and record["entries"] == []
    (step,) = record["steps"]
    assert step == {"step": "催报", "on": "2024-12-26", "by": "经办甲", "ref": "甲1号"}
    office.do("notice.record", period="2024-12", step="收表", on="2024-12-30", by="经办乙")
    record = office.do("notice.record", period="2024-12", step="催报", on="2024-12-27")
    assert [(s["step"], s["on"]) for s in record["steps"]] == [
        ("催报", "2024-12-27"),
        ("收表", "2024-12-30"),
    ]
    assert office.do("notice.draft", period="2024-12")["steps"] == record["steps"]
    words = _words(office, "2024-12")
    assert words["催报"] == "已办 12-27" and words["关账"] == "今天应办"
    assert words["拟稿"] == "已办 12-31" and words["签发"] == "未到"
    office.verified()


def test_no_step_is_recorded_of_a_month_far_ahead(office: Office):
    office.today = "2024-12-31"
    office.do("notice.record", period="2025-01", step="催报")
    with pytest.raises(Refused, match="2025年2月还早，不能记“催报”"):
        office.do("notice.record", period="2025-02", step="催报")


def test_a_step_changed_behind_the_programs_back_is_told(office: Office):
    office.do("notice.record", period="2024-12", step="关账", on="2024-12-31")
    office.session.conn.execute("UPDATE month_step SET on_date = '2024-12-30'")
    result = verify(office.session)
    assert not result["ok"]
    (problem,) = result["problems"]
    assert "办文环节" in problem and "2024-12-30" in problem and "2024-12-31" in problem


def test_delivery_starts_the_clock_of_explanations(office: Office):
    office.given(due="2024-10-15", on="2024-10-08")
    with pytest.raises(Refused, match="还没有签发"):
        office.do("notice.record", period="2024-10", step="送达", on="2024-11-06")
    office.publish("2024-10", "2024-11-05")
    (owed,) = explanations.listing(office.session)
    assert owed["due_on"] == "2024-11-12"
    with pytest.raises(Refused, match="早于签发日期"):
        office.do("notice.record", period="2024-10", step="送达", on="2024-11-04")
    record = office.do("notice.record", period="2024-10", step="送达", on="2024-11-08")
    assert record["delivered_on"] == "2024-11-08"
    (owed,) = explanations.listing(office.session)
    assert owed["due_on"] == "2024-11-15"
    # Recorded wrongly, it is recorded again.
    record = office.do("notice.record", period="2024-10", step="送达", on="2024-11-07")
    assert record["delivered_on"] == "2024-11-07"
    assert _words(office, "2024-10")["印发送达"] == "已办 11-07"
    office.verified()


def test_a_delivery_written_at_issuing_is_not_changed_by_a_step(office: Office):
    office.given(due="2024-10-15", on="2024-10-08")
    office.publish("2024-10", "2024-11-05", delivered_on="2024-11-06")
    head = office.head()
    with pytest.raises(Refused, match="已写明 2024-11-06 送达.*withdraw"):
        office.do("notice.record", period="2024-10", step="送达", on="2024-11-08")
    assert office.head() == head
    office.do("notice.record", period="2024-10", step="送达", on="2024-11-06")
    assert office.notice("2024-10")["delivered_on"] == "2024-11-06"


def test_a_month_from_its_end_to_its_explanations(office: Office):
    code = office.given(due="2024-10-15", on="2024-10-08")
    office.today = "2024-11-05"
    month = months.at_work(office.session)
    assert month.period == "2024-11"  # no notice was ever issued: nothing is owed for October
    office.do("notice.draft", period="2024-10", on="2024-10-20")
    words = _words(office, "2024-10")
    assert words["拟稿"] == "逾期4日"  # a draft before the cut-off must be looked at again
    month = months.at_work(office.session)
    assert (month.period, month.status) == ("2024-10", "draft")
    office.do("notice.draft", period="2024-10", on="2024-11-01")
    office.do("notice.check", period="2024-10", unit="市住建局", result="无异议", on="2024-11-04")
    steps = {s.step: s for s in months.progress(office.session, "2024-10").steps}
    assert steps["核对"].done_on == date(2024, 11, 4) and steps["核对"].note == "已核对 1/1 家"
    office.do("notice.issue", period="2024-10", delivered_on="2024-11-05")
    words = _words(office, "2024-10")
    assert words["会签"] == "未记录" and words["签发"] == words["印发送达"] == "已办 11-05"
    assert words["收说明"] == "未到" and words["提请"] == "不适用"
    office.today = "2024-11-13"
    assert _words(office, "2024-10")["收说明"] == "逾期1日"
    assert months.at_work(office.session).period == "2024-10"
    office.do("explanation.receive", period="2024-10", unit="市住建局")
    assert months.at_work(office.session).period == "2024-11"
    assert office.issue(code)["stage"] == "rectify"


def test_two_months_running_ask_for_an_interview(office: Office):
    office.given(due="2024-09-15", on="2024-09-02")
    office.publish("2024-09", "2024-10-10")
    office.publish("2024-10", "2024-11-05")
    step = months.progress(office.session, "2024-10").steps[-1]
    assert (step.step, step.state, step.note) == ("提请", "late", "待提请 1 家")
    office.do("interview.submit", unit="市住建局", on="2024-11-20")
    step = months.progress(office.session, "2024-10").steps[-1]
    assert (step.state, step.done_on) == ("done", date(2024, 11, 20))


def test_a_ledger_owes_no_step_of_the_days_before_it_began(office: Office) -> None:
    began = months.progress(office.session, "2024-12").steps
    assert [(one.step, one.state) for one in began[:3]] == [
        ("催报", "none"),
        ("收表", "none"),
        ("关账", "today"),
    ]
    assert began[0].note == "台账建立以前"
    # Earlier work that is entered later makes the month the office's again.
    office.given(due="2024-12-20", on="2024-12-02")
    late = months.progress(office.session, "2024-12").steps
    assert [one.state for one in late[:3]] == ["late", "late", "today"]
