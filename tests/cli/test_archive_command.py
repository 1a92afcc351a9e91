"""archive PERIOD and archive check, as an archivist uses them."""

from __future__ import annotations

import io
import json
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from docx import Document as Word

from tests.cli.conftest import Supervise

pytest.importorskip("typst", reason="the archive holds PDF/A, made by the extra [pdf]")


@pytest.fixture
def issued(office: Supervise) -> Supervise:
    """Give a ledger whose June notice names one unit, with one issue closed in it."""
    for line in (
        "issue add JM-2024-0002 --title 下水堵塞 --found-on 2024-06-01 --on 2024-06-01"
        " --party 王五 --contact 13900001111 --disclosure 保密",
        "issue assign JM-2024-0002 --unit 市水务局 --due-on 2024-06-28 --on 2024-06-03",
        "issue submit JM-2024-0002 --measures 已疏通 --on 2024-06-10 --by 市水务局",
        "issue pass JM-2024-0002 --on 2024-06-12 --by 赵六",
        "issue reply JM-2024-0002 --note 已通知诉求人 --on 2024-06-13",
        "issue feedback JM-2024-0002 --satisfaction 满意 --on 2024-06-14",
        "issue close JM-2024-0002 --on 2024-06-17 --by 主任",
        "notice draft 2024-06 --on 2024-07-01",
        "notice issue 2024-06 --on 2024-07-03 --number 示优通〔2024〕6号",
    ):
        done = office(*line.split())
        assert done.status == 0, done.err
    return office


def _unpacked(name: str, data: bytes) -> bytes:
    """Give a file with what is compressed in it: the parts of .docx and .xlsx, a PDF's streams."""
    if name.endswith((".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as inside:
            return b"".join(map(inside.read, inside.namelist()))
    if name.endswith(".pdf") and shutil.which("pdftotext"):
        return subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True).stdout
    return data


def test_a_month_is_archived_and_checked(issued: Supervise, tmp_path: Path) -> None:
    path = tmp_path / "2024-06.zip"
    told = issued("archive", "2024-06", "--to", path, "--json").json
    assert told["period"] == "2024-06" and told["items"] >= 6
    assert issued("archive", "check", path, "--json").json == {"ok": True, "problems": []}
    with zipfile.ZipFile(path) as package:
        names = package.namelist()
        metadata = json.loads(package.read("元数据.json"))
        word = next(name for name in names if name.endswith(".docx"))
        package.extract(word, tmp_path)
        everything = b"".join(_unpacked(name, package.read(name)) for name in names)
    notice = metadata["件"][0]
    assert (notice["文号"], notice["保管期限"]) == ("示优通〔2024〕6号", "永久")
    listed = [one["题名"] for one in metadata["件"]]
    assert len(set(listed)) == len(listed)
    titles = "".join(listed)
    assert "点名依据表" in titles and "销号审批表" in titles
    assert "通报" in "".join(p.text for p in Word(str(tmp_path / word)).paragraphs)
    # Who complained in confidence is kept from papers, data and log alike.
    assert b"13900001111" not in everything and "王五".encode() not in everything
    assert "数据/问题清单.xlsx" in names


def test_the_same_month_twice_is_the_same_file(issued: Supervise, tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        issued("archive", "2024-06", "--to", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_changed_package_ends_with_status_1(issued: Supervise, tmp_path: Path) -> None:
    folder = tmp_path / "归档"
    assert issued("archive", "2024-06", "--to", folder).status == 0
    (folder / "数据" / "通报.json").write_text("{}")
    done = issued("archive", "check", folder)
    assert done.status == 1 and "通报.json”与清单不符" in done.out
    assert issued("archive", "check", tmp_path / "无此文件").status == 1


def test_what_cannot_be_archived_is_said(issued: Supervise, tmp_path: Path) -> None:
    issued("notice", "draft", "2024-07", "--on", "2024-08-01")
    for words, status, sentence in (
        (("2024-07", "--to", tmp_path / "a"), 1, "还没有签发"),
        (("2024-05", "--to", tmp_path / "a"), 1, "2024-05"),
        (("2024-13", "--to", tmp_path / "a"), 2, "月份"),
        (("2024-06",), 2, "--to"),
        (("check",), 2, "归档包"),
        (("2024-06", "--to", tmp_path / "没有" / "a.zip"), 1, "不存在"),
    ):
        done = issued("archive", *words)
        assert done.status == status and sentence in done.err, (words, done.err)
    (tmp_path / "满").mkdir()
    (tmp_path / "满" / "我的.txt").write_text("x")
    done = issued("archive", "2024-06", "--to", tmp_path / "满")
    assert done.status == 1 and (tmp_path / "满" / "我的.txt").read_text() == "x"
    assert not [one for one in tmp_path.iterdir() if one.name.endswith(".part")]


def test_what_became_of_a_notice_is_said_wherever_its_frozen_text_goes(
    issued: Supervise, tmp_path: Path
) -> None:
    before = tmp_path / "前.docx"
    assert issued("notice", "export", "2024-06", "--to", before).err.count("所出文件") == 0
    done = issued("notice", "withdraw", "2024-06", "--reason", "有误", "--on", "2024-07-04")
    assert done.status == 0, done.err
    after = tmp_path / "后.docx"
    said = "2024-06 的通报已于 2024-07-04 撤回，所出文件仍是签发时的文本。"
    assert said in issued("notice", "export", "2024-06", "--to", after).err
    assert said in issued("paper", "export", "调度通报", "2024-06", "--to", "-").err
    assert before.read_bytes() == after.read_bytes()
    path = tmp_path / "包.zip"
    assert issued("archive", "2024-06", "--to", path).status == 0
    with zipfile.ZipFile(path) as package:
        assert json.loads(package.read("元数据.json"))["签发后变动"] == [said]


def test_a_target_that_was_left_empty_or_lies_nowhere_is_refused(
    issued: Supervise, tmp_path: Path
) -> None:
    for to, words in (("", "--to 后面要写"), (f"{tmp_path}/无/此处/", "不存在，请先建立")):
        done = issued("paper", "export", "调度通报", "2024-06", "--to", to)
        assert done.status and words in done.err
