"""What stands on 今日工作, each figure against the list behind it and the ledger itself."""

from __future__ import annotations

from pathlib import Path

from supervise.services import charts, today, windows
from supervise.services.sheets import status
from supervise.services.today import Figure
from tests.services import sheets as sheet
from tests.services.office import Office


def _figures(office: Office) -> dict[str, Figure]:
    return {one.key: one for one in today.today(office.session).figures}


def _listed(office: Office, key: str) -> list[str]:
    rows = windows.window(office.session, windows.view(office.session, key), 0, 100)
    return [row["code"] for row in rows]


def test_due_today_and_soon(office: Office):
    last = office.given(due="2024-12-31", on="2024-12-03")
    office.given(due="2025-01-03", on="2024-12-03")
    office.given(due="2025-01-20", on="2024-12-03")
    found = _figures(office)
    assert (found["today"].count, found["soon"].count, found["overdue"].count) == (1, 2, 0)
    assert _listed(office, "today") == [last]
    office.today = "2025-01-02"
    found = _figures(office)
    assert (found["today"].count, found["overdue"].count) == (0, 1)
    assert found["overdue"].urgent


def test_the_office_hears_of_its_own_lateness_first(office: Office):
    """交办 within two days, 复核 three working days, 回访 five: jingmen's own terms."""
    waiting = office.do("issue.add", title="路灯不亮", found_on="2024-12-20", on="2024-12-20")
    prompt = office.given(due="2024-12-30", on="2024-12-16")
    slow = office.do("issue.add", title="井盖缺失", found_on="2024-12-02", on="2024-12-02")["code"]
    office.do("issue.assign", issue=slow, unit="市住建局", on="2024-12-10", due_on="2024-12-12")
    office.submit(slow, "2024-12-11")
    found = _figures(office)
    assert _listed(office, "late-assign") == [waiting["code"], slow]
    assert found["late-assign"].count == 2
    assert found["late-assign"].note == "未办 1，本月迟办 1，时限2日"
    assert found["late-assign"].urgent and prompt not in _listed(office, "late-assign")
    assert _listed(office, "late-review") == [slow]
    office.do("issue.pass", issue=slow, on="2024-12-13", by="复核员")
    assert _figures(office)["late-review"].count == 0
    assert _listed(office, "late-visit") == [slow]
    office.do("issue.feedback", issue=slow, satisfaction="满意", on="2024-12-23")
    found = _figures(office)
    assert (found["late-visit"].count, found["late-visit"].urgent) == (1, False)
    office.today = "2025-01-06"
    assert _figures(office)["late-visit"].count == 0  # what was late in December is over


def test_flow_ages_and_overdue_agree_with_their_lists(office: Office):
    first = office.given(due="2024-12-10", on="2024-11-20")
    second = office.given("市水务局", due="2024-12-20", on="2024-12-16")
    office.given("市水务局", due="2024-12-27", on="2024-12-16")
    office.submit(second, "2024-12-18")
    day = "2024-12-19"
    office.do("issue.return", issue=second, reason="不到位", due_on="2024-12-24", by="丙", on=day)
    office.do("issue.transfer", issue=first, unit="市城管局", reason="职责", on=day)
    office.today = "2025-01-20"
    assert {bar.label for bar in charts.charts(office.session).overdue} == {"市水务局", "市城管局"}
    office.today = "2024-12-31"
    drawn = charts.charts(office.session)
    bars = {bar.key: bar.count for bar in (*drawn.overdue, *drawn.flow, *drawn.ages)}
    for key, count in bars.items():
        assert len(_listed(office, key)) == count, key
    # Two came this month; a transfer is no move between stages, a return is one.
    assert (bars["in-discover"], bars["in-rectify"], bars["out-rectify"]) == (2, 2, 1)
    assert (bars["in-review"], bars["out-review"]) == (1, 1)
    assert [bars[f"age-{n}"] for n in range(4)] == [0, 0, 2, 1]
    assert [(bar.label, bar.count) for bar in drawn.overdue] == [("市水务局", 2)]


def test_rates_and_namings_by_month(office: Office):
    office.given(due="2024-10-15", on="2024-10-08")
    office.publish("2024-10", "2024-11-05")
    office.do("notice.draft", period="2024-11", on="2024-12-02")
    office.do(
        "notice.exempt",
        period="2024-11",
        unit="市住建局",
        reason="受灾",
        by="主任",
        on="2024-12-03",
    )
    office.do("notice.name", period="2024-11", unit="市水务局", reason="未报送", on="2024-12-03")
    office.do("notice.issue", period="2024-11", on="2024-12-05")
    drawn = charts.charts(office.session)
    assert drawn.months[0] == "2024-01" and drawn.months[-1] == "2024-12"
    assert drawn.issued == {"2024-10", "2024-11"}
    trends = {one.name: one for one in drawn.trends}
    assert list(trends) == ["销号率", "按期办结率", "满意率"]
    (october, november) = trends["按期办结率"].values[9:11]
    assert october is not None and (october.numerator, october.denominator) == (0, 1)
    assert november is not None and november.denominator == 1
    assert trends["满意率"].values[-1] is None and trends["销号率"].values[0] is None
    assert trends["销号率"].target is not None and trends["销号率"].target.value == 98
    named = {one.name: one.matters for one in drawn.namings}
    assert named["市住建局"] == (*[None] * 9, 1, None, None)
    assert named["市水务局"] == (*[None] * 10, 0, None)  # by hand, resting on no matter


def test_the_page_never_tells_of_referrals(office: Office):
    told = repr(today.today(office.session)) + repr(charts.charts(office.session))
    assert "referral" not in told and "研判" not in told and "移送" not in told


def test_differences_of_the_sheets_wait_until_each_is_settled(office: Office, tmp_path: Path):
    code = sheet.given(office)
    office.today = "2024-12-26"
    sheet.send(office, tmp_path)
    assert not [key for key in _figures(office) if key.startswith("differences")]
    sheet.fill(tmp_path / "市住建局_2024-12.xlsx", {code: {"报请复核日期": "不日"}})
    sheet.take(office, tmp_path)
    found = _figures(office)["differences:2024-12"]
    assert (found.area, found.title, found.count) == ("sheets", "收表待对账", 1)
    assert found.note == "2024-12 收表 1/1 家，差异待核"
    assert [(row["unit"], row["words"]) for row in found.rows] == [("市住建局", "待核 1 处")]
    (one,) = status.status(office.session, "2024-12")["differences"]
    office.do("sheet.dismiss", period="2024-12", unit="市住建局", issue=code, column=one["column"])
    assert "differences:2024-12" not in _figures(office)
