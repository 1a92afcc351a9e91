"""Plain text, laid out like the official page; a paragraph is one line, ready to be pasted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest

from supervise.reports.document import Box, Chart, Column, Document, Fields, Form, Table
from supervise.reports.layout import Part, Role, one_line, parts
from supervise.text import cells, pad

WIDTH = 80
TABLE_WIDTH = 120
_GAP = 2
_LEAST = 2
_FREE_LEAST = 8
_FEW = 4
_INDENT = "　　"
_NEVER_FIRST = "，。、；：？！）》”’】〕％"
_NEVER_LAST = "（《“‘【〔"
_BLANK_BEFORE = frozenset(
    {Role.TITLE, Role.ADDRESSEES, Role.ATTACHMENT, Role.ATTACHMENT_TITLE, Role.BREAK}
)
_BLANK_AFTER = frozenset(
    {Role.TITLE, Role.ATTACHMENT_TITLE, Role.STAMP, Role.TABLE, Role.FORM, Role.CHART, Role.ISSUE}
)
_APART = frozenset(
    {
        Role.TABLE,
        Role.FORM,
        Role.CHART,
        Role.ENCLOSED,
        Role.SIGNATURE,
        Role.NOTE,
        Role.COPIES,
        Role.FOOTER,
        Role.PRINTED,
    }
)
_IMPRINT = frozenset({Role.COPIES, Role.FOOTER, Role.PRINTED})
# The first layout whose lines are broken as below; older papers are drawn as they were.
OWN_LINES = 2


def render(document: Document) -> str:
    """Draw a document as text with \\n line ends, broken as its own layout has it."""
    if document.layout < OWN_LINES:
        from supervise.reports import text_first

        return text_first.render(document)
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
    if role in _BLANK_BEFORE or before in _BLANK_AFTER:
        return True
    if role in _IMPRINT and before in _IMPRINT:
        return False
    return role in _APART and role is not before


def part_lines(part: Part, width: int = WIDTH, table_width: int = TABLE_WIDTH) -> Iterator[str]:
    """Draw one part on a page of a width in cells; running text is not broken into lines."""
    if part.table:
        yield from table_lines(part.table, table_width)
    elif part.form:
        yield from form_lines(part.form, width)
    elif part.chart:
        yield from table_lines(chart_table(part.chart), table_width)
    elif part.fields:
        yield from _field_lines(part.fields)
    elif part.role is Role.BREAK:
        yield "=" * width
    elif part.right:
        blank = " " * max(width - cells(part.text) - cells(part.right), 2)
        yield f"{part.text}{blank}{part.right}"
    elif part.role in (Role.HEAD, Role.NUMBER, Role.TITLE, Role.ATTACHMENT_TITLE):
        yield _centred(part.text, width)
    elif part.role in (Role.SIGNATURE, Role.DATE):
        yield _to_the_right(part.text, width)
    elif part.role is Role.PARAGRAPH:
        yield from (_paragraph_line(line, part.align, width) for line in part.text.split("\n"))
    elif part.role in (Role.HEADING, Role.ENCLOSED, Role.NOTE):
        yield from (_INDENT + line for line in part.text.split("\n"))
    else:
        yield part.text


def _paragraph_line(line: str, align: str, width: int) -> str:
    if align == "center":
        return _centred(line, width)
    if align == "right":
        return _to_the_right(line, width)
    return line if align == "left" else _INDENT + line


def _to_the_right(text: str, width: int) -> str:
    return " " * max(width - 4 - cells(text), 0) + text


def _centred(text: str, width: int) -> str:
    return " " * max((width - cells(text)) // 2, 0) + text


def _field_lines(fields: Fields) -> Iterator[str]:
    for label, value in fields.items:
        first, *rest = value.split("\n")
        yield f"{_INDENT}{one_line(label)}：{first}"
        yield from (_INDENT * 2 + line for line in rest)


def chart_table(chart: Chart) -> Table:
    """Give a picture's figures as a table, — where one is unknown."""
    columns = (Column(""), *(Column(name, "right") for name in chart.series))
    rows = tuple(
        (label, *("—" if value is None else value for value in values))
        for label, values in chart.rows
    )
    return Table(columns, rows, f"{chart.title}（{chart.unit}）", chart.note)


def form_lines(form: Form, width: int = WIDTH) -> Iterator[str]:
    """Draw a ruled form: each box on its columns of the grid, room for handwriting left open."""
    columns = _grid(form.widths, width)
    if form.caption:
        yield _centred(one_line(form.caption), width)
    before: set[int] = set()
    for row in form.rows:
        sizes = _box_widths(row, columns)
        edges = _edges(sizes)
        yield _rule(before | edges)
        yield from _form_row(row, sizes)
        before = edges
    yield _rule(before)


