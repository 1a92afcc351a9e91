"""Clocks beside the loop: when their nodes fall due, chains, and what may be recorded of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise import calendars
from supervise.domain import clocksets
from supervise.domain.calendar import Calendar
from supervise.domain.clocksets import Node
from supervise.domain.pack import parse_pack
from supervise.domain.pack_clocksets import CLOCKSETS
from supervise.errors import BadInput, Refused
from supervise.packs import load

CALENDAR = calendars.bundled()
days = st.dates(date(2014, 1, 1), date(2026, 3, 1))


def begun(name: str, start: date, calendar: Calendar = CALENDAR) -> tuple[Node, ...]:
    return clocksets.begin(clocksets.find(CLOCKSETS, name), start, calendar)


def test_a_project_signed_on_the_last_of_august_starts_by_the_first_of_march():
    start, statistics = begun("项目", date(2026, 8, 31))
    assert (start.due_on, start.provisional) == (date(2027, 3, 1), True)
    assert (statistics.start, statistics.due_on) == (None, None)
    nodes = clocksets.reach((start, statistics), "开工", date(2026, 12, 31), "许可1号", CALENDAR)
    assert nodes[0].done_on == date(2026, 12, 31)
    assert not nodes[0].late(date(2027, 6, 1))
    assert nodes[1].start == date(2026, 12, 31)
    assert (nodes[1].due_on, nodes[1].provisional) == (date(2027, 3, 1), True)  # 02-28, a Sunday


def test_entry_and_filing_share_ten_working_days_as_two_dates():
    entry, filing = begun("合同备案", date(2024, 9, 25))
    assert entry.due_on == filing.due_on == date(2024, 10, 14)  # 09-29 and 10-12 are worked
    nodes = clocksets.reach((entry, filing), "入库", date(2024, 10, 8), None, CALENDAR)
    assert [one.days_late(date(2024, 10, 18)) for one in nodes] == [0, 4]


def test_a_letter_has_two_clocks_at_once():
    procedural, substantive = begun("信访", date(2024, 11, 30))
    assert procedural.due_on == date(2024, 12, 9)  # the seventh day is a Saturday
    assert substantive.due_on == date(2025, 2, 28)
    assert clocksets.last_day((procedural, substantive), CALENDAR)[0] == date(2025, 2, 28)


@given(st.sampled_from(CLOCKSETS), days)
def test_what_waits_for_another_starts_with_it_and_no_node_is_due_before_its_start(chosen, start):
    nodes = clocksets.begin(chosen, start, CALENDAR)
    last, _ = clocksets.last_day(nodes, CALENDAR)
    for one in nodes:
        assert (one.start is None) == (one.due_on is None) == bool(one.after)
        assert one.due_on is None or start < one.due_on <= last
    for one in chosen.nodes:  # each on its last day: the set ends when it was said to
        due = next(node.due_on for node in nodes if node.name == one.name)
        assert due is not None
        nodes = clocksets.reach(nodes, one.name, due, None, CALENDAR)
    assert max(node.due_on for node in nodes if node.due_on) == last
    assert not any(node.late(date(2030, 1, 1)) for node in nodes)


@given(days, st.integers(0, 400), st.integers(0, 400))
def test_correcting_a_node_moves_what_comes_after_it(start, first, second):
    nodes = begun("项目", start)
    for wait in (first, second):
        on = start + timedelta(days=wait)
        nodes = clocksets.reach(nodes, "开工", on, None, CALENDAR)
        assert nodes[1].start == on == nodes[0].done_on


def test_what_cannot_be_recorded_is_refused():
    nodes = begun("项目", date(2024, 3, 4))
    with pytest.raises(Refused, match="请先记“开工”"):
        clocksets.reach(nodes, "入统", date(2024, 5, 6), None, CALENDAR)
    with pytest.raises(Refused, match="早于起算日"):
        clocksets.reach(nodes, "开工", date(2024, 3, 3), None, CALENDAR)
    with pytest.raises(BadInput, match="可填：开工、入统"):
        clocksets.reach(nodes, "竣工", date(2024, 5, 6), None, CALENDAR)
    nodes = clocksets.reach(nodes, "开工", date(2024, 5, 6), None, CALENDAR)
    nodes = clocksets.reach(nodes, "入统", date(2024, 6, 3), None, CALENDAR)
    with pytest.raises(Refused, match="开工不能晚于"):
        clocksets.reach(nodes, "开工", date(2024, 6, 4), None, CALENDAR)
    with pytest.raises(BadInput, match="合同备案、信访、项目"):
        clocksets.find(CLOCKSETS, "招标")


OWN = """
[[clockset]]
name = "诉求"
start = "收到"
clause = "本办设定"

[[clockset.nodes]]
name = "联系"
term = "1wd"

[[clockset.nodes]]
name = "答复"
term = "5wd"
after = "{after}"
"""


def test_a_pack_may_bring_its_own_sets_and_is_told_what_is_wrong_with_them():
    text = load("zhashui")  # which names none: what holds then is what 荆门 writes out
    assert parse_pack(text, "x").clockset == CLOCKSETS
    assert parse_pack(load("jingmen"), "x").clockset == CLOCKSETS
    (own,) = parse_pack(text + OWN.format(after="联系"), "x").clockset
    assert [str(one.term) for one in own.nodes] == ["1wd", "5wd"]
    with pytest.raises(BadInput, match="前面没有这个节点"):
        parse_pack(text + OWN.format(after="回访"), "x")
