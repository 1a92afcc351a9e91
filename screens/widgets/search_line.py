"""The line above a list in which one types what to look for."""

from __future__ import annotations

from dataclasses import dataclass

from textual import on
from textual.message import Message
from textual.widgets import Input

from screens.resting import Rest
from screens.widgets.entry import Entry


class SearchLine(Entry):
    """Tells what is sought once the hand rests; Enter tells it at once and goes to what was found.

    `rest` is how long a hand that types fast is waited for, in seconds; 0 is not at all.
    """

    @dataclass
    class Sought(Message):
        """Other words are sought; none: everything."""

        words: str

    @dataclass
    class Done(Message):
        """Enter was pressed: on to what was found."""

    def __init__(self, placeholder: str, rest: float) -> None:
        super().__init__(placeholder=placeholder, id="search", compact=True)
        self._told = ""
        self._rest = Rest(self, self._tell, rest) if rest else None

    @property
    def words(self) -> str:
        """What is written, without the blanks around it."""
        return self.value.strip()

    def write(self, words: str) -> None:
        """Show words that the list is already narrowed by."""
        self._told = words
        with self.prevent(Input.Changed):
            self.value = words

    @on(Input.Changed)
    def wait(self, message: Input.Changed) -> None:
        """Wait for the next key."""
        message.stop()
        if self._rest is not None:
            self._rest.again()
        else:
            self._tell()

    def _tell(self) -> None:
        if self._rest is not None:
            self._rest.stop()
        if self.words != self._told:
            self._told = self.words
            self.post_message(self.Sought(self.words))

    @on(Input.Submitted)
    def done(self, message: Input.Submitted) -> None:
        """Wait no longer."""
        message.stop()
        self._tell()
        self.post_message(self.Done())
