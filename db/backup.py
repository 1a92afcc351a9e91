"""Copies of a ledger: made while others write, checked, and put in place in one step."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from db import connection, events, soundness
from db.driver import Connection, sqlite
from supervise.errors import LedgerError, reason


@contextmanager
def saving(what: str, folder: Path) -> Iterator[None]:
    """Turn whatever keeps a copy from being written into one sentence."""
    try:
        yield
    except OSError as error:
        raise LedgerError(
            f"{what}没有写成：{folder} {reason(error)}。没有留下半个文件。",
            code="cannot_save",
        ) from error
    except sqlite.Error as error:
        raise LedgerError(
            f"{what}没有写成：{folder} {_cause(str(error))}。没有留下半个文件。",
            code="cannot_save",
        ) from error


def _cause(text: str) -> str:
    if "full" in text:
        return "磁盘已满"
    if "I/O" in text:
        return "写不进去，可能磁盘已满或出错"
    return f"出错（{text}）"


# The places this process holds now: what else bears its number was left by another one.
_held: set[Path] = set()


@contextmanager
def temporary(target: Path) -> Iterator[Path]:
    """Hold a place for a copy beside its target; whatever is left of it is deleted.

    What a process that was killed left of an earlier copy of that name is cleared away first.
    """
    clear_left(target.parent, re.escape(target.name))
    place = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    _held.add(place)
    try:
        yield place
    finally:
        _held.discard(place)
        for suffix in ("", "-wal", "-shm", "-journal"):
            with suppress(OSError):
                Path(f"{place}{suffix}").unlink(missing_ok=True)


def clear_left(folder: Path, name: str) -> None:
    """Delete the places for targets of a name (a pattern) whose processes are gone."""
    left = re.compile(rf"\.+({name})(?:\.(\d+)\.tmp)+(?:-wal|-shm|-journal)?")
    with suppress(OSError):
        for path in folder.iterdir():
            match = left.fullmatch(path.name)
            if match is None or _in_use(path, int(match[match.lastindex or 0])):
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                with suppress(OSError):
                    path.unlink()


def _in_use(path: Path, process: int) -> bool:
    """Tell whether a place is held, by this process or another that runs on this machine."""
    if process == os.getpid():
        return any(path.name.startswith(held.name) for held in _held)
    if os.name == "nt":  # there, what is open cannot be deleted, and asking would end a process
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True


def copy_to(conn: Connection, place: Path) -> None:
    """Copy one moment of an open ledger into a new file (0600), flushed to disk.

    Its rollback journal makes it one file, readable from a read-only disc too.
    """
    os.close(os.open(place, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(sqlite.connect(place, isolation_level=None)) as copy:
        conn.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
    flush(place)


def publish(place: Path, target: Path) -> None:
    """Give a finished file its name in one step, overwriting nothing."""
    with saving(target.name, target.parent):
        flush(place)
        try:
            os.link(place, target)
        except FileExistsError:
            connection.refuse_existing(target)
        except OSError:  # a file system without hard links
            connection.refuse_existing(target)
            os.replace(place, target)
        flush(target.parent)


def make_current(place: Path) -> None:
    """Give a finished copy the journal that ledgers work with."""
    with closing(sqlite.connect(place, isolation_level=None)) as copy:
        copy.execute(f"PRAGMA journal_mode = {connection.JOURNAL}")
    flush(place)


def flush(path: Path) -> None:
    """Flush a file, or a folder's entries where the system can, to disk."""
    if os.name == "nt" and path.is_dir():
        return
    handle = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_problems(copy: Connection, original: Connection) -> list[str]:
    """Say what is wrong with a fresh copy: its structure, or a head its original does not hold."""
    seq, value = events.head(copy)
    found = soundness.structure(copy) + soundness.last_event(copy)
    if seq and events.hash_at(original, seq) != value:
        found.append("副本的校验码与台账不符。")
    return found


def swap(ledger: Path, place: Path, kept: Path) -> bool:
    """Put a finished copy where the ledger is, keeping the old file; False when there was none.

    The ledger's path never stands empty where the file system knows hard links.
    """
    if not ledger.exists():
        os.replace(place, ledger)
        return False
    with connection.alone(ledger):
        try:
            os.link(ledger, kept)
        except OSError:
            os.replace(ledger, kept)
        for suffix in ("-wal", "-shm", "-journal"):  # left only beside a damaged file
            with suppress(FileNotFoundError):
                os.replace(Path(f"{ledger}{suffix}"), Path(f"{kept}{suffix}"))
        os.replace(place, ledger)
    return True
