"""Many issues named by their codes at once: a line of each, and how many are alike."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from db.driver import Connection


class Brief(NamedTuple):
    """What is told of one issue among many: its stage, unit and due date, as they are stored."""

    id: int
    code: str
    title: str
    unit: str | None
    stage: str
    due_on: str | None


_BRIEF = (
    "SELECT i.id, i.code, i.title, u.name, i.stage, i.due_on"
    " FROM json_each(?) j JOIN issue i ON i.code = j.value LEFT JOIN unit u ON u.id = i.unit_id"
)


def briefs(conn: Connection, codes: Sequence[str]) -> dict[str, Brief]:
    """Give a line of each issue that exists, by its code."""
    rows = conn.execute(_BRIEF, (json.dumps(list(codes)),))
    return {row[1]: Brief(*row) for row in rows}


class Alike(NamedTuple):
    """Issues in the same state: the code of one of them, and how many there are."""

    code: str
    number: int


# Whatever a move's being allowed may hang on, and its place among the others: issues alike in all
# of it have the same choices in the same order.
_STATE = (
    "i.stage, i.paused_on IS NULL, i.due_on IS NULL, i.has_party, i.accepted_on IS NULL,"
    " i.signed_on IS NULL, i.replied_on IS NULL, i.feedback_on IS NULL"
)
_ALIKE = (
    "SELECT min(i.code), count(*) FROM json_each(?) j JOIN issue i ON i.code = j.value"
    f" GROUP BY {_STATE}"
)


def alike(conn: Connection, codes: Iterable[str]) -> list[Alike]:
    """Sort issues into groups alike in all that a move's being allowed, and its place, hang on."""
    rows = conn.execute(_ALIKE, (json.dumps(list(codes)),))
    return [Alike(*row) for row in rows]
