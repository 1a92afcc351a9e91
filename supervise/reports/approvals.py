"""The forms by which the office decides about an issue: 整改销号审批表, 延期审批表."""

from __future__ import annotations

from supervise.domain.facts_issues import ExtensionFacts, IssueFacts, Submission
from supervise.reports.document import Document, missing
from supervise.reports.forms import SEALED, SIGNED, choices, form, pair, wide
from supervise.reports.handing_out import due_words, party_rows
from supervise.reports.layout import one_line
from supervise.reports.phrases import date_or_dash, internal_paper
from supervise.reports.words import chinese_date


def closing_document(facts: IssueFacts) -> Document:
    """Lay out the form on which an issue is struck off the list, prefilled from the log."""
    last = facts.last
    rows = (
        pair("事项编号", facts.code, "紧急程度", facts.urgency or "—"),
        wide("事项", one_line(facts.title)),
        pair("问题来源", facts.source or "—", "发现日期", chinese_date(facts.found_on)),
        *party_rows(facts.party),
        pair("责任单位", facts.unit or "—", "配合单位", "、".join(facts.co_units) or "—"),
        pair("交办日期", date_or_dash(facts.assigned_on), "办理限期", due_words(facts)),
        pair("报请复核", date_or_dash(facts.submitted_on), "是否按期", _in_time(facts)),
        wide("整改措施\n及完成\n情况", _measures(last), lines=2),
        wide("佐证材料", _evidence(facts)),
        wide("复核意见", _review(last), lines=1, foot=f"复核人{SIGNED}"),
        wide("答复\n诉求人", _reply(facts)),
        wide("回访结果", _feedback(facts)),
        wide("责任单位\n意见", lines=2, foot=f"主要负责人{SEALED}"),
        wide("经办人\n意见", lines=1, foot=SIGNED),
        wide("批准销号", _closed(facts), lines=2, foot=f"批准人{SIGNED}"),
    )
    return internal_paper(facts.office, "整改销号审批表", form(*rows), signed=False)


def _in_time(facts: IssueFacts) -> str:
    if facts.due_on is None or facts.submitted_on is None:
        return "—"
    told = [f"超期{facts.days_late}天" if facts.days_late else "按期"]
    told += [f"复核退回{facts.returns}次"] if facts.returns else []
    told += [f"反弹重办{facts.reopens}次"] if facts.reopens else []
    return "，".join(told)


def _measures(last: Submission | None) -> str:
    return (last.measures if last else None) or missing("整改措施及完成情况")


def _evidence(facts: IssueFacts) -> str:
    if not facts.evidence:
        return missing("佐证材料")
    return "\n".join(
        f"{n}.{one.name}" + (f"（SHA-256 {one.digest}）" if one.digest else "")
        for n, one in enumerate(facts.evidence, 1)
    )


def _review(last: Submission | None) -> str:
    if last is None or last.verdict is None:
        return ""
    told = f"{chinese_date(last.verdict_on)}{last.verdict}" if last.verdict_on else last.verdict
    method = f"，复核方式：{last.method}" if last.method else ""
    return f"{told}，复核人{_by(last.verdict_by)}{method}。{last.note or ''}"


def _by(name: str) -> str:
    return f"：{name}" if name else "未登记"


def _reply(facts: IssueFacts) -> str:
    if facts.party.standing == "无":
        return "无诉求人。"
    if facts.replied_on is None:
        return missing("答复日期和内容")
    return f"{chinese_date(facts.replied_on)}答复：{facts.reply or '内容未登记'}"


def _feedback(facts: IssueFacts) -> str:
    if facts.feedback_on is None:
        return missing("回访结果")
    return f"{chinese_date(facts.feedback_on)}回访：{facts.satisfaction or '—'}"


def _closed(facts: IssueFacts) -> str:
    if facts.closed_on is None:
        return choices("同意销号", "退回整改")
    return f"{chinese_date(facts.closed_on)}批准销号，批准人{_by(facts.closed_by)}。"


def extension_document(facts: IssueFacts) -> Document:
    """Lay out the form on which a later date is asked for and granted.

    Its boxes are the five things an extension is weighed by: why, what was done so far, how much
    more time, what is done meanwhile, who approves.
    """
    asked = facts.extensions[-1] if facts.extensions else None
    rows = (
        pair("事项编号", facts.code, "责任单位", facts.unit or "—"),
        wide("事项", one_line(facts.title)),
        pair("交办日期", date_or_dash(facts.assigned_on), "首次限期", _first(facts)),
        pair("申请前\n限期", _before(facts, asked), "已延期", f"{_granted(facts, asked)}次"),
        pair("申请日期", _asked_on(asked), "申请延至", _until(asked)),
        wide("延期理由", (asked.reason if asked else None) or missing("延期理由"), lines=3),
        wide("已采取的\n措施", "\n".join(_taken(facts)) or missing("已采取的措施"), lines=3),
        wide("延期期间\n措施", missing("延期期间的临时措施"), lines=2),
        wide("责任单位\n意见", lines=3, foot=f"主要负责人{SEALED}"),
        wide("经办人\n意见", lines=2, foot=SIGNED),
        wide("批准意见", _decision(asked), lines=3, foot=f"批准人{SIGNED}"),
    )
    return internal_paper(facts.office, "延期审批表", form(*rows), signed=False)


def _first(facts: IssueFacts) -> str:
    return date_or_dash(facts.original_due_on or facts.due_on)


def _before(facts: IssueFacts, asked: ExtensionFacts | None) -> str:
    """Give the date that held when the extension was asked for."""
    return date_or_dash(asked.before if asked and asked.granted_on else facts.due_on)


def _granted(facts: IssueFacts, asked: ExtensionFacts | None) -> int:
    return sum(1 for one in facts.extensions if one.granted_on and one is not asked)


def _asked_on(asked: ExtensionFacts | None) -> str:
    return chinese_date(asked.asked_on) if asked else missing("申请日期")


def _until(asked: ExtensionFacts | None) -> str:
    return chinese_date(asked.after) if asked and asked.after else missing("申请延至的日期")


def _taken(facts: IssueFacts) -> tuple[str, ...]:
    return tuple(f"{chinese_date(one.on)}：{one.note}" for one in facts.progress if one.note)


def _decision(asked: ExtensionFacts | None) -> str:
    if asked is None or asked.granted_on is None:
        return choices("同意延期", "不同意延期")
    until = date_or_dash(asked.after)
    return f"{chinese_date(asked.granted_on)}同意延至{until}，批准人{_by(asked.granted_by)}。"
