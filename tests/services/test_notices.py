"""The monthly notice: whom it names at the cut-off, what people decide, what stays printed."""

from __future__ import annotations

from datetime import date

import pytest

from supervise.errors import NotFound, Refused
from supervise.reports.document import from_json
from supervise.reports.export import export
from supervise.services import compose, explanations, interviews, notice_records, packs
from tests.services.office import Office

JUNE, JULY = "2024-06", "2024-07"
HOUSING, WATER = "市住建局", "市水务局"


def refused(code: str):
    return pytest.raises(Refused, check=lambda error: error.code == code)


def proposed(office: Office, period: str = JUNE) -> dict[str, list[str]]:
    office.do("notice.draft", period=period)
    return office.named(period)


def under(office: Office, *changes: tuple[str, str]) -> None:
    """Put the pack in force again with some of its lines changed."""
    text, _ = packs.load("jingmen")
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    path = office.path.with_name("own.toml")
    path.write_text(text, encoding="utf-8")
    office.do("pack.use", name=str(path))


# -- the cut-off ---------------------------------------------------------------------------------


def test_a_unit_that_missed_its_date_and_has_not_handed_in_is_named(office):
    code = office.given(due="2024-06-28")
    assert proposed(office) == {HOUSING: [code]}


def test_due_on_the_last_day_and_not_handed_in_by_its_end_is_missed(office):
    code = office.given(due="2024-06-30")
    office.given(due="2024-07-01", unit=WATER)
    assert proposed(office) == {HOUSING: [code]}


@pytest.mark.parametrize("day", ["2024-06-27", "2024-06-28", "2024-06-29", "2024-06-30"])
def test_handed_in_by_the_end_of_the_cut_off_day_is_not_named(office, day):
    office.submit(office.given(due="2024-06-28"), day)
    assert proposed(office) == {}


def test_handed_in_the_day_after_the_cut_off_is_named(office):
    code = office.given(due="2024-06-28")
    office.submit(code, "2024-07-01")
    assert proposed(office) == {HOUSING: [code]}
    assert office.issue(code)["overdue"] is True


def test_a_submission_entered_late_saves_the_unit_while_the_notice_is_a_draft(office):
    office.today = "2024-07-04"
    code = office.given(due="2024-06-28")
    assert proposed(office) == {HOUSING: [code]}
    record = office.submit(code, "2024-06-28")
    assert record["overdue"] is False
    assert office.named(JUNE) == {}


def test_an_issued_notice_stays_as_it_was_when_a_submission_is_entered_late(office):
    code = office.given(due="2024-06-28")
    office.publish(JUNE, "2024-07-02")
    office.submit(code, "2024-06-28")
    assert office.named(JUNE) == {HOUSING: [code]}


@pytest.mark.parametrize(("begun", "named"), [("2024-06-28", False), ("2024-06-29", True)])
def test_a_pause_counts_only_if_it_began_by_the_due_date(office, begun, named):
    code = office.given(due="2024-06-28")
    office.do("issue.pause", issue=code, reason="等待上级批复", on=begun)
    assert ("不改变已超期" in office.warned()) is named
    assert proposed(office) == ({HOUSING: [code]} if named else {})
    office.do("issue.resume", issue=code, on="2024-07-15")
    assert proposed(office) == ({HOUSING: [code]} if named else {})
    assert office.issue(code)["due_on"] == ("2024-06-28" if named else "2024-07-15")


def test_an_extension_asked_in_time_and_approved_after_the_cut_off_saves_the_unit(office):
    code = office.given(due="2024-06-28")
    assert proposed(office) == {HOUSING: [code]}
    office.do(
        "issue.extend", issue=code, due_on="2024-07-12", reason="连续降雨", asked_on="2024-06-28",
        on="2024-07-03",
    )  # fmt: skip
    assert office.named(JUNE) == {}
    assert proposed(office, JULY) == {HOUSING: [code]}


