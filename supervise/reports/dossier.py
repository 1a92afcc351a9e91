"""点名依据卷: all that stands behind one unit's name in one month, to be handed to its head."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from supervise.domain.facts import EntryFacts, Matter
from supervise.domain.facts_issues import IssueFacts
from supervise.domain.facts_months import UnitMonthFacts
from supervise.reports.document import (
    Block,
    Break,
    Column,
    Document,
    Fields,
    Heading,
    Paragraph,
    Table,
)
from supervise.reports.layout import one_line
from supervise.reports.matter_steps import (
    due_blocks,
    handed_in_blocks,
    move_blocks,
    steps_table,
)
from supervise.reports.notice import notice_marks, notice_stamp
from supervise.reports.phrases import (
    INTERNAL_MARK,
    basis_status,
    date_or_dash,
    lateness,
    matter_cells,
    matter_columns,
    matter_sentence,
    standing,
)
from supervise.reports.words import chinese_date, dates_in_words, months_text

_STATUSES = {"draft": "草稿，尚未签发", "issued": "已签发", "withdrawn": "已撤回"}
_ORIGINS = {"proposed": "按规则提出", "manual": "人工列入"}


def dossier_document(facts: UnitMonthFacts) -> Document:
    """Lay out the dossier of one named unit: the naming, the rule, every matter, the check."""
    notice, entry = facts.notice, facts.entry
    return Document(
        title=f"{entry.unit}{months_text(notice.months)}点名依据卷",
        blocks=tuple(_blocks(facts)),
        number=notice.number,
        signature=notice.office,
        marks=(INTERNAL_MARK, *notice_marks(notice)),
        stamp=(*notice_stamp(notice), ("出卷时校验码", facts.office.code or "—")),
        internal=True,
        style="plain",
        sealed=False,
    )


def _blocks(facts: UnitMonthFacts) -> Iterator[Block]:
    yield Heading(1, "点名情况")
    yield _naming(facts)
    if facts.entry.matters:
        yield _summary(facts.entry)
    yield from _differing(facts)
    yield Heading(1, "规则和口径")
    yield from _rules(facts)
    yield Heading(1, "事项办理经过")
    yield from _matters(facts)
    yield Heading(1, "拟通报事项核对")
    yield Paragraph(_check(facts))
    yield Heading(1, "签发前七查")
    yield from _questions(facts.entry)


def _naming(facts: UnitMonthFacts) -> Fields:
    notice, entry = facts.notice, facts.entry
    return Fields(
        (
            ("单位", entry.unit),
            ("单位代码", entry.unit_id or "—"),
            ("主要负责人", facts.head or "—"),
            ("通报月份", months_text(notice.months)),
            ("通报状态", _STATUSES.get(notice.status, notice.status)),
            ("通报文号", notice.number or "未登记"),
            ("成文日期", date_or_dash(notice.issued_on)),
            ("送达日期", date_or_dash(notice.delivered_on)),
            ("列入方式", _ORIGINS.get(entry.origin, entry.origin)),
            ("理由", "\n".join(entry.reasons) or "—"),
        )
    )


def _summary(entry: EntryFacts) -> Table:
    columns = matter_columns(back=(Column("现处环节", width=8),))
    rows = tuple((*matter_cells(one), one.stage or "—") for one in entry.matters)
    return Table(columns, rows, f"{entry.unit}未按要求完成的事项")


def _differing(facts: UnitMonthFacts) -> Iterator[Block]:
    """Say which matters the issued notice told otherwise: something was entered since."""
    if not facts.printed:
        return
    cutoff = facts.notice.cutoff
    changed = [
        one.code
        for one in facts.entry.matters
        if not any(matter_sentence(one, cutoff) in text for text in facts.printed)
    ]
    if changed:
        yield Paragraph(
            f"{'、'.join(changed)}在签发的通报中所载与台账现在的记载不同，签发后有补录或更正，"
            "通报以签发稿为准，变动见办理记录的录入日期。"
        )


def _rules(facts: UnitMonthFacts) -> Iterator[Block]:
    yield Fields(
        (
            ("规则依据", basis_status(facts.notice.basis)),
            (
                "规则包",
                f"{facts.notice.pack_title or '—'}（版本{facts.notice.pack_version or '—'}）",
            ),
            ("时限出处", facts.office.clock or "—"),
            ("统计截止", f"{chinese_date(facts.notice.cutoff)}24时"),
        )
    )
    columns = (Column("情形", width=12), Column("依据条款"), Column("口径"))
    yield Table(columns, tuple((one.name, one.clause, one.reading) for one in facts.criteria))


def _matters(facts: UnitMonthFacts) -> Iterator[Block]:
    if not facts.matters:
        yield Paragraph("没有列明具体事项，理由见“点名情况”。")
    for number, (matter, issue) in enumerate(zip(facts.entry.matters, facts.matters, strict=True)):
        if number:
            yield Break()
        yield Heading(2, f"{one_line(matter.title)}（{matter.code}）")
        yield _dates(facts, matter, issue)
        yield from due_blocks(issue)
        yield from move_blocks(issue)
        yield from handed_in_blocks(issue, "报请复核和复核（含截止日以后）")
        yield _log(facts, issue)
        yield from _later(facts, issue)


def _dates(facts: UnitMonthFacts, matter: Matter, issue: IssueFacts) -> Fields:
    """Set out how the matter stood at the cut-off."""
    urged = [one for one in issue.urged if one <= facts.notice.cutoff]
    return Fields(
        (
            ("承办单位", matter.bureau or issue.unit or "—"),
            ("交办", date_or_dash(matter.assigned_on)),
            ("签收", date_or_dash(_signed(facts, matter, issue))),
            ("催办", "、".join(map(chinese_date, urged)) or "截止日前未催办"),
            ("限期", date_or_dash(matter.due_on)),
            ("报请复核", date_or_dash(matter.submitted_on)),
            ("截止日情况", f"{standing(matter)}，{lateness(matter)}"),
            ("认定依据", matter.basis or "—"),
            ("佐证材料", "、".join(one.name for one in issue.evidence) or "无"),
        )
    )


def _signed(facts: UnitMonthFacts, matter: Matter, issue: IssueFacts) -> date | None:
    """Give the day the unit signed for the matter in the handling it is named for."""
    since, until = matter.assigned_on or issue.found_on, facts.notice.cutoff
    days = [one.on for one in issue.steps if one.what == "签收" and since <= one.on <= until]
    if days:
        return days[-1]
    known = issue.signed_on
    return known if known and since <= known <= until else None


def _log(facts: UnitMonthFacts, issue: IssueFacts) -> Table:
    until = facts.notice.cutoff
    steps = [step for step in issue.steps if step.on <= until]
    return steps_table(steps, f"办理记录（截至{chinese_date(until)}）")


def _later(facts: UnitMonthFacts, issue: IssueFacts) -> Iterator[Block]:
    steps = [step for step in issue.steps if step.on > facts.notice.cutoff]
    if steps:
        yield steps_table(steps, "截止日以后的办理记录（不影响本期认定）")


def _check(facts: UnitMonthFacts) -> str:
    check = facts.check
    if check is None:
        return "台账没有核对单的答复记录。"
    when = f"{chinese_date(check.on)}登记，" if check.on else ""
    by = f"登记人：{check.by}，" if check.by else ""
    return f"{when}{by}核对结果：{check.result}。"


def _questions(entry: EntryFacts) -> Iterator[Block]:
    if not entry.questions:
        yield Paragraph("没有具体事项，不适用。")
        return
    columns = (Column("项目", width=6), Column("台账记载"), Column("结论", width=8))
    rows = tuple(
        (q.name, dates_in_words(q.answer), "通过" if q.ok else "须核实") for q in entry.questions
    )
    yield Table(columns, rows)
