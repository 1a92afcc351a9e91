"""Screens that are styled and laid out once when they are opened, not once more for being shown."""

from __future__ import annotations

import asyncio
from typing import TypeVar

from textual import events
from textual._types import CallbackType
from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from screens.overlays import WholeCompositor
from screens.styles import MOMENT

Result = TypeVar("Result")


class StillScreen(Screen[Result]):
    """A screen that leaves out what the library does a second time, 50 to 150 ms a page.

    Whatever changes a class, the colours or the size later still styles it and lays it out then.
    """

    # Another part in focus repaints itself; the library paints the whole screen again, and what
    # lies behind a dialog with it.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    def __init__(self) -> None:
        super().__init__()
        self._compositor = WholeCompositor()
        self._made_for = self.app.size
        # A sheet that is read only when the screen is shown comes too late for the screen itself.
        known = self.app.stylesheet.has_source
        self._styled = all(known(str(path), "") for path in self.css_path)
        self._held_back = False
        self._begun = False
        self._after_paint: list[CallbackType] = []

    def on_screen_resume(self, event: events.ScreenResume) -> None:
        """Be shown with the styles it has."""
        event.refresh_styles = not self._styled
        self._styled = True

    def on_resize(self, event: events.Resize) -> None:
        """Lay out again only in a terminal of another size."""
        if event.size == self._made_for:
            event.prevent_default()
        self._made_for = event.size

    def once_painted(self, callback: CallbackType) -> None:
        """Call something when what is on the page now has been drawn: it takes time from that.

        The library's own `call_after_refresh` does not wait for it while the program starts.
        """
        self._after_paint.append(callback)

    def begin_anew(self) -> None:
        """Lay everything out and draw it, as when the screen was opened."""
        self._begun = False
        self.refresh(layout=True)

    def _compositor_refresh(self) -> None:
        """Draw what will be shown: nothing is, while the library holds everything back."""
        if not self._begun:
            self._begun = True
            self.call_later(self._draw_first)
            return
        if self.app._batch_count:
            self._held_back = True
            self.app.call_later(self._draw_held_back)
            return
        self._held_back = False
        super()._compositor_refresh()
        after, self._after_paint = self._after_paint, []
        for callback in after:
            self.call_next(callback)

    async def _draw_first(self) -> None:
        """Draw what was laid out just now, all of it: a key typed meanwhile is heard first."""
        await asyncio.sleep(MOMENT)
        self._compositor_refresh()

    def _draw_held_back(self) -> None:
        if self._held_back:
            self.refresh()
