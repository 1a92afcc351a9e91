"""Histories entered out of turn: each month names the unit that had the issue, once, or nobody."""

from __future__ import annotations

import pytest

from db import issues
from supervise.errors import Refused
from supervise.services import explanations
from tests.services.office import Office

HOUSING, WATER, CITY = "市住建局", "市水务局", "市城管局"


def refused(code: str):
    return pytest.raises(Refused, check=lambda error: error.code == code)


def drafted(office: Office, period: str = "2024-06") -> dict[str, list[str]]:
    office.do("notice.draft", period=period)
    return office.named(period)


def pause(office: Office, code: str, on: str) -> None:
    office.do("issue.pause", issue=code, reason="等待上级批复", on=on)


@pytest.mark.parametrize("end", ["terminate", "merge"])
def test_an_issue_ended_under_a_pause_and_taken_up_again_was_paused_all_the_same(office, end):
    code, other = office.given(due="2024-06-28"), office.given(WATER, due="2024-08-30")
    pause(office, code, "2024-06-20")
    fields = {"into": other} if end == "merge" else {"reason": "诉求人撤诉"}
    office.do(f"issue.{end}", issue=code, on="2024-07-02", **fields)
    assert drafted(office) == {}
    office.do("issue.restore", issue=code, reason="又来反映", on="2024-07-08")
    assert drafted(office) == {}
    office.verified()


def test_paused_and_due_in_one_holiday_an_issue_is_not_overdue_when_it_goes_on(office):
    code = office.given(due="2024-02-14", on="2024-02-05")
    pause(office, code, "2024-02-12")
    record = office.do("issue.resume", issue=code, on="2024-02-18")
    assert (record["due_on"], record["overdue"]) == ("2024-02-18", True)
    office.do("notice.draft", period="2024-02", cutoff="2024-02-17")
    assert office.named("2024-02") == {}


def test_pauses_do_not_overlap(office):
    code = office.given(due="2024-06-28")
    pause(office, code, "2024-06-10")
    office.do("issue.resume", issue=code, on="2024-06-17")
    with refused("pauses_overlap"):
        pause(office, code, "2024-06-14")


def test_a_class_is_not_changed_during_a_pause_nor_as_if_it_had_been(office):
    code = office.given(due="2024-06-19", on="2024-06-10")
    pause(office, code, "2024-06-17")
    office.do("issue.resume", issue=code, on="2024-07-02")
    with refused("before_last_move"):
        stricter = {"issue": code, "urgency": "紧急", "reason": "媒体报道"}
        office.do("issue.reclassify", on="2024-06-29", **stricter)


def test_a_stricter_class_does_not_set_a_date_already_gone_by(office):
    code = office.given(due=None, on="2024-06-03")
    record = office.do(
        "issue.reclassify", issue=code, urgency="紧急", reason="媒体报道", on="2024-06-20"
    )
    assert record["due_on"] == "2024-06-20"
    assert "应于 2024-06-06 到期，已过" in office.warned()


def test_an_exemption_follows_the_unit_when_its_two_records_are_joined(office):
    office.unit("市住建局机关", unit_id="U9")
    office.given("市住建局机关"), office.given(WATER)
    assert set(drafted(office)) == {"市住建局机关", WATER}
    office.do("notice.exempt", period="2024-06", unit="U9", reason="不可抗力", by="主任")
    office.do("notice.name", period="2024-06", unit="U3", reason="数据不实")
    office.do("unit.alias", unit=HOUSING, alias="市住建局机关")
    assert set(drafted(office)) == {WATER, CITY}
    office.do("notice.restore", period="2024-06", unit=HOUSING)
    assert set(office.named("2024-06")) == {WATER, CITY, HOUSING}


def test_one_body_is_not_added_beside_its_own_entry_under_another_record(office):
    office.unit("市住建局机关", unit_id="U9")
    office.given("市住建局机关"), office.given(HOUSING)
    drafted(office)
    office.do("notice.exempt", period="2024-06", unit=HOUSING, reason="不可抗力", by="主任")
    office.do("notice.issue", period="2024-06", on="2024-07-05")
    office.do("unit.alias", unit=HOUSING, alias="市住建局机关")
    with refused("already_listed"):
        office.do("notice.correct", period="2024-06", unit=HOUSING, action="增列", reason="补列")


def test_a_correction_of_its_text_does_not_make_a_naming_younger(office):
    drafted(office)
    office.do("notice.name", period="2024-06", unit=CITY, reason="数据不实")
    office.do("notice.issue", period="2024-06", on="2024-07-05")
    add = {"period": "2024-06", "unit": WATER, "action": "增列", "reason": "补列"}
    office.do("notice.correct", on="2024-07-22", **add)
    due = {one["unit"]: one["due_on"] for one in explanations.listing(office.session)}
    assert due == {CITY: "2024-07-12", WATER: "2024-07-29"}
    for unit in (CITY, WATER):
        text = {"period": "2024-06", "unit": unit, "action": "更正", "reason": "笔误"}
        office.do("notice.correct", on="2024-08-20", **text)
    assert due == {one["unit"]: one["due_on"] for one in explanations.listing(office.session)}
    notes = [r["note"] for e in office.notice("2024-06")["entries"] for r in e["reasons"]]
    assert notes == ["补列；更正：笔误", "数据不实", "笔误"]
    office.verified()


