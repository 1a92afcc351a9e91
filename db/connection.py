"""Opening a ledger: the only place that sets a PRAGMA, begins a write or names a driver's error."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db import schema
from db.driver import WAL_SAFE, Connection, sqlite
from supervise.errors import LedgerError

WRITE_WAIT = 60.0


def _fail(path: Path, error: Exception) -> LedgerError:
    """Turn a driver's error into one sentence a clerk can act on."""
    text = str(error)
    if "not a database" in text or "malformed" in text or "disk image" in text:
        return LedgerError(
            f"台账文件 {path} 不是台账或已损坏,请用备份恢复(supervise restore)。", code="damaged"
        )
    if "locked" in text or "busy" in text:
        return LedgerError(f"台账 {path} 正被别人写入,等了一分钟仍未轮到,请稍后再试。", code="locked")
    if "readonly" in text or "read-only" in text:
        return LedgerError(f"台账 {path} 只能读,不能写:请检查文件和所在文件夹的权限。", code="read_only")
    if "full" in text:
        return LedgerError("磁盘已满,本次操作全部撤销,台账未变。请清理磁盘后重做。", code="disk_full")
    if "unable to open" in text:
        return LedgerError(f"打不开台账 {path}:请检查路径和权限。", code="cannot_open")
    if "append-only" in text or "from its head" in text:
        return LedgerError("事件日志只许追加,写入被拒绝。", code="append_only")
    return LedgerError(f"读写台账 {path} 出错({text}),本次操作已撤销。", code="io")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn any driver error inside the block into a `LedgerError`."""
    try:
        yield
    except sqlite.Error as error:
        raise _fail(path, error) from error


def _connect(path: Path, mode: str) -> Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    conn = sqlite.connect(
        uri, uri=True, isolation_level=None, timeout=5.0, check_same_thread=False
    )
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA recursive_triggers = ON")
    conn.execute("PRAGMA trusted_schema = OFF")
    return conn


def _check(conn: Connection, path: Path) -> None:
    (application,) = conn.execute("PRAGMA application_id").fetchone()
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID:
        raise LedgerError(f"{path} 不是本程序的台账文件,请核对路径。", code="not_a_ledger")
    if version > schema.VERSION:
        raise LedgerError(
            f"台账 {path} 由更新的版本建立(格式 {version}),请升级程序后再打开。", code="newer_version"
        )


def open_ledger(path: Path, *, write: bool = False) -> Connection:
    """Open an existing ledger for the calling thread, its guards checked.

    Raises LedgerError when it is missing, damaged, not a ledger, of a newer version, or when
    its append-only guards are gone and it is to be written.
    """
    if not path.is_file():
        raise LedgerError(
            f"没有找到台账 {path}。新建台账:supervise init;已有台账:用 --ledger 指明路径。",
            code="missing",
        )
    with translated(path):
        conn = _connect(path, "rw" if write and os.access(path, os.W_OK) else "ro")
        try:
            _check(conn, path)
            if write:
                _prepare_writing(conn, path)
        except BaseException:
            conn.close()
            raise
    return conn


def _prepare_writing(conn: Connection, path: Path) -> None:
    if not os.access(path, os.W_OK):
        raise LedgerError(
            f"台账 {path} 只能读,不能写:请检查文件和所在文件夹的权限。", code="read_only"
        )
    conn.execute("PRAGMA synchronous = FULL")
    missing = missing_guards(conn)
    if missing:
        raise LedgerError(
            f"台账 {path} 的防改触发器不全({'、'.join(missing)}),拒绝写入。"
            "请运行 supervise verify 核验,并用备份恢复。",
            code="guards_missing",
        )


def missing_guards(conn: Connection) -> list[str]:
    """Name the append-only triggers that are missing or were changed."""
    found = dict(
        conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    )
    return [name for name, sql in schema.GUARDS.items() if found.get(name) != sql]


def create_ledger(path: Path) -> Connection:
    """Create an empty ledger file (0600, WAL where it is safe) and open it for writing.

    Raises LedgerError when something is there already or the folder can't be written.
    """
    if path.exists():
        raise LedgerError(f"{path} 已存在,不会覆盖。请换一个路径。", code="exists")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise LedgerError(f"不能在 {path.parent} 新建台账:{error.strerror}。", code="cannot_open") from error
    with translated(path):
        conn = _connect(path, "rw")
        try:
            _install(conn)
        except BaseException:
            conn.close()
            path.unlink(missing_ok=True)
            raise
    return conn


def _install(conn: Connection) -> None:
    from sqlite_utils import Database

    conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {schema.VERSION}")
    conn.execute(f"PRAGMA journal_mode = {'WAL' if WAL_SAFE else 'DELETE'}")
    conn.execute("PRAGMA synchronous = FULL")
    schema.migrations().apply(Database(conn, execute_plugins=False))


def _say_waiting() -> None:
    print("别人正在写入台账,等候中……", file=sys.stderr)


@contextmanager
def writing(
    conn: Connection, path: Path, waiting: Callable[[], None] = _say_waiting
) -> Iterator[None]:
    """Hold the one write transaction: all or nothing, waiting up to a minute for another writer.

    `waiting` is called once when the wait lasts more than a second.
    """
    with translated(path):
        _begin(conn, waiting)
        try:
            yield
            conn.execute("COMMIT")
        except BaseException:
            with suppress(sqlite.Error):
                if conn.in_transaction:
                    conn.execute("ROLLBACK")
            raise


def _begin(conn: Connection, waiting: Callable[[], None]) -> None:
    started, told = time.monotonic(), False
    conn.execute("PRAGMA busy_timeout = 1000")
    while True:
        try:
            conn.execute("BEGIN IMMEDIATE")
            return
        except sqlite.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() - started > WRITE_WAIT:
                raise
        if not told:
            told = True
            waiting()


@contextmanager
def savepoint(conn: Connection, *, keep: bool = True) -> Iterator[None]:
    """Hold a savepoint inside the write transaction: an error, or `keep=False`, undoes it alone."""
    conn.execute("SAVEPOINT step")
    try:
        yield
    except BaseException:
        conn.execute("ROLLBACK TO step")
        conn.execute("RELEASE step")
        raise
    if not keep:
        conn.execute("ROLLBACK TO step")
    conn.execute("RELEASE step")
