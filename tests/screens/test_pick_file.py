"""A file is picked by its path, by its name, through the folders, or from a recent folder."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from textual.widgets import Input, OptionList

from screens.dialogs.pick_file import PickFileDialog
from screens.folders import KEPT, look, with_recent
from tests.screens.conftest import HOSTILE


def _tree(root: Path) -> Path:
    (root / "台账" / "十二月").mkdir(parents=True)
    for name in ("问题.xlsx", "说明.txt", ".隐藏.xlsx", "[b]粗[b].xlsx"):
        (root / "台账" / name).write_text("一", "utf-8")
    (root / "台账" / "十二月" / "清单.csv").write_text("二", "utf-8")
    return root / "台账"


def test_a_look_shows_folders_then_files_with_the_endings(tmp_path: Path) -> None:
    folder = _tree(tmp_path)
    found = look("", folder, (".xlsx", ".csv"))
    assert [item.name for item in found.items] == ["十二月", "[b]粗[b].xlsx", "问题.xlsx"]
    assert look("说明", folder, (".xlsx",)).items == ()
    assert look("说明.txt", folder, None).exact is not None
    assert [item.name for item in look(".隐", folder, None).items] == [".隐藏.xlsx"]
    assert look("十二月/", folder, None).folder == folder / "十二月"
    assert look("没有/这里", folder, None).problem


@given(st.text(max_size=60))
def test_whatever_is_typed_is_looked_for_without_a_fault(typed: str) -> None:
    assert look(typed.strip(), Path("/nonexistent"), None).typed == typed.strip()


@given(st.lists(st.text(min_size=1, max_size=5)))
def test_recent_folders_are_few_and_each_once(names: list[str]) -> None:
    known: list[str] = []
    for name in names:
        known = with_recent(known, Path("/") / name)
        assert known[0] == str(Path("/") / name)
    assert len(known) <= KEPT and len(set(known)) == len(known)


async def test_a_file_is_picked_by_keys(city: Path, drive, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    folder, picked = _tree(tmp_path), []
    async with drive(city, (80, 24)) as driver:

        async def ask(start: Path | None, *, endings: tuple[str, ...] | None = None) -> None:
            driver.app.push_screen(PickFileDialog("选文件", endings, start), picked.append)
            await driver.settle()

        await ask(folder, endings=(".xlsx", ".csv"))
        assert "[b]粗[b].xlsx" in driver.text and "说明.txt" not in driver.text
        await driver.press("down", "enter")
        assert "清单.csv" in driver.text
        await driver.press("down", "enter")
        assert picked.pop() == folder / "十二月" / "清单.csv"

        # It begins where the last file was found; one name that fits is enough.
        await ask(None)
        assert "清单.csv" in driver.text
        await driver.press("ctrl+u")
        await driver.type("说明")
        await driver.press("enter")
        assert picked.pop() == folder / "说明.txt"

        await ask(folder / "十二月")
        assert "最近" in driver.text
        for text in HOSTILE:
            driver.query("#path", Input).value = text
            await driver.press("enter")
            assert isinstance(driver.app.screen, PickFileDialog)
            assert driver.query("#error", object).has_class("-shown")
            assert "\x1b" not in driver.text and "\u202e" not in driver.text
        driver.query("#path", Input).value = str(folder / "说明.txt")
        await driver.press("ctrl+s")
        assert picked.pop() == folder / "说明.txt"

        await ask(folder, endings=(".csv",))
        driver.query("#path", Input).value = "问题.xlsx"
        await driver.press("enter")
        assert "不是可选的文件" in driver.text
        assert not driver.query("#items", OptionList).option_count
        await driver.press("escape")
        assert picked.pop() is None


async def test_each_file_of_a_long_list_stands_on_one_line(
    city: Path, drive, tmp_path: Path
) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path / "表"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02d}单位_2025-01.xlsx").write_text("一", "utf-8")
    async with drive(city, (80, 24)) as driver:
        driver.app.push_screen(PickFileDialog("选文件", None, folder))
        await driver.settle()
        items = driver.query("#items", OptionList)
        assert items.virtual_size.height == items.option_count == 40
        shown = [line for line in driver.text.splitlines() if "_2025-01.xlsx" in line]
        assert shown and all(" 3 B  20" in line for line in shown)
