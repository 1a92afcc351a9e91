"""Converting the cells of one field: dates, codes, names, texts, and what cannot be taken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple, TypeAlias

from supervise.domain.dates import parse_date, recorded
from supervise.services.tables.cells import Cell, cell_text, is_lossy
from supervise.services.tables.fields import DATE_FIELDS
from supervise.text import clean_line

MAX_LONG = 20_000
MAX_SHORT = 500
REMEMBERED = 6000
CODE_FIELDS = frozenset({"code", "source_no", "unit_id"})
LONG_FIELDS = frozenset({"title", "detail", "reply"})
_WHOLE = re.compile(r"([0-9]+)\.0+")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d(?:[ T][0-2]\d:[0-5]\d(?::[0-5]\d(?:\.\d+)?)?)?", re.ASCII)
_SERIAL = re.compile(r"[2-7]\d{4}(\.\d+)?", re.ASCII)
FORMULA_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!"}
)
_NO_DATE = frozenset({"-", "--", "—", "——", "/", "\\", "无", "暂无", "空", "N/A", "null", "NULL"})
_SEPARATORS = re.compile(r"[、,，;；|\n]+|(?<=[\u4e00-\u9fff)）])\s+(?=[\u4e00-\u9fff])")
_DISCLOSURE = {
    "可告知": ("可告知", "可公开", "公开", "不保密", "无需保密", "不需保密", "否"),
    "保密": ("保密", "需保密", "要求保密", "需要保密", "不公开", "不可告知", "是"),
    "匿名": ("匿名",),
}
_DISCLOSURE_WORDS = {word: kept for kept, words in _DISCLOSURE.items() for word in words}


class Bad(NamedTuple):
    """A cell that cannot be taken, and why."""

    message: str


Value: TypeAlias = str | date | tuple[str, ...] | Bad | None


class Converter(dict[Cell, Value]):
    """Converts the cells of one field, remembering what it converted: columns repeat a lot.

    `failed` says that a value that cannot be taken was met.
    """

    def __init__(self, convert: Callable[[Cell], Value]) -> None:
        """Remember nothing yet."""
        super().__init__()
        self._convert = convert
        self.failed = False

    def __missing__(self, cell: Cell) -> Value:
        """Convert a cell met for the first time."""
        result = self._convert(cell)
        if type(result) is Bad:
            self.failed = True
        self[cell] = result
        return result

    def column(self, cells: Sequence[Cell]) -> list[Value]:
        """Convert a column; values that cannot be taken come out as Bad."""
        if len(self) > REMEMBERED:
            self.clear()
            self.failed = False
        # True would be found under 1.
        if bool in set(map(type, cells)):
            cells = [cell_text(cell) if isinstance(cell, bool) else cell for cell in cells]
        return [self[cell] for cell in cells]


def _short(cell: Cell) -> str | Bad | None:
    text = clean_line(cell_text(cell))
    if text in FORMULA_ERRORS:
        return Bad(f"单元格是公式错误 {text}，请改正后再导入")
    if len(text) > MAX_SHORT:
        return Bad(f"超过 {MAX_SHORT} 字（现 {len(text)} 字）")
    return text or None


def _long(cell: Cell) -> str | Bad | None:
    text = cell_text(cell)
    if text in FORMULA_ERRORS:
        return Bad(f"单元格是公式错误 {text}，请改正后再导入")
    if len(text) > MAX_LONG:
        return Bad(f"超过 {MAX_LONG} 字（现 {len(text)} 字）")
    return text or None


def _code(cell: Cell) -> str | Bad | None:
    if is_lossy(cell):
        return Bad("以数字保存且超过 15 位，末尾几位已经失真；请把该列设为文本格式后重新填写")
    text = _short(cell)
    whole = _WHOLE.fullmatch(text) if isinstance(text, str) else None
    return whole[1] if whole else text


def _names(cell: Cell) -> tuple[str, ...] | Bad | None:
    text = _long(cell)
    if not isinstance(text, str):
        return text
    parts = (clean_line(part) for part in _SEPARATORS.split(text))
    return tuple(dict.fromkeys(part for part in parts if part)) or None


def _disclosure(cell: Cell) -> str | Bad | None:
    text = _short(cell)
    if not isinstance(text, str):
        return text
    return _DISCLOSURE_WORDS.get(text) or Bad(f"“{text}”应为可告知、保密或匿名")


def to_date(cell: Cell, order: str = "ymd") -> date | None:
    """Give a cell of a date column as a date, a blank as None; ValueError says what is wrong.

    Takes date cells, timestamps, texts as `parse_date` reads them, and spreadsheet serials.
    """
    value: Cell = cell
    if isinstance(cell, str):
        value = cell_text(cell)
        if not value or value in _NO_DATE:
            return None
        if _STAMP.fullmatch(value):
            value = value[:10]
        elif _SERIAL.fullmatch(value):
            value = float(value)
    return recorded(parse_date(value, order, excel_serials=True))


def _date(order: str) -> Callable[[Cell], date | Bad | None]:
    def convert(cell: Cell) -> date | Bad | None:
        try:
            return to_date(cell, order)
        except ValueError as error:
            return Bad(str(error))

    return convert


def converter_for(field: str, order: str) -> Converter:
    """Give a field's converter; `order` is how 3/4/2024 reads in its dates."""
    if field in DATE_FIELDS:
        return Converter(_date(order))
    special = {"co_units": _names, "disclosure": _disclosure, "contact": _code}
    if field in special:
        return Converter(special[field])
    if field in CODE_FIELDS:
        return Converter(_code)
    return Converter(_long if field in LONG_FIELDS else _short)
