"""Dialogs leave room for what is typed, what is said of it, and the buttons, in any terminal."""

from __future__ import annotations

from pathlib import Path

from textual.containers import Vertical
from textual.widgets import Button, Input, OptionList, Static

from screens.dialogs.export import ExportDialog
from screens.dialogs.field_row import FieldRow
from screens.dialogs.fields import Fields
from screens.dialogs.operation import OperationDialog
from screens.widgets.record_list import RecordList


def _here(driver) -> FieldRow:  # type: ignore[no-untyped-def]
    rows: list[FieldRow] = list(driver.app.screen.query(FieldRow))
    return next(row for row in rows if row.has_focus_within)


def _seen(driver) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether the row typed into, its hint with it, and the buttons are on the screen."""
    body: Fields = driver.query("#body", Fields)
    button: Button = driver.query("#accept", Button)
    within = body.region.contains_region(_here(driver).region)
    return within and button.region.bottom < body.app.size.height


async def test_the_line_typed_into_and_its_message_are_always_in_view(  # type: ignore[no-untyped-def]
    city: Path, drive
) -> None:
    async with drive(city, (80, 24)) as driver:
        await driver.press("f3", "f8")
        assert isinstance(driver.app.screen, OperationDialog)
        # The line above the first that must be filled in is seen from the start.
        assert "编号，不填则自动编号" in driver.text and _here(driver).field.name == "title"
        count = len(driver.app.screen.query(FieldRow))
        gone_to = []
        for _ in range(count + 2):
            await driver.press("tab")
            if driver.app.screen.focused is None or not any(
                row.has_focus_within for row in driver.app.screen.query(FieldRow)
            ):
                continue
            gone_to.append(_here(driver).field.name)
            assert _seen(driver), gone_to[-1]
        assert len(set(gone_to)) == count

        # A date that can't be read: its message is below it, and both are seen; so they are once
        # the terminal is made lower, and while the dialog's own refusal takes lines at its top.
        row = driver.query("#field-on", FieldRow)
        row.entry.focus()
        await driver.type("后天的后天")
        assert _seen(driver) and row.query_one(".hint").has_class("-wrong")
        await driver.press("ctrl+s")
        assert _seen(driver)
        await driver.pilot.resize_terminal(60, 16)
        await driver.settle()
        assert _here(driver) is row and _seen(driver)


async def test_a_dialog_opened_at_once_stands_where_it_should(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (120, 40)) as driver:
        await driver.press("f8")
        frame = driver.query("#frame", Vertical).region
        assert frame.x == 120 - frame.right > 0
        assert driver.app.screen.styles.background.a < 1


async def test_a_button_stays_under_the_mouse_that_presses_it(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    """The field that has the focus is empty and must not be; being left, it would say so."""
    async with drive(city, (120, 40)) as driver:
        await driver.press("f8")
        row = _here(driver)
        assert row.field.required
        await driver.pilot.click("#cancel")
        await driver.settle()
        assert not driver.app.screen.is_modal
        await driver.press("f8")
        await driver.pilot.click("#accept")
        await driver.settle()
        assert driver.query("#error", Static).has_class("-shown") and _here(driver).field.required


async def test_papers_that_cannot_be_made_say_why_and_a_review_is_recorded_there(  # type: ignore[no-untyped-def]
    city: Path, drive, tmp_path: Path
) -> None:
    async with drive(city, (80, 24)) as driver:
        await driver.press("f3")
        code = str(driver.query("#issues", RecordList).record["code"])
        await driver.press("ctrl+t")
        papers = driver.query("#exports", OptionList)
        titles = [str(papers.get_option_at_index(n).prompt) for n in range(papers.option_count)]
        closing, exposure = (
            next(n for n, one in enumerate(titles) if one.startswith(title))
            for title in ("整改销号审批表", "曝光台案例")
        )

        # One of another stage: greyed, the whole reason below, and not written.
        await driver.press(*["down"] * closing)
        assert "须在“反馈、销号”时出具" in driver.text
        target = tmp_path / "表.docx"
        driver.query("#path", Input).value = str(target)
        await driver.press("ctrl+s")
        assert not target.exists() and isinstance(driver.app.screen, ExportDialog)
        await driver.press("f6")
        assert "不需要保密审查" in driver.text

        # One that becomes public: its review is recorded from here, then it can be made.
        await driver.press(*["down"] * (exposure - closing))
        assert "还没有保密审查记录" in driver.text and "supervise" not in driver.text
        await driver.press("f6")
        assert isinstance(driver.app.screen, OperationDialog) and code in driver.text
        await driver.press("enter", "down", "enter", "tab")
        await driver.type("王主任")
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, ExportDialog)
        assert f"已记保密审查：{code}，结论 可以公开" in driver.toasts
        assert "还没有保密审查记录" not in driver.text
        driver.query("#path", Input).value = str(target)
        await driver.press("ctrl+s")
        assert target.exists()

    async with drive(city, (80, 24), read_only=True) as driver:
        await driver.press("f3", "ctrl+t", *["down"] * exposure, "f6")
        assert "只读" in driver.text and isinstance(driver.app.screen, ExportDialog)


async def test_a_click_into_an_empty_line_shows_what_can_be_picked(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (120, 40)) as driver:
        await driver.press("f3")
        await driver.app.run_action("operate('issue.transfer')", driver.app.screen)
        await driver.settle()
        row = driver.query("#field-unit", FieldRow)
        await driver.pilot.click(row.entry)
        await driver.settle()
        picks = row.query_one(OptionList)
        assert picks.has_class("-shown") and row.entry.has_focus
        second = str(picks.get_option_at_index(1).prompt)
        await driver.pilot.click(picks, offset=(3, picks.gutter.top + 1))
        await driver.settle()
        assert row.value == second and not picks.has_class("-shown")


async def test_leaving_from_a_dialog_says_what_comes_first(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (80, 24)) as driver:
        await driver.press("f3", "f8", "ctrl+q")
        assert isinstance(driver.app.screen, OperationDialog)
        assert "先按 Esc 关闭这个窗口，再按 Ctrl+Q 退出。" in driver.toasts
        await driver.press("escape", "ctrl+q")
        assert driver.app._exit
