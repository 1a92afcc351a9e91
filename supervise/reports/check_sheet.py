"""拟通报事项核对单: what a unit is to be named for, put to it before a name is printed."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts_months import UnitMonthFacts
from supervise.reports.document import Block, Column, Document, Paragraph, Table, missing
from supervise.reports.forms import SEALED, choices, form, wide
from supervise.reports.phrases import (
    basis_phrase,
    contact_note,
    matter_cells,
    matter_columns,
    office_marks,
    sentence,
    standing,
)
from supervise.reports.words import chinese_date, months_text


def check_document(facts: UnitMonthFacts) -> Document:
    """Lay out the sheet for one unit, with boxes for its answer and its signature."""
    office = facts.office
    return Document(
        title=f"{months_text(facts.notice.months)}拟通报事项核对单",
        blocks=tuple(_blocks(facts)),
        head=office.office,
        number=missing("核对单编号"),
        addressees=facts.entry.unit,
        signature=office.office,
        date=_date(facts),
        notes=(contact_note(office.contact),),
        marks=office_marks(office),
        style="letter",
    )


def _date(facts: UnitMonthFacts) -> str:
    """Give the sheet's date: today's before the notice is issued; printed later, it was another."""
    if facts.notice.status == "draft":
        return chinese_date(facts.office.as_of)
    return missing("成文日期")


def _blocks(facts: UnitMonthFacts) -> Iterator[Block]:
    months = months_text(facts.notice.months)
    yield Paragraph(
        f"{basis_phrase(facts.notice.basis)}，拟在{months}优化营商环境工作调度情况的通报中"
        "将你单位列为被通报单位。现将有关事项送你单位核对。"
    )
    yield from (Paragraph(f"{one.name}的口径：{one.reading}。") for one in facts.criteria)
    yield from (Paragraph(f"理由：{sentence(reason)}") for reason in facts.entry.reasons)
    if facts.entry.matters:
        yield _table(facts)
    yield Paragraph(
        f"请于{missing('核对回复限期')}前将核对意见经主要负责人签字、加盖公章后反馈；"
        "对日期、件数有异议的，写明事项编号和理由，并附签收、报送等凭证。"
    )
    yield form(
        wide("核对意见", _answer(facts), lines=2),
        wide("有异议的\n事项及\n理由", lines=7),
        wide("所附凭证", lines=2),
        wide("填报人", lines=2, foot="签名：　　　　　　联系电话："),
        wide("核对单位", lines=3, foot=f"主要负责人签名{SEALED}"),
        caption="核对回复",
    )


def _answer(facts: UnitMonthFacts) -> str:
    boxes = choices("无异议", "有异议")
    check = facts.check
    if check is None:
        return boxes
    when = f"{chinese_date(check.on)}" if check.on else ""
    return f"{boxes}\n（台账{when}已登记：{check.result}）"


def _table(facts: UnitMonthFacts) -> Table:
    columns = matter_columns(Column("序号", "right", 4), back=(Column("办理情况"),))
    rows = tuple(
        (n, *matter_cells(matter), standing(matter))
        for n, matter in enumerate(facts.entry.matters, 1)
    )
    note = (
        f"统计截至{chinese_date(facts.notice.cutoff)}；超期天数为限期次日起的自然日数；"
        f"台账校验码{facts.office.code or '—'}。"
    )
    return Table(columns, rows, note=note)
