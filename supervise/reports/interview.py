"""The papers of an interview (约谈): the draft request to the leaders, and the record."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts import InterviewFacts, InterviewMonth
from supervise.domain.interviews import STATUS_LABELS
from supervise.reports.document import (
    Attachment,
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
    contact_note,
    date_or_dash,
    matter_cells,
    matter_columns,
    matter_sentence,
    matter_table,
    sentence,
    standing,
    table_date,
)
from supervise.reports.words import chinese_date, dates_in_words, month_text, months_text

# Until it is decided, what leaves the office is the request.
ASKING = frozenset({"proposed", "submitted", "deferred"})


def interview_document(facts: InterviewFacts) -> Document:
    """Lay out the request (请示) until it is decided, then the record of what was decided."""
    return request_document(facts) if facts.status in ASKING else record_document(facts)


def request_document(facts: InterviewFacts) -> Document:
    """Lay out the request to the leaders: it goes upward, so it says who signs and whom to ask.

    The 台账校验码 stands under the attached table, not on the page with the red head.
    """
    attached = attached_table(facts)
    return Document(
        title=f"关于提请约谈{facts.unit}主要负责人的请示",
        blocks=tuple(_request(facts)),
        head=facts.office,
        number=facts.ref or missing("文号"),
        signer=missing("签发人"),
        addressees=facts.addressee,
        attachments=(attached,) if attached else (),
        signature=facts.office,
        date=chinese_date(facts.submitted_on) if facts.submitted_on else missing("成文日期"),
        notes=(contact_note(facts.contact),),
        marks=interview_marks(facts, INTERNAL_MARK, *_draft(facts)),
    )


def _draft(facts: InterviewFacts) -> tuple[str, ...]:
    return (DRAFT_MARK,) if facts.status == "proposed" else ()


def record_document(facts: InterviewFacts) -> Document:
    """Lay out the office's own record of an interview: the months, the warnings, every step."""
    return Document(
        title=f"{facts.unit}约谈办理情况表",
        blocks=tuple(_record(facts)),
        signature=facts.office,
        marks=interview_marks(facts, INTERNAL_MARK),
        stamp=interview_stamp(facts),
        internal=True,
        style="plain",
        landscape=True,
        sealed=False,
    )


def interview_marks(facts: InterviewFacts, *more: str) -> tuple[str, ...]:
    """Give the words that every copy of an interview's papers bears."""
    return (DEMO_MARK, *more) if facts.demo else more


def interview_stamp(facts: InterviewFacts) -> tuple[tuple[str, str], ...]:
    """Say of an internal paper when it was looked up, under which rules, in which ledger state."""
    return (
        ("查询日期", chinese_date(facts.as_of)),
        ("规则包", f"{facts.pack_title or '—'}（版本{facts.pack_version or '—'}）"),
        ("台账校验码", facts.code or "—"),
    )


def named_months(facts: InterviewFacts) -> str:
    """Write the months an interview rests on."""
    return months_text([month.period for month in facts.months]) if facts.months else "—"


def rule_words(facts: InterviewFacts) -> str:
    """Cite the rule an interview rests on: the document and what it says."""
    rule = f"“{facts.rule}”的规定" if facts.rule else "有关规定"
    return f"{basis_phrase(facts.basis)}{rule}"


def named_table(facts: InterviewFacts) -> Table | None:
    """Set out every matter of every month in one table, the 台账校验码 under it."""
    back = (Column("截止日情况"), Column("认定依据"))
    columns = matter_columns(Column("通报月份", width=10), Column("文号", width=18), back=back)
    rows = tuple(
        (
            month_text(month.period),
            month.number or "未登记",
            *matter_cells(matter),
            standing(matter),
            matter.basis or "—",
        )
        for month in facts.months
        for matter in month.matters
    )
    note = f"超期天数为限期次日至当月统计截止日的自然日数；台账校验码{facts.code or '—'}。"
    return Table(columns, rows, note=note) if rows else None


def attached_table(facts: InterviewFacts) -> Attachment | None:
    """Give the table of every matter as an attachment, where there is any matter."""
    table = named_table(facts)
    title = f"{facts.unit}{named_months(facts)}被通报事项一览表"
    return Attachment(title, (table,), True) if table else None


def _request(facts: InterviewFacts) -> Iterator[Block]:
    yield Paragraph(
        f"{facts.unit}{named_months(facts)}连续被通报。{rule_words(facts)}，"
        f"拟提请{facts.superior_leader}约谈{facts.unit}主要负责人"
        f"{facts.head or missing('主要负责人')}。"
    )
    yield Heading(1, "被通报情况")
    for month in facts.months:
        yield Heading(2, month_text(month.period))
        yield from _month(month)
    yield from _warnings(facts)
    yield Heading(1, "提请事项")
    yield Paragraph(
        f"请批准约谈，并明确约谈的{facts.superior_leader}和时间"
        f"（{facts.leader or missing('约谈市领导')}，{_planned(facts)}）。"
    )
    yield Paragraph("妥否，请批示。")


def _planned(facts: InterviewFacts) -> str:
    return chinese_date(facts.planned_on) if facts.planned_on else missing("约谈时间")


def _month(month: InterviewMonth) -> Iterator[Block]:
    issued = f"{chinese_date(month.issued_on)}印发" if month.issued_on else "印发日期未登记"
    yield Paragraph(f"通报文号：{month.number or '未登记'}；{issued}。")
    yield from (Paragraph(sentence(reason)) for reason in month.reasons)
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
            ("依据月份", named_months(facts)),
            ("规则依据", basis_status(facts.basis)),
            ("整改承诺日期", date_or_dash(facts.due_on)),
        )
    )
    yield Heading(1, "被通报情况")
    for month in facts.months:
        yield Heading(2, month_text(month.period))
        issued = date_or_dash(month.issued_on)
        yield Paragraph(f"通报文号：{month.number or '未登记'}；成文日期：{issued}。")
        yield from (Paragraph(sentence(reason)) for reason in month.reasons)
        if month.matters:
            yield matter_table(month.matters)
    yield from _warnings(facts)
    yield Heading(1, "办理经过")
    yield _steps(facts)


def _warnings(facts: InterviewFacts) -> Iterator[Block]:
    if facts.warnings:
        yield Heading(1, "需要核实的情况")
        yield from (Paragraph(sentence(warning)) for warning in facts.warnings)


def _steps(facts: InterviewFacts) -> Table:
    columns = (
        Column("日期", width=10),
        Column("事项"),
        Column("办理人", width=10),
        Column("文号"),
        Column("备注"),
    )
    rows = tuple(
        (table_date(s.on), s.what, s.by or "—", s.ref or "—", dates_in_words(s.note or "—"))
        for s in facts.steps
    )
    return Table(columns, rows)
