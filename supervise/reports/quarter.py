"""季度报告: the settlement (一季一结账) and the quarter's figures, with pictures of them."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts_quarter import (
    MonthRate,
    QuarterFacts,
    Ranking,
    RateLine,
    Settled,
)
from supervise.domain.publicity import span_label
from supervise.domain.rates import Rate
from supervise.reports.document import (
    Attachment,
    Block,
    Chart,
    Column,
    Document,
    Heading,
    Paragraph,
    Table,
)
from supervise.reports.phrases import internal_paper, table_date
from supervise.reports.words import (
    chinese_date,
    month_text,
    months_text,
    percent,
    rate_text,
    tenths,
)


def quarter_document(facts: QuarterFacts) -> Document:
    """Lay out the report; tables by unit stand in the attachments, each rate with its counts."""
    attachments = [Attachment("分单位结账表", (_by_unit(facts),))]
    if facts.ranking:
        attachments.append(
            Attachment("按期办结率排名表", tuple(_ranked(one) for one in facts.ranking))
        )
    title = f"{span_label(facts.quarter)}优化营商环境督导工作报告"
    return internal_paper(facts.office, title, *_blocks(facts), attachments=tuple(attachments))


def _blocks(facts: QuarterFacts) -> Iterator[Block]:
    until = "" if facts.complete else f"，本季度尚未结束，数字截至{chinese_date(facts.cutoff)}"
    yield Paragraph(
        f"本报告所列为{chinese_date(facts.first)}至{chinese_date(facts.cutoff)}"
        f"台账记载的办理情况{until}。"
    )
    yield Heading(1, "结账情况")
    yield from _settlement(facts)
    yield Heading(1, "各项比率")
    yield from _rates(facts)
    yield Heading(1, "流转和在办时长")
    yield from _moving(facts)
    yield Heading(1, "通报点名")
    yield from _named(facts)
    yield Heading(1, "约谈")
    yield from _interviews(facts)
    yield Heading(1, "单位排名")
    yield from _ranking(facts)


def _settlement(facts: QuarterFacts) -> Iterator[Block]:
    one = facts.total
    back = f"，反弹和恢复办理{one.reopened}件" if one.reopened else ""
    yield Paragraph(
        f"期初在办{one.opening}件，本期新增{one.added}件{back}，销号{one.closed}件，"
        f"不予受理、合并、终止{one.ended}件，期末在办{one.remaining}件"
        f"（{one.opening}+{one.added}+{one.reopened}-{one.closed}-{one.ended}={one.remaining}），"
        f"其中到期未报{facts.overdue}件。季内销号后又重办的，按期末所处环节计。分单位结账见附件1。"
    )
    yield Chart(
        "bars",
        "本季度结账",
        ("件数",),
        (
            ("期初在办", (one.opening,)),
            ("本期新增", (one.added,)),
            ("反弹和恢复", (one.reopened,)),
            ("本期销号", (one.closed,)),
            ("其他了结", (one.ended,)),
            ("期末在办", (one.remaining,)),
        ),
    )


def _rates(facts: QuarterFacts) -> Iterator[Block]:
    for line in facts.rates:
        last = line.months[-1]
        if last.rate is None:
            yield Paragraph(f"{line.name}—（没有可统计的事项，截至{chinese_date(last.cutoff)}）。")
            continue
        told = rate_text(line.name, last.rate.numerator, last.rate.denominator, last.cutoff)
        yield Paragraph(f"{told}{_against(line)}。")
    columns = (
        Column("比率", width=12),
        *(Column(month_text(one), "right") for one in facts.periods),
        Column("目标", "right", 8),
    )
    rows = tuple((line.name, *map(_cell, line.months), line.target or "—") for line in facts.rates)
    note = "每格为比率和分子/分母；已签发通报的月份为通报所印的数字，其余为月末（或截止日）的数字。"
    yield Table(columns, rows, "各月比率", note)
    yield Chart(
        "bars",
        "各月比率",
        tuple(map(month_text, facts.periods)),
        tuple((_aimed(line), tuple(map(_whole, line.months))) for line in facts.rates),
        unit="%",
        note="图中为四舍五入的整数，准确数字见上表；括号内为目标。",
    )


def _aimed(line: RateLine) -> str:
    return f"{line.name}（{line.target}）" if line.target else line.name


def _against(line: RateLine) -> str:
    if line.target is None or line.met is None:
        return ""
    return f"，目标{line.target}，{'达到' if line.met else '未达到'}"


def _cell(month: MonthRate) -> str:
    if month.rate is None:
        return "—"
    rate = month.rate
    return f"{percent(rate.numerator, rate.denominator)}\n{rate.numerator}/{rate.denominator}"


def _whole(month: MonthRate) -> int | None:
    return _share(month.rate) if month.rate else None


def _moving(facts: QuarterFacts) -> Iterator[Block]:
    yield Chart(
        "bars",
        "本季度进入和离开各环节的事项",
        ("进入", "离开"),
        tuple((one.stage, (one.entered, one.left)) for one in facts.flow),
        note="按台账登记的流转计，同一事项多次进入或离开同一环节的只计一次。",
    )
    going = sum(number for _, number in facts.ages)
    yield Paragraph(
        f"截至{chinese_date(facts.cutoff)}在办{going}件，自发现之日起："
        f"{'，'.join(f'{label}{number}件' for label, number in facts.ages)}。"
    )
    yield Chart(
        "bars",
        "在办事项已办天数",
        ("件数",),
        tuple((label, (number,)) for label, number in facts.ages),
    )


def _named(facts: QuarterFacts) -> Iterator[Block]:
    out = [
        f"{month_text(period)}（{number or '文号未登记'}）"
        for period, number in zip(facts.periods, facts.issued, strict=True)
        if number is not None
    ]
    if not out:
        yield Paragraph("本季度没有签发通报。")
        return
    yield Paragraph(f"本季度签发通报{len(out)}期：{'、'.join(out)}，点名{len(facts.named)}个单位。")
    if facts.named:
        yield Chart(
            "grid",
            "各单位各月被通报事项数",
            tuple(map(month_text, facts.periods)),
            tuple((one.unit, one.months) for one in facts.named),
            note="空格为当月未被通报；人工列入而未写明事项的计0件。",
        )


def _interviews(facts: QuarterFacts) -> Iterator[Block]:
    if not facts.interviews:
        yield Paragraph("本季度没有提请和约谈。")
        return
    columns = (
        Column("单位"),
        Column("依据月份", width=16),
        Column("现状", width=10),
        Column("提请", width=10),
        Column("同意", width=10),
        Column("约谈", width=10),
        Column("办结", width=10),
    )
    rows = tuple(
        (
            one.unit,
            months_text(one.periods),
            one.status,
            table_date(one.submitted_on),
            table_date(one.approved_on),
            table_date(one.held_on),
            table_date(one.closed_on),
        )
        for one in facts.interviews
    )
    yield Table(columns, rows, "本季度有办理步骤的约谈")


def _ranking(facts: QuarterFacts) -> Iterator[Block]:
    if not facts.ranking:
        yield Paragraph("本季度没有到期应交的事项，不排名。")
        return
    yield Paragraph(
        f"按本季度到期事项的按期办结率（首次提交按期/到期应交，截至{chinese_date(facts.cutoff)}）"
        f"排名，市直单位和县市区、开发区分列。"
    )
    for group in facts.ranking:
        rows = [one for one in group.rows if one.rank is not None]
        if rows:
            yield Chart(
                "bars",
                f"{group.group}按期办结率",
                ("按期办结率",),
                tuple((f"{one.rank}.{one.name}", (_share(one.rate),)) for one in rows),
                unit="%",
            )
    yield Paragraph(
        f"同分不分先后，到期不足{facts.ranking[0].fewest}件的不排名。各单位的件数见附件2。"
    )


def _share(rate: Rate) -> int | None:
    """Give a rate in whole percent; only all is 100, only none is 0."""
    share = tenths(rate.numerator, rate.denominator)
    if share is None or share in (0, 1000):
        return None if share is None else share // 10
    return min(max((share + 5) // 10, 1), 99)


def _by_unit(facts: QuarterFacts) -> Table:
    columns = (
        Column("单位"),
        Column("期初", "right", 6),
        Column("新增", "right", 6),
        Column("反弹恢复", "right", 8),
        Column("销号", "right", 6),
        Column("其他了结", "right", 8),
        Column("期末", "right", 6),
    )
    rows = tuple(map(_settled, (*facts.units, facts.total)))
    note = f"期初+新增+反弹恢复-销号-其他了结=期末。台账校验码：{facts.office.code or '—'}"
    return Table(columns, rows, note=note)


def _settled(one: Settled) -> tuple[str | int, ...]:
    return (
        one.name,
        one.opening,
        one.added,
        one.reopened,
        one.closed,
        one.ended,
        one.remaining,
    )


def _ranked(group: Ranking) -> Table:
    columns = (
        Column("名次", "right", 6),
        Column("单位"),
        Column("按期办结率", "right", 12),
        Column("按期", "right", 6),
        Column("到期", "right", 6),
    )
    rows = tuple(
        (
            one.rank if one.rank is not None else "—",
            one.name,
            one.rate.percent,
            one.rate.numerator,
            one.rate.denominator,
        )
        for one in group.rows
    )
    note = f"同分不分先后；名次为“—”的到期不足{group.fewest}件，不排名。"
    return Table(columns, rows, group.group, note)