def test_an_extension_asked_after_the_date_is_refused(office):
    code = office.given(due="2024-06-28")
    with refused("extension_late"):
        office.do(
            "issue.extend", issue=code, due_on="2024-07-12", reason="连续降雨",
            asked_on="2024-06-29", on="2024-07-03",
        )  # fmt: skip


def test_handing_over_and_returning_judge_each_unit_by_its_own_stay(office):
    moved = office.given(due="2024-06-20")
    office.do(
        "issue.transfer", issue=moved, unit=WATER, reason="职责调整", due_on="2024-07-10",
        on="2024-06-25",
    )  # fmt: skip
    back = office.given(due="2024-06-20")
    office.submit(back, "2024-06-18")
    office.do("issue.return", issue=back, reason="未完成", due_on="2024-06-28", on="2024-06-20")
    assert proposed(office) == {HOUSING: [back]}
    assert proposed(office, JULY) == {HOUSING: [back], WATER: [moved]}


def test_closed_long_since_a_month_drafted_late_is_judged_as_of_its_own_cut_off(office):
    code = office.given(due="2024-06-28")
    office.submit(code, "2024-07-05")
    office.do("issue.pass", issue=code, on="2024-07-06", by="复核员")
    office.do("issue.feedback", issue=code, satisfaction="无诉求人", on="2024-07-07")
    office.do("issue.close", issue=code, on="2024-07-08", by="主任")
    assert proposed(office) == {HOUSING: [code]}
    assert proposed(office, JULY) == {}


def test_a_cut_off_may_be_given(office):
    code = office.given(due="2024-06-28")
    record = office.do("notice.draft", period=JUNE, cutoff="2024-06-27")
    assert (record["cutoff"], record["entries"]) == ("2024-06-27", [])
    office.do("notice.draft", period=JUNE, cutoff="2024-06-28")
    assert office.named(JUNE) == {HOUSING: [code]}


# -- who ------------------------------------------------------------------------------------------


def test_a_countys_bureaus_are_named_as_the_county(office):
    office.unit("甲县", kind="县市区")
    office.unit("甲县住建局", parent="甲县")
    office.unit("甲县水利局", parent="甲县")
    office.unit("甲县城管局", parent="甲县住建局")
    codes = [office.given(unit=name) for name in ("甲县住建局", "甲县水利局", "甲县城管局")]
    (entry,) = office.do("notice.draft", period=JUNE)["entries"]
    assert (entry["unit"], entry["reasons"][0]["issues"]) == ("甲县", codes)
    note = entry["reasons"][0]["note"]
    assert "县住建局" in note
    assert "合并计算" in note


@pytest.mark.parametrize("kind", ["专项工作组", "司法机关"])
def test_some_kinds_are_never_named(office, kind):
    office.unit("专班", kind=kind)
    office.given(unit="专班")
    assert proposed(office) == {}
    with refused("never_named"):
        office.do("notice.name", period=JUNE, unit="专班", reason="进展缓慢")
    office.do("notice.name", period=JUNE, unit="专班", reason="推进有力", polarity="praised")
    assert office.named(JUNE) == {}


def test_vertical_bodies_are_named_by_hand_only(office):
    office.unit("市税务局", kind="垂管单位")
    office.given(unit="市税务局")
    assert proposed(office) == {}
    office.do("notice.name", period=JUNE, unit="市税务局", reason="逾期未报")
    (entry,) = office.notice(JUNE)["entries"]
    assert (entry["unit"], entry["origin"]) == ("市税务局", "manual")


def test_units_stand_in_the_citys_order(office):
    for name in ("市城管局", WATER, HOUSING):
        office.given(unit=name)
    assert list(proposed(office)) == [HOUSING, WATER, "市城管局"]


@pytest.mark.parametrize(("on", "name"), [("2024-07-05", HOUSING), ("2024-07-12", "市住房城建局")])
def test_the_name_is_the_one_borne_on_the_day_of_signing(office, on, name):
    office.given()
    office.do("unit.rename", unit=HOUSING, name="市住房城建局", on="2024-07-10")
    assert list(proposed(office)) == ["市住房城建局"]
    office.do("notice.issue", period=JUNE, on=on)
    assert list(office.named(JUNE)) == [name]
    office.do("unit.rename", unit=HOUSING, name="市城乡建设局", on="2024-08-01")
    assert list(office.named(JUNE)) == [name]


