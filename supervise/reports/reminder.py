"""书面说明催报函: a named unit's written explanation has not come in, or not in full."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts_months import ExplanationFacts
from supervise.reports.document import Document, Paragraph, missing
from supervise.reports.phrases import office_letter
from supervise.reports.words import chinese_date, month_text


def reminder_document(facts: ExplanationFacts) -> Document:
    """Lay out the letter to one unit."""
    office = facts.office
    title = f"{office.office}关于报送{month_text(facts.period)}书面说明的函"
    return office_letter(office, title, facts.unit, map(Paragraph, _text(facts)))


def _text(facts: ExplanationFacts) -> Iterator[str]:
    office, month = facts.office, month_text(facts.period)
    number = f"（{facts.number}）" if facts.number else ""
    yield (
        f"{month}优化营商环境工作调度情况的通报{number}已于{chinese_date(facts.since)}送达，"
        f"{_named(facts)}{_matters(facts)}。按要求，应自送达之日起{facts.term}内，"
        f"即{chinese_date(facts.due_on)}前（含当日），向{office.superior}书面说明情况，"
        f"同时抄送我办。"
    )
    yield f"截至{chinese_date(office.as_of)}，{_standing(facts)}。"
    yield (
        f"请于{missing('补报限期')}前报送，写明未按要求完成的原因、已采取的措施、"
        "整改时限和责任人，由主要负责人签字并加盖公章。"
    )
    yield "特此函告。"


def _named(facts: ExplanationFacts) -> str:
    if facts.named:
        return "你单位为被通报单位"
    return "你单位免予点名，但须书面说明情况"


def _matters(facts: ExplanationFacts) -> str:
    if not facts.codes:
        return ""
    return f"，涉及事项{len(facts.codes)}项（{'、'.join(facts.codes)}）"


def _standing(facts: ExplanationFacts) -> str:
    if facts.status == "returned":
        why = f"（{facts.reason.rstrip('。')}）" if facts.reason else ""
        front = f"你单位报送的书面说明已退回补充{why}，尚未重新报送"
    else:
        front = "我办尚未收到你单位的书面说明"
    return f"{front}，已逾期{facts.days_late}天" if facts.days_late else front
