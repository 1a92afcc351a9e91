"""Waiting for the dashboard, as a person waits for the screen to stand still."""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Iterator
from typing import Any

from textual import events
from textual.app import App
from textual.keys import REPLACED_KEYS, _character_to_key, _get_unicode_name_from_key
from textual.message_pump import MessagePump
from textual.timer import Timer

# Seconds: what is set to happen within SOON is waited for, a look at everything costs little.
LONGEST, SOON, BETWEEN = 30.0, 0.25, 0.003


async def idle(app: App[Any]) -> None:
    """Wait until no worker runs; one that a newer one took the place of may end as it likes."""
    async with asyncio.timeout(LONGEST):
        while _working(app):
            await asyncio.sleep(BETWEEN)


async def still(app: App[Any]) -> None:
    """Wait until nothing runs, nothing waits to be handled or drawn, and nothing will be soon.

    Seen twice: what a thread hands over lies between the two for a moment.
    """
    seen = 0
    async with asyncio.timeout(LONGEST):
        while seen < 2:
            if app._exit or app._exception is not None:
                return
            busy = _working(app) or _handling(app) or _soon(app)
            seen = 0 if busy or _drawn(app) else seen + 1
            await asyncio.sleep(BETWEEN)


def key_event(key: str) -> events.Key:
    """Give what the terminal tells of a key."""
    if len(key) == 1 and not key.isalnum():
        key = _character_to_key(key)
    try:
        name = _get_unicode_name_from_key(REPLACED_KEYS.get(key, key))
        character: str | None = unicodedata.lookup(name)
    except KeyError:
        character = key if len(key) == 1 else None
    return events.Key(key, character)


def _pumps(app: App[Any]) -> Iterator[MessagePump]:
    yield app
    yield from (one for one in list(app._registry) if one is not app)


def _working(app: App[Any]) -> bool:
    return any(not worker.is_finished for worker in app.workers)


def _handling(app: App[Any]) -> bool:
    """Whether any part is at work: none that is idle has a message, and all of them await one."""
    return any(
        (one is app or (one._task is not None and not one._task.done())) and not _waits(one)
        for one in _pumps(app)
    )


def _waits(pump: MessagePump) -> bool:
    queue = pump._message_queue
    awaited = bool(queue.ready_event._waiters)
    return queue.empty() and awaited and not pump._next_callbacks


def _soon(app: App[Any]) -> bool:
    """Whether a part set itself a clock, to go on when a hand has come to rest."""
    return not app.animator._complete_event.is_set() or any(
        _pending(timer) for one in _pumps(app) for timer in list(one._timers)
    )


def _pending(timer: Timer) -> bool:
    once = timer._repeat == 0 and timer._interval <= SOON
    return once and timer._task is not None and not timer._task.done()


def _drawn(app: App[Any]) -> bool:
    """Draw what is to be drawn, now that all is done; whether there was any."""
    screen = app.screen
    wanted = (
        screen._layout_required
        or screen._scroll_required
        or screen._repaint_required
        or screen._recompose_required
        or screen._dirty_widgets
        or screen._callbacks
    )
    if wanted:
        screen._on_timer_update()
    return bool(wanted)
