"""Whatever stands where a ledger should be: it opens, or one sentence says what is wrong."""

from __future__ import annotations

import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlite_utils import Database

from db import connection, migrations, schema, transactions
from db.driver import WAL_SAFE, sqlite
from supervise.cli.front import Front
from supervise.errors import LedgerError, Refused
from supervise.services.verify import verify
from supervise.services.work import perform
from tests.db.making import copy_ledger, opened


def refusal(path: Path, *, write: bool = False) -> LedgerError:
    with pytest.raises(LedgerError) as refused:
        connection.open_ledger(path, write=write).close()
    assert refused.value.exit_status == 3
    assert str(path) in refused.value.message
    return refused.value


def test_nothing_there(tmp_path: Path):
    assert refusal(tmp_path / "none.db").code == "missing"
    (tmp_path / "file").write_text("x")
    assert refusal(tmp_path / "file" / "none.db").code == "missing"


def test_a_folder(tmp_path: Path):
    assert "是文件夹" in refusal(tmp_path).message


def test_an_empty_file(tmp_path: Path):
    path = tmp_path / "empty.db"
    path.touch()
    assert "是空文件" in refusal(path).message


def test_a_text_file(tmp_path: Path):
    path = tmp_path / "notes.db"
    path.write_text("不是数据库" * 1000)
    assert "不是台账或已损坏" in refusal(path).message


def test_another_programs_database(tmp_path: Path):
    path = tmp_path / "other.db"
    conn = sqlite.connect(path)
    conn.execute("CREATE TABLE event (a)")
    conn.close()
    assert refusal(path).code == "not_a_ledger"


