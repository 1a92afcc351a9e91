"""The ladder as it stood on a past day."""

from __future__ import annotations

from datetime import date

import pytest

from supervise.domain.ladder_as_of import interview_as_of, notice_as_of
from supervise.domain.ladder_records import Entry, Interview, Notice
from supervise.domain.records import Reason


def _day(text: str) -> date:
    return date.fromisoformat(f"2024-{text}")


HELD = Interview(
    1,
    7,
    ("2024-01", "2024-02"),
    "closed",
    submitted_on=_day("03-08"),
    approved_on=_day("03-11"),
    held_on=_day("03-22"),
    closed_on=_day("04-28"),
)


@pytest.mark.parametrize(
    ("on", "status"),
    [
        ("03-08", "submitted"),
        ("03-10", "submitted"),
        ("03-21", "approved"),
        ("03-22", "held"),
        ("04-27", "held"),
        ("04-28", "closed"),
    ],
)
def test_an_interview_is_as_far_as_it_was(on: str, status: str) -> None:
    then = interview_as_of(HELD, _day(on))
    assert then is not None and then.status == status
    assert (then.held_on is None) == (_day(on) < _day("03-22"))


def test_an_interview_not_yet_asked_for_is_not_there() -> None:
    assert interview_as_of(HELD, _day("03-07")) is None


def test_one_put_off_and_then_approved_is_approved() -> None:
    one = Interview(
        1, 7, (), "held",
        submitted_on=_day("03-01"), deferred_on=_day("03-05"), approved_on=_day("03-09"),
        held_on=_day("03-22"),
    )  # fmt: skip
    then = [interview_as_of(one, _day(on)) for on in ("03-06", "03-10")]
    assert [each.status for each in then if each] == ["deferred", "approved"]


def test_a_notice_is_a_draft_until_issued_and_stands_until_withdrawn() -> None:
    entry = Entry(7, "市住建局")
    notice = Notice(
        3, "2024-01", _day("01-31"), status="withdrawn", entries=(entry,),
        issued_on=_day("02-04"), withdrawn_on=_day("02-20"),
    )  # fmt: skip
    known = [notice_as_of(notice, _day(on)) for on in ("02-03", "02-04", "02-19", "02-20")]
    assert [one.status for one in known] == ["draft", "issued", "issued", "withdrawn"]
    assert [one.entries for one in known] == [(), (entry,), (entry,), (entry,)]


def test_corrections_made_later_are_not_there_yet() -> None:
    later = _day("03-01")
    plain = Entry(1, "甲局")
    entries = (
        plain,
        Entry(2, "乙局", status="withdrawn", corrected_on=later),
        Entry(3, "丙局", origin="manual", reasons=(Reason("manual"),), corrected_on=later),
        Entry(4, "丁局", reasons=(Reason("overdue"), Reason("corrected")), corrected_on=later),
    )
    notice = Notice(
        3, "2024-01", _day("01-31"), status="issued", entries=entries, issued_on=_day("02-04")
    )
    before = notice_as_of(notice, _day("02-29")).entries
    assert before == (plain, Entry(2, "乙局"), Entry(4, "丁局", reasons=(Reason("overdue"),)))
    assert notice_as_of(notice, later).entries == entries
