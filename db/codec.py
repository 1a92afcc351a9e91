"""Between records and rows: dates as ISO text, tuples as canonical JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from functools import cache
from typing import Any

from supervise.domain.records import Issue, Reason, Shift, Span, Stage

_ENCODER = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, check_circular=False
)


def canonical(value: object) -> str:
    """Write canonical JSON: sorted keys, no blanks, Chinese as it is."""
    return _ENCODER.encode(value)


@cache
def day(text: str | None) -> date | None:
    """Read a stored date."""
    return None if text is None else date.fromisoformat(text)


def iso(value: date | None) -> str | None:
    """Write a date for storing."""
    return None if value is None else value.isoformat()


def plain(value: object) -> object:
    """Turn a record's field into what JSON and SQLite hold."""
    if value is None or type(value) is str:
        return value
    if isinstance(value, Stage):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, tuple):
        return [plain(item) for item in value]
    return value


@cache
def issue_columns() -> tuple[str, ...]:
    """Name the columns of `issue`, in the record's order."""
    return tuple(f.name for f in fields(Issue) if f.name not in {"spans", "shifts"})


_DATES = tuple(at for at, name in enumerate(issue_columns()) if name.endswith("_on"))
# Setting the slots takes half the time of the frozen record's own `__init__`: lists are long.
_PUT = tuple(getattr(Issue, field.name).__set__ for field in fields(Issue))
STAGES = {one.value: one for one in Stage}
_STAGE, _CO_UNITS, _HAS_PARTY, _IMPORTED = map(
    issue_columns().index, ("stage", "co_units", "has_party", "imported")
)


def issue_record(
    row: Sequence[Any], spans: tuple[Span, ...] = (), shifts: tuple[Shift, ...] = ()
) -> Issue:
    """Build an issue from a row of `issue_columns`."""
    values = [*row, spans, shifts]
    for at in _DATES:
        if values[at] is not None:
            values[at] = day(values[at])
    co_units = values[_CO_UNITS]
    values[_STAGE] = STAGES[values[_STAGE]]
    values[_CO_UNITS] = () if co_units == "[]" else tuple(json.loads(co_units))
    values[_HAS_PARTY] = bool(values[_HAS_PARTY])
    values[_IMPORTED] = bool(values[_IMPORTED])
    made: Issue = object.__new__(Issue)
    for put, value in zip(_PUT, values, strict=True):
        put(made, value)
    return made


def span_row(span: Span) -> list[object]:
    """Write a stay as a list: stage, unit, entered, due, left, outcome."""
    return [
        span.stage.value,
        span.unit_id,
        span.entered.isoformat(),
        iso(span.due_on),
        iso(span.left),
        span.outcome,
    ]


def span_record(row: Sequence[Any]) -> Span:
    """Build a stay from such a list."""
    entered = day(row[2])
    assert entered is not None
    return Span(STAGES[row[0]], row[1], entered, day(row[3]), day(row[4]), row[5])


def shift_row(shift: Shift) -> list[object]:
    """Write a moved due date as a list: span, effective, before, after, op."""
    return [
        shift.span,
        shift.effective.isoformat(),
        iso(shift.before),
        iso(shift.after),
        shift.op,
    ]


def shift_record(row: Sequence[Any]) -> Shift:
    """Build a moved due date from such a list."""
    effective = day(row[1])
    assert effective is not None
    return Shift(row[0], effective, day(row[2]), day(row[3]), row[4])


def reasons_json(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    """Write the reasons of an entry as plain data."""
    return [{"criterion": r.criterion, "issues": list(r.issues), "note": r.note} for r in reasons]


def reasons_record(data: Sequence[dict[str, Any]]) -> tuple[Reason, ...]:
    """Build the reasons of an entry."""
    return tuple(Reason(r["criterion"], tuple(r["issues"]), r["note"]) for r in data)
