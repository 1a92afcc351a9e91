"""Exporting: the format by the file's ending, and a file that is either whole or not there."""

from __future__ import annotations

import errno
import os
import secrets
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from supervise.errors import Refused, SuperviseError, UsageError, reason
from supervise.reports.document import Document

ENDINGS = (".txt", ".md", ".html", ".svg", ".csv", ".xlsx", ".docx", ".pdf", ".json")
_MODULES = {
    ".txt": "text",
    ".md": "markdown",
    ".html": "html",
    ".svg": "svg",
    ".csv": "csv",
    ".xlsx": "xlsx",
    ".docx": "docx",
    ".pdf": "pdf",
}
# Formats with pages of their own.
_PAGED = frozenset({".docx", ".pdf"})


def ending_of(target: str | os.PathLike[str]) -> str:
    """Give the format a file's name asks for; "-" is plain text.

    Raises Refused for .pdf where what sets it is not installed, UsageError for an unknown format.
    """
    name = os.fspath(target)
    if name == "-":
        return ".txt"
    ending = (name if name.lower() in ENDINGS else Path(name).suffix).lower()
    if ending not in ENDINGS:
        shown = f"“{ending}”" if ending else "没有扩展名的文件"
        raise UsageError(f"不认识的导出格式：{shown}。可用 {' '.join(ENDINGS)}。")
    if ending == ".pdf":
        from supervise.reports import pdf

        pdf.expect_typst()
    return ending


def export_all(documents: Sequence[Document], target: str | os.PathLike[str]) -> bytes:
    """Give several papers of a kind as one file, in the format its name asks for.

    Where pages are fixed (.docx, .pdf) each is whole, with its own head, page numbers and sheet;
    else they follow one another in one text.
    """
    ending = ending_of(target)
    if len(documents) > 1 and ending in _PAGED and all(one.pages is None for one in documents):
        module = import_module(f"supervise.reports.{_MODULES[ending]}")
        render_all: Callable[[Sequence[Document]], bytes] = module.render_all
        return render_all(documents)
    from supervise.reports.papers import together

    return export(together(documents), target)


def export(
    document: Document,
    target: str | os.PathLike[str],
    record: dict[str, Any] | None = None,
) -> bytes:
    """Give a document's bytes in the format a file's name, an ending or "-" asks for.

    `record` is the JSON record the document was made of; only .json shows it.
    """
    ending = ending_of(target)
    if ending == ".json":
        from supervise.reports import json

        drawn: str | bytes = json.render(document, record)
    else:
        module = import_module(f"supervise.reports.{_MODULES[ending]}")
        render: Callable[[Document], str | bytes] = module.render
        drawn = render(document)
    return drawn if isinstance(drawn, bytes) else drawn.encode("utf-8", "replace")


def expect_free(path: Path, *, force: bool = False) -> None:
    """Refuse before long work what `write_file` would refuse after it: a name that is taken."""
    if not force and os.path.lexists(path):
        raise refusal(path, FileExistsError(errno.EEXIST, "exists"))


def make_folder(path: Path) -> None:
    """Make a folder where only it is missing. Raises Refused with the reason where it can't be."""
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except FileExistsError as error:
        raise Refused(
            f"{path} 是文件，不是文件夹；请另指定一个文件夹。", code="cannot_write"
        ) from error
    except OSError as error:
        raise refusal(path, error) from error


def write_file(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file that only its owner can read, whole or not at all.

    A file already there, or a link of that name, is left alone unless `force`, which replaces it
    and never what a link points at. Raises Refused with the reason where writing fails.
    """
    part = path.with_name(f".{path.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        if not force and os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "exists")
        try:
            _write_new(part, data)
            _put(part, path, force)
        finally:
            part.unlink(missing_ok=True)
        _sync_folder(path.parent)
    except OSError as error:
        raise refusal(path, error) from error


def _write_new(part: Path, data: bytes) -> None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    with os.fdopen(os.open(part, flags, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _put(part: Path, path: Path, force: bool) -> None:
    """Give the finished file its name; without `force` never over a file that came meanwhile."""
    if force:
        os.replace(part, path)
        return
    try:
        os.link(part, path)
    except FileExistsError:
        raise
    except OSError:  # a file system without hard links
        if os.path.lexists(path):
            raise FileExistsError(errno.EEXIST, "exists") from None
        os.replace(part, path)


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def refusal(path: Path, error: OSError) -> SuperviseError:
    """Say in a sentence why a file can't be written."""
    if isinstance(error, FileExistsError):
        return Refused(f"文件已存在：{path}。要覆盖请加 --force。", code="file_exists")
    reasons = {
        errno.ENOENT: f"文件夹 {path.parent} 不存在，请先建立",
        errno.ENOTDIR: f"{path.parent} 不是文件夹",
        errno.EISDIR: f"{path} 是文件夹，请写明文件名",
        errno.EACCES: f"没有在 {path.parent} 中写文件的权限",
        errno.EPERM: f"没有在 {path.parent} 中写文件的权限",
        errno.EROFS: f"{path.parent} 是只读的",
    }
    why = reasons.get(error.errno or 0) or reason(error)
    return Refused(f"无法写入 {path}：{why}。", code="cannot_write")
