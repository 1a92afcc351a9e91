"""Targets compared exactly, lights by rule, and which tasks count as not done."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.calendars import bundled
from supervise.domain import measures, task_lights
from supervise.domain.tasks import Indicator, Measurement, Milestone, Task

CN = bundled()
END = date(2024, 12, 31)
AIMS = st.fractions(-200, 5000, max_denominator=1000)
COMPARATORS = st.sampled_from([">=", ">", "=", "<=", "<"])


def _reported(value: object = None, on: date = END, **fields: object) -> Measurement:
    figures = {name: Fraction(str(item)) for name, item in fields.items()}
    exact = None if value is None else Fraction(str(value))
    return Measurement(f"{on:%Y-%m}", on, exact, **figures)  # type: ignore[arg-type]


def _target(comparator: str | None, aim: object, *reports: Measurement, **fields: object):  # type: ignore[no-untyped-def]
    exact = None if aim is None else Fraction(str(aim))
    one = Indicator(1, "指标", "target", comparator, exact, None, "%", due_on=END)
    return replace(one, measurements=tuple(reports), **fields)


@pytest.mark.parametrize(
    ("text", "value"),
    [("98", 98), ("3.5", Fraction(7, 2)), (" 1,200 ", 1200), ("９８％", 98), ("-2", -2)],
)
def test_a_figure_is_read_exactly(text: str, value: Fraction):
    assert measures.figure(text) == value


@pytest.mark.parametrize("text", ["", "九成", "1e9", "3.5.1", "=1+1", "nan", "1" * 40, "\x1b[31m1"])
def test_what_is_no_figure_is_refused(text: str):
    with pytest.raises(ValueError, match="不是数"):
        measures.figure(text)


def test_达到_and_超过_differ_at_the_figure_itself():
    """达到98% is ≥, 超过300家 and 突破150亿元 are >: 300 of them are not enough."""
    assert measures.compares(Fraction(98), ">=", Fraction(98))
    assert not measures.compares(Fraction(300), ">", Fraction(300))
    assert measures.compares(Fraction(301), ">", Fraction(300))
    one_or_two = (Fraction(1), Fraction(2))
    assert [measures.compares(Fraction(n), "range", *one_or_two) for n in range(4)] == [
        False, True, True, False,
    ]  # fmt: skip


def test_twenty_seven_of_twenty_eight_are_not_98_percent():
    one = _target(">=", 98, _reported(numerator=27, denominator=28))
    last = one.latest()
    assert last is not None and one.met(last) is False
    assert one.words(last) == "96.4%（27/28）" and one.aim_words == "≥98%"
    all_of_them = _reported(numerator=28, denominator=28)
    assert one.met(all_of_them) and one.words(all_of_them) == "100%（28/28）"


@given(COMPARATORS, AIMS, st.integers(0, 10**6), st.integers(0, 10**6))
def test_what_is_printed_never_stands_on_the_other_side_of_the_target(
    comparator: str, aim: Fraction, numerator: int, denominator: int
):
    one = _target(comparator, None, measured_in="%")
    one = replace(one, aim=aim)
    report = _reported(numerator=numerator, denominator=denominator)
    printed = one.words(report).partition("（")[0].removesuffix("%")
    if denominator == 0:
        assert printed == "—" and one.met(report) is None
    elif not printed.startswith("约"):
        shown = Fraction(printed)
        assert measures.compares(shown, comparator, aim) == one.met(report)
        assert abs(shown - Fraction(numerator, denominator) * 100) <= Fraction(1, 20)


def test_a_target_without_a_number_is_held_against_the_reference():
    one = _target("<", None, baseline="同期全省平均")
    assert one.aim_words == "低于同期全省平均"
    assert one.met(_reported("3.9", reference="4.1")) is True
    assert one.met(_reported("4.1", reference="4.1")) is False
    assert one.met(_reported("4.1")) is None


@pytest.mark.parametrize(
    ("today", "colour"),
    [
        (date(2024, 12, 25), "grey"),  # four working days left
        (date(2024, 12, 26), "yellow"),
        (END, "yellow"),
        (date(2025, 1, 1), "red"),
    ],
)
def test_a_step_turns_yellow_three_working_days_before_and_red_the_day_after(
    today: date, colour: str
):
    step = Milestone(1, "清单报备", END)
    assert task_lights.of_milestone(step, today, CN).colour == colour
    striven = replace(step, strength="力争")
    expected = "yellow" if colour == "red" else colour
    assert task_lights.of_milestone(striven, today, CN).colour == expected
    done = replace(step, done_on=END + timedelta(days=2))
    assert task_lights.of_milestone(done, today, CN).words == "绿 已完成，迟2天"


def test_the_lights_of_a_target_by_its_reports_and_its_deadline():
    def light(today: date, *reports: Measurement, **fields: object) -> str:
        one = _target(">=", 98, *reports, **fields)
        return task_lights.of_indicator(one, today, CN).words

    after, before = date(2025, 1, 2), date(2024, 6, 3)
    assert light(before) == "灰 未到时限"
    assert light(after) == "红 到期没有数据"
    assert light(after, _reported(97)) == "红 到期未达到"
    assert light(after, _reported(97), strength="力争") == "黄 力争目标到期未达到"
    assert light(after, _reported(97), _reported(98, after)) == "绿 已达到"
    assert light(after, _reported(numerator=0, denominator=0)) == "灰 分母为零，无从判断"
    assert light(before, _reported(97, before), due_on=None) == "红 最近一期未达到"
    assert light(before, due_on=None) == "灰 还没有数据"
    assert light(after, kind="param") == "灰 政策参数，不作考核"


STRENGTHS = st.sampled_from(["确保", "实现", "做到", "应达"])
DAYS = st.dates(date(2024, 1, 1), date(2025, 12, 31))


@st.composite
def tasks(draw: st.DrawFn, strengths: st.SearchStrategy[str]) -> Task:
    steps = [
        Milestone(n, f"节点{n}", draw(DAYS), draw(st.none() | DAYS), draw(strengths))
        for n in range(draw(st.integers(0, 3)))
    ]
    targets = []
    for n in range(draw(st.integers(0, 3))):
        reports = [
            Measurement(f"{on:%Y-%m}", on, draw(AIMS)) for on in draw(st.lists(DAYS, max_size=3))
        ]
        one = Indicator(n, f"指标{n}", "target", draw(COMPARATORS), draw(AIMS))
        due = draw(st.none() | DAYS)
        targets.append(
            replace(one, due_on=due, strength=draw(strengths), measurements=tuple(reports))
        )
    lead = draw(st.none() | st.integers(1, 3))
    return Task(1, "1", "任务", "行动", lead, milestones=tuple(steps), indicators=tuple(targets))


@given(tasks(st.just("力争")), DAYS)
def test_what_is_striven_for_is_never_red_and_never_held_against_anybody(task: Task, today: date):
    assert task_lights.of_task(task, today, CN).colour != "red"
    assert not list(task_lights.misses([task], date(2024, 1, 1), today))


def test_a_task_with_a_step_done_late_is_green_but_not_on_time():
    steps = [
        Milestone(1, "方案", END, END),
        Milestone(2, "通水", END, END + timedelta(days=46)),
        Milestone(3, "验收", END, END + timedelta(days=2)),
    ]
    task = Task(1, "1", "管网改造", "行动", milestones=tuple(steps[:1]))
    after = date(2025, 3, 3)
    assert task_lights.of_task(task, after, CN).words == "绿 按期完成"
    ahead = Milestone(2, "通水", date(2025, 6, 30))
    coming = replace(task, milestones=(steps[0], ahead))
    assert task_lights.of_task(coming, after, CN).words == "绿 已办节点按期完成"
    task = replace(task, milestones=tuple(steps))
    assert task_lights.of_task(task, after, CN).words == "绿 通水已完成，迟46天"


@given(tasks(STRENGTHS | st.just("力争")), DAYS)
def test_every_task_has_one_light_as_bad_as_its_worst_part(task: Task, today: date):
    light = task_lights.of_task(task, today, CN)
    parts = [task_lights.of_milestone(one, today, CN) for one in task.milestones]
    parts += [task_lights.of_indicator(one, today, CN) for one in task.indicators]
    order = ["grey", "green", "yellow", "red"]
    worst = max((order.index(one.colour) for one in parts), default=0)
    assert light.colour == order[worst] and light.why
    assert task_lights.of_task(replace(task, done_on=today), today, CN).words == "绿 已完成"


@given(tasks(STRENGTHS), DAYS)
def test_only_what_fell_due_in_the_month_and_only_确保_targets_are_missed(task: Task, cutoff: date):
    since = cutoff.replace(day=1)
    found = list(task_lights.misses([task], since, cutoff))
    assert all(since <= one.due_on <= cutoff for one in found)
    promised = {f"{one.name}{one.aim_words}" for one in task.indicators if one.strength == "确保"}
    assert {one.title for one in found if one.kind == "目标"} <= promised
    assert not list(task_lights.misses([replace(task, done_on=cutoff)], since, cutoff))


def test_what_was_done_by_the_cutoff_counts_and_what_came_after_does_not():
    step = Milestone(1, "报备", date(2024, 12, 20))
    promised = _target(">=", 12, _reported(13, END + timedelta(days=1)), strength="确保")
    task = Task(1, "37", "信贷投放", "金融", 1, milestones=(step,), indicators=(promised,))
    since = END.replace(day=1)

    def missed(task: Task) -> str:
        found = list(task_lights.misses([task], since, END))
        return task_lights.note(found) if found else ""

    assert missed(task) == (
        "任务37“信贷投放”，12月20日到期的节点“报备”未完成，目标“指标≥12%”未达到"
    )
    in_time = replace(
        task,
        milestones=(replace(step, done_on=END),),
        indicators=(replace(promised, measurements=(_reported(13, END),)),),
    )
    assert missed(in_time) == ""
    nothing = replace(promised, measurements=(_reported(numerator=0, denominator=0),))
    assert missed(replace(in_time, indicators=(nothing,))) == ""


def test_the_next_step_is_the_earliest_open_one():
    first = Milestone(1, "先", date(2024, 6, 30), date(2024, 6, 1))
    later, next_ = Milestone(2, "后", END), Milestone(3, "次", date(2024, 9, 30))
    assert Task(1, "1", "甲", "行动", milestones=(first, later, next_)).next_milestone() == next_
    assert Task(2, "2", "乙", "行动").next_milestone() is None
