"""A window that is left: by keys typed ahead of it, or by a fault."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from textual.drivers.headless_driver import HeadlessDriver

from screens.dialogs.operation import OperationDialog
from screens.dialogs.pick_file import PickFileDialog
from screens.window import Window
from supervise.services.registry import OPERATIONS
from tests.screens.waiting import idle

# Turns of the event loop after which a dialog is closed: from none to when it stands.
TURNS = range(0, 60, 4)


async def test_a_dialog_answered_before_it_stands_harms_nothing(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    """Keys typed ahead may close a dialog at any moment while its parts are being made."""
    makers = (
        lambda: OperationDialog(OPERATIONS["issue.add"]),
        lambda: PickFileDialog("选文件"),
    )
    async with drive(city) as driver:
        for maker in makers:
            for turns in TURNS:
                driver.app.push_screen(maker())
                for _ in range(turns):
                    await asyncio.sleep(0)
                driver.app.pop_screen()
        await idle(driver.app)
        await driver.press("f3")
        assert "清单" in driver.text


class _Broken(Window[None]):
    """A window with a fault in it."""

    def on_ready(self) -> None:
        """Fail as soon as it stands."""
        raise RuntimeError("坏")


def test_a_fault_is_told_by_who_opened_the_window(capfd: pytest.CaptureFixture[str]) -> None:
    window = _Broken()
    window.driver_class = HeadlessDriver
    with pytest.raises(RuntimeError, match="坏"):
        window.stay()
    assert "Traceback" not in "".join(capfd.readouterr())
