"""The monthly notice (通报) as an official page: figures, names, last month, what next."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts import EntryFacts, NoticeFacts, Rate
from supervise.reports.document import (
    Attachment,
    Block,
    Cell,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
    missing,
)
from supervise.reports.layout import one_line, ordinal
from supervise.reports.phrases import (
    DEMO_MARK,
    DRAFT_MARK,
    basis_phrase,
    matter_cells,
    matter_columns,
    matter_sentence,
    sentence,
    standing,
)
from supervise.reports.words import change_text, chinese_date, months_text, rate_text

_DEPARTMENTS = "市直单位"
_COUNTIES = "县市区"


def notice_document(facts: NoticeFacts) -> Document:
    """Lay out the notice of a month; until it is issued it says 草稿 and leaves its number open.

    A rule pack chooses between a red head with a 文号 and a bulletin with a 期号.
    """
    brief = facts.bulletin is not None
    number = facts.number or (missing("期号" if brief else "文号") if _is_draft(facts) else None)
    return Document(
        title=f"{facts.office}关于{months_text(facts.months)}优化营商环境工作调度情况的通报",
        blocks=tuple(_blocks(facts)),
        head=facts.bulletin or facts.office,
        number=None if brief else number,
        issue=_issue(number) if brief else None,
        style="brief" if brief else "official",
        addressees="，".join(facts.addressees) or missing("主送机关"),
        attachments=tuple(
            Attachment(_attachment_title(facts, name), (_group_table(facts, entries),), True)
            for name, entries in grouped(facts)
        ),
        signature=facts.office,
        date=chinese_date(facts.issued_on) if facts.issued_on else missing("成文日期"),
        notes=(f"联系人：{facts.contact or missing('联系人及电话')}",),
        copies=facts.copies,
        printed=(facts.office, chinese_date(facts.issued_on)) if facts.issued_on else None,
        marks=notice_marks(facts),
        stamp=notice_stamp(facts),
        profile=facts.layout,
    )


def _is_draft(facts: NoticeFacts) -> bool:
    return facts.status == "draft"


def _issue(number: str | None) -> str:
    """Give a bulletin's 期号: a bare number is written out as 第…期."""
    if number is None:
        return "期号未登记"
    return f"第{number}期" if number.isdigit() else number


def notice_marks(facts: NoticeFacts) -> tuple[str, ...]:
    """Give the words that every copy of a notice's papers bears."""
    by_status = {"draft": DRAFT_MARK, "withdrawn": "已撤回"}
    marks = [DEMO_MARK] if facts.demo else []
    return (*marks, by_status[facts.status]) if facts.status in by_status else tuple(marks)


def notice_stamp(facts: NoticeFacts) -> tuple[tuple[str, str], ...]:
    """Give what a notice's figures are: the cut-off, the day they were looked at, 台账校验码."""
    return (
        ("统计截止", chinese_date(facts.cutoff)),
        ("查询日期", chinese_date(facts.as_of)),
        ("台账校验码", facts.code or "—"),
    )


def grouped(facts: NoticeFacts) -> Iterator[tuple[str, tuple[EntryFacts, ...]]]:
    """Part the named units: the city's departments first, the counties apart.

    Within a group the order given, the city's, is kept; empty groups are left out.
    """
    counties = tuple(entry for entry in facts.named if entry.of_county)
    others = tuple(entry for entry in facts.named if not entry.of_county)
    zones = any(entry.kind == "开发区" for entry in counties)
    if others:
        yield _DEPARTMENTS, others
    if counties:
        yield f"{_COUNTIES}、开发区" if zones else _COUNTIES, counties


def _blocks(facts: NoticeFacts) -> Iterator[Block]:
    yield Paragraph(_lead(facts))
    yield Heading(1, "总体情况")
    yield from _overall(facts)
    yield Heading(1, "未按要求完成的单位和事项")
    yield from _named(facts)
    yield Heading(1, "上期通报事项整改情况")
    yield from _last_month(facts)
    yield Heading(1, "下一步要求")
    yield from _next(facts)


def _lead(facts: NoticeFacts) -> str:
    front = [basis_phrase(facts.basis)]
    if facts.concerns_counties:
        front.append(facts.approval or missing("批准情况，如：经市委、市政府同意"))
    months = months_text(facts.months)
    return "，".join([*front, f"现将{months}优化营商环境工作调度情况通报如下："])


def _overall(facts: NoticeFacts) -> Iterator[Block]:
    total = sum(stage.count for stage in facts.stages)
    if facts.stages:
        named = "、".join(f"{stage.name}{stage.count}件" for stage in facts.stages)
        against = _against_last_month(facts, total)
        yield Paragraph(
            f"截至{chinese_date(facts.cutoff)}，台账共有问题{total}件{against}，其中{named}。"
        )
    if facts.figures:
        yield Paragraph("；".join(_figure(rate, facts) for rate in facts.figures) + "。")
    praised = [e.unit for e in facts.entries if e.polarity == "praised" and _printed(e)]
    if praised:
        yield Paragraph(f"{'、'.join(praised)}工作推进较好。")


