"""A terminal of our own: a program runs in it, keys go in, and what it draws is waited for."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

ROWS, COLUMNS = 40, 120
PATIENCE = 60.0
# Seconds without a byte after which a repaint is over; shorter than any hand rests.
QUIET = 0.04
KEYS = {
    "f2": b"\x1bOQ", "f3": b"\x1bOR", "f4": b"\x1bOS", "f5": b"\x1b[15~", "f6": b"\x1b[17~",
    "f7": b"\x1b[18~", "f8": b"\x1b[19~", "f9": b"\x1b[20~", "f10": b"\x1b[21~",
    "f11": b"\x1b[23~", "f12": b"\x1b[24~", "up": b"\x1b[A", "down": b"\x1b[B",
    "home": b"\x1b[H", "end": b"\x1b[F", "pageup": b"\x1b[5~", "pagedown": b"\x1b[6~",
    "enter": b"\r", "escape": b"\x1b", "tab": b"\t", "ctrl+d": b"\x04", "ctrl+g": b"\x07",
    "ctrl+l": b"\x0c", "ctrl+left": b"\x1b[1;5D", "ctrl+right": b"\x1b[1;5C",
    "ctrl+p": b"\x10", "ctrl+q": b"\x11", "ctrl+u": b"\x15",
}  # fmt: skip
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)|.)")


class Terminal:
    """A 120×40 terminal with a program in it; its user's settings are of its own.

    Waiting raises RuntimeError with what was drawn last when the program ends or takes too long.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._settings = tempfile.TemporaryDirectory()
        own = {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "SUPERVISE_PREFERENCES": str(Path(self._settings.name) / "dashboard.json"),
        }
        self._drawn = b""
        self._since = time.perf_counter()
        self.child, self._terminal = pty.fork()
        if self.child == 0:
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.execvpe(command[0], list(command), {**os.environ, **own, **environment})

    def __enter__(self) -> Terminal:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self.child, signal.SIGKILL)
        os.waitpid(self.child, 0)
        os.close(self._terminal)
        self._settings.cleanup()

    def send(self, keys: str) -> None:
        """Press a key by its name, or type a text as an input method hands it over."""
        self._drawn = b""
        self._since = time.perf_counter()
        os.write(self._terminal, KEYS.get(keys, keys.encode()))

    def wait(self, marker: str) -> float:
        """Wait until a text was drawn since the last key; gives the seconds from that key."""
        wanted = marker.encode()
        while not (wanted in self._drawn or wanted in _ESCAPE.sub(b"", self._drawn)):
            if not self._read(PATIENCE):
                raise RuntimeError(f"没有等到“{marker}”：{self._tail()}")
        return time.perf_counter() - self._since

    def press(self, keys: str) -> float:
        """Press a key, and wait until what it changed is drawn; gives the seconds it took."""
        self.send(keys)
        if not self._read(PATIENCE):
            raise RuntimeError(f"没有反应：{keys}")
        last = time.perf_counter()
        while self._read(QUIET):
            last = time.perf_counter()
        return last - self._since

    def rest(self, seconds: float) -> None:
        """Let the hand rest, and take in what is drawn meanwhile: a cursor may blink for ever."""
        until = time.perf_counter() + seconds
        while (left := until - time.perf_counter()) > 0:
            self._read(left)

    def ended(self) -> None:
        """Wait until the program has ended by itself."""
        while self._read(PATIENCE):
            pass

    @property
    def memory(self) -> float:
        """What the program holds of the machine's memory, in MB."""
        status = Path(f"/proc/{self.child}/status").read_text()
        (kilobytes,) = re.findall(r"VmRSS:\s+(\d+) kB", status)
        return int(kilobytes) / 1000

    def _read(self, patience: float) -> bool:
        ready, _, _ = select.select([self._terminal], [], [], patience)
        try:
            more = os.read(self._terminal, 65536) if ready else b""
        except OSError:  # the program has ended
            more = b""
        self._drawn += more
        return bool(more)

    def _tail(self) -> str:
        return _ESCAPE.sub(b"", self._drawn).decode(errors="replace")[-400:]


def seconds_until(command: Sequence[str], marker: str, environment: Mapping[str, str]) -> float:
    """Start a program in a terminal and give the time until the marker was drawn."""
    with Terminal(command, environment) as terminal:
        return terminal.wait(marker)
