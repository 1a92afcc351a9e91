"""A document for the screen: Rich Text, line by line, so that nothing in it is read as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
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
_MISSING = "bold yellow"
# Lines of columns: what goes on below lies in the same column, not at the beginning of a line.
_SET_BY_COLUMN = (Role.TABLE, Role.FORM, Role.CHART)
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
    # Whether a placeholder that is broken over two lines stands out in both.
    across: bool = True

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Text]:
        """Draw the page: plain lines, the title and headings bold, the placeholders yellow."""
        found = [
            (line.rstrip(_BLANKS), role)
            for line, role in self.set_out(self.parts, options.max_width)
        ]
        head = 0
        for (line, role), (after, _) in zip_longest(found, found[1:], fillvalue=("", None)):
            broken = self.across and role not in _SET_BY_COLUMN
            tail, next_head = _broken(line, after) if broken else (0, 0)
            yield _line(line, _STYLES.get(role, "") if role else "", head, tail)
            head = next_head


def renderable(document: Document) -> Page:
    """Give a document as a Rich renderable."""
    return Page(parts(document), _lines)


def picture(document: Document) -> Page:
    """Give a document as a Rich renderable for a picture, its lines as its own layout has them."""
    if document.layout < OWN_LINES:
        from supervise.reports import text_first

        return Page(parts(document), text_first.pictured, across=False)
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


def _broken(line: str, after: str) -> tuple[int, int]:
    """Give the characters that a placeholder broken over two lines has in each; else none."""
    start = 0
    for is_missing, piece in split_missing(line + after):
        end = start + len(piece)
        if is_missing and start < len(line) < end:
            return len(line) - start, end - len(line)
        start = end
    return 0, 0


def _line(line: str, style: str, head: int, tail: int) -> Text:
    """Make one line; the blanks before it are a piece of their own, as pictures need.

    So many characters at its `head` and its `tail` are of a placeholder broken over two lines.
    """
    from rich.text import Text

    blank = len(line) - len(line.lstrip(_BLANKS))
    first, last = max(head, blank), len(line) - tail
    text = Text(no_wrap=True, overflow="crop")
    text.append(line[:blank], "not bold")
    told = ((True, line[blank:first]), *split_missing(line[first:last]), (True, line[last:]))
    for is_missing, piece in told:
        text.append(piece, _MISSING if is_missing else style)
    return text
