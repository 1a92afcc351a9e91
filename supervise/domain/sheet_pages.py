"""The pages 任务 and 报送 of a unit's sheet: what stands in a row, what its answer asks for.

A unit may report progress on its tasks and hand in the reports it owes; that a step of a task is
finished is for a person to say, so a day given for it is told apart and never taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from supervise.domain.sheets import CODE, PROGRESS, TITLE, Answer, Fault, Step, digest, iso

ISSUE, TASK, DUTY = "issue", "task", "duty"
TASK_TITLE, NEXT, NEXT_ON, LATEST, LIGHT, DONE = (
    "任务",
    "下一节点",
    "节点日期",
    "最近指标/目标",
    "灯",
    "完成日期",
)
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
    (CODE, TASK_TITLE, NEXT, NEXT_ON, LATEST, LIGHT),
    (PROGRESS, DONE),
    PROGRESS,
    DONE,
    frozenset({NEXT_ON, DONE}),
    (10, 32, 24, 12, 28, 6, 40, 12),
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
    if item.kind != TASK or answer.submitted_on is None:
        return None
    on, milestone = answer.submitted_on, item.locked()[NEXT]
    values: Mapping[str, str] = {"task": item.code}
    if milestone:
        values = {**values, "milestone": milestone}
    known = digest(str(unit_id), *item.place, "done", milestone, iso(on))
    return Step("task.done", DONE, iso(on), values, known, on)


def faults(item: Item, answer: Answer) -> Iterator[Fault]:
    """List what was filled in but can't be taken over as it stands."""
    for column, (text, why) in answer.wrong.items():
        yield Fault(column, text, why)
    lacking = answer.submitted_on is None and REPORTED not in answer.wrong
    if item.kind == DUTY and answer.progress and lacking:
        yield Fault(REMARK, answer.progress, f"写了说明，没有写“{REPORTED}”。")
