"""What several papers tell of one issue day by day: its due date, what moved it, every step."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from supervise.domain.facts_issues import DueStep, IssueFacts, StepFacts
from supervise.reports.document import Block, Column, Paragraph, Table
from supervise.reports.phrases import table_date


def due_blocks(issue: IssueFacts) -> Iterator[Block]:
    """Tell how the due date came about and moved, day by day where a term was counted."""
    if not issue.due_story:
        yield Paragraph("台账没有限期推算记录。")
    for step in issue.due_story:
        yield Paragraph(f"限期推算：{step.sentence}")
        if step.days:
            yield _days(step)


def _days(step: DueStep) -> Table:
    columns = (Column("日期", width=10), Column("计入", "center", 4), Column("说明"))
    rows = tuple((table_date(day.on), "是" if day.counted else "否", day.why) for day in step.days)
    return Table(columns, rows, "限期逐日推算")


def move_blocks(issue: IssueFacts) -> Iterator[Block]:
    """Set out what was asked for more time, and when the clock stood still."""
    if not issue.extensions and not issue.pauses:
        yield Paragraph("未申请延期，未暂停计时。")
        return
    columns = (
        Column("情形", width=8),
        Column("申请或起始", width=10),
        Column("批准或恢复", width=10),
        Column("延至", width=10),
        Column("理由"),
    )
    rows = [
        (
            "延期",
            table_date(e.asked_on),
            table_date(e.granted_on),
            table_date(e.after),
            e.reason or "—",
        )
        for e in issue.extensions
    ]
    rows += [
        ("暂停计时", table_date(p.since), table_date(p.until), "—", p.reason or "—")
        for p in issue.pauses
    ]
    yield Table(columns, tuple(rows), "延期和暂停")


def handed_in_blocks(issue: IssueFacts, caption: str) -> Iterator[Block]:
    """Set out what was handed in when, and what the review said."""
    if not issue.submissions:
        yield Paragraph("未报请复核。")
        return
    columns = (
        Column("报请复核", width=10),
        Column("整改措施"),
        Column("复核结论", width=8),
        Column("复核日期", width=10),
        Column("复核人", width=8),
        Column("复核说明"),
    )
    rows = tuple(
        (
            table_date(one.on),
            one.measures or "—",
            one.verdict or "尚未复核",
            table_date(one.verdict_on),
            one.verdict_by or "—",
            "；".join(filter(None, (one.method, one.note))) or "—",
        )
        for one in issue.submissions
    )
    yield Table(columns, rows, caption)


def steps_table(steps: Iterable[StepFacts], caption: str) -> Table:
    """Set out steps with who, under which 文号, and the day they were recorded if another."""
    columns = (
        Column("日期", width=10),
        Column("事项", width=8),
        Column("办理人", width=14),
        Column("文号"),
        Column("内容"),
        Column("录入", width=10),
    )
    rows = tuple(
        (
            table_date(step.on),
            step.what,
            step.by or "—",
            step.ref or "—",
            step.note or "—",
            table_date(step.recorded_on) if step.recorded_on else "当日",
        )
        for step in steps
    )
    return Table(columns, rows, caption)
