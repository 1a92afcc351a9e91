"""The month's work: planned days, how each step stands, which month the office works on."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.calendars import bundled
from supervise.domain import month
from supervise.domain.calendar import Calendar
from supervise.domain.month import Fact
from supervise.domain.pack_settings import MonthSettings
from supervise.services.registry import OPERATIONS

PLAN = MonthSettings()
DAYS = st.dates(date(2023, 1, 1), date(2026, 12, 31))


@pytest.fixture(scope="module")
def calendar() -> Calendar:
    return bundled()


def _plan(cutoff: date, calendar: Calendar, delivered: date | None = None) -> dict[str, date]:
    return month.planned(
        cutoff, PLAN, calendar, lambda since: calendar.add_workdays(since, 5), delivered
    )


def test_december_2024_by_the_calendar(calendar: Calendar):
    days = _plan(date(2024, 12, 31), calendar)
    assert list(days) == list(month.STEPS)
    assert {step: f"{day:%m-%d}" for step, day in days.items()} == {
        "催报": "12-26",
        "收表": "12-30",
        "关账": "12-31",
        "拟稿": "01-02",  # 元旦 is no working day
        "核对": "01-03",
        "会签": "01-06",
        "签发": "01-07",
        "印发送达": "01-08",
        "收说明": "01-15",
        "提请": "01-15",
    }


def test_explanations_are_counted_from_the_day_of_delivery(calendar: Calendar):
    days = _plan(date(2024, 12, 31), calendar, delivered=date(2025, 1, 13))
    assert days["收说明"] == date(2025, 1, 20)
    assert days["印发送达"] == date(2025, 1, 8)


@given(cutoff=DAYS)
def test_planned_days_come_in_order_and_are_worked(cutoff: date):
    calendar = bundled()
    days = _plan(cutoff, calendar)
    order = [days[step] for step in month.STEPS[:-1]]
    assert order == sorted(order)
    assert all(calendar.is_workday(day) for step, day in days.items() if step != "关账")


@given(
    cutoff=DAYS,
    shift=st.integers(-20, 40),
    done=st.dictionaries(st.sampled_from(month.STEPS), st.booleans()),
)
def test_every_step_has_one_state_that_its_day_bears_out(
    cutoff: date, shift: int, done: dict[str, bool]
):
    today = cutoff + timedelta(days=shift)
    days = _plan(cutoff, bundled())
    facts = {step: Fact(today if yes else None) for step, yes in done.items()}
    for one in month.progress(days, facts, today):
        assert one.state in month.STATES and one.words.startswith(month.STATES[one.state])
        assert (one.state == "done") == bool(done.get(one.step))
        assert (one.days > 0) == (one.state == "late")
        if one.state == "late":
            assert days[one.step] + timedelta(days=one.days) == today
        if one.state == "today":
            assert days[one.step] == today
        if one.state == "ahead":
            assert days[one.step] > today


def test_a_step_that_does_not_apply_is_never_late(calendar: Calendar):
    days = _plan(date(2024, 10, 31), calendar)
    facts = {"核对": Fact(applies=False, note="没有拟点名单位")}
    found = {one.step: one for one in month.progress(days, facts, date(2025, 3, 1))}
    assert found["核对"].words == "不适用" and found["核对"].note == "没有拟点名单位"
    assert found["会签"].words == "逾期116日"


def test_what_was_not_recorded_before_the_issue_is_not_waited_for(calendar: Calendar):
    days = _plan(date(2024, 10, 31), calendar)
    facts = {"签发": Fact(date(2024, 11, 5)), "拟稿": Fact(date(2024, 11, 4))}
    found = {one.step: one.words for one in month.progress(days, facts, date(2024, 12, 31))}
    assert found["催报"] == found["会签"] == "未记录"
    assert found["拟稿"] == "已办 11-04"
    assert found["印发送达"].startswith("逾期")


def test_the_month_before_stays_until_it_is_done_or_this_one_begins(calendar: Calendar):
    def at(day: date, settled: bool) -> str:
        return month.period_at_work(day, PLAN, calendar, settled)

    assert at(date(2025, 1, 6), False) == "2024-12"
    assert at(date(2025, 1, 6), True) == "2025-01"
    # 26 December is the day of December's 催报.
    assert at(date(2024, 12, 25), False) == "2024-11"
    assert at(date(2024, 12, 26), False) == "2024-12"


def test_what_follows_the_issue_is_among_what_may_be_recorded():
    step = next(field for field in OPERATIONS["notice.record"].fields if field.name == "step")
    assert set(step.choices) > month.AFTER_ISSUE
