"""Archive packages: whole, the same twice, and every change in them found with nothing but them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import events
from supervise import archive_check
from supervise.reports import archive
from supervise.reports.archive import Contents, Item
from supervise.reports.archive_files import write
from supervise.reports.document import Document, missing
from supervise.reports.zipping import zipped

DAY = date(2024, 12, 5)
PDF = b"%PDF-1.7\n<pdfaid:part>2</pdfaid:part>\n%%EOF\n"


def _word() -> bytes:
    return zipped({"word/document.xml": b"<w/>"})


def _draw(document: Document, ending: str) -> bytes:
    return _word() if ending == ".docx" else PDF


def _events(count: int) -> tuple[tuple[object, ...], ...]:
    rows, before = [], "0" * 64
    for seq in range(1, count + 1):
        fields = (seq, "notice", 1, "notice.draft", "2024-12-01", "t", "李四", "李四", None, "{}")
        own = events.digest(before, fields)
        rows.append((*fields, before, own))
        before = own
    return tuple(rows)


def _contents() -> Contents:
    papers = [
        Document("关于某月情况的通报", number="示优通〔2024〕1号", signature=missing("署名"))
    ] * 2
    items = tuple(
        Item(f"通报{n}", paper, "市优化办", DAY, "永久", f"第{n}份")
        for n, paper in enumerate(papers, 1)
    )
    return Contents(
        "2024-11", DAY, "9:" + "a" * 16, items, (("通报.json", b"{}\n"),), _events(4), ("无催报",)
    )


@pytest.fixture
def files() -> dict[str, bytes]:
    return archive.package(_contents(), _draw)


@pytest.fixture(params=["归档", "归档.zip"])
def made(request: pytest.FixtureRequest, tmp_path: Path, files: dict[str, bytes]) -> Path:
    path = tmp_path / str(request.param)
    write(path, files)
    return path


def test_a_package_is_found_whole_by_the_program_and_by_the_script_inside_it(made: Path) -> None:
    assert archive_check.check(made) == []
    script = made.parent / "取出.py"
    if made.is_dir():
        shutil.copy(made / "归档预检.py", script)
    else:
        script.write_bytes(zipfile.ZipFile(made).read("归档预检.py"))
    words = [sys.executable, "-I", "-S", str(script), str(made)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, cwd="/")
    assert (done.returncode, done.stderr) == (0, "") and "预检合格" in done.stdout


def test_the_same_facts_give_the_same_package(files: dict[str, bytes]) -> None:
    again = archive.package(_contents(), _draw)
    assert zipped(again) == zipped(files)
    assert archive.fingerprint(again) == archive.fingerprint(files)


def test_what_is_kept_of_each_item(files: dict[str, bytes]) -> None:
    told = json.loads(files["元数据.json"])
    assert told["件"][1] == {
        "件号": 2,
        "题名": "关于某月情况的通报（第2份）",
        "文号": "示优通〔2024〕1号",
        "责任者": "市优化办",
        "成文日期": "2024-12-05",
        "年度": 2024,
        "保管期限": "永久",
        "待填": 1,
        "文件": ["文书/002-通报2.docx", "文书/002-通报2.pdf"],
    }
    assert told["未归档"] == ["无催报"]


@given(st.data())
@settings(max_examples=40, deadline=None)
def test_any_change_of_any_file_is_found(data: st.DataObject) -> None:
    files = dict(archive.package(_contents(), _draw))
    name = data.draw(st.sampled_from(sorted(files)))
    at = data.draw(st.integers(0, len(files[name]) - 1))
    changed = bytearray(files[name])
    changed[at] ^= data.draw(st.integers(1, 255))
    files[name] = bytes(changed)
    if name == archive_check.MANIFEST and _same_but_for_words(files[name]):
        return
    assert _check(files)


def _same_but_for_words(manifest: bytes) -> bool:
    """Tell whether only what describes the package changed: its month and the day it was made."""
    try:
        told = json.loads(manifest)
    except ValueError:
        return False
    whole = json.loads(archive.package(_contents(), _draw)[archive_check.MANIFEST])
    described = ("period", "made_on", "head")
    return isinstance(told, dict) and all(
        told.get(key) == value for key, value in whole.items() if key not in described
    )


def _check(files: dict[str, bytes]) -> list[str]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "包.zip"
        path.write_bytes(zipped(files))
        return archive_check.check(path)


Change = Callable[[dict[str, bytes]], None]
CHANGES: dict[str, tuple[Change, str]] = {
    "a file taken out": (lambda f: f.pop("数据/通报.json") and None, "缺少文件"),
    "a file put in": (lambda f: f.update({"文书/新.txt": b"x"}), "不在清单里"),
    "no manifest": (lambda f: f.pop("清单.json") and None, "不是归档包"),
    "no metadata": (lambda f: f.pop("元数据.json") and None, "元数据.json"),
    "wrapped": (lambda f: f.update({"外层/清单.json": f.pop("清单.json")}), "外面多了一层文件夹"),
    "no log": (lambda f: f.pop("审计摘录.jsonl") and None, "审计摘录.jsonl"),
}


@pytest.mark.parametrize("case", CHANGES)
def test_what_was_done_to_a_package_is_said(files: dict[str, bytes], case: str) -> None:
    change, words = CHANGES[case]
    change(files)
    assert words in "".join(_check(files))


def _relisted(files: dict[str, bytes], **changed: bytes | None) -> dict[str, bytes]:
    """Put other files in and list them as if they had always been there: what a forger would do."""
    import hashlib

    files = {**files, **{k: v for k, v in changed.items() if v is not None}}
    told = json.loads(files["清单.json"])
    for one in told["files"]:
        data = files[one["path"]]
        one.update(size=len(data), sha256=hashlib.sha256(data).hexdigest())
    return {**files, "清单.json": json.dumps(told, ensure_ascii=False).encode()}


def test_a_log_that_does_not_hold_together_is_found_though_it_is_listed(
    files: dict[str, bytes],
) -> None:
    lines = files["审计摘录.jsonl"].decode().splitlines(keepends=True)
    swapped = "".join([lines[1], lines[0], *lines[2:]]).encode()
    altered = files["审计摘录.jsonl"].replace("李四".encode(), "王五".encode(), 1)
    shorter = "".join(lines[1:]).encode()
    later = "".join(_line(row) for row in _events(10)[9:]).encode()
    logs = [(swapped, "接不上"), (altered, "校验值不符"), (shorter, "条"), (later, "校验码不合")]
    logs += [
        (line, "第 1 行不是事件") for line in (b"null\n", b"[1]\n", b"5\n", b"[" * 9999 + b"\n")
    ]
    for log, words in logs:
        assert words in "".join(_check(_relisted(files, **{"审计摘录.jsonl": log})))


def _line(row: tuple[object, ...]) -> str:
    return json.dumps(list(row), ensure_ascii=False, separators=(",", ":")) + "\n"


def test_metadata_and_papers_are_judged_for_themselves(files: dict[str, bytes]) -> None:
    told = json.loads(files["元数据.json"])
    told["件"][0] |= {"保管期限": "三年", "责任者": ""}
    forged = _relisted(files, **{"元数据.json": json.dumps(told).encode()})
    found = "".join(_check(forged))
    assert "三年" in found and "没有写明责任者" in found
    for changes, words in (
        ({"成文日期": "昨天"}, "“昨天”与年度“2024”不合"),
        ({"年度": 1999}, "与年度“1999”不合"),
        ({"文件": 5}, "001-通报1.pdf”不属于"),
        ({"文件": [["文书/001-通报1.pdf"]]}, "001-通报1.pdf”不属于"),
    ):
        item = [json.loads(files["元数据.json"])["件"][0] | changes, told["件"][1]]
        forged = _relisted(files, **{"元数据.json": json.dumps({**told, "件": item}).encode()})
        assert words in "".join(_check(forged))
    forged = _relisted(files, **{"元数据.json": json.dumps({**told, "月份": "2024-10"}).encode()})
    assert "2024-10 与清单的 2024-11 不符" in "".join(_check(forged))
    names = {"文书/001-通报1.pdf": b"%PDF-1.4 no archive", "文书/002-通报2.docx": b"PK"}
    found = "".join(_check(_relisted(files, **names)))
    assert "不是 PDF/A" in found and "不是完好的 .docx" in found


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_damaged_zip_is_found_and_never_an_error(data: st.DataObject) -> None:
    """Any byte changed, in the compressed data as in what the file says of itself."""
    whole = bytearray(zipped(archive.package(_contents(), _draw)))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= data.draw(st.integers(1, 255))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "包.zip"
        path.write_bytes(bytes(whole))
        assert all(sentence.endswith("。") for sentence in archive_check.check(path))


def test_one_name_for_two_files_is_found(files: dict[str, bytes], tmp_path: Path) -> None:
    """Which of the two a program shows is its own choice: neither can be vouched for."""
    path = tmp_path / "包.zip"
    with zipfile.ZipFile(path, "w") as package, pytest.warns(UserWarning):
        for name, content in [("文书/001-通报1.pdf", b"x"), *files.items()]:
            package.writestr(name, content)
    assert "不止一份" in "".join(archive_check.check(path))


def test_links_and_devices_in_a_folder_are_found(files: dict[str, bytes], tmp_path: Path) -> None:
    for name, put in (
        ("外", lambda path: path.symlink_to(tmp_path)),
        ("外.txt", lambda path: path.symlink_to(tmp_path / "没有")),
        ("管道", os.mkfifo),
    ):
        folder = tmp_path / f"归档{name}"
        write(folder, files)
        put(folder / "文书" / name)
        assert f"“{name}”是链接或设备" in "".join(archive_check.check(folder))


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"\x00" * 100, b"{}"])
def test_what_is_no_package_is_said_in_a_sentence(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "坏.zip"
    path.write_bytes(data)
    (sentence,) = archive_check.check(path)
    assert "归档包" in sentence
    assert "归档包" in archive_check.check(tmp_path / "没有这个")[0]


def test_names_that_lead_outside_are_never_followed(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    told = json.loads(files["清单.json"])
    told["files"].append({"path": "../外.txt", "size": 1, "sha256": "0"})
    files["清单.json"] = json.dumps(told).encode()
    assert "指向归档包之外" in "".join(_check(files))
    folder = tmp_path / "归档"
    write(folder, archive.package(_contents(), _draw))
    (folder / "链接").symlink_to("/etc/passwd")
    assert "是链接" in "".join(archive_check.check(folder))
