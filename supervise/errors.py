"""The errors a user can meet: each has a code, one Chinese sentence and an exit status."""

from __future__ import annotations

import errno
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum


class Exit(IntEnum):
    """Exit statuses of the program, as scripts may rely on them."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    LEDGER = 3


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong with one row of a file: its number as a person sees it, the column, why."""

    row: int
    column: str | None
    message: str

    def as_json(self) -> dict[str, object]:
        """Give the record printed under `rows` of a refusal."""
        return {"row": self.row, "column": self.column, "message": self.message}


_REASONS = {
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "磁盘配额已满",
    errno.EFBIG: "文件超过系统允许的大小",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EROFS: "所在的盘只读",
    errno.ENOENT: "路径不存在",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EISDIR: "是文件夹，不是文件",
    errno.EEXIST: "已有同名的文件",
    errno.ENAMETOOLONG: "文件名过长",
    errno.ELOOP: "链接绕成了圈",
    errno.EIO: "磁盘读写出错",
}


def reason(error: OSError) -> str:
    """Say in a few words why the system refused a file."""
    return _REASONS.get(error.errno or 0, f"系统报错 {error.strerror or error}")


class SuperviseError(Exception):
    """Any error shown to a user: one clear sentence, never a traceback."""

    code = "error"
    exit_status = Exit.REFUSED

    def __init__(
        self, message: str, *, code: str | None = None, rows: Sequence[RowError] = ()
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code or type(self).code
        self.rows = tuple(rows)

    def as_json(self) -> dict[str, object]:
        """Give the document printed by `--json` for this error."""
        error: dict[str, object] = {"code": self.code, "message": self.message}
        if self.rows:
            error["rows"] = [row.as_json() for row in self.rows]
        return {"error": error}


class Refused(SuperviseError):
    """A rule says no; nothing was changed."""

    code = "refused"


class BadInput(SuperviseError):
    """Data handed in cannot be understood; nothing was changed."""

    code = "bad_input"


class ChangedMeanwhile(Refused):
    """The record is not as the user saw it; `newest` is the number of its newest event."""

    code = "changed_meanwhile"

    def __init__(self, message: str, newest: int) -> None:
        super().__init__(message)
        self.newest = newest


class NotCleared(Refused):
    """Nothing may become public before its 保密审查; `scope` is what must be reviewed."""

    code = "not_cleared"

    def __init__(self, message: str, scope: str) -> None:
        super().__init__(message)
        self.scope = scope


class NotFound(Refused):
    """Nothing in the ledger goes by that code, name or month."""

    code = "not_found"


class UsageError(SuperviseError):
    """The command line is wrong."""

    code = "usage"
    exit_status = Exit.USAGE


class LedgerError(SuperviseError):
    """The ledger is missing, locked, damaged, read-only or of another version."""

    code = "ledger"
    exit_status = Exit.LEDGER
