"""The workbench of the monthly notice: what it shows is what the ledger then does."""

from __future__ import annotations

from datetime import date

import pytest

from supervise.errors import NotFound, Refused
from supervise.services import (
    explanations,
    interviews,
    ledger,
    notice_desk,
    notice_issue,
    notice_preview,
    notice_records,
    packs,
)
from supervise.services.choices import of_entry, of_explanation
from supervise.services.session import Session
from supervise.services.work import perform
from tests.services.office import Office

JUNE, JULY, AUGUST = "2024-06", "2024-07", "2024-08"
HOUSING, WATER, CITY = "市住建局", "市水务局", "市城管局"
MAIN = "调度通报"


def lines(office: Office) -> dict[str, dict[str, object]]:
    return {one["key"]: one for one in notice_desk.months(office.session)}


def desk(office: Office, period: str, series: str = MAIN) -> notice_desk.Desk:
    line = next(
        one
        for one in notice_desk.months(office.session)
        if (one["period"], one["series"]) == (period, series)
    )
    return notice_desk.desk(office.session, period, series, line["id"])


def verdicts(office: Office, period: str) -> dict[str, str]:
    return {one.name: one.verdict for one in desk(office, period).checks}


def open_choices(choices) -> set[str]:
    return {one.op.verb for one in choices if one.why_not is None}


# -- months ----------------------------------------------------------------------------------------


def test_without_any_notice_last_month_waits_and_shows_what_a_draft_would_say(office):
    office.today = "2024-07-02"
    code = office.given(due="2024-06-28")
    found = lines(office)
    assert [one["status"] for one in found.values()] == ["none", "none"]
    assert [one["period"] for one in found.values() if one["waiting"]] == [JUNE]
    head = office.head()
    expected = desk(office, JUNE)
    assert expected.record["status"] == "none" and expected.checks == ()
    assert [entry["unit"] for entry in expected.record["entries"]] == [HOUSING]
    assert expected.facts.entries[0].matters[0].code == code
    assert desk(office, JULY).notice.cutoff == date(2024, 7, 2)
    assert office.head() == head


def test_a_ledger_begun_this_month_has_no_month_waiting_unless_older_matters_are_entered(tmp_path):
    path, today = tmp_path / "new.db", date(2024, 7, 16)
    ledger.create(path, today=today)
    with Session(path, today, write=True) as session:
        assert not any(one["waiting"] for one in notice_desk.months(session))
        perform(session, "issue.add", {"title": "停水", "found_on": today})
        assert not any(one["waiting"] for one in notice_desk.months(session))
        june = date(2024, 6, 28)
        perform(session, "issue.add", {"title": "停电", "found_on": june, "on": june})
        waiting = [one["period"] for one in notice_desk.months(session) if one["waiting"]]
        assert waiting == [JUNE]


def test_months_that_were_left_out_show_and_keep_their_line_when_drafted(office):
    office.given(due="2024-06-28")
    office.publish(JUNE, "2024-07-02")
    office.publish(AUGUST, "2024-09-02")
    office.today = "2024-09-10"
    before = lines(office)
    assert [(one["period"], one["status"]) for one in before.values()] == [
        ("2024-09", "none"), (AUGUST, "issued"), (JULY, "none"), (JUNE, "issued"),
    ]  # fmt: skip
    office.do("notice.draft", period=JULY)
    after = lines(office)
    assert list(after) == list(before)
    assert [one["period"] for one in after.values() if one["waiting"]] == [JULY]


def test_another_series_of_the_same_month_has_its_own_line_and_takes_its_own_steps(office):
    office.given(due="2024-06-28")
    office.given(due="2024-06-28", unit=WATER)
    office.do("notice.draft", period=JUNE)
    office.do("notice.draft", period=JUNE, series="曝光台")
    for series, unit in ((MAIN, HOUSING), ("曝光台", WATER)):
        office.do("notice.exempt", period=JUNE, unit=unit, reason="上级叫停", by="主任",
                  series=series)  # fmt: skip
    office.do("notice.issue", period=JUNE, series="曝光台", on="2024-07-02")
    found = lines(office)
    assert found[f"{JUNE} 曝光台"]["status"] == "issued" and not found[f"{JUNE} 曝光台"]["main"]
    assert found[f"{JUNE} {MAIN}"]["status"] == "draft"
    exempt = {
        series: [e["unit"] for e in desk(office, JUNE, series).record["entries"]
                 if e["status"] == "exempt"]
        for series in (MAIN, "曝光台")
    }  # fmt: skip
    assert exempt == {MAIN: [HOUSING], "曝光台": [WATER]}
    assert "不计入" in "".join(notice_preview.of_withdrawal(office.session, JUNE, "曝光台").follows)
    office.do("notice.withdraw", period=JUNE, series="曝光台", reason="改为内部掌握")
    with pytest.raises(NotFound, match="还没有简报"):
        office.do("notice.issue", period=JUNE, series="简报")
    office.verified()


