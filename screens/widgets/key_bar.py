"""The line at the bottom: the keys that can be pressed now, each with its word."""

from __future__ import annotations

from collections.abc import Callable

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding
from textual.screen import Screen
from textual.widgets import Footer
from textual.widgets._footer import FooterKey

Key = tuple[Binding, bool, str]
Shown = list[Key]
# Cells: the blanks before a key and before its word.
_BLANKS = 2


class BarKey(FooterKey):
    """One key of the line; clicked while it is greyed it says why, as when it is pressed."""

    def on_mouse_down(self) -> None:
        """Press the key."""
        self.app.simulate_key(self.key)


class KeyBar(Footer):
    """Textual's own footer, made again only when a key on it changed.

    Each key of the stock footer is styled three times whenever the focus moves. What there is no
    room for is left out whole.
    """

    def __init__(self) -> None:
        super().__init__(show_command_palette=False)
        self._shown: Shown = []
        self._laid: Shown = []

    def compose(self) -> ComposeResult:
        """Lay out the keys, without the compact style that the stock footer switches on and off."""
        self._laid = self._fitting()
        for binding, enabled, tooltip in self._laid:
            key = BarKey(
                binding.key,
                self.app.get_key_display(binding),
                binding.description,
                binding.action,
                disabled=not enabled,
                tooltip=tooltip,
            )
            key.set_reactive(FooterKey.compact, False)
            yield key

    def _fitting(self) -> Shown:
        """Leave out what there is no room for: of the page's keys the last first, help the last."""
        kept = list(self._shown)
        while kept and sum(map(self._cells, kept)) > self.app.size.width:
            own = [one for one in kept if not (one[0].id or "").startswith("app.")]
            kept.remove((own or kept)[-1])
        return kept

    def _cells(self, shown: Key) -> int:
        binding = shown[0]
        return cell_len(self.app.get_key_display(binding) + binding.description) + _BLANKS

    def on_resize(self) -> None:
        """Show what fits into the new width."""
        if self._fitting() != self._laid:
            self.call_after_refresh(self.recompose)

    def bindings_changed(self, screen: Screen[object]) -> None:
        """Make the keys again if what they say changed."""
        found: dict[str, Key] = {}
        for _, binding, enabled, tooltip in screen.active_bindings.values():
            # The library's own keys have no id, and no word in Chinese.
            if binding.show and binding.id:
                found.setdefault(binding.action, (binding, enabled, tooltip))
        shown = sorted(found.values(), key=_place(screen))
        if screen is self.screen and screen.app.app_focus and shown != self._shown:
            self._shown = shown
            super().bindings_changed(screen)


def _place(screen: Screen[object]) -> Callable[[Key], int]:
    """Keep the page's order: the library puts last the keys that the user changed."""
    commands = getattr(screen, "all_commands", ())
    places = {command.id: place for place, command in enumerate(commands)}
    return lambda shown: places.get(shown[0].id or "", len(places))
