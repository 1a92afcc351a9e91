"""What can be done with a task now, and why the rest can't."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from supervise.services.choices import Choice
from supervise.services.registry import OPERATIONS, Operation

_WORDS = {"done": "已完成", "ended": "已终止"}
# What still can be done with a task that is over.
_AFTERWARDS = {"done": frozenset({"reopen", "correct", "measure"}), "ended": frozenset({"reopen"})}


def of_task(task: Mapping[str, Any] | None) -> tuple[Choice, ...]:
    """List the steps of a task, those that can be taken first; None where none is chosen."""
    steps = (op for op in OPERATIONS.values() if op.noun == "task")
    found = (Choice(op, op.help, _reason(op, task)) for op in steps)
    return tuple(sorted(found, key=lambda one: one.why_not is not None))


def _reason(op: Operation, task: Mapping[str, Any] | None) -> str | None:
    if op.verb == "add":
        return None
    if task is None:
        return "没有选中任务。"
    status = str(task["status"])
    if status in _WORDS and op.verb not in _AFTERWARDS[status]:
        return f"不能{op.title}：任务{_WORDS[status]}；记错了的，请先撤销完成。"
    if op.verb == "measure" and not task["targets"]:
        return "不能填报数据：这项任务没有指标。"
    return None
