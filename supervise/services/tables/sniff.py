"""What a file is, by its content: its ending may lie. And what can be refused before parsing."""

from __future__ import annotations

import zipfile
from enum import Enum
from pathlib import Path

from supervise.errors import BadInput

MEGABYTE = 1024 * 1024
MAX_BYTES = 300 * MEGABYTE
MAX_UNPACKED = 300 * MEGABYTE
MAX_RATIO = 200
MAX_ENTRIES = 10_000

ZIP = b"PK\x03\x04"
EMPTY_ZIP = b"PK\x05\x06"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
OTHERS = {
    b"%PDF": "PDF 文件",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "RAR 压缩包",
    b"7z\xbc\xaf": "7z 压缩包",
    b"\x1f\x8b": "GZIP 压缩包",
    b"SQLite format 3": "数据库文件",
}
MARKUP = (b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<?xml", b"<style", b"<script")
SAVE_AS = "请用 WPS 或 Excel 打开，另存为 .xlsx 后再导入。"


class Kind(Enum):
    """How a file is to be read."""

    WORKBOOK = "workbook"
    TEXT = "text"


def sniff(path: Path) -> Kind:
    """Tell how to read a file; BadInput when it is missing, unreadable or no table at all."""
    start = _start_of(path)
    if start.startswith((ZIP, EMPTY_ZIP)):
        _check_zip(path)
        return Kind.WORKBOOK
    if start.startswith(OLE):
        _check_ole(path)
        return Kind.WORKBOOK
    for magic, name in OTHERS.items():
        if start.startswith(magic):
            raise BadInput(
                f"“{path.name}”是{name}，不是表格；请提供 .xlsx、.xls、.et 或 .csv 文件。"
            )
    text = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if text.startswith(MARKUP):
        raise BadInput(f"“{path.name}”其实是网页或 XML，不是真正的表格；{SAVE_AS}")
    if b"\0" in start and not start.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise BadInput(f"“{path.name}”不是表格，也不是文本；{SAVE_AS}")
    return Kind.TEXT


def _start_of(path: Path) -> bytes:
    """Give a file's first bytes, or say why it cannot be read."""
    try:
        if path.is_dir():
            raise BadInput(f"“{path.name}”是文件夹；请指定其中的一个文件。")
        if path.exists() and not path.is_file():
            raise BadInput(f"“{path.name}”不是普通文件，不能导入。")
        size = path.stat().st_size
        with path.open("rb") as file:
            start = file.read(512)
    except FileNotFoundError:
        raise BadInput(f"找不到文件“{path}”；请检查路径和文件名。") from None
    except PermissionError:
        raise BadInput(
            f"没有权限读取“{path.name}”；请检查文件权限，或确认它没有被独占打开。"
        ) from None
    except (OSError, ValueError) as error:
        raise BadInput(f"读取“{path.name}”失败：{error}。") from None
    if not start.strip():
        raise BadInput(f"“{path.name}”是空文件，没有可导入的内容。")
    if size > MAX_BYTES:
        raise BadInput(f"“{path.name}”超过 {MAX_BYTES // MEGABYTE} MB；请拆分成几个文件分别导入。")
    return start


def _check_zip(path: Path) -> None:
    """Refuse a broken archive, one that is no workbook, and one that unpacks to a flood."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeError):
        raise BadInput(f"“{path.name}”已损坏，打不开；请重新获取该文件，或{SAVE_AS}") from None
    names = {entry.filename for entry in entries}
    if not names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        raise BadInput(f"“{path.name}”是压缩包或其他文档，不是表格；{SAVE_AS}")
    too_big = sum(entry.file_size for entry in entries) > MAX_UNPACKED
    if too_big or len(entries) > MAX_ENTRIES or any(map(_inflated, entries)):
        raise BadInput(
            f"“{path.name}”解压后异常庞大，为防止耗尽内存不予读取；"
            "请把数据复制到新建的工作簿后再导入。"
        )


def _inflated(entry: zipfile.ZipInfo) -> bool:
    """Tell whether an entry is packed far tighter than any honest sheet."""
    return entry.file_size > MEGABYTE and entry.file_size > MAX_RATIO * max(entry.compress_size, 1)


def _check_ole(path: Path) -> None:
    """Refuse a workbook under a password: an encrypted one lies in an OLE container."""
    if ENCRYPTED in path.read_bytes():
        raise BadInput(password_sentence(path))


def password_sentence(path: Path) -> str:
    """Say that a file is under a password."""
    return f"“{path.name}”设有打开密码；请用 WPS 或 Excel 取消密码后再导入。"