def _against_last_month(facts: NoticeFacts, total: int) -> str:
    before = [stage.previous for stage in facts.stages if stage.previous is not None]
    if len(before) != len(facts.stages):
        return ""
    moved = total - sum(before)
    if moved == 0:
        return f"（上月{sum(before)}件，持平）"
    return f"（上月{sum(before)}件，{'增加' if moved > 0 else '减少'}{abs(moved)}件）"


def _figure(rate: Rate, facts: NoticeFacts) -> str:
    text = rate_text(rate.name, rate.numerator, rate.denominator, facts.cutoff)
    if rate.previous is None:
        return text
    return f"{text}，{change_text((rate.numerator, rate.denominator), rate.previous)}"


def _printed(entry: EntryFacts) -> bool:
    return entry.status == "effective"


def _named(facts: NoticeFacts) -> Iterator[Block]:
    groups = list(grouped(facts))
    if not groups:
        yield Paragraph(f"{months_text(facts.months)}没有未按要求完成工作任务的单位。")
    else:
        yield Paragraph(_named_total(facts, groups))
    for name, entries in groups:
        yield Heading(2, name)
        for entry in entries:
            yield Heading(3, entry.unit)
            yield from _entry(entry, facts)
    noted = [e for e in facts.entries if e.polarity == "noted" and _printed(e)]
    if noted:
        told = "、".join(entry.unit for entry in noted)
        yield Paragraph(f"另提示{told}抓紧办理，不列为被通报单位。")


def _named_total(facts: NoticeFacts, groups: list[tuple[str, tuple[EntryFacts, ...]]]) -> str:
    matters = sum(len(entry.matters) for entry in facts.named)
    shares = "、".join(f"{name}{len(entries)}个" for name, entries in groups)
    return (
        f"{months_text(facts.months)}未按要求完成工作任务的单位（以下称被通报单位）"
        f"共{len(facts.named)}个，{f'涉及事项{matters}项，' if matters else ''}其中{shares}，"
        "具体见附件。"
    )


def _entry(entry: EntryFacts, facts: NoticeFacts) -> Iterator[Block]:
    if not entry.matters or entry.origin == "manual":
        yield from (Paragraph(sentence(reason)) for reason in entry.reasons)
    several = len(entry.matters) > 1
    for n, matter in enumerate(entry.matters, 1):
        number = ordinal(4, n) if several else ""
        yield Paragraph(number + matter_sentence(matter, facts.cutoff))
    if entry.matters and entry.origin != "manual":
        yield from (Paragraph(sentence(reason)) for reason in entry.beside)


def _last_month(facts: NoticeFacts) -> Iterator[Block]:
    if facts.last_month is None:
        yield Paragraph("上期未印发通报。")
    elif not facts.last_month:
        yield Paragraph("上期通报没有被通报单位。")
    for n, last in enumerate(facts.last_month or (), 1):
        matters = "、".join(one_line(matter) for matter in last.matters)
        told = f"（{matters}）" if matters else ""
        yield Paragraph(f"{n}.{last.unit}{told}：{sentence(last.outcome)}")


def _next(facts: NoticeFacts) -> Iterator[Block]:
    if facts.named:
        due = facts.explanation_due_text or missing("书面说明期限")
        yield Paragraph(
            f"被通报单位要逐项查明原因、落实整改措施，{due}向{facts.explanation_to}"
            f"书面说明情况，同时抄送{facts.office}。"
        )
    yield from (Paragraph(one_line(text)) for text in facts.requirements)
    yield Paragraph("各责任单位要对照限期抓紧整改，整改完成后及时报请复核，逐项销号。")


def _attachment_title(facts: NoticeFacts, group: str) -> str:
    return f"{months_text(facts.months)}未按要求完成工作任务的{group}情况表"


def _group_table(facts: NoticeFacts, entries: tuple[EntryFacts, ...]) -> Table:
    columns = matter_columns(
        Column("序号", "right", 4), Column("单位", width=16), back=(Column("办理情况"),)
    )
    rows: list[tuple[Cell, ...]] = []
    for entry in entries:
        for matter in entry.matters:
            told = standing(matter)
            rows.append((len(rows) + 1, entry.unit, *matter_cells(matter), told))
        if not entry.matters or entry.beside:
            told = "；".join(entry.beside if entry.matters else entry.reasons) or "—"
            rows.append((len(rows) + 1, entry.unit, "—", "—", "—", "—", "—", told))
    note = f"统计截至{chinese_date(facts.cutoff)}；超期天数为限期次日起的自然日数"
    note += f"；台账校验码{facts.code}。" if facts.code else "。"
    return Table(columns, tuple(rows), note=note)
