"""What every page shares: where one is, copying, the palette, keys of one's own, exports."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from threading import Event

import pytest
from rich.cells import cell_len
from textual.widgets import Input, OptionList

from screens.dialogs.confirm import Confirm
from screens.dialogs.export import ExportDialog
from screens.dialogs.help import HelpDialog
from screens.dialogs.keys import KeysDialog
from screens.preferences import load, save
from screens.widgets.crumbs import Crumbs
from screens.widgets.key_bar import BarKey
from screens.widgets.paper import Paper
from screens.widgets.record_list import RecordList


def _fits(driver, width: int) -> bool:  # type: ignore[no-untyped-def]
    return all(cell_len(line) == width for line in driver.lines)


async def test_the_top_says_where_one_is_at_every_size(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (80, 24), read_only=True) as driver:
        for key, words in (
            ("f2", "今日工作 / 待办"),
            ("f3", "问题 / 未办结"),
            ("f4", "通报 / 2024-12 未拟稿 / 名单"),
            ("f5", "约谈 / "),
            ("f10", "单位 / "),
            ("f11", "导入"),
            ("ctrl+l", "期限日程 / 2024-12 / 12-31"),
            ("ctrl+g", "操作记录 / 全部操作"),
        ):
            await driver.press(key)
            assert driver.lines[0].rstrip().endswith("只读 2024-12-31 周二"), key
            assert words in driver.lines[1] and _fits(driver, 80), key
        for size in ((200, 60), (80, 24), (120, 40), (60, 20)):
            await driver.pilot.resize_terminal(*size)
            await driver.settle()
            assert "2024-12-31" in driver.lines[0] and _fits(driver, size[0])
            assert "督导台账" in driver.lines[0] or size[0] < 200
        await driver.pilot.resize_terminal(80, 24)
        await driver.press("f3", "enter")
        code = str(driver.query("#issues", RecordList).record["code"])
        assert f"问题 / 未办结 / {code}" in driver.lines[1]
        # A click on a part of the way goes back to it.
        at = cell_len(driver.lines[1].partition("未办结")[0])
        await driver.pilot.click(Crumbs, offset=(at + 1, 0))
        await driver.settle()
        assert driver.query("#issues", RecordList).has_focus and code not in driver.lines[1]


async def test_code_row_and_cell_are_copied_by_key_and_by_mouse(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (160, 40)) as driver:
        app = driver.app
        await driver.press("f3", "down", "ctrl+y")
        record = driver.query("#issues", RecordList).record
        assert app.clipboard == record["code"] and f"已复制编号：{record['code']}" in driver.toasts
        await driver.press("ctrl+c")
        cells = app.clipboard.split("\t")
        assert (
            record["code"] in cells and record["title"] in cells and "已复制整行" in driver.toasts
        )
        await driver.press("ctrl+right_square_bracket", "down", "enter")
        assert app.clipboard == record["title"] and "已复制“事项”" in driver.toasts
        await driver.pilot.click("#issues", offset=(6, 5), button=3)
        await driver.settle()
        assert app.clipboard == driver.query("#issues", RecordList).record["code"] != record["code"]
        await driver.press("f4", "ctrl+y")
        assert app.clipboard == "2024-12"
        await driver.press("f10", "ctrl+y")
        assert app.clipboard == driver.query("#units", RecordList).record["name"]
        await driver.press("f5", "ctrl+c")
        card = driver.query("#interviews", RecordList).record
        assert card["unit"] in app.clipboard
        await driver.press("ctrl+l", "ctrl+c")
        assert "12-31\t周二\t今天" in app.clipboard


async def _palette(driver, typed: str, *keys: str) -> None:  # type: ignore[no-untyped-def]
    await driver.press("ctrl+p")
    await driver.type(typed)
    await driver.press(*keys)


async def test_the_palette_finds_by_pinyin_and_goes_to_places(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3")
        await _palette(driver, "fhtg")
        assert "复核通过" in driver.text and "须在" in driver.text  # greyed, with the reason
        await driver.press("escape")
        for typed, area, words in (
            ("qixianricheng", "deadlines", "期限日程 / 2024-12"),
            ("单位 szj", "units", "市住建局"),
            ("2024-11", "notices", "2024-11 已签发"),
            ("清单 chaoqi", "issues", "问题 / 超期"),
            ("notice.draft", "", "拟稿"),
        ):
            await _palette(driver, typed)
            assert words.rpartition(" / ")[0] in driver.text or words in driver.text, typed
            await driver.press(*(("enter",) if area else ("escape",)))
            if area:
                assert driver.app.current_mode == area and words in driver.text, typed
        code = str(driver.query("#issues", RecordList).record["code"])
        await _palette(driver, code.lower(), "enter")
        assert driver.query("#issues", RecordList).total == 1 and f"/ {code}" in driver.lines[1]
        await _palette(driver, "没有这样的东西")
        assert "没有这样的命令" in driver.text


async def test_keys_are_changed_told_of_and_kept(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    save({"keys": {"issues.search": "escape", "没有": "f9", "issues.clock": "alt+d"}})
    async with drive(city) as driver:
        assert "快捷键有 2 处未采用" in driver.toasts
        await driver.press("f3")
        await _palette(driver, "qxts", "escape", "escape")
        await driver.app.run_action("remap")
        await driver.settle()
        dialog = driver.app.screen
        assert isinstance(dialog, KeysDialog)
        options = driver.query("#commands", OptionList)
        places = [one.id for one in dialog._commands]

        async def give(name: str, key: str) -> None:
            options.highlighted = places.index(name)
            await driver.press("enter", key)

        await give("issues.search", "f7")
        assert "F7 已用于“筛选”" in driver.text
        await driver.press("ctrl+e")
        assert "已用于“添加佐证”" in driver.text
        await driver.press("escape")
        await give("issues.narrow", "ctrl+v")
        await give("issues.search", "f7")
        # A step that has no key of its own is given one.
        await give("issue.urge", "alt+u")
        await driver.press("ctrl+s")
        assert "快捷键已改" in driver.toasts and "F7 查找" in driver.lines[-1]
        await driver.press("f7")
        assert driver.query("#search", Input).has_focus
        await driver.press("escape", "alt+u")
        assert "催办" in driver.text and driver.app.screen.is_modal
        await driver.press("escape", "f1")
        assert isinstance(driver.app.screen, HelpDialog)
        search = driver.query("#search", Input)
        search.focus()
        await driver.type("chaz")
        assert "F7" in driver.text and "F8 N" not in driver.text
        await driver.press("enter")  # from the search to what it found
        assert isinstance(driver.app.screen, HelpDialog) and not search.has_focus
        await driver.press("enter")
        assert not driver.app.screen.is_modal
    kept = load()["keys"]
    assert kept["issues.search"] == "f7" and kept["issues.clock"] == "alt+d"
    async with drive(city) as driver:
        await driver.press("f3", "f7")
        assert driver.query("#search", Input).has_focus
        await driver.app.run_action("remap")
        await driver.settle()
        await driver.press("ctrl+x", "ctrl+s", "escape", "f9")
        assert driver.query("#search", Input).has_focus
    assert load()["keys"] == {}


async def test_the_footer_has_whole_keys_to_be_clicked(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    save({"keys": {"units.act": "ctrl+alt+shift+f11", "units.search": "ctrl+alt+shift+f12"}})
    async with drive(city, (80, 24)) as driver:
        await driver.press("f10")
        bar = driver.lines[-1].rstrip()
        assert bar.endswith("F1 帮助 Ctrl+P 命令 Ctrl+Q 退出") and cell_len(bar) <= 80
        assert "Ctrl+Alt+Shift+F11 办理" in bar and "看事项" in bar and "查找" not in bar
        await driver.pilot.resize_terminal(120, 36)
        await driver.settle()
        assert "Ctrl+Alt+Shift+F12 查找" in driver.lines[-1]
        await driver.press("ctrl+s")
        assert "不用另外保存" in driver.toasts
        await driver.press("f4")
        keys = {one.description: one for one in driver.app.screen.query(BarKey)}
        assert keys["签发"].has_class("-disabled")
        await driver.pilot.click(keys["签发"])
        await driver.settle()
        assert "不能签发" in driver.toasts
        await driver.pilot.click(keys["拟稿"])
        await driver.settle()
        assert driver.app.screen.is_modal and "拟稿" in driver.text


async def test_what_is_said_over_the_panes_loses_no_character(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    """A wide character where one pane ends and the next begins, at either parity."""
    said = "已安排约谈市农业农村局现在已安排计划日期二〇二五年一月二十二日"
    async with drive(city, (120, 40)) as driver:
        await driver.press("f4")
        for before in ("", "x"):
            driver.app.say(before + said)
        await driver.settle()
        assert f" x{said}" in driver.text and f" {said}" in driver.text
        assert _fits(driver, 120)
        # What is drawn anew below leaves it whole too.
        compositor = driver.app.screen._compositor
        compositor._dirty_regions = {driver.query("#paper", Paper).region}
        update = compositor.render_partial_update()
        drawn = update.render_segments(driver.app.console)
        assert said in drawn and f"x{said}" in drawn


async def test_papers_and_lists_are_exported(city: Path, drive, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    save({"export_folder": str(tmp_path)})
    async with drive(city, (80, 24)) as driver:

        async def choose(title: str) -> None:
            dialog = driver.app.screen
            assert isinstance(dialog, ExportDialog)
            titles = [one.title for one in dialog._exports]
            driver.query("#exports", OptionList).highlighted = titles.index(title)
            await driver.settle()

        async def named(path: Path) -> None:
            driver.query("#path", Input).value = str(path)
            await driver.press("ctrl+s")

        await driver.press("f3", "down")
        issues = driver.query("#issues", RecordList)
        await driver.press("ctrl+t")
        await named(tmp_path / "问题.csv")
        rows = list(csv.reader((tmp_path / "问题.csv").read_text("utf-8-sig").splitlines()))
        assert any(str(issues.record["code"]) in row for row in rows)
        assert f"{issues.total} 件到" in driver.toasts and ["筛选", "未办结"] in rows
        await driver.press("ctrl+t")
        await choose("交办单")
        await named(tmp_path / "核查.md")
        assert "处待填" in driver.toasts and (tmp_path / "核查.md").exists()
        await driver.press("ctrl+t")
        await choose("现场核查表")
        await named(tmp_path / "核查.md")
        assert isinstance(driver.app.screen, Confirm) and "文件已存在" in driver.text
        await driver.press("escape", "escape")
        # A place without an ending is a folder: a file for each that is marked.
        await driver.press("home", "shift+down", "ctrl+t")
        await choose("现场核查表")
        await named(tmp_path / "一批")
        assert len(list((tmp_path / "一批").glob("*.docx"))) == 2
        await driver.press("ctrl+t")
        await choose("督办单")
        await named(tmp_path / "没有的夹" / "督办.md")
        assert driver.query("#error", object).has_class("-shown")
        await driver.press("escape", "f4", "down", "ctrl+t")
        await choose("点名依据表")
        await named(tmp_path / "依据.html")
        assert "点名依据" in (tmp_path / "依据.html").read_text("utf-8")
        await driver.press("ctrl+g", "ctrl+t")
        await named(tmp_path / "记录.csv")
        log = (tmp_path / "记录.csv").read_text("utf-8-sig")
        assert log.count("交办") >= 20 and "台账校验码" in log


async def test_a_toast_names_what_changed_and_the_way_back(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city) as driver:
        await driver.press("f3", "down")
        code = driver.query("#issues", RecordList).record["code"]
        await driver.app.run_action("operate('issue.terminate')", driver.app.screen)
        await driver.settle()
        driver.query("#field-reason #entry", object).focus()
        await driver.type("qiye zhuxiao")
        await driver.press("ctrl+s")
        if isinstance(driver.app.screen, Confirm):
            await driver.press("y")
        assert f"已终止办理：{code}，现在“终止办理”。办错了可用“恢复”。" in driver.toasts


async def test_outside_text_stays_text_everywhere(hostile_city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(hostile_city, (120, 40)) as driver:
        for keys in (
            ("ctrl+g", "down", "down", "f6"),
            ("ctrl+l", "enter"),
            ("f3", "down", "ctrl+right_square_bracket"),
            ("escape", "ctrl+c", "ctrl+t"),
            ("escape", "ctrl+backslash"),
        ):
            await driver.press(*keys)
            assert _fits(driver, 120), keys
            assert not set("\x1b\x07\u202e") & set(driver.text + driver.toasts), keys
        assert "\x1b" not in driver.app.clipboard and driver.app.clipboard.count("\t") >= 5


async def test_settings_changed_while_older_ones_are_written_are_kept(  # type: ignore[no-untyped-def]
    city: Path, drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A slow disk: the first writing goes on until a second would be through before it."""
    second = Event()
    writing: list[Mapping[str, object]] = []

    def slow(values: Mapping[str, object]) -> None:
        writing.append(values)
        if len(writing) == 1:
            second.wait(0.2)
        else:
            second.set()
        save(values)

    async with drive(city) as driver:
        monkeypatch.setattr("screens.window.save", slow)
        driver.app.remember(folders=["/甲"])
        driver.app.remember(recent=["/乙"])
        await driver.settle()
    assert load()["folders"] == ["/甲"] and load()["recent"] == ["/乙"]
