"""How meetings and instructions are named, and what they point at besides an issue."""

from __future__ import annotations

from db import dispatch as store
from db.driver import Connection
from supervise.errors import NotFound

# Ids stay below 2^53; a longer number is no id.
_LONGEST = 16


def number(text: str) -> int | None:
    """Read the number a person named a record by; None for what is no number of ours."""
    word = text.strip()
    return int(word) if word.isdecimal() and len(word) <= _LONGEST else None


def task_code(conn: Connection, code: str | None) -> str | None:
    """Give the code of a task a person named, as it is known. Raises NotFound."""
    if code is None:
        return None
    code = code.strip()
    if store.task(conn, code) is None:
        raise NotFound(f"没有编号为“{code}”的任务，请用 supervise task list 查编号。")
    return code
