"""A document for the screen: Rich objects made of Text, so that nothing in it is read as markup."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from supervise.reports import document as tree
from supervise.reports.layout import Part, Role, one_line, parts

if TYPE_CHECKING:
    from rich.console import Group, JustifyMethod, RenderableType
    from rich.table import Table
    from rich.text import Text

_STYLES = {
    Role.MARK: "bold red",
    Role.HEAD: "bold red",
    Role.TITLE: "bold",
    Role.ATTACHMENT_TITLE: "bold",
    Role.ATTACHMENT: "bold",
    Role.HEADING: "bold",
    Role.FOOTER: "dim",
    Role.NOTE: "dim",
}
_CENTRED = frozenset({Role.HEAD, Role.NUMBER, Role.TITLE, Role.ATTACHMENT_TITLE})
_INDENTED = frozenset({Role.HEADING, Role.PARAGRAPH, Role.ENCLOSED, Role.NOTE})
_SPACED = frozenset(
    {Role.TITLE, Role.ADDRESSEES, Role.TABLE, Role.ATTACHMENT, Role.ATTACHMENT_TITLE, Role.FOOTER}
)


def renderable(document: tree.Document) -> Group:
    """Give a document as one Rich renderable."""
    from rich.console import Group

    return Group(*_drawn(document))


def _drawn(document: tree.Document) -> Iterator[RenderableType]:
    from rich.text import Text

    before: Role | None = None
    for part in parts(document):
        apart = part.role in _SPACED or part.role in (Role.ENCLOSED, Role.SIGNATURE)
        if before and (before in (Role.TITLE, Role.STAMP) or (apart and part.role != before)):
            yield Text("")
        yield from _part(part)
        before = part.role


def _part(part: Part) -> Iterator[RenderableType]:
    if part.table:
        yield _table(part.table)
        if part.table.note:
            yield _text(f"注：{one_line(part.table.note)}", style="dim")
    elif part.fields:
        yield _fields(part.fields)
    else:
        indent = "　　" if part.role in _INDENTED else ""
        justify: JustifyMethod = "left"
        if part.role in _CENTRED:
            justify = "center"
        elif part.role in (Role.SIGNATURE, Role.DATE):
            justify = "right"
        for line in part.text.split("\n"):
            yield _text(indent + line, _STYLES.get(part.role, ""), justify)


def _text(value: str, style: str = "", justify: JustifyMethod = "left") -> Text:
    """Make Text in which the placeholders stand out."""
    from rich.text import Text

    text = Text(style=style, justify=justify, overflow="fold")
    for is_missing, piece in tree.split_missing(value):
        text.append(piece, "bold yellow" if is_missing else None)
    return text


def _table(table: tree.Table) -> Table:
    from rich import box
    from rich.table import Table as RichTable

    drawn = RichTable(
        title=_text(one_line(table.caption), "bold") if table.caption else None,
        box=box.SIMPLE_HEAD,
        pad_edge=False,
    )
    for column in table.columns:
        drawn.add_column(
            _text(column.title, "bold"),
            justify=_justify(column.align),
            min_width=column.width,
            overflow="fold",
        )
    for row in table.rows:
        drawn.add_row(*(_text(str(cell), justify="default") for cell in row))
    return drawn


def _justify(align: str) -> JustifyMethod:
    if align == "right":
        return "right"
    return "center" if align == "center" else "left"


def _fields(fields: tree.Fields) -> Table:
    from rich.table import Table as RichTable

    grid = RichTable.grid(padding=(0, 2))
    grid.add_column(justify="left", overflow="fold")
    grid.add_column(justify="left", overflow="fold")
    for label, value in fields.items:
        grid.add_row(_text("　　" + one_line(label), "dim"), _text(value))
    return grid
