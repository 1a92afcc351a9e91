"""What came of a collecting, as its record."""

from __future__ import annotations

from dataclasses import dataclass, field

from db import sheets as store
from supervise.services.work import Record

# What the operations a row can ask for are counted as.
APPLIED = {
    "issue.progress": "progress",
    "issue.submit": "submitted",
    "issue.ask": "extensions",
    "task.progress": "tasks",
    "duty.submit": "duties",
}


@dataclass
class Collection:
    """One collecting: what was taken over, what was not and why, who has sent nothing."""

    files: int = 0
    rows: int = 0
    applied: dict[str, int] = field(default_factory=lambda: dict.fromkeys(APPLIED.values(), 0))
    differences: list[Record] = field(default_factory=list)
    stale: list[Record] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    refused: list[Record] = field(default_factory=list)

    def refuse(self, file: str, row: int | None, column: str | None, message: str) -> None:
        """Add what is not taken over: a file, a row of it, or a cell."""
        self.refused.append({"file": file, "row": row, "column": column, "message": message})

    def record(self) -> Record:
        """Give the JSON record."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


def told(one: store.Difference, unit: str | None) -> Record:
    """Give a difference as it is told: ours, theirs, as last sent."""
    return {
        "unit": unit,
        "issue": one.code,
        "column": one.heading,
        "ours": one.ours,
        "theirs": one.theirs,
        "last": one.last,
    }
