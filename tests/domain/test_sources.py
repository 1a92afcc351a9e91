"""Figures that the source documents state, as the rule packs that come along carry them."""

from __future__ import annotations

from datetime import date

import pytest

from supervise import packs
from supervise.domain.calendar import Calendar
from supervise.domain.clock import Term, due_on
from supervise.domain.meetings_due import expected
from supervise.domain.pack import Pack, parse_pack


def _pack(name: str) -> Pack:
    return parse_pack(packs.load(name), name)


@pytest.mark.parametrize(
    ("name", "steps"),
    [("jingmen", 5), ("xiangyang", 4), ("zhashui", 6), ("huzhou", 5), ("gaoxin", 4)],
)
def test_each_chain_has_as_many_steps_as_its_document(name: str, steps: int) -> None:
    """C02 five steps, A03 and B08 four, E02 six: views of one loop, no stage in two steps."""
    (chain,) = _pack(name).labels.chains
    assert len(chain.steps) == steps
    stages = [stage for one in chain.steps for stage in one.stages]
    assert len(stages) == len(set(stages)) == 5


def test_three_five_and_fifteen_days_by_urgency() -> None:
    """A02: read as working days, and the pack says that this is a reading."""
    clock = _pack("xiangyang").clock
    assert [str(clock.term_for(one)) for one in ("紧急", "平急", "疑难")] == ["3wd", "5wd", "15wd"]
    assert "推定" in clock.source


def test_two_days_to_give_out_and_two_weeks_to_answer() -> None:
    """D01, D02: from a Wednesday's meeting a Friday and a Wednesday; everyone is called back."""
    pack, calendar = _pack("huzhou"), Calendar.of({}, [2022])
    assert pack.clock.assign == Term(2, "d") and pack.clock.term_for(None) == Term(2, "w")
    meeting = date(2022, 6, 8)
    assert pack.cadence[0].anchor == meeting and meeting.isoweekday() == pack.cadence[0].day == 3
    days = [due_on(meeting, term, calendar)[0] for term in (Term(2, "d"), Term(2, "w"))]
    assert [one.isoweekday() for one in days] == [5, 3] and days[1] == date(2022, 6, 22)
    assert [(one.name, one.value) for one in pack.targets] == [("回访率", 100)]


def test_the_targets_of_rates() -> None:
    """C05 98 of a hundred closed; C09 every question answered, 98 settled, 97 content."""
    found = {one.name: (one.value, one.comparison) for one in _pack("jingmen").targets}
    assert found == {
        "销号率": (98, ">="), "办结率": (98, ">="), "满意率": (97, ">="), "综合回复率": (100, "="),
    }  # fmt: skip


def test_the_clock_sets_of_contracts_letters_and_projects() -> None:
    """C04 ten working days twice; C07 7 days and 3 months, 100 and 90; A04 6 months, then 2."""
    sets = {one.name: one.nodes for one in _pack("jingmen").clockset}
    assert {name: [(one.name, str(one.term)) for one in nodes] for name, nodes in sets.items()} == {
        "合同备案": [("入库", "10wd"), ("备案", "10wd")],
        "信访": [("程序性回复", "7d"), ("实体性答复", "3m")],
        "项目": [("开工", "6m"), ("入统", "2m")],
    }
    assert [(one.target, one.comparison) for one in sets["信访"]] == [(100, "="), (90, ">=")]
    assert sets["项目"][1].after == "开工"


def test_the_office_asks_by_topic_every_week() -> None:
    """C16: one meeting of the office a week, 点题式; four of them in four weeks."""
    pack = _pack("jingmen")
    weekly = [one for one in pack.cadence if one.tier == "优化办"]
    assert [one.every for one in weekly] == ["week"]
    span = (date(2024, 11, 4), date(2024, 12, 1))
    assert len(list(expected(weekly, (), span, Calendar.of({}, [2024])))) == 4


def test_a_promise_may_only_come_earlier() -> None:
    """B10: the pack of that district grants no later date, with none of the others so."""
    names = ("gaoxin", "jingmen", "xiangyang", "huzhou", "zhashui")
    assert [_pack(name).extension.no_extension for name in names] == [True] + [False] * 4


def test_one_month_a_quarter_and_a_year_come_round() -> None:
    """E01 the month's talk, the quarter's ranking, the year's review; one month asks for a talk."""
    pack = _pack("zhashui")
    assert [one.every for one in pack.cadence] == ["month", "quarter", "year"]
    assert pack.interview.months == 1
