"""What is seen or written together: one moment to read in, one transaction, a part of one."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from db.driver import Connection, sqlite
from db.failures import translated

WRITE_WAIT = 60.0


@contextmanager
def snapshot(conn: Connection) -> Iterator[None]:
    """Let several readings see one and the same moment of the ledger."""
    conn.execute("BEGIN")
    try:
        yield
    finally:
        conn.execute("ROLLBACK")


@contextmanager
def writing(
    conn: Connection, path: Path, waiting: Callable[[], None] = lambda: None, *, keep: bool = True
) -> Iterator[None]:
    """Hold the one write transaction: all or nothing, waiting up to a minute for another writer.

    `waiting` is called once when the wait lasts more than a second. `keep=False` undoes it all at
    the end: a savepoint around many others would cost the square of their number.
    """
    with translated(path):
        _begin(conn, waiting)
        try:
            yield
            conn.execute("COMMIT" if keep else "ROLLBACK")
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
            # With a rollback journal the commit itself waits for those still reading.
            conn.execute(f"PRAGMA busy_timeout = {int(WRITE_WAIT * 1000)}")
            return
        except sqlite.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() - started > WRITE_WAIT:
                raise
        if not told:
            told = True
            waiting()


@contextmanager
def overwriting(conn: Connection) -> Iterator[None]:
    """Let what is removed meanwhile be overwritten in the file, not only be forgotten."""
    conn.execute("PRAGMA secure_delete = ON").fetchone()
    try:
        yield
    finally:
        conn.execute("PRAGMA secure_delete = OFF").fetchone()


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
