"""Dialogs leave room for what is typed, what is said of it, and the buttons, in any terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.containers import Vertical
from textual.widgets import Button

from screens.dialogs.field_row import FieldRow
from screens.dialogs.fields import Fields
from screens.dialogs.operation import OperationDialog


def _here(driver) -> FieldRow:  # type: ignore[no-untyped-def]
    rows: list[FieldRow] = list(driver.app.screen.query(FieldRow))
    return next(row for row in rows if row.has_focus_within)


def _seen(driver) -> bool:  # type: ignore[no-untyped-def]
    """Tell whether the row typed into, its hint with it, and the buttons are on the screen."""
    body: Fields = driver.query("#body", Fields)
    button: Button = driver.query("#accept", Button)
    within = body.region.contains_region(_here(driver).region)
    return within and button.region.bottom < body.app.size.height


@pytest.mark.parametrize("size", [(80, 24), (60, 20)])
async def test_the_line_typed_into_and_its_message_are_always_in_view(  # type: ignore[no-untyped-def]
    city: Path, drive, size: tuple[int, int]
) -> None:
    async with drive(city, size) as driver:
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
        await driver.pilot.resize_terminal(size[0], 16)
        await driver.settle()
        assert _here(driver) is row and _seen(driver)


async def test_a_dialog_opened_at_once_stands_where_it_should(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (120, 40)) as driver:
        await driver.press("f8")
        frame = driver.query("#frame", Vertical).region
        assert frame.x == 120 - frame.right > 0
        assert driver.app.screen.styles.background.a < 1