def test_a_unit_renamed_after_the_draft_is_looked_at_again_before_signing(office):
    office.given()
    proposed(office)
    office.do("unit.rename", unit=HOUSING, name="市住房城建局", on="2024-07-03")
    with refused("changed_since_draft"):
        office.do("notice.issue", period=JUNE, on="2024-07-05")


def test_a_pack_may_ask_for_more_than_one_issue(office):
    under(office, ("min_count = 1", "min_count = 2"))
    office.given(unit=HOUSING)
    two = [office.given(unit=WATER), office.given(unit=WATER)]
    assert proposed(office) == {WATER: two}


def test_inside_the_promise_of_an_interview_the_issue_is_not_proposed(office):
    code = office.given()
    office.publish(JUNE, "2024-07-02")
    office.publish(JULY, "2024-08-02")
    office.do("interview.submit", unit=HOUSING, on="2024-08-05")
    office.do("interview.approve", unit=HOUSING, on="2024-08-06")
    office.do("interview.hold", unit=HOUSING, due_on="2024-09-20", on="2024-08-20")
    other = office.given(due="2024-08-15", on="2024-08-01")
    assert proposed(office, "2024-08") == {HOUSING: [other]}
    assert proposed(office, "2024-09") == {HOUSING: [code, other]}


def test_a_promise_made_after_the_cut_off_does_not_reach_back(office):
    code = office.given()
    office.publish(JUNE, "2024-07-02")
    office.publish(JULY, "2024-08-02")
    office.do("interview.submit", unit=HOUSING, on="2024-08-05")
    office.do("interview.approve", unit=HOUSING, on="2024-08-06")
    office.do("interview.hold", unit=HOUSING, due_on="2024-10-31", on="2024-09-03")
    assert proposed(office, "2024-08") == {HOUSING: [code]}
    assert proposed(office, "2024-09") == {}
    office.warned()
    office.do("interview.close", unit=HOUSING, on="2024-10-10")
    assert office.warned() == f"约谈所依据的事项还有 1 件没有销号：{code}。"
    assert proposed(office, "2024-09") == {}
    assert proposed(office, "2024-10") == {HOUSING: [code]}


# -- what people decide ---------------------------------------------------------------------------


def test_an_exemption_takes_a_unit_off_and_can_be_taken_back(office):
    code = office.given()
    office.do("notice.draft", period=JUNE, by="拟稿人")
    office.do("notice.exempt", period=JUNE, unit=HOUSING, reason="上级叫停", by="主任")
    (entry,) = office.notice(JUNE)["entries"]
    assert (entry["status"], entry["exempt_reason"], entry["exempt_by"]) == (
        "exempt", "上级叫停", "主任",
    )  # fmt: skip
    assert office.warned() == ""
    office.do("notice.restore", period=JUNE, unit=HOUSING)
    assert office.named(JUNE) == {HOUSING: [code]}


def test_the_drafter_should_not_approve_the_exemption(office):
    office.given()
    office.do("notice.draft", period=JUNE, by="拟稿人")
    office.do("notice.exempt", period=JUNE, unit=HOUSING, reason="上级叫停", by="拟稿人")
    assert "拟稿人" in office.warned()


def test_only_a_unit_on_the_draft_can_be_exempted_checked_or_restored(office):
    office.do("notice.draft", period=JUNE)
    with refused("not_listed"):
        office.do("notice.exempt", period=JUNE, unit=WATER, reason="无")
    with refused("not_listed"):
        office.do("notice.check", period=JUNE, unit=WATER, result="无异议")
    with refused("not_listed"):
        office.do("notice.restore", period=JUNE, unit=WATER)


