"""The papers of a referral (移送): the letter, and the register of what was handed over.

A person decided on it; the papers repeat what the ledger recorded of that, name no individual's
fault and say nothing of any investigation.
"""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts_files import ReferralFacts
from supervise.reports.document import (
    Attachment,
    Block,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    missing,
)
from supervise.reports.forms import SEALED, SIGNED, form, pair, wide
from supervise.reports.phrases import (
    INTERNAL_MARK,
    basis_phrase,
    contact_note,
    internal_paper,
    office_marks,
    sentence,
)
from supervise.reports.words import chinese_date, months_in_words


def letter_document(facts: ReferralFacts) -> Document:
    """Lay out the letter to the body that receives it; the list of papers is its attachment."""
    office = facts.office
    return Document(
        title=f"关于移送{facts.unit}有关问题线索的函",
        blocks=tuple(_letter(facts)),
        head=office.office,
        number=facts.ref or missing("文号"),
        addressees=facts.recipient or missing("接收机关"),
        attachments=(Attachment("移送材料清单", (_papers(facts),)),),
        signature=office.office,
        date=missing("成文日期"),
        notes=(contact_note(office.contact),),
        marks=office_marks(office, INTERNAL_MARK),
        style="letter",
    )


def _letter(facts: ReferralFacts) -> Iterator[Block]:
    office = facts.office
    yield Paragraph(
        f"{basis_phrase(office.basis)}，经{facts.approver or missing('批准人')}批准，"
        f"现将{facts.unit}屡督不改的有关问题线索移送你机关。"
    )
    yield Heading(1, "移送情形")
    yield Paragraph(
        sentence(f"{facts.criterion}：{facts.reading}（依据：{facts.clause}）"),
    )
    yield Heading(1, "台账记载的事实")
    for number, told in enumerate(facts.basis, 1):
        yield Paragraph(f"{number}.{sentence(months_in_words(told))}")
    yield Paragraph(
        "以上为督导台账记载的办理事实，不含对任何个人责任的认定。请依规依纪依法研究处理，"
        "并将是否受理和办结情况函告我办。"
    )


def _papers(facts: ReferralFacts) -> Table:
    columns = (Column("序号", "right", 4), Column("材料名称"), Column("份数", "right", 6))
    return Table(columns, tuple((n, one, 1) for n, one in enumerate(facts.papers, 1)))


def register_document(facts: ReferralFacts) -> Document:
    """Lay out the register (移交登记表): who hands over and who receives, with both signatures."""
    listed = "\n".join(f"{n}.{one}" for n, one in enumerate(facts.papers, 1))
    rows = (
        pair("登记编号", str(facts.id), "移送函文号", facts.ref or missing("文号")),
        pair("涉及单位", facts.unit, "移送情形", facts.criterion),
        wide(
            "事实依据",
            "\n".join(f"{n}.{months_in_words(t)}" for n, t in enumerate(facts.basis, 1)) or "—",
        ),
        pair("决定日期", chinese_date(facts.decided_on), "批准人", facts.approver or "—"),
        pair("办理人", facts.handler or "—", "接收机关", facts.recipient or "—"),
        wide("移交材料", listed or missing("移交材料"), lines=3),
        wide("移交人", "以上材料已如数移交。", lines=2, foot=f"移交人{SIGNED}"),
        wide("接收人", "以上材料已如数收到。", lines=2, foot=f"接收人{SEALED}"),
        wide("反馈情况", "", lines=3, foot="登记人签名：　　　　　　　年　月　日"),
    )
    return internal_paper(facts.office, "问题线索移交登记表", form(*rows), signed=False)
