"""事项完整卷: everything the ledger holds of one issue, in the order in which one asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from supervise.domain.facts_files import FileFacts
from supervise.domain.facts_issues import IssueFacts
from supervise.reports.document import Block, Column, Document, Fields, Heading, Paragraph, Table
from supervise.reports.handing_out import due_words
from supervise.reports.layout import one_line
from supervise.reports.matter_steps import due_blocks, handed_in_blocks, move_blocks, steps_table
from supervise.reports.phrases import date_or_dash, internal_paper, table_date
from supervise.reports.words import chinese_date, month_text, months_text

_POLARITIES = {"named": "点名", "praised": "表扬", "noted": "提示"}
_STATUSES = {"effective": "生效", "exempt": "免予点名", "withdrawn": "已撤销"}


def file_document(facts: FileFacts) -> Document:
    """Lay out the file; who complained stands in it only where units may know (可告知)."""
    issue = facts.issue
    return internal_paper(issue.office, f"{issue.code}事项完整卷", *_blocks(facts))


def _blocks(facts: FileFacts) -> Iterator[Block]:
    issue = facts.issue
    yield Heading(1, "基本情况")
    yield _about(issue)
    yield Heading(1, "各环节停留")
    yield _stays(facts)
    yield Heading(1, "限期")
    yield Fields((("现限期", due_words(issue) if issue.due_on else "未定"), ("超期", _late(issue))))
    yield from due_blocks(issue)
    yield from move_blocks(issue)
    yield Heading(1, "报请复核、答复和回访")
    yield from handed_in_blocks(issue, "报请复核和复核")
    yield _answered(issue)
    yield Heading(1, "佐证材料")
    yield from _evidence(issue)
    yield Heading(1, "所在通报和约谈")
    yield from _named(facts)
    yield Heading(1, "办理记录")
    yield steps_table(issue.steps, f"{issue.code}办理记录（共{len(issue.steps)}步）")


def _about(issue: IssueFacts) -> Fields:
    return Fields(
        (
            ("事项", one_line(issue.title)),
            ("问题情况", issue.detail or "—"),
            ("来源", "，".join(filter(None, (issue.source, issue.batch, issue.source_no))) or "—"),
            ("类别", issue.category or "—"),
            ("紧急程度", issue.urgency or "—"),
            ("诉求人", _party(issue)),
            ("发现日期", chinese_date(issue.found_on)),
            ("受理", _told(issue.accepted_on, issue.conclusion or "结论未登记", "未受理")),
            ("责任单位", issue.unit or "—"),
            ("问责主体", issue.subject or "—"),
            ("主要负责人", issue.head or "—"),
            ("配合单位", "、".join(issue.co_units) or "—"),
            ("经办人", issue.handler or "—"),
            ("批示", issue.instruction or "—"),
            ("现处环节", issue.stage),
            ("退回、反弹", f"复核退回{issue.returns}次，反弹重办{issue.reopens}次"),
            ("提级", issue.escalated or "未提级"),
        )
    )


def _party(issue: IssueFacts) -> str:
    party = issue.party
    if party.standing != "可告知":
        return party.standing
    return "，".join(filter(None, (party.name, party.contact))) or "—"


def _stays(facts: FileFacts) -> Table:
    columns = (
        Column("环节", width=10),
        Column("进入", width=10),
        Column("离开", width=10),
        Column("停留天数", "right", 8),
    )
    rows = tuple(
        (one.stage, table_date(one.since), table_date(one.until), one.days) for one in facts.stays
    )
    return Table(columns, rows)


def _late(issue: IssueFacts) -> str:
    return f"{issue.days_late}天" if issue.days_late else "未超期"


def _answered(issue: IssueFacts) -> Fields:
    return Fields(
        (
            ("答复", _told(issue.replied_on, issue.reply or "内容未登记", "未答复")),
            ("回访", _told(issue.feedback_on, issue.satisfaction or "结果未登记", "未回访")),
            ("销号", _told(issue.closed_on, f"批准人：{issue.closed_by or '未登记'}", "未销号")),
        )
    )


def _told(day: date | None, what: str, none: str) -> str:
    return f"{chinese_date(day)}，{what}" if day else none


def _evidence(issue: IssueFacts) -> Iterator[Block]:
    if not issue.evidence:
        yield Paragraph("台账未附佐证材料。")
        return
    columns = (
        Column("序号", "right", 4),
        Column("材料"),
        Column("存入日期", width=10),
        Column("SHA-256（前16位）", width=18),
    )
    yield Table(
        columns,
        tuple(
            (n, one.name, table_date(one.added_on), one.digest or "仅有说明，未存文件")
            for n, one in enumerate(issue.evidence, 1)
        ),
    )


def _named(facts: FileFacts) -> Iterator[Block]:
    if not facts.notices:
        yield Paragraph("没有通报列出本事项。")
    for one in facts.notices:
        how = _POLARITIES.get(one.polarity, one.polarity)
        yield Paragraph(
            f"{month_text(one.period)}通报（{one.number or '文号未登记'}，"
            f"{date_or_dash(one.issued_on)}）{how}{one.unit}，"
            f"{_STATUSES.get(one.status, one.status)}。"
        )
    for line in facts.interviews:
        held = f"，{chinese_date(line.held_on)}约谈" if line.held_on else ""
        yield Paragraph(
            f"约谈{line.id}号：{line.unit}，依据{months_text(line.periods)}通报，"
            f"{line.status}{held}。"
        )
