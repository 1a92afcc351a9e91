"""Evidence files: copied under their hash beside the ledger, recorded on the issue."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from db import evidence, ids
from db.driver import Connection
from supervise.config import evidence_folder
from supervise.errors import BadInput, Refused, reason
from supervise.services import stored_files
from supervise.services.issue_records import shown
from supervise.services.session import Session
from supervise.services.work import Record, working
from supervise.text import clean_line

LARGEST = 200 * 1024 * 1024


def add(session: Session, code: str, path: Path, note: str | None = None) -> Record:
    """Store a file as evidence of an issue; the original stays where it is.

    Raises BadInput when it is no plain readable file or too large, Refused when the issue has
    it already. The file is copied before the transaction, and removed if that fails.
    """
    size = _size(path)
    name = clean_line(path.name)[:200] or "未命名"
    stored, fresh = _store(session.path, path)
    try:
        with working(session) as work:
            work.begin("issue.evidence", {"note": note})
            issue = work.issue(code)
            _refuse_known(work.conn, issue.id, stored, code)
            row = {
                "id": ids.next_id(work.conn, "evidence"),
                "name": name,
                "sha256": stored,
                "size": size,
                "added_on": work.on.isoformat(),
            }
            work.record("issue", issue.id, {"evidence": [row]})
    except BaseException:
        if fresh:
            with suppress(OSError):
                (evidence_folder(session.path) / stored).unlink()
        raise
    return shown(session, code)


def _refuse_known(conn: Connection, issue_id: int, sha256: str, code: str) -> None:
    if any(item.sha256 == sha256 for item in evidence.of(conn, issue_id)):
        raise Refused(f"事项 {code} 已有这份佐证（内容相同）。", code="known_evidence")


def _size(path: Path) -> int:
    try:
        found = path.lstat()
    except OSError as error:
        raise BadInput(f"读不了文件 {path}：{reason(error)}。") from error
    if not stat.S_ISREG(found.st_mode):
        raise BadInput(f"{path} 不是普通文件（链接、文件夹、设备都不收），请指明文件本身。")
    if found.st_size > LARGEST:
        raise BadInput(f"{path.name} 太大（{found.st_size >> 20} MB），最大 {LARGEST >> 20} MB。")
    return found.st_size


def _store(ledger: Path, path: Path) -> tuple[str, bool]:
    """Copy a file into the ledger's folder under its hash; tells whether it was new there."""
    folder = evidence_folder(ledger)
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        part = folder / f".part-{os.getpid()}"
        with suppress(FileNotFoundError):
            part.unlink()
        sha256 = stored_files.copy(path, part)
        target = folder / sha256
        fresh = not target.exists()
        os.replace(part, target)
    except OSError as error:
        raise BadInput(f"存不了佐证文件 {path.name}：{reason(error)}。") from error
    return sha256, fresh
