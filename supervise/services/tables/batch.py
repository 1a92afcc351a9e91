"""Reading a file of operations: JSON Lines, CSV or a workbook, one operation a row."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from supervise.errors import BadInput, RowError
from supervise.services.tables.cells import Cell, cell_text, is_lossy
from supervise.services.tables.delimited import detect_encoding, text_lines
from supervise.services.tables.fields import bare, folded
from supervise.services.tables.headings import Header, find_header, refuse_marked_head
from supervise.services.tables.marking import refuse_marked_name
from supervise.services.tables.reader import read_table
from supervise.services.tables.sniff import Kind, sniff
from supervise.text import clean

OP_HEADING = "操作"
MAX_LINE = 1_000_000
MAX_DIGITS = 18
_SCALARS = (str, int, float, bool, type(None))

Row = tuple[int, dict[str, Any]]


class Records(NamedTuple):
    """The rows of a file, each with its number as a person sees it, and what is wrong."""

    rows: list[Row]
    errors: list[RowError]


def read_batch(
    path: Path, ops: Mapping[str, str], fields: Mapping[str, str], sheet: str | None = None
) -> Records:
    """Read a batch file into rows of English names; `ops` and `fields` translate Chinese ones.

    Both map each Chinese name to the English one (English names are known by themselves where
    they are a value). Every row has "op". Raises BadInput when the file as a whole is unreadable.
    """
    refuse_marked_name(path)
    if sniff(path) is Kind.TEXT and _is_json(path):
        return _read_json(path, ops, fields)
    named = read_named(path, {**fields, OP_HEADING: "op"}, needed=("op",), sheet=sheet)
    for _, values in named.rows:
        typed = "".join(str(values["op"]).split())  # two characters are often spread: 签 收
        values["op"] = ops.get(typed, typed)
    return named


def _is_json(path: Path) -> bool:
    """Tell JSON Lines from a text table: by its ending, or its first thing is an object."""
    if path.suffix.lower() in {".jsonl", ".ndjson", ".json"}:
        return True
    with path.open("rb") as file:
        start = file.read(512)
    return start.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def _read_json(path: Path, ops: Mapping[str, str], fields: Mapping[str, str]) -> Records:
    encoding, _ = detect_encoding(path)
    if encoding == "gb18030":
        raise BadInput(f"“{path.name}”不是 UTF-8 编码；JSON Lines 文件请以 UTF-8 保存。")
    rows: list[Row] = []
    errors: list[RowError] = []
    for number, line in enumerate(text_lines(path, encoding), 1):
        if not line.strip():
            continue
        try:
            rows.append((number, _json_row(line, ops, fields)))
        except ValueError as error:
            errors.append(RowError(number, None, str(error)))
    return Records(rows, errors)


def _json_row(line: str, ops: Mapping[str, str], fields: Mapping[str, str]) -> dict[str, Any]:
    """Read one line; ValueError says what is wrong with it."""
    if len(line) > MAX_LINE:
        raise ValueError("这一行太长")
    try:
        loaded = _decoder.decode(line.strip())
    except json.JSONDecodeError as error:
        raise ValueError(f"不是正确的 JSON（第 {error.colno} 个字符处）") from None
    except RecursionError:
        raise ValueError("JSON 嵌套太深") from None
    if not isinstance(loaded, dict):
        raise ValueError('每行应是一个 JSON 对象，如 {"op": "issue.sign", "issue": "…"}')
    row: dict[str, Any] = {}
    for key, value in loaded.items():
        name = "op" if key == OP_HEADING else fields.get(key, key)
        if name in row:
            raise ValueError(f"“{key}”与另一项重复")
        row[name] = _json_value(key, value)
    op = row.get("op")
    if not isinstance(op, str) or not op:
        raise ValueError("缺少操作名 op")
    row["op"] = ops.get(op, op)
    return row


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"“{key}”出现了两次")
        found[key] = value
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"不能用 {name}")


def _whole(digits: str) -> int:
    if len(digits) > MAX_DIGITS:
        raise ValueError("数字太长；编号、电话请写成文字")
    return int(digits)


_decoder = json.JSONDecoder(
    object_pairs_hook=_unique, parse_constant=_no_constant, parse_int=_whole
)


def _json_value(key: str, value: object) -> object:
    """Take texts (cleaned), numbers, true, false, null, and lists of texts and numbers."""
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, _SCALARS):
        return value
    if isinstance(value, list) and all(isinstance(item, _SCALARS) for item in value):
        return [clean(item) if isinstance(item, str) else item for item in value]
    raise ValueError(f"“{key}”的值应是文字、数字、真假或它们的列表")


def read_named(
    path: Path,
    names: Mapping[str, str],
    needed: Sequence[str] = (),
    sheet: str | None = None,
) -> Records:
    """Read a table whose headings are known names into rows of the English ones.

    `names` maps each heading to its English name; the English names are headings too. Blank cells
    are left out; numbers and dates come as text, TRUE and FALSE as booleans. A heading that is
    not known, given twice, or needed and missing raises BadInput.
    """
    known = {folded(name): name for name in names.values()}
    known |= {folded(heading): name for heading, name in names.items()}

    def find(text: str) -> str | None:
        return known.get(folded(text)) or known.get(bare(text))

    def has_known(head: Sequence[tuple[int, list[Cell]]]) -> bool:
        header = find_header(head, lambda text: find(text) is not None)
        return header is not None and any(map(find, header.headings))

    with read_table(path, sheet, has_known) as table:
        header = find_header(table.head, lambda text: find(text) is not None)
        refuse_marked_head(path, table.head, header)
        if header is None:
            raise BadInput(f"“{path.name}”的前 20 行里没有找到表头。")
        columns = _columns(path, header, [find(text) for text in header.headings], needed)
        rows: list[Row] = []
        errors: list[RowError] = []
        for number, cells in table.rows():
            if number > header.number:
                values, faults = _named_row(number, cells, columns, header)
                errors.extend(faults or _missing(number, values, needed))
                if values and not faults and all(name in values for name in needed):
                    rows.append((number, values))
    return Records(rows, errors)


def _columns(
    path: Path, header: Header, found: Sequence[str | None], needed: Sequence[str]
) -> dict[int, str]:
    """Give each column's name, or refuse headings that cannot be understood."""
    unknown = [
        text for text, name in zip(header.headings, found, strict=True) if text and name is None
    ]
    if unknown:
        raise BadInput(f"“{path.name}”里有不认识的列：{'、'.join(unknown)}；请改名或删去。")
    columns = {index: name for index, name in enumerate(found) if name}
    twice = {name for name in columns.values() if list(columns.values()).count(name) > 1}
    if twice:
        texts = [header.headings[i] for i, name in columns.items() if name in twice]
        raise BadInput(f"“{path.name}”里有重复的列：{'、'.join(texts)}；请留下一列。")
    missing = [name for name in needed if name not in columns.values()]
    if missing:
        wanted = "、".join(OP_HEADING if name == "op" else name for name in missing)
        raise BadInput(f"“{path.name}”里没有“{wanted}”列；有：{header.shown()}。")
    return columns


def _named_row(
    number: int, cells: Sequence[Cell], columns: Mapping[int, str], header: Header
) -> tuple[dict[str, Any], list[RowError]]:
    values: dict[str, Any] = {}
    faults = []
    for index, name in columns.items():
        cell = cells[index] if index < len(cells) else None
        if is_lossy(cell):
            message = "以数字保存且超过 15 位，末尾几位已经失真；请设为文本格式后重新填写"
            faults.append(RowError(number, header.headings[index], message))
        elif isinstance(cell, bool):
            values[name] = cell
        elif text := cell_text(cell):
            values[name] = text
    return values, faults


def _missing(number: int, values: Mapping[str, Any], needed: Sequence[str]) -> Iterator[RowError]:
    """Say which needed cells of a row that is not blank are missing."""
    if values:
        for name in needed:
            if name not in values:
                label = OP_HEADING if name == "op" else name
                yield RowError(number, label, f"缺少{label}")