def test_an_addition_by_hand_can_be_taken_back(office):
    office.do("notice.draft", period=JUNE)
    office.do("notice.name", period=JUNE, unit=WATER, reason="虚假整改")
    assert office.named(JUNE) == {WATER: []}
    office.do("notice.restore", period=JUNE, unit=WATER)
    assert office.notice(JUNE)["entries"] == []


def test_the_units_answer_is_kept_beside_its_name(office):
    office.given()
    office.do("notice.draft", period=JUNE)
    office.do("notice.check", period=JUNE, unit=HOUSING, result="有异议")
    assert office.notice(JUNE)["entries"][0]["check"] == "有异议"
    office.do("notice.check", period=JUNE, unit=HOUSING, result="无异议")
    assert office.do("notice.issue", period=JUNE)["entries"][0]["check"] == "无异议"


def test_a_pack_can_make_the_check_a_condition(office):
    under(office, ('check = "warn" ', 'check = "require" '))
    office.given()
    office.do("notice.draft", period=JUNE)
    with refused("unchecked"):
        office.do("notice.issue", period=JUNE)
    office.do("notice.check", period=JUNE, unit=HOUSING, result="无异议")
    assert office.do("notice.issue", period=JUNE)["status"] == "issued"


# -- issuing --------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", ["2024-06-29", "2024-06-30"])
def test_a_notice_is_not_issued_on_or_before_its_cut_off(office, day):
    office.do("notice.draft", period=JUNE, on="2024-06-28")
    with refused("before_cutoff"):
        office.do("notice.issue", period=JUNE, on=day)
    assert office.do("notice.issue", period=JUNE, on="2024-07-01")["issued_on"] == "2024-07-01"


def test_a_notice_cannot_be_issued_or_delivered_in_the_future(office):
    office.today = "2024-07-02"
    office.do("notice.draft", period=JUNE)
    with refused("future_date"):
        office.do("notice.issue", period=JUNE, on="2024-07-03")
    with refused("future_date"):
        office.do("notice.issue", period=JUNE, delivered_on="2024-07-03")


def test_what_changed_since_the_draft_stops_the_issue_until_it_is_looked_at(office):
    office.given()
    gone = office.given(unit=WATER)
    office.do("notice.draft", period=JUNE)
    new = office.given()
    office.submit(gone, "2024-06-28")
    head = office.head()
    with refused("changed_since_draft") as refusal:
        office.do("notice.issue", period=JUNE)
    assert office.head() == head
    assert WATER in refusal.value.message
    assert new in refusal.value.message
    office.do("notice.draft", period=JUNE)
    issued = office.do("notice.issue", period=JUNE, number="〔2024〕6号")
    assert [entry["unit"] for entry in issued["entries"]] == [HOUSING]
    assert issued["entries"][0]["reasons"][0]["count"] == 2


def test_decisions_survive_looking_at_the_draft_again(office):
    office.given()
    office.do("notice.draft", period=JUNE)
    office.do("notice.exempt", period=JUNE, unit=HOUSING, reason="上级叫停", by="主任")
    office.do("notice.name", period=JUNE, unit=WATER, reason="虚假整改")
    office.do("notice.draft", period=JUNE)
    issued = office.do("notice.issue", period=JUNE)
    assert [(e["unit"], e["status"]) for e in issued["entries"]] == [
        (HOUSING, "exempt"),
        (WATER, "effective"),
    ]


def test_an_issued_month_is_not_drafted_nor_decided_about_again(office):
    office.publish(JUNE, "2024-07-02")
    with refused("already_issued"):
        office.do("notice.draft", period=JUNE)
    for op in ("name", "exempt"):
        with refused("not_allowed"):
            office.do(f"notice.{op}", period=JUNE, unit=HOUSING, reason="无")
    with refused("not_allowed"):
        office.do("notice.issue", period=JUNE)


def test_a_month_nobody_drafted_is_not_found(office):
    with pytest.raises(NotFound):
        office.do("notice.issue", period=JUNE)
    with pytest.raises(NotFound):
        office.notice(JUNE)


# -- after issue ----------------------------------------------------------------------------------


