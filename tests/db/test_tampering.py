"""Whatever is changed behind the program's back, `verify` says so, and what it was."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from db import connection, events
from db.compare import TITLES
from db.driver import Connection
from db.migrations import DERIVED
from supervise.config import evidence_folder
from supervise.errors import BadInput, LedgerError
from supervise.services.verify import verify
from supervise.services.work import perform
from tests.db.making import PHOTO_HASH, by_hand, opened


def verified(path: Path, head: str | None = None) -> dict[str, object]:
    with opened(path, write=False) as session:
        return verify(session, head)


def problems(path: Path, head: str | None = None) -> str:
    record = verified(path, head)
    assert record["ok"] is False
    return "\n".join(record["problems"])


def head_of(path: Path) -> str:
    return str(verified(path)["head"])


def seq_of(conn: Connection, op: str) -> int:
    (seq,) = conn.execute("SELECT min(seq) FROM event WHERE op = ?", (op,)).fetchone()
    return int(seq)


def test_an_untouched_ledger_passes_with_its_own_head(book: Path):
    record = verified(book)
    assert record == {"ok": True, "events": 21, "head": record["head"], "problems": []}
    seq, _, value = str(record["head"]).partition(":")
    assert (seq, len(value)) == ("21", 16)
    assert verified(book, str(record["head"]))["ok"] is True


def test_reading_is_not_writing(book: Path):
    before = book.read_bytes()
    verified(book)
    assert book.read_bytes() == before


def test_every_derived_table_has_a_name_a_clerk_knows():
    assert set(TITLES) == set(DERIVED)


def test_a_changed_payload_is_found_by_its_number(book: Path):
    with by_hand(book) as conn:
        seq = seq_of(conn, "issue.assign")
        conn.execute(
            "UPDATE event SET payload = replace(payload, '2024-12-20', '2024-12-30')"
            " WHERE seq = ?", (seq,),
        )  # fmt: skip
    found = problems(book)
    assert f"第 {seq} 号事件（issue.assign）的内容与校验值不符" in found
    assert "JM-2024-0001" in found
    assert "“限期”台账为2024-12-20，按日志应为2024-12-30" in found


@pytest.mark.parametrize(
    "column", ["by_name", "on_date", "recorded_at", "recorded_by", "ref", "op"]
)
def test_no_field_of_an_event_can_change_unseen(book: Path, column: str):
    with by_hand(book) as conn:
        conn.execute(f"UPDATE event SET {column} = '2023-01-01' WHERE seq = 9")
    assert "第 9 号事件" in problems(book)


def test_a_changed_event_with_its_hash_made_to_fit_breaks_from_the_next(book: Path):
    with by_hand(book) as conn:
        row = list(conn.execute(f"SELECT {events.COLUMNS} FROM event WHERE seq = 9").fetchone())
        row[6] = "别人"
        conn.execute(
            "UPDATE event SET by_name = ?, hash = ? WHERE seq = 9",
            (row[6], events.digest(row[10], row[:10])),
        )
    assert "第 10 号事件与第 9 号不衔接：第 9 号可能被改写" in problems(book)


def test_a_removed_event_leaves_a_gap(book: Path):
    with by_hand(book) as conn:
        seq = seq_of(conn, "issue.submit")
        conn.execute("DELETE FROM event WHERE seq = ?", (seq,))
    found = problems(book)
    assert f"日志缺少第 {seq} 号事件" in found
    assert "JM-2024-0002" in found


def test_several_removed_events_are_one_gap(book: Path):
    with by_hand(book) as conn:
        conn.execute("DELETE FROM event WHERE seq BETWEEN 8 AND 10")
    assert "日志缺少第 8 至 10 号事件" in problems(book)


def rewrite_all(conn: Connection) -> None:
    """Recompute every hash, as somebody who has the program could."""
    prev = ""
    for row in conn.execute(f"SELECT {events.COLUMNS} FROM event ORDER BY seq").fetchall():
        value = events.digest(prev, row[:10])
        conn.execute("UPDATE event SET prev = ?, hash = ? WHERE seq = ?", (prev, value, row[0]))
        prev = value


def test_a_wholly_rewritten_log_shows_against_a_head_kept_elsewhere(book: Path):
    kept = head_of(book)
    with by_hand(book) as conn:
        conn.execute("UPDATE event SET by_name = '别人' WHERE seq = 9")
        rewrite_all(conn)
    assert verified(book)["ok"] is True
    assert "日志尾部被截断或改写" in problems(book, kept)


def test_a_cut_tail_shows_only_against_a_head_kept_elsewhere(book: Path):
    earlier = head_of(book)
    with opened(book) as session:
        perform(session, "unit.alias", {"unit": "市城管局", "alias": "城管"})
    kept = head_of(book)
    with by_hand(book) as conn:
        conn.execute("DELETE FROM unit_name WHERE name = '城管'")
        conn.execute("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
    assert verified(book)["ok"] is True
    assert verified(book, earlier)["ok"] is True
    assert "日志只到第 21 号" in problems(book, kept)


@pytest.mark.parametrize(
    "text", ["", "21", "21:", "21:abc", "x:0123456789abcdef", "21:" + "g" * 16]
)
def test_a_malformed_head_is_refused(book: Path, text: str):
    with pytest.raises(BadInput, match="不是台账校验码"):
        verified(book, text)


def test_a_head_may_be_longer_and_as_a_backup_name_writes_it(book: Path):
    with opened(book, write=False) as session:
        seq, value = events.head(session.conn)
    for text in (
        f"{seq}:{value}",
        f"{seq}-{value[:20]}",
        f"{seq}：{value}",
        f"{seq}:{value[:16].upper()}",
    ):
        assert verified(book, text)["ok"] is True


TAMPERINGS = {
    "issue": ("UPDATE issue SET due_on = '2025-06-30' WHERE id = 1", "事项 JM-2024-0001"),
    "span": ("UPDATE span SET due_on = '2025-06-30' WHERE issue_id = 1 AND no = 1", "第 2 条"),
    "unit": ("UPDATE unit SET kind = '司法机关' WHERE name = '市住建局'", "单位 市住建局"),
    "unit_name": ("UPDATE unit_name SET name = '某局' WHERE name = '市水务局'", "单位名称"),
    "evidence": ("UPDATE evidence SET name = '另一张' WHERE id = 1", "佐证"),
    "meta": ("UPDATE meta SET value = '7' WHERE key = 'office'", "台账设置"),
    "calendar_year": ("UPDATE calendar_year SET days = '{}' WHERE year = 2024", "工作日历"),
    "pack": ("UPDATE pack SET text = text || ' '", "规则包"),
}


@pytest.mark.parametrize("table", TAMPERINGS)
def test_a_changed_row_is_named(book: Path, table: str):
    statement, words = TAMPERINGS[table]
    with by_hand(book) as conn:
        assert conn.execute(statement).rowcount == 1
    found = problems(book)
    assert words in found
    assert "与日志不符" in found


def test_a_deleted_row_and_an_added_row_are_named(book: Path):
    with by_hand(book) as conn:
        conn.execute("DELETE FROM span WHERE issue_id = 4 AND no = 0")
        conn.execute(
            "INSERT INTO unit (id, name, kind, subject_id) VALUES (99, '假局', '其他', 99)"
        )
    found = problems(book)
    assert "环节（事项 JM-2024-0004、第 1 条）：日志里有，台账里没有" in found
    assert "单位 假局：台账里有，日志里没有" in found


def test_many_changed_rows_are_counted_not_listed(book: Path):
    with by_hand(book) as conn:
        conn.execute("UPDATE issue SET returns = 9")
    lines = problems(book).splitlines()
    assert len(lines) == 6
    assert lines[-1] == "“事项”表另有 1 行与日志不符。"


def test_a_dropped_guard_is_named_and_nothing_more_can_be_written(book: Path):
    with opened(book) as session:
        session.conn.execute("DROP TRIGGER event_keep_delete")
    assert problems(book) == "防改触发器 event_keep_delete 缺失或被改动。"
    with pytest.raises(LedgerError, match="触发器不全") as refused:
        connection.open_ledger(book, write=True)
    assert refused.value.code == "guards_missing"


def test_a_guard_made_toothless_is_found(book: Path):
    with opened(book) as session:
        session.conn.execute("DROP TRIGGER event_keep_delete")
        session.conn.execute(
            "CREATE TRIGGER event_keep_delete BEFORE DELETE ON event BEGIN SELECT 1; END"
        )
    assert "event_keep_delete" in problems(book)


def test_a_foreign_trigger_is_found(book: Path):
    with opened(book) as session:
        session.conn.execute("CREATE TRIGGER sly AFTER UPDATE ON issue BEGIN SELECT 1; END")
    assert "多出触发器 sly" in problems(book)


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE party SET name = '李四' WHERE issue_id = 1", "JM-2024-0001 的诉求人信息已被改动"),
        ("UPDATE party SET disclosure = '保密' WHERE issue_id = 1", "与日志不符"),
        ("DELETE FROM party WHERE issue_id = 1", "缺失"),
        ("UPDATE party SET name = NULL, contact = NULL, salt = NULL WHERE issue_id = 1",
         "没有隐去的记录"),
        ("UPDATE party SET name = '张三' WHERE issue_id = 3", "应已隐去，却仍有内容"),
        ("INSERT INTO party SELECT 5, name, contact, disclosure, salt, digest FROM party"
         " WHERE issue_id = 1", "JM-2024-0005 的诉求人信息在日志里没有登记"),
    ],
)  # fmt: skip
def test_who_complained_is_held_against_the_digest(book: Path, statement: str, words: str):
    with by_hand(book) as conn:
        conn.execute(statement)
    assert words in problems(book)


def test_a_payload_that_cannot_be_replayed_is_one_problem_not_a_crash(book: Path):
    with by_hand(book) as conn:
        conn.execute("UPDATE event SET payload = 'nonsense' WHERE seq = 8")
        conn.execute("UPDATE event SET payload = ? WHERE seq = 9", (json.dumps({"set": 1}),))
        conn.execute("UPDATE event SET subject = 'nothing' WHERE seq = 10")
    found = problems(book)
    for seq in (8, 9, 10):
        assert f"第 {seq} 号事件" in found
    assert "无法重放" in found


def test_evidence_files_are_held_against_their_hash(book: Path):
    photo = evidence_folder(book) / PHOTO_HASH
    photo.write_bytes(b"another picture")
    assert "佐证文件“整改照片”" in problems(book) and "已被改动" in problems(book)
    photo.unlink()
    assert "不在" in problems(book)


def test_the_search_index_must_hold_every_issue(book: Path):
    with by_hand(book) as conn:
        conn.execute("DELETE FROM issue_search WHERE rowid = 2")
    assert problems(book) == "检索索引缺 1 件事项。"


def test_references_to_nothing_are_found(book: Path):
    with by_hand(book) as conn:
        conn.execute("UPDATE issue SET unit_id = 77 WHERE id = 1")
    assert "引用的 unit 不存在" in problems(book)


@pytest.mark.parametrize("table", ["event", "issue", "span", "party"])
def test_a_damaged_page_is_a_ledger_error(book: Path, table: str):
    with opened(book) as session:
        (page,) = session.conn.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name = ?", (table,)
        ).fetchone()
        (size,) = session.conn.execute("PRAGMA page_size").fetchone()
    with book.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xa5" * size)
    with pytest.raises(LedgerError, match="已损坏") as damaged:
        verified(book)
    assert (damaged.value.code, damaged.value.exit_status) == ("damaged", 3)
    with pytest.raises(LedgerError, match="已损坏"), opened(book, write=False) as session:
        session.conn.execute(f"SELECT * FROM {table}").fetchall()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE issue SET title = CAST(x'e4b8' AS TEXT)",
        "UPDATE event SET payload = CAST(x'ff' AS TEXT) WHERE seq = 5",
    ],
)
def test_bytes_that_are_no_text_are_told_as_damage(book: Path, statement: str):
    with by_hand(book) as conn:
        conn.execute(statement)
    with pytest.raises(LedgerError, match="已损坏"):
        verified(book)
