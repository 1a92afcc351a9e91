"""`supervise` alone on a terminal: where there is no ledger, and where it is only read."""

from __future__ import annotations

import os
import select
import signal
import struct
import subprocess
import sys
import time
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
ROOT = Path(__file__).resolve().parents[2]
LONGEST = 30.0


def shown(folder: Path, words: str, *arguments: str, **environment: str) -> tuple[str, int]:
    """Run on a terminal until some words are there, leave by Ctrl+Q; what was seen, the status."""
    import fcntl
    import termios

    mine, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SUPERVISE")}
    process = subprocess.Popen(
        [sys.executable, "-m", "supervise", *arguments],
        cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs, start_new_session=True,
        env={**kept, "TERM": "xterm-256color", "SUPERVISE_TODAY": "2024-12-31",
             "SUPERVISE_PREFERENCES": str(folder / "own.json"), **environment},
    )  # fmt: skip
    os.close(theirs)
    seen, end, left = b"", time.monotonic() + LONGEST, False
    try:
        while time.monotonic() < end and process.poll() is None:
            if select.select([mine], [], [], 0.1)[0]:
                try:
                    seen += os.read(mine, 65536)
                except OSError:
                    break
            if not left and words.encode() in seen:
                os.write(mine, b"\x11")
                left = True
        return seen.decode(errors="replace"), process.wait(5)
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
        os.close(mine)


def test_without_a_ledger_a_terminal_is_shown_how_to_come_by_one(tmp_path):
    place = tmp_path / "还没有" / "ledger.db"
    seen, status = shown(tmp_path, "新建并导入", "--ledger", str(place))
    assert status == 0 and "看演示" in seen and "打开台账" in seen
    assert not place.exists() and not place.parent.exists()


def test_reading_only_there_must_be_a_ledger(tmp_path):
    place = tmp_path / "ledger.db"
    seen, status = shown(tmp_path, "新建并导入", "--read-only", "--ledger", str(place))
    assert status == 3 and "错误" in seen and "新建并导入" not in seen


def test_the_dashboard_says_that_it_only_reads(office, ledger_path, tmp_path):
    seen, status = shown(
        tmp_path, "只读", SUPERVISE_LEDGER=str(ledger_path), SUPERVISE_READ_ONLY="1"
    )
    assert status == 0 and "只读" in seen
