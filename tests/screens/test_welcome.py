"""The first screen, where there is no ledger: a new one, the demo, one that is there."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from textual.widgets import Input, OptionList

from screens.preferences import load, save
from screens.welcome import Start, Welcome
from supervise.services.session import Session
from tests.screens.waiting import still

TODAY = date(2024, 12, 31)


def text(app: Welcome) -> str:
    strips = app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip) for strip in strips)


async def test_a_ledger_is_made_under_the_rules_chosen(tmp_path: Path) -> None:
    place = tmp_path / "新" / "ledger.db"
    app = Welcome(place, TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await still(app)
        for words in ("新建台账", "看演示", "新建并导入", "打开台账", str(place)[:20]):
            assert words in text(app)
        await pilot.press("down", "enter")
        await still(app)
        packs = app.screen.query_one("#packs", OptionList)
        assert "依据" in text(app) and "新建 Ctrl+S" in text(app)
        await pilot.press("home")
        chosen = packs.get_option_at_index(0).id
        await pilot.press("enter", "enter", *["backspace"], "3", "enter")
        await still(app)
    assert app.return_value == Start(place, TODAY, "importing")
    with Session(place, TODAY) as session:
        assert session.pack.name == chosen
        assert (
            session.conn.execute("SELECT value FROM meta WHERE key='office'").fetchone()[0] == "3"
        )


async def test_a_place_that_is_taken_is_told_and_can_be_changed(tmp_path: Path) -> None:
    taken = tmp_path / "别的.db"
    taken.write_bytes(b"not a ledger")
    app = Welcome(tmp_path / "x.db", TODAY)
    async with app.run_test(size=(80, 24)) as pilot:
        await still(app)
        await pilot.press("f2")
        await still(app)
        app.screen.query_one("#place", Input).value = str(taken)
        await pilot.press("ctrl+s")
        await still(app)
        assert "已存在" in text(app)
        await pilot.press("escape", "ctrl+q")
    assert app.return_value is None
    assert taken.read_bytes() == b"not a ledger"


async def test_a_ledger_opened_lately_is_offered_and_a_damaged_one_says_why(
    city: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "坏[b].db"
    broken.write_bytes(b"SQLite format 3\0" + b"x" * 5000)
    save({"ledgers": [str(broken), str(tmp_path / "没了.db"), str(city)]})
    app = Welcome(tmp_path / "x.db", TODAY)
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await still(app)
        assert "坏[b].db" in text(app) and "没了" not in text(app)
        await pilot.press("up", "up", "enter")
        await still(app)
        assert app.is_running and any("坏" in str(one.message) for one in app._notifications)
        await pilot.press("end", "enter")
        await still(app)
    assert app.return_value == Start(city, TODAY)


async def test_another_ledger_is_opened_from_the_dashboard(city: Path, drive, tmp_path) -> None:  # type: ignore[no-untyped-def]
    from supervise.services import ledger

    other = tmp_path / "乙" / "别的.db"
    ledger.create(other, today=TODAY)
    async with drive(city) as driver:
        await driver.app.run_action("open_ledger")
        await driver.settle()
        driver.query("#path", Input).value = str(other)
        await driver.press("enter")
    assert driver.app.next_ledger == other
    assert load().get("folders")
