"""From what a person wrote — at the command line, in a batch, in a dialog — to typed arguments."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from supervise.errors import BadInput
from supervise.services.operations.shape import ALSO
from supervise.services.registry import COMMON, OPERATIONS, SPOKEN, Field, Operation
from supervise.text import clean, clean_line

_TRUE = frozenset({"true", "yes", "y", "1", "是", "合理", "对"})
_FALSE = frozenset({"false", "no", "n", "0", "否", "不合理", "不", "错"})
_SEPARATORS = re.compile(r"[,，、;；\n]")
LONGEST = 20_000
LARGEST = 999_999_999


class FieldError(BadInput):
    """One argument that cannot be understood; `column` is the field's label.

    `said` leaves out the field's English name: who fills in a form sees only the label.
    """

    def __init__(self, field: Field, message: str) -> None:
        super().__init__(f"“{field.label}”（{field.name.rstrip('_')}）{message}", code="bad_field")
        self.column = field.label
        self.said = f"“{field.label}”{message}"


def _date(field: Field, value: object, order: str) -> date:
    from supervise.domain.dates import parse_date, recorded

    try:
        return recorded(parse_date(value, order))
    except ValueError as error:
        raise FieldError(field, f"：{error}。") from None


def _month(field: Field, value: object) -> str:
    from supervise.domain.dates import parse_period

    try:
        return parse_period(str(value))
    except ValueError as error:
        raise FieldError(field, f"：{error}。") from None


def yes_or_no(word: str) -> bool | None:
    """Tell what a word answers; None when it is no answer."""
    plain = clean_line(word).casefold()
    return plain in _TRUE if plain in _TRUE | _FALSE else None


def _bool(field: Field, value: object) -> bool:
    said = value if isinstance(value, bool) else yes_or_no(str(value))
    if said is None:
        raise FieldError(field, f"应填是或否，不认识“{value}”。")
    return said


def _int(field: Field, value: object) -> int:
    try:
        number = int(str(value).strip().removesuffix(".0"))
    except ValueError:
        raise FieldError(field, f"应填整数，不认识“{value}”。") from None
    if abs(number) > LARGEST:
        raise FieldError(field, f"数太大，最多 {LARGEST}。")
    return number


def _text(field: Field, value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, (list, tuple)):
        value = "、".join(map(str, value))
    text = clean(str(value)) if field.kind == "long" else clean_line(str(value))
    if len(text) > LONGEST:
        raise FieldError(field, f"太长（{len(text)} 字），最多 {LONGEST} 字。")
    return text


def _items(value: object) -> list[str]:
    parts = value if isinstance(value, (list, tuple)) else [value]
    return [
        item for part in parts for item in map(clean_line, _SEPARATORS.split(str(part))) if item
    ]


def _convert(field: Field, value: object, order: str) -> Any:
    match field.kind:
        case "date":
            return _date(field, value, order)
        case "month":
            return _month(field, value)
        case "months":
            return tuple(_month(field, item) for item in _items(value))
        case "units" | "words":
            return tuple(_choice(field, item) for item in _items(value))
        case "texts":
            parts = value if isinstance(value, (list, tuple)) else [value]
            return tuple(clean_line(str(part)) for part in parts)
        case "bool":
            return _bool(field, value)
        case "int":
            return _int(field, value)
        case _:
            return _choice(field, _text(field, value))


def _choice(field: Field, text: str) -> str:
    if not field.choices or text in field.choices:
        return text
    if ALSO.get(text) in field.choices:
        return ALSO[text]
    spoken = {SPOKEN.get(choice, choice): choice for choice in field.choices}
    if text not in spoken:
        raise FieldError(field, f"不认识“{text}”，可填：{'、'.join(spoken)}。")
    return spoken[text]


def _blank(value: object) -> bool:
    return (
        value is None or value == () or value == [] or (isinstance(value, str) and not clean(value))
    )


def single(field: Field, value: object, date_order: str = "ymd") -> Any:
    """Convert what was written into one field; None for a blank. Raises FieldError."""
    return None if _blank(value) else _convert(field, value, date_order)


def _stray(name: str) -> str:
    """Give a field this operation has not: its name, with what other operations call it."""
    every = (field for op in OPERATIONS.values() for field in op.fields)
    label = next((field.label for field in every if field.name == name), None)
    return f"{label}（{name}）" if label else f"“{name}”"


def typed(op: Operation, raw: Mapping[str, object], date_order: str = "ymd") -> dict[str, Any]:
    """Convert what was written into an operation's typed values; blanks are left out.

    Raises FieldError (or BadInput for a field the operation does not have) with one sentence
    that names the field and what may stand there.
    """
    fields = {field.name: field for field in (*COMMON, *op.fields)}
    unknown = [name for name in raw if name not in fields and not _blank(raw[name])]
    if unknown:
        stray = "、".join(map(_stray, unknown))
        known = "、".join(f"{field.label}（{field.name}）" for field in fields.values())
        raise BadInput(f"“{op.title}”没有{stray}这一栏，可用：{known}。", code="bad_field")
    values = {
        name: _convert(field, raw[name], date_order)
        for name, field in fields.items()
        if not _blank(raw.get(name))
    }
    for field in op.fields:
        if field.required and field.name not in values:
            if field.name != "unit" or "unit_id" not in values:
                raise FieldError(field, "必须填写。")
            values[field.name] = values["unit_id"]  # a unit's code alone names it
    return values


def typed_date(label: str, value: object) -> date:
    """Read one date that a person wrote; raises BadInput naming what it is for."""
    return _date(Field("value", label, "date"), value, "ymd")
