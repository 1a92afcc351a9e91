"""调度, 批示件 and 回头看 by real keys: set up, pick, decide, answer, close; hostile words."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from screens.dialogs.confirm import Confirm
from screens.dialogs.operation import OperationDialog
from screens.issues import IssuesScreen
from screens.widgets.record_list import RecordList
from supervise.services import dispatch_records, instructions, revisits
from supervise.services.session import Session
from supervise.services.work import perform

TODAY = date(2024, 12, 31)
HOSTILE = "\x1b[31m[/]题[b]甲[/b][@click=app.quit]" + "长" * 80 + "\n👨‍👩‍👧"


def _do(path: Path, op: str, **values: Any) -> dict[str, Any]:
    with Session(path, TODAY, write=True) as session:
        return perform(session, op, values)


def _rows(driver, name: str) -> list[dict[str, Any]]:  # type: ignore[no-untyped-def]
    return list(driver.query(f"#{name}", RecordList).rows_at_hand())


async def _fill(driver, **texts: str) -> None:  # type: ignore[no-untyped-def]
    """Write into the fields of the open dialog, and do it."""
    assert isinstance(driver.app.screen, OperationDialog)
    for name, text in texts.items():
        driver.query(f"#field-{name} #entry", object).focus()
        await driver.settle()
        await driver.type(text)
    await driver.press("ctrl+s")


async def test_a_meeting_from_the_first_pick_to_the_answer(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    held = date(2024, 12, 13)
    _do(city, "dispatch.open", tier="优化办", theme="点题", held_on=held, on=held)
    async with drive(city, (160, 48)) as driver:
        await driver.press("ctrl+f6")
        meetings = driver.query("#meetings", RecordList)
        states = {(one["tier"], one["status"]) for one in _rows(driver, "meetings")}
        assert {("优化办", "missed"), ("分管市领导", "due"), ("主要领导", "due")} <= states
        assert meetings.has_focus and "应开未开" in driver.text and "超期" in driver.text
        proposed = len(_rows(driver, "agenda"))
        assert proposed > 5  # a meeting still to be held: what it would look at

        meetings.go_to(next(one["key"] for one in _rows(driver, "meetings")
                            if (one["tier"], one["status"]) == ("分管市领导", "due")))  # fmt: skip
        await driver.settle()
        await driver.press("f8")
        await _fill(driver, theme="十二月 ", leader="李副市长")
        assert meetings.record["id"] == 2 and meetings.record["theme"] == "十二月"

        await driver.press("enter", "down", "f7")
        code = driver.app.screen.query_one("#field-issue #entry").value
        await _fill(driver, reason="反映强烈")
        first = _rows(driver, "agenda")[0]
        assert (first["issue"], first["status"], first["no"]) == (code, "picked", 1)
        await driver.press("ctrl+b")
        assert isinstance(driver.app.screen, Confirm) and "全部列入" in driver.text
        await driver.press("escape", "home", "f9")
        await _fill(driver, text="三日内办结", due_on="+3wd")
        (made,) = _rows(driver, "decisions")
        assert (made["issue"], made["due_on"], made["status"]) == (code, "2025-01-06", "open")
        assert "未回告" in driver.text

        await driver.press("ctrl+right", "ctrl+a")
        await _fill(driver, text=HOSTILE.replace("\n", " ").replace("\x1b", ""))
        assert _rows(driver, "decisions")[0]["status"] == "answered"
        assert "[b]甲[/b][@click=app.quit]" in driver.text
        await driver.press("ctrl+e")
        await _fill(driver)
        assert meetings.record["status"] == "closed"
        await driver.press("f9")
        assert "须在“进行中”时办理" in driver.toasts
        await driver.press("ctrl+t")
        assert "调度议题和议定事项" in driver.text
        await driver.press("escape")
        # What was said lies over the detail for some seconds.
        driver.app.clear_notifications()
        await driver.press("ctrl+right", "ctrl+right", "enter")
        assert isinstance(driver.app.screen, IssuesScreen)
        assert "调度  2024-12-31 分管市领导" in driver.text
    with Session(city, TODAY) as session:
        (record,) = dispatch_records.decisions(session)
        assert record["answered_on"] == "2024-12-31" and record["tier"] == "分管市领导"


async def test_instructions_on_a_small_terminal(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY) as session:
        code = session.conn.execute("SELECT code FROM issue ORDER BY id").fetchone()[0]
    _do(city, "instruction.add", leader="王市长", gist=HOSTILE, issue=code, ref="收1号",
        report_by=date(2024, 12, 20), on=date(2024, 12, 2))  # fmt: skip
    async with drive(city, (80, 24)) as driver:
        figures = driver.query("#figures", RecordList)
        figures.go_to("instructions")
        await driver.press("enter")
        assert driver.app.current_mode == "instructions"
        assert "逾期未报结 1" in driver.text and "\x1b" not in driver.text
        assert "[/]题[b]甲" in driver.text
        await driver.press("f9")
        assert "还没有报结" in driver.toasts
        await driver.press("f8")
        await _fill(driver, leader="李副市长", gist="请核实", report_by="2025-01-10")
        assert len(_rows(driver, "instructions")) == 2
        await driver.press("home", "f7")
        await _fill(driver, text="已督促整改")
        await driver.press("ctrl+left")
        done = next(one for one in _rows(driver, "instructions") if one["id"] == 1)
        assert done["answer"] == "已督促整改" and "批示件 1：已报结" in driver.toasts
        driver.query("#instructions", RecordList).go_to(1)
        await driver.press("enter")
        assert isinstance(driver.app.screen, IssuesScreen)
        assert driver.app.screen.shown["code"] == code
        assert driver.app.screen.shown["instructions"][0]["id"] == 1
    with Session(city, TODAY) as session:
        assert [one["status"] for one in instructions.listing(session)] == ["open", "answered"]


async def test_a_plan_of_revisits_and_its_results(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY) as session:
        handed = [row[0] for row in session.conn.execute(
            "SELECT code FROM issue WHERE stage = 'review' ORDER BY id")]  # fmt: skip
    for code in handed[:4]:
        for op, more in (
            ("pass", {"by": "复核员"}),
            ("feedback", {"satisfaction": "无诉求人"}),
            ("close", {"by": "批准人"}),
        ):
            _do(city, f"issue.{op}", issue=code, on=TODAY, **more)
    async with drive(city, (80, 24)) as driver:
        await driver.press("ctrl+f8", "f8")
        await _fill(driver, period="2024-12", size="2", seed="7")
        assert "已安排回头看 2 件（共 4 件，种子 7）" in driver.toasts
        drawn = [one["issue"] for one in _rows(driver, "revisits")]
        assert len(drawn) == 2 and "从 4 件中抽 2 件，种子 7" in driver.text
        await driver.press("f7")
        select = driver.app.screen.query_one("#field-result #entry")
        select.value = "反弹"
        await driver.press("ctrl+s")
        assert [one["issue"] for one in _rows(driver, "revisits")] == drawn[1:]
        assert f"{drawn[0]} 反弹" in driver.toasts
        await driver.press("ctrl+right")
        assert "反弹 1" in driver.text and driver.query("#revisits", RecordList).total == 1
        await driver.press("f9")
        await _fill(driver, reason="又反弹了")
        assert "反弹，已重办" in driver.text
        await driver.press("f3")
        assert driver.app.current_mode == "issues"
        await driver.app.open_list("issues", "to-revisit")
        await driver.settle()
        assert [one["code"] for one in _rows(driver, "issues")] == drawn[1:]
    with Session(city, TODAY) as session:
        assert [one["result"] for one in revisits.listing(session)] == ["反弹", "未查"]
