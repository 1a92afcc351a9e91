"""A list of filters, each with how many records it would show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import on
from textual.content import Content
from textual.message import Message
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.widgets.columns import fitted, flat, one_line

WIDTH = 19


@dataclass(frozen=True, slots=True)
class Choice:
    """One filter of the list: its key and its name; an empty key is a line between groups."""

    key: str
    title: str


class Counts(OptionList):
    """Filters with counts; the one highlighted is the one shown."""

    DEFAULT_CSS = """
    Counts {
        background: $background; border: none; border-top: solid $line; padding: 0;
        height: 1fr; border-title-color: $muted; overflow-x: hidden; scrollbar-size-vertical: 1;
        & > .option-list--option { padding: 0 1; }
        & > .option-list--option-highlighted {
            background: $chosen-away; color: $foreground; text-style: bold;
        }
        &:focus {
            border: none; border-top: solid $primary; border-title-color: $primary;
            border-title-style: bold;
            & > .option-list--option-highlighted { background: $chosen; color: $chosen-text; }
        }
    }
    """

    @dataclass
    class Chosen(Message):
        """A filter was chosen."""

        key: str

    def __init__(self, choices: Sequence[Choice], *, title: str, id: str | None = None) -> None:  # noqa: A002
        self._choices: tuple[Choice, ...] = ()
        self._numbers: dict[str, int | None] = {}
        super().__init__(id=id)
        self.fill(choices)
        self.border_title = Content(flat(title))

    def fill(self, choices: Sequence[Choice]) -> None:
        """Offer these filters; the mark stays on the one it was on."""
        marked = None if self.highlighted is None else self.highlighted_option
        self._choices = tuple(choice for choice in choices if choice.key)
        with self.prevent(OptionList.OptionHighlighted):
            self.clear_options()
            self.add_options(
                [Option(self._prompt(one), id=one.key) if one.key else None for one in choices]
            )
        if marked is not None and any(one.key == marked.id for one in self._choices):
            self.choose(str(marked.id))

    def _prompt(self, choice: Choice) -> Content:
        known = choice.key in self._numbers
        number = self._numbers.get(choice.key)
        figure = f"{number:,}" if number is not None else ("？" if known else "…")
        tone = "$muted" if not number else "$foreground"
        room = WIDTH - cell_len(figure)
        return Content.assemble(fitted(one_line(choice.title), room), (figure, tone))

    def show(self, numbers: Mapping[str, int | None]) -> None:
        """Show how many records each filter would give; None where that can't be told."""
        self._numbers = dict(numbers)
        for choice in self._choices:
            self.replace_option_prompt(choice.key, self._prompt(choice))

    def choose(self, key: str) -> None:
        """Put the mark on a filter without saying so; on none for a list of another kind."""
        known = any(choice.key == key for choice in self._choices)
        with self.prevent(OptionList.OptionHighlighted):
            self.highlighted = self.get_option_index(key) if known else None

    @on(OptionList.OptionHighlighted)
    def _chosen(self, message: OptionList.OptionHighlighted) -> None:
        message.stop()
        # Only a person's choice counts, not the mark the list puts on its first line itself.
        if message.option_id and self.has_focus:
            self.post_message(self.Chosen(message.option_id))
