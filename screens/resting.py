"""Waiting for a hand to come to rest: what a held key passes by is not read."""

from __future__ import annotations

from collections.abc import Callable

from textual.message_pump import MessagePump
from textual.timer import Timer

# Seconds: long enough for a held key to pass by, short enough not to be felt.
REST = 0.06


class Rest:
    """Calls something once, when nothing more was done for a moment."""

    def __init__(
        self, owner: MessagePump, call: Callable[[], object], seconds: float | None = None
    ) -> None:
        self._owner, self._call, self._seconds = owner, call, seconds
        self._timer: Timer | None = None

    def again(self) -> None:
        """Begin to wait, anew if it was waiting already."""
        self.stop()
        seconds = REST if self._seconds is None else self._seconds
        self._timer = self._owner.set_timer(seconds, self._call)

    def stop(self) -> None:
        """Wait no more, and call nothing."""
        if self._timer is not None:
            self._timer.stop()
            self._timer = None
