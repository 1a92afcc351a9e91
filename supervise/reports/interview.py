"""The papers of an interview (约谈): the draft request to the leaders, and the record."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts import InterviewFacts, InterviewMonth
from supervise.domain.interviews import STATUS_LABELS
from supervise.reports.document import (
    Block,
    Column,
    Document,
    Fields,
    Heading,
    Paragraph,
    Table,
    missing,
)
from supervise.reports.phrases import (
    DEMO_MARK,
    DRAFT_MARK,
    INTERNAL_MARK,
    basis_phrase,
    basis_status,
    date_or_dash,
    matter_sentence,
    matter_table,
    table_date,
)
from supervise.reports.words import chinese_date, month_text, months_text

# Until it is decided, what leaves the office is the request.
_ASKING = frozenset({"proposed", "submitted", "deferred"})


def interview_document(facts: InterviewFacts) -> Document:
    """Lay out a request (请示, until it is decided) or the record of what was decided."""
    asking = facts.status in _ASKING
    kind = f"关于提请约谈{facts.unit}主要负责人的请示"
    marks = [DEMO_MARK] if facts.demo else []
    return Document(
        title=kind if asking else f"{facts.unit}约谈办理情况表",
        blocks=tuple(_request(facts) if asking else _record(facts)),
        number=missing("文号") if asking else None,
        addressees=facts.addressee if asking else None,
        signature=facts.office,
        date=missing("成文日期") if asking else None,
        marks=(*marks, INTERNAL_MARK, *([DRAFT_MARK] if asking else [])),
        stamp=(
            ("查询日期", chinese_date(facts.as_of)),
            ("规则包", f"{facts.pack_title or '—'}（版本{facts.pack_version or '—'}）"),
            ("台账校验码", facts.code or "—"),
        ),
        internal=True,
    )


def _months(facts: InterviewFacts) -> str:
    return months_text([month.period for month in facts.months]) if facts.months else "—"


def _request(facts: InterviewFacts) -> Iterator[Block]:
    rule = f"“{facts.rule}”的规定" if facts.rule else "有关规定"
    yield Paragraph(
        f"{facts.unit}{_months(facts)}连续被通报。{basis_phrase(facts.basis)}{rule}，"
        f"拟提请市领导约谈{facts.unit}主要负责人{facts.head or missing('主要负责人')}。"
    )
    yield Heading(1, "被通报情况")
    for month in facts.months:
        yield Heading(2, month_text(month.period))
        yield from _month(month)
    yield from _warnings(facts)
    yield Heading(1, "提请事项")
    yield Paragraph(
        f"请批准约谈，并明确约谈的市领导和时间（{missing('约谈市领导')}，{missing('约谈时间')}）。"
    )
    yield Paragraph("妥否，请批示。")


def _month(month: InterviewMonth) -> Iterator[Block]:
    issued = f"{chinese_date(month.issued_on)}印发" if month.issued_on else "印发日期未登记"
    yield Paragraph(f"通报文号：{month.number or '未登记'}；{issued}。")
    yield from (Paragraph(reason) for reason in month.reasons)
    for matter in month.matters:
        yield Paragraph(matter_sentence(matter, month.cutoff))


def _record(facts: InterviewFacts) -> Iterator[Block]:
    yield Fields(
        (
            ("单位", facts.unit),
            ("单位代码", facts.unit_id or "—"),
            ("主要负责人", facts.head or "—"),
            ("任职时间", date_or_dash(facts.head_since)),
            ("办理状态", STATUS_LABELS.get(facts.status, facts.status)),
            ("依据月份", _months(facts)),
            ("规则依据", basis_status(facts.basis)),
            ("整改承诺日期", date_or_dash(facts.due_on)),
        )
    )
    yield Heading(1, "被通报情况")
    for month in facts.months:
        yield Heading(2, month_text(month.period))
        issued = date_or_dash(month.issued_on)
        yield Paragraph(f"通报文号：{month.number or '未登记'}；成文日期：{issued}。")
        yield from (Paragraph(reason) for reason in month.reasons)
        if month.matters:
            yield matter_table(month.matters)
    yield from _warnings(facts)
    yield Heading(1, "办理经过")
    yield _steps(facts)


def _warnings(facts: InterviewFacts) -> Iterator[Block]:
    if facts.warnings:
        yield Heading(1, "需要核实的情况")
        yield from (Paragraph(warning) for warning in facts.warnings)


def _steps(facts: InterviewFacts) -> Table:
    columns = (
        Column("日期", width=10),
        Column("事项"),
        Column("办理人", width=10),
        Column("文号"),
        Column("备注"),
    )
    rows = tuple(
        (table_date(s.on), s.what, s.by or "—", s.ref or "—", s.note or "—") for s in facts.steps
    )
    return Table(columns, rows)