def test_a_merger_entered_late_holds_from_its_own_day(office):
    running, handed_in = office.given(due="2024-06-20"), office.given(due="2024-06-20")
    closed = office.given(due="2024-06-20")
    for code in (handed_in, closed):
        office.submit(code, "2024-07-02")
    office.do("issue.terminate", issue=closed, reason="撤诉", on="2024-07-03")
    office.do("unit.merge", unit=HOUSING, into=WATER, on="2024-06-25")
    assert drafted(office) == {WATER: [running, handed_in, closed]}
    office.do("notice.draft", period="2024-06", cutoff="2024-06-24")
    assert office.named("2024-06") == {HOUSING: [running, handed_in, closed]}
    office.verified()


def test_what_came_back_before_a_merger_and_is_entered_after_it_was_the_old_units(office):
    code = office.given(due="2024-06-12")
    office.submit(code, "2024-06-11")
    office.do("unit.merge", unit=HOUSING, into=WATER, on="2024-07-01")
    back = {"issue": code, "reason": "缺照片", "due_on": "2024-06-25", "on": "2024-06-18"}
    assert office.do("issue.return", **back)["unit"] == WATER
    assert drafted(office) == {HOUSING: [code]}
    assert drafted(office, "2024-07") == {WATER: [code]}
    office.verified()


def test_a_date_moved_after_the_day_of_a_merger_entered_late_is_parted_too(office):
    code = office.given(due="2024-06-20")
    office.do("issue.extend", issue=code, due_on="2024-06-28", reason="雨", asked_on="2024-06-19")
    office.do("unit.merge", unit=HOUSING, into=WATER, on="2024-06-10")
    found = issues.get(office.session.conn, code)
    assert [(s.unit_id, s.due_on.isoformat()) for s in found.spans[1:]] == [
        (1, "2024-06-20"), (2, "2024-06-28"),
    ]  # fmt: skip
    assert [(s.span, s.before.isoformat()) for s in found.shifts] == [(2, "2024-06-20")]
    office.verified()


def test_a_unit_corrected_never_had_the_issue_nor_had_its_successor(office):
    code = office.given(due="2024-06-20")
    office.do("unit.merge", unit=HOUSING, into=WATER, on="2024-07-01")
    office.do("issue.correct", issue=code, field="unit", value=CITY, reason="录错")
    assert drafted(office) == drafted(office, "2024-07") == {CITY: [code]}
    with refused("inactive_unit"):
        office.do("issue.correct", issue=code, field="unit", value=HOUSING, reason="录错")


def test_the_day_it_was_given_out_is_corrected_not_that_of_a_return_on_the_same_day(office):
    code = office.given(due="2024-06-20", on="2024-06-03")
    office.submit(code, "2024-06-03")
    office.do("issue.return", issue=code, reason="缺照片", due_on="2024-06-05", on="2024-06-03")
    office.do("issue.correct", issue=code, field="found_on", value="2024-06-01", reason="录错")
    office.do("issue.correct", issue=code, field="assigned_on", value="2024-06-02", reason="录错")
    days = [stay.entered.day for stay in issues.get(office.session.conn, code).spans]
    assert days == [1, 2, 3, 3]


def test_what_an_issue_was_before_it_ended_is_not_corrected_once_it_is_taken_up_again(office):
    code = office.given(due="2024-06-20")
    office.do("issue.terminate", issue=code, reason="撤诉", on="2024-07-03")
    office.do("issue.restore", issue=code, reason="又来反映", on="2024-07-08")
    office.do("issue.correct", issue=code, field="unit", value=CITY, reason="换一家承办")
    assert drafted(office) == {HOUSING: [code]}
    with pytest.raises(Refused):
        office.do("issue.correct", issue=code, field="due_on", value="2024-07-20", reason="录错")


def test_a_due_date_corrected_over_an_extension_says_so(office):
    code = office.given(due="2024-06-20")
    office.do("issue.extend", issue=code, due_on="2024-06-28", reason="雨", on="2024-06-19")
    office.warned()
    office.do("issue.correct", issue=code, field="due_on", value="2024-06-18", reason="录错")
    assert "此前的延期、暂停计时等不再另计" in office.warned()


def test_the_clock_starts_anew_with_the_day_it_was_given_out_put_right(office):
    code = office.given(due=None, on="2024-06-03")
    assert office.issue(code)["due_on"] == "2024-06-25"
    fix = {"issue": code, "field": "交办日期", "reason": "录错"}
    record = office.do("issue.correct", value="2024-06-26", **fix)
    assert (record["due_on"], record["original_due_on"]) == ("2024-07-17", "2024-07-17")
    assert drafted(office) == {}
    office.warned()
    assert office.do("issue.correct", value="2024-06-24", **fix)["due_on"] == "2024-07-17"
    assert "应于 2024-07-15 到期，早于已告知的限期" in office.warned()
    office.verified()


def test_a_date_a_person_gave_stays_when_the_day_it_was_given_out_is_put_right(office):
    code = office.given(due="2024-06-25", on="2024-06-03")
    fix = {"issue": code, "field": "assigned_on", "value": "2024-06-10", "reason": "录错"}
    assert office.do("issue.correct", **fix)["due_on"] == "2024-06-25"
