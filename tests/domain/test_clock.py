"""Due dates: golden values, another library's count, and what must always hold."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.calendars import bundled
from supervise.domain import clock
from supervise.domain.calendar import Mark, Update
from supervise.domain.clock import Term
from supervise.errors import BadInput, Refused

CN = bundled()
DAYS = st.dates(date(2006, 1, 1), date(2026, 6, 30))
TERMS = st.one_of(
    st.builds(Term, st.integers(1, 60), st.just("d")),
    st.builds(Term, st.integers(1, 40), st.just("wd")),
    st.builds(Term, st.integers(1, 12), st.just("w")),
    st.builds(Term, st.integers(1, 24), st.just("m")),
)


@pytest.mark.parametrize(("start", "term", "due"), [
    ("2026-02-13", "3wd", "2026-02-25"),
    ("2026-02-13", "5wd", "2026-02-27"),
    ("2026-02-13", "15wd", "2026-03-12"),
    ("2026-09-30", "2wd", "2026-10-09"),
    ("2026-09-30", "3wd", "2026-10-10"),
    ("2026-09-30", "5wd", "2026-10-13"),
    ("2026-04-30", "5wd", "2026-05-11"),
    ("2026-02-16", "2d", "2026-02-24"),
    ("2026-09-23", "2w", "2026-10-08"),
    ("2024-05-31", "1m", "2024-07-01"),
    ("2024-01-31", "1m", "2024-02-29"),
    ("2024-06-05", "2d", "2024-06-07"),
])  # fmt: skip
def test_golden_values(start, term, due):
    found = clock.due_on(date.fromisoformat(start), Term.parse(term), CN)
    assert found == (date.fromisoformat(due), False)


@pytest.mark.parametrize(("start", "term", "due"), [
    ("2026-08-31", "6m", "2027-03-01"),
    ("2026-12-29", "3wd", "2027-01-04"),
    ("2026-12-25", "5wd", "2027-01-04"),
    ("2026-12-31", "1d", "2027-01-04"),
])  # fmt: skip
def test_a_year_without_a_list_is_provisional(start, term, due):
    found = clock.due(date.fromisoformat(start), Term.parse(term), CN)
    assert (found.due, found.provisional) == (date.fromisoformat(due), True)
    assert "暂定" in found.days[-1].why


def test_the_last_days_of_a_known_year_are_certain():
    assert clock.due_on(date(2026, 12, 28), Term(3, "wd"), CN) == (date(2026, 12, 31), False)


@given(DAYS, st.integers(1, 40))
def test_working_days_as_another_library_counts_them(start, count):
    day, left = start, count
    while left:
        day += timedelta(1)
        left -= chinese_calendar.is_workday(day)
    assert clock.due_on(start, Term(count, "wd"), CN)[0] == day


@given(st.dates(date(2006, 1, 1), date(2030, 1, 1)), TERMS)
def test_the_explanation_agrees_with_the_date(start, term):
    found = clock.due(start, term, CN)
    assert (found.due, found.provisional) == clock.due_on(start, term, CN)
    assert found.due > start
    assert found.days[0].date == start and not found.days[0].counted
    assert found.days[-1].date == found.due
    assert CN.is_workday(found.due)
    length = term.n * 7 if term.unit == "w" else term.n
    assert sum(day.counted for day in found.days) == length
    assert list(found.days) == sorted(found.days, key=lambda day: day.date)
    assert all(day.why for day in found.days)


@given(DAYS, TERMS, st.sets(st.integers(-5, 120), max_size=25))
def test_another_holiday_never_makes_a_date_earlier(start, term, offsets):
    rest = {start + timedelta(n): Mark(False, "停工") for n in offsets}
    more = CN.with_days(Update(rest, frozenset()))
    assert clock.due_on(start, term, more)[0] >= clock.due_on(start, term, CN)[0]


@given(DAYS, TERMS, st.integers(0, 40), st.integers(0, 40))
def test_a_pause_never_takes_days_away(start, term, before, length):
    due, _ = clock.due_on(start, term, CN)
    from_on = start + timedelta(before)
    shifted = clock.shift_due(due, from_on, from_on + timedelta(length), CN)
    assert shifted >= due
    if from_on > due or length == 0:
        assert shifted == due
    else:
        paused = clock.paused_days(from_on, from_on + timedelta(length), CN)
        assert CN.workdays_between(due, shifted) == paused >= 0


def test_the_first_day_of_a_pause_counts_and_the_day_of_resuming_does_not():
    monday, thursday = date(2026, 11, 16), date(2026, 11, 19)
    assert clock.paused_days(monday, thursday, CN) == 3
    assert clock.shift_due(date(2026, 11, 20), monday, thursday, CN) == date(2026, 11, 25)
    assert clock.shift_due(date(2026, 11, 13), monday, thursday, CN) == date(2026, 11, 13)


def test_the_reason_is_told_day_by_day():
    found = clock.due(date(2026, 9, 30), Term.parse("3wd"), CN)
    told = {day.date.isoformat(): (day.counted, day.why) for day in found.days}
    assert told["2026-09-30"] == (False, "起算当日不计入（民法典第二百零一条）")
    assert told["2026-10-01"] == (False, "国庆节，休息日不计")
    assert told["2026-10-10"] == (True, "第3个工作日（调休上班）")
    rolled = clock.due(date(2026, 2, 13), Term.parse("3d"), CN)
    assert rolled.due == date(2026, 2, 24)
    assert "春节" in rolled.days[4].why and "第二百零三条" in rolled.days[-1].why
    month_end = clock.due(date(2024, 1, 31), Term.parse("1m"), CN)
    assert "第二百零二条" in month_end.days[-1].why


@pytest.mark.parametrize("text", ["3d", "15wd", "2w", "3m", "3660d", "１５WD", " 3d "])
def test_terms_read_back(text):
    term = Term.parse(text)
    assert Term.parse(str(term)) == term
    assert term.label[-1] in "日周月"


@pytest.mark.parametrize(
    "text",
    ["0d", "-3d", "3", "d", "3.5d", "3661d", "999999wd", "1000m", "3 d x", "", "三日", "3dd"],
)
def test_terms_that_make_no_sense_are_refused(text):
    with pytest.raises(BadInput, match="期限"):
        Term.parse(text)


def test_terms_past_the_end_of_time_are_refused():
    for unit in ("d", "wd", "w", "m"):
        with pytest.raises(BadInput, match="历法"):
            clock.due(date(9999, 12, 20), Term(100, unit), CN)


def test_rework_gets_half_the_first_term():
    start = date(2026, 11, 2)
    fifteen, _ = clock.due_on(start, Term(15, "wd"), CN)
    three, _ = clock.due_on(start, Term(3, "wd"), CN)
    assert clock.half_term(start, fifteen, CN) == 8
    assert clock.half_term(start, three, CN) == 2
    assert clock.half_term(start, start, CN) == 2
    assert clock.rework_due(date(2026, 11, 20), start, three, CN) == (date(2026, 11, 24), False)


def test_the_other_reading_of_a_day():
    assert clock.other_reading(Term(3, "wd")) == Term(3, "d")
    assert clock.other_reading(Term(3, "d")) == Term(3, "wd")
    assert clock.other_reading(Term(2, "w")) is None


@pytest.mark.parametrize(("term", "ahead", "soon"), [
    ("15wd", 3, True), ("15wd", 4, False), ("15wd", 0, True),
    ("5wd", 1, True), ("5wd", 2, False), ("6wd", 3, True),
])  # fmt: skip
def test_due_soon(term, ahead, soon):
    start = date(2026, 10, 12)
    due, _ = clock.due_on(start, Term.parse(term), CN)
    days = (due - timedelta(n) for n in range(30))
    today = next(day for day in days if CN.workdays_between(day, due) == ahead)
    assert clock.due_soon(due, start, today, CN) is soon
    assert clock.due_soon(due, None, today, CN) is (ahead <= 3)


def test_what_is_overdue_or_has_no_date_is_not_due_soon():
    assert not clock.due_soon(date(2026, 11, 19), date(2026, 11, 2), date(2026, 11, 20), CN)
    assert not clock.due_soon(None, None, date(2026, 11, 20), CN)


def test_a_calendar_without_a_working_day_is_refused():
    start = date(2026, 1, 1)
    idle = {start + timedelta(n): Mark(False, "休") for n in range(-1, 900)}
    for unit in ("d", "wd", "w", "m"):
        with pytest.raises(Refused, match="工作日"):
            clock.due(start, Term(1, unit), CN.with_days(Update(idle, frozenset())))
