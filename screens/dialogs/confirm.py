"""Asked before what can't be taken back."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Button

from screens.dialogs.dialog import Dialog


class Confirm(Dialog[bool]):
    """Yes or no; the safe answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "accept", "确定", show=False, id="confirm.yes", tooltip="确定"),
        Binding("n", "cancel", "取消", show=False, id="confirm.no", tooltip="取消"),
    ]

    def __init__(self, heading: str, sentence: str, accept: str = "确定") -> None:
        super().__init__()
        self.heading, self.sentence, self.accept_label = heading, sentence, accept

    def on_mount(self) -> None:
        """Start on the safe answer."""
        self.query_one("#cancel", Button).focus()

    def action_accept(self) -> None:
        """Say yes."""
        self.dismiss(True)

    def action_cancel(self) -> None:
        """Say no."""
        self.dismiss(False)
