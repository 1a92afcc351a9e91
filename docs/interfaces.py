"""Writes the table of batch operations in docs/接口.md from the registry, and reads its records.

`python docs/interfaces.py` rewrites the part of docs/接口.md between the two markers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from supervise.services.registry import OPERATIONS, Field, Operation

INTERFACE = Path(__file__).with_name("接口.md")
BEGIN = "<!-- 成批办理字段：开始（由 docs/interfaces.py 写出，不要手改） -->"
END = "<!-- 成批办理字段：结束 -->"
_COMMON = frozenset({"on", "ref", "note", "unit_id"})
_KINDS = {
    "text": "文本",
    "long": "文本",
    "date": "日期",
    "month": "月份",
    "months": "月份[]",
    "unit": "单位",
    "units": "单位[]",
    "issue": "编号",
    "texts": "文本[]",
    "words": "文本[]",
    "bool": "真假",
    "int": "整数",
}
_RECORD = re.compile(r"^### ([a-z-]+)(?:：[^\n]*)?\n(.*?)(?=^##|\Z)", re.M | re.S)
_ROW = re.compile(r"^\| `([^`]+)` \| ([^|]+?) \| ", re.M)


def fields_table() -> str:
    """Give one line an operation: its name, its Chinese name and its fields with their types."""
    rows = (_line(one) for one in OPERATIONS.values() if one.batch)
    return "\n".join(["| `op` | 操作 | 字段 |", "| --- | --- | --- |", *rows])


def _line(operation: Operation) -> str:
    needed = "需写备注 `note`" if _needs_note(operation) else ""
    own = (_field(field) for field in operation.fields if field.name not in _COMMON)
    told = "；".join(filter(None, (*own, needed)))
    return f"| `{operation.name}` | {operation.title} | {told} |"


def _needs_note(operation: Operation) -> bool:
    return any(field.name == "note" and field.required for field in operation.fields)


def _field(field: Field) -> str:
    name = f"`{field.name}{'' if field.required else '?'}`"
    choices = f"（{'、'.join(field.choices)}）" if field.choices else ""
    kind = _KINDS[field.kind]
    return f"{name} {field.label}{'' if kind == '文本' else f'〔{kind}〕'}{choices}"


def inserted(text: str) -> str:
    """Give the page's text with the table between the markers."""
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert begin and end, "接口.md 里没有成批办理字段的起止标记"
    return f"{before}{BEGIN}\n\n{fields_table()}\n\n{END}{after}"


def records(text: str) -> dict[str, dict[str, str]]:
    """Read the records the page describes: by name, each key with its type."""
    return {name: dict(_ROW.findall(body)) for name, body in _RECORD.findall(text)}


def unlike(value: object, name: str, known: dict[str, dict[str, str]]) -> Iterator[str]:
    """Say where a document differs from the record described: a key too many, missing, a type."""
    rows = value if isinstance(value, list) else [value]
    for row in rows:
        yield from _unlike(row, name, known[name], known)


def _unlike(
    row: object, where: str, keys: dict[str, str], known: dict[str, dict[str, str]]
) -> Iterator[str]:
    if not isinstance(row, dict):
        yield f"{where}：不是对象"
        return
    own = {key: kind for key, kind in keys.items() if "." not in key}
    needed = {key.rstrip("*") for key in own if not key.endswith("*")}
    named = {key.rstrip("*"): kind for key, kind in own.items()}
    yield from (f"{where}.{key}：没有写" for key in row.keys() - named.keys())
    yield from (f"{where}.{key}：没有给出" for key in needed - row.keys())
    for key, kind in named.items():
        if key not in row:
            continue
        inner = {
            name.partition(".")[2]: told
            for name, told in keys.items()
            if name.partition(".")[0] == key and "." in name
        }
        yield from _value(row[key], f"{where}.{key}", kind, inner, known)


_FORMS = {
    "文本": r"(?s).*",
    "日期": r"\d{4}-\d\d-\d\d",
    "月份": r"\d{4}-\d\d",
    "时间": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00",
    "摘要": r"[0-9a-f]{64}",
}


def _value(
    value: object,
    where: str,
    kind: str,
    inner: dict[str, str],
    known: dict[str, dict[str, str]],
) -> Iterator[str]:
    """Check one value against its type: `?` may be null, `[]` is an array."""
    if value is None:
        if not kind.endswith("?"):
            yield f"{where}：为空，应为{kind}"
        return
    kind = kind.removesuffix("?")
    if kind.endswith("[]"):
        if not isinstance(value, list):
            yield f"{where}：不是数组"
            return
        for one in value:
            yield from _value(one, where, kind[:-2], inner, known)
    elif kind in known:
        yield from _unlike(value, where, known[kind], known)
    elif kind == "对象" and inner:
        yield from _unlike(value, where, inner, known)
    elif not _is(value, kind):
        yield f"{where}：{value!r} 不是{kind}"


def _is(value: object, kind: str) -> bool:
    if kind in _FORMS:
        return isinstance(value, str) and re.fullmatch(_FORMS[kind], value) is not None
    if kind == "整数":
        return isinstance(value, int) and not isinstance(value, bool)
    if kind == "数":
        return isinstance(value, int | float) and not isinstance(value, bool)
    return isinstance(value, {"真假": bool, "对象": dict}[kind])


if __name__ == "__main__":
    INTERFACE.write_text(inserted(INTERFACE.read_text("utf-8")), "utf-8")
