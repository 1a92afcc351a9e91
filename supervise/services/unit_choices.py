"""Which operations fit a unit now, and why the others don't."""

from __future__ import annotations

from supervise.services.choices import Choice
from supervise.services.registry import OPERATIONS, Operation


def of_unit(name: str | None, active: bool) -> tuple[Choice, ...]:
    """List the operations on units for the chosen one (`name`; None: none), what fits first."""
    found = [
        Choice(op, op.help, _reason(op, name, active))
        for op in OPERATIONS.values()
        if op.noun == "unit"
    ]
    # With a unit chosen, what is about another one comes last of what fits.
    return tuple(
        sorted(
            found, key=lambda one: (one.why_not is not None, bool(name) and one.op.verb == "add")
        )
    )


def _reason(op: Operation, name: str | None, active: bool) -> str | None:
    if op.verb == "add":
        return None
    if name is None:
        return f"不能{op.title}：没有选中单位。"
    if not active and op.verb == "merge":
        return f"{name}已并入其他单位。"
    return None
