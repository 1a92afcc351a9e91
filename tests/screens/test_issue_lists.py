"""The page of issues: own lists, conditions as chips, columns and orders, all by real keys."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.widgets import Input

from screens.dialogs.columns import ColumnsDialog
from screens.dialogs.narrow import NarrowDialog
from screens.issue_columns import COLUMNS, SORTABLE, Shape
from screens.issue_views import GROUPS, LONGEST_NAME, Kept, Own
from screens.widgets import record_list
from screens.widgets.chips import Chip
from screens.widgets.counts import Counts
from screens.widgets.pages import Window
from screens.widgets.record_list import RecordList
from supervise.services import windows
from supervise.services.narrowing import Narrowing
from supervise.services.session import Session
from supervise.services.work import perform
from tests.screens.conftest import REST, TODAY
from tests.screens.waiting import LONGEST

SHAPES = st.builds(
    Shape,
    st.lists(st.sampled_from(sorted(COLUMNS)), min_size=1, unique=True).map(tuple),
    st.sampled_from(SORTABLE).flatmap(lambda key: st.sampled_from([key, f"-{key}"])),
)
NAMES = st.text("甲乙丙[/]x ", min_size=1, max_size=6).map(
    lambda name: f"单{' '.join(name.split())}"
)


def _count(path: Path, key: str) -> int:
    with Session(path, TODAY) as session:
        return windows.count(session, windows.view(session, key))


def _kept() -> dict[str, object]:
    return json.loads(Path(os.environ["SUPERVISE_PREFERENCES"]).read_text("utf-8"))["issues"]


def _codes(issues: RecordList) -> list[str]:
    return [str(row["code"]) for row in issues.rows_at_hand()]


@given(st.lists(NAMES, unique=True, max_size=4), SHAPES, st.data())
def test_lists_can_be_kept_renamed_and_forgotten(names: list[str], shape: Shape, data) -> None:  # type: ignore[no-untyped-def]
    kept = Kept().with_shape("open", shape)
    for name in names:
        assert not kept.name_problem(name)
        kept = kept.with_own(Own(name, "overdue", Narrowing(min_returns=2), "办 理"), shape)
        assert kept.name_problem(name)
    assert Kept.read(json.loads(json.dumps(kept.stored()))) == kept
    assert kept.name_problem("未办结") and kept.name_problem("") and kept.name_problem("长" * 99)
    if names:
        old = data.draw(st.sampled_from(names))
        kept = kept.renamed(f"own:{old}", "新的")
        assert kept.find("own:新的") and not kept.find(f"own:{old}")
        assert kept.shape("own:新的") == shape
        kept = kept.without("own:新的")
        assert len(kept.own) == len(names) - 1 and "own:新的" not in kept.shapes


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["own", "shapes", "name", "view", "open", "columns", "sort"]), inner
        )
    ),
)


@given(JUNK)
def test_settings_that_make_no_sense_harm_nothing(data: object) -> None:
    kept = Kept.read(data)
    assert Kept.read(kept.stored()) == kept
    assert all(len(one.name) <= LONGEST_NAME for one in kept.own)
    assert all(Shape.read(one).columns for one in (data, {"columns": data, "sort": data}))


async def test_conditions_are_set_shown_kept_and_taken_away(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (160, 48)) as driver:
        await driver.press("f3")
        issues = driver.query("#issues", RecordList)
        shown = driver.query("#views", Counts)._numbers
        assert {key for group in GROUPS for key in group} == set(shown)
        assert all(shown[key] == _count(city, key) for key in shown)

        # Words, a unit's initials, and both together; Esc clears them.
        await driver.press("f9")
        await driver.type("szjj")
        found = issues.total
        assert found > 0 and {row["unit"] for row in issues.rows_at_hand()} == {"市住建局"}
        await driver.type(" 不便(12)")
        assert issues.total == 1 and issues.record["unit"] == "市住建局"
        await driver.press("enter", "escape")
        assert issues.total == shown["open"] and not driver.query("#search", Input).value

        # Conditions: the last item is completed, a wrong one is said at once.
        await driver.press("f7")
        assert isinstance(driver.app.screen, NarrowDialog)
        await driver.type("zg")
        await driver.press("down", "enter")
        assert driver.query("#field-stages #entry", Input).value == "整改"
        await driver.type(",没有")
        assert "不认识" in driver.text
        await driver.press(*["backspace"] * 3, "tab")
        await driver.type("szj")
        await driver.press("down", "enter")
        for name, value in (("due_from", "2024-12-01"), ("due_to", "今天")):
            driver.query(f"#field-{name} #entry", Input).focus()
            await driver.type(value)
        assert "2024-12-31 周二" in driver.text
        driver.query("#field-due_from #entry", Input).value = "2025-06-01"
        await driver.press("ctrl+s")
        assert "晚于止日" in driver.text
        driver.query("#field-due_from #entry", Input).value = "2024/9/1"
        await driver.press("ctrl+s")
        rows = list(issues.rows_at_hand())
        assert rows and {(row["unit"], row["stage"]) for row in rows} == {("市住建局", "rectify")}
        chips = [chip.part for chip in driver.app.screen.query(Chip)]
        assert chips == ["stages", "units", "due_from", "due_to"]
        assert "责任单位 市住建局 x" in driver.text

        # Kept under a name, with its count; then the chips go, one by key, one by mouse.
        await driver.press("ctrl+w")
        assert isinstance(driver.app.screen, ColumnsDialog)
        await driver.press("end", "space", "home", "ctrl+o", "ctrl+down", "ctrl+s")
        titles = [column.title for column in issues._columns]
        assert titles[:2] == ["事项", "编号"] and titles[-1] == "回访"
        assert "按登记先后倒序" in driver.text
        # The key that says yes in a dialog does nothing to the list behind it.
        await driver.press("ctrl+s")
        assert "按登记先后倒序" in driver.text
        await driver.press("ctrl+k")
        await driver.type("未办结")
        assert "已有名为" in driver.text
        driver.query("#name", Input).value = "[b]住建[/]"
        await driver.press("enter")
        numbers = driver.query("#views", Counts)._numbers
        assert numbers["own:[b]住建[/]"] == issues.total and "[b]住建[/] " in driver.text
        await driver.app.run_action("rename", driver.app.screen)
        await driver.settle()
        driver.query("#name", Input).value = "住建今年"
        await driver.press("enter")
        assert "住建今年" in driver.text and "[b]" not in driver.text
        before = issues.total
        chip = driver.app.screen.query(Chip).last()
        chip.focus()
        await driver.press("delete")
        assert issues.total >= before and len(driver.app.screen.query(Chip)) == 3
        await driver.pilot.click(driver.app.screen.query(Chip).first())
        await driver.settle()
        assert [one.part for one in driver.app.screen.query(Chip)] == ["units", "due_from"]
        issues.focus()
        await driver.press("escape")
        assert not driver.app.screen.query(Chip)
        saved = _kept()
        assert [one["name"] for one in saved["own"]] == ["住建今年"]  # type: ignore[attr-defined]

    # The next visit finds the list, its columns and its order; it can be deleted.
    async with drive(city, (80, 24)) as driver:
        await driver.press("f3", "left", "end")
        assert "住建今年" in driver.text
        await driver.press("enter")
        issues = driver.query("#issues", RecordList)
        assert issues.total == before and issues._columns[0].title == "事项"
        assert len(driver.app.screen.query(Chip)) == 4
        await driver.press("ctrl+f9", "ctrl+f9")
        assert "按限期" in driver.text
        await driver.app.run_action("drop", driver.app.screen)
        await driver.settle()
        await driver.press("y")
        assert "未办结" in driver.text and not _kept()["own"]
        await driver.app.run_action("drop", driver.app.screen)
        await driver.settle()
        assert "只能改名或删除自己存的清单" in driver.toasts


async def test_the_place_is_honest_and_kept(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (120, 40)) as driver:
        await driver.press("f3", "end")
        issues = driver.query("#issues", RecordList)
        last, total = issues.record["code"], issues.total
        assert f"第 {total} / 共 {total} 件" in driver.text
        await driver.press("ctrl+f9", "ctrl+f9")
        assert issues.record["code"] == last
        assert _codes(issues)[issues.cursor] == last
        assert f"第 {issues.cursor + 1} / 共 {total} 件" in driver.text


async def test_whose_list_it_is_and_by_which_name(  # type: ignore[no-untyped-def]
    demo_ledger: Path, ledger_path: Path, drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the login name alone the list is empty; it says so, and how to give one's own name."""
    shutil.copy(demo_ledger, ledger_path)
    monkeypatch.setenv("LOGNAME", "wangmou")
    async with drive(ledger_path) as driver:
        await driver.app.open_list("issues", "mine")
        await driver.settle()
        issues = driver.query("#issues", RecordList)
        assert issues.total == 0 and "我经办的（wangmou）" in driver.text
        assert "  共 0 件──" in driver.text and "我的姓名" in driver.text
        assert driver.text.count("没有经办人是“wangmou”的事项") == 1
        issues.styles.height = 3  # its edge, its header and one line: the sentence is there still
        await driver.settle()
        assert driver.text.count("没有经办人是“wangmou”的事项") == 1
        issues.styles.height = None
        await driver.press("ctrl+p")
        await driver.type("我的姓名")
        await driver.press("enter")
        driver.app.screen.query_one("#name", Input).value = "经办丙"
        await driver.press("enter")
        assert "我经办的（经办丙）" in driver.text and issues.total > 0
        with Session(ledger_path, TODAY) as session:
            chosen = windows.view(session, f"{windows.MINE}经办丙")
            assert issues.total == windows.count(session, chosen)
        # Kept as a list of one's own, it goes on by the name of whoever opens it.
        await driver.press("ctrl+k")
        await driver.type("我手上的")
        await driver.press("enter")
        assert "我手上的" in driver.lines[1] and issues.total > 0
        assert _kept()["own"][0]["view"] == "mine"


