"""The line at the bottom: the keys that can be pressed now, each with its word."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

Shown = list[tuple[Binding, bool, str]]


class KeyBar(Footer):
    """Textual's own footer, made again only when a key on it changed.

    Each key of the stock footer is styled three times whenever the focus moves.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._shown: Shown = []

    def compose(self) -> ComposeResult:
        """Lay out the keys, without the compact style that the stock footer switches on and off."""
        for binding, enabled, tooltip in self._shown:
            key = FooterKey(
                binding.key,
                self.app.get_key_display(binding),
                binding.description,
                binding.action,
                disabled=not enabled,
                tooltip=tooltip,
            )
            key.set_reactive(FooterKey.compact, False)
            yield key

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Make the keys again if what they say changed."""
        found: dict[str, tuple[Binding, bool, str]] = {}
        for _, binding, enabled, tooltip in screen.active_bindings.values():
            # The library's own keys have no id, and no word in Chinese.
            if binding.show and binding.id:
                found.setdefault(binding.action, (binding, enabled, tooltip))
        shown = list(found.values())
        if screen is self.screen and screen.app.app_focus and shown != self._shown:
            self._shown = shown
            super().bindings_changed(screen)
