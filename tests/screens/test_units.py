"""单位 driven by real keys: found, read, opened elsewhere, renamed, merged."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.cells import cell_len
from textual.widgets import Input

from screens.dialogs.operation import OperationDialog
from screens.loading import Written
from screens.widgets.counts import Counts
from screens.widgets.record_list import RecordList
from supervise.services import unit_page, units
from supervise.services.session import Session
from supervise.services.work import perform

TODAY = date(2024, 12, 31)
HOSTILE = (
    "[/]局[b]甲[/b]",
    "\x1b[31m红局\x07",
    "=HYPERLINK(1)局",
    "长" * 300 + "局",
    "👨‍👩‍👧 𠮷局",
)


def _names(driver) -> list[str]:  # type: ignore[no-untyped-def]
    return [row["name"] for row in driver.query("#units", RecordList).rows_at_hand()]


def _sheet(driver) -> str:  # type: ignore[no-untyped-def]
    rows = driver.query("#sheet", RecordList).rows_at_hand()
    return "\n".join(f"{row['part']} {row['when']} {row['words']}" for row in rows)


def _page(path: Path, name: str) -> unit_page.UnitPage:
    with Session(path, TODAY) as session:
        return unit_page.page(session, units.find(session.conn, name))


async def test_a_unit_is_found_read_and_followed_to_what_it_rests_on(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    known = _page(city, "市教育局")
    async with drive(city, (160, 48)) as driver:
        await driver.press("f10")
        assert _names(driver)[:3] == ["市住建局", "市教育局", "市人社局"]
        await driver.press("f9")
        await driver.type("sjyj")
        assert _names(driver) == ["市教育局"]
        sheet = _sheet(driver)
        assert f"未办结 {known.open:,} 件" in sheet and f"超期未交 {known.overdue:,} 件" in sheet
        assert known.rates[0].text in sheet and "2024-12-31" in sheet
        assert "2024-11" in sheet and "〔2024〕11号" in sheet and "拟提请" in sheet
        await driver.press("enter", "enter")
        assert driver.query("#sheet", RecordList).has_focus
        await driver.press("enter")
        assert driver.app.current_mode == "issues"
        assert driver.query("#issues", RecordList).total == known.open
        await driver.press("f10", "down", "enter")
        assert driver.query("#issues", RecordList).total == known.overdue > 0
        await driver.press("f10", *["down"] * 4, "enter")
        assert driver.app.current_mode == "notices"
        assert driver.query("#months", RecordList).record["period"] == "2024-11"
        entries = driver.query("#entries", RecordList)
        assert entries.has_focus and entries.cursor and entries.record["unit"] == "市教育局"
        await driver.press("f10")
        lines = list(driver.query("#sheet", RecordList).rows_at_hand())
        place = next(n for n, row in enumerate(lines) if row["part"] == "约谈")
        await driver.press("home", *["down"] * place, "enter")
        assert driver.app.current_mode == "interviews"
        assert driver.query("#interviews", RecordList).record["unit"] == "市教育局"
        await driver.press("f10", "escape", "f8")
        assert driver.app.current_mode == "issues"


async def test_filters_narrow_pages_and_empty_lists_say_so(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY, write=True) as session:
        perform(session, "unit.add", {"unit": "市新设局", "pending": True})
    async with drive(city, (80, 24)) as driver:
        await driver.press("f10", "f7")
        counts = driver.query("#filters", Counts)
        assert counts.has_focus and "待核" in driver.text
        await driver.press(*["down"] * 4, "enter")
        assert _names(driver) == ["市新设局"]
        assert driver.query("#units", RecordList).has_focus
        await driver.press("enter")
        text = driver.text
        assert "没有被点名" in text and "没有约谈" in text and "—（0/0）" in text
        assert "没有应交的书面说明" in text and "没有要材料" in text
        await driver.press("escape", "f7", "down", "enter")
        assert _names(driver) == [] and "没有这样的单位" in driver.text
        await driver.press("f6", "escape")
        await driver.app.run_action("operate('unit.merge')", driver.app.screen)
        await driver.settle()
        assert "没有选中单位" in driver.toasts


async def test_a_rename_and_a_merger_show_first_what_moves(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    known = _page(city, "市教育局")
    async with drive(city) as driver:
        await driver.press("f10", "down")

        async def do(op: str, field: str, words: str) -> None:
            await driver.app.run_action(f"operate('{op}')", driver.app.screen)
            await driver.settle()
            driver.query(f"#field-{field} #entry", Input).focus()
            await driver.type(words)

        await do("unit.rename", "name", "市教体局")
        assert "不因更名中断：2024年10月、11月" in driver.text
        await driver.press("ctrl+s")
        assert f"未办结事项 {known.open} 件仍由该单位办理" in driver.text
        assert "新名称：市教体局" in driver.text
        await driver.press("y")
        assert "已更名：市教育局 → 市教体局" in driver.toasts
        assert driver.query("#units", RecordList).record["name"] == "市教体局"
        assert "市教育局（用到 2024-12-31 前）" in _sheet(driver)
        await do("unit.merge", "into", "市教体局")
        await driver.press("ctrl+s", "y")
        assert isinstance(driver.app.screen, OperationDialog) and "并入它自己" in driver.text
        driver.query("#field-into #entry", Input).focus()
        await driver.press("end", *["backspace"] * 4)
        await driver.type("市人社局")
        assert "移交市人社局，限期不变" in driver.text
        await driver.press("ctrl+s")
        assert "被点名的月份不承继" in driver.text
        await driver.press("y")
        assert not isinstance(driver.app.screen, OperationDialog)
        assert "市教体局" not in _names(driver)
    assert _page(city, "市人社局").forerunners == ("市教体局",)
    assert _page(city, "市教体局").open == 0


async def test_hostile_names_are_only_names(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY, write=True) as session:
        for number, name in enumerate(HOSTILE):
            perform(session, "unit.add", {"unit": name, "order": -9 + number, "head": name})
    async with drive(city, (120, 40), read_only=True) as driver:
        await driver.press("f10")
        assert "[/]局[b]甲[/b]" in driver.text
        for width, height in ((120, 40), (200, 60), (100, 30)):
            await driver.pilot.resize_terminal(width, height)
            await driver.press("down")
            assert not [line for line in driver.lines if cell_len(line) != width]
            assert "\x1b" not in driver.text and "\x07" not in driver.text
        await driver.press("enter", "end", "f6")
        assert "只读" in driver.toasts and "\x1b" not in driver.text


async def test_a_page_read_again_first_tells_the_old_name_still(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f10", "down")
        page = driver.app.screen
        await driver.app.run_action("operate('unit.rename')", page)
        await driver.settle()
        assert driver.app.screen is not page
        with Session(city, TODAY, write=True) as session:
            record = perform(session, "unit.rename", {"unit": "市教育局", "name": "市教体局"})
        page.reload()
        await driver.settle()
        assert page.sheet.page.unit.name == "市教体局"
        told = page.told(Written("unit.rename", record, (), ()))
        assert told.startswith("已更名：市教育局 → 市教体局")
