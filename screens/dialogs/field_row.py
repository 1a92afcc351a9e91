"""One field of an operation as a line of a dialog: its label, its widget, and a hint below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from textual import events, on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Select, Static, TextArea
from textual.widgets.option_list import Option

from screens.words import weekday
from supervise.services.arguments import FieldError, single
from supervise.services.registry import Field
from supervise.services.suggestions import Suggestion, matching

# Values stored in English, as they are called in the office.
WORDS = {
    "named": "点名",
    "praised": "表扬",
    "noted": "提示",
    "named_again": "约谈后再被通报",
    "promise_missed": "承诺逾期",
    "same_matter": "同一事项多次被通报",
    "returned_overdue": "多次退回且超期",
}
_MOST_MATCHES = 5


class Matches(OptionList):
    """The units that fit what was typed so far."""


class FieldRow(Vertical):
    """A field to fill in; it checks itself while it is typed."""

    @dataclass
    class Changed(Message):
        """Something was typed."""

    def __init__(self, field: Field, value: object = None) -> None:
        super().__init__(id=f"field-{field.name}")
        self.field, self._given = field, value
        self._known: Sequence[Suggestion] = ()
        self._taken: str | None = None

    def compose(self) -> ComposeResult:
        """Lay out the label, the widget, the units that fit, the hint."""
        star = " *" if self.field.required else ""
        with Horizontal(id="line"):
            yield Static(
                Content(f"{self.field.label}{star}"),
                classes="label -required" if self.field.required else "label",
            )
            yield self._entry()
        yield Matches()
        yield Static("", classes="hint", markup=False)

    def _entry(self) -> Widget:
        field, text = self.field, "" if self._given is None else str(self._given)
        if field.choices or field.kind == "bool":
            return self._select(text)
        if field.kind == "long":
            return TextArea(text, id="entry", compact=True, soft_wrap=True, tab_behavior="focus")
        return Input(text, placeholder=self._placeholder(), id="entry", compact=True)

    def _placeholder(self) -> str:
        samples = {"date": "如 2024-06-28", "month": "如 2024-11", "unit": "名称、代码或拼音首字母"}
        return self.field.help or samples.get(self.field.kind, "")

    def _select(self, text: str) -> Select[str]:
        if self.field.kind == "bool":
            options = [(Content("是"), "是"), (Content("否"), "否")]
        else:
            options = [(Content(WORDS.get(one, one)), one) for one in self.field.choices]
        chosen: Any = text if text in [value for _, value in options] else Select.NULL
        return Select(options, value=chosen, prompt="（请选择）", id="entry", compact=True)

    @property
    def entry(self) -> Widget:
        """The widget that is typed into."""
        return self.query_one("#entry")

    @property
    def value(self) -> object:
        """What is written in the field."""
        entry = self.entry
        if isinstance(entry, TextArea):
            return entry.text
        if isinstance(entry, Select):
            return None if entry.value is Select.NULL else entry.value
        assert isinstance(entry, Input)
        return entry.value

    def take_units(self, known: Sequence[Suggestion]) -> None:
        """Learn the units that can be named."""
        self._known = known

    def hint(self, words: str, *, wrong: bool = False) -> None:
        """Show a line below the field, or take it away."""
        line = self.query_one(".hint", Static)
        line.update(Content(words))
        line.set_class(bool(words), "-shown")
        line.set_class(wrong, "-wrong")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def check(self, message: Message) -> None:
        """Say at once what can't be understood, and how a date was."""
        message.stop()
        self._offer()
        try:
            value = single(self.field, self.value)
        except FieldError as error:
            self.hint(error.message, wrong=True)
        else:
            self.hint(_read_as(value))
        self.post_message(self.Changed())

    def _offer(self) -> None:
        if self.field.kind not in {"unit", "units"} or not isinstance(self.entry, Input):
            return
        text = self.entry.value
        names = [] if text == self._taken else matching(self._known, text, _MOST_MATCHES)
        matches = self.query_one(Matches)
        matches.clear_options()
        matches.add_options(Option(Content(name)) for name in names)
        matches.set_class(bool(names) and names != [text], "-shown")

    def on_key(self, event: events.Key) -> None:
        """Go down into the units that fit."""
        matches = self.query_one(Matches)
        if event.key == "down" and self.entry.has_focus and matches.has_class("-shown"):
            event.stop()
            matches.highlighted = 0
            matches.focus()

    @on(OptionList.OptionSelected)
    def take(self, message: OptionList.OptionSelected) -> None:
        """Write the unit that was picked."""
        message.stop()
        entry = self.entry
        if isinstance(entry, Input):
            self._taken = str(message.option.prompt)
            entry.value = self._taken
            entry.cursor_position = len(entry.value)
            entry.focus()
        self.query_one(Matches).remove_class("-shown")


def _read_as(value: object) -> str:
    if isinstance(value, date):
        return f"{value} {weekday(value)}"
    return ""
