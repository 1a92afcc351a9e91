"""A paper whose figures contradict each other is not made; the refusal names both figures."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.facts import OfficeFacts, Rate
from supervise.domain.facts_issues import DueDay, DueStep, IssueFacts, PartyFacts, Submission
from supervise.domain.facts_months import (
    BriefFacts,
    ExplanationFacts,
    ProblemFacts,
    UnitMonthFacts,
)
from supervise.reports.approvals import closing_document, extension_document
from supervise.reports.brief import brief_document
from supervise.reports.document import Heading, Paragraph
from supervise.reports.export import export
from supervise.reports.handing_out import assignment_document, urging_document
from supervise.reports.paper_checks import (
    check_brief,
    check_interview,
    check_issue,
    check_reminder,
    check_unit_month,
)
from supervise.reports.visit import visit_document
from supervise.text import cells

from .conftest import ENTRIES, interview_facts, notice_facts

TODAY = date(2024, 12, 31)
OFFICE = OfficeFacts("示例市", "示例市优化办", TODAY, code="12:0123456789abcdef")
DUE = date(2024, 12, 20)
ISSUE = IssueFacts(
    OFFICE,
    "JM-2024-0001",
    "道路不通",
    "整改",
    TODAY,
    date(2024, 12, 1),
    unit="市住建局",
    assigned_on=date(2024, 12, 13),
    due_on=DUE,
    original_due_on=DUE,
    term="5个工作日",
    days_late=11,
    due_story=(DueStep("交办，限期。", DUE, (DueDay(DUE, True, "第5个工作日"),)),),
)
BRIEF = BriefFacts(
    OFFICE,
    "2024-12",
    TODAY,
    (("整改", 5), ("销号", 30)),
    35,
    2,
    1,
    rates=(Rate("销号率", 30, 35),),
    problems=(ProblemFacts("JM-1", "道路不通", "市住建局", DUE, 11),),
)


def test_what_agrees_is_not_refused():
    assert check_issue(ISSUE) == []
    assert check_brief(BRIEF) == []
    assert check_interview(interview_facts()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"due_on": DUE + timedelta(1)}, "限期2024年12月21日与推算的2024年12月20日不符"),
        ({"days_late": 12}, "超期12天，按限期和日期应为11天"),
        ({"assigned_on": date(2024, 12, 24)}, "限期2024年12月20日早于交办日期2024年12月24日"),
        (
            {"submissions": (Submission(DUE, verdict="复核通过", verdict_on=date(2024, 12, 1)),)},
            "复核日期2024年12月1日早于报请复核日期2024年12月20日",
        ),
        (
            {"due_story": (DueStep("", DUE, (DueDay(date(2024, 12, 19), True, ""),)),)},
            "逐日推算到2024年12月19日，与限期2024年12月20日不符",
        ),
    ],
)
def test_an_issue_that_contradicts_itself(changes, said):
    assert any(said in problem for problem in check_issue(replace(ISSUE, **changes)))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"total": 36}, "各环节件数之和35与总件数36不符"),
        ({"overdue": 36}, "到期未报36件多于总件数35件"),
        ({"overdue": 0}, "列出问题1件多于到期未报0件"),
        ({"rates": (Rate("销号率", 36, 35),)}, "销号率的分子36与分母35不合"),
        ({"cutoff": date(2024, 11, 30)}, "统计截止日2024年11月30日不在2024年12月之内"),
    ],
)
def test_a_report_that_does_not_add_up(changes, said):
    assert any(said in problem for problem in check_brief(replace(BRIEF, **changes)))


def test_a_dossier_lists_as_many_matters_as_the_name_rests_on():
    facts = UnitMonthFacts(OFFICE, notice_facts(), ENTRIES[0], matters=(ISSUE,))
    assert any("涉及2项，台账列出1项" in said for said in check_unit_month(facts))


def test_an_explanation_is_not_due_before_the_notice_came():
    wrong = ExplanationFacts(OFFICE, "市住建局", "2024-11", TODAY, DUE, "5个工作日")
    assert "限期2024年12月20日早于通报送达日期2024年12月31日" in check_reminder(wrong)[0]
    assert check_reminder(replace(wrong, since=DUE)) == []


def test_an_interview_rests_on_notices_issued_after_their_cut_off():
    facts = interview_facts()
    early = replace(facts.months[0], issued_on=date(2024, 10, 1))
    (said,) = check_interview(replace(facts, months=(early,)))
    assert "成文日期2024年10月1日不晚于统计截止日2024年10月30日" in said


LONG = st.text(max_size=120)


@given(
    st.lists(st.tuples(LONG, LONG, st.integers(0, 9999)), max_size=3), st.lists(LONG, max_size=2)
)
def test_the_one_page_report_stays_within_its_lines(problems, asked):
    found = tuple(ProblemFacts("SC-1", title, unit, DUE, late, 3) for title, unit, late in problems)
    rates = tuple(Rate(name, 99999, 99999) for name in ("销号率", "按期办结率", "满意率"))
    facts = replace(
        BRIEF, problems=found, coordinate=tuple(asked), before=99999, named=99, rates=rates
    )
    lines = 0
    for block in brief_document(facts).blocks:
        assert isinstance(block, (Heading, Paragraph))
        lines += -(-(cells(block.text) + 4) // 56)
    assert lines <= 18


@given(LONG, LONG)
def test_a_party_that_may_not_be_told_is_a_word_on_every_form(name, contact):
    """The builders have no way to print more than the facts hold."""
    told = replace(ISSUE, party=PartyFacts(name, contact, "可告知"))
    kept = replace(ISSUE, party=PartyFacts(standing="保密，不予提供"))
    for build in (assignment_document, visit_document, closing_document):
        assert "保密，不予提供" in export(build(kept), ".txt").decode()
        assert "联系方式" in export(build(told), ".txt").decode()
    for build in (urging_document, extension_document):
        assert build(told) == build(kept)
