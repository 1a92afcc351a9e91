"""The line under the areas: the way to where one is, each part of it a way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.widgets.columns import one_line, shorten

_BETWEEN = " / "
_LONGEST = 36


@dataclass(frozen=True, slots=True)
class Crumb:
    """One part of the way: its words, and the page's action that goes there; none is no link."""

    words: str
    action: str = ""


class Crumbs(Static):
    """Area, list or record, pane. The page says where one is; a click says where to go."""

    DEFAULT_CSS = """
    Crumbs { height: 1; padding: 0 1; color: $muted; text-wrap: nowrap; }
    """

    @dataclass
    class Opened(Message):
        """A part of the way was clicked."""

        action: str

    def __init__(self) -> None:
        super().__init__("", id="crumbs")
        self._way: tuple[Crumb, ...] = ()

    def show(self, way: Sequence[Crumb]) -> None:
        """Say where one is; the last part is the place itself."""
        told = tuple(
            Crumb(shorten(one_line(one.words), _LONGEST), one.action) for one in way if one.words
        )
        if told != self._way:
            self._way = told
            self.update(self._drawn())

    def _drawn(self) -> Content:
        parts: list[tuple[str, str]] = []
        for place, one in enumerate(self._way):
            last = place == len(self._way) - 1
            style = "$foreground bold" if last else ("$primary" if one.action else "$muted")
            parts += [(one.words, style), ("" if last else _BETWEEN, "$muted")]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Ask to go to the part that was clicked."""
        offset = event.get_content_offset(self)
        at, left = (offset.x if offset is not None else -1), 0
        for one in self._way:
            right = left + cell_len(one.words)
            if left <= at < right and one.action:
                self.post_message(self.Opened(one.action))
            left = right + cell_len(_BETWEEN)
