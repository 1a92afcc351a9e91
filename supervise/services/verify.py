"""核验: whether the ledger is what its log says, and the log what a paper or backup remembers."""

from __future__ import annotations

import re

from db import connection, events
from db import verify as store
from db.failures import readable, translated
from supervise.errors import BadInput
from supervise.services import stored_files
from supervise.services.session import Session
from supervise.services.work import Record

_HEAD = re.compile(r"\s*(\d{1,15})\s*[:：-]\s*([0-9a-fA-F]{16,64})\s*")


def parse_head(text: str) -> tuple[int, str]:
    """Read a 台账校验码 `SEQ:HASH`; a hash of 16 or more hex digits will do.

    Raises BadInput when it is not one.
    """
    found = _HEAD.fullmatch(text)
    if found is None:
        raise BadInput(
            f"“{text}”不是台账校验码：应为“序号：校验值”，如 128:0123456789abcdef（至少 16 位）。",
            code="bad_head",
        )
    return int(found[1]), found[2].lower()


def verify(
    session: Session, head: str | None = None, progress: store.Progress | None = None
) -> Record:
    """Recompute the chain, replay the log, and compare everything derived from it.

    Reads only, also where the guards are gone. `progress` takes events done and in all. The
    command ends with status 1 when the record is not `ok`. Raises BadInput for a malformed
    `head`, LedgerError when the file cannot be read at all.
    """
    wanted = parse_head(head) if head is not None else None
    conn = connection.open_ledger(session.path, upgrading=session.upgrading)
    try:
        with translated(session.path), readable(session.path):
            found = store.problems(conn, progress)
            found += stored_files.problems(conn, session.path)
            lost = store.holds_head(conn, *wanted) if wanted else None
            return {
                "ok": not found and not lost,
                "events": events.count_since(conn, 0),
                "head": events.head_code(conn),
                "problems": [*found, *([lost] if lost else [])],
            }
    finally:
        conn.close()
