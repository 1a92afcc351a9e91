"""The workbench of the monthly notice, driven by real keys and the mouse."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len
from textual.widgets import Static

from screens.dialogs.operation import OperationDialog
from screens.dialogs.previewed import PreviewedDialog, Spelled
from screens.widgets.paper import Paper
from screens.widgets.record_list import RecordList
from screens.widgets.view_tabs import ViewTabs
from supervise.services import explanations, notice_records
from supervise.services.session import Session
from supervise.services.work import perform
from tests.screens.conftest import HOSTILE, REST, Driver

TODAY = date(2024, 12, 31)
MONTH = "2024-12"


@pytest.fixture(autouse=True)
def _no_rest_in_dialogs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing wait for a hand to come to rest."""
    monkeypatch.setattr("screens.dialogs.previewed._REST", REST)


def notice(path: Path, period: str = MONTH) -> dict[str, object]:
    with Session(path, TODAY) as session:
        return notice_records.shown(session, period)


def entries(path: Path, period: str = MONTH) -> dict[tuple[str, str], dict[str, object]]:
    found = notice(path, period)["entries"]
    return {(one["unit"], one["polarity"]): one for one in found}  # type: ignore[attr-defined]


def rows(driver: Driver, view: str) -> list[dict[str, object]]:
    return list(driver.query(f"#{view}", RecordList).rows_at_hand())


def words(driver: Driver, selector: str) -> str:
    """Give what is written there, its lines put together again."""
    return str(driver.query(selector, Static).render()).replace("\n", "")


async def command(driver: Driver, title: str) -> None:
    """Find a command in the palette by its name; nothing said before lies over what comes."""
    driver.app.clear_notifications()
    await driver.press("ctrl+p")
    await driver.type(title)
    await driver.press("down", "enter")


async def draft(driver: Driver, cutoff: str) -> None:
    """Draft the month under the cursor with a cut-off of one's own."""
    await driver.press("f8", "tab", "tab")
    await driver.type(cutoff)
    await driver.press("ctrl+s")


async def test_from_no_draft_to_issued_explained_corrected_and_withdrawn(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (120, 40)) as driver:
        await driver.press("f4")
        assert "尚未拟稿" in words(driver, "#head") and "（预计）" in driver.text
        expected = {one["unit"] for one in rows(driver, "entries")}
        await draft(driver, "2024-12-30")
        assert notice(city)["cutoff"] == "2024-12-30"
        assert {one["unit"] for one in rows(driver, "entries")} == expected
        assert "2024-12 拟稿" in words(driver, "#crumbs")
        await decide(driver, city)
        await issue(driver, city)
        await explain(driver, city)
        await take_back(driver, city)


async def decide(driver: Driver, city: Path) -> None:
    """Check one unit, exempt it and take that back, add another in praise, close the rest."""
    await driver.press("enter")
    unit = driver.query("#entries", RecordList).record["unit"]
    assert unit in words(driver, "#crumbs") and "签发前七查" in words(driver, "#words")
    await driver.press("ctrl+k", "enter", "down", "enter", "ctrl+s")
    assert entries(city)[unit, "named"]["check"] == "无异议"
    assert f"，{unit}无异议，现点名" in driver.toasts
    await driver.press("ctrl+u")
    assert "没有免予点名" in driver.toasts
    before = driver.query("#paper", Paper).border_title
    await driver.press("ctrl+e")
    assert "批准人" in driver.text and "办理人" not in driver.text
    await driver.type("叫停")
    await driver.press("ctrl+s")
    assert entries(city)[unit, "named"]["status"] == "exempt"
    assert f"已免予点名：2024-12 调度通报，{unit}，现点名" in driver.toasts
    assert "免予 1 家" in words(driver, "#head") and "叫停" in words(driver, "#words")
    await driver.press("f7")
    assert "点名依据表" in str(driver.query("#paper", Paper).border_title) != before
    await driver.press("f7", "escape", "ctrl+u", "ctrl+s")
    assert entries(city)[unit, "named"]["status"] == "effective"
    await driver.press("ctrl+a")
    await driver.type("市教育局")
    await driver.press("tab")
    await driver.type("清零")
    await driver.press("tab", "enter", "down", "down", "enter", "ctrl+s")
    assert entries(city)["市教育局", "praised"]["origin"] == "manual"
    await driver.press("ctrl+d")
    assert "记为“未回复”" in driver.text
    await driver.press("y")
    assert "未回复，现点名" in driver.toasts
    answers = {one["check"] for key, one in entries(city).items() if key[1] == "named"}
    assert answers == {"无异议", "未回复"}
    await driver.press("ctrl+d")
    assert "没有待登记答复" in driver.toasts


