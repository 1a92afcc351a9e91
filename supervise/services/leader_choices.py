"""What can be done now about a meeting or an instruction, each with the reason why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from supervise.domain.dispatch import STATUS_LABELS
from supervise.domain.instructions import why_not
from supervise.services.choices import Choice
from supervise.services.registry import OPERATIONS, Operation

Record = Mapping[str, Any]


def of_meeting(meeting: Record | None, decision: Record | None = None) -> tuple[Choice, ...]:
    """List the steps of a meeting, those allowed now first; 回告 is about a decision."""
    steps = (op for op in OPERATIONS.values() if op.noun == "dispatch")
    return _sorted(Choice(op, op.help, _meeting_reason(op, meeting, decision)) for op in steps)


def _meeting_reason(op: Operation, meeting: Record | None, decision: Record | None) -> str | None:
    if op.verb == "open":
        return None
    if op.verb == "answer":
        return None if decision is not None else "不能回告：没有选中议定事项。"
    if meeting is None:
        return f"不能{op.title}：没有选中调度。"
    status = str(meeting["status"])
    if status != "open":
        now = STATUS_LABELS[status]
        return f"不能{op.title}：这次调度现在“{now}”，须在“进行中”时办理。"
    if op.verb == "void" and meeting["decided"]:
        return "不能撤销调度：已有议定事项。"
    return None


def of_instruction(instruction: Record | None) -> tuple[Choice, ...]:
    """List the steps of an instruction, those allowed now first."""
    steps = (op for op in OPERATIONS.values() if op.noun == "instruction")
    return _sorted(Choice(op, op.help, _instruction_reason(op, instruction)) for op in steps)


def _instruction_reason(op: Operation, instruction: Record | None) -> str | None:
    if op.verb == "add":
        return None
    if instruction is None:
        return f"不能{op.title}：没有选中批示件。"
    return why_not(str(instruction["status"]), op.verb)


def of_revisit(row: Record | None) -> tuple[Choice, ...]:
    """List what can be done about an issue that is looked at again."""
    names = ("issue.revisit", "issue.reopen", "revisit.plan")
    return _sorted(
        Choice(OPERATIONS[name], OPERATIONS[name].help, _revisit_reason(OPERATIONS[name], row))
        for name in names
    )


def _revisit_reason(op: Operation, row: Record | None) -> str | None:
    if op.verb == "plan":
        return None
    if row is None:
        return f"不能{op.title}：没有选中事项。"
    if row["redone"]:
        return f"不能{op.title}：事项 {row['issue']} 已重新办理，不在原来的销号。"
    return None


def _sorted(choices: Iterable[Choice]) -> tuple[Choice, ...]:
    return tuple(sorted(choices, key=lambda choice: choice.why_not is not None))
