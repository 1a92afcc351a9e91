"""The moves of the loop one by one: what each changes, what it keeps, what it refuses."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given as for_any
from hypothesis import strategies as st

from supervise.domain import due_moves, moves
from supervise.domain.records import Shift, Span, Stage
from supervise.errors import Refused
from tests.domain.walking import (
    HOUSING,
    WATER,
    asked,
    closed,
    day,
    found,
    given,
    handed_in,
    passed,
)


def refused(code: str | None = None):
    return pytest.raises(Refused, check=lambda error: code is None or error.code == code)


def test_the_whole_loop_leaves_one_stay_for_each_stage():
    assert closed().spans == (
        Span(Stage.DISCOVER, None, day(1), None, day(3), "assign"),
        Span(Stage.RECTIFY, HOUSING, day(3), day(20), day(10), "submit"),
        Span(Stage.REVIEW, HOUSING, day(10), None, day(12), "pass"),
        Span(Stage.FEEDBACK, HOUSING, day(12), None, day(15), "close"),
        Span(Stage.CLOSED, HOUSING, day(15)),
    )
    assert (closed().closed_on, closed().ended_on, closed().moved_on) == (day(15),) * 3


def test_a_step_may_not_be_dated_before_the_last_move():
    with refused("before_last_move") as error:
        moves.submit(given(on=5), day(4), "市住建局", "已修复")
    assert "2024-06-04" in str(error.value)
    assert "2024-06-05" in str(error.value)
    assert moves.submit(given(on=5), day(5), "市住建局", "已修复").stage is Stage.REVIEW


def test_accepting_keeps_what_was_known_of_category_and_urgency():
    issue = moves.accept(found(category="基础设施", urgency="平急"), day(2), None, "紧急")
    assert (issue.accepted_on, issue.category, issue.urgency) == (day(2), "基础设施", "紧急")


def test_signing_never_moves_the_clock_and_the_first_signature_stands():
    issue = moves.sign(given(), day(6))
    assert (issue.due_on, issue.signed_on) == (day(20), day(6))
    assert moves.sign(issue, day(8)).signed_on == day(6)


def test_reminders_are_counted():
    issue = moves.urge(moves.urge(given(), day(5)), day(9))
    assert (issue.urges, issue.urged_on) == (2, day(9))


@pytest.mark.parametrize("due", [1, 2])
def test_a_due_date_before_the_start_is_refused(due):
    with refused("due_before_start"):
        moves.assign(found(), day(3), HOUSING, day(due))


def test_a_return_starts_a_new_cycle_with_its_own_date():
    signed = moves.sign(given(), day(4))
    back = moves.return_(moves.submit(signed, day(10), "甲", "已修复"), day(12), day(18))
    assert (back.stage, back.returns, back.due_on, back.original_due_on) == (
        Stage.RECTIFY, 1, day(18), day(18),
    )  # fmt: skip
    assert (back.submitted_on, back.measures, back.signed_on, back.extensions) == (
        None, None, None, 0,
    )  # fmt: skip
    assert back.spans[1].due_on == day(20)
    assert back.assigned_on == day(3)


def test_an_upheld_complaint_goes_back_and_counts_as_a_return():
    issue = moves.feedback(passed(), day(14), "不满意", upheld=True, due_on=day(20))
    assert (issue.stage, issue.returns, issue.satisfaction) == (Stage.RECTIFY, 1, "不满意")
    assert issue.feedback_on is None


def test_a_complaint_not_upheld_goes_on_with_its_reason():
    with refused():
        moves.feedback(passed(), day(14), "不满意", upheld=False)
    issue = moves.feedback(passed(), day(14), "不满意", upheld=False, reason="诉求超出职权")
    assert (issue.stage, issue.feedback_on) == (Stage.FEEDBACK, day(14))
    with refused():
        moves.feedback(passed(), day(14), "不满意")


def test_the_trouble_comes_back_and_the_earlier_closing_stays_in_history():
    issue = moves.reopen(closed(), day(20), day(28), "15wd")
    assert (issue.stage, issue.reopens, issue.closed_on, issue.ended_on) == (
        Stage.RECTIFY, 1, None, None,
    )  # fmt: skip
    assert issue.spans[4] == Span(Stage.CLOSED, HOUSING, day(15), None, day(20), "reopen")
    assert issue.original_due_on == day(28)


def test_an_extension_keeps_the_original_date_beside_the_current_one():
    issue = due_moves.extend(given(), day(21), day(30), asked_on=day(20))
    assert (issue.due_on, issue.original_due_on, issue.extensions) == (day(30), day(20), 1)
    assert issue.shifts == (Shift(1, day(20), day(20), day(30), "extend"),)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"asked_on": day(21)}, "extension_late"),
        ({"asked_on": day(22)}, None),
        ({"due_on": day(20)}, None),
        ({"due_on": day(15)}, None),
    ],
    ids=["asked after the date", "asked after the approval", "same date", "earlier"],
)
def test_an_extension_that_breaks_a_rule_is_refused(changes, code):
    values = {"on": day(21), "due_on": day(30), "asked_on": day(20), **changes}
    with refused(code):
        due_moves.extend(given(), **values)


def too_long(issue, due, ratio=1.0):
    return due_moves.extension_too_long(issue, day(due), ratio)


def test_an_extension_longer_than_the_first_term_is_too_long():
    assert too_long(given(), 37) is None
    assert "18 天" in too_long(given(), 38)
    assert too_long(given(), 38, ratio=2.0) is None


def test_one_extension_a_cycle_unless_the_pack_grants_more():
    once = due_moves.extend(given(), day(10), day(22), day(10))
    with refused():
        due_moves.extend(once, day(11), day(24), day(11))
    assert due_moves.extend(once, day(11), day(24), day(11), max_count=2).extensions == 2
    back = moves.return_(moves.submit(once, day(12), "甲", "已修复"), day(13), day(20))
    assert due_moves.extend(back, day(14), day(22), day(14)).extensions == 1


def test_a_pause_takes_nothing_from_the_length_of_an_extension():
    resumed = due_moves.resume(due_moves.pause(given(), day(10), None), day(32), day(45))
    assert too_long(resumed, 50) is None
    assert too_long(resumed, 45 + 18)


def test_two_extensions_are_measured_together():
    once = due_moves.extend(given(), day(10), day(30), day(10), max_count=2)
    assert too_long(once, 37) is None
    assert "18 天" in too_long(once, 38)


def test_a_pause_is_given_back_from_the_day_it_began():
    paused = due_moves.pause(given(), day(5), day(25))
    assert (paused.paused_on, paused.pause_review_on, paused.due_on) == (day(5), day(25), day(20))
    resumed = due_moves.resume(paused, day(8), day(25))
    assert (resumed.paused_on, resumed.due_on, resumed.original_due_on) == (
        None, day(25), day(20),
    )  # fmt: skip
    assert resumed.shifts == (Shift(1, day(5), day(20), day(25), "resume"),)


def test_a_pause_that_gives_nothing_back_moves_nothing():
    late = due_moves.resume(due_moves.pause(given(), day(22), None), day(25), day(20))
    assert (late.due_on, late.shifts) == (day(20), ())


def test_a_pause_cannot_end_or_be_reviewed_before_it_began():
    with refused():
        due_moves.pause(given(), day(10), day(9))
    with refused():
        due_moves.resume(due_moves.pause(given(), day(10), None), day(9), day(20))


def test_another_unit_takes_over_with_a_fresh_clock():
    issue = moves.transfer(moves.sign(given(), day(4)), day(6), WATER, day(27), "15wd")
    assert (issue.unit_id, issue.due_on, issue.original_due_on, issue.assigned_on) == (
        WATER, day(27), day(27), day(6),
    )  # fmt: skip
    assert issue.signed_on is None
    assert issue.spans[1].outcome == "transfer"
    assert issue.spans[1].unit_id == HOUSING
    assert issue.returns == 0


def test_taking_over_from_oneself_is_refused_and_a_helper_may_take_the_lead():
    with refused():
        moves.transfer(given(), day(6), HOUSING, day(27))
    helped = replace(given(), co_units=(WATER, 3))
    assert moves.transfer(helped, day(6), WATER, day(27)).co_units == (3,)


@pytest.mark.parametrize(
    ("before", "on", "computed", "kept"),
    [
        (given(), 5, 25, 25),
        (given(), 5, 12, 12),
        (given(), 21, 25, 20),
        (due_moves.extend(given(), day(4), day(30), day(4)), 5, 25, 30),
        (due_moves.extend(given(), day(4), day(30), day(4)), 5, 33, 33),
    ],
    ids=["longer", "shorter", "already overdue", "extension kept", "longer than the extension"],
)
def test_another_class_moves_the_date_but_cures_nothing(before, on, computed, kept):
    issue = due_moves.reclassify(before, day(on), "疑难", day(computed), "15wd")
    assert (issue.due_on, issue.urgency, issue.original_due_on) == (day(kept), "疑难", day(20))


def test_going_up_a_level_is_kept():
    assert moves.escalate(given(), day(5), "常务副市长").escalated == "常务副市长"


def test_an_issue_merges_into_an_open_or_closed_one_whose_date_stays():
    target = replace(given(), id=2, code="JM-2024-0002")
    issue = moves.merge(given(), day(5), target)
    assert (issue.stage, issue.merged_into, issue.ended_on) == (Stage.MERGED, 2, day(5))
    assert target.due_on == day(20)
    assert moves.merge(given(), day(16), replace(closed(), id=3)).merged_into == 3


def test_an_issue_does_not_merge_into_itself_nor_into_a_dead_end():
    with refused():
        moves.merge(given(), day(5), given())
    for dead in (
        moves.reject(found(), day(2)),
        moves.terminate(given(), day(4)),
        moves.merge(found(), day(2), replace(found(), id=9)),
    ):
        with refused():
            moves.merge(given(), day(5), replace(dead, id=2, code="JM-2024-0002"))


@pytest.mark.parametrize(
    "ended",
    [
        moves.reject(found(), day(2)),
        moves.terminate(given(), day(4)),
        moves.merge(given(), day(4), replace(given(), id=2)),
    ],
    ids=["rejected", "terminated", "merged"],
)
def test_an_ended_issue_starts_again_in_discovery(ended):
    issue = moves.restore(ended, day(8))
    assert (issue.stage, issue.due_on, issue.merged_into, issue.ended_on, issue.assigned_on) == (
        Stage.DISCOVER, None, None, None, None,
    )  # fmt: skip
    assert moves.assign(issue, day(9), WATER, day(20)).stage is Stage.RECTIFY


def test_terminating_keeps_that_the_date_was_missed():
    issue = moves.terminate(given(), day(25))
    assert (issue.due_on, issue.spans[1].left) == (day(20), day(25))


def test_looking_again_changes_nothing_by_itself():
    assert moves.revisit(closed(), day(20), "反弹") == closed()
    with refused():
        moves.revisit(closed(), day(20), "好转")


def test_words_outside_the_list_are_refused():
    with refused():
        moves.feedback(passed(), day(14), "还行")


def test_moves_leave_their_argument_alone():
    before = asked()
    moves.close(before, day(15))
    assert before == asked()


@for_any(due=st.integers(3, 30), length=st.integers(-40, 60), asked_on=st.integers(3, 60))
def test_whatever_is_granted_the_date_never_moves_earlier(due, length, asked_on):
    issue = given(due=due)
    try:
        after = due_moves.extend(issue, day(asked_on), day(due + length), day(asked_on))
    except Refused:
        return
    assert after.due_on > issue.due_on
    assert asked_on <= due
    assert after.original_due_on == issue.due_on


def test_handed_in_is_where_the_clock_stopped():
    issue = handed_in(on=10)
    assert (issue.submitted_on, issue.submitted_by, issue.due_on) == (day(10), "市住建局", day(20))