def test_an_entry_is_revoked_changed_or_added_after_issue(office):
    office.given()
    code = office.given(unit=WATER)
    office.publish(JUNE, "2024-07-02", number="〔2024〕6号")
    head = "2024-07-10"
    office.do(
        "notice.correct", period=JUNE, unit=HOUSING, action="撤销", reason="已按期报送", on=head
    )
    office.do("notice.correct", period=JUNE, unit=WATER, action="更正", reason="件数有误", on=head)
    office.do("notice.correct", period=JUNE, unit="市城管局", action="增列", reason="漏列", on=head)
    assert office.named(JUNE) == {WATER: [code], "市城管局": []}
    status = {entry["unit"]: entry["status"] for entry in office.notice(JUNE)["entries"]}
    assert status[HOUSING] == "withdrawn"
    owed = {one["unit"]: one["due_on"] for one in explanations.listing(office.session)}
    assert owed == {WATER: "2024-07-09", "市城管局": "2024-07-17"}
    office.verified()


def test_a_correction_must_fit_what_was_printed(office):
    office.given()
    office.publish(JUNE, "2024-07-02")
    with refused("already_listed"):
        office.do("notice.correct", period=JUNE, unit=HOUSING, action="增列", reason="漏列")
    with refused("not_listed"):
        office.do("notice.correct", period=JUNE, unit=WATER, action="撤销", reason="错列")
    with pytest.raises(Refused, match="早于签发日期"):
        office.do(
            "notice.correct", period=JUNE, unit=HOUSING, action="撤销", reason="错列",
            on="2024-07-01",
        )  # fmt: skip


def test_praise_can_be_revoked_too(office):
    office.do("notice.draft", period=JUNE)
    office.do("notice.name", period=JUNE, unit=WATER, reason="推进有力", polarity="praised")
    office.do("notice.issue", period=JUNE, on="2024-07-02")
    office.do("notice.correct", period=JUNE, unit=WATER, action="撤销", reason="情况不实")
    (entry,) = office.notice(JUNE)["entries"]
    assert (entry["polarity"], entry["status"]) == ("praised", "withdrawn")


def test_a_correction_of_an_issue_names_the_notices_that_printed_it(office):
    code = office.given()
    office.publish(JUNE, "2024-07-02")
    record = office.do(
        "issue.correct", issue=code, field="限期", value="2024-07-05", reason="录入有误"
    )
    assert record["notices"] == [JUNE]
    assert JUNE in office.warned()
    assert office.named(JUNE) == {HOUSING: [code]}


def test_a_withdrawn_notice_is_void_and_the_month_can_be_drafted_again(office):
    code = office.given()
    office.publish(JUNE, "2024-07-02")
    office.publish(JULY, "2024-08-02")
    assert len(interviews.listing(office.session)) == 1
    office.do("notice.withdraw", period=JUNE, reason="依据有误", on="2024-08-05")
    assert office.notice(JUNE)["status"] == "withdrawn"
    assert interviews.listing(office.session) == []
    assert [one["period"] for one in explanations.listing(office.session)] == [JULY]
    again = office.publish(JUNE, "2024-08-06", number="〔2024〕8号")
    assert (again["status"], office.named(JUNE)) == ("issued", {HOUSING: [code]})
    assert len(interviews.listing(office.session)) == 1
    office.verified()


def test_a_notice_issued_late_names_as_of_its_own_month(office):
    code = office.given(due="2024-06-28")
    office.publish(JULY, "2024-08-02")
    office.submit(code, "2024-08-05")
    late = office.publish(JUNE, "2024-09-10")
    assert (late["issued_on"], office.named(JUNE)) == ("2024-09-10", {HOUSING: [code]})
    (proposal,) = interviews.listing(office.session)
    assert proposal["periods"] == [JUNE, JULY]
    assert any("补发" in warning for warning in proposal["warnings"])


