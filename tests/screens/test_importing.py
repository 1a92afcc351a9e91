"""Importing by keys: a file dropped, its headings, its columns, the trial, the import, the stop."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from rich.cells import cell_len
from textual import events
from textual.widgets import Input, Select

from db import connection, profiles
from screens.dialogs.confirm import Confirm
from screens.dialogs.import_fields import FieldsDialog
from screens.widgets.record_list import RecordList
from supervise.services import issue_records, units
from supervise.services.changes import head
from supervise.services.session import Session

TODAY = date(2024, 12, 31)
HEADINGS = ["序号", "问题编号", "问题描述", "牵头单位", "交办时间", "办结时限", "备注"]


def book(path: Path, *rows: list[object]) -> Path:
    made = Workbook()
    made.active.title = "说明"
    made.active.append(["填表说明"])
    sheet = made.create_sheet("台账")
    sheet.append(["问题台账"])
    sheet.append(HEADINGS)
    for row in rows:
        sheet.append(row)
    made.save(path)
    return path


def row(number: int, title: str, unit: str = "市住建局", assigned: object = "2024-11-04") -> list:
    return [number, f"甲-{number}", title, unit, assigned, "2024-11-29", f"备注[/]{number}"]


def newest(path: Path) -> int:
    with Session(path, TODAY) as session:
        return head(session)


async def drop(driver, path: object) -> None:  # type: ignore[no-untyped-def]
    """Drop a file on the terminal: its path arrives in quotes, as a paste."""
    driver.app.screen.post_message(events.Paste(f"'{path}'\n"))
    await driver.settle()
    if driver.app.screen.focused is not None and driver.app.screen.focused.id == "path":
        await driver.press("enter")


async def each(driver, *keys: str) -> None:  # type: ignore[no-untyped-def]
    """Press keys one at a time, each when what the one before set off is done."""
    for key in keys:
        await driver.press(key)


def problems(driver) -> list:  # type: ignore[no-untyped-def, type-arg]
    rows = driver.query("#problems", RecordList).rows_at_hand()
    return [record["problem"] for record in rows]


async def test_a_file_is_mapped_tried_put_right_and_imported(city: Path, drive, tmp_path) -> None:  # type: ignore[no-untyped-def]
    hostile = "[31m[/]见附件[b]"
    path = book(
        tmp_path / "台账 六月.xlsx",
        row(1, hostile),
        row(2, "路面破损", unit="没听说过的局"),
        row(3, "井盖缺失", assigned="六月初"),
        row(4, "[@click=app.quit]" + "长" * 900),
    )
    before = newest(city)
    async with drive(city, (80, 24)) as driver:
        await driver.press("f11")
        await drop(driver, path)
        assert "第2行" in driver.text and "认出的列名最多" in driver.text
        await driver.press("ctrl+s")
        assert "到最后一步“导入”才写入台账" in driver.toasts
        await driver.press("f6")
        assert "列名" in driver.text and "责任单位" in driver.text
        assert all(cell_len(line) == 80 for line in driver.lines)

        # The notes are the detail of an issue, said by hand; the mapping is kept under a name.
        await driver.press("end", "enter")
        assert isinstance(driver.app.screen, FieldsDialog)
        await driver.press("down", "down", "down", "enter")
        record = list(driver.query("#columns", RecordList).rows_at_hand())[-1]
        assert record["fields"] == ("detail",) and record["why"] == "您选的"
        driver.query("#keep", Input).focus()
        await driver.type("督查室")

        await driver.press("f6")
        refused = {one.row: one for one in problems(driver)}
        assert set(refused) == {4, 5}
        assert refused[4].value == "没听说过的局" and "没有名为" in refused[4].reason
        assert (refused[5].column, refused[5].value) == ("交办时间", "六月初")
        assert "拒绝 2" in driver.text
        await driver.press("f6")
        assert not isinstance(driver.app.screen, Confirm)
        assert "有拒绝的行" in driver.toasts
        await driver.press("f8")
        assert "核对情况（拒绝）" in driver.text

        # Unknown units may be added; the row without a date is left out.
        await driver.press("shift+tab", "space")
        assert [one.row for one in problems(driver)] == [5]
        await driver.press("end", "space")
        await driver.press("f9")
        out = tmp_path / "核对.csv"
        driver.query("#path", Input).value = str(out)
        await driver.press("enter")
        assert "六月初" in out.read_text("utf-8-sig")
        assert newest(city) == before

        await driver.press("f6")
        assert isinstance(driver.app.screen, Confirm) and "跳过不导入" in driver.text
        await driver.press("y")
        assert "已导入" in driver.text and "新增 3" in driver.text
        await driver.press("f6")
        assert driver.app.current_mode == "issues"
        assert driver.query("#issues", RecordList).total == 3
    with Session(city, TODAY) as session:
        assert profiles.get(session.conn, "督查室")["detail"] == "备注"
        assert issue_records.shown(session, "甲-1")["detail"] == "备注[/]1"
        assert units.find(session.conn, "没听说过的局").id


async def test_a_saved_mapping_is_used_again_and_nothing_new_is_imported(  # type: ignore[no-untyped-def]
    city: Path, drive, tmp_path: Path
) -> None:
    path = book(tmp_path / "表.xlsx", row(1, "路灯"))
    async with drive(city, (160, 48)) as driver:
        await driver.press("f11")
        await drop(driver, path)
        await driver.press("f6")
        driver.query("#keep", Input).focus()
        await driver.type("甲")
        await each(driver, "f6", "f6", "y", "escape")
        assert "表.xlsx" in driver.text, "the file is offered again"
        await drop(driver, path.as_uri())
        await driver.press("f6")
        await driver.press("tab", "enter", "down", "enter")
        assert "按方案" in driver.text
        await driver.press("f6")
        assert "不变 1" in driver.text
        await driver.press("f6")
        assert "不必导入" in driver.toasts


async def test_what_is_stopped_leaves_no_trace(city: Path, drive, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = book(tmp_path / "表.xlsx", row(1, "路灯"))
    before = newest(city)
    async with drive(city) as driver:
        await driver.press("f11")
        await drop(driver, path)
        await each(driver, "f6", "f6", "f6")
        assert isinstance(driver.app.screen, Confirm)
        # Somebody else is writing: the import waits for them, and is stopped while it waits.
        other = connection.open_ledger(city, write=True)
        try:
            other.execute("BEGIN IMMEDIATE")
            await driver.pilot.press("y")
            while "正在导入" not in driver.text:
                await driver.pilot.pause()
            await driver.pilot.press("escape")
            other.rollback()
        finally:
            other.close()
        await driver.settle()
        assert "已停下，台账未变" in driver.text
        assert newest(city) == before
        await each(driver, "f6", "f6", "y")
        assert "已导入" in driver.text
    assert newest(city) > before


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("坏.xlsx", b"PK\x03\x04" + b"x" * 300, "已损坏"),
        ("[/b]空.csv", b"", "空文件"),
        ("机密台账.csv", "编号,事项\n1,a\n".encode(), "密级"),
    ],
)
async def test_files_that_cannot_be_read_say_why(  # type: ignore[no-untyped-def]
    city: Path, drive, tmp_path: Path, name: str, content: bytes, words: str
) -> None:
    (tmp_path / "文件").mkdir()
    path = tmp_path / "文件" / name.replace("/", "／")
    path.write_bytes(content)
    async with drive(city, (80, 24)) as driver:
        await driver.press("f11")
        await drop(driver, path)
        assert words in driver.toasts
        assert driver.query("#path", Input).display


async def test_headings_that_are_not_found_are_shown_by_the_person(  # type: ignore[no-untyped-def]
    city: Path, drive, tmp_path: Path
) -> None:
    path = tmp_path / "名单.csv"
    path.write_text("甲乙丙\n记号,说法\nA1,窗口排队太久\n", encoding="gb18030")
    async with drive(city) as driver:
        await driver.press("f11")
        await drop(driver, path)
        assert "GB18030" in driver.text
        await driver.press("home", "enter")
        assert "由您指定" in driver.text
        await each(driver, "down", "enter", "f6")
        assert "“事项”" in driver.text
        await driver.press("f6")
        assert "“事项”" in driver.toasts
        await each(driver, "down", "enter", "down", "down", "enter", "f6")
        assert "新增 1" in driver.text


async def test_reading_only_looks_and_does_not_try(city: Path, drive, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    path = book(tmp_path / "表.xlsx", row(1, "路灯"))
    async with drive(city, read_only=True) as driver:
        await driver.press("f11")
        assert "只读" in driver.text
        await drop(driver, path)
        await each(driver, "f6", "f6")
        assert "只读" in driver.toasts and "4 试运行" in driver.text
        assert driver.query("#columns", RecordList).has_focus


async def test_an_open_choice_puts_no_foreign_word_among_the_keys(  # type: ignore[no-untyped-def]
    city: Path, drive, tmp_path: Path
) -> None:
    path = book(tmp_path / "台账.xlsx", row(1, "办事慢"))
    async with drive(city, (120, 40)) as driver:
        await driver.press("f11")
        await drop(driver, path)
        await each(driver, "f6", "tab", "enter")
        assert driver.query("#use", Select).expanded
        assert "Dismiss" not in driver.text and "F6 下一步" in driver.text
        await each(driver, "escape", "f6")
        assert "空格或点一下打开、关上" in driver.text
