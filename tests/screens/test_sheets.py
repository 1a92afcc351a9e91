"""收表 driven by real keys: sent to a folder, filled in, taken back, each difference settled."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.containers import VerticalScroll

from screens.folders import RECENT
from screens.sheets import SheetsScreen
from screens.widgets.record_list import RecordList
from supervise.reports import unit_sheets
from supervise.services.issue_records import shown
from supervise.services.session import Session
from supervise.services.sheets import collect, status
from supervise.services.work import perform
from tests.screens.conftest import HOSTILE, TODAY
from tests.services.sheets import edit, fill, rows_of


def _list(driver, name: str) -> RecordList:  # type: ignore[no-untyped-def]
    found: RecordList = driver.query(f"#{name}", RecordList)
    return found


async def test_sheets_are_sent_collected_and_settled_from_the_screen(  # type: ignore[no-untyped-def]
    city: Path, drive, tmp_path: Path
) -> None:
    out = tmp_path / "发表"
    async with drive(city, (120, 40)) as driver:
        await driver.press("ctrl+f4")
        assert isinstance(driver.app.screen, SheetsScreen)
        months = [one["period"] for one in _list(driver, "months").rows_at_hand()]
        assert months == ["2025-01", "2024-12", "2024-11"]
        assert _list(driver, "months").record["period"] == "2024-12"
        await driver.press("f8")
        assert "没有选中差异" in driver.toasts
        # A folder typed is taken at once, one that is not there yet is made.
        await driver.press("f7")
        await driver.type(str(out))
        await driver.press("ctrl+s")
        assert "已发表 4 份" in driver.toasts
        sent = sorted(path.name for path in out.iterdir())
        assert sent == [
            f"{unit}_2024-12.xlsx" for unit in ("东宝区", "市人社局", "市住建局", "市教育局")
        ]
        assert _list(driver, "months").record == {
            "period": "2024-12", "sent": 4, "owed": 4, "received": 0, "open": 0,
        }  # fmt: skip

        path = out / "市住建局_2024-12.xlsx"
        rows = [one for one in rows_of(path).values() if one["当前阶段"] == "整改"]
        one, other = rows[0]["编号"], rows[1]["编号"]
        fill(
            path,
            {
                one: {"进展情况": HOSTILE[0] + HOSTILE[1], "事项": HOSTILE[6] + HOSTILE[4][:90]},
                other: {"进展情况": "二", "报请复核日期": "不日"},
            },
        )
        edit(path, lambda page: page.append([HOSTILE[1], "别家的"]))
        with Session(city, TODAY, write=True) as session:
            perform(session, "issue.progress", {"issue": one, "note": "当面说过"})
        # The folder picked last is begun in; Enter goes into one typed, to be looked at first.
        driver.app.remember(**{RECENT: [str(tmp_path)]})
        await driver.press("f6")
        await driver.type("没有")
        await driver.press("ctrl+s")
        assert "没有名为“没有”的文件夹" in driver.text
        await driver.press("backspace", "backspace")
        await driver.type("发表")
        await driver.press("enter")
        assert "市住建局_2024-12.xlsx" in driver.text
        await driver.press("ctrl+s")
        assert "采用进展 1 件" in driver.toasts and "未报 3 家" in driver.toasts
        assert "不能采用的" in driver.text and "不是能用的日期" in driver.text
        await driver.press("escape")

        # Months, units, the differences of the unit gone to.
        await driver.press("ctrl+right", "down")
        while _list(driver, "units").record["unit"] != "市住建局":
            await driver.press("up")
        await driver.press("enter")
        found = list(_list(driver, "differences").rows_at_hand())
        assert {(row["issue"], row["column"]) for row in found} == {
            (one, "事项"), (one, "进展情况"), (other, "报请复核日期"), (row_code(found), "编号"),
        }  # fmt: skip
        while _list(driver, "differences").record["column"] != "进展情况":
            await driver.press("down")
        assert "当面说过" in driver.text and "发表之后台账已有变动" in driver.text
        await driver.press("f8")
        assert f"已采纳：{one}" in driver.toasts
        while _list(driver, "differences").record["column"] != "事项":
            await driver.press("up")
        await driver.press("f8")
        assert "不能采纳" in driver.toasts
        await driver.press("f9")
        assert "已阅" in driver.toasts
        # The next list by its key: every unit's differences again, until a unit is gone to.
        await driver.press("ctrl+left", "ctrl+left", "ctrl+right")
        await driver.press("end")
        assert f"{_list(driver, 'units').record['unit']}没有差异" in driver.text
        assert not driver.query("#told", VerticalScroll).display
        await driver.press("ctrl+right")
        assert len(list(_list(driver, "differences").rows_at_hand())) == 4
        # 今日工作 knows what waits, and opens it; its step 收表 leads here too.
        await driver.press("f2")
        figures = _list(driver, "figures")
        while figures.record["key"] != "differences:2024-12":
            await driver.press("down")
        assert figures.record["figure"].count == 2
        await driver.press("enter")
        assert _list(driver, "differences").has_focus
        await driver.press("f2", "tab", "tab", "down")
        assert _list(driver, "month").record["step"].step == "收表"
        await driver.press("enter")
        assert isinstance(driver.app.screen, SheetsScreen) and _list(driver, "months").has_focus
    with Session(city, TODAY) as session:
        notes = [e["note"] for e in shown(session, one)["events"] if e["op"] == "issue.progress"]
        assert notes == ["当面说过", HOSTILE[0] + HOSTILE[1]]
        found = status.status(session, "2024-12")
    assert (found["received"], found["open"]) == (1, 2)


def row_code(found: list) -> str:  # type: ignore[type-arg]
    """Give the code of the row that is nobody's."""
    return str(next(row["issue"] for row in found if row["column"] == "编号"))


