"""Words on a page, broken where Chinese may be broken, for the width there is."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.geometry import Size
from textual.widgets import Static

from screens.widgets.columns import folded, folded_parts


class Sentence(Static):
    """Text from anywhere, as text: codes and dates stay whole, no line begins with a closing mark.

    The library breaks a line at its blanks, of which Chinese has few, and inside dates.
    """

    def __init__(self, text: str = "", *, id: str) -> None:  # noqa: A002
        super().__init__(id=id, markup=False)
        self._parts = [(text, "")]

    def say(self, text: str) -> None:
        """Show another text."""
        self.tell([(text, "")])

    def tell(self, parts: Iterable[tuple[str, str]]) -> None:
        """Show pieces of text, each in its style; the same again lays nothing out again."""
        found = list(parts)
        if found != self._parts:
            self._parts = found
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """Give the lines the text takes in a width."""
        return len(folded("".join(text for text, _ in self._parts), max(width, 1)))

    def render(self) -> Content:
        """Draw the text in the width there is."""
        return Content.assemble(*folded_parts(self._parts, max(self.content_size.width, 1)))
