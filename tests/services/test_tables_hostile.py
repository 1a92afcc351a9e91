"""Files that should never be read: broken, hostile, hidden under a password, classified."""

from __future__ import annotations

import os
import subprocess
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from supervise.errors import BadInput, Refused, SuperviseError
from supervise.services.tables import workbook
from supervise.services.tables.reader import read_table
from supervise.services.tables.source import open_import

ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
TODAY = date(2026, 11, 22)
CONTENT = '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def save(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def message(path: Path) -> str:
    with pytest.raises(SuperviseError) as caught:
        for _ in read_table(path).rows():
            pass
    assert path.name in caught.value.message
    assert caught.value.message.endswith("。")
    return caught.value.message


def test_a_tiny_file_claiming_a_whole_sheet_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "编号"
    book.active["XFD1048576"] = "远"
    book.save(tmp_path / "稀疏.xlsx")
    assert (tmp_path / "稀疏.xlsx").stat().st_size < 6000
    assert "复制到新建的工作簿" in message(tmp_path / "稀疏.xlsx")


def test_a_zip_bomb_is_refused_before_parsing(tmp_path: Path) -> None:
    path = tmp_path / "炸弹.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", CONTENT)
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (8 << 20))
    assert "异常庞大" in message(path)


def test_too_many_entries_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "许多.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", CONTENT)
        for number in range(10_001):
            archive.writestr(f"xl/{number}", b"")
    assert "异常庞大" in message(path)


