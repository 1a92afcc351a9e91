"""A page of text to read and close."""

from __future__ import annotations

from collections.abc import Iterator

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.dialogs.dialog import ReadingDialog


class TextDialog(ReadingDialog):
    """Text that may be longer than the screen."""

    frame, scrolls = 96, "#body"

    def __init__(self, heading: str, sentence: str, content: Content) -> None:
        super().__init__()
        self.heading, self.sentence, self._content = heading, sentence, content

    def body(self) -> Iterator[Widget]:
        """Give the page."""
        yield VerticalScroll(Static(self._content), id="body")

    def on_mount(self) -> None:
        """Let the keys scroll the page."""
        self.query_one("#body").focus()
