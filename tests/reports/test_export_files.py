"""Files are written whole or not at all, never over another, never through a link."""

from __future__ import annotations

import errno
import os
import stat

import pytest

from supervise.errors import Refused, UsageError
from supervise.reports.document import Document
from supervise.reports.export import ENDINGS, ending_of, export, write_file


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_ending_decides(ending):
    assert ending_of(f"/x/通报.2024{ending.upper()}") == ending
    assert ending_of(ending) == ending


def test_a_dash_is_plain_text():
    assert export(Document("题"), "-") == export(Document("题"), ".txt")


@pytest.mark.parametrize("name", ["a.rtf", "通报", "a.", "dir.txt/file"])
def test_unknown_endings_are_refused_with_the_known_ones(name):
    with pytest.raises(UsageError, match=".txt .md .html .svg .csv .xlsx .docx .pdf .json"):
        ending_of(name)


def test_written_for_the_owner_only_and_nothing_left_beside(tmp_path):
    path = tmp_path / "通报.txt"
    write_file(path, b"x")
    assert path.read_bytes() == b"x"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert os.listdir(tmp_path) == ["通报.txt"]


def test_an_existing_file_is_left_alone_unless_forced(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    with pytest.raises(Refused, match="文件已存在.*--force") as caught:
        write_file(path, b"new")
    assert caught.value.code == "file_exists"
    assert path.read_bytes() == b"old"
    write_file(path, b"new", force=True)
    assert path.read_bytes() == b"new"
    assert os.listdir(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("dangling", [True, False])
def test_a_link_is_replaced_never_followed(tmp_path, dangling):
    target = tmp_path / "target"
    if not dangling:
        target.write_bytes(b"precious")
    link = tmp_path / "a.txt"
    link.symlink_to(target)
    with pytest.raises(Refused, match="文件已存在"):
        write_file(link, b"new")
    write_file(link, b"new", force=True)
    assert not link.is_symlink()
    assert target.exists() is not dangling
    assert dangling or target.read_bytes() == b"precious"


def test_a_missing_folder_and_a_folder_in_the_way(tmp_path):
    with pytest.raises(Refused, match="文件夹 .* 不存在"):
        write_file(tmp_path / "no" / "a.txt", b"x")
    (tmp_path / "d.txt").mkdir()
    with pytest.raises(Refused, match="是文件夹"):
        write_file(tmp_path / "d.txt", b"x", force=True)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(Refused, match="不是文件夹"):
        write_file(tmp_path / "file" / "a.txt", b"x")
    assert sorted(os.listdir(tmp_path)) == ["d.txt", "file"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (errno.ENOSPC, "磁盘已满"),
        (errno.EACCES, "没有在"),
        (errno.EROFS, "只读"),
        (errno.EIO, "写入"),
    ],
)
def test_failures_are_told_and_leave_nothing(tmp_path, monkeypatch, number, said):
    def fail(_handle):
        raise OSError(number, "写入失败")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(Refused, match=said):
        write_file(tmp_path / "a.txt", b"x")
    assert os.listdir(tmp_path) == []


def test_file_systems_without_hard_links(tmp_path, monkeypatch):
    def refuse(*_args):
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    path = tmp_path / "a.txt"
    write_file(path, b"x")
    assert path.read_bytes() == b"x"
    assert os.listdir(tmp_path) == ["a.txt"]
