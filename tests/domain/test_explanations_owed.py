"""Written explanations: who owes one, from when, and what became of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from supervise.domain.explanations import explainable, owed
from supervise.domain.ladder_records import Entry, Explanation, Notice
from supervise.domain.records import Reason

NOTICE = Notice(
    1,
    "2024-06",
    date(2024, 6, 30),
    status="issued",
    issued_on=date(2024, 7, 5),
    entries=(Entry(7, "市住建局"),),
)


def due(start: date) -> date:
    return start + timedelta(days=7)


def owing(*entries: Entry, done=(), today=date(2024, 7, 6), **changes):
    notice = replace(NOTICE, entries=entries or NOTICE.entries, **changes)
    return owed(explainable([notice]), done, due, today)


def test_every_effective_naming_owes_one_counted_from_its_issue():
    (one,) = owing()
    assert (one.unit_id, one.period, one.since, one.due_on) == (
        7,
        "2024-06",
        date(2024, 7, 5),
        date(2024, 7, 12),
    )
    assert (one.status, one.overdue) == ("owed", False)


def test_the_clock_starts_on_delivery_where_that_is_known():
    (one,) = owing(delivered_on=date(2024, 7, 8))
    assert one.due_on == date(2024, 7, 15)


def test_a_unit_added_by_a_correction_counts_from_the_correction():
    added = Entry(7, "市住建局", origin="manual", corrected_on=date(2024, 7, 20))
    (one,) = owing(added, delivered_on=date(2024, 7, 8))
    assert one.due_on == date(2024, 7, 27)


def test_several_matters_of_a_month_owe_one():
    entry = Entry(7, "市住建局", reasons=(Reason("overdue", ("A", "B")), Reason("task", note="C")))
    assert len(owing(entry)) == 1


def test_exempt_from_naming_may_still_owe_one():
    assert len(owing(Entry(7, "市住建局", status="exempt", explain=True))) == 1
    assert owing(Entry(7, "市住建局", status="exempt")) == ()


@pytest.mark.parametrize(
    "entry", [Entry(7, "甲", status="withdrawn"), Entry(7, "甲", polarity="noted")]
)
def test_what_does_not_name_owes_none(entry):
    assert owing(entry) == ()


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_only_issued_notices_oblige(status):
    assert owing(status=status) == ()


def test_overdue_from_the_day_after_and_kept_when_it_came_late():
    assert not owing(today=date(2024, 7, 12))[0].overdue
    assert owing(today=date(2024, 7, 13))[0].overdue
    late = Explanation(1, 7, received_on=date(2024, 7, 13))
    (one,) = owing(done=[late], today=date(2024, 9, 1))
    assert (one.status, one.overdue) == ("received", True)
    in_time = Explanation(1, 7, received_on=date(2024, 7, 12))
    assert not owing(done=[in_time], today=date(2024, 9, 1))[0].overdue


@pytest.mark.parametrize(
    ("received", "returned", "accepted", "status"),
    [
        (None, None, None, "owed"),
        (10, None, None, "received"),
        (10, 10, None, "returned"),
        (11, 10, None, "received"),
        (11, 10, 11, "accepted"),
        (10, None, 10, "accepted"),
    ],
)
def test_the_last_thing_that_happened_gives_the_status(received, returned, accepted, status):
    def day(number):
        return date(2024, 7, number) if number else None

    done = Explanation(1, 7, day(received), day(accepted), day(returned))
    assert owing(done=[done])[0].status == status


def test_an_explanation_of_another_notice_does_not_count():
    assert owing(done=[Explanation(2, 7, date(2024, 7, 6))])[0].status == "owed"
