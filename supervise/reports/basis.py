"""The office's own sheet behind a notice (点名依据表): each name, matter, date and check."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts import EntryFacts, NoticeFacts
from supervise.reports.checks import check_document
from supervise.reports.document import (
    Block,
    Chart,
    Column,
    Document,
    Fields,
    Heading,
    Paragraph,
    Table,
)
from supervise.reports.notice import notice_marks, notice_stamp
from supervise.reports.phrases import (
    INTERNAL_MARK,
    basis_status,
    date_or_dash,
    matter_table,
)
from supervise.reports.words import dates_in_words, months_text

_ORIGINS = {"proposed": "按规则提出", "manual": "人工列入"}
_POLARITIES = {"named": "点名", "praised": "表扬", "noted": "提示"}
_STATUSES = {"draft": "草稿", "issued": "已签发", "withdrawn": "已撤回"}


def basis_document(facts: NoticeFacts) -> Document:
    """Lay out the basis sheet; it bears the 台账校验码 and never leaves the office."""
    return Document(
        title=f"{months_text(facts.months)}调度通报点名依据表",
        blocks=tuple(_blocks(facts)),
        number=facts.number,
        signature=facts.office,
        marks=(INTERNAL_MARK, *notice_marks(facts)),
        stamp=notice_stamp(facts),
        internal=True,
        style="plain",
        landscape=True,
        profile=facts.layout,
        sealed=False,
    )


def _blocks(facts: NoticeFacts) -> Iterator[Block]:
    yield Heading(1, "认定口径")
    yield _rules(facts)
    yield Heading(1, "被通报单位")
    yield from _pictured(facts)
    yield from _units(facts, [entry for entry in facts.entries if entry.named], "无。")
    yield Heading(1, "免予点名和已撤销的单位")
    yield from _left_out(facts)
    others = [e for e in facts.entries if e.polarity != "named" and e.status == "effective"]
    if others:
        yield Heading(1, "表扬和提示的单位")
        yield from _units(facts, others, "无。")
    yield Heading(1, "文表核对")
    problems = check_document(facts)
    yield from (Paragraph(problem) for problem in problems)
    if not problems:
        yield Paragraph("标题、正文、附件的月份一致，件数和日期核对无误。")


def _rules(facts: NoticeFacts) -> Fields:
    criteria = "\n".join(facts.criteria) or "—"
    return Fields(
        (
            ("规则包", f"{facts.pack_title or '—'}（版本{facts.pack_version or '—'}）"),
            ("规则依据", basis_status(facts.basis)),
            ("口径", criteria),
            ("通报状态", _STATUSES.get(facts.status, facts.status)),
            ("成文日期", date_or_dash(facts.issued_on)),
            ("送达日期", date_or_dash(facts.delivered_on)),
            ("批准情况", facts.approval or "未登记"),
        )
    )


def _pictured(facts: NoticeFacts) -> Iterator[Chart]:
    """Show beside each other what several units are named for, the most first."""
    named = sorted(facts.named, key=lambda entry: -len(entry.matters))
    if len(named) > 1:
        rows = tuple((entry.unit, (len(entry.matters),)) for entry in named)
        yield Chart("bars", "被通报单位未按要求完成的事项", ("件数",), rows)


def _units(facts: NoticeFacts, entries: list[EntryFacts], none: str) -> Iterator[Block]:
    if not entries:
        yield Paragraph(none)
    for entry in entries:
        yield Heading(2, entry.unit)
        yield _about(entry)
        if entry.matters:
            yield matter_table(entry.matters, f"{entry.unit}未按要求完成的事项")
        if entry.questions:
            yield _questions(entry)


def _about(entry: EntryFacts) -> Fields:
    return Fields(
        (
            ("单位代码", entry.unit_id or "—"),
            ("单位类别", entry.kind),
            ("列入方式", _ORIGINS.get(entry.origin, entry.origin)),
            ("通报方式", _POLARITIES.get(entry.polarity, entry.polarity)),
            ("理由", "\n".join(entry.reasons) or "—"),
            ("核对情况", entry.check or "未核对"),
        )
    )


def _questions(entry: EntryFacts) -> Table:
    columns = (Column("签发前七查"), Column("台账记载"), Column("结论", width=8))
    rows = tuple(
        (q.name, dates_in_words(q.answer), "通过" if q.ok else "须核实") for q in entry.questions
    )
    return Table(columns, rows, f"{entry.unit}签发前七查")


def _left_out(facts: NoticeFacts) -> Iterator[Block]:
    left_out = [entry for entry in facts.entries if entry.status != "effective"]
    if not left_out:
        yield Paragraph("无。")
        return
    columns = (Column("单位"), Column("情形", width=8), Column("理由"), Column("批准人", width=8))
    kinds = {"exempt": "免予点名", "withdrawn": "已撤销"}
    yield Table(
        columns,
        tuple(
            (e.unit, kinds.get(e.status, e.status), e.exempt_reason or "—", e.exempt_by or "—")
            for e in left_out
        ),
    )
    for entry in left_out:
        if entry.matters:
            yield matter_table(entry.matters, f"{entry.unit}涉及的事项")
