"""Two months running: each question the office asked about the rule, as an example."""

from __future__ import annotations

import inspect
from dataclasses import replace
from datetime import date

import pytest

from supervise.domain.ladder import (
    LadderRules,
    basis,
    proposals,
    proposals_in_force,
    streaks,
)
from supervise.domain.ladder_records import Entry, Interview, Naming, Notice
from supervise.domain.naming import effective_namings
from supervise.domain.records import Reason, Unit
from supervise.domain.remarks import (
    corrected_periods,
    open_request_flags,
    remarks,
    since_request,
    unit_warnings,
)

RULES = LadderRules()
HOUSING = 7


def month_after(period: str, day: int = 5) -> date:
    year, month = int(period[:4]), int(period[5:])
    return date(year + month // 12, month % 12 + 1, day)


def named(*periods: str, unit: int = HOUSING, name: str = "市住建局", **changes) -> Naming:
    """One naming in the notice of the months given, issued on the 5th of the next month."""
    base = Naming(
        notice_id=int(periods[-1].replace("-", "")),
        unit_id=unit,
        name=name,
        period=periods[-1],
        periods=periods,
        issued_on=month_after(periods[-1]),
        reasons=(Reason("overdue", ("JM-1",)),),
    )
    return replace(base, **changes)


def months_of(*namings: Naming) -> set[str]:
    return {period for one in namings for period in one.periods}


def propose(*namings, notices=(), interviews=(), rules=RULES):
    return proposals(namings, months_of(*namings) | set(notices), interviews, rules)


def proposed_months(*namings, **more) -> list[tuple[str, ...]]:
    return [one.periods for one in propose(*namings, **more)]


def interview(*periods: str, status: str = "submitted", number: int = 1, **changes) -> Interview:
    return replace(Interview(number, HOUSING, periods, status), **changes)


def test_the_rule_is_short_enough_to_read():
    assert len(inspect.getsource(streaks).splitlines()) < 40


def test_two_months_running_propose_one_interview():
    (one,) = propose(named("2024-11"), named("2024-12"))
    assert (one.unit_id, one.periods, one.late) == (HOUSING, ("2024-11", "2024-12"), False)
    assert [naming.period for naming in one.namings] == ["2024-11", "2024-12"]
    assert one.completed_on == date(2025, 1, 5)
    assert one.warnings == ()


def test_one_month_proposes_nothing():
    assert propose(named("2024-11")) == ()


def test_december_and_january_are_two_months_running():
    assert proposed_months(named("2024-12"), named("2025-01")) == [("2024-12", "2025-01")]


def test_a_month_without_a_notice_breaks_the_streak_and_says_so():
    namings = named("2024-01"), named("2024-03")
    assert propose(*namings) == ()
    (remark,) = remarks(namings, months_of(*namings), (), RULES)
    assert remark.sentence == "2024年1月、3月被点名，2月无通报：不构成连续两月"


def test_a_gap_over_new_year_is_told_with_its_year():
    namings = named("2024-11"), named("2025-02")
    (remark,) = remarks(namings, months_of(*namings), (), RULES)
    assert "2024年11月、2025年2月被点名，2024年12月、2025年1月无通报" in remark.sentence


def test_a_month_whose_notice_does_not_name_the_unit_breaks_the_streak_quietly():
    namings = named("2024-01"), named("2024-03")
    assert propose(*namings, notices={"2024-02"}) == ()
    assert remarks(namings, months_of(*namings) | {"2024-02"}, (), RULES) == ()


def test_a_proposal_tells_of_the_gap_before_it():
    (one,) = propose(named("2024-01"), named("2024-03"), named("2024-04"))
    assert one.periods == ("2024-03", "2024-04")
    assert "2024年1月、3月被点名，2月无通报：不构成连续两月" in one.warnings


def test_a_pack_may_bridge_a_month_without_a_notice():
    rules = LadderRules(gap="bridge")
    (one,) = propose(named("2024-01"), named("2024-03"), rules=rules)
    assert one.periods == ("2024-01", "2024-03")
    assert one.warnings == ("2024年2月无通报，按本办设定前后视为连续",)
    assert propose(named("2024-01"), named("2024-03"), notices={"2024-02"}, rules=rules) == ()


def test_a_notice_for_two_months_is_one_naming():
    assert propose(named("2024-01", "2024-02")) == ()


@pytest.mark.parametrize("other", ["2023-12", "2024-03"])
def test_a_notice_for_two_months_counts_with_the_month_on_either_side(other):
    (one,) = propose(named("2024-01", "2024-02"), named(other))
    assert set(one.periods) == {"2024-01", "2024-02", other}
    assert len(one.namings) == 2


def notice(period: str, *entries: Entry, **changes) -> Notice:
    base = Notice(
        int(period.replace("-", "")),
        period,
        month_after(period, 1),
        status="issued",
        issued_on=month_after(period),
        entries=entries or (Entry(HOUSING, "市住建局"),),
    )
    return replace(base, **changes)


def proposed_by(*notices: Notice):
    periods = {one.period for one in notices if one.status == "issued"}
    return proposals(effective_namings(notices), periods, (), RULES)


def test_only_issued_notices_count():
    assert len(proposed_by(notice("2024-11"), notice("2024-12"))) == 1
    assert proposed_by(notice("2024-11"), notice("2024-12", status="draft")) == ()
    assert proposed_by(notice("2024-11"), notice("2024-12", status="withdrawn")) == ()


@pytest.mark.parametrize(
    "entry",
    [
        Entry(HOUSING, "市住建局", status="withdrawn"),
        Entry(HOUSING, "市住建局", status="exempt", explain=True),
        Entry(HOUSING, "市住建局", polarity="noted"),
        Entry(HOUSING, "市住建局", polarity="praised"),
    ],
    ids=["withdrawn", "exempt", "noted", "praised"],
)
def test_only_effective_namings_count(entry):
    assert proposed_by(notice("2024-11"), notice("2024-12", entry)) == ()


def test_another_series_does_not_count():
    assert proposed_by(notice("2024-11"), notice("2024-12", series="曝光台")) == ()


def test_withdrawing_the_ground_of_a_request_is_flagged():
    request = interview("2024-11", "2024-12")
    assert open_request_flags(request, [named("2024-11"), named("2024-12")]) == ()
    assert open_request_flags(request, [named("2024-11")]) == (
        "依据已变更，请人工撤回提请（2024年12月）",
    )
    held = interview("2024-11", "2024-12", status="held", held_on=date(2025, 1, 20))
    assert open_request_flags(held, [named("2024-11")]) == ("依据已撤销（2024年12月）",)
    void = interview("2024-11", "2024-12", status="void")
    assert open_request_flags(void, []) == ()


def test_correcting_the_ground_of_a_request_is_flagged():
    corrected = notice("2024-12", Entry(HOUSING, "市住建局", corrected_on=date(2025, 2, 1)))
    namings = effective_namings([notice("2024-11"), corrected])
    request = interview("2024-11", "2024-12", submitted_on=date(2025, 1, 10))
    found = corrected_periods([notice("2024-11"), corrected], HOUSING)
    assert found == {"2024-12": date(2025, 2, 1)}
    assert open_request_flags(request, namings, found) == (
        "依据已变更，请人工撤回提请（2024年12月）",
    )
    later = replace(request, submitted_on=date(2025, 2, 2))
    assert open_request_flags(later, namings, found) == ()


def test_a_unit_added_by_a_correction_counts_for_the_month_of_the_notice():
    added = Entry(HOUSING, "市住建局", origin="manual", corrected_on=date(2025, 1, 20))
    notices = notice("2024-11", added), notice("2024-12")
    (one,) = proposals(effective_namings(notices), {"2024-11", "2024-12"}, (), RULES)
    assert one.periods == ("2024-11", "2024-12")
    assert one.late
    assert one.completed_on == date(2025, 1, 20)


def test_a_renamed_unit_keeps_its_streak_and_the_names_are_told():
    (one,) = propose(named("2024-11", name="市建委"), named("2024-12"))
    assert one.name == "市住建局"
    assert "各月点名所用名称不同：市建委（2024年11月）、市住建局（2024年12月）" in one.warnings


def test_a_merged_unit_hands_on_no_streak_but_it_is_shown():
    namings = named("2024-11", unit=8, name="市房管局"), named("2024-12")
    units = {8: Unit(8, "市房管局", merged_into=HOUSING), HOUSING: Unit(HOUSING, "市住建局")}
    assert propose(*namings) == ()
    (remark,) = remarks(namings, months_of(*namings), (), RULES, units)
    assert remark.unit_id == HOUSING
    assert remark.sentence == "承继自市房管局（2024年11月被点名），未计入，需确认"


def test_twice_in_one_month_counts_once_and_both_are_listed():
    twice = named("2024-11"), named("2024-11", notice_id=99)
    assert propose(*twice) == ()
    (one,) = propose(*twice, named("2024-12"))
    assert [naming.notice_id for naming in one.namings] == [99, 202411, 202412]


def test_two_matters_in_one_notice_count_once():
    both = (Reason("overdue", ("JM-1", "JM-2")), Reason("task", note="季度任务"))
    assert propose(named("2024-11", reasons=both)) == ()


def test_different_matters_in_each_month_count_and_are_told():
    (one,) = propose(named("2024-11"), named("2024-12", reasons=(Reason("overdue", ("JM-9",)),)))
    assert "各月被点名的事项不同" in one.warnings


def test_a_notice_issued_late_for_an_earlier_month_recomputes_and_is_flagged():
    late = named("2024-02", issued_on=date(2024, 5, 20))
    namings = named("2024-01"), late, named("2024-03"), named("2024-04", unit=9, name="市交通局")
    (one,) = propose(*namings)
    assert one.periods == ("2024-01", "2024-02", "2024-03")
    assert one.late
    assert "补发形成，需确认" in one.warnings
    assert one.completed_on == date(2024, 5, 20)


def test_a_late_notice_that_only_lengthens_a_streak_does_not_make_it_late():
    late = named("2024-01", issued_on=date(2024, 5, 20))
    (one,) = propose(late, named("2024-02"), named("2024-03"))
    assert one.periods == ("2024-01", "2024-02", "2024-03")
    assert not one.late


def test_a_third_month_does_not_ask_twice():
    assert proposed_months(named("2024-11"), named("2024-12"), named("2025-01")) == [
        ("2024-11", "2024-12", "2025-01")
    ]


@pytest.mark.parametrize("status", ["submitted", "approved", "deferred", "scheduled"])
def test_a_later_month_is_evidence_for_the_open_request(status):
    namings = named("2024-11"), named("2024-12"), named("2025-01")
    request = interview("2024-11", "2024-12", status=status)
    assert propose(*namings, interviews=[request]) == ()
    grounds = basis(request, namings, months_of(*namings), [request], RULES)
    assert [one.period for one in grounds] == ["2024-11", "2024-12", "2025-01"]


def test_a_new_streak_beside_an_open_request_is_proposed_with_a_warning():
    namings = [named(month) for month in ("2024-08", "2024-09", "2024-11", "2024-12")]
    request = interview("2024-08", "2024-09")
    (one,) = propose(*namings, interviews=[request])
    assert one.periods == ("2024-11", "2024-12")
    assert "该单位另有在办的约谈提请" in one.warnings


@pytest.mark.parametrize("status", ["held", "closed"])
def test_a_held_interview_uses_up_every_month_to_its_own(status):
    held = interview("2024-11", "2024-12", status=status, held_on=date(2025, 1, 20))
    before = named("2024-11"), named("2024-12"), named("2025-01")
    assert propose(*before, interviews=[held]) == ()
    assert propose(*before, named("2025-02"), interviews=[held]) == ()
    assert proposed_months(*before, named("2025-02"), named("2025-03"), interviews=[held]) == [
        ("2025-02", "2025-03")
    ]


def test_a_month_before_the_interview_published_after_it_is_noted_not_counted():
    held = interview("2024-11", "2024-12", status="held", held_on=date(2025, 1, 20))
    late = named("2024-10", issued_on=date(2025, 2, 10))
    namings = late, named("2024-11"), named("2024-12")
    assert propose(*namings, interviews=[held]) == ()
    assert open_request_flags(held, namings) == (
        "2024年10月的点名在约谈之后公布，只作记载，不再计入",
    )


def test_after_a_refusal_one_month_proposes_nothing_and_two_do_citing_it():
    refused = interview(
        "2024-11", "2024-12", status="declined", declined_on=date(2025, 1, 20), reason="已口头提醒"
    )
    before = named("2024-11"), named("2024-12"), named("2025-01")
    assert propose(*before, interviews=[refused]) == ()
    (one,) = propose(*before, named("2025-02"), interviews=[refused])
    assert one.periods == ("2025-01", "2025-02")
    assert "2024年11月、12月的提请已于2025年1月20日不予约谈：已口头提醒" in one.warnings


def test_a_refusal_is_about_what_was_added_to_the_request_before_it():
    refused = interview("2024-11", "2024-12", status="declined", declined_on=date(2025, 2, 20))
    namings = [named(month) for month in ("2024-11", "2024-12", "2025-01", "2025-02")]
    assert propose(*namings, interviews=[refused]) == ()
    (one,) = propose(*namings, named("2025-03"), interviews=[refused])
    assert one.periods == ("2025-02", "2025-03")


def test_a_void_request_uses_up_nothing():
    void = interview("2024-11", "2024-12", status="void")
    assert proposed_months(named("2024-11"), named("2024-12"), interviews=[void]) == [
        ("2024-11", "2024-12")
    ]


def test_two_bureaus_of_one_county_are_counted_together_and_marked():
    county = {"unit": 20, "name": "甲县"}
    first = named("2024-11", **county, reasons=(Reason("overdue", ("JM-1",), "甲县（县住建局）"),))
    second = named("2024-12", **county, reasons=(Reason("overdue", ("JM-1",), "甲县（县水利局）"),))
    (one,) = propose(first, second)
    assert "合并计算，需确认：甲县（县住建局、县水利局）" in one.warnings
    (same,) = propose(first, replace(second, reasons=first.reasons))
    assert same.warnings == ()


def test_units_do_not_share_a_streak():
    assert propose(named("2024-11"), named("2024-12", unit=9, name="市交通局")) == ()


def test_a_new_head_is_told_and_changes_nothing():
    unit = Unit(HOUSING, "市住建局", head_since=date(2024, 12, 3))
    assert unit_warnings(unit, ("2024-11", "2024-12")) == ("主要负责人2024年12月3日变更",)
    assert unit_warnings(replace(unit, head_since=date(2024, 10, 3)), ("2024-11",)) == ()


def test_a_pack_may_ask_for_three_months_or_for_none():
    three = LadderRules(months=3)
    pair = named("2024-11"), named("2024-12")
    assert propose(*pair, rules=three) == ()
    assert len(propose(*pair, named("2025-01"), rules=three)) == 1
    assert propose(*pair, named("2025-01", "2025-02"), rules=LadderRules(months=0)) == ()


def test_the_rules_in_force_when_the_later_notice_was_issued_decide():
    pair = named("2024-11"), named("2024-12")

    def three_since(day: date):
        return lambda on: LadderRules(months=3) if on >= day else RULES

    def proposed(*namings, since: date):
        return proposals_in_force(namings, months_of(*namings), (), three_since(since))

    assert len(proposed(*pair, since=date(2025, 1, 6))) == 1
    assert proposed(*pair, since=date(2025, 1, 5)) == ()
    (one,) = proposed(*pair, named("2025-01"), since=date(2025, 1, 6))
    assert one.periods == ("2024-11", "2024-12", "2025-01")


def test_a_notice_of_the_day_of_the_refusal_is_not_part_of_it():
    refused = interview("2024-11", "2024-12", status="declined", declined_on=date(2025, 2, 5))
    namings = [named(month) for month in ("2024-11", "2024-12", "2025-01", "2025-02")]
    assert proposed_months(*namings, interviews=[refused]) == [("2025-01", "2025-02")]


def test_what_became_of_the_unit_since_the_request_is_told_beside_it():
    unit = Unit(HOUSING, "市住建局", head="乙", head_since=date(2025, 1, 20))
    own = [named("2024-11"), named("2024-12", name="市建设局")]
    asked = interview("2024-11", "2024-12", submitted_on=date(2025, 1, 10))
    assert since_request(asked, unit, own) == (
        "主要负责人2025年1月20日变更",
        "各月点名所用名称不同：市住建局（2024年11月）、市建设局（2024年12月）",
    )
    gone = replace(unit, active=False, head_since=date(2025, 1, 10))
    assert since_request(asked, gone, own[:1]) == ("该单位已撤并，约谈对象需确认",)
    held = replace(asked, status="held", held_on=date(2025, 1, 15))
    assert since_request(held, unit, own) == ("主要负责人2025年1月20日变更",)
    assert since_request(replace(held, held_on=date(2025, 1, 20)), unit, own) == ()
    for status in ("closed", "declined", "void"):
        assert since_request(replace(asked, status=status), unit, own) == ()


def test_entries_of_a_joined_record_are_corrections_of_the_unit_itself():
    corrected = notice("2024-12", Entry(3, "市建委", corrected_on=date(2025, 2, 1)))
    assert corrected_periods([corrected], HOUSING) == {}
    found = corrected_periods([corrected], HOUSING, lambda key: HOUSING if key == 3 else key)
    assert found == {"2024-12": date(2025, 2, 1)}
