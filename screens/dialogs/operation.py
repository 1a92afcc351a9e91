"""A dialog made from an operation of the registry: what it needs is asked, checked and done.

The dialog carries the operation out itself, so that a refusal is read beside what was typed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Button, Input

from screens.dialogs.confirm import Confirm
from screens.dialogs.dialog import Dialog
from screens.dialogs.field_row import FieldRow
from screens.dialogs.fields import Fields
from screens.loading import Failed, Written, read, write
from supervise.errors import SuperviseError
from supervise.services.arguments import FieldError, typed
from supervise.services.changes import head
from supervise.services.registry import Field, Operation
from supervise.services.session import Session
from supervise.services.suggestions import Suggestion, for_fields, of_units

if TYPE_CHECKING:
    from supervise.domain.calendar import Calendar

# What can be written in the fields, by their names.
Words = Mapping[str, Sequence[Suggestion]]
# What can't be taken back is asked once more, in these words.
IRREVERSIBLE = {
    "notice.issue": "签发后名单和正文不能再改，只能逐条更正或撤回。",
    "notice.withdraw": "撤回后这份通报自始无效，据此推算的约谈和说明一并失效。",
    "issue.redact": "诉求人信息抹去后无法找回。",
}
# A step takes a moment; one that takes longer waits for another program to finish writing.
SLOW = 0.7
WAITING = "正在写入，台账可能正被另一个程序占用；请稍候，写完或不能写都会说明。"


def _known(op: Operation, session: Session) -> tuple[Words, Calendar, int]:
    words = for_fields(session, op)
    kinds = {"unit", "units"}
    named = [field.name for field in op.fields if field.kind in kinds]
    if named:
        words |= dict.fromkeys(named, of_units(session))
    return words, session.calendar, head(session)


class OperationDialog(Dialog[Written]):
    """Asks for the fields of an operation; gives what was written, or nothing.

    `fixed` are values that are not asked for; `given` stand in the fields to begin with. `seen` is
    the newest event of the record that the user knows of: where there are newer ones the refusal
    tells of them, what was typed stays, and to go on all the same is asked for once more.
    """

    scrolls = "#body"

    @dataclass
    class Known(Message):
        """What can be named in the fields, the working days, the newest event, arrived."""

        words: Words
        calendar: Calendar
        newest: int

    def __init__(
        self,
        op: Operation,
        sentence: str = "",
        fixed: Mapping[str, object] | None = None,
        given: Mapping[str, object] | None = None,
        seen: int | None = None,
    ) -> None:
        super().__init__()
        self._seen = seen
        self.heading, self.sentence = op.title, sentence or op.help
        self.op, self._fixed, self._given = op, dict(fixed or {}), dict(given or {})
        self._busy = False
        self._writing: Timer | None = None

    @property
    def fields(self) -> tuple[Field, ...]:
        """The fields asked for: the operation's own, then those every operation has."""
        names = {field.name for field in self.op.fields}
        return tuple(
            field
            for field in self.op.entered
            if field.name not in self._fixed
            # A code may be written into the unit's own field.
            and not (field.name == "unit_id" and "unit" in names and self.op.name != "unit.add")
        )

    def body(self) -> Iterator[Widget]:
        """Give the fields."""
        yield Fields(self.fields, self._given)

    def on_mount(self) -> None:
        """Start in the first field that must be filled in; learn the units."""
        rows = list(self.query(FieldRow))
        empty = [row for row in rows if row.field.required and not row.value]
        self.query_one(Fields).begin_at((empty or rows)[0])
        task = partial(_known, self.op)
        read(self, "known", task, lambda found: self.Known(*found), "读取单位和工作日历")

    @on(Known)
    def take_known(self, message: Known) -> None:
        """Hand the words to the fields that take them, the calendar to the dates."""
        for row in self.query(FieldRow):
            row.take_known(message.words.get(row.field.name, ()))
            row.take_calendar(message.calendar)
        # Where the page does not know how new it is, what happens from now on is told of.
        if self._seen is None:
            self._seen = message.newest

    @on(FieldRow.Changed)
    def calm(self) -> None:
        """Take an earlier refusal away once something is changed."""
        self.say_error("")

    @on(Input.Submitted)
    def enter(self, message: Input.Submitted) -> None:
        """Enter in a line is as good as the button."""
        message.stop()
        self.action_accept()

    def _raw(self) -> dict[str, object]:
        return {**self._fixed, **{row.field.name: row.value for row in self.query(FieldRow)}}

    def action_accept(self) -> None:
        """Check what was typed, and carry the operation out."""
        if self._busy:
            return
        try:
            values = typed(self.op, self._raw())
        except FieldError as error:
            self.say_error(error.said)
            self._go_to(error.column)
        except SuperviseError as error:
            self.say_error(error.message)
        else:
            self._ask_or_write(values)

    def _ask_or_write(self, values: dict[str, Any]) -> None:
        warning = IRREVERSIBLE.get(self.op.name)
        if warning is None:
            self._write(values)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._write(values)

        self.app.push_screen(Confirm(self.op.title, f"{self.sentence} {warning}"), answered)

    def _write(self, values: dict[str, Any]) -> None:
        self._set_busy(True)
        self._writing = self.set_timer(SLOW, lambda: self.say_error(WAITING))
        write(self, self.op.name, values, seen=self._seen)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.query_one("#accept", Button).disabled = busy
        if self._writing is not None and not busy:
            self._writing.stop()
            self._writing = None

    def action_cancel(self) -> None:
        """Leave without an answer; not while the ledger is written: what came of it is told."""
        if self._writing is not None:
            self.say_error(WAITING)
        else:
            super().action_cancel()

    def _go_to(self, label: str) -> None:
        for row in self.query(FieldRow):
            if row.field.label == label:
                row.entry.focus()
                return

    @on(Failed)
    def refused(self, message: Failed) -> None:
        """Show the refusal beside what was typed."""
        message.stop()
        self._set_busy(False)
        self.say_error(message.sentence)
        if message.newest is not None:
            self._seen = message.newest
            self.relabel("仍要办理")

    @on(Written)
    def written(self, message: Written) -> None:
        """Go back with what was written."""
        message.stop()
        self.dismiss(message)
