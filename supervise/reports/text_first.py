"""Text of the first layout: how papers stored under it break into lines for ever.

A notice issued under the first layout keeps the bytes that its .txt and .svg had then: no line
below changes with what later layouts can do.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from supervise.reports.document import Column, Document, Fields, Table
from supervise.reports.layout import Part, Role, one_line, parts
from supervise.text import cells, pad

_WIDTH = 80
_TABLE_WIDTH = 120
_GAP = 2
_LEAST = 2
_FREE_LEAST = 8
_INDENT = "　　"
_NEVER_FIRST = "，。、；：？！）》”’】"
_BLANK_BEFORE = frozenset({Role.TITLE, Role.ADDRESSEES, Role.ATTACHMENT, Role.ATTACHMENT_TITLE})
_BLANK_AFTER = frozenset({Role.TITLE, Role.ATTACHMENT_TITLE, Role.STAMP, Role.TABLE})
_APART = frozenset({Role.TABLE, Role.ENCLOSED, Role.SIGNATURE, Role.NOTE, Role.FOOTER})


def render(document: Document) -> str:
    """Draw a document as text with \\n line ends."""
    lines: list[str] = []
    before: Role | None = None
    for part in parts(document):
        if _sets_apart(part.role, before):
            lines.append("")
        lines += (line.rstrip(" ") for line in _part_lines(part, _WIDTH, _TABLE_WIDTH))
        before = part.role
    return "\n".join(lines) + "\n"


def pictured(found: tuple[Part, ...], width: int) -> Iterator[tuple[str, Role | None]]:
    """Set parts out for a picture: each line with the role of its part, none for a blank one."""
    before: Role | None = None
    for part in found:
        if _sets_apart(part.role, before):
            yield "", None
        for line in _part_lines(part, width, width):
            for piece in [line] if part.table else _wrap(line, width):
                yield piece, part.role
        before = part.role


def _sets_apart(role: Role, before: Role | None) -> bool:
    if before is None:
        return False
    if role in _BLANK_BEFORE or before in _BLANK_AFTER:
        return True
    return role in _APART and role is not before


def _part_lines(part: Part, width: int, table_width: int) -> Iterator[str]:
    if part.table:
        yield from _table_lines(part.table, table_width)
    elif part.fields:
        yield from _field_lines(part.fields)
    elif part.role in (Role.HEAD, Role.NUMBER, Role.TITLE, Role.ATTACHMENT_TITLE):
        yield _centred(part.text, width)
    elif part.role in (Role.SIGNATURE, Role.DATE):
        yield " " * max(width - 4 - cells(part.text), 0) + part.text
    elif part.role in (Role.PARAGRAPH, Role.HEADING, Role.ENCLOSED, Role.NOTE):
        yield from (_INDENT + line for line in part.text.split("\n"))
    else:
        yield part.text


def _centred(text: str, width: int) -> str:
    return " " * max((width - cells(text)) // 2, 0) + text


def _field_lines(fields: Fields) -> Iterator[str]:
    for label, value in fields.items:
        first, *rest = value.split("\n")
        yield f"{_INDENT}{one_line(label)}：{first}"
        yield from (_INDENT * 2 + line for line in rest)


def _table_lines(table: Table, limit: int) -> Iterator[str]:
    widths = _widths(table, limit)
    total = sum(widths) + _GAP * max(len(widths) - 1, 0)
    if table.caption:
        yield _centred(one_line(table.caption), total)
    yield from _row_lines([column.title for column in table.columns], table.columns, widths)
    yield "-" * total
    for row in table.rows:
        yield from _row_lines([str(cell) for cell in row], table.columns, widths)
    if table.note:
        yield f"注：{one_line(table.note)}"


def _widths(table: Table, limit: int) -> list[int]:
    """Give each column's width: first those without a wish give way, then the widest."""
    widths = [max(cells(line) for line in column.title.split("\n")) for column in table.columns]
    for row in table.rows:
        for at, cell in enumerate(row[: len(widths)]):
            widths[at] = max(widths[at], *map(cells, str(cell).split("\n")))
    widths = [min(max(width, 1), limit) for width in widths]
    free = [at for at, column in enumerate(table.columns) if column.width is None]
    while sum(widths) + _GAP * (len(widths) - 1) > limit:
        wide = (at for at in free if widths[at] > _FREE_LEAST)
        at = max(wide, key=widths.__getitem__, default=-1)
        at = widths.index(max(widths)) if at < 0 else at
        if widths[at] <= _LEAST:
            break
        widths[at] -= 1
    return widths


def _row_lines(values: list[str], columns: tuple[Column, ...], widths: list[int]) -> Iterator[str]:
    wrapped = [_wrap(value, width) for value, width in zip(values, widths, strict=False)]
    for line in zip_longest(*wrapped, fillvalue=""):
        yield (" " * _GAP).join(
            _aligned(piece, width, column.align)
            for piece, width, column in zip(line, widths, columns, strict=False)
        )


def _aligned(text: str, width: int, align: str) -> str:
    if align == "center":
        return pad(_centred(text, width), width)
    return pad(text, width, right=align == "right")


def _wrap(text: str, width: int) -> list[str]:
    lines: list[str] = []
    for line in text.split("\n"):
        if cells(line) <= width:
            lines.append(line)
            continue
        start = used = 0
        for at, char in enumerate(line):
            size = cells(char)
            if used + size > width and at > start:
                end = at - 1 if char in _NEVER_FIRST and at > start + 1 else at
                lines.append(line[start:end])
                start, used = end, cells(line[end:at])
            used += size
        lines.append(line[start:])
    return lines
