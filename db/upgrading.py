"""A ledger of an older format brought up to this one: kept, tried on a copy, then done at once."""

from __future__ import annotations

from pathlib import Path

from db import backup, connection, events, migrations, schema, soundness, transactions
from db.driver import Connection, sqlite
from supervise.errors import LedgerError


def upgrade(conn: Connection, path: Path) -> None:
    """Apply the pending migrations to a ledger, in one transaction.

    The ledger as it was is kept beside it, named by its format and head. Raises LedgerError
    when it can't be written or the trial fails; it is unchanged then.
    """
    version = _format(conn)
    kept = path.with_name(f"{path.stem}.format{version}-{_head(conn)}{path.suffix}")
    writer = connection.connect_for_upgrade(path)
    try:
        with backup.saving("升级前的备份", kept.parent), backup.temporary(kept) as place:
            backup.copy_to(conn, place)
            if not kept.exists():
                place.rename(kept)
                backup.copy_to(conn, place)
            _try(place, path)
        with transactions.writing(writer, path):
            if _format(writer) < schema.VERSION:
                _apply(writer)
    finally:
        writer.close()


def _format(conn: Connection) -> int:
    (version,) = conn.execute("PRAGMA user_version").fetchone()
    return int(version)


def _head(conn: Connection) -> str:
    return events.head_code(conn).replace(":", "-")


def _try(place: Path, path: Path) -> None:
    """Upgrade a copy, and refuse to touch the ledger when that does not go well."""
    copy = sqlite.connect(place, isolation_level=None)
    try:
        copy.execute("BEGIN")
        _apply(copy)
        copy.execute("COMMIT")
        problems = soundness.structure(copy)
    except sqlite.Error as error:
        problems = [f"{error}。"]
    finally:
        copy.close()
    if problems:
        raise LedgerError(
            f"台账 {path} 要升级到新格式，在副本上试升级没有通过：{problems[0]}台账未变，"
            "请先运行 supervise verify 核验。",
            code="upgrade_failed",
        )


def _apply(conn: Connection) -> None:
    from sqlite_utils import Database

    migrations.numbered().apply(Database(conn, execute_plugins=False))
    conn.execute(f"PRAGMA user_version = {schema.VERSION}")
