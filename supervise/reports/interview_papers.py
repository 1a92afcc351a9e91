"""The papers around an interview: 呈批件 to the leaders, 约谈通知书 to the unit, 约谈纪要."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts import InterviewFacts
from supervise.reports.document import Block, Document, Fields, Heading, Paragraph, missing
from supervise.reports.forms import SIGNED, form, pair, wide
from supervise.reports.interview import (
    attached_table,
    interview_marks,
    interview_stamp,
    named_months,
    rule_words,
)
from supervise.reports.phrases import INTERNAL_MARK, contact_note, matter_sentence, sentence
from supervise.reports.words import chinese_date, month_text


def memo_document(facts: InterviewFacts) -> Document:
    """Lay out the internal memo (呈批件): the facts, what is proposed, boxes for the leaders."""
    title = f"关于提请约谈{facts.unit}主要负责人的请示"
    attached = attached_table(facts)
    rows = (
        pair("呈报单位", facts.office, "呈报日期", chinese_date(facts.as_of)),
        wide("事由", title),
        wide("主要情况", "\n".join(_told(facts)), lines=4),
        wide("拟办意见", _proposal(facts), lines=3, foot=f"经办人{SIGNED}"),
        wide("办公室\n负责人\n意见", lines=3, foot=SIGNED),
        wide("领导批示", lines=6, foot=SIGNED),
        wide("办理结果", lines=2),
    )
    return Document(
        title="呈批件",
        blocks=(form(*rows),),
        attachments=(attached,) if attached else (),
        marks=interview_marks(facts, INTERNAL_MARK),
        stamp=interview_stamp(facts),
        internal=True,
        style="plain",
        sealed=False,
    )


def _told(facts: InterviewFacts) -> Iterator[str]:
    head = facts.head or missing("主要负责人")
    yield f"{facts.unit}{named_months(facts)}连续被通报，主要负责人{head}。"
    for month in facts.months:
        reasons = "，".join(month.reasons) or "理由见通报"
        yield f"{month_text(month.period)}（{month.number or '文号未登记'}）：{reasons}。"
    for warning in facts.warnings:
        yield f"需要核实：{sentence(warning)}"


def _proposal(facts: InterviewFacts) -> str:
    return (
        f"{rule_words(facts)}，拟提请{facts.superior_leader}约谈{facts.unit}主要负责人。"
        "请示稿附后，妥否，请批示。"
    )


def summons_document(facts: InterviewFacts) -> Document:
    """Lay out the letter that calls a unit's head to an interview that was agreed to."""
    return Document(
        title="约谈通知书",
        blocks=tuple(_summons(facts)),
        head=facts.office,
        number=missing("文号"),
        addressees=facts.unit,
        signature=facts.office,
        date=missing("成文日期"),
        notes=(contact_note(facts.contact),),
        marks=interview_marks(facts),
        style="letter",
    )


def _leader(facts: InterviewFacts) -> str:
    return facts.leader or missing("约谈领导")


def _summons(facts: InterviewFacts) -> Iterator[Block]:
    yield Paragraph(
        f"你单位{named_months(facts)}连续被通报。{rule_words(facts)}，经批准，"
        f"由{_leader(facts)}约谈你单位主要负责人{facts.head or missing('主要负责人')}。"
        "现将有关事项通知如下："
    )
    yield Heading(1, "约谈时间和地点")
    when = chinese_date(facts.planned_on) if facts.planned_on else missing("约谈日期")
    yield Paragraph(f"{when}{missing('约谈时刻')}，{missing('约谈地点')}。")
    yield Heading(1, "约谈事项")
    for month in facts.months:
        named = "、".join(f"“{one.title}”（{one.code}）" for one in month.matters)
        number = month.number or "文号未登记"
        told = named or "；".join(month.reasons)
        yield Paragraph(f"{month_text(month.period)}通报（{number}）：{told}。")
    yield Heading(1, "有关要求")
    yield Paragraph("请主要负责人本人到会，不得委托他人。")
    yield Paragraph("请准备书面材料，说明未按要求完成的原因、已采取的措施、整改时限和责任人。")
    yield Paragraph(f"请于{missing('回执限期')}前将参加人员姓名、职务报我办。")


def minutes_document(facts: InterviewFacts) -> Document:
    """Lay out the minutes of an interview that was held; what was said is for people to write."""
    return Document(
        title=f"约谈{facts.unit}主要负责人纪要",
        blocks=tuple(_minutes(facts)),
        head="约谈纪要",
        number=missing("纪要编号"),
        marks=interview_marks(facts, INTERNAL_MARK),
        style="minutes",
        sealed=False,
    )


def _minutes(facts: InterviewFacts) -> Iterator[Block]:
    held = chinese_date(facts.held_on) if facts.held_on else missing("约谈日期")
    yield Fields(
        (
            ("时间", held),
            ("地点", missing("约谈地点")),
            ("主持", _leader(facts)),
            ("约谈对象", f"{facts.unit}主要负责人{facts.head or missing('主要负责人')}"),
            ("参加人员", missing("参加人员")),
            ("记录", missing("记录人")),
        )
    )
    yield Heading(1, "约谈事由")
    yield Paragraph(f"{facts.unit}{named_months(facts)}连续被通报。{rule_words(facts)}，进行约谈。")
    for month in facts.months:
        for one in month.matters:
            yield Paragraph(f"{month_text(month.period)}：{matter_sentence(one, month.cutoff)}")
    yield Heading(1, "单位说明的情况")
    yield Paragraph(f"{missing('单位说明的原因和已采取的措施')}。")
    yield Heading(1, "约谈意见和要求")
    yield Paragraph(f"{missing('约谈领导提出的意见和要求')}。")
    yield Heading(1, "整改承诺")
    due = chinese_date(facts.due_on) if facts.due_on else missing("承诺完成日期")
    yield Paragraph(f"{facts.unit}承诺于{due}前（含当日）完成整改，并书面报告结果。")
    yield form(
        wide("约谈人", foot=SIGNED),
        wide("被约谈人", foot=SIGNED),
    )
