"""The sheet taken along to a place (现场核查表): what was promised, boxes for what is found."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts_issues import IssueFacts
from supervise.reports.document import Document
from supervise.reports.forms import choices, form, pair, wide
from supervise.reports.handing_out import due_words, party_rows
from supervise.reports.layout import one_line
from supervise.reports.phrases import date_or_dash, office_marks
from supervise.reports.words import chinese_date

_POINTS = (
    "整改措施是否落实",
    "问题是否得到解决",
    "佐证材料与现场是否一致",
    "诉求人是否认可",
    "同类问题是否一并排查",
)


def visit_document(facts: IssueFacts) -> Document:
    """Lay out the sheet for one visit; all that is to be found out is left blank."""
    rows = [
        pair("事项编号", facts.code, "核查日期", "　　　年　月　日"),
        wide("事项", one_line(facts.title)),
        pair("责任单位", facts.unit or "—", "核查地点", ""),
        pair("交办日期", date_or_dash(facts.assigned_on), "办理限期", due_words(facts)),
        *party_rows(facts.party),
        wide("问题情况", facts.detail or "", lines=2),
        wide("单位报告\n措施", _measures(facts), lines=2),
        wide("佐证材料", "\n".join(one.name for one in facts.evidence) or "台账未附佐证材料。"),
        wide("核查要点", "\n".join(_points())),
        wide("现场情况", lines=5),
        wide("核查结论", choices("整改到位", "部分到位", "未整改")),
        wide("核查人", lines=1, foot="两人签名：　　　　　　　　　　年　月　日"),
        wide("被核查\n单位", lines=1, foot="签名：　　　　　　　年　月　日"),
    ]
    return Document(
        title="整改情况现场核查表",
        blocks=(form(*rows),),
        marks=office_marks(facts.office),
        style="plain",
    )


def _points() -> Iterator[str]:
    for number, point in enumerate(_POINTS, 1):
        yield f"{number}.{point}：{choices('是', '否')}"


def _measures(facts: IssueFacts) -> str:
    last = facts.last
    if last is None:
        return "尚未报请复核。"
    return f"{chinese_date(last.on)}报请复核：{last.measures or '未写明整改措施。'}"