async def issue(driver: Driver, city: Path) -> None:
    """Sign it: a wrong date is said at once, everything is spelled out, then it is done."""
    while driver.query("#views", ViewTabs).view != "checks":
        await driver.press("ctrl+right")
    found = {one["name"]: one["verdict"] for one in rows(driver, "checks")}
    assert found["名单"] == "ok" and found["核对"] == "warn" and "refuse" not in found.values()
    await driver.press("f9")
    assert isinstance(driver.app.screen, PreviewedDialog)
    await driver.type("12号")
    await driver.press("tab")
    await driver.type("2024-12-30")
    assert "送达日期 2024-12-30 早于签发日期 2024-12-31" in driver.text
    await driver.press("ctrl+s")
    assert isinstance(driver.app.screen, PreviewedDialog)
    assert notice(city)["status"] == "draft"
    await driver.press(*["backspace"] * 2)
    await driver.type("31")
    assert "早于签发日期" not in driver.text and "拟提请约谈" in driver.text
    await driver.press("ctrl+s")
    assert isinstance(driver.app.screen, Spelled)
    names = [unit for unit, polarity in entries(city) if polarity == "named"]
    for told in ("12号", "2024-12-31", "2024-12-30", "不能再改", *names):
        assert told in driver.text
    await driver.press("enter")
    assert notice(city)["status"] == "draft"
    await driver.press("ctrl+s", "y")
    assert notice(city)["status"] == "issued"
    assert notice(city)["number"] == "12号"
    assert "已签发：2024-12" in driver.toasts
    assert "送达 2024-12-31" in words(driver, "#head")


async def explain(driver: Driver, city: Path) -> None:
    """Receive, send back, receive again and read an explanation, beside the issued notice."""
    while driver.query("#views", ViewTabs).view != "owed":
        await driver.press("ctrl+left")
    unit = driver.query("#owed", RecordList).record["unit"]

    def status() -> str:
        with Session(city, TODAY) as session:
            found = explanations.listing(session)
        return next(o["status"] for o in found if (o["period"], o["unit"]) == (MONTH, unit))  # type: ignore[no-any-return]

    assert status() == "owed"
    await driver.press("ctrl+f")
    assert "没有待收阅" in driver.toasts
    # Enter offers the steps of the explanation, what comes next on top.
    await driver.press("enter")
    assert "收书面说明" in driver.text
    await driver.press("enter", "ctrl+s")
    assert status() == "received"
    await driver.press("ctrl+b")
    await driver.type("不全")
    await driver.press("ctrl+s")
    assert status() == "returned" and "不全" in words(driver, "#words")
    await driver.press("ctrl+w", "ctrl+s", "ctrl+f", "ctrl+s")
    assert status() == "accepted"


async def take_back(driver: Driver, city: Path) -> None:
    """Revoke one entry, then withdraw the notice; each says first what falls away."""
    unit = driver.query("#owed", RecordList).record["unit"]
    await driver.press("ctrl+x", "enter", "down", "enter")
    assert "不再要求书面说明" in driver.text
    await driver.press("tab")
    await driver.type("有误")
    await driver.press("ctrl+s")
    assert isinstance(driver.app.screen, Spelled) and f"撤销 {unit}" in driver.text
    await driver.press("y")
    assert entries(city)[unit, "named"]["status"] == "withdrawn"
    await command(driver, "撤回通报")
    assert "自始无效" in driver.text and "改为依据2024年10月、11月。" in driver.text
    await driver.type("有误")
    await driver.press("ctrl+s", "y")
    assert notice(city)["status"] == "withdrawn"
    assert "家，自始无效" in driver.toasts and "  原点名 " in words(driver, "#head")
    assert "已撤回" in words(driver, "#crumbs")


