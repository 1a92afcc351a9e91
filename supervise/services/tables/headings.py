"""Finding the heading row of a table, and which column feeds which field."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from supervise.errors import BadInput, UsageError
from supervise.services.tables.cells import Cell, cell_text, column_index, column_letter
from supervise.services.tables.fields import (
    CREDIT_CODE,
    FIELDS,
    LABELS,
    SERIAL,
    bare,
    field_named,
    folded,
    match_heading,
)
from supervise.services.tables.marking import is_mark, is_marked_title, refuse

SEARCHED_ROWS = 20
_LETTERS = re.compile("[A-Za-z]{1,3}")

HeadRow = tuple[int, list[Cell]]


@dataclass(frozen=True, slots=True)
class Header:
    """The heading row: its headings (clean, one a column), the last of its rows' numbers.

    `rows` counts 2 where a row of sub-headings stands under the groups.
    """

    headings: tuple[str, ...]
    number: int
    rows: int = 1

    def shown(self) -> str:
        """List the headings with their letters for a message."""
        pairs = ((column_letter(i), text) for i, text in enumerate(self.headings) if text)
        return "、".join(f"{letter} {text}" for letter, text in pairs) or "（没有列名）"


def find_header(
    head: Sequence[HeadRow], known: Callable[[str], bool] | None = None
) -> Header | None:
    """Find the heading row among a table's first rows, under any title rows.

    It is the first row with the most headings that are `known` (two at least; the usual
    headings of an import unless said otherwise); failing that, the first row of several texts.
    """
    known = known or (lambda text: match_heading(text) is not None or folded(text) == SERIAL)
    best: Header | None = None
    best_score = 1
    rows = list(head[:SEARCHED_ROWS])
    for index, row in enumerate(rows):
        for header in _readings(row, rows[index + 1] if index + 1 < len(rows) else None):
            score = len({folded(text) for text in header.headings if text and known(text)})
            if score > best_score:
                best, best_score = header, score
    return best or next(filter(None, map(_texts_only, rows)), None)


def header_at(head: Sequence[HeadRow], number: int) -> Header | None:
    """Take a row by its number as the headings, whatever it holds; None when it is not there."""
    for row in head:
        if row[0] == number:
            return Header(tuple(re.sub(r"\s+", "", cell_text(cell)) for cell in row[1]), number)
    return None


def column_name(headings: Sequence[str], index: int) -> str:
    """Name a column so that `locate_column` finds it: its heading, else letter, else number."""
    names = [folded(text) for text in headings]
    if names[index] and names.count(names[index]) == 1:
        return headings[index]
    letter = column_letter(index)
    return str(index + 1) if folded(letter) in names else letter


def plausible_header(head: Sequence[HeadRow]) -> bool:
    """Tell whether a sheet's first rows hold usual headings."""
    header = find_header(head)
    return header is not None and sum(map(bool, map(match_heading, header.headings))) >= 2


def _readings(row: HeadRow, below: HeadRow | None) -> list[Header]:
    """Read a row as headings alone, and together with sub-headings under it."""
    texts = tuple(_heading(cell) for cell in row[1])
    if not _spread(texts):
        return []
    found = [Header(texts, row[0])]
    if below is not None and below[0] == row[0] + 1:
        lower = tuple(_heading(cell) for cell in below[1])
        if _is_sub_header(texts, lower, below[1]):
            joined = tuple(under or over for over, under in zip(texts, lower, strict=False))
            found.append(Header(joined, below[0], 2))
    return found


def _heading(cell: Cell) -> str:
    return re.sub(r"\s+", "", cell_text(cell)) if isinstance(cell, str) else ""


def _spread(texts: Sequence[str]) -> bool:
    """Tell whether a row holds several different texts: a title is one, however wide."""
    return len({text for text in texts if text}) >= 2


def _is_sub_header(upper: Sequence[str], lower: Sequence[str], cells: Sequence[Cell]) -> bool:
    """Tell whether a row only names parts of the groups above it."""
    if any(not isinstance(cell, str) and cell is not None for cell in cells):
        return False
    return any(under and not over for over, under in zip(upper, lower, strict=False))


def _texts_only(row: HeadRow) -> Header | None:
    """Take a row of two or more texts, and nothing but texts, as headings."""
    filled = [cell for cell in row[1] if cell is not None and cell != ""]
    texts = tuple(_heading(cell) for cell in row[1])
    if not all(isinstance(cell, str) for cell in filled) or not _spread(texts):
        return None
    return Header(texts, row[0])


