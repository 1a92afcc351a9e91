"""What a driver's or the system's error means to a clerk: one sentence, and what to do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from db.driver import sqlite
from supervise.errors import LedgerError

DriverError = sqlite.Error

_SENTENCES = (
    (
        ("not a database", "malformed", "disk image", "Could not decode"),
        "damaged",
        "台账文件 {path} 不是台账或已损坏，请用备份恢复（supervise restore）。",
    ),
    (
        ("locked", "busy"),
        "locked",
        "台账 {path} 正被别人写入，等了一分钟仍未轮到，请稍后再试。",
    ),
    (
        ("readonly", "read-only"),
        "read_only",
        "台账 {path} 只能读，不能写：请检查文件和所在文件夹的权限。",
    ),
    (("full",), "disk_full", "磁盘已满，本次操作全部撤销，台账未变。请清理磁盘后重做。"),
    (("unable to open",), "cannot_open", "打不开台账 {path}：请检查路径，以及文件和文件夹的权限。"),
    (("append-only", "from its head"), "append_only", "事件日志只许追加，写入被拒绝。"),
    (
        ("I/O error",),
        "io",
        "读写台账 {path} 时磁盘出错。请检查磁盘，重新打开后核对这一步是否已记下，"
        "没有记下的再重做。",
    ),
    (
        ("no such table", "no such column"),
        "damaged",
        "台账文件 {path} 的表不全（{error}），可能只复制了一部分，"
        "请用备份恢复（supervise restore）。",
    ),
)


def failure(path: Path, error: Exception) -> LedgerError:
    """Turn a driver's error into one sentence a clerk can act on."""
    text = str(error)
    for marks, code, sentence in _SENTENCES:
        if any(mark in text for mark in marks):
            return LedgerError(sentence.format(path=path, error=text), code=code)
    return LedgerError(f"读写台账 {path} 出错（{text}），本次操作已撤销。", code="io")


@contextmanager
def translated(path: Path) -> Iterator[None]:
    """Turn any driver error inside the block into a `LedgerError`."""
    try:
        yield
    except sqlite.Error as error:
        raise failure(path, error) from error


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Say that a file is damaged where what it holds is no text, or of no sort it may be.

    For blocks that read the ledger and nothing else.
    """
    try:
        yield
    except (UnicodeDecodeError, TypeError, ValueError) as error:
        raise failure(path, sqlite.DatabaseError("malformed")) from error
