"""Killed, crowded or out of space: what was acknowledged is there, and the ledger is whole."""

from __future__ import annotations

import random
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db import events, transactions
from supervise.errors import LedgerError
from supervise.services.backup import backup
from supervise.services.verify import verify
from supervise.services.work import perform
from tests.db.making import copy_ledger, opened

Child = Callable[..., "subprocess.Popen[str]"]

WRITE_ON = """
with opened() as session:
    from db import events
    for number in range(100_000):
        perform(session, "issue.urge", {"issue": "JM-2024-0001"})
        print(events.head_code(session.conn), flush=True)
"""


def assert_whole(path: Path, head: str | None = None) -> None:
    with opened(path) as session:
        assert verify(session, head)["problems"] == []


def test_kill_9_in_a_write_loop_loses_nothing_acknowledged(book: Path, child: Child):
    chance = random.Random(20241231)
    acknowledged = 0
    for _ in range(5):
        writer = child(WRITE_ON, book)
        assert writer.stdout is not None
        # It goes on writing while it is killed, somewhere after these.
        lines = [writer.stdout.readline() for _ in range(chance.randint(21, 60))]
        writer.kill()
        lines += writer.stdout.readlines()
        heads = [line.strip() for line in lines if line.endswith("\n")]
        acknowledged += len(heads)
        assert_whole(book, heads[-1])
    with opened(book) as session:
        (urges,) = session.conn.execute("SELECT urges FROM issue WHERE id = 1").fetchone()
    # The last write of each run may have been made, and killed before it was acknowledged.
    assert acknowledged <= urges <= acknowledged + 5
    assert acknowledged > 100


URGE = """
with opened() as session:
    print("ready", flush=True)
    sys.stdin.readline()
    for number in range(25):
        perform(session, "issue.urge", {"issue": f"JM-2024-000{1 + 2 * (number % 2)}"})
"""


def test_four_writers_on_the_same_issues_lose_no_update(book: Path, child: Child):
    writers = [child(URGE, book) for _ in range(4)]
    for writer in writers:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "ready\n"
    outcomes = [writer.communicate(timeout=60) for writer in writers]
    assert [error for _, error in outcomes] == [""] * 4
    with opened(book) as session:
        rows = session.conn.execute("SELECT code, urges FROM issue WHERE urges > 0 ORDER BY id")
        assert rows.fetchall() == [("JM-2024-0001", 52), ("JM-2024-0003", 48)]
    assert_whole(book)


def test_a_reader_never_waits_for_a_writer(book: Path):
    with opened(book) as writer, opened(book, write=False) as reader:
        before = events.head(reader.conn)
        with transactions.writing(writer.conn, book):
            writer.conn.execute("INSERT INTO profile VALUES ('甲', '{}')")
            started = time.monotonic()
            assert events.head(reader.conn) == before
            assert time.monotonic() - started < 1


def test_a_writer_that_waits_too_long_says_so(book: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(transactions, "WRITE_WAIT", 1.5)
    told: list[str] = []
    with (
        opened(book) as first,
        opened(book) as second,
        transactions.writing(first.conn, book),
        pytest.raises(LedgerError, match="正被别人写入") as refused,
        transactions.writing(second.conn, book, lambda: told.append("waiting")),
    ):
        pass
    assert (refused.value.code, refused.value.exit_status) == ("locked", 3)
    assert told == ["waiting"]


LIMITED = """
import resource
from supervise.errors import SuperviseError
limit = path.stat().st_size + 60_000
with opened() as session:
    perform(session, "issue.urge", {"issue": "JM-2024-0001"})
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    for number in range(1000):
        try:
            perform(session, "issue.progress",
                    {"issue": "JM-2024-0001", "note": "整改进展" * 500})
        except SuperviseError as error:
            print(number, error.code, error.exit_status, error.message)
            break
"""


def test_a_file_that_may_not_grow_undoes_only_the_last_step(book: Path, child: Child):
    writer = child(LIMITED, book)
    output, errors = writer.communicate(timeout=60)
    assert errors == ""
    done, code, status, sentence = output.split(maxsplit=3)
    assert (code, status) == ("io", "3")
    assert "磁盘出错" in sentence
    with opened(book) as session:
        rows = session.conn.execute("SELECT count(*) FROM event WHERE op = 'issue.progress'")
        assert rows.fetchone() == (int(done),)
        perform(session, "issue.urge", {"issue": "JM-2024-0001"})
    assert_whole(book)


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of 1 MB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = shutil.which("mount")
    options = ["-t", "tmpfs", "-o", "size=1m", "tmpfs", str(folder)]
    if command is None or subprocess.run([command, *options], capture_output=True).returncode:
        pytest.skip("no small disk can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_undoes_the_step_and_the_ledger_goes_on(book: Path, small_disk: Path):
    path = copy_ledger(book, small_disk / "ledger.db")
    done = 0
    long = {"issue": "JM-2024-0001", "note": "进展" * 5000}
    with (
        opened(path) as session,
        pytest.raises(LedgerError, match="磁盘已满，本次操作全部撤销") as refused,
    ):
        for _ in range(1000):
            perform(session, "issue.progress", long)
            done += 1
    assert (refused.value.code, refused.value.exit_status) == ("disk_full", 3)
    assert done > 0
    subprocess.run(["mount", "-o", "remount,size=8m", str(small_disk)], check=True)
    with opened(path) as session:
        rows = session.conn.execute("SELECT count(*) FROM event WHERE op = 'issue.progress'")
        assert rows.fetchone() == (done,)
        perform(session, "issue.urge", {"issue": "JM-2024-0001"})
    assert_whole(path)


def test_a_backup_that_does_not_fit_leaves_nothing_behind(book: Path, small_disk: Path):
    (small_disk / "ballast").write_bytes(bytes(900_000))
    with opened(book) as session, pytest.raises(LedgerError, match="磁盘已满") as refused:
        backup(session, small_disk / "b.db")
    assert "没有留下半个文件" in refused.value.message
    assert [path.name for path in small_disk.iterdir()] == ["ballast"]
