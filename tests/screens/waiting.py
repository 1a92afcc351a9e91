"""Waiting for the dashboard's workers, as a person waits for the screen to stand still."""

from __future__ import annotations

import asyncio
from typing import Any

from textual.app import App

LONGEST = 30.0


async def idle(app: App[Any]) -> None:
    """Wait until no worker runs; one that a newer one took the place of may end as it likes."""
    async with asyncio.timeout(LONGEST):
        while any(not worker.is_finished for worker in app.workers):
            await asyncio.sleep(0.005)
