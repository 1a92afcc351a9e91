"""发文稿纸: the sheet on which a paper is drafted, checked, countersigned and signed."""

from __future__ import annotations

from supervise.domain.facts_months import RoutingFacts, RoutingStep
from supervise.reports.document import Document, missing
from supervise.reports.forms import SIGNED, form, pair, wide
from supervise.reports.phrases import DEMO_MARK, INTERNAL_MARK
from supervise.reports.words import chinese_date


def routing_document(facts: RoutingFacts) -> Document:
    """Lay out the sheet; steps that were recorded are filled in with who and when."""
    notice = facts.notice
    attachments = "\n".join(f"{n}.{title}" for n, title in enumerate(facts.attachments, 1))
    rows = (
        wide("签发", _told(facts, "签发"), lines=4, foot=SIGNED),
        wide("会签", _told(facts, "会签"), lines=4, foot=SIGNED),
        wide("核稿", _told(facts, "核稿"), lines=2, foot=SIGNED),
        pair("拟稿单位", notice.office, "拟稿", _told(facts, "拟稿")),
        wide("标题", facts.title),
        pair("文号", notice.number or missing("文号"), "紧急程度", ""),
        wide("主送", "，".join(notice.addressees) or missing("主送机关")),
        wide("抄送", "，".join(notice.copies) or "—"),
        wide("附件", attachments or "无"),
        pair("公开属性", "", "印数", "　　　　份"),
        pair("用印", _told(facts, "用印"), "印发", _told(facts, "印发")),
        pair("送达", _delivered(facts), "校对", ""),
        wide("备注", lines=2),
    )
    return Document(
        title=f"{notice.office}发文稿纸",
        blocks=(form(*rows),),
        marks=(DEMO_MARK, INTERNAL_MARK) if notice.demo else (INTERNAL_MARK,),
        style="plain",
        sealed=False,
    )


def _step(facts: RoutingFacts, what: str) -> RoutingStep | None:
    return next((one for one in reversed(facts.steps) if one.what == what), None)


def _told(facts: RoutingFacts, what: str) -> str:
    step = _step(facts, what)
    if step is None:
        return ""
    parts = (step.by, chinese_date(step.on) if step.on else None, step.note)
    return "，".join(filter(None, parts))


def _delivered(facts: RoutingFacts) -> str:
    day = facts.notice.delivered_on
    return _told(facts, "送达") or (chinese_date(day) if day else "")
