"""A backup bears its head, proves whole before it is used, and gives everything back."""

from __future__ import annotations

import stat
from datetime import datetime
from pathlib import Path

import pytest

from db import connection, events, transactions
from db.driver import WAL_SAFE, sqlite
from supervise.config import evidence_folder
from supervise.errors import LedgerError, NotFound, Refused
from supervise.services.backup import backup, restore
from supervise.services.verify import verify
from supervise.services.work import Record, perform
from tests.db.making import PHOTO, PHOTO_HASH, by_hand, copy_ledger, opened

in_wal = pytest.mark.skipif(not WAL_SAFE, reason="this SQLite keeps a rollback journal instead")
AT = datetime(2024, 12, 31, 9, 30, 15)


def backed_up(book: Path, to: Path) -> Record:
    with opened(book, write=False) as session:
        return backup(session, to)


def head_of(path: Path) -> str:
    with opened(path, write=False) as session:
        return events.head_code(session.conn)


def alias(path: Path, name: str) -> None:
    with opened(path) as session:
        perform(session, "unit.alias", {"unit": "市城管局", "alias": name})


@pytest.fixture
def saved(book: Path, tmp_path: Path) -> Path:
    """Give a backup of the ledger."""
    (tmp_path / "disc").mkdir()
    return Path(backed_up(book, tmp_path / "disc" / "b.db")["path"])


def test_the_name_bears_the_head(book: Path, saved: Path):
    head = head_of(book).replace(":", "-")
    assert saved.name == f"b-{head}.db"
    assert stat.S_IMODE(saved.stat().st_mode) == 0o600
    assert (evidence_folder(saved) / PHOTO_HASH).read_bytes() == PHOTO
    names = sorted(p.name for p in saved.parent.iterdir())
    assert names == [saved.name, f"{saved.name}.evidence", "b.db"]
    assert saved.with_name("b.db").samefile(saved)


def test_the_record_says_what_was_saved(book: Path, tmp_path: Path):
    record = backed_up(book, tmp_path / "台账-{head}.sqlite")
    head = head_of(book)
    path = tmp_path / f"台账-{head.replace(':', '-')}.sqlite"
    assert record == {
        "path": str(path),
        "head": head,
        "events": 21,
        "size": path.stat().st_size,
        "evidence": 1,
    }


def test_in_a_folder_the_name_is_made(book: Path, tmp_path: Path):
    folder = tmp_path / "disc"
    folder.mkdir()
    name = Path(backed_up(book, folder)["path"]).name
    assert name == f"ledger-20241231-{head_of(book).replace(':', '-')}.db"


def test_a_backup_is_a_ledger_and_holds_the_papers_head(book: Path, saved: Path):
    with opened(saved, write=False) as session:
        assert verify(session, head_of(book))["ok"] is True


def test_it_can_be_made_while_somebody_writes(book: Path, tmp_path: Path):
    with opened(book) as writer, transactions.writing(writer.conn, book):
        writer.conn.execute("INSERT INTO profile VALUES ('甲', '{}')")
        record = backed_up(book, tmp_path / "b.db")
    conn = connection.open_as_is(Path(record["path"]))
    assert conn.execute("SELECT count(*) FROM profile").fetchone() == (0,)
    conn.close()


def test_nothing_is_overwritten(book: Path, saved: Path):
    before = saved.read_bytes()
    with pytest.raises(Refused, match="已存在，不会覆盖"):
        backed_up(book, saved.parent / "b.db")
    assert saved.read_bytes() == before
    assert len(list(saved.parent.iterdir())) == 3
    notes = saved.with_name("notes.db")
    notes.write_text("笔记")
    with pytest.raises(Refused, match="不是本程序的备份"):
        backed_up(book, notes)
    assert notes.read_text() == "笔记"


def test_a_folder_that_does_not_exist_is_refused(book: Path, tmp_path: Path):
    with pytest.raises(Refused, match="不存在"):
        backed_up(book, tmp_path / "none" / "b.db")


def test_a_missing_evidence_file_is_a_warning(book: Path, tmp_path: Path):
    (evidence_folder(book) / PHOTO_HASH).unlink()
    with opened(book, write=False) as session:
        assert backup(session, tmp_path / "b.db")["evidence"] == 0
        assert "整改照片" in session.warnings[0]


def test_a_damaged_ledger_is_not_backed_up(book: Path, tmp_path: Path):
    with by_hand(book) as conn:
        conn.execute("UPDATE event SET by_name = '别人' WHERE seq = (SELECT max(seq) FROM event)")
    with pytest.raises(LedgerError, match="没有备份"):
        backed_up(book, tmp_path / "b.db")
    assert not list(tmp_path.glob("b-*")) and not list(tmp_path.glob(".*tmp*"))


def test_restoring_gives_everything_back_and_keeps_what_was_there(book: Path, saved: Path):
    head = head_of(book)
    alias(book, "城管")
    later = head_of(book)
    (evidence_folder(book) / PHOTO_HASH).unlink()
    record = restore(book, saved, AT)
    kept = book.with_name("ledger.replaced-20241231-093015.db")
    assert record == {
        "path": str(book), "head": head, "events": 21, "kept": str(kept), "warnings": [],
    }  # fmt: skip
    with opened(book) as session:
        assert verify(session, head)["ok"] is True
    assert head_of(kept) == later
    alias(book, "城管执法")
    assert stat.S_IMODE(book.stat().st_mode) == 0o600
    conn = connection.open_ledger(book, write=True)
    assert conn.execute("PRAGMA journal_mode").fetchone() == (connection.JOURNAL.lower(),)
    conn.close()


