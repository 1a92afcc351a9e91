"""A document for the screen: Rich Text, line by line, so that nothing in it is read as markup."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from supervise.reports.document import Document, split_missing
from supervise.reports.layout import Part, Role, parts
from supervise.reports.text import part_lines, sets_apart, wrap

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions
    from rich.text import Text

WIDEST = 110
_NARROWEST = 20
_BLANKS = " 　"
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

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Draw the page: plain lines, the title and headings bold, the placeholders yellow."""
        width = max(min(options.max_width, WIDEST), _NARROWEST)
        before: Role | None = None
        for part in self.parts:
            if sets_apart(part.role, before):
                yield _line("", "")
            style = _STYLES.get(part.role, "")
            for line in part_lines(part, width, width):
                pieces = [line] if part.ruled else wrap(line, width)
                yield from (_line(piece, style) for piece in pieces)
            before = part.role


def renderable(document: Document) -> Page:
    """Give a document as a Rich renderable."""
    return Page(parts(document))


def _line(line: str, style: str) -> Text:
    """Make one line; the blanks before it are a piece of their own, as pictures need."""
    from rich.text import Text

    told = line.lstrip(_BLANKS)
    text = Text(no_wrap=True, overflow="crop")
    text.append(line[: len(line) - len(told)], "not bold")
    for is_missing, piece in split_missing(told.rstrip(_BLANKS)):
        text.append(piece, "bold yellow" if is_missing else style)
    return text
