"""Whom a notice would name: the criteria at the cut-off, and what people decide about it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from supervise.domain.decisions import (
    Added,
    Checked,
    Exempt,
    Restored,
    difference,
    merge_decisions,
)
from supervise.domain.ladder_records import Entry, Notice
from supervise.domain.naming import (
    Candidate,
    Finding,
    NamingRules,
    Subject,
    bureaus_in,
    candidate,
    effective_namings,
    propose,
)
from supervise.domain.records import Issue, Reason, Shift, Span, Stage

CUTOFF = date(2024, 6, 30)
HOUSING = Subject(7, "市住建局", order=2)
TRAFFIC = Subject(9, "市交通局", order=1)
MISSED = Candidate("JM-1", HOUSING, Stage.RECTIFY, due_on=date(2024, 6, 28))
ALL = NamingRules(criteria=frozenset({"overdue", "late", "returned", "unreported", "task"}))


def criteria(*candidates: Candidate, rules: NamingRules = ALL, **more) -> list[tuple[str, tuple]]:
    entries = propose(candidates, rules, CUTOFF, **more).entries
    return [(reason.criterion, reason.issues) for e in entries for reason in e.reasons]


def test_what_missed_its_date_and_is_still_in_hand_is_named():
    (entry,) = propose([MISSED], NamingRules(), CUTOFF).entries
    assert entry == Entry(7, "市住建局", reasons=(Reason("overdue", ("JM-1",)),))


@pytest.mark.parametrize(
    "change",
    [
        {"due_on": date(2024, 7, 1)},
        {"due_on": None},
        {"stage": Stage.REVIEW, "submitted_on": date(2024, 6, 30)},
        {"paused_on": date(2024, 6, 28)},
    ],
    ids=["not due", "no date", "handed in on the cut-off day", "paused in time"],
)
def test_what_did_not_miss_its_date_is_not_overdue(change):
    assert criteria(replace(MISSED, **change), rules=NamingRules()) == []


def test_due_on_the_cut_off_day_itself_is_missed_at_its_end():
    assert criteria(replace(MISSED, due_on=CUTOFF)) == [("overdue", ("JM-1",))]


def test_a_pause_begun_after_the_due_date_does_not_take_it_off():
    assert criteria(replace(MISSED, paused_on=date(2024, 6, 29))) == [("overdue", ("JM-1",))]


def test_late_means_handed_in_this_month_after_its_date():
    late = replace(MISSED, stage=Stage.CLOSED, submitted_on=date(2024, 6, 29))
    assert criteria(late) == [("late", ("JM-1",))]
    assert criteria(late, rules=NamingRules()) == []
    assert criteria(replace(late, submitted_on=date(2024, 6, 28))) == []
    assert criteria(replace(late, stage=Stage.TERMINATED)) == []
    earlier = replace(late, due_on=date(2024, 5, 1), submitted_on=date(2024, 5, 31))
    assert criteria(earlier) == []
    assert criteria(earlier, since=date(2024, 5, 1)) == [("late", ("JM-1",))]


def test_returned_counts_from_the_number_of_the_pack():
    back = replace(MISSED, due_on=None, returns=2)
    assert criteria(back) == [("returned", ("JM-1",))]
    assert criteria(replace(back, returns=1)) == []
    assert criteria(replace(back, stage=Stage.FEEDBACK)) == []


def test_ready_made_facts_are_taken_when_switched_on():
    missing = Finding(HOUSING, "unreported", note="6月5日进展未报")
    (entry,) = propose([], ALL, CUTOFF, findings=[missing]).entries
    assert entry.reasons == (Reason("unreported", note="6月5日进展未报"),)
    assert propose([], NamingRules(), CUTOFF, findings=[missing]).entries == ()


def test_too_few_issues_name_nobody():
    two = NamingRules(min_count=2)
    assert criteria(MISSED, rules=two) == []
    assert criteria(MISSED, replace(MISSED, issue="JM-2"), rules=two) == [
        ("overdue", ("JM-1", "JM-2"))
    ]


def test_units_stand_in_the_citys_order():
    others = [
        replace(MISSED, subject=TRAFFIC),
        replace(MISSED, subject=Subject(11, "乙单位")),
        replace(MISSED, subject=Subject(10, "丙单位")),
    ]
    names = [one.name for one in propose([MISSED, *others], NamingRules(), CUTOFF).entries]
    assert names == ["市交通局", "市住建局", "丙单位", "乙单位"]


@pytest.mark.parametrize(
    ("kind", "why"),
    [
        ("专项工作组", "专项工作组不作为点名对象"),
        ("司法机关", "司法机关不作为点名对象"),
        ("垂管单位", "垂管单位须人工列入"),
    ],
)
def test_kinds_that_rules_do_not_name_are_held_back(kind, why):
    found = propose([replace(MISSED, subject=Subject(3, "某", kind))], NamingRules(), CUTOFF)
    assert found.entries == ()
    assert [(one.finding.issues, one.why) for one in found.held_back] == [(("JM-1",), why)]


def test_the_promise_of_an_interview_holds_an_issue_back_to_its_day():
    promised = replace(MISSED, promise_until=CUTOFF)
    found = propose([promised], NamingRules(), CUTOFF)
    assert (found.entries, [one.why for one in found.held_back]) == ((), ["约谈整改期内"])
    assert criteria(replace(promised, promise_until=date(2024, 6, 29))) == [("overdue", ("JM-1",))]


def county(bureau: str | None) -> Subject:
    return Subject(20, "甲县", "县市区", bureau=bureau)


def test_a_countys_bureau_is_named_as_the_county():
    (entry,) = propose([replace(MISSED, subject=county("县住建局"))], NamingRules(), CUTOFF).entries
    assert (entry.unit_id, entry.name) == (20, "甲县")
    assert entry.reasons[0].note == "甲县（县住建局）"


def test_two_bureaus_of_a_county_are_marked_as_counted_together():
    both = [
        replace(MISSED, subject=county("县住建局")),
        replace(MISSED, issue="JM-2", subject=county("县水利局")),
    ]
    (entry,) = propose(both, NamingRules(), CUTOFF).entries
    assert entry.reasons[0].note == "甲县（县住建局、县水利局，合并计算）"
    assert bureaus_in(entry.name, entry.reasons) == {"县住建局", "县水利局"}


def test_a_submission_of_the_month_entered_later_saves_the_unit():
    given_out = Issue(
        1,
        "JM-1",
        "占道",
        Stage.REVIEW,
        date(2024, 6, 28),
        date(2024, 6, 3),
        due_on=date(2024, 6, 28),
        spans=(
            Span(Stage.DISCOVER, None, date(2024, 6, 3), left=date(2024, 6, 4)),
            Span(Stage.RECTIFY, 7, date(2024, 6, 4), date(2024, 6, 28), date(2024, 6, 28)),
            Span(Stage.REVIEW, 7, date(2024, 6, 28)),
        ),
    )
    facts = candidate(given_out, CUTOFF, HOUSING)
    assert facts is not None
    assert (facts.stage, facts.submitted_on) == (Stage.REVIEW, date(2024, 6, 28))
    assert criteria(facts) == []
    before = candidate(given_out, date(2024, 6, 27), HOUSING)
    assert before is not None
    assert (before.stage, before.submitted_on) == (Stage.RECTIFY, None)
    assert candidate(given_out, date(2024, 6, 3), HOUSING) is None


def test_facts_as_of_the_cut_off_know_returns_and_extensions_up_to_it():
    stays = (
        Span(Stage.RECTIFY, 7, date(2024, 6, 4), date(2024, 6, 10), date(2024, 6, 10), "submit"),
        Span(Stage.REVIEW, 7, date(2024, 6, 10), None, date(2024, 6, 12), "return"),
        Span(Stage.RECTIFY, 7, date(2024, 6, 12), date(2024, 7, 20)),
    )
    issue = Issue(
        1,
        "JM-1",
        "占道",
        Stage.RECTIFY,
        date(2024, 6, 12),
        date(2024, 6, 3),
        due_on=date(2024, 7, 20),
        returns=1,
        spans=stays,
        shifts=(Shift(2, date(2024, 6, 27), date(2024, 6, 28), date(2024, 7, 20), "extend"),),
    )
    assert candidate(issue, date(2024, 6, 11), HOUSING).returns == 0
    assert candidate(issue, date(2024, 6, 26), HOUSING).due_on == date(2024, 6, 28)
    at_the_end = candidate(issue, CUTOFF, HOUSING)
    assert (at_the_end.returns, at_the_end.due_on) == (1, date(2024, 7, 20))


PROPOSED = propose([MISSED, replace(MISSED, subject=TRAFFIC)], NamingRules(), CUTOFF).entries
ORDERS = {7: 2, 9: 1, 30: 0}


def test_an_exemption_keeps_the_entry_with_its_reason():
    exempt, named = merge_decisions(
        PROPOSED, [Exempt(9, "上级叫停", "王主任", explain=True)], ORDERS
    )
    assert (exempt.status, exempt.exempt_reason, exempt.exempt_by, exempt.explain) == (
        "exempt",
        "上级叫停",
        "王主任",
        True,
    )
    assert named.status == "effective"
    back = merge_decisions(PROPOSED, [Exempt(9, "上级叫停", "王主任"), Restored(9)], ORDERS)
    assert back == PROPOSED


def test_an_exemption_of_a_unit_no_longer_proposed_has_no_effect():
    assert merge_decisions([], [Exempt(9, "上级叫停", "王主任")]) == ()


def test_units_are_added_by_hand_in_their_place():
    added = [Added(30, "市税务局", "办件积压"), Added(7, "市住建局", "首创做法", "praised")]
    entries = merge_decisions(PROPOSED, added, ORDERS)
    assert [(one.name, one.polarity, one.origin) for one in entries] == [
        ("市税务局", "named", "manual"),
        ("市交通局", "named", "proposed"),
        ("市住建局", "named", "proposed"),
        ("市住建局", "praised", "manual"),
    ]


def test_a_reason_added_by_hand_to_a_proposed_unit_joins_its_entry():
    entries = merge_decisions(PROPOSED, [Added(7, "市住建局", "办件积压")] * 2, ORDERS)
    assert [reason.criterion for reason in entries[1].reasons] == ["overdue", "manual"]


def test_the_answer_to_the_check_stands_beside_the_name():
    entries = merge_decisions(PROPOSED, [Checked(7, "有异议"), Checked(99, "无异议")], ORDERS)
    assert [one.check for one in entries] == [None, "有异议"]


def test_what_changed_since_it_was_looked_at_is_said_in_sentences():
    now = merge_decisions(
        propose([MISSED, replace(MISSED, issue="JM-2")], NamingRules(), CUTOFF).entries,
        [Checked(7, "有异议"), Added(30, "市税务局", "办件积压")],
    )
    assert difference(PROPOSED, PROPOSED) == ()
    assert difference(PROPOSED, now) == (
        "新列入市税务局（点名）：人工列入。",
        "市交通局（点名）不再列入。",
        "市住建局（点名）：核对结果由未核对变为有异议；逾期未报增加JM-2。",
    )


def test_every_change_is_told():
    (seen,) = propose([MISSED], NamingRules(), CUTOFF).entries
    for other in (
        replace(seen, name="市住建委"),
        replace(seen, status="exempt"),
        replace(seen, reasons=(Reason("late", ("JM-1",)),)),
        replace(seen, reasons=(Reason("overdue", ("JM-3",)),)),
    ):
        assert difference([seen], [other])


def test_a_unit_added_by_a_correction_is_named_from_that_day():
    added = Entry(7, "市住建局", origin="manual", corrected_on=date(2024, 7, 20))
    notice = Notice(
        1,
        "2024-06",
        CUTOFF,
        status="issued",
        periods=("2024-05", "2024-06"),
        issued_on=date(2024, 7, 5),
        delivered_on=date(2024, 7, 6),
        entries=(added, Entry(9, "市交通局")),
    )
    first, second = effective_namings([notice])
    assert (first.issued_on, first.delivered_on) == (date(2024, 7, 20), None)
    assert (second.issued_on, second.delivered_on) == (date(2024, 7, 5), date(2024, 7, 6))
    assert second.periods == ("2024-05", "2024-06")
