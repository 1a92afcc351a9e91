"""Killed while a demo, a backup or a restoring is written: no half of it stays, then or later."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from db import backup as copies
from supervise.services import demo
from supervise.services.backup import backup, restore
from supervise.services.verify import verify
from tests.db.making import opened

# Waits where the finished file, or the evidence, would be given its name.
WAITING = """
def stop(event, arguments):
    if event in {"os.link", "os.rename"}:
        print("there", flush=True)
        sys.stdin.readline()

sys.addaudithook(stop)
"""
BACKUP = f"""{WAITING}
from supervise.services.backup import backup
with opened() as session:
    backup(session, Path(sys.argv[2]))
"""
RESTORE = f"""{WAITING}
from supervise.services.backup import restore
restore(path, Path(sys.argv[2]))
"""
DEMO = f"""{WAITING}
from supervise.services import demo
demo.build(path, lambda *_: print("under way", flush=True) or sys.stdin.readline())
"""
Child = Callable[..., "subprocess.Popen[str]"]


def killed(child: Child, script: str, *arguments: object) -> None:
    """Start a script and kill it where it waits."""
    writer = child(script, *arguments)
    assert writer.stdout is not None
    assert writer.stdout.readline().strip() in {"there", "under way"}
    writer.kill()
    writer.wait()


def left(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.endswith((".tmp", ".tmp-wal"))]


def test_a_killed_backup_is_cleared_away_by_the_next(book: Path, child: Child, tmp_path: Path):
    folder = tmp_path / "copies"
    folder.mkdir()
    for to in (folder / "copy.db", folder):
        killed(child, BACKUP, book, to)
        assert len(left(folder)) == 2  # the copy, and its evidence
        with opened(book) as session:
            made = Path(backup(session, to)["path"])
        assert left(folder) == []
        with opened(made) as session:
            assert verify(session)["problems"] == []


def test_a_killed_restoring_is_cleared_away_by_the_next(book: Path, child: Child, tmp_path: Path):
    with opened(book) as session:
        saved = Path(backup(session, tmp_path / "copy.db")["path"])
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    target = folder / "ledger.db"
    killed(child, RESTORE, target, saved)
    assert not target.exists()
    restore(target, saved)
    assert left(folder) == left(folder / "ledger.db.evidence") == []
    with opened(target) as session:
        assert verify(session)["problems"] == []


def test_a_killed_demo_leaves_no_ledger_of_its_name(child: Child, tmp_path: Path):
    path = tmp_path / "demo.db"
    killed(child, DEMO, path)
    assert not path.exists()
    assert left(tmp_path)
    demo.build(path)
    assert [one.name for one in tmp_path.iterdir()] == ["demo.db"]


def test_what_a_running_program_holds_is_left_to_it(tmp_path: Path, child: Child):
    other = child("sys.stdin.readline()", tmp_path)
    name = "copy.db"
    held, own = tmp_path / f".{name}.{other.pid}.tmp", tmp_path / f".{name}.{os.getpid()}.tmp"
    strange = tmp_path / f".{name}.tmp"
    for path in (held, strange):
        path.write_text("")
    with copies.temporary(tmp_path / name) as place:
        place.write_text("")
        with copies.temporary(tmp_path / name):
            assert place == own
            assert own.exists()
    assert held.exists()
    assert strange.exists()
    other.kill()
    other.wait()
    with copies.temporary(tmp_path / name):
        assert not held.exists()


@pytest.mark.parametrize("name", ["copy.db", "a.b(1).db"])
def test_what_an_earlier_process_of_the_same_number_left_is_cleared(tmp_path: Path, name: str):
    place = tmp_path / f".{name}.{os.getpid()}.tmp"
    for suffix in ("", "-wal", "-shm"):
        Path(f"{place}{suffix}").write_text("")
    with copies.temporary(tmp_path / name):
        assert list(tmp_path.iterdir()) == []
