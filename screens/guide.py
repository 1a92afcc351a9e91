"""What helps a user find the way in the dashboard: help, the palette, keys of their own."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.command import CommandPalette
from textual.message import Message

from screens import keys
from screens.loading import read
from screens.page import Page
from screens.palette import Commands
from screens.window import Result, Window
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.services.suggestions import Suggestion


def _units(session: Session) -> list[Suggestion]:
    from supervise.services.suggestions import of_units

    return of_units(session)


# What a terminal that follows xterm sends for Ctrl+F3 (CSI 1;5R) is also how it would tell where
# the cursor stands: column 5 of the first line. A full-screen window never asks for that.
_CTRL_F3 = (4, 0)


class GuidedWindow(Window[Result], inherit_bindings=False):
    """A window with help, a palette and a keymap; `keymap` maps a command's id to its keys."""

    ENABLE_COMMAND_PALETTE = True
    COMMAND_PALETTE_BINDING = "ctrl+p"
    COMMANDS: ClassVar[set[Any]] = {Commands}

    @dataclass
    class UnitsRead(Message):
        """The units that can be named arrived."""

        units: list[Suggestion]

    def __init__(self) -> None:
        super().__init__()
        self.keymap, self._key_problems = keys.usable(self.preferences.get(keys.KEYS))
        self.set_keymap(self.keymap)
        # The units by name, for the palette, once they are read.
        self.units_known: list[Suggestion] = []
        self.units_read = asyncio.Event()

    def on_mount(self) -> None:
        """Say which of the keys that were kept are not used."""
        for sentence in self._key_problems:
            self.say(sentence, bad=True)

    def on_cursor_position(self, event: events.CursorPosition) -> None:
        """Take Ctrl+F3, which arrives as the place of the cursor from most terminals."""
        if (event.x, event.y) == _CTRL_F3:
            self.post_message(events.Key("ctrl+f3", None))

    def action_help(self) -> None:
        """Show the keys."""
        if isinstance(self.screen, Page):
            from screens.dialogs.help import HelpDialog

            self.push_screen(HelpDialog(self.screen))

    def action_command_palette(self) -> None:
        """Find a command by its name."""
        if not isinstance(self.screen, CommandPalette):
            read(self, "units", _units, self.UnitsRead, "读取单位")
            words = "命令、清单、单位、月份、编号；可用拼音首字母"
            self.push_screen(CommandPalette(placeholder=words, id="--command-palette"))

    @on(UnitsRead)
    def take_units(self, message: UnitsRead) -> None:
        """Let the palette find the units."""
        self.units_known = message.units
        self.units_read.set()

    def action_remap(self) -> None:
        """Change keys."""
        if isinstance(self.screen, Page):
            from screens.dialogs.keys import KeysDialog

            self.push_screen(KeysDialog(self.screen.all_commands, self.keymap), self._rekey)

    def _rekey(self, keymap: dict[str, str] | None) -> None:
        if keymap is None or keymap == self.keymap:
            return
        self.keymap = keymap
        self.set_keymap(keymap)
        self.remember(**{keys.KEYS: keymap})
        self.say("快捷键已改，今后也按新的。")
        if isinstance(self.screen, Page):
            self.screen.take_keys()
            self.screen.refresh_bindings()
