"""Duties that come round: every calendar, every rhythm, years of 53 weeks; one state each."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.calendars import bundled
from supervise.domain import duties
from supervise.domain.calendar import Calendar, Mark
from supervise.domain.duties import Report, Rhythm
from supervise.errors import BadInput, Refused

CN = bundled()
DAYS = st.dates(date(2019, 1, 1), date(2028, 12, 31))
RESTS = st.sampled_from(duties.RESTS)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Give a calendar that works at least one day a month."""
    marks = draw(st.dictionaries(DAYS, st.booleans(), max_size=60))
    found = {day: Mark(work, "") for day, work in marks.items() if work or day.day != 17}
    worked = {date(year, m, 17): Mark(True, "") for year in range(2018, 2031) for m in range(1, 13)}
    return Calendar.of({**worked, **found}, range(2018, 2031))


@st.composite
def rhythms(draw: st.DrawFn) -> Rhythm:
    every = draw(st.sampled_from(list(duties.EVERY)))
    by_days = every in {"week", "fortnight"}
    day = draw(st.none() | st.integers(1, 7 if by_days else 31))
    length = {"month": 1, "two_months": 2, "quarter": 3, "half_year": 6, "year": 12}.get(every, 0)
    after = draw(st.booleans()) if length else False
    month = draw(st.none() | st.integers(1, 12 if after else length)) if length else None
    anchor = draw(DAYS) if every in {"fortnight", "two_months"} else None
    return Rhythm(every, day, month, after, anchor, draw(RESTS))


def _rounds(rhythm: Rhythm, since: str, until: str, calendar: Calendar = CN) -> list[duties.Round]:
    first, last = date.fromisoformat(since), date.fromisoformat(until)
    return list(duties.rounds(rhythm, first, last, calendar))


def _due(rhythm: Rhythm, since: str, until: str) -> list[str]:
    return [str(one.due_on) for one in _rounds(rhythm, since, until)]


@given(rhythms(), calendars(), DAYS)
def test_due_dates_never_go_back_and_fall_on_working_days(
    rhythm: Rhythm, calendar: Calendar, since: date
):
    found = list(duties.rounds(rhythm, since, since + timedelta(days=800), calendar))
    dates = [one.due_on for one in found]
    assert dates == sorted(dates)
    assert len({one.key for one in found}) == len(found)
    named = [one.named_on for one in found]
    assert named == sorted(set(named)) and all(since <= day for day in named)
    if rhythm.rest != "不变":
        assert all(map(calendar.is_workday, dates))
    for one in found:
        later, earlier = one.due_on > one.named_on, one.due_on < one.named_on
        assert not (later and rhythm.rest != "顺延") and not (earlier and rhythm.rest != "提前")
        assert one.first <= one.last


@given(rhythms(), DAYS)
def test_periods_follow_one_another_without_a_gap(rhythm: Rhythm, since: date):
    found = list(duties.rounds(rhythm, since, since + timedelta(days=1500), CN))
    if rhythm.every == "fortnight":
        found = [one for one in found if rhythm.anchor and one.named_on > rhythm.anchor]
    for one, other in zip(found, found[1:], strict=False):
        assert other.first == one.last + timedelta(days=1)


@given(st.dates(date(2014, 1, 1), date(2021, 6, 30)), calendars())
def test_fortnights_are_fourteen_days_apart_over_years_of_53_weeks(
    anchor: date, calendar: Calendar
):
    """2015, 2020 and 2026 have 53 weeks: by the number of the week the turn would slip."""
    rhythm = Rhythm("fortnight", anchor=anchor, rest="不变")
    found = list(duties.rounds(rhythm, anchor, date(2027, 6, 30), calendar))
    assert found[0].named_on == anchor
    assert {b.named_on - a.named_on for a, b in zip(found, found[1:], strict=False)} == {
        timedelta(days=14)
    }
    assert not list(duties.rounds(rhythm, date(2010, 1, 1), anchor - timedelta(days=1), calendar))


@given(rhythms(), DAYS, st.none() | DAYS, st.none() | DAYS, DAYS)
def test_a_report_is_in_exactly_one_state_and_late_only_after_its_day(
    rhythm: Rhythm, due: date, submitted: date | None, waived: date | None, today: date
):
    report = Report(submitted, waived)
    how = duties.state(due, report, today)
    assert how in duties.STATES
    came, freed = (day is not None and day <= today for day in (submitted, waived))
    assert (how == "submitted") == came
    assert (how == "waived") == (freed and not came)
    assert (how == "overdue") == (not came and not freed and today > due)
    late = duties.days_late(due, report, today)
    assert late >= 0 and (late == 0 or how in {"submitted", "overdue"})
    assert duties.unreported(due, report, today) == (due <= today and not came and not freed)


