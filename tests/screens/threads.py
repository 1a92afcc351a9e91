"""A watch over every connection to a ledger: who asks the database, on which thread."""

from __future__ import annotations

import sys
import threading
from functools import partial
from types import FrameType
from typing import Any

import pytest

from db.driver import sqlite

# Whoever stands on the stack in one of these is the interface, not the test that drives it.
INTERFACE = ("textual.", "screens.")
ASKING = ("execute", "executemany", "executescript", "commit", "rollback", "backup", "close")


class Watch:
    """Counts what is asked of the database; `faults` are the calls on the interface's thread."""

    def __init__(self) -> None:
        self.loop = threading.get_ident()
        self.asked, self.faults = 0, list[str]()

    def begin(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Watch all connections opened from now on, however they are opened."""
        connect = sqlite.connect

        def opened(*arguments: Any, **options: Any) -> Any:
            self.note("connect")
            return connect(*arguments, **{"factory": self._kind(), **options})

        monkeypatch.setattr(sqlite, "connect", opened)

    def note(self, name: str) -> None:
        """Take down a call, and where it came from when the interface made it."""
        self.asked += 1
        if threading.get_ident() == self.loop:
            places = _places(sys._getframe(1))
            if any(place.startswith(INTERFACE) for place in places):
                self.faults.append(f"{name}: {' < '.join(places[:12])}")

    def _kind(self) -> type:
        def watched(name: str, connection: Any, *arguments: Any, **options: Any) -> Any:
            self.note(name)
            return getattr(sqlite.Connection, name)(connection, *arguments, **options)

        methods = {name: _method(partial(watched, name)) for name in ASKING}
        return type("Watched", (sqlite.Connection,), methods)


def _method(function: Any) -> Any:
    """A plain function is bound to its object; a partial is not."""
    return lambda *arguments, **options: function(*arguments, **options)


def _places(frame: FrameType | None) -> list[str]:
    found = []
    while frame is not None:
        found.append(f"{frame.f_globals.get('__name__')}.{frame.f_code.co_name}")
        frame = frame.f_back
    return found
