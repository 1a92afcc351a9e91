"""Above the notice: two months running, interviews, explanations, referrals, end to end."""

from __future__ import annotations

import pytest

from supervise.errors import NotFound, Refused
from supervise.services import explanations, interviews, referrals, stats
from tests.services.office import Office

HOUSING, WATER = "市住建局", "市水务局"


def refused(code: str):
    return pytest.raises(Refused, check=lambda error: error.code == code)


def proposals(office: Office) -> dict[str, list[str]]:
    """Map each unit proposed for an interview to its months; once a streak."""
    found = [one for one in interviews.listing(office.session) if one["status"] == "proposed"]
    units = [one["unit"] for one in found]
    assert len(units) == len(set(units)), found
    return {one["unit"]: one["periods"] for one in found}


def candidates(office: Office) -> list[tuple[str, str]]:
    return [
        (one["unit"], one["criterion"])
        for one in referrals.listing(office.session)
        if one["status"] == "candidate"
    ]


def name(office: Office, period: str, *units: str, on: str | None = None) -> None:
    """Issue a month's notice that names the units, by hand, on the fifth of the next month."""
    year, month = map(int, period.split("-"))
    day = on or f"{year + month // 12}-{month % 12 + 1:02d}-05"
    office.do("notice.draft", period=period, on=day)
    for unit in units:
        office.do("notice.name", period=period, unit=unit, reason="进展缓慢", on=day)
    office.do("notice.issue", period=period, number=f"〔{year}〕{month}号", on=day)


def held(office: Office, unit: str = HOUSING, on: str = "2024-08-15", **fields: object) -> None:
    """Ask for an interview, have it agreed to and held, all on one day."""
    office.do("interview.submit", unit=unit, on=on)
    office.do("interview.approve", unit=unit, on=on, leader="王市长")
    office.do("interview.hold", unit=unit, on=on, **fields)


# -- two months running ---------------------------------------------------------------------------


def test_named_two_months_running_a_unit_is_proposed_once_with_its_evidence(office):
    name(office, "2024-06", HOUSING, WATER)
    assert proposals(office) == {}
    name(office, "2024-07", HOUSING)
    (one,) = interviews.listing(office.session)
    assert (one["id"], one["unit"], one["unit_id"], one["status"]) == (
        None, HOUSING, "U1", "proposed",
    )  # fmt: skip
    assert [(b["period"], b["notice"]) for b in one["basis"]] == [
        ("2024-06", "〔2024〕6号"),
        ("2024-07", "〔2024〕7号"),
    ]
    assert stats.stats(office.session)["interviews"] == {"proposed": 1, "open": 0, "held": 0}


def test_a_third_month_is_the_same_streak(office):
    for period in ("2024-06", "2024-07", "2024-08"):
        name(office, period, HOUSING)
    assert proposals(office) == {HOUSING: ["2024-06", "2024-07", "2024-08"]}


def test_december_and_january_are_running(office):
    office.today = "2025-03-31"
    name(office, "2024-12", HOUSING)
    name(office, "2025-01", HOUSING)
    assert proposals(office) == {HOUSING: ["2024-12", "2025-01"]}


def test_a_month_without_a_notice_or_without_the_unit_breaks_the_streak(office):
    name(office, "2024-05", HOUSING, WATER)
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", WATER)
    name(office, "2024-09", WATER)
    assert proposals(office) == {HOUSING: ["2024-05", "2024-06"]}


def test_drafts_praise_and_exemptions_do_not_count(office):
    name(office, "2024-06", HOUSING, WATER)
    office.do("notice.draft", period="2024-07", on="2024-08-05")
    office.do("notice.name", period="2024-07", unit=HOUSING, reason="进展缓慢")
    assert proposals(office) == {}
    office.do("notice.exempt", period="2024-07", unit=HOUSING, reason="上级叫停", by="主任")
    office.do("notice.name", period="2024-07", unit=WATER, reason="有力", polarity="praised")
    office.do("notice.issue", period="2024-07", on="2024-08-05")
    assert proposals(office) == {}


# -- invariants 5 and 6 ---------------------------------------------------------------------------


