"""Evidence files beside a ledger: found only by their hash, checked, and copied."""

from __future__ import annotations

import hashlib
import os
import re
from pathlib import Path

from db import evidence
from db.driver import Connection
from supervise.config import evidence_folder
from supervise.errors import reason

_HASH = re.compile(r"[0-9a-f]{64}")
_BLOCK = 1 << 20


def location(ledger: Path, sha256: str) -> Path | None:
    """Give where a ledger's file of this hash lies; None when the hash is no hash, but a path."""
    return evidence_folder(ledger) / sha256 if _HASH.fullmatch(sha256) else None


def sha256_of(path: Path) -> str:
    """Hash a file, reading it block by block."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def problem(ledger: Path, sha256: str, name: str) -> str | None:
    """Say what is wrong with one evidence file of a ledger; None when it is as stored."""
    path = location(ledger, sha256)
    if path is None:
        return f"佐证“{name}”的校验值不成样子。"
    try:
        found = sha256_of(path) if path.is_file() else None
    except OSError as error:
        return f"佐证文件“{name}”读不出来（{reason(error)}）。"
    if found is None:
        return f"佐证文件“{name}”（{sha256[:16]}）不在 {path.parent}。"
    return None if found == sha256 else f"佐证文件“{name}”（{sha256[:16]}）的内容已被改动。"


def problems(conn: Connection, ledger: Path) -> list[str]:
    """List the ledger's evidence files that are missing or were changed."""
    found = (problem(ledger, sha256, name) for sha256, name in evidence.files(conn))
    return [sentence for sentence in found if sentence]


def copy(source: Path, target: Path) -> str:
    """Copy one file (0600, not overwriting), flushed to disk; gives the hash of what was copied."""
    seen = hashlib.sha256()
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with source.open("rb") as reading, os.fdopen(handle, "wb") as writing:
        while block := reading.read(_BLOCK):
            seen.update(block)
            writing.write(block)
        writing.flush()
        os.fsync(writing.fileno())
    return seen.hexdigest()
