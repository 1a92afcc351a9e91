"""Choosing the next step of an issue, a notice or an interview."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from textual import on
from textual.widget import Widget
from textual.widgets import OptionList

from screens.dialogs.dialog import Dialog
from screens.widgets.choices import Choices
from supervise.services.registry import Operation

if TYPE_CHECKING:
    from supervise.services.choices import Choice


class ChooseDialog(Dialog[Operation]):
    """The steps; those that can't be taken now say why."""

    frame, scrolls = 96, "#steps"
    heading = "办理"

    def __init__(self, sentence: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.sentence, self._choices = sentence, choices

    def body(self) -> Iterator[Widget]:
        """Give the steps."""
        yield Choices(self._choices, id="steps")

    def on_mount(self) -> None:
        """Start on the first step."""
        self.query_one(Choices).focus()

    @on(Choices.Picked)
    def take(self, message: Choices.Picked) -> None:
        """Go on with the step."""
        self.dismiss(message.choice.op)

    @on(Choices.Refused)
    def refuse(self, message: Choices.Refused) -> None:
        """Say why the step can't be taken."""
        self.say_error(message.choice.why_not or "")

    @on(OptionList.OptionHighlighted)
    def calm(self) -> None:
        """Take the reason away when the mark moves on."""
        self.say_error("")

    def action_accept(self) -> None:
        """Take the step under the mark."""
        self.query_one(Choices).action_select()
