"""A document as it will be printed: drawn in a thread, shown line by line, of any length."""

from __future__ import annotations

from dataclasses import dataclass
from io import StringIO
from typing import ClassVar

from rich.console import Console
from rich.segment import Segment
from textual.content import Content
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from screens.loading import read
from screens.widgets.columns import flat
from supervise.reports.document import Document, count_missing
from supervise.services.session import Session

_LEAST, _MOST = 30, 100


def drawn(document: Document, width: int) -> tuple[Strip, ...]:
    """Draw a document `width` cells wide; called in a thread."""
    from supervise.reports.terminal import renderable

    console = Console(
        width=width,
        file=StringIO(),
        force_terminal=True,
        color_system="truecolor",
        legacy_windows=False,
        markup=False,
        emoji=False,
        highlight=False,
    )
    lines = console.render_lines(renderable(document), pad=False)
    return tuple(Strip(Segment.simplify(line)) for line in lines)


class Paper(ScrollView, can_focus=True):
    """A page to read."""

    DEFAULT_CSS = """
    Paper {
        height: 1fr; background: $surface; border-top: solid $line; padding: 0 2;
        border-title-color: $muted; scrollbar-size-vertical: 1; overflow-x: hidden;
        scrollbar-gutter: stable;
        &:focus { border-top: solid $primary; border-title-color: $primary;
            border-title-style: bold; }
    }
    """
    ALLOW_SELECT: ClassVar[bool] = False

    @dataclass
    class Drawn(Message):
        """The page was drawn."""

        document: Document
        strips: tuple[Strip, ...]

    def __init__(self, title: str, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._document: Document | None = None
        self._strips: tuple[Strip, ...] = ()
        self._title, self._drawn_for = title, 0
        self.border_title = Content(flat(title))

    def show(self, document: Document | None, title: str) -> None:
        """Show a document; the place is kept while it is the same paper."""
        if title != self._title:
            self.scroll_to(y=0, animate=False)
        self._document, self._title, self._drawn_for = document, title, 0
        missing = count_missing(document) if document else 0
        left = f"  待填 {missing} 处" if missing else ""
        self.border_title = Content(flat(f"{title}{left}"))
        if document is None:
            self._take(())
        else:
            self._draw()

    @property
    def _room(self) -> int:
        return max(min(self.scrollable_content_region.width, _MOST), _LEAST)

    def _draw(self) -> None:
        document, width = self._document, self._room
        if document is None or not self.is_mounted or width == self._drawn_for:
            return
        self._drawn_for = width

        def task(session: Session) -> Paper.Drawn:
            return Paper.Drawn(document, drawn(document, width))

        read(self, f"{self.id}-draw", task, lambda message: message, "排版")

    def on_resize(self) -> None:
        """Draw again for the new width."""
        self._draw()

    def on_paper_drawn(self, message: Drawn) -> None:
        """Take over the lines, unless another paper was asked for meanwhile."""
        message.stop()
        if message.document is self._document:
            self._take(message.strips)

    def _take(self, strips: tuple[Strip, ...]) -> None:
        self._strips = strips
        self.virtual_size = Size(self._room, len(strips))
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """Draw one line of the page."""
        width = self.scrollable_content_region.width
        at = self.scroll_offset.y + y
        if at >= len(self._strips):
            return Strip.blank(width, self.rich_style)
        return (
            self._strips[at].apply_style(self.rich_style).adjust_cell_length(width, self.rich_style)
        )
