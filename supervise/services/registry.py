"""Every operation of the office, in one list: names, words and fields, but no code.

Commands, the batch reader and the dialogs of the dashboard are made from it, so none can do what
another can't. Functions are named by lazy paths: using one loads only its own service.
"""

from __future__ import annotations

from functools import cache

from supervise.services.operations import (
    clearances,
    dispatch,
    duties,
    instructions,
    issues,
    ladder,
    notices,
    referrals,
    revisits,
    settings,
    sheets,
    tasks,
    units,
)
from supervise.services.operations.shape import COMMON, SPOKEN, Field, Operation

__all__ = ["COMMON", "OPERATIONS", "SPOKEN", "Field", "Operation", "field_labels", "op_names"]

# In the order in which they are listed.
_TABLES = (
    units.TABLE,
    issues.TABLE,
    notices.TABLE,
    ladder.TABLE,
    referrals.TABLE,
    tasks.TABLE,
    duties.TABLE,
    clearances.TABLE,
    dispatch.TABLE,
    instructions.TABLE,
    revisits.TABLE,
    sheets.TABLE,
    settings.TABLE,
)
OPERATIONS: dict[str, Operation] = {op.name: op for table in _TABLES for op in table}


@cache
def op_names() -> dict[str, str]:
    """Map what a batch file may write as the operation, in English or Chinese, to its name."""
    return {word: op.name for op in OPERATIONS.values() if op.batch for word in (op.name, op.title)}


def field_labels(op: Operation) -> dict[str, str]:
    """Map what a batch file may write as a field of one operation to its name."""
    return {word: f.name for f in (*COMMON, *op.fields) for word in (f.name, f.label)}
