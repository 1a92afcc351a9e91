"""One field of an operation as a line of a dialog: its label, its widget, and a hint below."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from textual import events, on
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, OptionList, Select, Static, TextArea
from textual.widgets.option_list import Option

from screens.widgets.columns import one_line
from screens.widgets.entry import Entry, LongEntry
from screens.words import weekday
from supervise.domain.spoken_dates import spoken_date
from supervise.services.arguments import FieldError, single
from supervise.services.registry import SPOKEN, Field
from supervise.services.suggestions import Suggestion, matching

if TYPE_CHECKING:
    from supervise.domain.calendar import Calendar

# Values stored in English, as they are called in the office.
WORDS = SPOKEN
_MOST_MATCHES = 5
# Up to the last item of several, which alone is still being typed.
_HEAD = re.compile(r"(.*[,，、;；])\s*", re.DOTALL)
_SEVERAL = frozenset({"units", "words"})


class Matches(OptionList):
    """What fits the words typed so far."""


class FieldRow(Vertical):
    """A field to fill in; it checks itself while it is typed."""

    @dataclass
    class Changed(Message):
        """Something was typed."""

    def __init__(self, field: Field, value: object = None) -> None:
        super().__init__(id=f"field-{field.name}")
        self.field, self._given = field, value
        self._known: Sequence[Suggestion] = ()
        self._calendar: Calendar | None = None
        self._taken: str | None = None
        self._line: Widget | None = None
        self._hint: Static | None = None
        self.set_class(field.required, "-required")
        self.set_class(field.kind == "long", "-long")

    def render(self) -> Content:
        """Draw the label; what is typed into stands beside it."""
        return Content(f"{self.field.label} *" if self.field.required else self.field.label)

    @property
    def filled(self) -> bool:
        """Whether what is typed into is there."""
        return self._line is not None

    def fill(self) -> None:
        """Make what is typed into, once; a dialog of many fields does so a few at a time."""
        if self._line is None:
            self._line = self._entry()
            self.mount(self._line)

    def _entry(self) -> Widget:
        field, text = self.field, "" if self._given is None else str(self._given)
        if self._chosen_from is not None:
            return self._select(text, self._chosen_from)
        if field.kind == "long":
            return LongEntry(text, id="entry")
        return Entry(
            text,
            placeholder=self._placeholder(),
            # What comes next is written behind the items there are.
            select_on_focus=field.kind not in _SEVERAL,
            id="entry",
            compact=True,
        )

    def _placeholder(self) -> str:
        samples = {
            "date": "如 2024-06-28、今天、+3wd（三个工作日后）",
            "month": "如 2024-11",
            "unit": "名称、代码或拼音首字母",
        }
        said = self.field.help or samples.get(self.field.kind, "")
        if self._known and self.field.kind not in {"unit", "units"}:
            return f"{said}（按 ↓ 选）" if said else "按 ↓ 选，或直接写"
        return said

    @property
    def _chosen_from(self) -> Sequence[str] | None:
        """What can be chosen, in a field in which nothing is typed."""
        if self.field.kind == "bool":
            return ("是", "否")
        return self.field.choices if self.field.kind != "words" and self.field.choices else None

    def _select(self, text: str, values: Sequence[str]) -> Select[str]:
        options = [(Content(WORDS.get(one, one)), one) for one in values]
        chosen: Any = text if text in values else Select.NULL
        return Select(options, value=chosen, prompt="（请选择）", id="entry", compact=True)

    @property
    def entry(self) -> Widget:
        """The widget that is typed into."""
        self.fill()
        assert self._line is not None
        return self._line

    @property
    def value(self) -> object:
        """What is written in the field."""
        entry = self._line
        if entry is None or not entry.is_mounted:
            return self._first()
        if isinstance(entry, TextArea):
            return entry.text
        if isinstance(entry, Select):
            return None if entry.value is Select.NULL else entry.value
        assert isinstance(entry, Input)
        return self._spoken(entry.value) or entry.value

    def _first(self) -> object:
        """What stands in the field to begin with."""
        text = "" if self._given is None else str(self._given)
        if self._chosen_from is not None:
            return text if text in self._chosen_from else None
        return self._spoken(text) or text

    def clear(self) -> None:
        """Leave the field empty."""
        self._given = None
        if isinstance(self._line, Input):
            self._line.value = ""
        elif isinstance(self._line, Select):
            self._line.clear()
        elif isinstance(self._line, TextArea):
            self._line.text = ""

    def _spoken(self, text: str) -> date | None:
        """Give the day that words such as 今天 or +3wd mean, in a field for a date."""
        app: Any = self.app
        is_date = self.field.kind == "date"
        return spoken_date(text, app.today, self._calendar) if is_date else None

    def take_known(self, known: Sequence[Suggestion]) -> None:
        """Learn what can be named in the field; say how to see it where nothing else is said."""
        self._known = known
        if known and isinstance(self._line, Input):
            self._line.placeholder = self._placeholder()

    def take_calendar(self, calendar: Calendar) -> None:
        """Learn the working days, for dates said from today."""
        self._calendar = calendar

    def hint(self, words: str, *, wrong: bool = False) -> None:
        """Show a line below the field, or take it away."""
        if self._hint is None:
            if not words:
                return
            self._hint = Static("", classes="hint", markup=False)
            self.mount(self._hint)
        self._hint.update(Content(words))
        self._hint.set_class(bool(words), "-shown")
        self._hint.set_class(wrong, "-wrong")

    @on(Input.Changed)
    @on(TextArea.Changed)
    @on(Select.Changed)
    def check(self, message: Message) -> None:
        """Say at once what can't be understood, and how a date was."""
        message.stop()
        self._offer()
        self._judge()
        self.post_message(self.Changed())

    def on_descendant_blur(self) -> None:
        """Say that a field must be filled in once it was left empty."""
        if self.field.required and self.field.kind != "bool":
            self._judge()

    def _judge(self) -> None:
        try:
            value = single(self.field, self.value)
        except FieldError as error:
            self.hint(error.said, wrong=True)
            return
        stranger = self._stranger(value)
        if value is None and self.field.required:
            self.hint("必须填写。", wrong=True)
        elif stranger:
            self.hint(f"没有名为“{one_line(stranger)}”的单位，请从列出的单位中选。", wrong=True)
        else:
            self.hint(_read_as(value))

    def _stranger(self, value: object) -> str:
        """Give the first name that is no unit's, where the units are known."""
        if self.field.kind not in {"unit", "units"} or not self._known or value is None:
            return ""
        names = [str(one) for one in value] if isinstance(value, tuple) else [str(value)]
        known = {key for one in self._known for key in (one.name.casefold(), *one.keys)}
        # A number may be an interview's, which names its unit as well.
        return next((n for n in names if n.casefold() not in known and not n.isdigit()), "")

    def _parts(self) -> tuple[str, str]:
        """Part what was typed into the items that are finished, and the one that is not."""
        entry = self.entry
        text = entry.value if isinstance(entry, Input) else ""
        match = _HEAD.match(text) if self.field.kind in _SEVERAL else None
        head = match[1] if match else ""
        return head, text[len(head) :].strip()

    def _offer(self, *, everything: bool = False) -> None:
        if not self._known or not isinstance(self.entry, Input):
            return
        _, text = self._parts()
        names = [] if text == self._taken else matching(self._known, text, _MOST_MATCHES)
        if everything and not text:
            names = [one.name for one in self._known]
        self._show_offered(names if names != [text] else [])

    def _show_offered(self, names: Sequence[str]) -> None:
        """Show what fits; the list is made when it is first needed: most fields never do."""
        self._offered = names
        if self._matches is None:
            if not names:
                return
            self._matches = Matches()
            self.mount(self._matches, after=self.entry)
        self._matches.clear_options()
        self._matches.add_options(Option(Content(one_line(name))) for name in names)
        self._matches.set_class(bool(names), "-shown")

    _offered: Sequence[str] = ()
    _matches: Matches | None = None

    def on_key(self, event: events.Key) -> None:
        """Go down into what fits; without a word typed, into all there is."""
        if event.key != "down" or not self.entry.has_focus:
            return
        if not self._offered:
            self._offer(everything=True)
        if self._offered and self._matches is not None:
            event.stop()
            self._matches.highlighted = 0
            self._matches.focus()

    def on_click(self, event: events.Click) -> None:
        """Show all there is to pick from where an empty line is clicked."""
        empty = isinstance(self._line, Input) and not self._line.value
        if event.widget is self._line and empty:
            self._offer(everything=True)

    @on(OptionList.OptionSelected)
    def take(self, message: OptionList.OptionSelected) -> None:
        """Write what was picked."""
        message.stop()
        entry = self.entry
        if isinstance(entry, Input):
            head, _ = self._parts()
            self._taken = self._offered[message.option_index]
            entry.value = head + self._taken
            entry.cursor_position = len(entry.value)
            entry.focus()
        self._show_offered([])


def _read_as(value: object) -> str:
    if isinstance(value, date):
        return f"{value} {weekday(value)}"
    return ""
