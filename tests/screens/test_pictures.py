"""Pictures of each page: dark, light, and dark on a small terminal.

Remade with `pytest tests/screens/test_pictures.py --snapshot-update`.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input

from screens.app import Dashboard
from screens.theme import DARK, LIGHT
from tests.screens.waiting import still

TODAY = date(2024, 12, 31)
PAGES = tuple(Dashboard.MODES)
LOOKS = {
    "dark": (DARK.name, (120, 36)),
    "light": (LIGHT.name, (120, 36)),
    "small": (DARK.name, (80, 24)),
}


@pytest.fixture(scope="module")
def pictured(filled: Path) -> Path:
    """Give the ledger that is looked at: nothing here changes it."""
    return filled


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("page", PAGES)
def test_picture(pictured: Path, snap_compare, page: str, look: str) -> None:  # type: ignore[no-untyped-def]
    theme, size = LOOKS[look]
    app = Dashboard(pictured, TODAY, area=None if page == "overview" else page)
    app.theme = theme

    async def settle(pilot: Pilot[None]) -> None:
        await still(pilot.app)
        for entry in pilot.app.screen.query(Input):
            entry.cursor_blink = False
        await still(pilot.app)
        assert not pilot.app._notifications

    assert snap_compare(app, terminal_size=size, run_before=settle)
