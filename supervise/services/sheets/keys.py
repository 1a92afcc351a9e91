"""What a sheet is known by again: the hidden page its key stands on, written and read alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from supervise.services.tables.cells import Cell, cell_text

KEY_SHEET = "_key"
MARK = "supervise-sheet"
VERSION = "1"


@dataclass(frozen=True, slots=True)
class Key:
    """The identity of the ledger a sheet came from, its month, and what stands for its content."""

    ledger: str
    period: str
    key: str


def key_of(head: Sequence[tuple[int, Sequence[Cell]]]) -> Key | None:
    """Read the key from the first rows of a page; None when it is no such page."""
    pairs = [tuple(map(cell_text, row[:2])) for _, row in head]
    if not pairs or pairs[0] != (MARK, VERSION):
        return None
    said = dict(pair for pair in pairs[1:5] if len(pair) == 2)
    if not {"ledger", "period", "key"} <= said.keys():
        return None
    return Key(said["ledger"], said["period"], said["key"])
