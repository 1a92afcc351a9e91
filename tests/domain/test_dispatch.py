"""Dispatch: which meetings come round, what an agenda proposes, how matters climb and return."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervise import packs
from supervise.domain import dispatch
from supervise.domain.calendar import Calendar, Mark
from supervise.domain.dispatch import CLIMB, TIERS, Climb, Matter, Meeting, Resolution
from supervise.domain.meetings_due import expected, slots, standing
from supervise.domain.pack import parse_pack
from supervise.domain.pack_settings import Cadence
from supervise.errors import Refused

PLAIN = Calendar.of({}, [2020, 2021, 2024])
# 国庆 2024, with the make-up Sunday before it.
OCTOBER = Calendar.of(
    {date(2024, 10, n): Mark(False, "国庆节") for n in range(1, 8)}
    | {date(2024, 9, 29): Mark(True, "调休上班")},
    [2024],
)
WEEKLY = Cadence("主题调度", "week", tier="专项组")
MONTHLY = Cadence("月度调度", "month", tier="分管市领导")
QUARTERLY = Cadence("综合调度", "quarter", tier="主要领导")
DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


def _day(month: int, day: int) -> date:
    return date(2024, month, day)


def _met(tier: str, on: date, status: str = "closed", unit_id: int | None = None) -> Meeting:
    return Meeting(1, tier, on, status, unit_id=unit_id)


def test_a_year_asks_for_52_weeks_12_months_and_4_quarters():
    year = (_day(1, 1), _day(12, 29))
    assert len(list(slots(WEEKLY, *year, PLAIN))) == 52
    assert len(list(slots(MONTHLY, *year, PLAIN))) == 12
    assert [one.due_on for one in slots(QUARTERLY, *year, PLAIN)] == [
        _day(3, 29), _day(6, 28), _day(9, 30), _day(12, 31),
    ]  # fmt: skip


def test_where_no_day_is_said_the_last_working_day_counts():
    (week,) = slots(WEEKLY, _day(9, 23), _day(9, 29), OCTOBER)
    assert (week.start, week.end, week.due_on) == (_day(9, 23), _day(9, 29), _day(9, 27))
    (month,) = slots(MONTHLY, _day(8, 1), _day(8, 31), PLAIN)
    assert month.due_on == _day(8, 30)  # the 31st is a Saturday
    golden = Calendar.of({date(2024, 10, n): Mark(False, "休") for n in range(7, 14)}, [2024])
    assert not list(slots(WEEKLY, _day(10, 7), _day(10, 13), golden))


def test_a_fortnight_runs_from_its_anchor_across_a_year_of_53_weeks():
    """2020 has 53 weeks: by the parity of week numbers two meetings would be a week apart."""
    anchor = date(2020, 12, 7)
    every = Cadence("双周调度", "fortnight", anchor=anchor, tier="专项组")
    days = [one.due_on for one in slots(every, date(2020, 11, 1), date(2021, 2, 1), PLAIN)]
    assert days == [anchor + timedelta(days=14 * n) for n in range(5)]


@given(DAYS, st.integers(0, 400), st.sampled_from((WEEKLY, MONTHLY, QUARTERLY)))
@settings(max_examples=60, deadline=None)
def test_slots_follow_one_another_and_cover_the_span(since: date, length: int, cadence: Cadence):
    until = since + timedelta(days=length)
    found = list(slots(cadence, since, until, PLAIN))
    assert found[0].start <= since and found[-1].end >= until
    for one, following in zip(found, found[1:], strict=False):
        assert following.start == one.end + timedelta(days=1)
    assert all(one.start <= one.due_on <= one.end for one in found)
    assert all(PLAIN.is_workday(one.due_on) for one in found)


def _states(meetings: list[Meeting], today: date, groups: tuple[int, ...] = ()) -> list[str]:
    found = expected((WEEKLY,), groups, (_day(11, 25), today), PLAIN)
    return [one.state for one in standing(found, meetings, today)]


def test_a_meeting_due_and_not_held_is_missed():
    first = _met("专项组", _day(11, 27))
    assert _states([first], _day(12, 20)) == ["held", "missed", "missed", "due"]
    assert _states([first], _day(12, 21)) == ["held", "missed", "missed", "missed"]
    late = [first, _met("专项组", _day(12, 7))]  # a Saturday of the week is good enough
    assert _states(late, _day(12, 20)) == ["held", "held", "missed", "due"]
    assert _states([first, _met("专项组", _day(12, 7), "void")], _day(12, 9))[1] == "missed"


def test_nothing_is_owed_before_the_first_meeting():
    assert _states([], _day(12, 20)) == ["due"]
    assert _states([_met("专项组", _day(12, 11))], _day(12, 20)) == ["held", "due"]


def test_a_meeting_never_held_is_owed_from_the_day_its_rule_is_in_force():
    found = list(expected((WEEKLY,), (), (_day(11, 25), _day(12, 20)), PLAIN))
    since = {WEEKLY.name: _day(12, 3)}
    # The week in which the rule came was begun without it.
    owed = [one.slot.start for one in standing(found, [], _day(12, 20), since)]
    assert owed == [_day(12, 9), _day(12, 16)]
    assert [one.state for one in standing(found, [], _day(12, 20), since)] == ["missed", "due"]
    held = [_met("专项组", _day(12, 11))]
    assert [one.state for one in standing(found, held, _day(12, 20), since)] == ["held", "due"]


def test_each_group_meets_on_its_own_unless_all_met_together():
    mine = _met("专项组", _day(11, 27), unit_id=7)
    assert _states([mine], _day(12, 1), (7, 8)) == ["held", "missed"]
    joint = _met("专项组", _day(11, 27))
    assert _states([joint], _day(12, 1), (7, 8)) == ["held", "held"]


def _kinds(matter: Matter, tier: str, since: date | None = None) -> list[str]:
    return [one.kind for one in dispatch.grounds(matter, tier, since)]


def test_the_agenda_says_why():
    late = Matter("甲", overdue_days=5, returns=2)
    found = dispatch.grounds(late, "分管市领导", None)
    assert [one.words for one in found] == ["超期 5 天", "退回 2 次"]
    assert not _kinds(Matter("甲", returns=1), "分管市领导")
    assert not _kinds(late, "专题会议")  # only what was put before it
    assert not _kinds(Matter("甲", open=False, overdue_days=5), "优化办")


def test_matters_climb_rung_by_rung():
    assert [dispatch.above(tier) for tier in CLIMB] == [*CLIMB[1:], None]
    assert dispatch.above("优化办") == "分管市领导" and dispatch.above("主要领导") is None
    assert dispatch.level_of("提请常务副市长协调") == "常务副市长"
    assert dispatch.level_of("市委、市政府专题会议") == "专题会议"
    assert dispatch.level_of("专班督办") == "专项组"
    assert dispatch.level_of("省里") is None


@given(st.sampled_from(CLIMB), DAYS, st.integers(0, 60), st.integers(-60, 60))
def test_what_climbed_comes_back_once_with_its_answer(rung: str, on: date, took: int, last: int):
    """It waits before its own rung; answered, it is told below at the first meeting after that."""
    climb = Climb(rung, on)
    waiting = [tier for tier in TIERS if _kinds(Matter("甲", climb=climb), tier)]
    assert rung in waiting and "优化办" in waiting
    assert not {tier for tier in waiting if tier in CLIMB[2:]} - {rung}
    answered_on = on + timedelta(days=took)
    back = Climb(rung, on, on, answered_on, "已协调")
    since = answered_on + timedelta(days=last)
    for tier in CLIMB:
        told = _kinds(Matter("甲", open=False, climb=back), tier, since)
        below = CLIMB.index(tier) <= CLIMB.index(rung)
        assert told == (["answered"] if below and since <= answered_on else [])
    assert "已协调" in back.words


def test_steps_keep_the_order_of_dates():
    meeting = Meeting(3, "优化办", _day(12, 20), "open")
    with pytest.raises(Refused, match="早于会议日期"):
        dispatch.decide(meeting, _day(12, 19), None)
    with pytest.raises(Refused, match="早于议定日期"):
        dispatch.decide(meeting, _day(12, 20), _day(12, 19))
    over = dispatch.close(meeting, _day(12, 21), "小结")
    with pytest.raises(Refused, match="已结束"):
        dispatch.decide(over, _day(12, 22), None)
    made = Resolution(3, 1, "尽快办", _day(12, 20), due_on=_day(12, 27))
    assert made.overdue(_day(12, 28)) and not made.overdue(_day(12, 27))
    with pytest.raises(Refused, match="早于上一步"):
        dispatch.answer(made, _day(12, 19), "办了", "甲")
    assert not dispatch.answer(made, _day(12, 30), "办了", "甲").overdue(_day(12, 31))


def test_the_packs_say_which_meetings_come_round():
    """三级调度 and 点题 of the city's scheme, 双周 of 枣阳 from its anchor, 月评议, 月调度."""

    def tiers(name: str) -> list[tuple[str, str]]:
        found = parse_pack(packs.load(name), name).cadence
        return [(one.tier, one.every) for one in found if one.tier]

    assert tiers("jingmen") == [
        ("专项组", "week"), ("优化办", "week"), ("分管市领导", "month"), ("主要领导", "quarter"),
    ]  # fmt: skip
    assert tiers("xiangyang") == [("专项组", "fortnight")]
    assert tiers("huzhou") == [("优化办", "month")] and tiers("zhashui") == [("专项组", "month")]
    pack = parse_pack(packs.load("xiangyang"), "xiangyang")
    days = [one.due_on for one in expected(pack.cadence, (), (date(2025, 4, 1), date(2025, 5, 18)),
                                           Calendar.of({}, [2025]))]  # fmt: skip
    assert days == [date(2025, 4, 7), date(2025, 4, 21), date(2025, 5, 5)]