async def test_a_cursor_moved_while_the_list_is_read_again_stays_where_it_was_moved_to(  # type: ignore[no-untyped-def]
    city: Path, drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What others do has the list read again at any moment: between two keys too."""
    slow, there = Event(), record_list.read_window

    def late(*given: Any) -> Window:
        slow.wait(LONGEST)
        return there(*given)

    async with drive(city) as driver:
        await driver.press("f3", "down")
        issues = driver.query("#issues", RecordList)
        monkeypatch.setattr(record_list, "read_window", late)
        issues.reload()
        await driver.pilot.press("down", "down")
        while issues.cursor != 3:
            await driver.pilot.pause(REST)
        slow.set()
        await driver.settle()
        assert issues.cursor == 3
        # The record itself is kept in sight where others put one before it.
        code = issues.record["code"]
        with Session(city, TODAY, write=True) as session:
            first = next(iter(issues.rows_at_hand()))["code"]
            perform(session, "issue.terminate", {"issue": first, "reason": "企业注销"})
        slow.clear()
        issues.reload()
        await driver.pilot.press("down")
        while issues.cursor != 4:
            await driver.pilot.pause(REST)
        after = issues.record["code"]
        slow.set()
        await driver.settle()
        assert (issues.cursor, issues.record["code"]) == (3, after) and after != code


async def test_a_click_on_a_title_sorts_by_its_column(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (160, 48)) as driver:
        await driver.press("f3")
        issues = driver.query("#issues", RecordList)

        async def click(title: str) -> None:
            header = next(line for line in driver.lines if title in line and "编号" in line)
            at = cell_len(header[: header.index(title)])
            y = issues.region.y + 1
            await driver.pilot.click(offset=(at + 1, y))
            await driver.settle()

        await click("限期")
        dates = [row["due_on"] for row in issues.rows_at_hand() if row["due_on"]]
        assert dates == sorted(dates) and "按限期  第" in driver.text and not issues.marks
        await click("限期")
        assert [row["due_on"] for row in issues.rows_at_hand() if row["due_on"]] == dates[::-1]
        assert "按限期倒序" in driver.text
        issues.set_columns([COLUMNS["code"], COLUMNS["co_units"]])
        await driver.settle()
        await click("配合单位")
        assert "不能按“配合单位”排序" in driver.toasts and "按限期倒序" in driver.text
