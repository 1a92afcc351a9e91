"""The one SQLite driver of the process: pysqlite3 where its wheel exists, else Python's own.

Both on one file in one process would break POSIX locks, so nothing else imports either.
"""

from __future__ import annotations

try:
    import pysqlite3.dbapi2 as sqlite
except ImportError:  # no wheel for this machine
    import sqlite3 as sqlite  # noqa: TID251

Connection = sqlite.Connection
Row = sqlite.Row

# The WAL-reset bug of 3.7.0–3.51.2 (sqlite.org/wal.html); backports 3.44.6 and 3.50.7.
_VERSION = tuple(map(int, sqlite.sqlite_version.split(".")))
WAL_SAFE = (
    _VERSION >= (3, 51, 3) or (3, 50, 7) <= _VERSION < (3, 51) or (3, 44, 6) <= _VERSION < (3, 45)
)
CONTENTLESS_DELETE = _VERSION >= (3, 43)

__all__ = ["CONTENTLESS_DELETE", "Connection", "Row", "WAL_SAFE", "sqlite"]
