"""What happened to an issue: its events in words a person can check, and what set each due date."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from db import units as unit_store
from db.driver import Connection
from supervise.domain.ladder_records import Event

Record = dict[str, Any]
# Facts of the store rather than of the office.
_INNER = frozenset({"moved_on", "has_party", "id", "imported", "submitted_by"})
# Facts an event carries beside the changed fields that people want to read.
_FACTS = ("reason", "conclusion", "method", "reviewers", "result", "asked_on", "into", "joined",
          "left", "upheld",
          "node", "done_on")  # fmt: skip


def event_record(event: Event, names: dict[int, str]) -> Record:
    """Give one event: `changes` holds each field's old and new value, units by name."""
    payload: Record = event.payload
    new, old = payload.get("set") or {}, payload.get("was") or {}
    changes = {
        _field(name): [_value(name, old.get(name), names), _value(name, value, names)]
        for name, value in new.items()
        if name not in _INNER and (payload.get("new") is None or value not in (None, [], 0))
    }
    return {
        "seq": event.seq,
        "op": event.op,
        "on": event.on.isoformat(),
        "recorded_at": event.recorded_at,
        "by": event.by,
        "recorded_by": event.recorded_by,
        "ref": event.ref,
        "note": payload.get("note"),
        "changes": changes,
        **{name: payload[name] for name in _FACTS if payload.get(name) is not None},
    }


def _field(name: str) -> str:
    return {"unit_id": "unit", "co_units": "co_units"}.get(name, name)


def _value(name: str, value: object, names: dict[int, str]) -> object:
    if name == "unit_id" and isinstance(value, int):
        return names.get(value)
    if name == "co_units" and isinstance(value, list):
        return [names.get(one) for one in value]
    return value


def clocks(events: Iterable[Event]) -> list[Record]:
    """List what set each due date: the operation, the start and the term, or a date given."""
    found = []
    for event in events:
        payload: Record = event.payload
        new, why = payload.get("set") or {}, payload.get("clock") or {}
        if new.get("due_on") is None and "due_on" not in (payload.get("was") or {}):
            continue
        found.append(
            {
                "op": event.op,
                "on": event.on.isoformat(),
                "kind": why.get("kind", "given"),
                "start": why.get("start"),
                "term": why.get("term"),
                "provisional": bool(why.get("provisional")),
                "due_on": new["due_on"],
                "was": (payload.get("was") or {}).get("due_on"),
            }
        )
    return found


def unit_names(conn: Connection) -> dict[int, str]:
    """Give every unit's present name by id."""
    return {unit.id: unit.name for unit in unit_store.every(conn)}
