"""Setting what narrows a list of issues, all of it in one dialog."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input, Select

from screens.dialogs.dialog import Dialog
from screens.dialogs.field_row import FieldRow
from screens.loading import read
from supervise.services.arguments import FieldError, single
from supervise.services.narrowing import FIELDS, NOTHING, Narrowing
from supervise.services.session import Session
from supervise.services.suggestions import Suggestion, for_filters


class NarrowDialog(Dialog[Narrowing]):
    """Gives what the list is to be narrowed by; every blank field is no condition."""

    heading = "筛选"
    sentence = "各项同时满足；空着的不限。按 ↓ 列出可填的，Ctrl+X 全部清空。"
    accept_label = "筛选"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+x",
            "clear",
            "清空",
            show=False,
            id="narrow.clear",
            tooltip="清空各项",
            priority=True,
        ),
    ]

    @dataclass
    class Known(Message):
        """What can be written in the fields arrived, by field."""

        words: dict[str, list[Suggestion]]

    def __init__(self, given: Narrowing) -> None:
        super().__init__()
        self._given = given

    def body(self) -> Iterator[Widget]:
        """Give the fields."""
        with VerticalScroll(id="body", can_focus=False):
            for field in FIELDS:
                yield FieldRow(field, _written(getattr(self._given, field.name)))

    def on_mount(self) -> None:
        """Start in the first field; learn what the ledger knows."""
        self.set_focus(self.query(FieldRow).first().entry)
        read(self, "known", _known, self.Known, "读取可选的单位、类别和来源")

    @on(Known)
    def take_known(self, message: Known) -> None:
        """Hand them to the fields."""
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
            entry = row.entry
            if isinstance(entry, Input):
                entry.value = ""
            elif isinstance(entry, Select):
                entry.clear()

    def action_accept(self) -> None:
        """Check what was written, and narrow the list by it."""
        values: dict[str, Any] = {}
        for row in self.query(FieldRow):
            try:
                value = single(row.field, row.value)
            except FieldError as error:
                self.say_error(error.message)
                row.entry.focus()
                return
            if value:
                is_flag = isinstance(getattr(NOTHING, row.field.name), bool)
                values[row.field.name] = True if is_flag else value
        problem = _contradiction(values)
        if problem:
            self.say_error(problem)
            return
        self.dismiss(Narrowing(**{**_blank(), **values}))


def _blank() -> dict[str, Any]:
    return {field.name: getattr(NOTHING, field.name) for field in FIELDS}


def _known(session: Session) -> dict[str, list[Suggestion]]:
    return for_filters(session)


def _written(value: Any) -> object:
    """Give a value as it is written in its field."""
    if isinstance(value, tuple):
        return "、".join(value)
    if value is True:
        return "是"
    return value.isoformat() if isinstance(value, date) else (value or None)


def _contradiction(values: dict[str, Any]) -> str:
    """Say which two days no issue can lie between."""
    for first, last, what in (("due_from", "due_to", "限期"), ("found_from", "found_to", "发现")):
        if values.get(first) and values.get(last) and values[first] > values[last]:
            return f"{what}的起日 {values[first]} 晚于止日 {values[last]}。"
    return ""
