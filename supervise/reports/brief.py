"""工作专报: one page to the leaders — five figures, three problems, what they are asked to do."""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts import Rate
from supervise.domain.facts_months import BriefFacts, ProblemFacts
from supervise.reports.document import Block, Document, Heading, Paragraph, missing
from supervise.reports.layout import one_line, ordinal
from supervise.reports.phrases import office_marks
from supervise.reports.words import chinese_date, month_text, percent
from supervise.text import cut

# In terminal cells, two for a Chinese character: a problem then takes two lines of 28.
_TITLE = 44
_UNIT = 24
_ASKED = 60
# The three rates beside the counts; a pack may name others, the office reports these.
_RATES = ("销号率", "按期办结率", "满意率")


def brief_document(facts: BriefFacts) -> Document:
    """Lay out the report; every line is kept short, so that it fills one page whatever happened."""
    office = facts.office
    return Document(
        title=f"{month_text(facts.period)}优化营商环境工作专报",
        blocks=tuple(_blocks(facts)),
        head="工作专报",
        issue=missing("期号"),
        signature=office.office,
        date=chinese_date(office.as_of),
        marks=office_marks(office),
        style="brief",
        sealed=False,
        pages=1,
    )


def _blocks(facts: BriefFacts) -> Iterator[Block]:
    yield Heading(1, "主要数据")
    yield Paragraph(_figures(facts))
    yield Heading(1, "突出问题")
    if not facts.problems:
        yield Paragraph("没有到期未报的事项。")
    for number, problem in enumerate(facts.problems, 1):
        yield Paragraph(ordinal(3, number) + _problem(problem))
    yield Heading(1, "提请领导协调事项")
    asked = facts.coordinate or (missing("提请领导协调事项"),)
    for number, sentence in enumerate(asked, 1):
        told = cut(one_line(sentence), _ASKED) if facts.coordinate else sentence
        yield Paragraph((ordinal(3, number) if len(asked) > 1 else "") + f"{told}。")


def _figures(facts: BriefFacts) -> str:
    against = "" if facts.before is None else f"（上月{facts.before}件）"
    parts = [
        f"台账共有问题{facts.total}件{against}",
        f"到期未报{facts.overdue}件，涉及{facts.overdue_units}个单位",
        *(_rate(rate) for rate in facts.rates if rate.name in _RATES),
    ]
    named = "" if facts.named is None else f"{_notice(facts)}{facts.named}个单位。"
    return f"截至{chinese_date(facts.cutoff)}，{'；'.join(parts)}。{named}"


def _notice(facts: BriefFacts) -> str:
    return "本月通报点名" if facts.issued else "本月通报拟点名"


def _rate(rate: Rate) -> str:
    share = percent(rate.numerator, rate.denominator)
    return f"{rate.name}{share}（{rate.numerator}/{rate.denominator}）"


def _problem(problem: ProblemFacts) -> str:
    late = f"超期{problem.days_late}天" if problem.days_late else "限期当日未完成"
    back = f"，退回{problem.returns}次" if problem.returns else ""
    return f"{cut(problem.unit, _UNIT)}：“{cut(one_line(problem.title), _TITLE)}”，{late}{back}。"
