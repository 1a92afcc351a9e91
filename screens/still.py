"""Screens that are styled and laid out once when they are opened, not once more for being shown."""

from __future__ import annotations

from typing import TypeVar

from textual import events
from textual.screen import Screen

Result = TypeVar("Result")


class StillScreen(Screen[Result]):
    """A screen that leaves out what the library does a second time, 50 to 150 ms a page.

    Whatever changes a class, the colours or the size later still styles it and lays it out then.
    """

    def __init__(self) -> None:
        super().__init__()
        self._made_for = self.app.size

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Be shown with the styles it has."""
        event.refresh_styles = False

    def on_resize(self, event: events.Resize) -> None:
        """Lay out again only in a terminal of another size."""
        if event.size == self._made_for:
            event.prevent_default()
        self._made_for = event.size
