"""The steps that can be taken now; the others greyed, each with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.widgets.columns import fitted, one_line

if TYPE_CHECKING:
    from supervise.services.choices import Choice

_NAME = 14


class Choices(OptionList):
    """Operations as lines: name, then what it asks for, or why it can't be done now."""

    DEFAULT_CSS = """
    Choices {
        height: auto; background: transparent; border: none; padding: 0; overflow-x: hidden;
        scrollbar-size-vertical: 1; text-wrap: nowrap; text-overflow: ellipsis;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-highlighted {
            background: $chosen-away; color: $foreground; text-style: bold;
        }
        &:focus { border: none; }
        &:focus > .option-list--option-highlighted { background: $chosen; color: $chosen-text; }
    }
    """

    @dataclass
    class Picked(Message):
        """A step was picked that can be taken."""

        choice: Choice

    @dataclass
    class Refused(Message):
        """A step was picked that can't be taken now."""

        choice: Choice

    def __init__(self, choices: Sequence[Choice] = (), id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._choices: tuple[Choice, ...] = ()
        self.show(choices)

    def show(self, choices: Sequence[Choice]) -> None:
        """Show the steps, those that can be taken first."""
        if tuple(choices) == self._choices:
            return
        self._choices = tuple(choices)
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options(Option(prompt(choice), id=choice.op.name) for choice in choices)
            if choices:
                self.highlighted = 0

    @property
    def choice(self) -> Choice | None:
        """The step under the mark."""
        return None if self.highlighted is None else self._choices[self.highlighted]

    @on(OptionList.OptionSelected)
    def _picked(self, message: OptionList.OptionSelected) -> None:
        message.stop()
        choice = self._choices[message.option_index]
        kind = self.Picked if choice.why_not is None else self.Refused
        self.post_message(kind(choice))


def prompt(choice: Choice) -> Content:
    """Draw one step."""
    name = fitted(choice.op.title, _NAME)
    if choice.why_not is None:
        return Content.assemble((name, "$primary bold"), (one_line(choice.needs), "$muted"))
    return Content.assemble((f"{name}{one_line(choice.brief or choice.why_not)}", "$muted"))
