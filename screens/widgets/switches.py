"""Switches as lines: on or off in words, a name, and what it does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.widgets.columns import fitted

_NAME = 10
Switch = tuple[str, str, str]


class Switches(OptionList):
    """Each line is turned by Enter, Space or a click."""

    DEFAULT_CSS = """
    Switches { height: auto; border: none; background: transparent; padding: 0; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "select", "开关", show=False, id="switches.turn", tooltip="开或关")
    ]

    @dataclass
    class Turned(Message):
        """A switch was turned."""

        name: str

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id, compact=True)
        self._switches: tuple[Switch, ...] = ()
        self.chosen: frozenset[str] = frozenset()

    def offer(self, switches: Sequence[Switch]) -> None:
        """Offer switches (name, title, what it does), all off."""
        self._switches, self.chosen = tuple(switches), frozenset()
        self.clear_options()
        self.add_options([Option(self._line(switch)) for switch in switches])
        self.display = bool(switches)
        self.highlighted = 0 if switches else None

    def _line(self, switch: Switch) -> Content:
        name, title, about = switch
        state = ("开", "$success bold") if name in self.chosen else ("关", "$muted")
        return Content.assemble(state, "  ", (fitted(title, _NAME), "bold"), (about, "$muted"))

    @on(OptionList.OptionSelected)
    def turn(self, message: OptionList.OptionSelected) -> None:
        """Turn the switch under the mark."""
        message.stop()
        place = message.option_index
        switch = self._switches[place]
        self.chosen ^= {switch[0]}
        self.replace_option_prompt_at_index(place, self._line(switch))
        self.post_message(self.Turned(switch[0]))
