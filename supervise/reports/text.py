"""Plain text, laid out like the official page; a paragraph is one line, ready to be pasted."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest

from supervise.reports.document import Column, Document, Fields, Table
from supervise.reports.layout import Part, Role, one_line, parts
from supervise.text import cells, pad

WIDTH = 80
TABLE_WIDTH = 120
_GAP = 2
_LEAST = 2
_FREE_LEAST = 8
_INDENT = "　　"
_NEVER_FIRST = "，。、；：？！）》”’】"
_BLANK_BEFORE = frozenset({Role.TITLE, Role.ADDRESSEES, Role.ATTACHMENT, Role.ATTACHMENT_TITLE})


def render(document: Document) -> str:
    """Draw a document as text with \\n line ends."""
    lines: list[str] = []
    before: Role | None = None
    for part in parts(document):
        if sets_apart(part.role, before):
            lines.append("")
        lines += (line.rstrip(" ") for line in part_lines(part))
        before = part.role
    return "\n".join(lines) + "\n"


def sets_apart(role: Role, before: Role | None) -> bool:
    """Tell whether a blank line stands between a part and the one before it."""
    if before is None:
        return False
    if role in _BLANK_BEFORE or before in (
        Role.TITLE,
        Role.ATTACHMENT_TITLE,
        Role.STAMP,
        Role.TABLE,
    ):
        return True
    apart = {Role.TABLE, Role.ENCLOSED, Role.SIGNATURE, Role.NOTE, Role.FOOTER}
    return role in apart and role is not before


def part_lines(part: Part, width: int = WIDTH, table_width: int = TABLE_WIDTH) -> Iterator[str]:
    """Draw one part on a page of a width in cells; running text is not broken into lines."""
    if part.table:
        yield from table_lines(part.table, table_width)
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


def table_lines(table: Table, limit: int = TABLE_WIDTH) -> Iterator[str]:
    """Draw a table aligned by terminal cells, long values wrapped inside their column."""
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
        at = max(
            (at for at in free if widths[at] > _FREE_LEAST), key=widths.__getitem__, default=-1
        )
        at = widths.index(max(widths)) if at < 0 else at
        if widths[at] <= _LEAST:
            break
        widths[at] -= 1
    return widths


def _row_lines(values: list[str], columns: tuple[Column, ...], widths: list[int]) -> Iterator[str]:
    wrapped = [wrap(value, width) for value, width in zip(values, widths, strict=False)]
    for line in zip_longest(*wrapped, fillvalue=""):
        yield (" " * _GAP).join(
            _aligned(piece, width, column.align)
            for piece, width, column in zip(line, widths, columns, strict=False)
        )


def _aligned(text: str, width: int, align: str) -> str:
    if align == "center":
        return pad(_centred(text, width), width)
    return pad(text, width, right=align == "right")


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells (at least 2), none opening with a comma."""
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
