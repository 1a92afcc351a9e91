"""约谈 driven by real keys: the board, the basis, the papers, and what leaders must not see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from screens.referrals import ReferralsScreen
from screens.widgets.board import Board
from screens.widgets.links import Links
from screens.widgets.paper import Paper
from screens.widgets.record_list import RecordList
from supervise.services.session import Session
from supervise.services.work import perform

TODAY = date(2024, 12, 31)
HOSTILE = "\x1b[31m[/]局[b]甲[/b][@click=app.quit]" + "长" * 60 + "\n👨‍👩‍👧"


def _board(driver) -> Board:  # type: ignore[no-untyped-def]
    found: Board = driver.query("#board", Board)
    return found


def _record(driver) -> dict:  # type: ignore[no-untyped-def, type-arg]
    return dict(driver.query("#interviews", RecordList).record)


@pytest.fixture
def ladder(city: Path) -> Path:
    """Give interviews at several steps: one held with a promise that is past, one under way."""
    with Session(city, TODAY, write=True) as session:
        do = lambda op, **values: perform(session, op, values)  # noqa: E731
        do("unit.rename", unit="市人社局", name=HOSTILE)
        do("unit.correct", unit="市住建局", head="赵甲[/]", on=date(2024, 1, 2))
        do("interview.submit", unit="市住建局", on=date(2024, 12, 6))
        do("interview.approve", unit="市住建局", leader="副市长", on=date(2024, 12, 9))
        do(
            "interview.hold",
            unit="市住建局",
            due_on=date(2024, 12, 28),
            on=date(2024, 12, 12),
        )
        do("interview.submit", unit="市教育局", on=date(2024, 12, 10))
        do("unit.correct", unit="市教育局", head="钱乙", on=date(2024, 12, 20))
        do(
            "explanation.receive",
            period="2024-11",
            unit="市教育局",
            on=date(2024, 12, 9),
        )
    return city


async def test_the_board_shows_every_step_and_its_basis(ladder: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(ladder, (160, 48)) as driver:
        await driver.press("f5")
        board = _board(driver)
        assert board.has_focus and not driver.query("#interviews", RecordList).display
        first = _record(driver)
        assert first["status"] == "proposed" and "拟提请" in driver.text
        assert "\x1b" not in driver.text and "[/]局[b]甲" in driver.text
        await driver.press("right")
        assert (_record(driver)["unit"], _record(driver)["status"]) == ("市教育局", "submitted")
        assert "主要负责人2024年12月20日变更" in driver.text
        assert "2024-10 未交，超期" in driver.text and "2024-11 已交" in driver.text
        await driver.press("right")
        held = _record(driver)
        assert (held["unit"], held["status"], held["days_left"]) == ("市住建局", "held", -3)
        assert "承诺 2024-12-28，已过 3 天" in driver.text and "约谈领导 副市长" in driver.text
        assert "办理情况表" in driver.text
        await driver.press("f7", "f7")
        assert driver.query("#paper", Paper).has_focus
        assert "提请文稿" in driver.text and "关于提请约谈市住建局" in driver.text
        await driver.press("escape", "enter")
        basis = driver.query("#basis", RecordList)
        assert basis.has_focus and {r["period"] for r in basis.rows_at_hand()} == {
            "2024-10",
            "2024-11",
        }
        assert basis.record["title"].startswith("企业反映办事不便")
        await driver.press("f8")
        assert driver.app.current_mode == "notices"
        assert driver.query("#months", RecordList).record["period"] == "2024-10"
        assert driver.query("#entries", RecordList).record["unit"] == "市住建局"
        await driver.press("f5", "enter")
        assert driver.app.current_mode == "issues"
        await driver.press("f5", "escape", "ctrl+u")
        assert driver.app.current_mode == "units"
        assert driver.query("#units", RecordList).record["name"] == "市住建局"


async def test_a_link_leads_to_the_very_interview(ladder: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(ladder, TODAY, write=True) as session:
        # Two at one step: the second is to be found, not the first of the kind.
        perform(session, "interview.approve", {"unit": "市教育局", "on": date(2024, 12, 11)})
        perform(session, "interview.hold", {"unit": "市教育局", "on": date(2024, 12, 13)})
    async with drive(ladder, (160, 48)) as driver:
        figures = driver.query("#figures", RecordList)
        while figures.record["key"] != "interviews-held":
            await driver.press("down")
        behind = driver.query("#units-behind", RecordList)
        assert [row["unit"] for row in behind.rows_at_hand()] == ["市住建局", "市教育局"]
        for unit in ("市教育局", "市住建局"):
            await driver.press("tab", "home", *(["down"] if unit == "市教育局" else []), "enter")
            assert (_record(driver)["unit"], _record(driver)["status"]) == (unit, "held")
            code = next(one for one in _record(driver)["basis"][0]["reasons"][0]["issues"])
            await driver.app.open_list("issues", f"issue:{code}")
            await driver.settle()
            links = driver.query("#detail Links", Links)
            links.focus()
            while links._links[links.highlighted].kind != "interview":
                await driver.press("down")
            await driver.press("enter")
            assert _record(driver)["unit"] == unit
            await driver.press("f2", "shift+tab")


async def test_a_card_is_moved_along_and_sizes_change(ladder: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(ladder, (200, 60)) as driver:
        await driver.press("f5", "right")
        await driver.press("f6")
        assert "暂缓约谈" in driver.text and "现在“已提请”" in driver.text
        await driver.press("escape")
        await driver.app.run_action("operate('interview.defer')", driver.app.screen)
        await driver.settle()
        await driver.type("等待巡察结论")
        await driver.press("ctrl+s")
        assert _record(driver)["status"] == "deferred" and "理由：等待巡察结论" in driver.text
        await driver.app.run_action("operate('interview.close')", driver.app.screen)
        await driver.settle()
        assert "不能约谈办结" in driver.toasts
        board = _board(driver)
        await driver.pilot.click(board, offset=(3, 3))
        await driver.settle()
        assert _record(driver)["status"] == "proposed"
        for size in ((80, 24), (120, 40), (160, 48)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            assert all(cell_len(line) == size[0] for line in driver.lines)
            assert "\x1b" not in driver.text
            assert board.display == (size[0] >= 140)
            assert driver.app.focused is driver.app.screen.front and driver.app.focused.display
            assert _record(driver)["status"] == "proposed"
        await driver.press("down")
        unit = _record(driver)["unit"]
        await driver.app.run_action("operate('interview.submit')", driver.app.screen)
        await driver.settle()
        await driver.press("ctrl+s")
        assert (_record(driver)["unit"], _record(driver)["status"]) == (unit, "submitted")


async def test_a_narrow_terminal_groups_the_list_by_step(ladder: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(ladder, (80, 24)) as driver:
        await driver.press("f5")
        rows = list(driver.query("#interviews", RecordList).rows_at_hand())
        heads = [row["group"] for row in rows if row["group"]]
        assert heads == ["拟提请 2", "已提请 1", "已约谈 1"] and len(rows) == 4
        await driver.press("f7")
        assert "关于提请约谈" in driver.text
        await driver.press("escape", "end", "enter", "f8")
        assert driver.app.current_mode == "notices"


async def test_leaders_never_see_candidates_for_referral(ladder: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(ladder, (80, 24)) as driver:
        await driver.press("f5", "f9")
        assert "承诺逾期" in driver.text and "市住建局" in driver.text
        assert "条款" in driver.text and "口径" in driver.text and "至今 2 天" in driver.text
        assert "承诺2024-12-28前完成" in driver.text
        await driver.app.run_action("operate('referral.continue')", driver.app.screen)
        await driver.settle()
        await driver.type("限期内已整改大半")
        await driver.press("ctrl+s")
        assert "继续督办，2024-12-31" in driver.text and "限期内已整改大半" in driver.text
        await driver.press("enter")
        assert driver.app.current_mode == "units" and "市住建局" in str(driver.app.screen.where())
    async with drive(ladder, (80, 24), read_only=True) as driver:
        await driver.press("f5", "f9")
        assert "只读方式不显示" in driver.toasts and "承诺逾期" not in driver.text
        await driver.app.push_screen(ReferralsScreen())
        await driver.settle()
        assert not isinstance(driver.app.screen, ReferralsScreen)


async def test_an_empty_board_says_that_it_is_empty(ledger_path: Path, drive) -> None:  # type: ignore[no-untyped-def]
    from supervise.services import ledger

    ledger.create(ledger_path, today=TODAY)
    async with drive(ledger_path, (80, 24)) as driver:
        await driver.press("f5")
        assert "没有拟提请和办理中的约谈" in driver.text
        await driver.press("f6", "f8")
        assert "没有选中约谈" in driver.toasts
        await driver.pilot.resize_terminal(160, 48)
        await driver.settle()
        assert _board(driver).display and "没有拟提请和办理中的约谈" in driver.text
        await driver.press("f10")
        assert "还没有登记单位" in driver.text
