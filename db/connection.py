"""Opening a ledger: missing, damaged, of another format, only to be read, or held by one alone."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db import schema
from db.driver import WAL_SAFE, Connection, sqlite
from db.failures import failure, readable, translated
from supervise.errors import LedgerError, Refused, reason

JOURNAL = "WAL" if WAL_SAFE else "DELETE"


def _connect(path: Path, mode: str) -> Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    conn = sqlite.connect(uri, uri=True, isolation_level=None, timeout=5.0, check_same_thread=False)
    conn.execute("PRAGMA foreign_keys = ON")
    conn.execute("PRAGMA recursive_triggers = ON")
    conn.execute("PRAGMA trusted_schema = OFF")
    conn.execute("PRAGMA cell_size_check = ON")
    return conn


def _look(path: Path) -> None:
    """Say plainly what stands where a ledger should be, before SQLite is asked."""
    try:
        size = path.stat().st_size
    except (FileNotFoundError, NotADirectoryError) as error:
        raise LedgerError(
            f"没有找到台账 {path}。新建台账：supervise init；已有台账：用 --ledger 指明路径。",
            code="missing",
        ) from error
    except OSError as error:
        raise LedgerError(f"打不开台账 {path}：{reason(error)}。", code="cannot_open") from error
    if not path.is_file():
        raise LedgerError(f"{path} 是文件夹，不是台账文件，请写明文件名。", code="not_a_ledger")
    if size == 0:
        raise LedgerError(
            f"{path} 是空文件，不是台账。请核对路径，或用备份恢复（supervise restore）。",
            code="not_a_ledger",
        )


def _check(conn: Connection, path: Path) -> int:
    """Give the ledger's format, having made sure that it is one of ours."""
    (application,) = conn.execute("PRAGMA application_id").fetchone()
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID:
        raise LedgerError(f"{path} 不是本程序的台账文件，请核对路径。", code="not_a_ledger")
    if version > schema.VERSION:
        raise LedgerError(
            f"台账 {path} 由更新的版本建立（格式 {version}），请升级程序后再打开。",
            code="newer_version",
        )
    log = conn.execute("SELECT 1 FROM sqlite_schema WHERE name = 'event'").fetchone()
    if log is None:
        raise LedgerError(
            f"台账文件 {path} 里没有事件日志：可能只复制了 {path.name}，漏了 {path.name}-wal。"
            "请一并复制，或用备份恢复（supervise restore）。",
            code="damaged",
        )
    return int(version)


def _reading(path: Path) -> Connection:
    """Connect for reading, also after a crash, or where nothing may be written."""
    conn = _connect(path, "ro")
    try:
        conn.execute("PRAGMA user_version").fetchone()
        return conn
    except sqlite.OperationalError as error:
        conn.close()
        if failure(path, error).code not in {"cannot_open", "read_only"}:
            raise
    if _may_write(path) and _folder_writable(path):
        # A writer died in its commit: only a connection that may write can undo what it left.
        conn = _connect(path, "rw")
        conn.execute("PRAGMA query_only = ON")
        return conn
    left = _unmerged(path)
    if left:
        raise LedgerError(
            f"台账 {path} 所在的文件夹只读，而 {left} 里还有没并入的内容，不能这样读。"
            f"请把 {path.name} 和 {left} 一并复制到可写的文件夹再打开。",
            code="read_only",
        )
    # A WAL ledger needs a shared-memory file beside it unless SQLite is told nobody writes.
    return _connect(path, "ro&immutable=1")


def _unmerged(path: Path) -> str | None:
    """Name the file beside a ledger that holds writes not in it yet, or not undone."""
    for suffix in ("-wal", "-journal"):
        beside = path.with_name(path.name + suffix)
        if beside.exists() and beside.stat().st_size > 0:
            return beside.name
    return None


def _may_write(path: Path) -> bool:
    effective = os.access in os.supports_effective_ids
    return os.access(path, os.W_OK, effective_ids=effective)


def _folder_writable(path: Path) -> bool:
    return _may_write(path.absolute().parent)


def open_as_is(path: Path) -> Connection:
    """Open a ledger for reading whatever its format; it is not upgraded.

    Raises LedgerError when it is missing, damaged, not a ledger or of a newer version.
    """
    _look(path)
    with translated(path), readable(path):
        conn = _reading(path)
        try:
            _check(conn, path)
        except BaseException:
            conn.close()
            raise
    return conn


