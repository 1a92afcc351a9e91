"""Markdown: every text is escaped, so that nothing from outside becomes markup or HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator

from supervise.reports.document import Box, Document, Form, Table
from supervise.reports.layout import Part, Role, one_line, parts
from supervise.reports.text import chart_table

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
_OPENING = re.compile(r"^([-+#=]|\d+(?=[.)](?:\s|$)))")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})
_RULES = {"left": ":---", "right": "---:", "center": ":---:"}
_FRONT = {Role.TITLE: "# ", Role.ATTACHMENT_TITLE: "## "}


def render(document: Document) -> str:
    """Draw a document as Markdown (CommonMark with tables), \\n line ends."""
    return "\n\n".join(text for part in parts(document) for text in _drawn(part)) + "\n"


def escape(text: str) -> str:
    """Escape one line of text so that it shows as written anywhere on a line."""
    shown = _SPECIAL.sub(r"\\\1", text.strip(" ").translate(_ENTITIES))
    return _OPENING.sub(_escape_opening, shown)


def _escape_opening(found: re.Match[str]) -> str:
    mark = found.group(1)
    return f"{mark}\\" if mark[0].isdigit() else f"\\{mark}"


def _drawn(part: Part) -> Iterator[str]:
    if part.table:
        yield from _table(part.table)
    elif part.form:
        yield from _form(part.form)
    elif part.chart:
        yield from _table(chart_table(part.chart))
    elif part.role is Role.BREAK:
        yield "---"
    elif part.right:
        yield escape("　　".join(filter(None, (part.text, part.right))))
    elif part.fields:
        yield "\n".join(
            f"- **{escape(one_line(label))}**：{_lines(value, '<br>')}"
            for label, value in part.fields.items
        )
    elif part.role is Role.HEADING:
        yield f"{'#' * (part.level + 1)} {escape(part.text)}"
    elif part.role in (Role.MARK, Role.HEAD, Role.ATTACHMENT):
        yield f"**{escape(part.text)}**"
    else:
        yield _FRONT.get(part.role, "") + _lines(part.text, "\\\n")


def _lines(text: str, line_end: str) -> str:
    return line_end.join(escape(line) for line in text.split("\n") if line.strip())


def _form(form: Form) -> Iterator[str]:
    """List a form's boxes: each label with what is filled in, or who signs there."""
    if form.caption:
        yield f"**{escape(one_line(form.caption))}**"
    yield "\n".join(line for row in form.rows for line in _form_row(row))


def _form_row(row: tuple[Box, ...]) -> Iterator[str]:
    label = ""
    for box in row:
        if box.label:
            if label:
                yield f"- **{label}**："
            label = escape(one_line(box.text.replace("\n", "")))
            continue
        foot = f"（{escape(one_line(box.foot))}）" if box.foot else ""
        yield (f"- **{label}**：" if label else "- ") + _lines(box.text, "<br>") + foot
        label = ""
    if label:
        yield f"- **{label}**："


def _table(table: Table) -> Iterator[str]:
    if table.caption:
        yield f"**{escape(one_line(table.caption))}**"
    heads = [_lines(column.title, "<br>") for column in table.columns]
    rules = [_RULES.get(column.align, "---") for column in table.columns]
    rows = [[_lines(str(cell), "<br>") for cell in row] for row in table.rows]
    yield "\n".join(f"| {' | '.join(row)} |" for row in [heads, rules, *rows])
    if table.note:
        yield f"注：{escape(one_line(table.note))}"
