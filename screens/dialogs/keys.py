"""改键: the commands of the page and of the program with their keys; press one to set it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from screens.commands import Command
from screens.dialogs.dialog import Dialog
from screens.keys import key_words, problem, remark
from screens.widgets.columns import fitted, shorten

# Cells: a title, its keys, the frame at its widest, what stands around the words.
_TITLE, _KEYS, _WIDTH, _AROUND = 18, 22, 96, 13


class KeyCatcher(Static, can_focus=True):
    """Takes the next key, whatever it is."""

    @dataclass
    class Caught(Message):
        """A key was pressed."""

        key: str

    def on_key(self, event: events.Key) -> None:
        """Hand the key out; it does nothing else."""
        event.stop()
        event.prevent_default()
        self.post_message(self.Caught(event.key))


class KeysDialog(Dialog[dict[str, str]]):
    """Gives the user's own keys, by the ids of the commands."""

    frame, scrolls, besides = 96, "#commands", 1
    heading = "改键"
    sentence = "Enter 选一个命令，再按新的键；Delete 恢复这一个，Ctrl+X 全部恢复。"
    accept_label = "保存"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("delete", "reset", "恢复", show=False, id="keys.reset", tooltip="恢复原来的键"),
        Binding(
            "ctrl+x", "reset_all", "全部恢复", show=False, id="keys.reset_all", tooltip="全部恢复"
        ),
    ]

    def __init__(self, commands: Sequence[Command], keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._commands, self._keymap = tuple(commands), dict(keymap)

    def body(self) -> Iterator[Widget]:
        """Give the commands, and the line that takes a key."""
        yield OptionList(*map(self._line, self._commands), id="commands", compact=True)
        yield KeyCatcher("", id="catcher")

    def _line(self, command: Command) -> Content:
        own = "（已改）" if command.id in self._keymap else ""
        room = min(self.app.size.width, _WIDTH) - _AROUND - _TITLE - _KEYS
        keys = key_words(command, self._keymap) or "（没有键）"
        return Content.assemble(
            fitted(command.title, _TITLE),
            "  ",
            (fitted(keys + own, _KEYS), "$primary"),
            "  ",
            (shorten(command.help, max(room, 8)), "$muted"),
        )

    def on_mount(self) -> None:
        """Start on the first command."""
        self.query_one(OptionList).focus()

    @property
    def _chosen(self) -> Command:
        return self._commands[self.query_one(OptionList).highlighted or 0]

    @on(OptionList.OptionSelected)
    def ask_key(self, message: OptionList.OptionSelected) -> None:
        """Wait for a key."""
        message.stop()
        catcher = self.query_one(KeyCatcher)
        catcher.add_class("-shown")
        catcher.update(Content(f"“{self._chosen.title}”：请按新的键，Esc 不改。"))
        catcher.focus()
        self.say_error("")

    @on(KeyCatcher.Caught)
    def take_key(self, message: KeyCatcher.Caught) -> None:
        """Give the key to the command, unless it is needed elsewhere."""
        message.stop()
        command, key = self._chosen, message.key
        if key != "escape":
            wrong = problem(command, key, self._keymap)
            self.say_error(wrong or remark(key))
            if wrong:
                return
            self._set(command, key)
        catcher = self.query_one(KeyCatcher)
        catcher.remove_class("-shown")
        self.query_one(OptionList).focus()

    def _set(self, command: Command, key: str) -> None:
        if key == command.keys:
            self._keymap.pop(command.id, None)
        else:
            self._keymap[command.id] = key
        self._draw(self._commands.index(command))

    def _draw(self, place: int) -> None:
        options = self.query_one(OptionList)
        options.replace_option_prompt_at_index(place, self._line(self._commands[place]))

    def action_reset(self) -> None:
        """Give the command its own keys back, unless they were given away."""
        command = self._chosen
        without = {name: keys for name, keys in self._keymap.items() if name != command.id}
        wrong = [problem(command, key, without) for key in command.keys.split(",") if key]
        taken = next((one for one in wrong if "已用于" in one), "")
        self.say_error(taken)
        if not taken:
            self._keymap = without
            self._draw(self._commands.index(command))

    def action_reset_all(self) -> None:
        """Give every command its own keys back, also those of other pages."""
        self._keymap = {}
        for place in range(len(self._commands)):
            self._draw(place)
        self.say_error("")

    def action_accept(self) -> None:
        """Give the keys."""
        self.dismiss(self._keymap)