def test_a_new_name_does_not_break_the_streak(office):
    name(office, "2024-06", HOUSING)
    office.do("unit.rename", unit=HOUSING, name="市住房城建局", on="2024-07-10")
    name(office, "2024-07", "市住房城建局")
    assert proposals(office) == {"市住房城建局": ["2024-06", "2024-07"]}
    (one,) = interviews.listing(office.session)
    assert [b["unit"] for b in one["basis"]] == [HOUSING, "市住房城建局"]


def test_two_records_of_one_body_join_their_months(office):
    office.unit("市住建局机关", unit_id="U9")
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", "市住建局机关")
    assert proposals(office) == {}
    office.do("unit.alias", unit=HOUSING, alias="市住建局机关")
    assert proposals(office) == {HOUSING: ["2024-06", "2024-07"]}
    assert [one["unit"] for one in explanations.listing(office.session)] == [
        HOUSING,
        "市住建局机关",
    ]
    office.do("explanation.receive", period="2024-07", unit=HOUSING, on="2024-08-08")
    office.verified()


def test_joining_records_never_loses_a_proposal(office):
    office.unit("市住建局机关", unit_id="U9")
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", HOUSING, "市住建局机关")
    assert proposals(office) == {HOUSING: ["2024-06", "2024-07"]}
    office.do("unit.alias", unit="市住建局机关", alias=HOUSING)
    assert proposals(office) == {"市住建局机关": ["2024-06", "2024-07"]}
    office.do("interview.submit", unit=HOUSING)
    assert proposals(office) == {}


def test_a_reorganisation_moves_open_issues_but_not_the_months(office):
    code = office.given()
    name(office, "2024-06")
    assert office.named("2024-06") == {HOUSING: [code]}
    office.do("unit.merge", unit=HOUSING, into=WATER, on="2024-07-10")
    assert office.issue(code)["unit"] == WATER
    name(office, "2024-07")
    assert office.named("2024-07") == {WATER: [code]}
    assert proposals(office) == {}
    office.verified()


def test_what_is_taken_up_again_goes_to_the_successor(office):
    closed, ended = office.given(), office.given()
    office.submit(closed, "2024-06-10")
    office.do("issue.pass", issue=closed, on="2024-06-11", by="复核员")
    office.do("issue.feedback", issue=closed, satisfaction="无诉求人", on="2024-06-12")
    office.do("issue.close", issue=closed, on="2024-06-13", by="主任")
    office.do("issue.terminate", issue=ended, reason="撤诉", on="2024-06-13")
    office.do("unit.merge", unit=HOUSING, into=WATER, on="2024-07-10")
    assert office.issue(closed)["unit"] == HOUSING
    office.do("issue.reopen", issue=closed, reason="反弹", on="2024-07-12")
    office.do("issue.restore", issue=ended, reason="恢复", on="2024-07-12")
    assert [office.issue(code)["unit"] for code in (closed, ended)] == [WATER, WATER]
    office.verified()


def test_merged_units_take_no_more_part(office):
    office.do("unit.merge", unit=HOUSING, into=WATER)
    for op, fields in (
        ("unit.merge", {"unit": HOUSING, "into": WATER}),
        ("unit.merge", {"unit": WATER, "into": "U1"}),
        ("issue.assign", {"issue": office.do("issue.add", title="甲")["code"], "unit": "U1"}),
    ):
        with refused("inactive_unit"):
            office.do(op, **fields)


def first_time_rate(office: Office) -> tuple[int, int]:
    rates = {one["name"]: one for one in stats.stats(office.session)["rates"]}
    return rates["按期办结率"]["numerator"], rates["按期办结率"]["denominator"]


@pytest.mark.parametrize(("day", "unit"), [("2024-06-28", HOUSING), ("2024-07-02", WATER)])
def test_a_submission_entered_after_a_merger_counts_from_its_own_date(office, day, unit):
    code = office.given()
    office.do("unit.merge", unit=HOUSING, into=WATER, on="2024-07-01")
    office.do("notice.draft", period="2024-06")
    assert office.named("2024-06") == {HOUSING: [code]}
    record = office.submit(code, day)
    assert (record["unit"], record["submitted_on"]) == (WATER, day)
    in_time = day == "2024-06-28"
    assert office.named("2024-06") == ({} if in_time else {HOUSING: [code]})
    assert first_time_rate(office) == (int(in_time), 1)
    office.verified()