def test_a_withdrawn_notice_stands_beside_the_one_made_in_its_place(office):
    office.given(due="2024-06-28")
    office.publish(JUNE, "2024-07-02")
    office.do("notice.withdraw", period=JUNE, reason="文号有误", on="2024-07-03")
    office.publish(JUNE, "2024-07-04")
    found = [one for one in lines(office).values() if one["period"] == JUNE]
    assert [one["status"] for one in found] == ["issued", "withdrawn"]
    gone = notice_desk.desk(office.session, JUNE, MAIN, found[1]["id"])
    assert gone.record["status"] == "withdrawn" and gone.owed == ()


# -- what is held back, what became of last month's -----------------------------------------------


def test_what_the_rules_hold_back_is_shown_with_the_reason(office):
    office.unit("市电力公司", kind="垂管单位")
    office.unit("市法院", kind="司法机关")
    office.unit("甲县", kind="县市区")
    office.unit("甲县电力局", parent="甲县", kind="垂管单位")
    code = office.given(due="2024-05-28", on="2024-05-06")
    powered = office.given(due="2024-06-28", unit="市电力公司")
    office.given(due="2024-06-28", unit="市法院")
    office.publish("2024-05", "2024-06-03")
    office.publish(JUNE, "2024-07-02")
    office.do("interview.submit", unit=HOUSING, on="2024-07-03")
    office.do("interview.approve", unit=HOUSING, on="2024-07-04")
    office.do("interview.hold", unit=HOUSING, due_on="2024-09-30", on="2024-07-05")
    office.do("notice.draft", period=JULY)
    held = {one.unit: one for one in desk(office, JULY).held}
    assert {name: one.why for name, one in held.items()} == {
        HOUSING: "约谈整改期内",
        "市电力公司": "垂管单位须人工列入",
        "市法院": "司法机关不作为点名对象",
    }
    assert [one.code for one in held[HOUSING].matters] == [code]
    assert held[HOUSING].matters[0].days_late == 64
    assert [one.code for one in held["市电力公司"].matters] == [powered]
    assert desk(office, JUNE).held == ()


def test_every_matter_of_last_month_says_how_it_stands_at_this_cut_off(office):
    done, open_one = office.given(due="2024-06-20"), office.given(due="2024-06-28")
    office.publish(JUNE, "2024-07-02")
    office.do("notice.correct", period=JUNE, unit=WATER, action="增列", reason="漏列",
              on="2024-07-03")  # fmt: skip
    office.submit(done, "2024-07-10")
    office.do("notice.draft", period=JULY)
    found = [(one.unit, one.code, one.standing) for one in desk(office, JULY).last]
    assert found == [
        (HOUSING, done, "已报请复核"),
        (HOUSING, open_one, "仍在整改"),
        (WATER, "", "上期列入事由为“漏列”"),
    ]
    assert verdicts(office, JULY)["上期"] == "ok"
    assert desk(office, JUNE).last == ()


# -- the checks are what issuing goes by -----------------------------------------------------------


def issue_refused(office: Office, **fields: object) -> str:
    before = office.head()
    with pytest.raises(Refused) as caught:
        office.do("notice.issue", period=JUNE, **fields)
    assert office.head() == before
    return caught.value.message


def test_a_late_entry_that_changes_the_list_is_named_with_the_step_that_did_it(office):
    office.today = "2024-07-04"
    code = office.given(due="2024-06-28")
    kept = office.given(due="2024-06-28", unit=WATER)
    office.do("notice.draft", period=JUNE)
    assert verdicts(office, JUNE)["名单"] == "ok"
    office.submit(code, "2024-06-28")
    (check,) = [one for one in desk(office, JUNE).checks if one.name == "名单"]
    assert check.verdict == "refuse"
    told = "".join(check.says)
    assert f"{HOUSING}（点名）不再列入" in told and kept not in told
    assert f"{code} 2024-06-28" in told and "2024-07-04 录入" in told
    assert issue_refused(office) == check.refusal
    office.do("notice.draft", period=JUNE)
    assert verdicts(office, JUNE)["名单"] == "ok"
    assert list(office.named(JUNE)) == [WATER]


