"""导出: choose a paper or a list, a format and a place; it is written in a thread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, Input, OptionList, Select, Static

from screens.dialogs.confirm import Confirm
from screens.dialogs.dialog import Dialog, DialogButton
from screens.dialogs.export_work import Judged, Progress, judge_all, make
from screens.dialogs.save import FOLDER
from screens.exporting import Done, Export
from screens.loading import Failed, read
from screens.loading import Written as Reviewed
from screens.told import told
from screens.widgets.columns import fitted, one_line, shorten
from screens.widgets.entry import Entry
from screens.wording import on_screen
from supervise.services.registry import OPERATIONS

# Cells: a title, what stands around the words.
_TITLE, _AROUND = 22, 11
_READING = "台账以只读方式打开，不能办理。"


class ExportDialog(Dialog[str]):
    """Gives the sentence that says what was written, or nothing."""

    frame, scrolls, besides = 96, "#exports", 5
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f6", "review", "保密审查", id="export.review", tooltip="记录公开前的保密审查"),
    ]
    heading = "导出"
    sentence = "选文书或清单，定格式和位置；文书存到文件夹的，一份一个文件。"
    accept_label = "导出"

    @dataclass
    class Written(Message):
        """The files were written; None: something is there already and was left as it is."""

        done: Done | None
        there: str = ""

    def __init__(self, exports: Sequence[Export]) -> None:
        super().__init__()
        self._exports = tuple(exports)
        self._chosen = self._exports[0]
        self._named = ""
        self._reasons: dict[int, str] = {}
        self._scopes = {place: one.scope for place, one in enumerate(self._exports) if one.scope}

    def body(self) -> Iterator[Widget]:
        """Give what can be exported, the format and the path."""
        yield OptionList(*map(self._line, range(len(self._exports))), id="exports", compact=True)
        yield Static("", id="told", markup=False)
        with Horizontal(classes="line"):
            yield Static("格式", classes="label")
            yield Select(
                _formats(self._chosen), value=self._chosen.endings[0], allow_blank=False,
                id="format", compact=True,
            )  # fmt: skip
        with Horizontal(classes="line"):
            yield Static("存到", classes="label")
            yield Entry(id="path", compact=True)

    def _line(self, place: int) -> Content:
        """Draw one of them; greyed with the reason where it can't be made."""
        one, reason = self._exports[place], self._reasons.get(place, "")
        room = min(self.app.size.width, self.frame) - _AROUND - _TITLE
        said = shorten(one_line(reason or self._meant(one.about)), room)
        tone = "$muted" if reason else "$foreground"
        return Content.assemble((fitted(one.title, _TITLE), tone), "  ", (said, "$muted"))

    def on_mount(self) -> None:
        """Start on the first; find out which papers can be made."""
        review = DialogButton(Content("保密审查 F6"), id="review", compact=True)
        self.query_one("#buttons").mount(review, before="#accept")
        options = self.query_one(OptionList)
        options.highlighted = 0
        options.focus()
        self._suggest()
        self._describe()
        self._judge()

    # Which can be made, and why the others can't.

    def _judge(self) -> None:
        task = partial(judge_all, self, self._exports)
        read(self, "judging", task, Judged, "查看能出哪些文书")

    @on(Judged)
    def take_judgement(self, message: Judged) -> None:
        """Grey a paper that can't be made, or take the grey away."""
        message.stop()
        place, reason = message.place, self._meant(message.why_not)
        if message.scope:
            self._scopes[place] = message.scope
        if place < 0 or reason == self._reasons.get(place, ""):
            return
        self._reasons[place] = reason
        self.query_one("#exports", OptionList).replace_option_prompt_at_index(
            place, self._line(place)
        )
        self._describe()

    def _meant(self, sentence: str) -> str:
        return on_screen(sentence, getattr(self.app, "keymap", {}))

    @property
    def _place(self) -> int:
        return self.query_one("#exports", OptionList).highlighted or 0

    def _describe(self) -> None:
        """Say in full what is chosen, or why it can't be made."""
        place = self._place
        reason = self._reasons.get(place, "")
        told = self.query_one("#told", Static)
        told.update(Content(one_line(reason or self._meant(self._exports[place].about))))
        told.set_class(bool(reason), "-refused")
        self.query_one("#review").display = place in self._scopes and not self._reading

    @property
    def _reading(self) -> bool:
        return bool(getattr(self.app, "read_only", False))

    # What must be reviewed before it becomes public.

    @on(Button.Pressed, "#review")
    def pressed_review(self, message: Button.Pressed) -> None:
        """Record the review."""
        message.stop()
        message.prevent_default()
        self.action_review()

    def action_review(self) -> None:
        """Record the review that the chosen paper needs."""
        scope = self._scopes.get(self._place)
        if scope is None or self._reading:
            self.say_error(_READING if self._reading else "所选的不需要保密审查。")
            return
        from screens.dialogs.operation import OperationDialog

        words = f"{scope}：用“保密审查表”送审以后，在这里记下结论；文字有改动的要重新审查。"
        op = OPERATIONS["clearance.record"]
        self.app.push_screen(OperationDialog(op, words, {"scope": scope}), self._reviewed)

    def _reviewed(self, written: Reviewed | None) -> None:
        if written is None:
            return
        self.app.notify(told(written), markup=False)
        self._judge()

    @property
    def _preferences(self) -> dict[str, Any]:
        found: dict[str, Any] = getattr(self.app, "preferences", {})
        return found

    @property
    def _path(self) -> Input:
        return self.query_one("#path", Input)

    @property
    def _ending(self) -> str:
        return str(self.query_one("#format", Select).value)

    def _suggest(self) -> None:
        """Name the file after what is exported, unless its name was changed by hand."""
        said = self._path.value
        if said and said != self._named:
            path = Path(said)
            self._named = str(path.with_suffix(self._ending)) if path.suffix else said
        else:
            folder = Path(str(self._preferences.get(FOLDER) or Path.home()))
            self._named = str(folder / f"{self._chosen.stem}{self._ending}")
        self._path.value = self._named

    @on(OptionList.OptionHighlighted, "#exports")
    def choose(self, message: OptionList.OptionHighlighted) -> None:
        """Offer the formats of what is under the mark, and a name for it."""
        message.stop()
        chosen, before = self._exports[message.option_index], self._chosen
        self.say_error("")
        if chosen is before:
            return
        self._chosen = chosen
        self._describe()
        if chosen.endings != before.endings:
            with self.prevent(Select.Changed):
                formats = self.query_one("#format", Select)
                formats.set_options(_formats(chosen))
                formats.value = chosen.endings[0]
        self._path.value = ""
        self._suggest()

    @on(OptionList.OptionSelected, "#exports")
    def to_path(self, message: OptionList.OptionSelected) -> None:
        """Go on to the path."""
        message.stop()
        self._path.focus()

    @on(Select.Changed, "#format")
    def rename(self, message: Select.Changed) -> None:
        """Let the name end as the format says."""
        message.stop()
        self._suggest()

    @on(Input.Submitted)
    def enter(self, message: Input.Submitted) -> None:
        """Enter in the path is as good as the button."""
        message.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Write it, if it can be made."""
        if reason := self._reasons.get(self._place):
            self.say_error(reason)
            return
        self._write(force=False)

    def _write(self, *, force: bool) -> None:
        text = self._path.value.strip()
        if not text:
            self.say_error("请写明存到哪里。")
            return
        path = Path(text).expanduser()
        if not path.suffix and not self._chosen.many:
            path = path.with_suffix(self._ending)
        self.say_error("")
        self._say("正在导出……")
        task = partial(make, self, self._chosen, path, self._ending, force)
        read(self, "export", task, lambda found: self.Written(*found), "导出")

    @on(Progress)
    def tell(self, message: Progress) -> None:
        """Say how far it is."""
        message.stop()
        words = f"正在导出 {message.done:,} / {message.total:,} {self._chosen.measure}"
        self._say(words)

    def _say(self, words: str) -> None:
        self.query_one("#told", Static).update(Content(words))

    @on(Written)
    def written(self, message: Written) -> None:
        """Go back with what was written; ask first where something is there already."""
        message.stop()
        if message.done is None:
            self._describe()

            def answered(yes: bool | None) -> None:
                if yes:
                    self._write(force=True)

            self.app.push_screen(
                Confirm("覆盖", f"{message.there.partition('。')[0]}。要覆盖吗？", "覆盖"), answered
            )
            return
        remember = getattr(self.app, "remember", None)
        if remember is not None and message.done.files:
            remember(**{FOLDER: str(message.done.files[0].absolute().parent)})
        self.dismiss(self._told(message.done))

    def _told(self, done: Done) -> str:
        one = self._chosen
        where = done.files[0] if len(done.files) == 1 else done.files[0].parent
        gaps = f"，有 {done.missing} 处待填" if done.missing else ""
        return f"已导出 {one.title} {done.count:,} {one.measure}到 {where}{gaps}。"

    @on(Failed)
    def refused(self, message: Failed) -> None:
        """Show why it can't be written."""
        message.stop()
        self._describe()
        self.say_error(message.sentence)


def _formats(one: Export) -> list[tuple[str, str]]:
    return [(ending, ending) for ending in one.endings]