def test_a_truncated_file(book: Path):
    size = book.stat().st_size
    os.truncate(book, size // 2)
    assert refusal(book).code == "damaged"


in_wal = pytest.mark.skipif(not WAL_SAFE, reason="this SQLite keeps a rollback journal instead")


@in_wal
def test_a_copy_without_its_wal(book: Path, tmp_path: Path):
    path = tmp_path / "new" / "ledger.db"
    conn = connection.create_ledger(path)
    shutil.copy(path, tmp_path / "copy.db")
    conn.close()
    assert "-wal" in refusal(tmp_path / "copy.db").message


def test_a_newer_format(book: Path):
    with opened(book) as session:
        session.conn.execute("PRAGMA user_version = 99")
    assert refusal(book).code == "newer_version"
    assert "升级程序" in refusal(book, write=True).message


def test_a_new_ledger_is_private_and_never_overwrites(tmp_path: Path):
    path = tmp_path / "deep" / "ledger.db"
    connection.create_ledger(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with pytest.raises(Refused, match="已存在"):
        connection.create_ledger(path)


# Older formats --------------------------------------------------------------------------------


@pytest.fixture
def next_format(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Give a function that makes this program one format newer than its ledgers."""
    steps_now = migrations.numbered

    def install(statement: str) -> None:
        def numbered() -> object:
            steps = steps_now()

            @steps()
            def m0003_test(db: object) -> None:
                db.conn.execute("CREATE TABLE more (a INTEGER) STRICT")  # type: ignore[attr-defined]
                db.conn.execute(statement)  # type: ignore[attr-defined]

            return steps

        monkeypatch.setattr(migrations, "numbered", numbered)
        monkeypatch.setattr(schema, "VERSION", schema.VERSION + 1)

    return install


@pytest.mark.parametrize("write", [False, True])
def test_an_older_format_is_upgraded_and_kept(book: Path, next_format, write: bool):
    next_format("INSERT INTO more VALUES (1)")
    conn = connection.open_ledger(book, write=write)
    assert conn.execute("SELECT a FROM more").fetchall() == [(1,)]
    assert conn.execute("PRAGMA user_version").fetchone() == (schema.VERSION,)
    conn.close()
    with opened(book) as session:
        assert verify(session)["ok"] is True
    kept = list(book.parent.glob(f"ledger.format{schema.VERSION - 1}-21-*.db"))
    assert len(kept) == 1
    assert connection.open_as_is(kept[0]).execute("PRAGMA user_version").fetchone() == (
        schema.VERSION - 1,
    )
    assert not list(book.parent.glob(".*.tmp*"))


def _shapes(path: Path) -> set[tuple[str, str]]:
    """Give every table, index and trigger of a file with its definition."""
    conn = sqlite.connect(path)
    rows = conn.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL").fetchall()
    conn.close()
    return {(name, sql) for name, sql in rows}


def test_an_older_format_is_left_alone_by_whoever_only_reads(book: Path, next_format):
    next_format("INSERT INTO more VALUES (1)")
    before = book.read_bytes()
    with (
        pytest.raises(LedgerError, match="只读方式不改台账。请由经办人先打开一次") as caught,
        Front(ledger=str(book), reading=True).session() as session,
    ):
        session.conn.execute("SELECT 1")
    assert caught.value.code == "read_only"
    assert book.read_bytes() == before and list(book.parent.glob("*.format*")) == []


def _first_format(path: Path) -> None:
    """Make an empty ledger of version 1, as the first program did."""
    conn = sqlite.connect(path)
    migrations.numbered().apply(Database(conn), stop_before="m0002_more")
    conn.close()


def test_a_ledger_of_the_first_version_is_upgraded_and_verifies(book: Path, tmp_path: Path):
    newest = _shapes(book)
    _first_format(tmp_path / "first.db")
    first = _shapes(tmp_path / "first.db")
    conn = sqlite.connect(book, isolation_level=None)
    for (name,) in conn.execute(
        "SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    ).fetchall():
        if name not in {one for one, _ in first}:
            conn.execute(f"DROP INDEX {name}")
    for name in migrations.DERIVED:
        if name not in {one for one, _ in first}:
            conn.execute(f"DROP TABLE {name}")
    conn.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0002_more'")
    conn.execute("PRAGMA user_version = 1")
    conn.close()
    assert _shapes(book) == first < newest
    with opened(book) as session:
        perform(session, "notice.record", {"period": "2024-12", "step": "催报"})
        assert verify(session)["ok"] is True
    assert _shapes(book) == newest


def test_an_upgrade_that_fails_on_the_copy_leaves_the_ledger_alone(book: Path, next_format):
    next_format("INSERT INTO more VALUES ('text')")
    before = book.read_bytes()
    assert refusal(book, write=True).code == "upgrade_failed"
    assert book.read_bytes() == before


# Read-only --------------------------------------------------------------------------------------


@pytest.fixture
def shelf(book: Path) -> Iterator[Path]:
    """Give a ledger in a folder that an ordinary user may read but not write."""
    folder = Path(tempfile.mkdtemp(prefix="supervise-test-"))
    path = copy_ledger(book, folder / "ledger.db")
    path.chmod(0o444)
    folder.chmod(0o555)
    yield path
    folder.chmod(0o755)
    shutil.rmtree(folder)


def as_user(task: Callable[[], object]) -> str:
    """Run a task as an ordinary user (root may write anywhere); gives its result as text."""
    if os.geteuid() != 0:
        return str(task())
    reading, writing = os.pipe()
    process = os.fork()
    if process == 0:
        os.setgid(65534)
        os.setuid(65534)
        try:
            result = str(task())
        except BaseException as error:
            result = repr(error)
        os.write(writing, result.encode())
        os._exit(0)
    os.waitpid(process, 0)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as pipe:
        return pipe.read()


def count_issues(path: Path) -> int:
    conn = connection.open_ledger(path)
    try:
        return int(conn.execute("SELECT count(*) FROM issue").fetchone()[0])
    finally:
        conn.close()


def code_of(path: Path, *, write: bool) -> str:
    try:
        connection.open_ledger(path, write=write)
    except LedgerError as error:
        return error.code
    return "opened"


def test_a_read_only_ledger_is_read_but_not_written(shelf: Path):
    assert as_user(lambda: count_issues(shelf)) == "6"
    assert as_user(lambda: code_of(shelf, write=True)) == "read_only"


def test_an_older_ledger_that_may_only_be_read_is_told_to_need_its_upgrade(
    shelf: Path, next_format: Callable[[str], None]
):
    next_format("INSERT INTO more VALUES (1)")

    def message() -> str:
        with pytest.raises(LedgerError) as found:
            connection.open_ledger(shelf)
        return found.value.message

    assert "要先升级格式才能打开" in as_user(message)


def test_a_writable_file_in_a_read_only_folder_is_read_but_not_written(shelf: Path):
    shelf.chmod(0o666)
    assert as_user(lambda: count_issues(shelf)) == "6"
    assert as_user(lambda: code_of(shelf, write=True)) == "read_only"


@in_wal
def test_a_read_only_folder_with_unmerged_writes_is_not_read_stale(shelf: Path, book: Path):
    conn = connection.open_ledger(book, write=True)
    with transactions.writing(conn, book):
        conn.execute("INSERT INTO profile VALUES ('a', '{}')")
    shelf.parent.chmod(0o755)
    shutil.copy(book.with_name("ledger.db-wal"), shelf.with_name("ledger.db-wal"))
    shelf.with_name("ledger.db-wal").chmod(0o444)
    shelf.parent.chmod(0o555)
    conn.close()
    assert as_user(lambda: code_of(shelf, write=False)) == "read_only"


def test_a_folder_that_may_not_be_entered(shelf: Path):
    shelf.parent.chmod(0o000)
    assert as_user(lambda: code_of(shelf, write=False)) == "cannot_open"


def test_a_ledger_can_be_named_with_signs_that_mean_something_in_a_uri(book: Path):
    path = book.rename(book.with_name("台账 50%?a#b&mode=ro.db"))
    book.with_name("ledger.db.evidence").rename(path.with_name(path.name + ".evidence"))
    with opened(path) as session:
        perform(session, "unit.alias", {"unit": "市城管局", "alias": "城管"})
        assert verify(session)["ok"] is True
