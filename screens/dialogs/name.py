"""Asking for a name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from textual import on
from textual.widget import Widget
from textual.widgets import Input

from screens.dialogs.dialog import Dialog
from screens.widgets.entry import Entry
from supervise.text import clean_line


class NameDialog(Dialog[str]):
    """Gives a name; `problem` says why one won't do, an empty sentence when it will."""

    def __init__(
        self, heading: str, sentence: str, given: str, problem: Callable[[str], str]
    ) -> None:
        super().__init__()
        self.heading, self.sentence = heading, sentence
        self._given, self._problem = given, problem

    def body(self) -> Iterator[Widget]:
        """Give the line to write the name on."""
        yield Entry(self._given, placeholder="名称", id="name", compact=True)

    def on_mount(self) -> None:
        """Start on the line."""
        self.query_one("#name", Input).focus()

    @on(Input.Changed, "#name")
    def check(self, message: Input.Changed) -> None:
        """Say at once why a name won't do."""
        message.stop()
        name = clean_line(message.value)
        self.say_error(self._problem(name) if name else "")

    @on(Input.Submitted, "#name")
    def enter(self, message: Input.Submitted) -> None:
        """Enter is as good as the button."""
        message.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Take the name, if it will do."""
        name = clean_line(self.query_one("#name", Input).value)
        problem = self._problem(name)
        if problem:
            self.say_error(problem)
        else:
            self.dismiss(name)
