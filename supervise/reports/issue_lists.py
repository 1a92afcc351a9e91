"""Lists of issues on paper: 三张清单 (任务、责任、时限), 问题整改责任清单 and its public form."""

from __future__ import annotations

from supervise.domain.facts_issues import IssueFacts
from supervise.domain.facts_lists import ListFacts
from supervise.reports.document import Block, Cell, Column, Document, Paragraph, Table, missing
from supervise.reports.layout import one_line
from supervise.reports.phrases import internal_paper, office_marks, table_date
from supervise.reports.words import chinese_date

_NO = Column("序号", "right", 4)
_CODE = Column("事项编号", width=12)
_MATTER = Column("事项", width=34)


def one_of_three(facts: ListFacts) -> Document:
    """Lay out one of the three lists; they go to the units together with the issues."""
    columns, row = _VIEWS[facts.view]
    rows = tuple((n, one.code, one_line(one.title), *row(one)) for n, one in _counted(facts))
    table = Table((_NO, _CODE, _MATTER, *columns), rows, note=_note(facts))
    return Document(
        title=f"优化营商环境问题{facts.view}清单",
        blocks=(Paragraph(_lead(facts)), table),
        signature=facts.office.office,
        date=chinese_date(facts.office.as_of),
        marks=office_marks(facts.office),
        style="plain",
        landscape=True,
    )


def _counted(facts: ListFacts) -> list[tuple[int, IssueFacts]]:
    return list(enumerate(facts.issues, 1))


def _lead(facts: ListFacts) -> str:
    units = len({one.unit for one in facts.issues if one.unit})
    return (
        f"截至{chinese_date(facts.office.as_of)}，{facts.chosen}共{len(facts.issues)}件，"
        f"涉及{units}个责任单位。"
    )


def _note(facts: ListFacts) -> str:
    return f"三张清单所列事项相同。台账校验码：{facts.office.code or '—'}"


def _task(one: IssueFacts) -> tuple[Cell, ...]:
    return (one.source or "—", one.category or "—", one.urgency or "—", one.stage, _demand(one))


def _demand(one: IssueFacts) -> str:
    if one.closed_on:
        return "已销号"
    if one.submitted_on:
        return "配合复核和回访"
    return "整改到位并报请复核" if one.assigned_on else "—"


def _duty(one: IssueFacts) -> tuple[Cell, ...]:
    return (
        one.unit or "—",
        one.head or "—",
        missing("责任人及岗位"),
        "、".join(one.co_units) or "—",
        one.handler or "—",
    )


def _term(one: IssueFacts) -> tuple[Cell, ...]:
    return (
        table_date(one.assigned_on),
        table_date(one.signed_on),
        one.term or "—",
        _due(one),
        table_date(one.submitted_on),
        time_left(one),
    )


def _due(one: IssueFacts) -> str:
    if one.original_due_on and one.original_due_on != one.due_on:
        return f"{table_date(one.due_on)}\n原{table_date(one.original_due_on)}"
    return table_date(one.due_on)


def time_left(one: IssueFacts) -> str:
    """Say how an issue stands with its date."""
    if one.days_late:
        return f"超期{one.days_late}天"
    if one.days_left is not None:
        return f"还有{one.days_left}个工作日" if one.days_left else "今日到期"
    if one.paused_on and not one.submitted_on:
        return "暂停计时"
    return "按期" if one.submitted_on and one.due_on else "—"


_VIEWS = {
    "任务": (
        (
            Column("问题来源", width=14),
            Column("类别", width=12),
            Column("紧急程度", width=8),
            Column("环节", width=8),
            Column("下一步任务", width=18),
        ),
        _task,
    ),
    "责任": (
        (
            Column("责任单位", width=22),
            Column("主要负责人", width=10),
            Column("责任人及岗位", width=22),
            Column("配合单位", width=18),
            Column("本办经办人", width=10),
        ),
        _duty,
    ),
    "时限": (
        (
            Column("交办", width=10),
            Column("签收", width=10),
            Column("时限", width=10),
            Column("限期", width=12),
            Column("报请复核", width=10),
            Column("时限情况", width=14),
        ),
        _term,
    ),
}


def register_document(facts: ListFacts) -> Document:
    """Lay out the office's full list: it names handlers and complainants as far as papers may."""
    columns = (
        _NO,
        _CODE,
        Column("问题", width=28),
        Column("来源和诉求人"),
        Column("责任单位", width=16),
        Column("经办人", width=6),
        Column("限期", width=10),
        Column("整改措施", width=24),
        Column("办理情况", width=12),
    )
    rows = tuple((n, *_full(one)) for n, one in _counted(facts))
    return internal_paper(
        facts.office,
        "优化营商环境问题整改责任清单",
        Paragraph(_lead(facts)),
        Table(columns, rows),
        landscape=True,
    )


def _full(one: IssueFacts) -> tuple[Cell, ...]:
    return (
        one.code,
        one_line(one.title),
        f"{one.source or '—'}；{_party(one)}",
        one.unit or "—",
        one.handler or "—",
        table_date(one.due_on),
        one_line((one.last.measures if one.last else None) or "—"),
        progress_words(one),
    )


def _party(one: IssueFacts) -> str:
    return (one.party.name or "—") if one.party.standing == "可告知" else one.party.standing


def progress_words(one: IssueFacts) -> str:
    """Say in short where an issue stands: for a reader who knows no stages."""
    if one.closed_on:
        return f"{chinese_date(one.closed_on)}销号"
    late = f"，超期{one.days_late}天" if one.days_late else ""
    return f"{one.stage}环节{late}"


def public_document(facts: ListFacts) -> Document:
    """Lay out the public form: issues without codes, names or contacts, after a recorded review."""
    columns = (
        _NO,
        Column("问题"),
        Column("类别", width=12),
        Column("责任单位", width=24),
        Column("整改时限", width=12),
        Column("整改情况", width=20),
    )
    rows = tuple(
        (
            n,
            one_line(one.title),
            one.category or "—",
            one.unit or "—",
            table_date(one.due_on),
            progress_words(one),
        )
        for n, one in _counted(facts)
    )
    return Document(
        title=f"{facts.office.city}优化营商环境问题整改责任清单（公开版）",
        blocks=(Paragraph(_lead(facts)), *_result(facts), Table(columns, rows)),
        signature=facts.office.office,
        date=chinese_date(facts.office.as_of),
        notes=_reviewed(facts),
        marks=office_marks(facts.office),
        style="plain",
        landscape=True,
    )


def _result(facts: ListFacts) -> tuple[Block, ...]:
    closed = sum(1 for one in facts.issues if one.closed_on)
    late = sum(1 for one in facts.issues if one.days_late and not one.closed_on)
    return (
        Paragraph(
            f"其中已销号{closed}件，正在办理{len(facts.issues) - closed}件"
            f"（超期{late}件）。问题中涉及的个人、企业名称和联系方式已隐去。"
        ),
    )


def _reviewed(facts: ListFacts) -> tuple[str, ...]:
    if facts.cleared_on is None:
        return ()
    return (f"本清单已于{chinese_date(facts.cleared_on)}经保密审查，可以公开",)
