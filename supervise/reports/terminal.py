"""A document for the screen: Rich Text, line by line, so that nothing in it is read as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supervise.reports.document import Document, split_missing
from supervise.reports.layout import Part, Role, parts
from supervise.reports.text import OWN_LINES, part_lines, sets_apart, wrap

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

# Gives the lines of parts for a width, each with the role of its part.
SetOut = Callable[[tuple[Part, ...], int], Iterator[tuple[str, Role | None]]]
WIDEST = 110
_NARROWEST = 20
_BLANKS = " 　"
# Under a table stands running text.
_NOTE = "注："
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


@dataclass(frozen=True, slots=True)
class Page:
    """What Rich prints of a document, set out for the width it is given."""

    parts: tuple[Part, ...]
    set_out: SetOut

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Draw the page: plain lines, the title and headings bold, the placeholders yellow."""
        for line, role in self.set_out(self.parts, options.max_width):
            yield _line(line, _STYLES.get(role, "") if role else "")


def renderable(document: Document) -> Page:
    """Give a document as a Rich renderable."""
    return Page(parts(document), _lines)


def picture(document: Document) -> Page:
    """Give a document as a Rich renderable for a picture, its lines as its own layout has them."""
    if document.layout < OWN_LINES:
        from supervise.reports import text_first

        return Page(parts(document), text_first.pictured)
    return renderable(document)


def lines(document: Document, width: int) -> list[str]:
    """Give a document as lines of at most so many cells, for a terminal as wide."""
    return [line.rstrip(_BLANKS) for line, _ in _lines(parts(document), width)]


def _lines(found: tuple[Part, ...], width: int) -> Iterator[tuple[str, Role | None]]:
    """Set parts out for a width: each line with the role of its part, none for a blank one."""
    width = max(min(width, WIDEST), _NARROWEST)
    before: Role | None = None
    for part in found:
        if sets_apart(part.role, before):
            yield "", None
        for line in part_lines(part, width, width):
            whole = part.ruled and not line.startswith(_NOTE)
            for piece in [line] if whole else wrap(line, width):
                yield piece, part.role
        before = part.role


def _line(line: str, style: str) -> Text:
    """Make one line; the blanks before it are a piece of their own, as pictures need."""
    from rich.text import Text

    told = line.lstrip(_BLANKS)
    text = Text(no_wrap=True, overflow="crop")
    text.append(line[: len(line) - len(told)], "not bold")
    for is_missing, piece in split_missing(told.rstrip(_BLANKS)):
        text.append(piece, "bold yellow" if is_missing else style)
    return text