@pytest.mark.parametrize(
    ("on", "delivered", "told"),
    [
        ("2024-06-30", None, "不晚于截止日期"),
        ("2024-07-03", "2024-07-02", "早于签发日期"),
        ("2024-07-03", "2024-07-09", "晚于今天"),
        ("2024-07-03", "2024-07-04", ""),
    ],
)
def test_a_wrong_day_gets_the_sentence_that_issuing_would_be_refused_with(
    office, on, delivered, told
):
    office.today = "2024-07-05"
    office.given(due="2024-06-28")
    office.do("notice.draft", period=JUNE)
    found = notice_preview.of_issue(
        office.session, JUNE, on=date.fromisoformat(on),
        delivered_on=date.fromisoformat(delivered) if delivered else None,
    )  # fmt: skip
    assert told in found.refusal and bool(told) == bool(found.refusal)
    if told:
        assert found.refusal in issue_refused(office, on=on, delivered_on=delivered)
    else:
        office.do("notice.issue", period=JUNE, on=on, delivered_on=delivered)


def test_an_unanswered_check_only_reminds_unless_the_pack_requires_it(office):
    office.given(due="2024-06-28")
    office.do("notice.draft", period=JUNE)
    assert verdicts(office, JUNE)["核对"] == "warn"
    text, _ = packs.load("jingmen")
    path = office.path.with_name("own.toml")
    path.write_text(text.replace('check = "warn"', 'check = "require"'), encoding="utf-8")
    office.do("pack.use", name=str(path))
    assert verdicts(office, JUNE)["核对"] == "refuse"
    assert HOUSING in issue_refused(office, on="2024-07-02")
    office.do("notice.check", period=JUNE, unit=HOUSING, result="无异议")
    assert verdicts(office, JUNE)["核对"] == "ok"


def test_what_is_signed_is_spelled_out_by_kind(office):
    office.given(due="2024-06-28")
    office.given(due="2024-06-28", unit=WATER)
    office.do("notice.draft", period=JUNE)
    office.do("notice.exempt", period=JUNE, unit=WATER, reason="上级叫停", by="主任")
    office.do("notice.name", period=JUNE, unit=CITY, reason="率先清零", polarity="praised")
    found = dict(notice_preview.of_issue(office.session, JUNE, number="〔2024〕6号").record)
    assert found["文号"] == "〔2024〕6号" and found["截止日期"] == "2024-06-30"
    assert found["点名"] == f"1家1项：{HOUSING}"
    assert found["表扬"] == f"1家：{CITY}" and found["免予点名"] == f"1家：{WATER}"


# -- what follows is what then happens -------------------------------------------------------------


def standing(office: Office) -> tuple[set[tuple[str, ...]], set[tuple[str, str]]]:
    proposed = {
        (one["unit"], *one["periods"])
        for one in interviews.listing(office.session)
        if one["status"] == "proposed"
    }
    owed = {(one["period"], one["unit"]) for one in explanations.listing(office.session)}
    return proposed, owed


@pytest.fixture
def running(office: Office) -> Office:
    """Give an office whose housing bureau was named in June and stands on July's draft."""
    office.given(due="2024-06-28")
    office.given(due="2024-07-10", unit=WATER)
    office.publish(JUNE, "2024-07-02")
    office.do("notice.draft", period=JULY, on="2024-08-01")
    return office


def test_issuing_says_which_interviews_and_explanations_follow(running):
    told = notice_preview.of_issue(running.session, JULY, on=date(2024, 8, 2)).follows
    before = standing(running)
    assert before == (set(), {(JUNE, HOUSING)})
    running.do("notice.issue", period=JULY, on="2024-08-02")
    proposed, owed = standing(running)
    assert proposed == {(HOUSING, JUNE, JULY)}
    assert f"新提出拟提请约谈{HOUSING}（2024年6月、7月）。" in told
    assert owed - before[1] == {(JULY, HOUSING), (JULY, WATER)}
    assert any(f"{HOUSING}、{WATER}" in sentence for sentence in told)


@pytest.mark.parametrize("step", ["correct", "withdraw"])
def test_taking_a_naming_back_says_what_falls_away(running, step):
    running.do("notice.issue", period=JULY, on="2024-08-02")
    before, head = standing(running), running.head()
    if step == "correct":
        found = notice_preview.of_correction(
            running.session, JULY, unit=HOUSING, action="撤销", on=date(2024, 8, 5)
        )
    else:
        found = notice_preview.of_withdrawal(running.session, JULY, on=date(2024, 8, 5))
    assert running.head() == head and found.refusal == ""
    assert f"拟提请约谈{HOUSING}（2024年6月、7月）不再提出。" in found.follows
    unit = {"unit": HOUSING, "action": "撤销"} if step == "correct" else {}
    running.do(f"notice.{step}", period=JULY, reason="认定有误", on="2024-08-05", **unit)
    proposed, owed = standing(running)
    assert before[0] == {(HOUSING, JUNE, JULY)} and proposed == set()
    gone = {unit for _, unit in before[1] - owed}
    assert gone == ({HOUSING} if step == "correct" else {HOUSING, WATER})
    assert any(
        sentence.startswith("不再要求书面说明") and all(unit in sentence for unit in gone)
        for sentence in found.follows
    )


