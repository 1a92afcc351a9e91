"""What becomes of each of many issues: seen beforehand, done on a word, kept as a list."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Button, ProgressBar, Static

from screens.dialogs.dialog import Dialog, DialogButton
from screens.dialogs.save import SaveDialog
from screens.loading import Failed
from screens.progress import LongWork, Progressed, Tell
from screens.widgets.columns import Cell, Column, Record, field, folded, one_line
from screens.widgets.record_list import RecordList
from screens.wording import on_screen
from supervise.services import bulk
from supervise.services.registry import Operation
from supervise.services.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from supervise.reports.document import Document


_VERDICTS = {
    (False, True): "可办",
    (False, False): "不能",
    (True, True): "已办",
    (True, False): "未办",
}


def _toned(name: str) -> Callable[[Record], Cell]:
    return lambda record: Cell(str(record[name]), "" if record["fits"] else "warn")


COLUMNS = (
    Column("编号", field("code"), 12),
    Column("", _toned("verdict"), 4),
    Column("结果", _toned("words"), 40, grows=True),
    Column("责任单位", field("unit", "muted"), 12, spare=2),
    Column("事项", field("title", "muted"), 16, spare=3),
)


def _rows(outcomes: Iterable[bulk.Outcome], *, done: bool) -> tuple[Record, ...]:
    """Make the rows of the list; called in a thread, for there may be very many."""
    return tuple(
        {
            "code": one.code,
            "title": one.title,
            "unit": one.unit,
            "words": on_screen(one.words, {}),
            "fits": one.fits,
            "verdict": _VERDICTS[done, one.fits],
        }
        for one in outcomes
    )


class OutcomesDialog(Dialog[int]):
    """Three states: looking ahead, asking whether to do it, done. Gives how many were done."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f9,ctrl+e", "export", "导出", id="many.export", tooltip="把办理结果存成文件"),
    ]
    accept_label = "办理"

    @dataclass
    class Seen(Message):
        """What would become of each arrived, and as the rows of the list."""

        plan: bulk.Plan
        rows: tuple[Record, ...]

    @dataclass
    class Finished(Message):
        """It was carried out; `rows` are those of the list."""

        done: bulk.Done
        rows: tuple[Record, ...]

    def __init__(self, op: Operation, codes: Sequence[str], values: Mapping[str, Any]) -> None:
        super().__init__()
        self.heading, self.sentence = f"批量{op.title}", f"正在逐件试办 {len(codes):,} 件……"
        self._op, self._codes, self._values = op, codes, values
        self._plan: bulk.Plan | None = None
        self._done: bulk.Done | None = None
        self._work = LongWork(self)
        self._busy = self._writing = False

    def body(self) -> Iterator[Widget]:
        """Give the bar, the issues, and in full what becomes of the one under the cursor."""
        yield ProgressBar(show_eta=False, id="bar")
        yield RecordList(COLUMNS, title=self._op.title, id="outcomes")
        yield Static("", id="whole", markup=False)

    # Looking ahead.

    def on_mount(self) -> None:
        """Try each issue, writing nothing."""
        self.query_one("#outcomes").focus()
        self._look()

    def _look(self) -> None:
        op, codes, values = self._op.name, self._codes, self._values

        def task(session: Session, tell: Tell) -> bulk.Plan:
            return bulk.preview(session, op, codes, values, tell)

        self._set_busy(True)
        self._work.start(task, self._seen, "逐件试办", write=False)

    def _seen(self, plan: bulk.Plan) -> Message:
        return self.Seen(plan, _rows((*plan.refused, *plan.fitting), done=False))

    @on(Progressed)
    def advance(self, message: Progressed) -> None:
        """Move the bar."""
        message.stop()
        self.query_one(ProgressBar).update(total=message.total, progress=message.done)
        self._say(f"正在{message.phase} {message.done:,} / {message.total:,} 件，按 Esc 停下。")

    @on(Seen)
    def take_plan(self, message: Seen) -> None:
        """Show what would become of each, those refused first, and ask whether to do it."""
        message.stop()
        self._plan = plan = message.plan
        self._set_busy(False)
        self._show(message.rows)
        fits, refused = len(plan.fitting), len(plan.refused)
        if not fits:
            self._say(f"已选的 {refused:,} 件都不能{self._op.title}，原因见各件。")
            self.query_one("#accept", Button).disabled = True
        elif refused:
            self._say(f"可办 {fits:,} 件，不能办 {refused:,} 件（排在前面，不会办）。")
            self.relabel(f"办理其余 {fits:,} 件")
        else:
            self._say(f"{fits:,} 件都可办。现在还没有办，确定后一次办完。")
            self.relabel(f"办理 {fits:,} 件")

    def _show(self, rows: Sequence[Record]) -> None:
        outcomes = self.query_one("#outcomes", RecordList)
        outcomes.show(rows)
        outcomes.styles.height = min(len(rows) + 2, self.app.size.height // 2)
        outcomes.cursor = 0

    @on(RecordList.Highlighted)
    def tell_whole(self, message: RecordList.Highlighted) -> None:
        """Tell in full what becomes of the issue under the cursor."""
        message.stop()
        record = message.record
        words = "" if record is None else f"{record['code']} {record['title']}：{record['words']}"
        self._write("#whole", one_line(words))

    # Doing it.

    def action_accept(self) -> None:
        """Carry out what was shown; once done, close."""
        if self._done is not None:
            self.action_cancel()
        elif self._plan is not None and self._plan.fitting and not self._busy:
            self._carry_out(self._plan)

    def _carry_out(self, plan: bulk.Plan) -> None:
        def task(session: Session, tell: Tell) -> bulk.Done:
            return bulk.carry_out(session, plan, skip_refused=True, progress=tell)

        self._writing = True
        self._set_busy(True)
        self._say("正在办理……按 Esc 停下。")
        self._work.start(task, self._finished, "批量办理", write=True)

    def _finished(self, done: bulk.Done) -> Message:
        plan = done.plan
        return self.Finished(done, _rows((*plan.fitting, *plan.refused), done=True))

    @on(Finished)
    def take_done(self, message: Finished) -> None:
        """Tell what was done, and how it can be taken back."""
        message.stop()
        self._done = done = message.done
        plan = done.plan
        self._set_busy(False)
        self._show(message.rows)
        left = f"，没有办 {len(plan.refused):,} 件" if plan.refused else ""
        back = bulk.taking_back(self._op)
        self._say(f"已{self._op.title} {len(plan.fitting):,} 件{left}。按 F9 导出结果。{back}")
        self.relabel("完成")
        self.query_one("#cancel").display = False
        export = DialogButton(Content("导出 F9"), id="export", compact=True)
        self.query_one("#buttons").mount(export, before="#accept")

    @on(Failed)
    def failed(self, message: Failed) -> None:
        """Say why nothing was done; after a change by others everything is looked at again."""
        message.stop()
        self._set_busy(False)
        if self._writing:
            self._writing = False
            self._look()
        self.say_error(message.sentence)

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.query_one("#bar").display = busy
        self.query_one("#accept", Button).disabled = busy

    def _say(self, sentence: str) -> None:
        self._write("#says", sentence)

    def _write(self, where: str, sentence: str) -> None:
        """Break a sentence between any two characters: a run of Chinese has no blanks."""
        line = self.query_one(where, Static)
        line.update(Content("\n".join(folded(sentence, max(line.size.width, 20)))))

    def action_cancel(self) -> None:
        """Stop what is under way; else close, saying how many were done."""
        if self._busy:
            self._work.stop()
            if not self._writing:
                self.dismiss(None)
            return
        self.dismiss(len(self._done.plan.fitting) if self._done is not None else None)

    # Keeping it.

    @on(Button.Pressed, "#export")
    def pressed_export(self, message: Button.Pressed) -> None:
        """Save the result as a file."""
        message.stop()
        message.prevent_default()
        self.action_export()

    def action_export(self) -> None:
        """Save the result as a file."""
        if self._done is None:
            self.say_error("办完以后才能导出结果。")
            return
        name = f"批量{self._op.title}结果-{self._done.on}.xlsx"
        self.app.push_screen(SaveDialog("导出办理结果", name, self._document), self._saved)

    def _document(self, session: Session) -> Document:
        from supervise.reports.many import many_document
        from supervise.services.ledger import is_demo

        assert self._done is not None
        return many_document(self._done, demo=is_demo(session))

    def _saved(self, path: Path | None) -> None:
        if path is not None:
            self.notify(f"已导出 {path}。", markup=False)
