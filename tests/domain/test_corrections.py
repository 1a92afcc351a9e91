"""更正: a wrong value was wrong from the start, so the stays are rewritten with it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from supervise.domain import due_moves, history, moves
from supervise.domain.corrections import correct_date, correct_text, correct_unit
from supervise.domain.naming import NamingRules as Rules
from supervise.domain.naming import Subject, candidate, criteria_met
from supervise.domain.overdue import due_as_of, is_overdue, span_as_of
from supervise.domain.records import Stage
from supervise.errors import Refused
from tests.domain.walking import HOUSING, WATER, closed, day, found, given, handed_in, passed


def overdue_at(issue, cutoff) -> bool:
    facts = candidate(issue, cutoff, Subject(HOUSING, "市住建局"))
    return facts is not None and "overdue" in criteria_met(facts, Rules(), cutoff, cutoff)


def test_a_submission_date_corrected_saves_the_unit_as_of_the_cut_off():
    issue = handed_in(on=25)
    assert overdue_at(issue, day(22))
    corrected = correct_date(issue, "submitted_on", day(20))
    assert not overdue_at(corrected, day(22))
    assert not is_overdue(corrected, day(30))
    assert (corrected.spans[1].left, corrected.spans[2].entered) == (day(20), day(20))
    assert corrected.submitted_on == corrected.moved_on == day(20)


def test_a_date_corrected_before_the_last_move_leaves_that_move_alone():
    corrected = correct_date(passed(on=12), "submitted_on", day(9))
    assert corrected.moved_on == day(12)
    assert span_as_of(corrected, day(9)).stage is Stage.REVIEW


def test_a_due_date_corrected_holds_from_the_start_whatever_moved_it_since():
    extended = due_moves.extend(given(), day(10), day(30), day(10))
    corrected = correct_date(extended, "due_on", day(26))
    assert [due_as_of(corrected, day(n)) for n in (4, 10, 29)] == [day(26)] * 3
    assert (corrected.due_on, corrected.original_due_on) == (day(26), day(20))
    plain = correct_date(given(), "due_on", day(26))
    assert plain.original_due_on == day(26)
    assert correct_date(given(), "due_on", None).due_on is None


def test_an_issue_not_given_out_has_no_due_date_to_correct():
    with pytest.raises(Refused, match="还没有交办"):
        correct_date(found(), "due_on", day(20))


@pytest.mark.parametrize("field", ["assigned_on", "submitted_on", "closed_on"])
def test_a_step_that_never_happened_is_not_corrected_into_being(field):
    with pytest.raises(Refused, match="还没有"):
        correct_date(found(), field, day(5))


@pytest.mark.parametrize(
    ("field", "value"),
    [("found_on", 4), ("assigned_on", 11), ("submitted_on", 2), ("submitted_on", 13),
     ("closed_on", 11)],
)  # fmt: skip
def test_a_correction_that_puts_the_steps_out_of_order_is_refused(field, value):
    with pytest.raises(Refused, match="前后颠倒"):
        correct_date(closed(), field, day(value))


def test_the_date_it_was_found_cannot_be_emptied():
    with pytest.raises(Refused, match="不能更正为空"):
        correct_date(given(), "found_on", None)


@pytest.mark.parametrize(("field", "value"), [("due_on", 2), ("assigned_on", 21)])
def test_a_correction_does_not_put_the_due_date_before_the_start(field, value):
    with pytest.raises(Refused, match="早于交办日期") as error:
        correct_date(given(), field, day(value))
    assert error.value.code == "due_before_start"


def test_a_row_imported_with_dates_out_of_order_can_still_be_corrected():
    stays = given().spans
    odd = replace(given(), due_on=day(2), spans=(stays[0], replace(stays[1], due_on=day(2))))
    assert correct_date(odd, "found_on", day(2)).found_on == day(2)
    assert correct_date(odd, "due_on", day(20)).due_on == day(20)


def test_dates_of_an_earlier_cycle_stay_when_the_current_one_is_corrected():
    back = moves.return_(handed_in(on=10), day(12), day(18))
    again = moves.submit(back, day(16), "市住建局", "再修复")
    corrected = correct_date(again, "submitted_on", day(15))
    assert [s.left for s in corrected.spans] == [day(3), day(10), day(12), day(15), None]
    due = correct_date(back, "due_on", day(19))
    assert [s.due_on for s in due.spans if s.stage is Stage.RECTIFY] == [day(20), day(19)]


def test_a_closing_date_corrected_ends_the_feedback_on_that_day():
    corrected = correct_date(closed(on=15), "closed_on", day(18))
    assert (corrected.closed_on, corrected.ended_on, corrected.spans[3].left) == (day(18),) * 3


def test_the_review_that_an_import_implies_goes_with_the_closing():
    stays = history.stays(HOUSING, day(1), day(3), day(20), day(10), day(15))
    row = replace(closed(), imported=True, spans=stays)
    for value in (12, 18):
        corrected = correct_date(row, "closed_on", day(value))
        assert [span.entered for span in corrected.spans[2:]] == [day(10), day(value), day(value)]
    with pytest.raises(Refused):
        correct_date(row, "closed_on", day(9))


def test_a_unit_corrected_never_had_the_issue_in_this_cycle():
    back = moves.return_(handed_in(on=10), day(12), day(18))
    corrected = correct_unit(back, WATER)
    assert [span.unit_id for span in corrected.spans] == [None, HOUSING, HOUSING, WATER]
    assert corrected.unit_id == WATER


def test_texts_are_corrected_but_a_title_is_not_emptied():
    assert correct_text(given(), "title", "路灯不亮").title == "路灯不亮"
    assert correct_text(given(category="城建"), "category", "").category is None
    with pytest.raises(Refused):
        correct_text(given(), "title", "")
