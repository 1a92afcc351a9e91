"""操作记录 and 期限日程 by real keys."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from rich.cells import cell_len
from textual.widgets import Input

from screens.dialogs.log_filter import LogFilterDialog
from screens.log_parts import told
from screens.widgets.duty_grid import DutyGrid
from screens.widgets.record_list import RecordList
from supervise.services import changes, event_log
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


def test_every_event_is_told_in_the_words_of_the_office(demo_ledger: Path) -> None:
    with Session(demo_ledger, TODAY) as session:
        found, page = event_log.chosen(session, event_log.EVERYTHING), 500
        rows = [
            row
            for offset in range(0, event_log.count(session, found), page)
            for row in event_log.rows(session, found, offset, page)
        ]
        one_of_each = {row["op"]: row["seq"] for row in rows}
        assert len(one_of_each) > 50
        for op, seq in one_of_each.items():
            for line in told(event_log.entry(session, seq)).plain.splitlines():
                assert not re.match(r"[a-z_]+  ", line), (op, line)


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


# A kind of deadline, a day that has one in the demo ledger, the page it opens.
OPENED = (
    ("办文环节", "2024-12-30", "sheets"),
    ("定期报送", "2024-12-05", "duties"),
    ("调度", "2024-12-27", "dispatch"),
    ("议定事项", "2024-12-30", "dispatch"),
    ("批示报结", "2024-12-10", "instructions"),
    ("书面说明", "2024-12-11", "notices"),
    ("任务节点", "2024-12-31", "tasks"),
)


async def test_every_kind_of_deadline_opens_its_own_record(  # type: ignore[no-untyped-def]
    demo_ledger: Path, ledger_path: Path, drive
) -> None:
    shutil.copy(demo_ledger, ledger_path)
    async with drive(ledger_path) as driver:
        await driver.press("ctrl+l")
        days, items = driver.query("#days", RecordList), driver.query("#items", RecordList)
        every = sum(len(row["items"]) for row in days.rows_at_hand())
        for kind, day, mode in OPENED:
            for _ in range(12):
                if f"只看{kind}" in driver.text:
                    break
                await driver.press("f")
            assert {one.kind for row in days.rows_at_hand() for one in row["items"]} == {kind}
            days.go_to(day)
            await driver.settle()
            await driver.press("enter")
            chosen = items.record
            assert items.has_focus and chosen["kind"] == kind
            await driver.press("enter")
            assert driver.app.current_mode == mode
            assert _stands_on(driver, mode, chosen["target"]), chosen["target"]
            await driver.press("ctrl+l", "escape")
        await driver.press("escape")
        assert "到期未交" in driver.text
        assert sum(len(row["items"]) for row in days.rows_at_hand()) == every


def _stands_on(driver, mode: str, target: str) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether the page that was opened has its cursor on the record a target names."""
    kind, _, key = target.partition(":")
    if mode == "duties":
        report = driver.query("#grid", DutyGrid).report
        return f"{report['period']}:{report['duty']}" == key and report["state"] == "overdue"
    if kind == "decision":
        return bool(driver.query("#decisions", RecordList).record["id"] == key)
    if kind == "due":
        record = driver.query("#meetings", RecordList).record
        return target == f"due:{record['due_on']}:{record['tier']}:{record['unit'] or ''}"
    if kind == "explanation":
        owed = driver.query("#owed", RecordList)
        month = driver.query("#months", RecordList).record["period"]
        return owed.has_focus and f"{month}:{owed.record['unit']}" == key
    if mode == "instructions":
        return bool(driver.app.screen.lines.record["id"] == int(key))
    names = {"sheets": ("#months", "period"), "tasks": ("#tasks", "task")}
    place, name = names[mode]
    return str(driver.query(place, RecordList).record[name]) == key
