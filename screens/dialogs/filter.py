"""Setting what narrows a list, all of it in one dialog."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from screens.dialogs.dialog import Dialog
from screens.dialogs.field_row import FieldRow
from screens.dialogs.fields import Fields
from screens.loading import read
from supervise.services.arguments import FieldError, single
from supervise.services.registry import Field
from supervise.services.session import Session
from supervise.services.suggestions import Suggestion

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    Conditions = TypeVar("Conditions", bound=DataclassInstance)
else:
    Conditions = TypeVar("Conditions")

Known = Mapping[str, Sequence[Suggestion]]


class FilterDialog(Dialog[Conditions]):
    """Gives the conditions a list is to meet: a dataclass in which every default is no condition.

    A list's own dialog says which fields there are, what may be written in them, and which two of
    them are a span of days.
    """

    sentence = "各项同时满足；空着的不限。按 ↓ 列出可填的，Ctrl+X 全部清空。"
    accept_label = "筛选"
    FIELDS: ClassVar[tuple[Field, ...]] = ()
    SPANS: ClassVar[tuple[tuple[str, str, str], ...]] = ()
    """The fields of a first and a last day, and what the days are of."""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+x",
            "clear",
            "清空",
            show=False,
            id="filter.clear",
            tooltip="清空各项",
            priority=True,
        ),
    ]

    @dataclass
    class Learnt(Message):
        """What can be written in the fields arrived, by field."""

        words: Known

    scrolls = "#body"

    def __init__(self, given: Conditions) -> None:
        super().__init__()
        self._given = given

    @staticmethod
    def known(session: Session) -> Known:
        """Read what can be written in the fields, by field; called in a thread."""
        raise NotImplementedError

    def check(self, field: Field, value: Any) -> None:
        """Raise FieldError for a value the list does not know."""

    def body(self) -> Iterator[Widget]:
        """Give the fields."""
        given = {field.name: _written(getattr(self._given, field.name)) for field in self.FIELDS}
        yield Fields(self.FIELDS, given)

    def on_mount(self) -> None:
        """Start in the first field; learn what the ledger knows."""
        self.query_one(Fields).begin_at(self.query(FieldRow).first())
        read(self, "known", self.known, self.Learnt, "读取可选的名称")

    @on(Learnt)
    def take_known(self, message: Learnt) -> None:
        """Hand them to the fields."""
        message.stop()
        for row in self.query(FieldRow):
            row.take_known(message.words.get(row.field.name, []))

    @on(FieldRow.Changed)
    def calm(self, message: FieldRow.Changed) -> None:
        """Take an earlier sentence away once something is changed."""
        message.stop()
        self.say_error("")

    @on(Input.Submitted)
    def enter(self, message: Input.Submitted) -> None:
        """Enter in a line is as good as the button."""
        message.stop()
        self.action_accept()

    def action_clear(self) -> None:
        """Empty every field."""
        for row in self.query(FieldRow):
            row.clear()

    def action_accept(self) -> None:
        """Check what was written, and narrow the list by it."""
        blank = type(self._given)()
        values: dict[str, Any] = {}
        for row in self.query(FieldRow):
            name = row.field.name
            try:
                value = single(row.field, row.value)
                self.check(row.field, value)
            except FieldError as error:
                self.say_error(error.said)
                row.entry.focus()
                return
            values[name] = value or getattr(blank, name)
        for first, last, what in self.SPANS:
            since, until = values[first], values[last]
            if since and until and since > until:
                self.say_error(f"{what}起日 {since} 晚于止日 {until}。")
                return
        self.dismiss(replace(self._given, **values))


def _written(value: Any) -> object:
    """Give a value as it is written in its field."""
    if isinstance(value, tuple):
        return "、".join(value)
    if value is True:
        return "是"
    return value.isoformat() if isinstance(value, date) else (value or None)
