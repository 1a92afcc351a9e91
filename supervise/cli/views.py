"""JSON records as people read them: lists as tables, one record as labelled sections."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from supervise.cli import output
from supervise.cli.labels import COLUMNS, SPARSE, label, word

Record = Mapping[str, Any]
# How a part of a record is said inside a cell.
_SAID = {
    "next": "{milestone}（{due_on}）",
    "latest": "{indicator} {value}，目标 {target}（{period}）",
}
# How a number other than 0 is said in one column.
_COUNTED = {"issue.clocks.overdue_days": "超期 {} 天"}


def table(kind: str, records: Sequence[Record]) -> None:
    """Write records as a table: the kind's columns, or every key of the first record."""
    keys = [
        key
        for key in COLUMNS.get(kind) or tuple(records[0])
        if not SPARSE & {key, f"{kind}.{key}"} or any(record.get(key) for record in records)
    ]
    rows = ([_cell(kind, key, record.get(key)) for key in keys] for record in records)
    output.table([label(key, kind) for key in keys], rows)


def _cell(kind: str, key: str, value: object) -> str | int | float | None:
    said = _COUNTED.get(f"{kind}.{key}")
    if said is None:
        return text_of(key, value)
    return said.format(value) if value else None


def sections(kind: str, record: Record) -> None:
    """Write what is short under one another, then each list of records as a table."""
    lists = {key: value for key, value in record.items() if _is_records(value)}
    short = {
        label(key, kind): text_of(key, value)
        for key, value in record.items()
        if key not in lists and not _hidden(key, record) and value not in (None, "", [])
    }
    output.fields(short)
    for key, records in lists.items():
        inner = f"{kind}.{key}"
        output.lines("", f"{label(key, kind)}：")
        table(inner if inner in COLUMNS or key not in COLUMNS else key, records)


def _hidden(key: str, record: Record) -> bool:
    """A code beside its own word is not said twice."""
    return key in {"stage", "status"} and f"{key}_name" in record


def _is_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and isinstance(value[0], dict)


def text_of(key: str, value: object) -> str | int | float | None:
    """Give one value as a person reads it."""
    match value:
        case bool():
            return "是" if value else "否"
        case float() if key == "rate":
            return f"{value * 100:.1f}%"
        case None | int() | float():
            return value
        case str():
            return _operation(value) if key == "op" else word(key, value)
        case list() | tuple():
            return _listed(key, value)
        case dict() if key in _SAID:
            return _SAID[key].format_map(value)
        case dict():
            return "；".join(_pair(name, item) for name, item in value.items())
        case _:
            return str(value)


def _operation(name: str) -> str:
    from supervise.cli.commands import every
    from supervise.services.registry import OPERATIONS

    found = OPERATIONS.get(name) or every().get(name)
    return found.title if found else name


def _listed(key: str, values: Sequence[object]) -> str | int:
    records = [value for value in values if isinstance(value, dict)]
    if key == "entries":
        named = [one for one in records if one.get("polarity") == "named"]
        return len([one for one in named if one.get("status") == "effective"])
    if records:
        return "；".join(map(_brief, records))
    return "、".join(str(text_of(key, value)) for value in values)


def _brief(record: Record) -> str:
    """Give a record inside a cell: a reason with its count and issues, else its pairs."""
    if "words" in record:
        return str(record["words"])
    if "criterion" in record:
        issues = "、".join(record.get("issues") or ())
        named = word("criterion", str(record["criterion"]))
        parts = [named, f"{record['count']} 件" if record.get("count") else "", record.get("note")]
        return " ".join(filter(None, parts)) + (f"（{issues}）" if issues else "")
    return "，".join(_pair(key, value) for key, value in record.items() if value is not None)


def _pair(key: str, value: object) -> str:
    if isinstance(value, (list, tuple)) and len(value) == 2:
        before, after = ("空" if side in (None, []) else text_of(key, side) for side in value)
        shown = after if value[0] in (None, []) else f"{before}→{after}"
        return f"{label(key)} {shown}"
    return f"{label(key)} {text_of(key, value)}"
