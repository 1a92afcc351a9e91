"""Many issues at once, and issues that others change meanwhile: by real keys on real ledgers."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from openpyxl import load_workbook
from rich.cells import cell_len
from textual.widgets import Input, TextArea

from screens.dialogs.many import ChooseManyDialog, ManyDialog
from screens.dialogs.many_outcomes import OutcomesDialog
from screens.dialogs.operation import OperationDialog
from screens.widgets.marked_list import MarkedList
from screens.widgets.record_list import RecordList
from supervise.services import issue_records
from supervise.services.session import Session
from supervise.services.work import perform, step, working
from tests.screens.conftest import REST
from tests.screens.waiting import LONGEST

TODAY = date(2024, 12, 31)


def _do(path: Path, op: str, **values: object) -> None:
    """Do something as another process would."""
    with Session(path, TODAY, recorder="别处的人", write=True) as session:
        perform(session, op, values)


def _issue(path: Path, code: object) -> dict[str, object]:
    with Session(path, TODAY) as session:
        return issue_records.shown(session, str(code))


def _ops(path: Path, codes: Sequence[object]) -> list[str]:
    return [str(_issue(path, code)["events"][-1]["op"]) for code in codes]  # type: ignore[index]


def _flat(driver) -> str:  # type: ignore[no-untyped-def]
    """The screen's words without blanks, frames and line ends."""
    lines = (line.split("│")[1] for line in driver.lines if line.count("│") >= 2)
    return "".join("".join(lines).split())


async def _choose(driver, name: str) -> None:  # type: ignore[no-untyped-def]
    """Take a step in the list of steps by its name."""
    steps = driver.query("#steps", object)
    places = [choice.op.name for choice in steps._choices]
    await driver.press("home", *["down"] * places.index(name), "enter")