def test_after_a_merger_the_clock_still_starts_where_it_started(office):
    code = office.given(due=None, on="2024-06-03")
    office.do("unit.merge", unit=HOUSING, into=WATER, on="2024-06-20")
    record = office.do("issue.reclassify", issue=code, urgency="疑难", reason="无", on="2024-06-21")
    assert record["due_on"] == "2024-06-25"
    office.do("issue.correct", issue=code, field="限期", value="2024-07-10", reason="有误")
    office.do("notice.draft", period="2024-06", cutoff="2024-06-30")
    assert office.named("2024-06") == {}


def test_a_pause_that_a_merger_falls_into_saves_both_units(office):
    code = office.given(due="2024-06-28", on="2024-06-03")
    office.do("issue.pause", issue=code, reason="等待上级批复", on="2024-06-20")
    office.do("unit.merge", unit=HOUSING, into=WATER, on="2024-07-05")
    office.do("issue.resume", issue=code, on="2024-07-15")
    for period in ("2024-06", "2024-07"):
        office.do("notice.draft", period=period)
    assert (office.named("2024-06"), office.named("2024-07")) == ({}, {WATER: [code]})
    record = office.do("issue.reclassify", issue=code, urgency="疑难", reason="无", on="2024-07-16")
    assert record["due_on"] == "2024-07-18"
    office.verified()


def test_joining_two_records_moves_no_issue_in_time(office):
    office.unit("市住建局机关", unit_id="U9")
    code = office.given(unit="市住建局机关")
    office.do("unit.alias", unit=HOUSING, alias="市住建局机关")
    assert office.issue(code)["unit"] == HOUSING
    office.do("notice.draft", period="2024-06")
    assert office.named("2024-06") == {HOUSING: [code]}
    office.submit(code, "2024-06-28")
    assert office.named("2024-06") == {}
    office.verified()


@pytest.mark.parametrize("how", ["撤销", "withdraw"])
def test_a_revoked_naming_takes_the_proposal_away(office, how):
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", HOUSING)
    assert proposals(office)
    if how == "withdraw":
        office.do("notice.withdraw", period="2024-07", reason="依据有误")
    else:
        office.do("notice.correct", period="2024-07", unit=HOUSING, action=how, reason="依据有误")
    assert proposals(office) == {}


def test_a_naming_revoked_after_the_request_flags_it(office):
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", HOUSING)
    office.do("interview.submit", unit=HOUSING, on="2024-08-10")
    office.do(
        "notice.correct", period="2024-07", unit=HOUSING, action="撤销", reason="依据有误",
        on="2024-08-12",
    )  # fmt: skip
    record = interviews.shown(office.session, HOUSING)
    assert record["status"] == "submitted"
    assert any("依据已变更" in warning for warning in record["warnings"])


# -- the request ----------------------------------------------------------------------------------


def test_a_request_goes_through_its_steps(office):
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", HOUSING)
    record = office.do("interview.submit", unit=HOUSING, on="2024-08-10", ref="〔2024〕20号")
    assert (record["id"], record["status"], record["ref"]) == (1, "submitted", "〔2024〕20号")
    assert proposals(office) == {}
    with refused("open_request"):
        office.do("interview.submit", unit=HOUSING)
    with refused("not_allowed"):
        office.do("interview.hold", unit=HOUSING)
    office.do("interview.defer", unit=HOUSING, reason="领导出差", on="2024-08-11")
    with refused("open_request"):
        office.do("interview.submit", unit=HOUSING)
    office.do("interview.approve", unit="1", on="2024-08-12", leader="王市长")
    office.do("interview.schedule", unit=HOUSING, planned_on="2024-08-20", on="2024-08-13")
    with pytest.raises(Refused, match="早于上一步"):
        office.do("interview.hold", unit=HOUSING, on="2024-08-11")
    with pytest.raises(Refused, match="承诺日期"):
        office.do("interview.hold", unit=HOUSING, on="2024-08-20", due_on="2024-08-19")
    office.do("interview.hold", unit=HOUSING, on="2024-08-20", due_on="2024-09-20")
    record = office.do("interview.close", unit=HOUSING, on="2024-09-18")
    assert (record["status"], record["held_on"], record["leader"]) == (
        "closed", "2024-08-20", "王市长",
    )  # fmt: skip
    office.verified()


