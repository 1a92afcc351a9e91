"""到期预警 and 为什么 driven by real keys: who is named, what decides it, urging, letters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.widgets import Input, Static

from screens.app import Dashboard
from screens.dialogs.why import WhyDialog, drawn
from screens.foresight import ForesightScreen
from screens.issues import IssuesScreen
from screens.widgets.record_list import RecordList
from supervise import packs
from supervise.reports.why_lines import Line
from supervise.services import foresight, issue_records
from supervise.services.session import Session
from supervise.services.work import perform

TODAY = date(2024, 12, 31)


@pytest.fixture
def late(city: Path) -> Path:
    """Give an issue handed in at the end of November and sent back by the review."""
    with Session(city, TODAY, write=True) as session:
        found = {"title": "赶在月末报的[b]", "found_on": date(2024, 11, 4), "on": date(2024, 11, 4)}
        code = perform(session, "issue.add", found)["code"]
        values = {"issue": code, "unit": "市教育局", "due_on": date(2024, 12, 30)}
        perform(session, "issue.assign", {**values, "on": date(2024, 11, 5)})
        handed = {"issue": code, "measures": "已整改", "on": date(2024, 11, 29)}
        perform(session, "issue.submit", handed)
        back = {"issue": code, "reason": "未见佐证", "on": date(2024, 12, 3)}
        perform(session, "issue.return", back)
    return city


def _list(driver, name: str) -> RecordList:  # type: ignore[no-untyped-def]
    found: RecordList = driver.query(f"#{name}", RecordList)
    return found


def _said(driver, name: str = "summary") -> str:  # type: ignore[no-untyped-def]
    """Give what stands above or below the lists, put together again; no line begins badly."""
    lines = str(driver.query(f"#{name}", Static).render()).split("\n")
    assert not any(one[:1] in "，。；：、）”" for one in lines[1:])
    return "".join(lines)


def _rows(driver, name: str) -> list[dict]:  # type: ignore[no-untyped-def, type-arg]
    return [dict(row) for row in _list(driver, name).rows_at_hand()]


async def test_who_is_named_and_what_decides_it(late: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(late, TODAY) as session:
        told = foresight.warn(session)
    assert told["units"] and told["rushed"]
    async with drive(late, (80, 24)) as driver:
        await driver.press("ctrl+f5")
        assert isinstance(driver.app.screen, ForesightScreen)
        units = _rows(driver, "units")
        assert [row["key"] for row in units] == ["", *(one["unit"] for one in told["units"])]
        assert units[0]["count"] == sum(row["count"] for row in units[1:])
        assert [row["code"] for row in _rows(driver, "deciding")] == told["ranking"]
        summary = _said(driver)
        assert f"拟点名 {len(told['units'])} 家" in summary
        (rushed,) = _rows(driver, "rushed")
        assert (rushed["handed_in"], rushed["returned_on"]) == ("2024-11-29", "2024-12-03")

        await driver.press("down")  # the first unit: only its issues
        mine = [issue["code"] for issue in told["units"][0]["issues"]]
        assert sorted(row["code"] for row in _rows(driver, "deciding")) == sorted(mine)

        await driver.press("enter")  # into its issues
        code = _list(driver, "deciding").record["code"]
        await driver.press("ctrl+f1")
        assert isinstance(driver.app.screen, WhyDialog)
        chain = str(driver.app.screen.query_one("#chain", Static).render())
        assert code in chain and "限期" in chain and "交办" in chain
        await driver.press("escape", "enter")
        assert isinstance(driver.app.screen, IssuesScreen)
        assert driver.app.screen.shown["code"] == code


async def test_urging_one_and_all_that_are_shown(late: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(late, (160, 48)) as driver:
        await driver.press("ctrl+f5", "down", "enter", "f6")
        code = driver.app.screen_stack[-2].row["code"]
        await driver.press("ctrl+s")
        await driver.settle()
        with Session(late, TODAY) as session:
            assert issue_records.shown(session, code)["events"][-1]["op"] == "issue.urge"
            known = foresight.warn(session)
        await driver.press("escape", "home", "f7", "ctrl+s")
        await driver.settle()
        await driver.press("ctrl+s")
        await driver.settle()
        with Session(late, TODAY) as session:
            for each in known["ranking"]:
                assert issue_records.shown(session, each)["events"][-1]["op"] == "issue.urge", each


async def test_another_cut_off_and_letters_to_a_folder(
    late: Path,
    drive,  # type: ignore[no-untyped-def]
    tmp_path: Path,
) -> None:
    async with drive(late, (100, 30)) as driver:
        await driver.press("ctrl+f5", "f9")
        line = driver.app.screen.query_one("#name", Input)
        line.value = "十二月底"
        await driver.press("enter")
        assert "十二月底" in str(driver.app.screen.query_one("#error", Static).render())
        # A past cut-off is judged as it could have been on that day, and is only looked at.
        line.value = "2024-12-15"
        await driver.press("enter")
        with Session(late, TODAY) as session:
            told = foresight.warn(session, date(2024, 12, 15))
        summary = _said(driver)
        assert "按 2024-12-15 当日情况推算" in summary
        assert [row["code"] for row in _rows(driver, "deciding")] == told["ranking"]
        await driver.press("f7")
        assert "只供查看" in driver.toasts
        assert isinstance(driver.app.screen, ForesightScreen)
        await driver.press("f9")
        driver.app.screen.query_one("#name", Input).value = "2031-01-31"
        await driver.press("enter")
        summary = _said(driver)
        assert "2031年的放假安排还没有公布" in summary and "当日情况" not in summary
        await driver.press("f9")
        driver.app.screen.query_one("#name", Input).value = "2025-01-15"
        await driver.press("enter")
        assert "2025-01-15" in _said(driver)
        assert "2025-01 通报" in _said(driver)
        await driver.press("f8")
        folder = tmp_path / "letters"
        folder.mkdir()
        driver.app.screen.query_one("#path", Input).value = f"{folder}/提醒.txt"
        await driver.press("ctrl+s")
        await driver.settle()
        text = (folder / "提醒.txt").read_text()
        assert "提醒函" in text and "2025年1月15日" in text and "24时仍未报请复核" in text


async def test_a_leaders_session_looks_and_does_not_urge(late: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(late, (80, 24), read_only=True) as driver:
        await driver.press("ctrl+f5", "f6", "f7")
        assert isinstance(driver.app.screen, ForesightScreen)
        assert driver.app.screen.why_not("urge") and driver.app.screen.why_not("urge_all")


async def test_why_of_a_named_unit_and_of_an_interview(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (100, 30)) as driver:
        for key, words in (("f4", "规则"), ("f5", "连续被通报")):
            await driver.press(key)
            if key == "f4":
                await driver.press("down", "enter")
            await driver.press("ctrl+f1")
            assert isinstance(driver.app.screen, WhyDialog), key
            assert words in str(driver.app.screen.query_one("#chain", Static).render())
            await driver.press("enter")
            assert not driver.app.screen.is_modal


def test_a_chain_is_folded_under_its_own_words_and_is_never_markup() -> None:
    lines = [Line(0, "", "[b]结论"), Line(2, "规则", "长" * 60), Line(1, "注意", "\x1b[31m红")]
    text = drawn(lines, 40).plain
    assert text.startswith("[b]结论\n│ │ 规则　长")
    assert all(line.startswith("│ │ ") for line in text.split("\n")[1:-1])
    assert text.endswith("│ 注意　[31m红")
    assert Dashboard.MODES["foresight"]


async def test_a_report_that_decides_is_told_below_the_list(
    city: Path,
    drive,  # type: ignore[no-untyped-def]
    tmp_path: Path,
) -> None:
    with Session(city, TODAY, write=True) as session:
        head = "[naming.criteria.unreported]\n"
        text = packs.load("jingmen").replace(f"{head}on = false", f"{head}on = true")
        (tmp_path / "own.toml").write_text(text, "utf-8")
        perform(session, "pack.use", {"name": str(tmp_path / "own.toml")})
        perform(session, "unit.add", {"unit": "市档案馆", "on": date(2024, 1, 2)})
        owed = {"every": "month", "day": 11, "owed_by": "市档案馆", "from_on": date(2024, 12, 1)}
        perform(session, "duty.add", {"duty": "月报[b]", **owed, "on": date(2024, 12, 1)})
        told = foresight.warn(session)
    (at,) = (n for n, one in enumerate(told["units"], 1) if one["unit"] == "市档案馆")
    async with drive(city, (80, 24)) as driver:
        await driver.press("ctrl+f5")
        words = driver.query("#beside", Static)
        assert words.display and "市档案馆" in _said(driver, "beside")
        await driver.press(*["down"] * at)
        assert driver.app.screen.unit == "市档案馆" and not _rows(driver, "deciding")
        assert "“月报[b]”应于12月11日报送，至截止日未报" in _said(driver, "beside")
        await driver.press("f8")
        driver.app.screen.query_one("#path", Input).value = f"{tmp_path}/提醒.txt"
        await driver.press("ctrl+s")
        await driver.settle()
        letter = (tmp_path / "提醒.txt").read_text()
        assert "市档案馆：" in letter and "1.“月报[b]”应于12月11日报送。" in letter


async def test_two_units_of_one_name_are_told_apart(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    """竹坑社区 and its like: one name, two codes, each with issues of its own."""
    codes = {}
    with Session(city, TODAY, write=True) as session:
        for unit_id in ("9444", "9466"):
            perform(session, "unit.add", {"unit": "城建办", "unit_id": unit_id})
            found = {"title": f"城建办的事{unit_id}", "found_on": date(2024, 11, 4)}
            code = perform(session, "issue.add", {**found, "on": date(2024, 11, 4)})["code"]
            values = {"issue": code, "unit": unit_id, "due_on": date(2024, 12, 10)}
            perform(session, "issue.assign", {**values, "on": date(2024, 11, 5)})
            codes[unit_id] = code
    async with drive(city, (80, 24)) as driver:
        await driver.press("ctrl+f5")
        rows = _rows(driver, "units")
        for unit_id, code in codes.items():
            (at,) = (n for n, row in enumerate(rows) if row["unit_id"] == unit_id)
            await driver.press("home", *["down"] * at)
            assert [row["code"] for row in _rows(driver, "deciding")] == [code]
            assert driver.app.screen.fitting()["period+unit"][1] == unit_id
            assert driver.app.screen.unit_name == "城建办"
