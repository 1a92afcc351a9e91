"""任务: the actions and lights, the tasks of one, and all that is known of the chosen task."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import TASKS, bindings
from screens.filtered import FilteredPage
from screens.loading import Written, carry_out, read
from screens.page import READ_ONLY
from screens.task_parts import (
    ALL,
    COLUMNS,
    SHEET_COLUMNS,
    filter_title,
    filters,
    numbers,
    rows,
    sheet,
)
from screens.widgets.columns import Record, one_line
from screens.widgets.counts import Counts
from screens.widgets.record_list import RecordList
from supervise.services.registry import OPERATIONS, Operation
from supervise.services.session import Session
from supervise.services.task_choices import of_task

# Where the step's name is no verb, the words that say it was done.
_DONE = {"task.done": "已记完成", "task.progress": "已记进展"}
_EMPTY = "还没有任务：Ctrl+A 登记，或 Ctrl+D 导入样例（45 项，征求意见稿）"


def _listing(session: Session) -> list[dict[str, Any]]:
    from supervise.services import task_records

    return task_records.listing(session)


def _shown(code: str, session: Session) -> dict[str, Any]:
    from supervise.services import task_records

    return task_records.shown(session, code)


class TasksScreen(FilteredPage):
    """Filters, the list, and the chosen task; on a narrow terminal one at a time."""

    SCOPE = AREA = LIST = "tasks"
    HEADING = "任务"
    CSS_PATH = "tasks.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(TASKS)
    AUTO_FOCUS = "#tasks"

    @dataclass
    class Loaded(Message):
        """The tasks arrived."""

        tasks: list[dict[str, Any]]

    @dataclass
    class Read(Message):
        """A task was read in full."""

        task: dict[str, Any]

    @dataclass
    class Imported(Message):
        """The sample was entered."""

        record: dict[str, Any]

    def __init__(self) -> None:
        super().__init__(ALL)
        self._tasks: list[dict[str, Any]] = []
        self._chosen: dict[str, Any] | None = None

    def panes(self) -> Iterable[Widget]:
        """Give the filters, the list and the task."""
        yield Counts(filters(()), title="行动与灯", id="filters")
        with Container(id="work"):
            yield RecordList(COLUMNS, key="task", measure="项", empty="没有这样的任务", id="tasks")
            with Vertical(id="right"):
                yield RecordList(
                    SHEET_COLUMNS, key="key", measure="行", empty="没有选中任务", id="sheet"
                )
                yield Static("", id="whole")

    # The list.

    def reload(self) -> None:
        """Read the tasks again, and the chosen one."""
        read(self, "tasks", _listing, self.Loaded, "读取任务")
        self.read_chosen()

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the tasks."""
        self._tasks = message.tasks
        counts = self.query_one(Counts)
        counts.fill(filters(message.tasks))
        counts.show(numbers(message.tasks))
        counts.choose(self._filter)
        self.show_list()

    def show_list(self) -> None:
        """Show the tasks that fit the filter."""
        self.chosen_from.retitle(filter_title(self._filter) if self._tasks else "")
        self.chosen_from.when_empty("没有这样的任务" if self._tasks else _EMPTY)
        self.chosen_from.show(rows(self._tasks, self._filter))
        if self._wanted and self._tasks:
            self.chosen_from.go_to(self._wanted)
            self._wanted = ""

    def open(self, key: str) -> None:
        """Show the tasks of a light (`light:red`), or one task (`task:CODE`)."""
        kind, _, rest = key.partition(":")
        self._filter = rest if kind == "light" else ALL
        self._wanted = rest if kind == "task" else ""
        self.query_one(Counts).choose(self._filter)
        self.show_list()
        if kind == "task":
            self.to_sheet()
        else:
            self.to_list()

    # The task.

    def read_chosen(self) -> None:
        """Read the task under the cursor."""
        record = self.chosen_from.record
        if record is None:
            self._show(None)
        else:
            read(self, "task", partial(_shown, record["task"]), self.Read, "读取任务")

    @on(Read)
    def take_task(self, message: Read) -> None:
        """Show the task."""
        self._show(message.task)

    def _show(self, task: dict[str, Any] | None) -> None:
        self._chosen = task
        self.lines.retitle(one_line(f"{task['task']} {task['title']}") if task else "")
        self.lines.show(sheet(task) if task else ())

    @on(RecordList.Highlighted, "#sheet")
    def show_whole(self, message: RecordList.Highlighted) -> None:
        """Show a line in full, however long it is."""
        words = one_line(message.record["words"]) if message.record else ""
        self.query_one("#whole", Static).update(Content(words))

    @on(RecordList.Selected, "#sheet")
    def act_on_line(self, message: RecordList.Selected) -> None:
        """Report a figure of the target a line is about, or finish its step."""
        line = message.record
        if line is not None and (line["target"] or line["step"]):
            self.action_operate("task.measure" if line["target"] else "task.done")

    def filter_words(self) -> str:
        """Give the filter that is on in words."""
        return filter_title(self._filter)

    def named(self, record: Record) -> str:
        """Give the task's number."""
        return f"任务 {record['task']}"

    # What can be done.

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action in {"act", "sample"} and self.board.read_only:
            return READ_ONLY
        if action == "sample" and self._tasks:
            return "已有任务，不再导入样例；要对照导入请用 supervise task import --sample。"
        return None

    def why_not_do(self, op: str) -> str | None:
        """Say why an operation on the task can't be done now."""
        steps = of_task(self.chosen_from.record)
        return next((one.why_not for one in steps if one.op.name == op), None)

    def action_act(self) -> None:
        """Choose what to do with the task."""
        record = self.chosen_from.record
        title = f"{record['task']} {record['title']}" if record else "任务"
        self.choose(one_line(title), of_task(record), partial(self._ask_about, record))

    def ask(self, op: Operation) -> None:
        """Ask for what an operation on the chosen task needs."""
        self._ask_about(self.chosen_from.record, op)

    def _ask_about(self, record: Record | None, op: Operation) -> None:
        if op.verb == "add" or record is None:
            self.ask_for(op, "")
            return
        words = f"任务 {record['task']}：{one_line(record['title'])}"
        self.ask_for(op, words, {"task": record["task"]}, self._given(record, op))

    def _given(self, record: Record, op: Operation) -> dict[str, object]:
        """Begin with the step or target under the cursor, and with what is recorded."""
        line = self.lines.record if self.focused is self.lines else None
        given: dict[str, object] = {}
        if op.verb in {"measure", "target"} and line is not None:
            given["indicator"] = line["target"]
        if op.verb in {"done", "reopen", "milestone"} and line is not None:
            given["milestone"] = line["step"]
        if op.verb == "measure":
            given["period"] = f"{self.board.today:%Y-%m}"
            given.setdefault("indicator", self._only_target())
        if op.verb == "correct":
            given = {name: record[name] for name in ("title", "action", "unit", "due_on")}
        return {name: value for name, value in given.items() if value}

    def _only_target(self) -> str:
        found = [] if self._chosen is None else self._chosen["indicators"]
        return str(found[0]["indicator"]) if len(found) == 1 else ""

    def told(self, written: Written) -> str:
        """Say in a sentence what was done, and how the step it was about stands, or the task."""
        record, op = written.record, OPERATIONS[written.op]
        step = str(written.steps[-1].get("milestone") or "") if written.steps else ""
        steps = [one for one in record.get("milestones", ()) if one["milestone"] == step]
        what = f"“{one_line(step)}”" if steps else ""
        light = (steps or [record])[0].get("light_why")
        how = f"，{one_line(light)}" if light else ""
        return f"{_DONE.get(op.name, f'已{op.title}')}：任务 {record.get('task', '')}{what}{how}"

    def settled(self, written: Written) -> None:
        """Go to a task that was just entered."""
        if written.op == "task.add":
            self._filter, self._wanted = ALL, str(written.record["task"])

    # The sample.

    def action_sample(self) -> None:
        """Enter the tasks that come with the program, after asking: they can't be taken back."""
        from screens.dialogs.confirm import Confirm
        from supervise.services.task_import import SAMPLE_MARK

        def answered(yes: bool | None) -> None:
            if yes:
                self._enter_sample()

        words = f"{SAMPLE_MARK}导入的任务不能一并撤回，只能逐项更正或终止；要试用请在演示台账里试。"
        self.app.push_screen(Confirm("导入样例", words, "导入"), answered)

    def _enter_sample(self) -> None:
        def task(session: Session) -> Message:
            from supervise.services import task_import

            return self.Imported(task_import.run(session, None))

        carry_out(self, "task.sample", task)

    @on(Imported)
    def sample_there(self, message: Imported) -> None:
        """Say what was entered; the list is read again."""
        from supervise.services.task_import import SAMPLE_MARK

        self.board.say(f"已导入 {message.record['added']} 项任务。{SAMPLE_MARK}")
        self.board.check_changes()
