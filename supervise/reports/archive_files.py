"""An archive on disk: a .zip, or a folder that is either whole or not there."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path

from supervise.errors import Refused
from supervise.reports import export
from supervise.reports.zipping import zipped


def _is_zip(to: Path) -> bool:
    return to.suffix.lower() == ".zip"


def expect_free(to: Path, *, force: bool = False) -> None:
    """Refuse a name that is taken. A folder is never replaced: what lies in it may be others'."""
    if _is_zip(to):
        export.expect_free(to, force=force)
    elif os.path.lexists(to) and not (to.is_dir() and not any(to.iterdir())):
        raise Refused(f"{to} 已存在而且不是空文件夹，请换一个位置。", code="file_exists")


def write(to: Path, files: dict[str, bytes], *, force: bool = False) -> None:
    """Write a package, readable by its owner only. Raises Refused where that fails."""
    expect_free(to, force=force)
    if _is_zip(to):
        export.write_file(to, zipped(files), force=force)
        return
    part = to.with_name(f".{to.name[:40]}.{secrets.token_hex(4)}.part")
    try:
        _fill(part, files)
        if to.is_dir():
            to.rmdir()
        os.rename(part, to)
    except OSError as error:
        raise export.refusal(to, error) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _fill(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(mode=0o700)
    for name, data in files.items():
        path = folder / name
        path.parent.mkdir(mode=0o700, exist_ok=True)
        path.touch(mode=0o600)
        with path.open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