async def test_on_a_small_screen_and_read_only_it_can_be_looked_at(  # type: ignore[no-untyped-def]
    city: Path, drive, tmp_path: Path
) -> None:
    from supervise.reports import unit_sheets

    with Session(city, TODAY, write=True) as session:
        unit_sheets.send(session, "2024-12", tmp_path / "out", said={"on": date(2024, 12, 26)})
    async with drive(city, (80, 24), read_only=True) as driver:
        await driver.press("ctrl+f4")
        assert "2024-12" in driver.text and "未报" in driver.text
        await driver.press("f6")
        assert "只读" in driver.toasts
        await driver.press("ctrl+t")
        assert "导出差异清单" in driver.text


async def test_two_units_of_one_name_have_their_own_differences(  # type: ignore[no-untyped-def]
    city: Path, drive, tmp_path: Path
) -> None:
    codes = {}
    with Session(city, TODAY, write=True) as session:
        for unit_id in ("9444", "9466"):
            perform(session, "unit.add", {"unit": "城建办", "unit_id": unit_id})
            found = {"title": f"城建办的事{unit_id}", "on": date(2024, 12, 2)}
            code = perform(session, "issue.add", found)["code"]
            values = {"issue": code, "unit": unit_id, "on": date(2024, 12, 2)}
            perform(session, "issue.assign", values)
            codes[unit_id] = code
        unit_sheets.send(session, "2024-12", tmp_path)
        for path in tmp_path.glob("城建办*"):
            (code,) = rows_of(path)
            fill(path, {code: {"报请复核日期": "不日"}})
        collect.run(session, [tmp_path])
    async with drive(city, (120, 40)) as driver:
        await driver.press("ctrl+f4", "ctrl+right")
        rows = list(_list(driver, "units").rows_at_hand())
        for unit_id, code in codes.items():
            (at,) = (n for n, row in enumerate(rows) if row["unit_id"] == unit_id)
            await driver.press("home", *["down"] * at)
            found = [row["issue"] for row in _list(driver, "differences").rows_at_hand()]
            assert found == [code]
