"""What a person may mean while typing a unit: by any part of a name, a code, or pinyin initials."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import units as store
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.services.registry import Operation


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit that can be named: what to write, and the words it is found by."""

    name: str
    keys: tuple[str, ...]


def of_units(session: Session) -> list[Suggestion]:
    """List the units that can be named, in the city's order; of two with one name, the code."""
    initials = store.initials(session.conn)
    spellings: dict[int, list[str]] = {}
    for one in store.names(session.conn):
        spellings.setdefault(one.unit_id, []).append(one.name)
    live = [unit for unit in store.every(session.conn) if unit.active]
    times: dict[str, int] = {}
    for unit in live:
        times[unit.name] = times.get(unit.name, 0) + 1
    return [
        Suggestion(
            unit.name if times[unit.name] == 1 else unit.code or unit.name,
            _keys(unit.name, unit.code, initials.get(unit.id), *spellings.get(unit.id, ())),
        )
        for unit in live
    ]


def _keys(*words: str | None) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words if word)


def matching(known: Iterable[Suggestion], typed: str, limit: int) -> list[str]:
    """Give what fits the words typed, names that begin with them first."""
    word = typed.strip().casefold()
    if not word:
        return []
    first, rest = [], []
    for one in known:
        if any(key.startswith(word) for key in one.keys):
            first.append(one.name)
        elif any(word in key for key in one.keys):
            rest.append(one.name)
    return (first + rest)[:limit]


# How the office's words are typed: their pinyin initials.
_STAGE_INITIALS = {
    "发现": "fx",
    "整改": "zg",
    "复核": "fh",
    "反馈": "fk",
    "销号": "xh",
    "不予受理": "bysl",
    "合并办理": "hbbl",
    "终止办理": "zzbl",
}
_URGENCY_INITIALS = {"紧急": "jj", "平急": "pj", "疑难": "yn"}
# Fields in which the same words are written again and again.
_WORDS = ("category", "source", "handler")
# The latest issues tell which words an office uses.
_LOOKED_AT = 20_000


def for_fields(session: Session, op: Operation) -> dict[str, list[Suggestion]]:
    """List what has been written before in an operation's fields, or what one of them may name."""
    names = {field.name for field in op.fields}
    found = {name: _used(session, name) for name in _WORDS if name in names}
    if op.name == "issue.correct":
        from supervise.services.corrections import correctable

        found["field"] = [
            Suggestion(label, _keys(label, name)) for name, label in correctable().items()
        ]
    return found


def _used(session: Session, field: str) -> list[Suggestion]:
    from db import issue_lists

    words = issue_lists.spoken(session.conn, field, _LOOKED_AT)
    return [Suggestion(word, (word.casefold(),)) for word in words]


def for_filters(session: Session) -> dict[str, list[Suggestion]]:
    """List what can be written in each field of a filter of issues, by the field's name."""
    return {
        "stages": [Suggestion(name, (name, keys)) for name, keys in _STAGE_INITIALS.items()],
        "urgencies": [Suggestion(name, (name, keys)) for name, keys in _URGENCY_INITIALS.items()],
        "units": of_units(session),
        "categories": _used(session, "category"),
        "sources": _used(session, "source"),
        "handler": _used(session, "handler"),
    }