def test_a_request_needs_two_months_and_an_issued_ground(office):
    name(office, "2024-06", HOUSING)
    with refused("not_proposed"):
        office.do("interview.submit", unit=HOUSING)
    name(office, "2024-07", HOUSING)
    with refused("not_proposed"):
        office.do("interview.submit", unit=HOUSING, periods="2024-05,2024-06")
    with pytest.raises(Refused, match="早于所依据通报"):
        office.do("interview.submit", unit=HOUSING, on="2024-08-04")
    with pytest.raises(NotFound):
        office.do("interview.approve", unit=WATER)


def test_months_may_be_named_and_later_ones_join_the_open_request(office):
    for period in ("2024-05", "2024-06", "2024-07"):
        name(office, period, HOUSING)
    record = office.do("interview.submit", unit=HOUSING, periods="2024-06、2024-07")
    assert record["periods"][-2:] == ["2024-06", "2024-07"]
    name(office, "2024-08", HOUSING)
    assert proposals(office) == {}
    assert "2024-08" in interviews.shown(office.session, HOUSING)["periods"]


def test_a_refusal_uses_up_its_months_and_two_new_ones_ask_again(office):
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", HOUSING)
    office.do("interview.submit", unit=HOUSING, on="2024-08-10")
    office.do("interview.decline", unit=HOUSING, reason="已整改", on="2024-08-12")
    assert proposals(office) == {}
    name(office, "2024-08", HOUSING)
    assert proposals(office) == {}
    name(office, "2024-09", HOUSING)
    (one,) = (o for o in interviews.listing(office.session) if o["status"] == "proposed")
    assert one["periods"] == ["2024-08", "2024-09"]
    assert any("不予约谈" in warning for warning in one["warnings"])


def test_a_held_interview_uses_up_the_months_to_its_own(office):
    for period in ("2024-06", "2024-07"):
        name(office, period, HOUSING)
    held(office, on="2024-08-15")
    name(office, "2024-08", HOUSING)
    assert proposals(office) == {}
    name(office, "2024-09", HOUSING)
    assert proposals(office) == {}
    name(office, "2024-10", HOUSING)
    assert proposals(office) == {HOUSING: ["2024-09", "2024-10"]}


def test_a_request_taken_back_may_be_made_again(office):
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", HOUSING)
    office.do("interview.submit", unit=HOUSING)
    office.do("interview.void", unit=HOUSING, reason="依据有误")
    assert proposals(office) == {HOUSING: ["2024-06", "2024-07"]}
    assert office.do("interview.submit", unit=HOUSING)["id"] == 2


# -- explanations ---------------------------------------------------------------------------------


def owed(office: Office, unit: str = HOUSING) -> dict:
    return next(one for one in explanations.listing(office.session) if one["unit"] == unit)


def test_an_explanation_is_due_five_working_days_after_delivery(office):
    office.do("notice.draft", period="2024-06", on="2024-07-01")
    office.do("notice.name", period="2024-06", unit=HOUSING, reason="进展缓慢")
    office.do("notice.issue", period="2024-06", on="2024-07-02", delivered_on="2024-07-05")
    office.today = "2024-07-12"
    assert (owed(office)["due_on"], owed(office)["status"], owed(office)["overdue"]) == (
        "2024-07-12", "owed", False,
    )  # fmt: skip
    office.today = "2024-07-13"
    assert owed(office)["overdue"] is True
    with pytest.raises(Refused, match="早于"):
        office.do("explanation.receive", period="2024-06", unit=HOUSING, on="2024-07-04")
    record = office.do("explanation.receive", period="2024-06", unit=HOUSING, on="2024-07-12")
    assert (record["status"], record["overdue"]) == ("received", False)
    with refused("received"):
        office.do("explanation.receive", period="2024-06", unit=HOUSING)


def test_an_explanation_sent_back_may_come_again(office):
    name(office, "2024-06", HOUSING)
    with refused("not_allowed"):
        office.do("explanation.return", period="2024-06", unit=HOUSING, reason="过简")
    office.do("explanation.receive", period="2024-06", unit=HOUSING, on="2024-07-08")
    record = office.do(
        "explanation.return", period="2024-06", unit=HOUSING, reason="过简", on="2024-07-09"
    )
    assert (record["status"], record["reason"]) == ("returned", "过简")
    record = office.do("explanation.receive", period="2024-06", unit=HOUSING, on="2024-07-30")
    assert (record["status"], record["received_on"], record["overdue"]) == (
        "received", "2024-07-30", True,
    )  # fmt: skip
    with pytest.raises(NotFound):
        office.do("explanation.receive", period="2024-06", unit=WATER)