async def test_one_pane_at_a_time_on_a_small_terminal_and_all_by_mouse(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (80, 24)) as driver:

        def shown() -> list[str]:
            assert all(cell_len(line) == driver.app.size.width for line in driver.lines)
            panes = ("months", "units", "lists", "about", "paper")
            return [one for one in panes if driver.app.screen.query_one(f"#{one}").region]

        await driver.press("f4", "down")
        assert shown() == ["months"]
        await driver.press("enter")
        assert shown() == ["units", "lists"] and "2024-11 已签发 / 名单" in driver.text
        await driver.press("enter")
        assert shown() == ["units", "about"] and "签发前七查" in driver.text
        await driver.press("f7")
        assert shown() == ["paper"] and "2024-11 通报正文" in driver.text
        await driver.press("f7")
        assert "点名依据表" in driver.text
        await driver.pilot.resize_terminal(160, 48)
        await driver.settle()
        assert shown() == ["months", "units", "lists", "about", "paper"]
        assert isinstance(driver.app.focused, Paper)
        await driver.pilot.resize_terminal(80, 24)
        await driver.settle()
        assert shown() == ["paper"]
        await driver.press("escape")
        assert shown() == ["units", "lists"]
        await driver.pilot.click("#view-last")
        await driver.settle()
        last = driver.query("#last", RecordList)
        assert last.total and "上期" in words(driver, "#crumbs")
        await driver.press("tab", "shift+tab")
        code = last.record["code"]
        await driver.pilot.click("#last", offset=(4, 2), times=2)
        await driver.settle()
        assert driver.app.current_mode == "issues" and code in driver.text
        await driver.press("f4", "escape")
        assert shown() == ["months"]
        await driver.press("ctrl+right")
        assert shown() == ["units", "lists"]


async def test_another_series_is_reached_from_its_own_line(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY, write=True) as session:
        values = {"period": MONTH, "cutoff": date(2024, 12, 30)}
        perform(session, "notice.draft", values)
        perform(session, "notice.draft", {**values, "series": "曝光台"})
    async with drive(city, (120, 40)) as driver:
        await driver.press("f4", "down")
        assert driver.query("#months", RecordList).record["series"] == "曝光台"
        await driver.press("f9")
        await driver.type("曝光1号")
        assert "不计入连续被通报" in driver.text
        await driver.press("ctrl+s", "y")
        assert driver.query("#months", RecordList).record["status"] == "issued"
    with Session(city, TODAY) as session:
        assert notice_records.shown(session, MONTH)["status"] == "draft"
        assert notice_records.shown(session, MONTH, "曝光台")["number"] == "曝光1号"


async def test_outside_text_on_the_workbench_is_only_text(hostile_city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(hostile_city, TODAY, write=True) as session:
        for number, text in enumerate(HOSTILE[:3]):
            series = {"period": MONTH, "series": text.replace("\x1b", "")}
            perform(session, "notice.draft", {**series, "cutoff": date(2024, 12, 30)})
            unit = ("市住建局", "市教育局", "市人社局")[number]
            perform(session, "notice.name", {**series, "unit": unit, "reason": text})
    async with drive(hostile_city, (80, 24)) as driver:
        await driver.press("f4", "down")
        for keys in (["enter"], ["enter"], ["f7"], ["escape"], ["ctrl+right"] * 4, ["f9"]):
            await driver.press(*keys)
            assert "\x1b" not in driver.text
            assert all(cell_len(line) == 80 for line in driver.lines)
        await driver.type(HOSTILE[0])
        await driver.press("ctrl+s")
        assert isinstance(driver.app.screen, Spelled) and HOSTILE[0] in driver.text
        assert "取消 Esc" in driver.text
        await driver.press("pagedown")
        assert HOSTILE[0] not in driver.text and "取消 Esc" in driver.text
        await driver.press("escape", "escape")
        assert not isinstance(driver.app.screen, OperationDialog)


async def test_a_reader_sees_everything_and_can_do_nothing(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (120, 40), read_only=True) as driver:
        await driver.press("f4", "down", "enter")
        assert rows(driver, "entries") and rows(driver, "owed")
        for key in ("f6", "f8", "f9", "ctrl+x", "ctrl+d"):
            await driver.press(key)
            assert driver.app.screen.__class__.__name__ == "NoticesScreen"
        assert "只读" in driver.toasts


async def test_a_decision_made_elsewhere_meanwhile_is_told_before_the_notice_is_signed(
    city: Path, drive
) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY, write=True) as session:
        perform(session, "notice.draft", {"period": MONTH, "cutoff": date(2024, 12, 30)})
    async with drive(city, (120, 40)) as driver:
        await driver.press("f4", "f9", "ctrl+s")
        assert isinstance(driver.app.screen, Spelled)
        unit = next(unit for unit, _ in entries(city))
        with Session(city, TODAY, write=True) as session:
            values = {"period": MONTH, "unit": unit, "reason": "叫停", "by": "主任"}
            perform(session, "notice.exempt", values)
        await driver.press("y")
        assert notice(city)["status"] == "draft"
        assert "在您看过之后有变动" in driver.text and "免予点名" in driver.text
        await driver.press("ctrl+s")
        assert f"免予点名：1家：{unit}" in driver.text
        await driver.press("y")
        assert notice(city)["status"] == "issued"
