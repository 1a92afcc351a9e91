"""A terminal of our own: start a program in it and wait until a text stands on its screen."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Mapping

ROWS, COLUMNS = 40, 120
PATIENCE = 30.0
_ESCAPE = re.compile(rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]P_^][^\x07\x1b]*(?:\x07|\x1b\\)|.)")


def seconds_until(command: list[str], marker: str, environment: Mapping[str, str]) -> float:
    """Start a program in a 120×40 terminal and give the time until the marker was written.

    Raises RuntimeError with what was written when it ends or takes too long before.
    """
    start = time.perf_counter()
    child, terminal = pty.fork()
    if child == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        terminal_of_today = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        os.execvpe(command[0], command, {**os.environ, **terminal_of_today, **environment})
    try:
        return _wait(terminal, marker.encode(), start)
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        os.close(terminal)


def _wait(terminal: int, marker: bytes, start: float) -> float:
    written = b""
    while time.perf_counter() - start < PATIENCE:
        ready, _, _ = select.select([terminal], [], [], 1.0)
        if not ready:
            continue
        try:
            written += os.read(terminal, 65536)
        except OSError:  # the program has ended
            break
        if marker in written or marker in _ESCAPE.sub(b"", written):
            return time.perf_counter() - start
    raise RuntimeError(f"没有等到“{marker.decode()}”：{_ESCAPE.sub(b'', written)[-400:]!r}")