def test_the_fifth_of_every_month_and_its_rest_days():
    """每月5日: 5 October always lies in the holiday; 2024 it is worked again on the 8th."""
    fifth = {rest: Rhythm("month", day=5, rest=rest) for rest in duties.RESTS}
    assert _due(fifth["顺延"], "2024-10-01", "2024-10-31") == ["2024-10-08"]
    assert _due(fifth["提前"], "2024-10-01", "2024-10-31") == ["2024-09-30"]
    assert _due(fifth["不变"], "2024-10-01", "2024-10-31") == ["2024-10-05"]
    assert fifth["提前"].words == "每月5日（遇休息日提前）"
    year = _rounds(fifth["顺延"], "2025-01-01", "2025-12-31")
    assert len(year) == 12 and sum(one.named_on != one.due_on for one in year) == 5


def test_quarters_and_half_years_in_the_period_or_after_it():
    """汇报 by quarter, 述职 by half year; no document fixes the day."""
    report = Rhythm("quarter", day=10, month=1, after=True)
    assert _due(report, "2024-01-11", "2025-01-31") == [
        "2024-04-10", "2024-07-10", "2024-10-10", "2025-01-10",
    ]  # fmt: skip
    (half,) = _rounds(Rhythm("half_year", day=20), "2024-06-01", "2024-06-30")
    assert (half.key, half.label, str(half.due_on)) == ("2024-H1", "上半年", "2024-06-20")
    keys = [one.key for one in _rounds(report, "2024-01-01", "2024-12-31")]
    assert keys == ["2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3"]


def test_two_months_begin_in_january_or_where_the_anchor_says():
    plain = _rounds(Rhythm("two_months", day=15), "2024-01-01", "2024-06-30")
    assert [one.key for one in plain] == ["2024-01~02", "2024-03~04", "2024-05~06"]
    shifted = Rhythm("two_months", day=15, anchor=date(2024, 2, 1))
    assert [one.key for one in _rounds(shifted, "2024-02-01", "2024-07-31")] == [
        "2024-02~03", "2024-04~05", "2024-06~07",
    ]  # fmt: skip


def test_weeks_are_named_by_their_own_day():
    friday = Rhythm("week")
    found = _rounds(friday, "2024-09-30", "2024-10-13")
    assert [(one.key, str(one.due_on)) for one in found] == [
        ("2024-10-04", "2024-10-08"),
        ("2024-10-11", "2024-10-11"),
    ]
    assert found[0].holds(date(2024, 9, 30)) and not found[0].holds(date(2024, 10, 7))
    assert friday.words == "每周五（遇休息日顺延）"


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"every": "day"}, "周期"),
        ({"every": "fortnight"}, "起算日"),
        ({"every": "week", "day": 8}, "1 至 7"),
        ({"every": "month", "day": 32}, "1 至 31"),
        ({"every": "quarter", "month": 4}, "没有第 4 个月"),
        ({"every": "week", "month": 1}, "第 1 个月"),
        ({"every": "month", "rest": "随便"}, "随便"),
    ],
)
def test_what_cannot_come_round_is_refused(fields: dict[str, object], told: str):
    with pytest.raises(BadInput, match=told):
        Rhythm(**fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("rest", ["顺延", "提前"])
def test_a_calendar_that_never_works_is_refused(rest: str):
    idle = {date(2024, 1, 1) + timedelta(days=n): Mark(False, "") for n in range(-800, 800)}
    with pytest.raises(Refused, match="没有一个工作日"):
        list(
            duties.rounds(
                Rhythm("month", day=5, rest=rest),
                date(2024, 1, 1),
                date(2024, 1, 31),
                Calendar.of(idle, range(2021, 2027)),
            )
        )


REPORTS = st.builds(Report, st.none() | DAYS, st.none() | DAYS)


@given(st.lists(st.lists(REPORTS, min_size=1, max_size=3), min_size=1, max_size=3), DAYS)
def test_one_report_is_enough_for_all_taken_over_but_each_must_be_let_off(
    shares: list[list[Report]], today: date
):
    def known(day: date | None) -> bool:
        return day is not None and day <= today

    came = any(known(one.submitted_on) for some in shares for one in some)
    off = all(any(known(one.waived_on) for one in some) for some in shares)
    told = duties.state(today, duties.together(shares), today)
    assert told == ("submitted" if came else "waived" if off else "pending")


@given(REPORTS)
def test_a_unit_that_took_over_nothing_has_its_own_report(report: Report):
    assert duties.together([[report]]) == report
