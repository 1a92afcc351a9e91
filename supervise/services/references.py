"""What a meeting or an instruction may point at besides an issue."""

from __future__ import annotations

from db import dispatch as store
from db.driver import Connection
from supervise.errors import NotFound


def task_code(conn: Connection, code: str | None) -> str | None:
    """Give the code of a task a person named, as it is known. Raises NotFound."""
    if code is None:
        return None
    code = code.strip()
    if store.task(conn, code) is None:
        raise NotFound(f"没有编号为“{code}”的任务，请用 supervise task list 查编号。")
    return code