def test_shared_strings_larger_than_they_say_end_in_a_sentence(tmp_path: Path) -> None:
    """Sizes in the directory can lie; then the parser's own limits hold."""
    path = save(tmp_path / "谎报.xlsx", ["编号", "事项"])
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2] + b"\0" * 200 + data[len(data) // 2 :])
    message(path)


@pytest.mark.parametrize(
    ("name", "content", "word"),
    [
        ("空.xlsx", b"", "空文件"),
        ("空白.csv", b"\n \n", "空文件"),
        ("断.xlsx", b"PK\x03\x04" + b"x" * 300, "已损坏"),
        ("文档.xls", b"%PDF-1.7 ...", "PDF"),
        ("图.xlsx", b"\x89PNG\r\n\x1a\n....", "图片"),
        ("导出.xls", "<html><table><tr><td>编号</td></tr></table>".encode(), "网页"),
        ("导出2.xls", b'\xef\xbb\xbf<?xml version="1.0"?><Workbook/>', "网页或 XML"),
        ("二进制.csv", b"a,b\x00\x01\x02", "不是表格"),
        ("坏码.csv", b"\xff\xff,\xff\n\x81", "编码"),
        ("旧.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, "另存为 .xlsx"),
        (
            "加密.xlsx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
            + b"\0" * 900
            + "EncryptedPackage".encode("utf-16-le"),
            "密码",
        ),
    ],
)
def test_what_is_no_table_is_refused_with_a_remedy(
    tmp_path: Path, name: str, content: bytes, word: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    assert word in message(path)


def test_a_truncated_workbook_is_refused(tmp_path: Path) -> None:
    path = save(tmp_path / "半个.xlsx", ["编号", "事项"], ["A", "甲"])
    path.write_bytes(path.read_bytes()[:-400])
    assert "已损坏" in message(path)


def test_a_workbook_with_broken_xml_is_refused(tmp_path: Path) -> None:
    good = save(tmp_path / "好.xlsx", ["编号", "事项"])
    path = tmp_path / "坏.xlsx"
    with zipfile.ZipFile(good) as source, zipfile.ZipFile(path, "w") as target:
        for entry in source.namelist():
            data = source.read(entry)
            target.writestr(entry, data[: len(data) // 2] if "sheet1" in entry else data)
    message(path)


def test_another_archive_is_no_workbook(tmp_path: Path) -> None:
    path = tmp_path / "报告.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", CONTENT)
    assert "不是表格" in message(path)


def test_missing_folder_and_unreadable(tmp_path: Path) -> None:
    assert "找不到文件" in message(tmp_path / "没有.xlsx")
    (tmp_path / "夹.xlsx").mkdir()
    assert "文件夹" in message(tmp_path / "夹.xlsx")
    os.mkfifo(tmp_path / "管道.csv")
    assert "普通文件" in message(tmp_path / "管道.csv")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    path = save(tmp_path / "锁.xlsx", ["编号"])
    path.chmod(0)
    assert "没有权限" in message(path)


def test_a_quote_never_closed_names_its_row(tmp_path: Path) -> None:
    path = tmp_path / "引号.csv"
    path.write_text('编号,事项\nA,甲\nB,"乙\n' + "很长的一行\n" * 40_000, encoding="utf-8")
    assert "第 3 行" in message(path)


@pytest.mark.parametrize(
    "name", ["秘密★1年 台账.xlsx", "台账（机密）.csv", "绝　密.xlsx", "2024年机密事项.xls"]
)
def test_a_marked_name_is_refused_unread(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused, match="密级"):
        read_table(tmp_path / name)


@pytest.mark.parametrize("name", ["商业秘密保护问题台账.csv", "计算机密码整改.csv"])
def test_an_innocent_name_is_read(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text("编号,事项\nA,甲\n", encoding="utf-8")
    assert len(list(read_table(path).rows())) == 2


@pytest.mark.parametrize(
    "rows",
    [
        [["秘密★"], ["编号", "事项"], ["A", "甲"]],
        [["机　密★1年", None], ["编号", "事项"], ["A", "甲"]],
        [["绝密文件登记台账"], ["编号", "事项"], ["A", "甲"]],
        [["问题台账（秘密）"], ["编号", "事项"], ["A", "甲"]],
        [["密级：机密"], ["编号", "事项"], ["A", "甲"]],
        [["编号", "事项", "秘密"], ["A", "甲", None]],
        [["编号", "事项", "密级"], ["A", "甲", None], ["B", "乙", "机密"]],
    ],
)
def test_marked_titles_are_refused(tmp_path: Path, rows: list[list[object]]) -> None:
    path = save(tmp_path / "台账.xlsx", *rows)
    with pytest.raises(Refused) as caught, open_import(path, today=TODAY) as source:
        list(source.batches())
    assert caught.value.code == "classified"


def test_a_marked_sheet_name_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "机密"
    book.active.append(["编号", "事项"])
    book.save(tmp_path / "台账.xlsx")
    with pytest.raises(Refused):
        read_table(tmp_path / "台账.xlsx")


def test_sentences_about_secrets_are_read(tmp_path: Path) -> None:
    path = save(
        tmp_path / "台账.xlsx",
        ["全市商业秘密保护和秘密举报问题台账"],
        ["编号", "事项", "密级"],
        ["A", "泄露秘密问题", "公开"],
        ["B", "秘密举报被泄露", None],
    )
    with open_import(path, today=TODAY) as source:
        assert sum(len(batch.rows) for batch in source.batches()) == 2


def test_closing_early_leaves_no_parser_behind(tmp_path: Path) -> None:
    path = save(tmp_path / "大.xlsx", ["编号", "事项"], *[[f"A{i}", "甲"] for i in range(5000)])
    table = read_table(path)
    next(table.rows())
    table.close()
    table.close()
    with pytest.raises(BadInput):
        list(read_table(path, sheet="没有这张").rows())


def test_a_parser_out_of_memory_ends_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A cell in ZZ20000 makes the parser lay out fourteen million cells."""
    book = Workbook()
    book.active["A1"], book.active["ZZ20000"] = "编号", "远"
    path = tmp_path / "大.xlsx"
    book.save(path)
    monkeypatch.setattr(workbook, "MEMORY", 256 << 20)
    assert "复制到新建的工作簿" in message(path)


def test_files_read_by_one_parser_never_spoil_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    good = [save(tmp_path / f"好{n}.xlsx", ["编号", "事项"], [n, "路灯"]) for n in range(4)]
    broken = tmp_path / "坏.xlsx"
    broken.write_bytes(good[0].read_bytes()[:400])
    sparse = Workbook()
    sparse.active["A1"], sparse.active["XFD1048576"] = "编号", "远"
    sparse.save(tmp_path / "稀疏.xlsx")
    monkeypatch.setattr(workbook, "MEMORY", 256 << 20)
    with workbook.Parser() as parser:

        def rows(path: Path) -> list[tuple[object, ...]]:
            book = workbook.Workbook(path, parser)
            try:
                book.head(0)
                return [cells for chunk in book.stream() for _, cells in chunk.rows()]
            finally:
                book.close()

        for n, path in enumerate(good):
            for hostile in (broken, tmp_path / "稀疏.xlsx"):
                with pytest.raises(BadInput, match=hostile.stem):
                    rows(hostile)
            assert rows(path) == [("编号", "事项"), (float(n), "路灯")]
        # What was let go half read is not taken for the next file's.
        book = workbook.Workbook(good[0], parser)
        book.head(0)
        next(book.stream())
        book.close()
        assert rows(good[3])[1] == (3.0, "路灯")
        # Processor time is each file's own, however many came before.
        monkeypatch.setattr(workbook, "SECONDS", 1)
        parser.end()
        assert all(rows(one) for one in good * 5)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no /proc: peaks are guessed")
def test_a_parser_goes_on_to_the_next_file_unless_it_holds_much_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However much the program itself holds: only what the files took counts."""
    good = save(tmp_path / "好.xlsx", ["编号"], ["路灯"])
    heavy = save(tmp_path / "重.xlsx", *(["长" * 32_000 + str(n)] for n in range(300)))
    monkeypatch.setattr(workbook, "MEMORY", 480 << 20)
    begun: list[object] = []
    begin = subprocess.Popen

    def counted(*args: Any, **named: Any) -> subprocess.Popen[bytes]:
        begun.append(args)
        return begin(*args, **named)

    monkeypatch.setattr(subprocess, "Popen", counted)
    mine = bytearray(workbook.MEMORY // 8)  # noqa: F841 - held while the process begins
    with workbook.Parser() as parser:
        for path, processes in ((good, 1), (good, 1), (heavy, 1), (good, 2), (good, 2)):
            workbook.Workbook(path, parser).head(0)
            assert len(begun) == processes, path.name
