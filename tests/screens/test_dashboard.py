"""The dashboard driven by real keys on real ledgers."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Input, TextArea

from screens.dialogs.choose import ChooseDialog
from screens.dialogs.operation import OperationDialog
from screens.widgets.record_list import RecordList
from screens.widgets.top_bar import AreaTab
from supervise.services import issue_records, windows
from supervise.services.session import Session
from supervise.services.work import perform

TODAY = date(2024, 12, 31)
SIZES = [(80, 24), (120, 40), (160, 48)]


def _issue(path: Path, code: str) -> dict[str, object]:
    with Session(path, TODAY) as session:
        return issue_records.shown(session, code)


def _figure(driver, key: str) -> int:  # type: ignore[no-untyped-def]
    rows = driver.query("#figures", RecordList).rows_at_hand()
    return next(row["figure"].count for row in rows if row["key"] == key)


async def test_overview_counts_what_the_lists_hold(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY) as session:
        late = windows.count(session, windows.view(session, "overdue"))
    async with drive(city) as driver:
        assert _figure(driver, "overdue") == late > 0
        assert _figure(driver, "interviews-proposed") > 0
        assert "未拟稿" in driver.text
        assert "研判" not in driver.text
        await driver.press("enter")
        assert driver.app.current_mode == "issues"
        assert driver.query("#issues", RecordList).total == late


@pytest.mark.parametrize("size", SIZES)
async def test_every_area_opens_at_every_size(city: Path, drive, size: tuple[int, int]) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, size) as driver:
        for key, words in (("f3", "未办结"), ("f4", "2024-11"), ("f5", "拟提请"), ("f2", "待办")):
            await driver.press(key)
            assert words in driver.text
            assert len(driver.lines) == size[1]
            assert all(cell_len(line) == size[0] for line in driver.lines)
            assert "帮助" in driver.lines[-1] and "退出" in driver.lines[-1]


async def test_text_from_outside_is_only_text(hostile_city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(hostile_city, (160, 48)) as driver:
        for key in ("f3", "f4", "f5"):
            await driver.press(key)
            assert all(cell_len(line) == 160 for line in driver.lines)
            assert "\x1b" not in driver.text and "\u202e" not in driver.text
        await driver.press("f3")
        assert "[/]见附件[b]" in driver.text and "[@click=app" in driver.text
        await driver.press(*["down"] * 12, "f6", "escape", "enter", "escape")


async def test_one_issue_goes_round_the_loop_by_keys(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3", "f8")
        assert isinstance(driver.app.screen, OperationDialog)
        await driver.type("施工许可办理慢")
        await driver.press("enter")
        assert "施工许可办理慢" in driver.text
        code = str(driver.query("#issues", RecordList).record["code"])

        async def do(name: str, **values: str) -> None:
            await driver.app.run_action(f"operate('{name}')", driver.app.screen)
            await driver.settle()
            for field, value in values.items():
                entry = driver.query(f"#field-{field} #entry", Input | TextArea)
                entry.focus()
                await driver.type(value)
            await driver.press("ctrl+s")
            assert not isinstance(driver.app.screen, OperationDialog), driver.text

        await do("issue.accept")
        await do("issue.assign", unit="市住建局")
        assert _issue(city, code)["stage"] == "rectify"
        await do("issue.sign")
        await do("issue.submit", measures="已压减环节", by="张三")
        await do("issue.pass", by="王五")
        await driver.app.run_action("operate('issue.close')", driver.app.screen)
        await driver.settle()
        assert "尚未记录回访结果" in driver.toasts
        assert not isinstance(driver.app.screen, OperationDialog)
        with Session(city, TODAY, write=True) as session:
            perform(session, "issue.feedback", {"issue": code, "satisfaction": "无诉求人"})
        driver.app.check_changes()
        await driver.settle()
        await do("issue.close", by="赵六")
        assert _issue(city, code)["stage"] == "closed"
        assert "【销号】" in driver.text


async def test_refusal_keeps_what_was_typed(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3")
        await driver.app.run_action("operate('issue.urge')", driver.app.screen)
        await driver.settle()
        await driver.type("2025-03-01")
        assert "2025-03-01 周六" in driver.text
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, OperationDialog)
        assert "晚于今天" in driver.text and "2025-03-01" in driver.text
        await driver.press("escape")
        assert not isinstance(driver.app.screen, OperationDialog)


async def test_fields_are_checked_while_typing(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3")
        await driver.app.run_action("operate('issue.extend')", driver.app.screen)
        await driver.settle()
        await driver.type("不是日期")
        assert driver.query("#field-due_on .hint", object).has_class("-wrong")
        await driver.press("ctrl+s")
        assert driver.query("#error", object).has_class("-shown")


async def test_units_are_offered_by_part_and_by_pinyin(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3")
        await driver.app.run_action("operate('issue.transfer')", driver.app.screen)
        await driver.settle()
        await driver.type("szj")
        await driver.press("down", "enter")
        assert driver.query("#field-unit #entry", Input).value == "市住建局"


async def test_search_filter_sort_and_back(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (80, 24)) as driver:
        await driver.press("f3", "f9")
        await driver.type("不便(7)")
        issues = driver.query("#issues", RecordList)
        await driver.press("enter")
        assert issues.total == 1 and issues.has_focus
        await driver.press("escape")
        assert issues.total > 20
        await driver.press("ctrl+left", "end")
        assert "其他办结" in driver.text
        await driver.press("home", "enter")
        assert issues.total == 30
        await driver.press("ctrl+f9")
        assert "按限期" in driver.text
        await driver.press("end")
        assert "第 30 / 共 30 件" in driver.text
        await driver.press("enter")
        assert "现在可办" in driver.text
        await driver.press("escape")
        assert issues.has_focus


async def test_mouse_opens_and_scrolls(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (160, 30)) as driver:
        await driver.press("f3")
        issues = driver.query("#issues", RecordList)
        await driver.pilot.click("#issues", offset=(10, 6))
        await driver.settle()
        assert issues.cursor == 4
        assert str(issues.record["code"]) in driver.text


async def test_change_by_another_process_shows_and_keeps_the_place(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3", "down", "down", "down")
        issues = driver.query("#issues", RecordList)
        code, place = issues.record["code"], issues.cursor
        with Session(city, TODAY, write=True) as session:
            first = next(iter(issues.rows_at_hand()))["code"]
            perform(session, "issue.terminate", {"issue": first, "reason": "企业注销"})
        driver.app.check_changes()
        await driver.settle()
        assert issues.record["code"] == code
        assert issues.cursor == place - 1


async def test_a_step_is_about_the_issue_under_the_cursor(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3")
        issues = driver.query("#issues", RecordList)
        # All at once: nothing is read between the keys.
        await driver.pilot.press("down", "down", "down", "f6")
        await driver.settle()
        code = issues.record["code"]
        assert isinstance(driver.app.screen, ChooseDialog)
        assert str(code) in driver.lines[2] and "现在" in driver.lines[2]
        with Session(city, TODAY, write=True) as session:
            perform(session, "issue.terminate", {"issue": code, "reason": "企业注销"})
        driver.app.check_changes()
        await driver.settle()
        await driver.press("enter")
        assert str(code) in driver.lines[2]


async def test_greyed_action_says_why(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3")
        await driver.app.run_action("operate('issue.pass')", driver.app.screen)
        await driver.settle()
        assert "不能复核通过" in driver.toasts
        await driver.press("f6")
        assert "须在发现时办理" in driver.text or "须在复核时办理" in driver.text


async def test_read_only_changes_nothing_and_hides_referrals(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, read_only=True) as driver:
        await driver.press("f3", "f8", "f6")
        assert not isinstance(driver.app.screen, OperationDialog)
        assert "只读" in driver.toasts
        await driver.press("f5", "f9")
        assert "只读方式不显示" in driver.toasts


async def test_notice_from_draft_to_issue(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (160, 48)) as driver:
        await driver.press("f4")
        assert "未拟稿" in driver.text
        await driver.press("f8", "ctrl+s")
        months = driver.query("#months", RecordList)
        assert months.record["status"] == "draft"
        assert "签发前七查" in driver.text and "【草稿】" in driver.text
        await driver.press("enter")
        unit = driver.query("#entries", RecordList).record["unit"]
        await driver.app.run_action("operate('notice.check')", driver.app.screen)
        await driver.settle()
        await driver.press("enter", "down", "enter", "ctrl+s")
        checked = driver.query("#entries", RecordList).record
        assert checked["unit"] == unit and checked["check"] is not None
        await driver.press("f7")
        assert "依据表" in driver.text
        await driver.app.run_action("operate('notice.issue')", driver.app.screen)
        await driver.settle()
        await driver.press("ctrl+s")
        assert "不能再改" in driver.text
        await driver.press("y")
        assert "不晚于截止日期" in driver.text
        await driver.press("escape")
        assert months.record["status"] == "draft"


async def test_interview_is_put_forward_and_held(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (160, 48)) as driver:
        await driver.press("f5")
        interviews = driver.query("#interviews", RecordList)
        unit = interviews.record["unit"]
        assert interviews.record["status"] == "proposed" and "关于提请约谈" in driver.text
        for op in ("submit", "approve", "schedule", "hold"):
            await driver.app.run_action(f"operate('interview.{op}')", driver.app.screen)
            await driver.settle()
            await driver.press("ctrl+s")
            row = next(row for row in interviews.rows_at_hand() if row["unit"] == unit)
            interviews.go_to(row["key"])
            await driver.settle()
        assert interviews.record["status"] == "held"
        await driver.press("enter", "enter")
        assert driver.app.current_mode == "issues"


async def test_help_palette_and_themes(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (80, 24)) as driver:
        await driver.press("f3", "f1")
        assert "本页：问题" in driver.text
        await driver.press("escape", "ctrl+p")
        await driver.type("催办")
        assert "催办" in driver.text
        await driver.press("escape", "f12")
        assert driver.app.theme == "supervise-light"


async def test_missing_ledger_is_said_in_a_sentence(tmp_path: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(tmp_path / "none.db") as driver:
        assert "没有找到台账" in driver.toasts


async def test_areas_and_stages_open_by_mouse(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        tab = list(driver.app.screen.query(AreaTab))[2]
        await driver.pilot.click(tab)
        await driver.settle()
        assert driver.app.current_mode == "notices"
        await driver.press("f2")
        await driver.pilot.click("#stage-review")
        await driver.settle()
        assert driver.app.current_mode == "issues"
        rows = driver.query("#issues", RecordList).rows_at_hand()
        assert {row["stage"] for row in rows} == {"review"}


async def test_referrals_have_a_page_of_their_own(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f5", "f9")
        assert "屡督不改研判提示" in driver.text
        await driver.press("f6", "escape")
        assert "屡督不改研判提示" not in driver.text


async def test_resizing_keeps_the_cursor_in_view(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (160, 48)) as driver:
        await driver.press("f3", "end")
        code = str(driver.query("#issues", RecordList).record["code"])
        for size in ((80, 24), (120, 40), (60, 15), (200, 60)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            assert code in driver.text
            assert all(cell_len(line) == size[0] for line in driver.lines)