async def test_marking_by_keys_and_mouse(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3", "ctrl+x")
        assert "还没有标记" in driver.toasts
        issues = driver.query("#issues", MarkedList)
        codes = [row["code"] for row in issues.rows_at_hand()]
        await driver.press("space", "down", "insert")
        assert issues.marks == (codes[0], codes[2]) and issues.cursor == 3
        assert "已选 2 件" in driver.text
        assert sum(line.count("选 JM-2024") for line in driver.lines) == 2
        await driver.press("down", "ctrl+b")
        assert set(issues.marks) == {codes[0], *codes[2:5]}
        await driver.press("home", "space")
        assert codes[0] not in issues.marks
        await driver.press("ctrl+u", "end", "shift+up", "shift+up")
        assert set(issues.marks) == set(codes[-3:])
        # Marks are of issues, not of rows: another order, another list, and they are still there.
        await driver.press("ctrl+s", "f9")
        await driver.type("不便(2)")
        await driver.press("enter")
        assert "已选 3 件" in driver.text
        await driver.press("ctrl+a")
        found = {row["code"] for row in issues.rows_at_hand()}
        assert set(issues.marks) == found | set(codes[-3:]) and 0 < len(found) < 15
        await driver.press("escape", "ctrl+u")
        assert "已选" not in driver.text
        await driver.pilot.click("#issues", offset=(1, 4))
        await driver.pilot.click("#issues", offset=(30, 7), shift=True)
        await driver.settle()
        assert issues.mark_count == 4
        await driver.pilot.click("#issues", offset=(1, 1))
        await driver.settle()
        assert issues.mark_count == 0


async def test_one_step_on_many_seen_done_and_kept(city: Path, drive, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3", "ctrl+a")
        issues = driver.query("#issues", MarkedList)
        codes, total = issues.marks, issues.total
        assert len(codes) == total
        await driver.press("f6")
        assert isinstance(driver.app.screen, ChooseManyDialog)
        assert "18 件可办，12 件不能" in driver.text
        await _choose(driver, "issue.transfer")
        assert isinstance(driver.app.screen, ManyDialog)
        await driver.type("东宝区")
        driver.query("#field-reason #entry", TextArea).focus()
        await driver.type("职责调整")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, OutcomesDialog)
        assert "可办 13 件，不能办 17 件" in driver.text
        assert "不能转办：事项" in driver.text and "仍在" in driver.text
        # Back to what was typed, and again.
        await driver.press("escape")
        assert driver.query("#field-unit #entry", Input).value == "东宝区"
        await driver.press("ctrl+s")
        assert _ops(city, codes).count("issue.transfer") == 0
        await driver.press("ctrl+s")
        assert "已转办 13 件，没有办 17 件" in driver.text
        assert _ops(city, codes).count("issue.transfer") == 13
        await driver.pilot.click("#export")
        await driver.settle()
        path = driver.query("#path", Input)
        path.value = str(tmp_path / "结果.xlsx")
        await driver.press("enter")
        sheet = load_workbook(tmp_path / "结果.xlsx").active
        rows = list(sheet.iter_rows(values_only=True))
        done = [row for row in rows if "已办" in row]
        assert len(done) == 13 and len([row for row in rows if "未办" in row]) == 17
        assert all(_issue(city, row[0])["unit"] == "东宝区" for row in done)
        await driver.press("ctrl+s")
        assert not isinstance(driver.app.screen, (OutcomesDialog, ManyDialog))
        assert "已转办 13 件" in driver.toasts
        assert driver.query("#issues", MarkedList).marks == codes


async def test_many_that_changed_meanwhile_are_all_left_alone(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3", "space", "space", "space")
        codes = driver.query("#issues", MarkedList).marks
        await driver.press("ctrl+x")
        await _choose(driver, "issue.terminate")
        await driver.type("企业注销")
        await driver.press("ctrl+s")
        _do(city, "issue.escalate", issue=codes[1], level="分管市领导")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, OutcomesDialog)
        flat = _flat(driver)
        assert "一件也没有办" in flat and "别处的人于2024-12-31提级" in flat
        assert "issue.terminate" not in _ops(city, codes)
        # What is shown now is as it is now: a second word carries it out.
        assert "3 件都可办" in driver.text
        await driver.press("ctrl+s", "ctrl+s")
        assert set(_ops(city, codes)) == {"issue.terminate"}
        assert "恢复" in driver.toasts or not isinstance(driver.app.screen, OutcomesDialog)


async def test_it_can_be_stopped_before_it_is_kept(hostile_city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    city = hostile_city
    async with drive(city, (80, 24)) as driver:
        await driver.press("f3", "shift+end")
        codes = driver.query("#issues", MarkedList).marks
        await driver.press("f6")
        await _choose(driver, "issue.correct")
        await driver.type("经办人")
        driver.query("#field-value #entry", Input).focus()
        await driver.type("钱某")
        driver.query("#field-reason #entry", TextArea).focus()
        await driver.type("移交")
        await driver.press("ctrl+s")
        assert "14 件都可办" in driver.text and len(codes) == 14
        for _ in codes:
            assert all(cell_len(line) == 80 for line in driver.lines)
            assert "\x1b" not in driver.text and "\u202e" not in driver.text
            await driver.press("down")
        # Somebody else is writing, so that it can't be done before it is stopped.
        with Session(city, TODAY, write=True) as other:
            other.conn.execute("BEGIN IMMEDIATE")
            await driver.pilot.press("ctrl+s", "escape")
            other.conn.execute("ROLLBACK")
        await driver.settle()
        assert "已停下，台账未变" in driver.text
        assert "issue.correct" not in _ops(city, codes)
        await driver.press("ctrl+s", "ctrl+s")
        assert set(_ops(city, codes)) == {"issue.correct"}


async def test_a_step_on_an_issue_that_changed_meanwhile(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3")
        code = driver.query("#issues", MarkedList).record["code"]
        await driver.app.run_action("operate('issue.urge')", driver.app.screen)
        await driver.settle()
        driver.query("#field-note #entry", TextArea).focus()
        await driver.type("请尽快")
        _do(city, "issue.sign", issue=code, by="市住建局")
        driver.app.check_changes()
        await driver.settle()
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, OperationDialog)
        assert "市住建局于2024-12-31签收，别处的人录入" in _flat(driver)
        assert driver.query("#field-note #entry", TextArea).text == "请尽快"
        assert "仍要办理 Ctrl+S" in driver.text
        assert _ops(city, [code]) == ["issue.sign"]
        await driver.press("ctrl+s")
        assert _ops(city, [code]) == ["issue.urge"]
        # Our own steps are no surprise to us.
        await driver.app.run_action("operate('issue.urge')", driver.app.screen)
        await driver.settle()
        await driver.press("ctrl+s")
        assert not isinstance(driver.app.screen, OperationDialog)


async def test_changes_from_elsewhere_keep_the_place(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    """More rows come in above than a page holds: cursor, line, marks and typed text stay."""
    async with drive(city, (120, 30)) as driver:
        await driver.press("f3", *["ctrl+f9"] * 4, "end")
        issues = driver.query("#issues", MarkedList)
        assert "按发现倒序" in driver.text
        await driver.press("space", "up", "up", "f9")
        code, place = issues.record["code"], issues.cursor
        line = place - issues.scroll_offset.y
        with (
            Session(city, TODAY, recorder="别处的人", write=True) as session,
            working(session) as work,
        ):
            for number in range(130):
                step(work, "issue.add", {"title": f"新来的不便{number}"})
        driver.app.check_changes()
        await driver.settle()
        assert issues.record["code"] == code and issues.cursor == place + 130
        assert issues.cursor - issues.scroll_offset.y == line
        assert f"第 {place + 131:,} / 共" in driver.text and code in driver.text
        assert issues.mark_count == 1
        await driver.type("不便(1")
        found = issues.total
        _do(city, "issue.add", title="又来一件不便(1")
        # Nobody asks for it: the dashboard sees by itself that something changed.
        async with asyncio.timeout(LONGEST):
            while issues.total == found:
                await driver.pilot.pause(REST)
        assert issues.total == found + 1
        assert driver.query("#search", Input).value == "不便(1"


async def test_an_interview_that_changed_meanwhile(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY, recorder="别处的人", write=True) as session:
        found = perform(session, "interview.submit", {"unit": "市住建局"})
    async with drive(city) as driver:
        await driver.press("f5")
        interviews = driver.query("#interviews", RecordList)
        row = next(row for row in interviews.rows_at_hand() if row["id"] == found["id"])
        interviews.go_to(row["key"])
        await driver.settle()
        async with asyncio.timeout(10):
            while not driver.app.newest:  # the first look at the ledger's head
                await driver.pilot.pause(REST)
        await driver.settle()
        await driver.app.run_action("operate('interview.approve')", driver.app.screen)
        await driver.settle()
        _do(city, "interview.defer", unit=str(found["id"]), reason="出差")
        await driver.press("ctrl+s")
        assert "别处的人于2024-12-31暂缓约谈" in _flat(driver)
        await driver.press("ctrl+s")
        assert "已同意约谈" in driver.toasts


async def test_a_step_that_waits_for_another_program_says_so_and_stays(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3")
        code = driver.query("#issues", MarkedList).record["code"]
        await driver.app.run_action("operate('issue.correct')", driver.app.screen)
        await driver.settle()
        await driver.press("ctrl+s")
        assert "“栏目”必须填写" in driver.text and "（field）" not in driver.text
        await driver.press("escape")
        await driver.app.run_action("operate('issue.urge')", driver.app.screen)
        await driver.settle()
        with Session(city, TODAY, write=True) as other:
            other.conn.execute("BEGIN IMMEDIATE")
            await driver.pilot.press("ctrl+s")
            while "正在写入" not in driver.text:
                await driver.pilot.pause()
            await driver.pilot.press("escape")
            assert isinstance(driver.app.screen, OperationDialog)
            other.conn.execute("ROLLBACK")
        await driver.settle()
        assert not isinstance(driver.app.screen, OperationDialog)
        assert "已催办" in driver.toasts and _ops(city, [code]) == ["issue.urge"]
