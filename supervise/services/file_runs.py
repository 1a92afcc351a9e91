"""What importing, batches and rosters share: telling how far they are, and what rows are bad."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from supervise.errors import BadInput, RowError

# Told the phase, how many rows are done and about how many there are.
Progress = Callable[[str, int, int], None]


def silent(_: str, __: int, ___: int) -> None:
    """Tell nobody how far it is."""
    return None


def in_file_order(errors: Iterable[RowError]) -> list[RowError]:
    """Sort what is wrong by the rows of the file."""
    return sorted(errors, key=lambda error: error.row)


def refused_rows(errors: Iterable[RowError]) -> list[dict[str, Any]]:
    """Give the bad rows as the `refused` of a record."""
    return [error.as_json() for error in in_file_order(errors)]


def bad_rows(path: Path, errors: list[RowError], done: str, more: str = "。") -> BadInput:
    """Make the refusal of a whole file: `done` is what did not happen to it (导入, 执行)."""
    count = len({error.row for error in errors})
    return BadInput(
        f"“{path.name}”有 {count} 行不能{done}，全部未{done}。请改正后重试{more}",
        code="bad_rows",
        rows=in_file_order(errors),
    )
