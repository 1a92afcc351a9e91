"""One picture of each page: dark, light, narrow. Remade with `pytest --snapshot-update`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from textual.pilot import Pilot

from screens.app import Dashboard
from screens.theme import LIGHT
from tests.screens.waiting import idle

TODAY = date(2024, 12, 31)
PICTURES = [
    ("overview", "f2", (120, 36), False),
    ("issues", "f3", (160, 44), True),
    ("notices", "f4", (120, 36), False),
    ("interviews", "f5", (80, 24), False),
]


@pytest.mark.parametrize(("name", "key", "size", "light"), PICTURES, ids=[p[0] for p in PICTURES])
def test_picture(  # type: ignore[no-untyped-def]
    city: Path, snap_compare, name: str, key: str, size: tuple[int, int], light: bool
) -> None:
    app = Dashboard(city, TODAY)
    if light:
        app.theme = LIGHT.name

    async def settle(pilot: Pilot[None]) -> None:
        await pilot.press(key)
        for _ in range(5):
            await pilot.pause(0.05)
            await idle(pilot.app)
        await pilot.pause()

    assert snap_compare(app, terminal_size=size, run_before=settle)
