"""Nothing is asked of the database on the thread that draws and hears the keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from screens.app import Dashboard
from tests.screens.threads import Watch

# What is done on every page: its list, what is behind a row, its dialogs, reading again.
KEYS = ("down", "enter", "f6", "escape", "f7", "escape", "ctrl+r")


async def test_no_page_asks_on_the_thread_that_draws(city: Path, drive, watch: Watch) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (80, 24)) as driver:
        for area in Dashboard.MODES:
            before = watch.asked
            await driver.app.run_action(f"mode('{area}')")
            await driver.settle()
            assert driver.app.current_mode == area
            await driver.press(*KEYS)
            await driver.settle()
            while len(driver.app.screen_stack) > 1:
                await driver.press("escape")
            assert watch.asked > before or area == "importing", area
    assert not watch.faults


async def test_a_call_on_that_thread_would_be_noticed(city: Path, drive, watch: Watch) -> None:  # type: ignore[no-untyped-def]
    def ask() -> None:
        with driver.app.visit() as session:
            session.conn.execute("SELECT 1")

    with pytest.raises(AssertionError):
        async with drive(city) as driver:
            driver.app.call_later(ask)
            await driver.settle()
    assert any(fault.startswith("execute") for fault in watch.faults)
    watch.faults.clear()
