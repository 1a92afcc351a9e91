"""The pages 任务 and 报送 of a unit's sheet: what stands in a row, what its answer asks for.

A unit may report progress on its tasks and hand in the reports it owes; that a step of a task is
finished is for a person to say, so a day given for it is told apart and never taken over. A task
that a unit only supports stands in its sheet to be known, and asks for no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from supervise.domain.sheets import CODE, PROGRESS, TITLE, Answer, Fault, Step, digest, iso

ISSUE, TASK, DUTY = "issue", "task", "duty"
TASK_TITLE, PART, NEXT, NEXT_ON, LATEST, LIGHT, DONE = (
    "任务",
    "分工",
    "下一节点",
    "节点日期",
    "最近指标/目标",
    "灯",
    "完成日期",
)
LEADS, SUPPORTS = "牵头", "配合"
NAME, TERM, DUE, STATE, REPORTED, REMARK = (
    "报送",
    "期",
    "应报日期",
    "状态",
    "报送日期",
    "说明",
)


@dataclass(frozen=True, slots=True)
class Page:
    """One page beside 问题: its columns, locked and open; of the open ones a text and a day.

    `widths` are in a spreadsheet's characters.
    """

    kind: str
    title: str
    locked: tuple[str, ...]
    open: tuple[str, ...]
    text: str
    day: str
    dates: frozenset[str]
    widths: tuple[int, ...]

    @property
    def headings(self) -> tuple[str, ...]:
        """All columns from left to right."""
        return (*self.locked, *self.open)

    def column(self, heading: str, term: str) -> str:
        """Name a column of one row; that of a report says of which period it is."""
        return f"{heading}（{term}）" if term else heading

    def known_by(self, headings: set[str]) -> bool:
        """Tell whether the columns of a page that came back are this page's."""
        if self.kind == TASK:
            own = headings & {TASK_TITLE, NEXT, NEXT_ON, DONE}
            return CODE in headings and TITLE not in headings and bool(own)
        return {NAME, TERM} <= headings


TASKS = Page(
    TASK,
    "任务",
    (CODE, TASK_TITLE, PART, NEXT, NEXT_ON, LATEST, LIGHT),
    (PROGRESS, DONE),
    PROGRESS,
    DONE,
    frozenset({NEXT_ON, DONE}),
    (8, 32, 6, 24, 12, 28, 6, 40, 12),
)
DUTIES = Page(
    DUTY,
    "报送",
    (NAME, TERM, DUE, STATE),
    (REPORTED, REMARK),
    REMARK,
    REPORTED,
    frozenset({DUE, REPORTED}),
    (32, 14, 12, 10, 12, 48),
)
PAGES = {TASK: TASKS, DUTY: DUTIES}


@dataclass(frozen=True, slots=True)
class Item:
    """One row of a page as it is sent: its locked cells as text, a date as YYYY-MM-DD.

    `code` is a task's number or a duty's name, `term` the period a report is owed for.
    """

    kind: str
    code: str
    term: str
    cells: tuple[str, ...]

    @property
    def answered(self) -> bool:
        """Tell whether the unit is to answer the row; what it only supports is there to be read."""
        return self.kind != TASK or self.locked()[PART] != SUPPORTS

    @property
    def place(self) -> tuple[str, str, str]:
        """What the row is known by in its unit's sheet."""
        return self.kind, self.code, self.term

    def locked(self) -> dict[str, str]:
        """Give the locked cells by their columns."""
        return dict(zip(PAGES[self.kind].locked, self.cells, strict=True))

    def digest(self, ledger: str, period: str) -> str:
        """Hash the row as sent, with the ledger and the month it belongs to."""
        return digest(ledger, period, self.kind, self.code, self.term, *self.cells)


def steps(item: Item, unit_id: int, answer: Answer) -> Iterator[Step]:
    """Say which operation a row asks for, known again by unit, row and content."""
    whose = (str(unit_id), *item.place)
    if not item.answered:
        return
    if item.kind == TASK:
        if answer.progress:
            known = digest(*whose, "progress", answer.progress)
            values = {"task": item.code, "note": answer.progress}
            yield Step("task.progress", PROGRESS, answer.progress, values, known)
    elif answer.submitted_on is not None:
        on = answer.submitted_on
        values = {"duty": item.code, "period": item.term, "note": answer.progress}
        yield Step("duty.submit", REPORTED, iso(on), values, digest(*whose, "submit", iso(on)), on)


def finished(item: Item, unit_id: int, answer: Answer) -> Step | None:
    """Give the step that a person may carry out where a unit says that something is finished.

    It is the milestone that stood in the row, else the task as a whole.
    """
    if item.kind != TASK or not item.answered or answer.submitted_on is None:
        return None
    on, milestone = answer.submitted_on, item.locked()[NEXT]
    values: Mapping[str, str] = {"task": item.code}
    if milestone:
        values = {**values, "milestone": milestone}
    known = digest(str(unit_id), *item.place, "done", milestone, iso(on))
    return Step("task.done", DONE, iso(on), values, known, on)


def faults(item: Item, answer: Answer) -> Iterator[Fault]:
    """List what was filled in but can't be taken over as it stands."""
    if not item.answered:
        yield from _not_asked(answer)
        return
    for column, (text, why) in answer.wrong.items():
        yield Fault(column, text, why)
    lacking = answer.submitted_on is None and REPORTED not in answer.wrong
    if item.kind == DUTY and answer.progress and lacking:
        yield Fault(REMARK, answer.progress, f"写了说明，没有写“{REPORTED}”。")


def _not_asked(answer: Answer) -> Iterator[Fault]:
    why = "本单位是配合单位，进展和完成日期由牵头单位填报。"
    told = {PROGRESS: answer.progress, DONE: iso(answer.submitted_on)}
    shown = {**told, **{column: text for column, (text, _) in answer.wrong.items()}}
    yield from (Fault(column, text, why) for column, text in shown.items() if text)