def test_exempt_from_naming_is_not_exempt_from_explaining(office):
    office.do("notice.draft", period="2024-06", on="2024-07-01")
    for unit, said in ((HOUSING, {"explain": True}), (WATER, {})):
        office.do("notice.name", period="2024-06", unit=unit, reason="进展缓慢")
        office.do(
            "notice.exempt", period="2024-06", unit=unit, reason="上级叫停", by="主任", **said
        )
    office.do("notice.issue", period="2024-06", on="2024-07-02")
    assert [one["unit"] for one in explanations.listing(office.session)] == [HOUSING]


# -- referrals ------------------------------------------------------------------------------------


def test_named_again_after_an_interview_makes_a_candidate_until_somebody_decides(office):
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", HOUSING)
    held(office, on="2024-08-15")
    name(office, "2024-08", HOUSING)
    assert candidates(office) == []
    name(office, "2024-09", HOUSING)
    assert candidates(office) == [(HOUSING, "named_again")]
    decision = {"unit": HOUSING, "criterion": "named_again"}
    with refused("same_person"):
        office.do("referral.record", **decision, approver="主任", recipient="市纪委监委", by="主任")
    record = office.do("referral.continue", **decision, reason="已在整改", on="2024-10-10")
    assert (record["status"], record["id"]) == ("continued", 1)
    assert candidates(office) == []
    with refused("not_candidate"):
        office.do("referral.dismiss", **decision, reason="再议")
    name(office, "2024-10", HOUSING)
    assert candidates(office) == [(HOUSING, "named_again")]
    record = office.do(
        "referral.record", **decision, approver="主任", recipient="市纪委监委", by="经办甲"
    )
    assert (record["status"], record["recipient"]) == ("recorded", "市纪委监委")
    assert candidates(office) == []
    office.verified()


def test_three_calendar_months_after_the_interview_and_no_more(office):
    office.today = "2025-03-31"
    name(office, "2024-06", HOUSING)
    name(office, "2024-07", HOUSING)
    held(office, on="2024-08-15")
    name(office, "2024-12", HOUSING)
    assert candidates(office) == []
    name(office, "2024-11", HOUSING, on="2024-12-06")
    assert candidates(office) == [(HOUSING, "named_again")]


def test_a_promise_missed_makes_a_candidate_the_day_after(office):
    code = office.given()
    office.publish("2024-06", "2024-07-05")
    office.publish("2024-07", "2024-08-05")
    held(office, on="2024-08-15", due_on="2024-09-20")
    office.today = "2024-09-20"
    assert candidates(office) == []
    office.today = "2024-09-21"
    assert candidates(office) == [(HOUSING, "promise_missed")]
    office.do("issue.terminate", issue=code, reason="撤诉", on="2024-09-21")
    assert candidates(office) == []


def test_a_promise_closed_in_time_or_not_makes_no_candidate(office):
    office.given()
    office.publish("2024-06", "2024-07-05")
    office.publish("2024-07", "2024-08-05")
    held(office, on="2024-08-15", due_on="2024-09-20")
    office.do("interview.close", unit=HOUSING, on="2024-09-25")
    assert candidates(office) == []


def test_a_county_answers_for_its_bureaus_all_the_way_up(office):
    office.unit("甲县", kind="县市区", unit_id="C1")
    office.unit("甲县住建局", parent="甲县")
    office.unit("甲县水利局", parent="甲县")
    name(office, "2024-06", "甲县住建局")
    name(office, "2024-07", "甲县水利局")
    assert proposals(office) == {"甲县": ["2024-06", "2024-07"]}
    held(office, unit="甲县水利局", on="2024-08-15")
    name(office, "2024-09", "甲县住建局")
    assert candidates(office) == [("甲县", "named_again")]
    office.do("explanation.receive", period="2024-09", unit="甲县住建局", on="2024-10-08")