def test_notices_of_another_series_are_drafted_issued_and_do_not_climb(office):
    office.given()
    office.publish(JUNE, "2024-07-02")
    for period, day in ((JUNE, "2024-07-05"), (JULY, "2024-08-05")):
        office.do("notice.draft", period=period, series="曝光台", on=day)
        record = office.do("notice.issue", period=period, on=day)
        assert (record["series"], record["status"]) == ("曝光台", "issued")
    assert interviews.listing(office.session) == []
    assert [one["period"] for one in explanations.listing(office.session)] == [JUNE]
    with pytest.raises(NotFound, match="还没有“调度通报”，只有“曝光台”（用 --series 指明）"):
        notice_records.find(office.session, JULY)


# -- invariant 2: an issued notice prints the same bytes for ever ----------------------------------


def printed(office: Office, period: str) -> list[bytes]:
    notice = notice_records.find(office.session, period)
    return [
        export(from_json(compose.tree(office.session, notice, kind)), ending)
        for kind in ("notice", "basis")
        for ending in (".txt", ".html", ".csv", ".md")
    ]


def test_an_issued_notice_prints_the_same_bytes_whatever_happens_since(office):
    office.unit("甲县", kind="县市区")
    office.unit("甲县住建局", parent="甲县")
    first, second = office.given(), office.given(unit="甲县住建局")
    third = office.given(unit=WATER)
    office.do("notice.draft", period=JUNE, by="拟稿人")
    office.do("notice.check", period=JUNE, unit=HOUSING, result="无异议")
    office.do("notice.exempt", period=JUNE, unit=WATER, reason="上级叫停", by="主任")
    office.do("notice.issue", period=JUNE, number="〔2024〕6号", on="2024-07-02")
    before = printed(office, JUNE)
    assert HOUSING.encode() in before[0]

    office.do("unit.rename", unit=HOUSING, name="市住房城建局", on="2024-06-01")
    office.do("unit.alias", unit=HOUSING, alias="市建委")
    office.do("unit.merge", unit="甲县住建局", into=WATER)
    office.do("issue.correct", issue=first, field="事项", value="另一件事", reason="录入有误")
    office.do("issue.correct", issue=first, field="限期", value="2024-08-01", reason="录入有误")
    office.submit(second, "2024-06-20")
    office.do("issue.terminate", issue=third, reason="主体注销", on="2024-06-10")
    office.do("calendar.set", day="2024-06-28", kind="休")
    under(office, ('title = "荆门市', 'title = "某某市'))
    assert printed(office, JUNE) == before
    office.do("notice.correct", period=JUNE, unit=HOUSING, action="撤销", reason="已按期报送")
    office.do("notice.correct", period=JUNE, unit="市城管局", action="增列", reason="漏列")
    assert printed(office, JUNE) == before
    office.do("notice.withdraw", period=JUNE, reason="依据有误")
    office.today = "2026-03-01"
    assert printed(office, JUNE) == before
    office.verified()


def test_a_correction_reaches_the_entry_under_the_units_own_record_first(office):
    office.unit("市房管局", order=1)
    office.do("unit.correct", unit=HOUSING, order=2)
    office.given(unit="市房管局")
    office.given()
    office.do("notice.draft", period=JUNE)
    office.do("notice.issue", period=JUNE, on="2024-07-02")
    office.do("unit.alias", unit=HOUSING, alias="市房管局")
    office.do("notice.correct", period=JUNE, unit=HOUSING, action="撤销", reason="已按期报送")
    assert list(office.named(JUNE)) == ["市房管局"]
    office.do("notice.correct", period=JUNE, unit=HOUSING, action="撤销", reason="已按期报送")
    assert office.named(JUNE) == {}


def test_a_draft_prints_what_it_would_say_now(office):
    code = office.given()
    office.do("notice.draft", period=JUNE)
    before = printed(office, JUNE)
    office.submit(code, "2024-06-28")
    assert printed(office, JUNE) != before


def test_dates_are_typed_as_people_write_them(office):
    code = office.given(due="2024年6月28日", on="2024/6/3")
    assert office.issue(code)["due_on"] == date(2024, 6, 28).isoformat()