def open_ledger(path: Path, *, write: bool = False, upgrading: bool = True) -> Connection:
    """Open an existing ledger for the calling thread; one of an older format is upgraded first.

    Raises LedgerError when it is missing, damaged, not a ledger, of a newer version, of an older
    one without `upgrading`, or when its append-only guards are gone and it is to be written.
    """
    conn = open_as_is(path)
    try:
        with translated(path):
            if _check(conn, path) < schema.VERSION:
                _expect_upgrading(path, upgrading)
                from db.upgrading import upgrade

                upgrade(conn, path)
                conn.close()
                conn = _reading(path)
            if write:
                conn.close()
                conn = _writable(path)
                _prepare_writing(conn, path)
    except BaseException:
        conn.close()
        raise
    return conn


def _expect_upgrading(path: Path, upgrading: bool) -> None:
    if not upgrading:
        raise LedgerError(
            f"台账 {path} 由较早的版本建立，要先升级格式才能打开，而只读方式不改台账。"
            "请由经办人先打开一次，再用只读方式查看。",
            code="read_only",
        )


def _writable(path: Path) -> Connection:
    if not (_may_write(path) and _folder_writable(path)):
        raise LedgerError(
            f"台账 {path} 只能读，不能写：请检查文件和所在文件夹的权限。", code="read_only"
        )
    return _connect(path, "rw")


def connect_for_upgrade(path: Path) -> Connection:
    """Connect to a ledger of an older format for writing, its guards unchecked.

    Raises LedgerError when it can't be written.
    """
    if not (_may_write(path) and _folder_writable(path)):
        raise LedgerError(
            f"台账 {path} 由较早的版本建立，要先升级格式才能打开，而它或所在的文件夹只能读。"
            "请检查权限，或复制到可写的文件夹再打开。",
            code="read_only",
        )
    conn = _connect(path, "rw")
    conn.execute("PRAGMA synchronous = FULL")
    return conn


def _prepare_writing(conn: Connection, path: Path) -> None:
    conn.execute("PRAGMA synchronous = FULL")
    missing = missing_guards(conn)
    if missing:
        raise LedgerError(
            f"台账 {path} 的防改触发器不全（{'、'.join(missing)}），拒绝写入。"
            "请运行 supervise verify 核验，并用备份恢复。",
            code="guards_missing",
        )


def missing_guards(conn: Connection) -> list[str]:
    """Name the append-only triggers that are missing or were changed."""
    found = dict(
        conn.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    )
    return [name for name, sql in schema.GUARDS.items() if found.get(name) != sql]


def refuse_existing(path: Path) -> None:
    """Refuse a path where something is already: nothing is ever overwritten by a new ledger."""
    if path.exists():
        raise Refused(f"{path} 已存在，不会覆盖。请换一个路径。", code="exists")


def create_ledger(path: Path) -> Connection:
    """Create an empty ledger file (0600, WAL where it is safe) and open it for writing.

    Raises Refused when something is there already, LedgerError when the folder can't be written.
    """
    refuse_existing(path)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        raise LedgerError(
            f"不能在 {path.parent} 新建台账：{reason(error)}。", code="cannot_open"
        ) from error
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

    from db import migrations

    conn.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    conn.execute(f"PRAGMA user_version = {schema.VERSION}")
    conn.execute(f"PRAGMA journal_mode = {JOURNAL}")
    conn.execute("PRAGMA synchronous = FULL")
    migrations.numbered().apply(Database(conn, execute_plugins=False))


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a ledger that is about to be replaced: nobody else reads or writes, the WAL folded in.

    A damaged file can't be held, and is let go. Raises LedgerError when another program has it
    open, or when it is somebody else's database.
    """
    conn = _connect(path, "rw")
    try:
        held = _take_alone(conn, path)
        try:
            yield
        except BaseException:
            if held:
                conn.execute("ROLLBACK")
                conn.execute(f"PRAGMA journal_mode = {JOURNAL}")
            raise
    finally:
        conn.close()


def _take_alone(conn: Connection, path: Path) -> bool:
    try:
        (application,) = conn.execute("PRAGMA application_id").fetchone()
        if application != schema.APPLICATION_ID and path.stat().st_size:
            raise LedgerError(f"{path} 不是本程序的台账文件，不会替换它。", code="not_a_ledger")
        # Leaving WAL is refused while anybody else has the file open, even only to read.
        conn.execute("PRAGMA journal_mode = DELETE").fetchone()
        conn.execute("BEGIN EXCLUSIVE")
    except sqlite.DatabaseError as error:
        found = failure(path, error)
        if found.code == "locked":
            raise LedgerError(
                f"另有程序正打开或写入台账 {path}，不能替换。请先把它们关闭，再恢复。",
                code="locked",
            ) from error
        if found.code == "damaged":
            return False
        raise found from error
    return True
