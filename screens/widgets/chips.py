"""What narrows a list, as chips in a row: each can be taken away by key or by mouse."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.widgets.columns import one_line, shorten

_LONGEST = 30


class Chip(Static, can_focus=True):
    """One thing that narrows the list."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter,delete,backspace,space",
            "remove",
            "去掉",
            show=False,
            id="chip.remove",
            tooltip="去掉这个条件",
        ),
        Binding("right", "app.focus_next", "后一个", show=False, id="chip.next", tooltip="后一个"),
        Binding(
            "left", "app.focus_previous", "前一个", show=False, id="chip.back", tooltip="前一个"
        ),
    ]

    def __init__(self, name: str, words: str) -> None:
        self.part = name
        label = shorten(one_line(words), _LONGEST)
        super().__init__(Content.assemble((f"{label} ", ""), ("x", "$muted")))
        self.tooltip = "点一下或按 Delete 去掉"

    def action_remove(self) -> None:
        """Ask for the list without it."""
        self.post_message(Chips.Removed(self.part))

    def on_click(self) -> None:
        """Ask for the list without it."""
        self.action_remove()


class Chips(Horizontal):
    """The chips; the row is there only while there are any."""

    DEFAULT_CSS = """
    Chips {
        height: 1; width: 1fr; display: none; overflow-x: auto; scrollbar-size-horizontal: 0;
        &.-shown { display: block; layout: horizontal; }
        Chip {
            width: auto; height: 1; padding: 0 1; margin: 0 1 0 0;
            background: $panel; color: $primary;
            &:hover { background: $chosen-away; }
            &:focus { background: $chosen; color: $chosen-text; }
        }
    }
    """

    @dataclass
    class Removed(Message):
        """A chip was taken away: the name of the part."""

        part: str

    _shown: tuple[tuple[str, str], ...] = ()

    def show(self, chips: Sequence[tuple[str, str]]) -> None:
        """Show these chips, name and words."""
        if tuple(chips) == self._shown:
            return
        self._shown = tuple(chips)
        self.set_class(bool(chips), "-shown")
        self.run_worker(self._fill(), group="chips", exclusive=True)

    async def _fill(self) -> None:
        """Change the chips at once, and keep the focus in the row."""
        held = next((n for n, chip in enumerate(self.query(Chip)) if chip.has_focus), None)
        with self.app.batch_update():
            await self.remove_children()
            await self.mount_all(Chip(name, words) for name, words in self._shown)
        if held is not None and self._shown:
            list(self.query(Chip))[min(held, len(self._shown) - 1)].focus()