def _grid(widths: tuple[int, ...], width: int) -> list[int]:
    """Share the width of a page among the columns of a form, the rules between them left out."""
    room = width - len(widths) - 1
    total = sum(widths)
    ends = [room * sum(widths[: n + 1]) // total for n in range(len(widths))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]


def _box_widths(row: tuple[Box, ...], columns: list[int]) -> list[int]:
    sizes, at = [], 0
    for box in row:
        spanned = columns[at : at + box.span]
        sizes.append(sum(spanned) + max(len(spanned) - 1, 0))
        at += box.span
    return sizes


def _edges(sizes: list[int]) -> set[int]:
    found, at = {0}, 0
    for size in sizes:
        at += size + 1
        found.add(at)
    return found


def _rule(edges: set[int]) -> str:
    return "".join("+" if at in edges else "-" for at in range(max(edges) + 1))


def _form_row(row: tuple[Box, ...], sizes: list[int]) -> Iterator[str]:
    drawn = [_box_lines(box, max(size - 2, 2)) for box, size in zip(row, sizes, strict=True)]
    height = max(map(len, drawn), default=0)
    for box, lines in zip(row, drawn, strict=True):
        foot = [lines.pop()] if box.foot else []
        above = (height - len(lines)) // 2 if box.label else 0
        lines[:0] = [""] * above
        lines += [""] * (height - len(lines) - len(foot)) + foot
    for line in zip(*drawn, strict=True):
        yield (
            "|"
            + "|".join(
                f" {pad(piece, max(size - 2, 2))} " for piece, size in zip(line, sizes, strict=True)
            )
            + "|"
        )


def _box_lines(box: Box, width: int) -> list[str]:
    """Give the lines of a box, its foot on the right last; a label stands in the middle."""
    text = wrap(box.text, width)
    lines = [_centred(line, width) for line in text] if box.label else text
    lines += [""] * (box.lines - len(lines))
    if box.foot:
        lines.append(" " * max(width - cells(box.foot), 0) + box.foot)
    return lines


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
    """Give each column's width: first those without a wish give way, then the widest.

    They keep room for the longest code in them as long as they can.
    """
    widths = [max(cells(line) for line in column.title.split("\n")) for column in table.columns]
    for row in table.rows:
        for at, cell in enumerate(row[: len(widths)]):
            widths[at] = max(widths[at], *map(cells, str(cell).split("\n")))
    widths = [min(max(width, 1), limit) for width in widths]
    free = [at for at, column in enumerate(table.columns) if column.width is None]
    every = range(len(widths))
    codes = [_code_width(table, at) for at in every]
    steps = ((free, _FREE_LEAST, codes), (every, _FREE_LEAST, codes), (every, _FEW, codes))
    for columns, least, kept in (*steps, (every, _LEAST, [0] * len(widths))):
        while sum(widths) + _GAP * (len(widths) - 1) > limit:
            giving = [at for at in columns if widths[at] > max(least, kept[at])]
            if not giving:
                break
            widths[max(giving, key=widths.__getitem__)] -= 1
    return widths


def _code_width(table: Table, at: int) -> int:
    """Give the cells of the longest code in a column that may be broken."""
    values = (str(row[at]) for row in table.rows if at < len(row))
    return max((len(code) for value in values for code in _CODE.findall(value)), default=0)


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


# Two characters between which no code, date or number is broken.
_IN_RUN = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:/%-]|[.:/-][A-Za-z0-9]")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9.:/%-]*")


def _end(line: str, start: int, at: int, width: int) -> int:
    """Give where a line ends that is full before `at`; what goes down must fit the next."""
    full = at
    while full > start + 1 and line[full] in _NEVER_FIRST:
        full -= 1
    run = _before_run(line, start, full)
    if run == full < at and _IN_RUN.fullmatch(line[full - 1 : full + 1]):
        return at  # a code as long as the line: the mark after it goes down alone
    bracket = run
    while bracket > start + 1 and line[bracket - 1] in _NEVER_LAST:
        bracket -= 1
    ends = [bracket, run, full, at]
    return next((end for end in ends if cells(line[end : at + 1]) <= width), at)


def _before_run(line: str, start: int, at: int) -> int:
    """Give where to break a line at the latest, before the code that stands at `at`, if any."""
    end = at
    while end > start and _IN_RUN.fullmatch(line[end - 1 : end + 1]):
        end -= 1
    return end if end > start else at


def wrap(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` cells (at least 2), none opening with a comma.

    Codes and dates stay whole where they fit a line.
    """
    lines: list[str] = []
    for line in text.split("\n"):
        if cells(line) <= width:
            lines.append(line)
            continue
        start = used = 0
        for at, char in enumerate(line):
            size = cells(char)
            if used + size > width and at > start:
                end = _end(line, start, at, width)
                lines.append(line[start:end])
                start, used = end, cells(line[end:at])
            used += size
        lines.append(line[start:])
    return lines
