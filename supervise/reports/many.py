"""What one step on many issues did to each of them, as a list to keep or to send round."""

from __future__ import annotations

from supervise.reports.document import Column, Document
from supervise.reports.lists import list_document
from supervise.services.bulk import Done, Outcome

_COLUMNS = (
    Column("编号"),
    Column("事项"),
    Column("原责任单位"),
    Column("责任单位"),
    Column("办理前"),
    Column("办理后"),
    Column("限期"),
    Column("办理情况"),
    Column("说明"),
)


def many_document(done: Done, *, demo: bool = False) -> Document:
    """Make the list of what was done and what was left out, each with the reason."""
    plan = done.plan
    note = f"共 {len(plan.outcomes)} 件：已办 {len(plan.fitting)} 件，未办 {len(plan.refused)} 件。"
    return list_document(
        f"批量{plan.op.title}结果",
        done.on,
        done.check_code,
        _COLUMNS,
        map(_row, plan.outcomes),
        note=note,
        demo=demo,
    )


def _row(one: Outcome) -> tuple[str | None, ...]:
    done = "已办" if one.fits else "未办"
    due = one.new_due if one.fits else one.due
    unit = one.new_unit if one.fits else one.unit
    return (one.code, one.title, one.unit, unit, one.before, one.after, due, done, one.words)
