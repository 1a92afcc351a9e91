"""The dialog of a step whose consequences are shown while it is filled in, and once more before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.dialogs.confirm import Confirm
from screens.dialogs.dialog import Dialog
from screens.dialogs.field_row import FieldRow
from screens.dialogs.fields import Fields
from screens.dialogs.operation import IRREVERSIBLE, OperationDialog
from screens.loading import read
from screens.resting import Rest
from screens.widgets.columns import folded_parts, one_line
from supervise.domain.before_issue import VERDICTS, Check
from supervise.services.arguments import FieldError, single
from supervise.services.registry import Operation
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.services.notice_preview import Preview

# Given what was typed so far, the task that looks at it.
Look = Callable[[Mapping[str, Any]], Callable[[Session], "Preview"]]
TONES = {"ok": "$success", "warn": "$warning", "refuse": "$error"}
# How long the hand must rest before what was typed is looked at, in seconds.
_REST = 0.15
_ORDER = ("refuse", "warn", "ok")


def check_lines(checks: tuple[Check, ...]) -> Iterator[tuple[str, str]]:
    """Draw checks, the gravest first: verdict, name, what was found."""
    for check in sorted(checks, key=lambda one: _ORDER.index(one.verdict)):
        yield f"【{VERDICTS[check.verdict]}】", f"{TONES[check.verdict]} bold"
        yield f"{one_line(check.name)}：", "bold"
        yield f"{one_line(''.join(check.says))}\n", "$muted" if check.verdict == "ok" else ""


def preview_content(preview: Preview, room: int, *, record: bool = True) -> Content:
    """Draw what will stand on record, what was checked, and what follows; lines of `room` cells."""
    parts: list[tuple[str, str]] = []
    for label, value in preview.record if record else ():
        parts += [(f"{one_line(label)}：", "$muted"), (f"{one_line(value)}\n", "bold")]
    if preview.checks:
        parts += [("检查\n", "$primary bold"), *check_lines(preview.checks)]
    if preview.follows:
        parts.append(("随之发生\n", "$primary bold"))
        parts += [(f"{one_line(said)}\n", "") for said in preview.follows]
    return Content.assemble(*folded_parts(parts, room)).rstrip()


def _paging() -> list[BindingType]:
    """Give the keys that scroll a dialog's body, wherever its focus is."""
    return [
        Binding("pageup", "page(-1)", "上翻", show=False, id="dialog.pageup", tooltip="上翻"),
        Binding("pagedown", "page(1)", "下翻", show=False, id="dialog.pagedown", tooltip="下翻"),
    ]


def _page(dialog: Dialog[Any], step: int) -> None:
    body = dialog.query_one("#body", VerticalScroll)
    body.scroll_relative(y=step * max(body.size.height - 1, 1), animate=False)


class Spelled(Confirm):
    """Yes or no, under everything that the answer means; the safe answer has the focus."""

    BINDINGS: ClassVar[list[BindingType]] = _paging()

    scrolls = "#body"

    def __init__(self, heading: str, sentence: str, content: Content) -> None:
        super().__init__(heading, sentence, heading)
        self._content = content

    def body(self) -> Iterator[Widget]:
        """Give what the answer means."""
        yield VerticalScroll(Static(self._content), id="body", can_focus=False)

    def action_page(self, step: int) -> None:
        """Scroll what is spelled out."""
        _page(self, step)


class PreviewedDialog(OperationDialog):
    """Asks for the fields of a step and shows at once what it would do; confirmed in full."""

    BINDINGS: ClassVar[list[BindingType]] = _paging()

    @dataclass
    class Looked(Message):
        """What was typed was looked at; `values` are those to carry out, if it was accepted."""

        preview: Preview
        values: Mapping[str, Any] | None = None

    def __init__(
        self,
        op: Operation,
        sentence: str,
        fixed: Mapping[str, object],
        given: Mapping[str, object],
        look: Look,
        seen: int | None = None,
    ) -> None:
        super().__init__(op, f"{sentence}{IRREVERSIBLE.get(op.name, '')}", fixed, given, seen)
        self._look_at = look
        self._rest = Rest(self, lambda: self._look(self._typed()), _REST)

    def body(self) -> Iterator[Widget]:
        """Give the fields, and below them what would happen."""
        yield Fields(self.fields, self._given, Static("", id="preview"))

    def on_mount(self) -> None:
        """Look at the step as it stands."""
        self._look(self._typed())

    def action_page(self, step: int) -> None:
        """Scroll the fields and what would happen."""
        _page(self, step)

    def _typed(self) -> dict[str, Any]:
        """Give what was typed so far, without what can't be understood."""
        values: dict[str, Any] = dict(self._fixed)
        for row in self.query(FieldRow):
            try:
                value = single(row.field, row.value)
            except FieldError:
                continue
            if value is not None:
                values[row.field.name] = value
        return values

    def _look(self, values: Mapping[str, Any], *, accepted: bool = False) -> None:
        task = self._look_at(values)
        done, group = (values, "accepted") if accepted else (None, "preview")
        read(self, group, task, lambda found: self.Looked(found, done), "查看后果")

    @on(FieldRow.Changed)
    def look_again(self) -> None:
        """Look again once the hand comes to rest."""
        self._rest.again()

    def _ask_or_write(self, values: dict[str, Any]) -> None:
        self._set_busy(True)
        self._look({**self._fixed, **values}, accepted=True)

    @on(Looked)
    def show(self, message: Looked) -> None:
        """Show what would happen; if it was accepted, ask once more with all of it spelled out."""
        message.stop()
        preview, values = message.preview, message.values
        line, content = (
            self.query_one("#preview", Static),
            preview_content(preview, self.room - 1, record=False),
        )
        if line.content != content:
            line.update(content)
        if values is None:
            return
        self._set_busy(False)
        if preview.refusal:
            self.say_error(f"不能{self.op.title}：{preview.refusal}")
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._write(dict(values))

        spelled = preview if preview.record else replace(preview, record=self._answers())
        content = preview_content(spelled, self.room - 1)
        self.app.push_screen(Spelled(self.op.title, self.sentence, content), answered)

    def _answers(self) -> tuple[tuple[str, str], ...]:
        """Give what was filled in, field by field."""
        rows = self.query(FieldRow)
        return tuple((row.field.label, str(row.value)) for row in rows if row.value)
