"""One issue in full: its stages, the story of its date, its files and papers, fields of dialogs."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.events import Paste
from textual.widgets import Input, TextArea

from screens import issue_reading
from screens.dialogs.choose import ChooseDialog
from screens.dialogs.field_row import FieldRow
from screens.dialogs.narrow import NarrowDialog
from screens.dialogs.operation import OperationDialog
from screens.widgets.links import Links
from screens.widgets.record_list import RecordList
from supervise.config import evidence_folder
from supervise.services import due_story, issue_page
from supervise.services.session import Session
from supervise.services.work import perform
from tests.screens.conftest import HOSTILE, REST, TODAY
from tests.screens.waiting import LONGEST

SHOWN_AT = (80, 24)


def _do(path: Path, op: str, **values: object) -> None:
    with Session(path, TODAY, recorder="经办员", write=True) as session:
        perform(session, op, values)


async def test_the_date_is_told_with_its_sum(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    code = "JM-2024-0024"
    with Session(city, TODAY) as session:
        first = issue_page.whole(session, code)["due_on"]
    day = date.fromisoformat(first)
    _do(city, "issue.pause", issue=code, reason="等批复", on=date(2024, 11, 13))
    _do(city, "issue.resume", issue=code, on=date(2024, 11, 15))
    _do(city, "issue.extend", issue=code, due_on=date(2025, 1, 10), asked_on=day, reason="缺料",
        on=day)  # fmt: skip
    with Session(city, TODAY) as session:
        story = due_story.of_issue(session, code)
    assert (story.due_on, story.original) == ("2025-01-10", first)
    async with drive(city, (160, 48)) as driver:
        await driver.press("f3")
        driver.app.screen.open(f"issue:{code}")
        await driver.settle()
        assert "现 限 期  2025-01-10" in driver.text and f"原限期 {first}" in driver.text
        await driver.press("ctrl+d")
        told = driver.text.replace("\n", "")
        for words in ("第1个工作日", "起算当日不计入", "2 个工作日补回", "另一种读法", "缺料"):
            assert words in told
        assert f"原限期  {first}" in told and "现限期  2025-01-10" in told
        await driver.press("escape")


async def test_files_and_papers_are_one_key_away(  # type: ignore[no-untyped-def]
    city: Path, drive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened, opener = tmp_path / "opened", tmp_path / "bin" / "xdg-open"
    opener.parent.mkdir()
    opener.write_text(f'#!/bin/sh\nprintf %s "$1" > {opened}.part && mv {opened}.part {opened}\n')
    opener.chmod(0o755)
    monkeypatch.setenv("PATH", f"{opener.parent}:/usr/bin:/bin")
    file = tmp_path / "整改[b]照片.txt"
    file.write_text("已整改", "utf-8")
    async with drive(city, (160, 48)) as driver:
        await driver.press("f3")
        driver.app.screen.open("issue:JM-2024-0001")
        await driver.settle()
        assert "24-09-02" in driver.text and "通报  2024-11" in driver.text
        await driver.press("ctrl+e")
        driver.query("#path", Input).value = str(file)
        await driver.press("enter")
        assert "已存入佐证" in driver.toasts and "整改[b]照片.txt" in driver.text
        await driver.press("ctrl+right", "end", "enter")
        while not opened.exists():
            await driver.pilot.pause(0.01)
        assert Path(opened.read_text()).parent == evidence_folder(city)
        Path(opened.read_text()).write_text("换过", "utf-8")
        await driver.press("enter")
        assert "内容已被改动" in driver.toasts
        await driver.press("home", "enter")
        assert driver.app.current_mode == "notices"
        # The month it was printed in, at the unit it was printed under.
        await driver.press("f3")
        driver.app.screen.open("issue:JM-2024-0003")
        await driver.settle()
        driver.query("#issues", RecordList).focus()
        await driver.press("ctrl+z")
        assert driver.app.current_mode == "notices"
        assert driver.query("#entries", RecordList).record["unit"] == "市人社局"
        printed = driver.query("#matters", RecordList).rows_at_hand()
        assert "JM-2024-0003" in [one["code"] for one in printed]
        # What is not there says so.
        await driver.press("f3")
        driver.app.screen.open("issue:JM-2024-0005")
        await driver.settle()
        assert not driver.query("#links", Links).display
        await driver.press("ctrl+z")
        assert "没有已签发的通报" in driver.toasts


async def test_fields_say_at_once_what_is_wrong(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, SHOWN_AT) as driver:
        await driver.press("f3")
        await driver.app.run_action("operate('issue.transfer')", driver.app.screen)
        await driver.settle()
        unit = driver.query("#field-unit", FieldRow)
        await driver.type("szx")
        assert "没有名为“szx”的单位" in driver.text
        await driver.press("backspace", "backspace", "backspace", "tab")
        assert unit.query_one(".hint").has_class("-wrong") and "必须填写" in driver.text
        due = driver.query("#field-due_on", FieldRow)
        due.entry.focus()
        for said, meant in (("+3wd", "2025-01-06 周一"), ("明天", "2025-01-01 周三")):
            due.entry.value = said
            await driver.settle()
            assert meant in driver.text
        due.entry.value = "2025-02-30"
        await driver.settle()
        assert "没有“2025-02-30”这一天" in driver.text
        await driver.press("escape")


@settings(
    max_examples=2, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(st.lists(st.text(min_size=1, max_size=40), min_size=6, max_size=6))
async def test_whatever_is_pasted_shows_without_harm(city: Path, drive, texts: list[str]) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, SHOWN_AT) as driver:
        await driver.press("f3")
        for action, kind in (("operate('issue.add')", OperationDialog), ("narrow", NarrowDialog)):
            await driver.app.run_action(action, driver.app.screen)
            await driver.settle()
            assert isinstance(driver.app.screen, kind)
            rows = [row for row in driver.app.screen.query(FieldRow)]
            for number, text in enumerate((*HOSTILE, *texts)):
                entry = rows[number % len(rows)].entry
                if isinstance(entry, Input | TextArea):
                    entry.focus()
                    entry.post_message(Paste(text))
            await driver.settle()
            shown = driver.text
            assert "\x1b" not in shown and "\u202e" not in shown and "\x07" not in shown
            assert all(cell_len(line) == SHOWN_AT[0] for line in driver.lines)
            await driver.press("escape")


async def test_a_key_pressed_while_the_list_is_read_again_is_not_lost(  # type: ignore[no-untyped-def]
    city: Path, drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow disk: the list is read again before the issue that a step is wanted for."""
    slow, there = Event(), issue_reading.read_whole

    def late(session: Session, code: str) -> object:
        slow.wait(LONGEST)
        return there(session, code)

    async with drive(city) as driver:
        await driver.press("f3")
        monkeypatch.setattr(issue_reading, "read_whole", late)
        await driver.pilot.press("down", "f6", "ctrl+r")
        await driver.pilot.pause(20 * REST)
        slow.set()
        await driver.settle()
        assert isinstance(driver.app.screen, ChooseDialog)
