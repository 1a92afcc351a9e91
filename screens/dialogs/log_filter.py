"""Setting what narrows the log, all of it in one dialog."""

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
from textual.widgets import Input

from screens.dialogs.dialog import Dialog
from screens.dialogs.field_row import FieldRow
from screens.loading import read
from supervise.services.arguments import FieldError, single
from supervise.services.event_log import FIELDS, Sought, op_names
from supervise.services.session import Session
from supervise.services.suggestions import Suggestion, of_units


def _known(session: Session) -> list[Suggestion]:
    return of_units(session)


class LogFilterDialog(Dialog[Sought]):
    """Gives what the log is to be narrowed by; every blank field is no condition."""

    heading = "筛选操作记录"
    sentence = "各项同时满足；空着的不限。Ctrl+X 全部清空。"
    accept_label = "筛选"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "ctrl+x",
            "clear",
            "清空",
            show=False,
            id="log_filter.clear",
            tooltip="清空各项",
            priority=True,
        ),
    ]

    @dataclass
    class Known(Message):
        """The units that can be named arrived."""

        units: list[Suggestion]

    def __init__(self, given: Sought) -> None:
        super().__init__()
        self._given = given

    def body(self) -> Iterator[Widget]:
        """Give the fields."""
        with VerticalScroll(id="body", can_focus=False):
            for field in FIELDS:
                yield FieldRow(field, _written(getattr(self._given, field.name)))

    def on_mount(self) -> None:
        """Start in the first field; learn the units."""
        self.set_focus(self.query(FieldRow).first().entry)
        read(self, "known", _known, self.Known, "读取单位")

    @on(Known)
    def take_known(self, message: Known) -> None:
        """Hand units and operations to their fields."""
        known = {
            "subject": message.units,
            "ops": [Suggestion(name, (name,)) for name in op_names()],
        }
        for row in self.query(FieldRow):
            row.take_known(known.get(row.field.name, []))

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
            if isinstance(row.entry, Input):
                row.entry.value = ""

    def action_accept(self) -> None:
        """Check what was written, and narrow the log by it."""
        values: dict[str, Any] = {"text": self._given.text}
        for row in self.query(FieldRow):
            try:
                value = single(row.field, row.value)
                if row.field.name == "ops" and (strange := set(value or ()) - set(op_names())):
                    raise FieldError(row.field, f"：没有“{min(strange)}”这种操作。")
            except FieldError as error:
                self.say_error(error.message)
                row.entry.focus()
                return
            if value:
                values[row.field.name] = value
        since, until = values.get("since"), values.get("until")
        if since and until and since > until:
            self.say_error(f"起日 {since} 晚于止日 {until}。")
            return
        self.dismiss(Sought(**values))


def _written(value: Any) -> object:
    if isinstance(value, tuple):
        return "、".join(value)
    return value.isoformat() if isinstance(value, date) else (value or None)
