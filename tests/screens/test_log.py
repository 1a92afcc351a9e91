"""操作记录 and 期限日程 by real keys."""

from __future__ import annotations

from pathlib import Path

from rich.cells import cell_len
from textual.widgets import Input

from screens.dialogs.log_filter import LogFilterDialog
from screens.widgets.record_list import RecordList
from supervise.services import changes
from supervise.services.session import Session
from tests.screens.conftest import TODAY


async def test_the_log_is_searched_narrowed_and_leads_to_its_subjects(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY) as session:
        head = changes.head(session)
    async with drive(city) as driver:
        await driver.press("ctrl+g")
        rows = driver.query("#events", RecordList)
        assert rows.total == head and rows.record["seq"] == head
        await driver.press("f7")
        assert isinstance(driver.app.screen, LogFilterDialog)
        await driver.type("没有这步")
        await driver.press("ctrl+s")
        assert "没有“没有这步”这种操作" in driver.text
        await driver.press("ctrl+x")
        await driver.type("交办")
        await driver.press("ctrl+s")
        assert {row["op"] for row in rows.rows_at_hand()} == {"issue.assign"}
        assert "操作 交办" in driver.text and "限期" in driver.text
        code = rows.record["subject"]
        await driver.press("f8")
        assert {row["subject"] for row in rows.rows_at_hand()} == {code} and rows.total >= 3
        await driver.press("end", "enter")
        assert driver.app.current_mode == "issues" and code in driver.lines[1]
        await driver.press("ctrl+backslash")
        assert driver.app.current_mode == "log" and f"对象 {code}" in driver.text
        await driver.press("ctrl+u", "f9")
        await driver.type("企业反映")
        await driver.pilot.pause(0.2)
        await driver.press("enter")
        assert rows.has_focus and 0 < rows.total < head
        assert driver.query("#search", Input).value == "企业反映"
        await driver.press("escape", "end")
        assert rows.total == head and rows.record["seq"] == 1
        await driver.press("f6")
        assert "第1号" in driver.lines[1] and "（首条）" in driver.text
        for size in ((80, 24), (200, 60)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            assert "（首条）" in driver.text
            assert all(cell_len(line) == size[0] for line in driver.lines)


async def test_a_month_of_deadlines_day_by_day(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("ctrl+l")
        days = driver.query("#days", RecordList)
        assert days.total == 31 and days.record["today"] == "今天"
        assert "今天" in driver.text and "休息日" in driver.text
        await driver.press("enter", "enter")
        assert driver.app.current_mode == "notices" and "2024-12" in driver.lines[1]
        await driver.press("ctrl+l", "f6", "f6", "f6")
        assert "2024年9月" in driver.text and "调休上班" in driver.text and "中秋节" in driver.text
        due = next(row for row in days.rows_at_hand() if row["due"])
        days.go_to(due["day"])
        await driver.settle()
        assert f"{due['due']} 件" in driver.text
        await driver.press("f9")
        assert driver.app.current_mode == "issues"
        assert driver.query("#issues", RecordList).total == due["due"]
        assert f"{due['day']} 到期" in driver.lines[1]
        await driver.press("ctrl+l", "f8")
        assert days.record["day"] == "2024-12-31"
        await driver.press("ctrl+left")
        assert "2024年11月" in driver.text
        await driver.app.open_list("deadlines", "2027-02")
        await driver.settle()
        assert "2027年" in driver.text and "暂定" in driver.text
        for size in ((80, 24), (200, 60)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            assert "2027-" in driver.text
            assert all(cell_len(line) == size[0] for line in driver.lines)