def refuse_marked_head(path: Path, head: Sequence[HeadRow], header: Header | None) -> None:
    """Refuse a table whose titles or headings carry a secrecy mark."""
    last = header.number if header else 0
    for number, row in head[:SEARCHED_ROWS]:
        is_title = number <= last - (header.rows if header else 0)
        for cell in row:
            if not isinstance(cell, str) or not cell:
                continue
            if is_mark(cell) and number <= max(last, 3) or is_title and is_marked_title(cell):
                refuse(path, "标题或表头")


def locate_column(header: Header, column: str, path: Path) -> int:
    """Find a column by its heading, else its letter, else its number from 1."""
    exact = [i for i, text in enumerate(header.headings) if text and folded(text) == folded(column)]
    loose = [i for i, text in enumerate(header.headings) if text and bare(text) == bare(column)]
    found = exact or loose
    if len(found) > 1:
        letters = "、".join(map(column_letter, found))
        raise BadInput(
            f"“{path.name}”有 {len(found)} 列都叫“{column}”（{letters}）；请改用列的字母指定。"
        )
    if found:
        return found[0]
    index = -1
    if _LETTERS.fullmatch(column.strip()):
        index = column_index(column.strip())
    elif column.strip().isdecimal():
        index = int(column.strip()[:6]) - 1
    if 0 <= index < len(header.headings):
        return index
    raise BadInput(f"“{path.name}”里没有“{column}”这一列；有：{header.shown()}。")


def guess_mapping(headings: Sequence[str]) -> dict[str, int]:
    """Guess which column feeds which field from the usual headings; 序号 feeds nothing."""
    best: dict[str, tuple[int, int]] = {}
    for index, heading in enumerate(headings):
        match = match_heading(heading) if heading else None
        if match is None or (_about_party(headings, index)):
            continue
        field, rank = match
        if field not in best or rank < best[field][0]:
            best[field] = (rank, index)
    mapping = {field: index for field, (_, index) in best.items()}
    if "title" not in mapping and "detail" in mapping:
        mapping["title"] = mapping.pop("detail")
    if "code" not in mapping and "source_no" in mapping:
        mapping["code"] = mapping["source_no"]
    return mapping


def _about_party(headings: Sequence[str], index: int) -> bool:
    """Tell whether a bare credit code is the complaining company's: not next to a unit's name."""
    if bare(headings[index]) not in {CREDIT_CODE, "社会信用代码", "信用代码"}:
        return False
    fields = [match_heading(text) for text in headings]
    has_party = any(match and match[0] == "party" for match in fields)
    before = fields[index - 1] if index else None
    return has_party and not (before and before[0] == "unit")


def serial_code(head: Sequence[HeadRow], header: Header) -> int | None:
    """Give the 序号 column when it can stand for a code: unique, and no plain running number."""
    names = [folded(text) for text in header.headings]
    if SERIAL not in names:
        return None
    index = names.index(SERIAL)
    cells = [row[index] for number, row in head if number > header.number and len(row) > index]
    texts = [text for text in map(cell_text, cells) if text]
    if not texts or len(set(texts)) < len(texts) or all(text.isdecimal() for text in texts):
        return None
    return index


def full_mapping(
    header: Header,
    path: Path,
    overrides: Mapping[str, str],
    profile: Mapping[str, str] | None = None,
) -> dict[str, int]:
    """Decide each field's column: named by the user, else by the profile, else guessed.

    A field given as "" or "-" is left out. Raises UsageError for an unknown field, BadInput for
    a column that is missing or fits twice, with the headings there are.
    """
    mapping = guess_mapping(header.headings)
    for named in (profile or {}, overrides):
        for name, column in named.items():
            field = field_named(name)
            if field is None:
                raise UsageError(f"没有名为“{name}”的字段；可用：{'、'.join(FIELDS)}。")
            if column.strip() in {"", "-"}:
                mapping.pop(field, None)
            else:
                mapping[field] = locate_column(header, column, path)
    return mapping


def require(mapping: Mapping[str, int], fields: Sequence[str], header: Header, path: Path) -> None:
    """Refuse a table in which a needed field has no column."""
    missing = [field for field in fields if field not in mapping]
    if missing:
        labels = "、".join(f"“{LABELS[field]}”" for field in missing)
        example = f"--map {missing[0]}=列名"
        raise BadInput(
            f"“{path.name}”里没有找到{labels}列，请用 {example} 指定；有：{header.shown()}。"
        )