def test_the_name_given_to_backup_will_do(book: Path, saved: Path):
    assert restore(book, saved.parent / "b.db", AT)["head"] == head_of(book)
    alias(book, "城管")
    backed_up(book, saved.parent / "b.db")
    newest = head_of(book)
    alias(book, "城建")
    assert restore(book, saved.parent / "b.db", AT)["head"] == newest
    (saved.parent / "b.db").unlink()
    with pytest.raises(Refused, match="多个备份"):
        restore(book, saved.parent / "b.db", AT)
    with pytest.raises(NotFound):
        restore(book, saved.parent / "c.db", AT)


def test_restoring_where_nothing_was(saved: Path, tmp_path: Path):
    path = tmp_path / "new" / "place" / "ledger.db"
    assert restore(path, saved, AT)["kept"] is None
    with opened(path) as session:
        assert verify(session)["ok"] is True


def test_restoring_over_a_damaged_ledger_keeps_it(book: Path, saved: Path):
    book.write_bytes(b"\0garbage" * 4096)
    book.with_name("ledger.db-wal").write_bytes(b"stale")
    record = restore(book, saved, AT)
    with opened(book) as session:
        assert verify(session)["ok"] is True
    kept = Path(record["kept"])
    assert kept.read_bytes().startswith(b"\0garbage")
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"stale"


@in_wal
def test_writes_still_in_the_wal_are_kept_with_the_replaced_ledger(book: Path, saved: Path):
    reader = connection.open_ledger(book)
    events.head(reader)
    alias(book, "城管")
    later = head_of(book)
    reader.close()
    assert book.with_name("ledger.db-wal").stat().st_size > 0
    kept = Path(restore(book, saved, AT)["kept"])
    assert head_of(kept) == later


def refuse(book: Path, saved: Path, words: str) -> Refused:
    before, around = book.read_bytes(), sorted(book.parent.glob("ledger*"))
    with pytest.raises((Refused, LedgerError), match=words) as refused:
        restore(book, saved, AT)
    assert book.read_bytes() == before
    assert sorted(book.parent.glob("ledger*")) == around
    assert not list(book.parent.glob(".*tmp*"))
    return refused.value


def test_a_tampered_backup_is_refused_with_its_problems(book: Path, saved: Path):
    with by_hand(saved) as conn:
        conn.execute("UPDATE issue SET due_on = '2025-06-30' WHERE id = 1")
    assert refuse(book, saved, "JM-2024-0001").exit_status == 1


def test_a_backup_whose_name_belies_it_is_refused(book: Path, saved: Path):
    renamed = saved.rename(saved.with_name("b-21-0123456789abcdef.db"))
    refuse(book, renamed, "文件名里的校验码 21:0123456789abcdef 与内容")


def test_a_cut_backup_is_refused_by_its_name(book: Path, saved: Path):
    with by_hand(saved) as conn:
        conn.execute("DELETE FROM evidence")
        conn.execute("DELETE FROM event WHERE seq = 21")
    refuse(book, saved, "文件名里的校验码")


def test_what_is_no_backup_is_refused(book: Path, tmp_path: Path):
    other = tmp_path / "notes.db"
    other.write_text("笔记" * 100)
    refuse(book, other, "不是台账")
    refuse(book, book, "就是台账本身")


def test_restoring_never_replaces_another_programs_database(saved: Path, tmp_path: Path):
    path = tmp_path / "other.db"
    conn = sqlite.connect(path)
    conn.execute("CREATE TABLE a (b)")
    conn.close()
    before = path.read_bytes()
    with pytest.raises(LedgerError, match="不会替换"):
        restore(path, saved, AT)
    assert path.read_bytes() == before


@pytest.mark.parametrize("write", [pytest.param(False, marks=in_wal), True])
def test_restoring_is_refused_while_another_program_has_it_open(
    book: Path, saved: Path, child, write: bool
):
    process = child(
        "from db import connection, events\n"
        f"conn = connection.open_ledger(path, write={write})\n"
        "events.head(conn)\n"
        + ("conn.execute('BEGIN IMMEDIATE')\n" if write else "")
        + "print('open', flush=True)\nsys.stdin.readline()\n",
        book,
    )
    assert process.stdout.readline() == "open\n"
    assert refuse(book, saved, "另有程序").code == "locked"
    alias_after = head_of(book)
    process.kill()
    process.wait()
    assert head_of(book) == alias_after
    assert restore(book, saved, AT)["kept"]


def test_a_backup_of_a_restored_backup_is_the_same_ledger(book: Path, saved: Path, tmp_path: Path):
    path = copy_ledger(saved, tmp_path / "again.db")
    assert head_of(path) == head_of(book)
    record = backed_up(path, tmp_path / "twice.db")
    assert record["head"] == head_of(book)
