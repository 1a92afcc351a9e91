"""What goes to a unit about one issue: 交办单, 催办单, 督办单."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts_issues import IssueFacts, PartyFacts
from supervise.reports.document import Document, Paragraph, missing
from supervise.reports.forms import SEALED, Row, form, pair, wide
from supervise.reports.layout import one_line
from supervise.reports.phrases import contact_note, date_or_dash, office_letter, office_marks
from supervise.reports.words import chinese_date, month_text


def party_rows(party: PartyFacts) -> Iterator[Row]:
    """Say who complained as far as the paper may."""
    if party.standing == "可告知":
        yield pair("诉求人", party.name or "—", "联系方式", party.contact or "—")
    elif party.standing != "无":
        yield wide("诉求人", party.standing)


def due_words(facts: IssueFacts) -> str:
    """Write the due date with the term it follows from, and the first one where it was moved."""
    if facts.due_on is None:
        return missing("限期")
    words = chinese_date(facts.due_on)
    if facts.term:
        words += f"（时限{facts.term}，次日起算）"
    if facts.original_due_on and facts.original_due_on != facts.due_on:
        words += f"（原限期{chinese_date(facts.original_due_on)}）"
    return words


def assignment_document(facts: IssueFacts) -> Document:
    """Lay out the 交办单: what is to be put right, by whom, until when."""
    office = facts.office
    rows = [
        pair("事项编号", facts.code, "紧急程度", facts.urgency or "—"),
        wide("事项", one_line(facts.title)),
        wide("问题情况", facts.detail or missing("问题情况"), lines=3),
        pair("问题来源", _source(facts), "问题类别", facts.category or "—"),
        *party_rows(facts.party),
        pair("责任单位", facts.unit or "—", "责任人", missing("责任单位责任人及职务")),
        wide("配合单位", "、".join(facts.co_units) or "—"),
        pair("交办日期", date_or_dash(facts.assigned_on), "办理限期", due_words(facts)),
    ]
    if facts.instruction:
        rows.append(wide("批示", facts.instruction))
    rows += [
        wide("整改要求", "\n".join(_demands(facts))),
        wide("交办单位", f"{office.office}（{contact_note(office.contact)}）", foot=SEALED),
        wide("签收", _signed(facts), foot="签收人：　　　　　　　年　月　日"),
    ]
    return Document(
        title="优化营商环境问题交办单",
        blocks=(form(*rows),),
        head=office.office,
        number=facts.assigned_ref or missing("交办单编号"),
        marks=office_marks(office),
        style="letter",
    )


def _source(facts: IssueFacts) -> str:
    return "，".join(filter(None, (facts.source, facts.batch, facts.source_no))) or "—"


def _signed(facts: IssueFacts) -> str:
    return f"已于{chinese_date(facts.signed_on)}签收。" if facts.signed_on else ""


def _demands(facts: IssueFacts) -> Iterator[str]:
    office = facts.office
    sign = f"{office.sign_term}内" if office.sign_term else "及时"
    yield f"1.收到后{sign}签收，明确责任人；认为不属本单位职责的，同时书面提出。"
    yield "2.在限期当日或之前完成整改并报请复核，写明整改措施和完成情况，附佐证材料。"
    yield "3.确需延期的，在限期当日或之前提出申请，写明理由、已采取的措施和需要的时间。"


def urging_document(facts: IssueFacts) -> Document:
    """Lay out the 催办单: what was given out when, how it stands, what is asked."""
    office = facts.office
    unit = facts.unit or missing("责任单位")
    return office_letter(office, "催办单", unit, map(Paragraph, _urging(facts)))


def given_out(facts: IssueFacts) -> str:
    """Tell when an issue was given out, until when, and how often that was put off."""
    told = f"“{one_line(facts.title)}”（{facts.code}）"
    told += (
        f"于{chinese_date(facts.assigned_on)}交办你单位" if facts.assigned_on else "已交办你单位"
    )
    if facts.due_on is None:
        return f"{told}，未定限期"
    if facts.original_due_on and facts.original_due_on != facts.due_on:
        return (
            f"{told}，原限期{chinese_date(facts.original_due_on)}，"
            f"现限期{chinese_date(facts.due_on)}"
        )
    return f"{told}，限期{chinese_date(facts.due_on)}"


def standing_words(facts: IssueFacts) -> str:
    """Tell how an issue stands today: late by how much, or how long there still is."""
    if facts.paused_on:
        return f"自{chinese_date(facts.paused_on)}起暂停计时"
    if facts.days_late:
        return f"尚未报请复核，已超期{facts.days_late}天"
    if facts.days_left is None:
        return "尚未报请复核"
    if facts.days_left == 0:
        return "尚未报请复核，今日到期"
    return f"尚未报请复核，距限期还有{facts.days_left}个工作日"


def urged_words(facts: IssueFacts) -> str:
    """Tell how often a unit was urged, and when."""
    if not facts.urged:
        return "此前未催办。"
    return f"此前已催办{len(facts.urged)}次（{'、'.join(map(chinese_date, facts.urged))}）。"


def _urging(facts: IssueFacts) -> Iterator[str]:
    today = chinese_date(facts.office.as_of)
    signed = "已签收，" if facts.signed_on else "未签收，"
    yield f"{given_out(facts)}。截至{today}，你单位{signed}{standing_words(facts)}。"
    yield urged_words(facts)
    if facts.returns:
        yield f"该事项已被退回{facts.returns}次，请对照退回时指出的问题逐项整改。"
    if facts.days_late:
        yield "请抓紧办理，完成后立即报请复核，并书面说明超期原因和预计完成时间。"
    else:
        yield "请抓紧办理，按期报请复核；确需延期的，在限期当日或之前提出申请。"


def supervision_document(facts: IssueFacts) -> Document:
    """Lay out the 督办单: how an issue stands, what is demanded, room for the unit's answer."""
    office = facts.office
    rows = [
        pair("事项编号", facts.code, "责任单位", facts.unit or "—"),
        wide("督办事项", one_line(facts.title)),
        pair("交办日期", date_or_dash(facts.assigned_on), "办理限期", due_words(facts)),
        wide("办理现状", f"截至{chinese_date(office.as_of)}，{standing_words(facts)}。"),
        wide("催办情况", urged_words(facts)),
    ]
    if facts.namings:
        rows.append(wide("通报情况", f"{len(facts.namings)}次列入通报：{_months(facts)}。"))
    if facts.instruction:
        rows.append(wide("批示", facts.instruction))
    if facts.escalated:
        rows.append(wide("提级情况", f"已提请{facts.escalated}。"))
    rows += [
        wide("督办要求", f"请于{missing('督办限期')}前办结并报请复核，同时书面报告办理情况。"),
        wide("督办单位", f"{office.office}（{contact_note(office.contact)}）", foot=SEALED),
        wide("单位办理\n情况", lines=5, foot=f"主要负责人{SEALED}"),
    ]
    return Document(
        title="督办单",
        blocks=(form(*rows),),
        head=office.office,
        number=missing("督办单编号"),
        marks=office_marks(office),
        style="letter",
    )


def _months(facts: IssueFacts) -> str:
    return "、".join(month_text(period) for period in facts.namings)
