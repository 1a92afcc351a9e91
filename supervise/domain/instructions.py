"""领导批示件: what a leader wrote on a paper, and the report that must go back up."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from supervise.errors import Refused

STATUS_LABELS = {"open": "未报结", "answered": "已报结", "closed": "已办结"}
INTERIM = "已报阶段情况"


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction: who wrote what and when, what it is about, by when it is to be reported.

    `interim`: what was reported last tells how far it is (阶段情况), and ends nothing.
    """

    id: int
    leader: str
    on: date
    gist: str
    ref: str | None = None
    report_by: date | None = None
    issue_id: int | None = None
    task: str | None = None
    unit_id: int | None = None
    answered_on: date | None = None
    answer: str | None = None
    interim: bool = False
    closed_on: date | None = None

    @property
    def status(self) -> str:
        """Where it stands: one of `STATUS_LABELS`."""
        if self.closed_on is not None:
            return "closed"
        return "answered" if self.reported_on is not None else "open"

    @property
    def reported_on(self) -> date | None:
        """The day its outcome was reported; None while only its progress was."""
        return None if self.interim else self.answered_on

    def words(self, today: date) -> str:
        """The status in words; a report that is late says so."""
        if self.status == "open" and self.overdue(today):
            return "逾期未报结"
        return INTERIM if self.status == "open" and self.interim else STATUS_LABELS[self.status]

    def overdue(self, today: date) -> bool:
        """Whether its report was not made, or was made late."""
        reported = self.reported_on or self.closed_on or today
        return self.report_by is not None and reported > self.report_by


def new(instruction: Instruction) -> Instruction:
    """登记批示: raise Refused for a report that is due before the instruction itself."""
    if instruction.report_by is not None and instruction.report_by < instruction.on:
        raise Refused(
            f"报结日 {instruction.report_by} 早于批示日期 {instruction.on}，请改正。",
            code="due_before_start",
        )
    return instruction


def why_not(status: str, verb: str) -> str | None:
    """Say why a step can't be taken in a status, or None."""
    if status == "closed":
        return "批示件已办结。"
    if verb == "close" and status == "open":
        return "不能办结：这件批示还没有报结，请先报结。"
    return None


def _require(instruction: Instruction, verb: str, on: date) -> None:
    reason = why_not(instruction.status, verb)
    if reason:
        raise Refused(reason, code="not_allowed")
    last = instruction.answered_on or instruction.on
    if on < last:
        raise Refused(f"日期 {on} 早于上一步的日期 {last}。", code="before_last_move")


def answer(instruction: Instruction, on: date, text: str, *, interim: bool) -> Instruction:
    """报结, or 报阶段情况 (`interim`): report back; a further report replaces the earlier one.

    Raises Refused after 办结, before the last step, and for 阶段情况 once the outcome was reported.
    """
    _require(instruction, "answer", on)
    if interim and instruction.status == "answered":
        raise Refused("这件批示已经报结，不再报阶段情况；报结内容有变的，请重新报结。",
                      code="not_allowed")  # fmt: skip
    return replace(instruction, answered_on=on, answer=text, interim=interim)


def close(instruction: Instruction, on: date) -> Instruction:
    """办结: nothing more is asked for. Raises Refused before the outcome was reported."""
    _require(instruction, "close", on)
    return replace(instruction, closed_on=on)
