"""Making small ledgers, and editing them behind the program's back."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from pathlib import Path

from db.driver import Connection, sqlite
from db.schema import GUARDS
from supervise.config import evidence_folder
from supervise.services.session import Session
from supervise.services.work import Work, perform, working

TODAY = date(2024, 12, 31)
PHOTO = b"\x89PNG a photo of the mended lamp"
PHOTO_HASH = hashlib.sha256(PHOTO).hexdigest()


def opened(path: Path, *, write: bool = True) -> Session:
    """Open a ledger on the tests' day."""
    return Session(path, TODAY, recorder="经办甲", write=write)


@contextmanager
def by_hand(path: Path, *, foreign_keys: bool = False) -> Iterator[Connection]:
    """Edit a ledger behind the program's back, its guards dropped."""
    with closing(sqlite.connect(path, isolation_level=None)) as conn:
        conn.execute(f"PRAGMA foreign_keys = {int(foreign_keys)}")
        for name in ("event_keep_update", "event_keep_delete", "event_keep_chain"):
            conn.execute(f"DROP TRIGGER {name}")
        yield conn
        put_guards_back(conn)


def put_guards_back(conn: Connection) -> None:
    for trigger in GUARDS.values():
        conn.execute(trigger)


def store_photo(work: Work, issue_id: int) -> None:
    row = {
        "id": 1, "name": "整改照片", "sha256": PHOTO_HASH, "size": len(PHOTO),
        "added_on": "2024-12-10",
    }  # fmt: skip
    work.begin("issue.evidence", {})
    work.record("issue", issue_id, {"evidence": [row]})


def fill(path: Path) -> None:
    with opened(path) as session:
        for unit in ("市住建局", "市水务局", "市城管局"):
            perform(session, "unit.add", {"unit": unit})
        for number in range(1, 7):
            code, unit = f"JM-2024-{number:04d}", ("市住建局", "市水务局")[number % 2]
            perform(
                session, "issue.add",
                {"issue": code, "title": f"路灯第{number}盏不亮", "found_on": date(2024, 12, 1)}
                | ({"party": "张三", "contact": "13800000000"} if number < 4 else {}),
            )  # fmt: skip
            perform(
                session, "issue.assign",
                {"issue": code, "unit": unit, "due_on": date(2024, 12, 20),
                 "on": date(2024, 12, 2)},
            )  # fmt: skip
        perform(
            session, "issue.submit",
            {"issue": "JM-2024-0002", "measures": "已换灯泡", "on": date(2024, 12, 10)},
        )  # fmt: skip
        perform(
            session, "issue.redact",
            {"issue": "JM-2024-0003", "reason": "本人要求", "by": "主任", "approver": "副主任"},
        )  # fmt: skip
        with working(session) as work:
            store_photo(work, work.issue("JM-2024-0002").id)
    folder = evidence_folder(path)
    folder.mkdir()
    (folder / PHOTO_HASH).write_bytes(PHOTO)


def copy_ledger(source: Path, target: Path) -> Path:
    """Copy a closed ledger with its evidence."""
    shutil.copy(source, target)
    shutil.copytree(evidence_folder(source), evidence_folder(target))
    return target
