"""任务 and 定期报送 driven by real keys: read, narrowed, reported on, waived; hostile titles."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from rich.cells import cell_len
from textual._xterm_parser import XTermParser

from screens.dialogs.operation import OperationDialog
from screens.dialogs.text import TextDialog
from screens.widgets.duty_grid import DutyGrid
from screens.widgets.record_list import RecordList
from supervise.services import duty_records, task_import, task_records
from supervise.services.session import Session
from supervise.services.work import perform
from tests.screens.conftest import HOSTILE

TODAY = date(2024, 12, 31)


def _sheet(driver) -> str:  # type: ignore[no-untyped-def]
    rows = driver.query("#sheet", RecordList).rows_at_hand()
    return "\n".join(f"{row['part']} {row['when']} {row['words']}" for row in rows)


async def test_tasks_are_read_narrowed_and_reported_on(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (160, 48)) as driver:
        await driver.press("ctrl+f2")
        tasks = driver.query("#tasks", RecordList)
        assert tasks.total == 0 and "导入样例" in driver.text
        await driver.press("ctrl+d")
        assert "不能一并撤回" in driver.text and tasks.total == 0
        await driver.press("y")
        assert tasks.total == 45 and "征求意见稿样例" in driver.toasts
        assert "法治化建设升级" in driver.text and "黄灯" in driver.text
        await driver.press("ctrl+d")
        assert "已有任务" in driver.toasts and tasks.total == 45
        # The action of finance, its first task, the promised target of lending.
        await driver.press("f7", *["down"] * 11, "enter")
        assert tasks.total == 5 and tasks.record["task"] == "37"
        assert "确保≥12%" in _sheet(driver) and "力争≥50亿元" in _sheet(driver)
        await driver.press("enter", *["down"] * 5)
        assert "全市贷款投放" in driver.query("#sheet", RecordList).record["words"]
        assert "任务 37" in driver.text  # where one is
        await driver.press("enter")
        assert isinstance(driver.app.screen, OperationDialog)
        assert "全市贷款投放同比增长" in driver.text and "2024-12" in driver.text
        await driver.press("tab", "tab")
        await driver.type("123")
        await driver.press("tab")
        await driver.type("1000")
        await driver.press("ctrl+s")
        assert "12.3%（123/1000），绿 已达到" in _sheet(driver)
        await driver.press("escape", "f9", "ctrl+s")  # the task as a whole: a warning, not a no
        assert "还有指标没有达到" in driver.toasts and tasks.record["light_why"] == "已完成"
        await driver.press("f9")
        assert "已完成" in driver.toasts.splitlines()[-1]
        with Session(city, TODAY) as session:
            assert task_records.shown(session, "37")["status"] == "done"


async def test_the_grid_of_duties_is_walked_reported_and_waived(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY, write=True) as session:
        task_import.run(session, None)
        kinds = {"every": "month", "day": 5, "owed_by": "市直部门"}
        rule = {"from_on": date(2024, 10, 1), "on": date(2024, 10, 1)}
        perform(session, "duty.add", {"duty": "每月进展", **kinds, **rule})
        for number, title in enumerate(HOSTILE):
            perform(session, "task.add", {"task": f"H{number}", "title": title, "action": title})
            name = title[:40].replace("\n", " ")
            perform(session, "duty.add", {"duty": name, "every": "week", "owed_by": "市教育局"})
        owed = duty_records.listing(session, "每月进展", state="overdue")
    async with drive(city, (80, 24)) as driver:
        rows = driver.query("#figures", RecordList).rows_at_hand()
        keys = [row["key"] for row in rows]
        assert "tasks-late" in keys and "reports-late" in keys
        await driver.press("ctrl+f3")
        grid = driver.query("#grid", DutyGrid)
        assert driver.query("#duties", RecordList).record["overdue"] == len(owed)
        assert grid.report["period"] == "2025-01" and grid.report["state"] == "pending"
        await driver.press("left")
        assert grid.report["period"] == "2024-12" and "逾期 26 天" in driver.text
        await driver.press("f8", "ctrl+s")
        assert "市住建局 12月：已报" in driver.toasts and grid.report["state"] == "submitted"
        assert "迟报" in driver.text
        await driver.press("f9")
        assert "已于 2024-12-31 报来" in driver.toasts
        await driver.press("down", "f9")
        await driver.type("机构改革")
        await driver.press("ctrl+s")
        assert grid.report["state"] == "waived" and grid.report["reason"] == "机构改革"
        await driver.press("enter")
        assert isinstance(driver.app.screen, TextDialog) and "机构改革" in driver.text
        await driver.press("escape", "ctrl+t")
        assert "报送情况：每月进展" in driver.text
        await driver.press("escape")
        for _ in HOSTILE:
            await driver.press("f7")
            assert all(cell_len(line) == 80 and "\x1b" not in line for line in driver.lines)
        await driver.press("ctrl+f2", "end")
        assert all(cell_len(line) == 80 and "\x1b" not in line for line in driver.lines)
        await driver.press("f7", "end", "enter", "enter")
        assert all(cell_len(line) == 80 for line in driver.lines)


async def test_a_read_only_ledger_shows_both_and_offers_no_steps(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY, write=True) as session:
        task_import.run(session, None)
    async with drive(city, read_only=True) as driver:
        await driver.press("ctrl+f2", "f8")
        assert "只读" in driver.toasts and driver.query("#tasks", RecordList).total == 45
        # Ctrl+F3 as terminals that follow xterm send it; the parser takes it for a place.
        for event in XTermParser().feed("\x1b[1;5R"):
            driver.app.post_message(event)
        await driver.press("f6")
        assert "还没有定期报送" in driver.text and driver.toasts.count("只读") == 2


async def test_a_step_done_late_is_told_by_its_own_name_and_lateness(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY, write=True) as session:
        on = {"task": "1", "on": date(2024, 10, 1)}
        perform(session, "task.add", {**on, "title": "管网改造"})
        perform(session, "task.milestone", {**on, "milestone": "方案", "due_on": TODAY})
        perform(
            session, "task.milestone", {**on, "milestone": "通水", "due_on": date(2024, 11, 15)}
        )
    async with drive(city, (120, 40)) as driver:
        await driver.press("ctrl+f2", "enter", *["down"] * 3, "f9")
        assert "通水" in driver.text
        await driver.press("ctrl+s")
        said = driver.toasts.splitlines()[-1]
        assert "已记完成：任务 1“通水”，已完成，迟46天" in said
