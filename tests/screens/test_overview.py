"""今日工作 by real keys: figures, the month's progress, charts, and the lists behind them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from textual.widgets import Input

from screens.dialogs.operation import OperationDialog
from screens.widgets.bars import Bars, blocks, level
from screens.widgets.heat import Heat, Line, Square
from screens.widgets.record_list import RecordList
from supervise.services import months, windows
from supervise.services.charts import Bar
from supervise.services.charts import charts as read_charts
from supervise.services.session import Session
from supervise.text import printable

TODAY = date(2024, 12, 31)
LABELS = st.text(max_size=40) | st.text("市住建局（设湖县）ａ１[b]", max_size=30)


async def _focus(driver, selector: str) -> None:  # type: ignore[no-untyped-def]
    driver.app.screen.query_one(selector).focus()
    await driver.settle()


async def test_the_month_is_done_step_by_step(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (160, 48)) as driver:
        assert "2024-12 本月进度（未拟稿）" in driver.text
        steps = driver.query("#month", RecordList)
        assert [row["step"].step for row in steps.rows_at_hand()][:3] == ["催报", "收表", "关账"]
        await _focus(driver, "#month")
        await driver.press("enter")
        assert isinstance(driver.app.screen, OperationDialog)
        await driver.press("ctrl+s")
        assert not isinstance(driver.app.screen, OperationDialog), driver.text
        assert "已记录办文环节：2024-12" in driver.toasts and "已办 12-31" in driver.text
        # F7 asks for the step under the cursor; its number can be written down.
        await driver.press("down", "down", "f7")
        driver.query("#field-ref #entry", Input).focus()
        await driver.type("乙2号")
        await driver.press("ctrl+s")
        with Session(city, TODAY) as session:
            recorded = months.progress(session, "2024-12").steps
        assert [s.step for s in recorded if s.state == "done"] == ["催报", "关账"]
        # The other steps are done where they belong.
        await driver.press("down", "enter")
        assert driver.app.current_mode == "notices"
        await driver.press("f2")
        await _focus(driver, "#month")
        await driver.press("end", "enter")
        assert driver.app.current_mode == "interviews"


async def test_every_bar_and_cell_opens_what_is_behind_it(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    with Session(city, TODAY) as session:
        found = read_charts(session)
        behind = {
            bar.key: windows.count(session, windows.view(session, bar.key))
            for bar in (*found.overdue, *found.flow, *found.ages)
        }
    for bar in (*found.overdue, *found.flow, *found.ages):
        assert behind[bar.key] == bar.count, bar
    assert sum(bar.count for bar in found.ages) > 0 < sum(bar.count for bar in found.overdue)
    async with drive(city) as driver:
        for selector, keys in (("#chart-overdue", ()), ("#chart-ages", ("end", "down", "down"))):
            await driver.press("f2")
            await _focus(driver, selector)
            await driver.press(*keys)
            chart = driver.query(selector, Bars)
            key = chart.key_at(*chart.place)
            await driver.press("enter")
            assert driver.app.current_mode == "issues"
            assert driver.query("#issues", RecordList).total == behind[key]
        # A naming opens the month's notice; the words of a row open the unit.
        await driver.press("f2")
        await _focus(driver, "#chart-namings")
        namings = driver.query("#chart-namings", Heat)
        await driver.press("left")
        _, month, unit = namings.key_at(*namings.place).split(":")
        await driver.press("enter")
        assert driver.app.current_mode == "notices" and month == "2024-11"
        assert driver.query("#entries", RecordList).record["unit"] == unit
        await driver.press("f2", *["left"] * 14)
        assert namings.key_at(*namings.place).startswith("unit:")
        await driver.press("right")
        assert namings.place[1] == 0
        await driver.pilot.click(namings, offset=(2, 2))
        await driver.settle()
        assert driver.app.current_mode == "units"


async def test_the_page_at_every_size_and_read_only(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    for size in ((80, 24), (120, 40), (200, 60)):
        async with drive(city, size, read_only=True) as driver:
            assert "待办" in driver.text and "本月进度" in driver.text
            assert all(cell_len(line) == size[0] for line in driver.lines[1:])
            assert "研判" not in driver.text and "移送" not in driver.text
            for selector in ("#chart-flow", "#chart-trends", "#chart-namings"):
                await _focus(driver, selector)
                assert all(cell_len(line) == size[0] for line in driver.lines[1:])
            await _focus(driver, "#month")
            await driver.press("enter")
            assert not isinstance(driver.app.screen, OperationDialog)
            assert "只读" in driver.toasts


@given(count=st.integers(-3, 10**7), most=st.integers(0, 10**7), width=st.integers(0, 200))
def test_a_bar_is_as_wide_as_its_room(count: int, most: int, width: int) -> None:
    bar = blocks(count, most, width)
    assert cell_len(bar) == width
    assert bool(bar.strip()) == (count > 0 < most and width > 0)


@given(st.floats(0, 1))
def test_a_level_is_one_cell_and_grows(part: float) -> None:
    assert cell_len(level(part)) == 1
    assert level(0) <= level(part) <= level(1) == "█"


@given(
    labels=st.lists(LABELS, min_size=1, max_size=4),
    count=st.integers(0, 10**9),
    width=st.integers(12, 200),
)
def test_no_label_breaks_a_line_of_bars(labels: list[str], count: int, width: int) -> None:
    chart = Bars("件")
    chart._bars = tuple(Bar("all", label, count // (n + 1)) for n, label in enumerate(labels))
    for row in range(len(labels)):
        line = "".join(piece.text for piece in chart.pieces(row, width))
        assert cell_len(line) <= max(width, 14 + len(f"{count:,}"))
        assert printable(line) == line


@given(
    labels=st.lists(LABELS, min_size=1, max_size=4),
    heads=st.lists(st.text("0123456789月", max_size=4), min_size=1, max_size=12),
    text=LABELS,
    width=st.integers(20, 200),
)
def test_no_label_breaks_a_line_of_cells(
    labels: list[str], heads: list[str], text: str, width: int
) -> None:
    chart = Heat("件", cell=6)
    squares = tuple(Square(text) for _ in heads)
    chart._heads, chart._lines = tuple(heads), tuple(Line(label, squares) for label in labels)
    head = chart.head(width)
    assert head is not None
    wide = {cell_len("".join(piece.text for piece in head))}
    wide |= {
        cell_len("".join(piece.text for piece in chart.pieces(row, width)))
        for row in range(len(labels))
    }
    assert len(wide) == 1 and wide.pop() <= width