def test_a_request_under_way_is_told_that_its_ground_goes(running):
    running.do("notice.issue", period=JULY, on="2024-08-02")
    running.do("interview.submit", unit=HOUSING, on="2024-08-03")
    found = notice_preview.of_correction(
        running.session, JULY, unit=HOUSING, action="撤销", on=date(2024, 8, 5)
    )
    assert any("请人工撤回提请" in sentence for sentence in found.follows)
    running.do("notice.correct", period=JULY, unit=HOUSING, action="撤销", reason="有误",
               on="2024-08-05")  # fmt: skip
    (one,) = [r for r in interviews.listing(running.session) if r["status"] == "submitted"]
    assert any("请人工撤回提请" in warning for warning in one["warnings"])


def test_a_correction_that_does_not_fit_says_why_at_once(running):
    def look(**fields: object) -> str:
        return notice_preview.of_correction(running.session, JUNE, **fields).refusal

    assert "已在" in look(unit=HOUSING, action="增列")
    assert "不在" in look(unit=CITY, action="撤销")
    assert look(unit="没有这个局", action="撤销")
    assert "早于签发日期" in look(unit=HOUSING, action="撤销", on=date(2024, 7, 1))
    assert look(unit=CITY, action="增列") == look(unit=HOUSING) == ""


# -- what can be done about a line -----------------------------------------------------------------


def test_steps_about_a_unit_fit_its_entry(office):
    office.given(due="2024-06-28")
    office.do("notice.draft", period=JUNE)

    def choices(unit: str) -> set[str]:
        record = notice_records.shown(office.session, JUNE)
        entry = next((one for one in record["entries"] if one["unit"] == unit), None)
        return open_choices(of_entry(record, entry)) & {"exempt", "restore", "check"}

    assert choices(HOUSING) == {"exempt", "check"}
    assert choices(WATER) == set()
    office.do("notice.exempt", period=JUNE, unit=HOUSING, reason="上级叫停", by="主任")
    assert choices(HOUSING) == {"restore", "check"}
    office.do("notice.name", period=JUNE, unit=WATER, reason="推诿")
    assert choices(WATER) == {"exempt", "restore", "check"}


def test_steps_of_an_explanation_follow_one_another(office):
    office.given(due="2024-06-28")
    office.publish(JUNE, "2024-07-02", delivered_on="2024-07-03")
    office.today = "2024-07-12"

    def owed() -> dict[str, object]:
        return desk(office, JUNE).owed[0]

    assert open_choices(of_explanation(None)) == set()
    assert lines(office)[f"{JUNE} {MAIN}"]["late"] == 1
    assert open_choices(of_explanation(owed())) == {"receive"}
    office.do("explanation.receive", period=JUNE, unit=HOUSING)
    assert open_choices(of_explanation(owed())) == {"accept", "return"}
    office.do("explanation.return", period=JUNE, unit=HOUSING, reason="原因没有写明")
    assert open_choices(of_explanation(owed())) == {"receive"}
    office.do("explanation.receive", period=JUNE, unit=HOUSING)
    office.do("explanation.accept", period=JUNE, unit=HOUSING)
    assert open_choices(of_explanation(owed())) == set()
    assert lines(office)[f"{JUNE} {MAIN}"]["owed"] == 0


def test_the_checks_can_be_had_as_records_while_the_notice_is_a_draft(office):
    office.given(due="2024-06-28")
    office.do("notice.draft", period=JUNE)

    def records() -> list[dict[str, object]]:
        return notice_issue.check_records(office.session, notice_records.find(office.session, JUNE))

    assert {one["name"]: one["verdict"] for one in records()} == verdicts(office, JUNE)
    office.do("notice.issue", period=JUNE, on="2024-07-02")
    assert records() == []


def test_a_correction_of_the_text_alone_changes_nothing_on_the_ladder(running):
    found = notice_preview.of_correction(running.session, JUNE, unit=HOUSING, action="更正")
    assert found.follows == ("约谈和书面说明没有变化。",)
    before = standing(running)
    running.do("notice.correct", period=JUNE, unit=HOUSING, action="更正", reason="限期写错",
               on="2024-07-05")  # fmt: skip
    assert standing(running) == before
