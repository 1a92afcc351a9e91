"""曝光台: one issue as a typical case, masked; and the form on which publication is reviewed.

The series 曝光台 is its own: being shown there is no naming in the monthly notice (调度通报).
"""

from __future__ import annotations

from collections.abc import Iterator

from supervise.domain.facts_issues import IssueFacts
from supervise.domain.facts_lists import CaseFacts, ReviewFacts
from supervise.reports.document import Block, Column, Document, Heading, Paragraph, Table, missing
from supervise.reports.forms import SIGNED, choices, form, pair, wide
from supervise.reports.layout import one_line
from supervise.reports.phrases import (
    basis_phrase,
    contact_note,
    internal_paper,
    office_marks,
    sentence,
)
from supervise.reports.words import chinese_date


def case_document(facts: CaseFacts) -> Document:
    """Lay out a case: what it is about, how it was handled day by day, what is asked."""
    office = facts.office
    return Document(
        title="关于优化营商环境反面典型案例的通报",
        blocks=tuple(_blocks(facts)),
        head="优化营商环境曝光台",
        issue=missing("期号"),
        signature=office.office,
        date=chinese_date(office.as_of),
        notes=(
            contact_note(office.contact),
            f"本案例已于{chinese_date(facts.cleared_on)}经保密审查，可以公开",
        ),
        marks=office_marks(office),
        style="brief",
        sealed=False,
    )


def _blocks(facts: CaseFacts) -> Iterator[Block]:
    issue, office = facts.issue, facts.office
    approval = missing("批准情况，如：经市委、市政府同意")
    yield Paragraph(f"{basis_phrase(office.basis)}，{approval}，现将一起反面典型案例通报如下：")
    yield Heading(1, "基本情况")
    yield Paragraph(sentence(one_line(issue.title)))
    if issue.detail:
        yield Paragraph(sentence(issue.detail))
    yield Heading(1, "办理经过")
    yield from (Paragraph(told) for told in handling(issue))
    yield Heading(1, "存在问题")
    yield Paragraph(_faults(issue) + missing("问题定性和教训，由承办处室研究填写"))
    yield Heading(1, "整改要求")
    yield Paragraph(_demand(issue))


def handling(issue: IssueFacts) -> Iterator[str]:
    """Tell how an issue was handled, each step with its day, nobody named."""
    unit = issue.unit or "责任单位"
    if issue.assigned_on:
        due = issue.original_due_on or issue.due_on
        until = f"，限期{chinese_date(due)}" if due else ""
        yield f"{chinese_date(issue.assigned_on)}，交办{unit}{until}。"
    if issue.urged:
        days = "、".join(map(chinese_date, issue.urged))
        yield f"{days}，先后{len(issue.urged)}次催办。"
    for one in issue.submissions:
        told = f"{chinese_date(one.on)}，{unit}报请复核"
        told += f"：{one_line(one.measures).rstrip('。')}" if one.measures else ""
        if one.verdict and one.verdict_on:
            told += f"；{chinese_date(one.verdict_on)}{one.verdict}"
        yield f"{told}。"
    if issue.closed_on:
        yield f"{chinese_date(issue.closed_on)}，该问题销号。"


def _faults(issue: IssueFacts) -> str:
    told = []
    if issue.days_late:
        handed = "" if issue.submitted_on else f"截至{chinese_date(issue.as_of)}"
        told.append(f"{handed}超期{issue.days_late}天")
    if issue.returns:
        told.append(f"复核退回{issue.returns}次")
    if issue.reopens:
        told.append(f"销号后反弹{issue.reopens}次")
    return f"{'，'.join(told)}。" if told else ""


def _demand(issue: IssueFacts) -> str:
    unit = issue.unit or "责任单位"
    if issue.closed_on:
        return f"该问题已销号。{unit}要举一反三，防止同类问题再次发生；各单位要引以为戒，对照检查。"
    return f"{unit}要抓紧整改并报送结果；各单位要引以为戒，对照检查，及时整改同类问题。"


def review_document(facts: ReviewFacts) -> Document:
    """Lay out the form of the review: what is to be public word by word, two signatures."""
    rows = (
        pair("公开内容", facts.scope, "公开形式", facts.purpose),
        pair("文字处数", f"{len(facts.texts)}处", "送审日期", chinese_date(facts.office.as_of)),
        wide(
            "审查要点",
            "1.不涉及国家秘密、工作秘密、商业秘密和个人隐私。\n"
            "2.不能由文字看出诉求人、举报人。\n"
            "3.不影响正在进行的调查、处理。",
        ),
        wide("审查意见", _result(facts), lines=3, foot=f"审查人{SIGNED}"),
        wide("批准意见", choices("同意公开", "不同意公开"), lines=3, foot=f"批准人{SIGNED}"),
    )
    columns = (Column("序号", "right", 4), Column("事项编号", width=14), Column("拟公开的文字"))
    told = tuple((n, code, one_line(text)) for n, (code, text) in enumerate(facts.texts, 1))
    return internal_paper(
        facts.office,
        "信息公开保密审查表",
        form(*rows),
        Heading(1, "拟公开的文字"),
        Table(columns, told),
        signed=False,
    )


def _result(facts: ReviewFacts) -> str:
    if facts.result is None or facts.on is None:
        return choices("可以公开", "不予公开")
    who = f"审查人：{facts.by}，批准人：{facts.approver}"
    return f"{chinese_date(facts.on)}记录：{facts.result}（{who}）。"
