"""The notice says what the facts say, in the office's words, and agrees with itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from supervise.domain.facts import Basis, Rate, StageCount
from supervise.reports.basis import basis_document
from supervise.reports.checks import check_document, contradictions
from supervise.reports.document import Table, count_missing
from supervise.reports.export import export
from supervise.reports.interview import interview_document
from supervise.reports.notice import notice_document
from supervise.reports.words import change_text, months_text, percent, rate_text

from .conftest import ENTRIES, OFFICE, interview_facts, issued_facts, matter, notice_facts


def text(document) -> str:
    return export(document, ".txt").decode()


def test_a_draft_says_so_and_leaves_open_what_nobody_recorded():
    document = notice_document(notice_facts())
    assert document.marks == ("演示数据", "草稿")
    shown = text(document)
    for what in ("依据文件及文号", "文号", "批准情况", "成文日期", "联系人"):
        assert f"【待填:{what}" in shown
    page, attached = shown.split("附件1\n")
    assert "台账校验码" not in page
    assert "台账校验码1234:0123456789abcdef" in attached


def test_an_issued_notice_is_complete():
    document = notice_document(issued_facts())
    shown = text(document)
    assert count_missing(document) == 0
    assert document.marks == ()
    assert (
        "根据《示例市优化营商环境工作方案》（示办发〔2024〕3号），经市委、市政府同意，现将" in shown
    )
    assert "示营商办〔2024〕7号" in shown
    assert document.date == "2024年12月5日"
    assert "通报批评" not in shown


def test_a_basis_out_for_consultation_is_not_cited():
    basis = Basis("工作方案", "3号", "征求意见")
    assert "工作方案" not in text(notice_document(issued_facts(basis=basis)))
    assert "征求意见" in text(basis_document(issued_facts(basis=basis)))


def test_approval_is_printed_only_where_counties_are_concerned():
    departments = tuple(entry for entry in ENTRIES if not entry.of_county)
    facts = issued_facts(entries=departments, addressees=("市直各单位",), approval=None)
    assert "批准情况" not in text(notice_document(facts))
    named = replace(facts, entries=ENTRIES)
    assert "【待填:批准情况" in text(notice_document(named))
    addressed = replace(facts, addressees=("各县（市、区）人民政府",))
    assert "【待填:批准情况" in text(notice_document(addressed))


def test_departments_and_counties_stand_apart_in_the_order_given():
    document = notice_document(notice_facts())
    units = []
    for attachment in document.attachments:
        table = attachment.blocks[0]
        assert isinstance(table, Table)
        units.append([row[1] for row in table.rows])
        assert [row[0] for row in table.rows] == list(range(1, len(table.rows) + 1))
    assert units == [["市住建局", "市住建局", "市市场监管局"], ["甲县"]]


def test_an_exempt_unit_is_not_on_the_notice_but_on_the_basis_sheet():
    assert "市水务局" not in text(notice_document(notice_facts()))
    sheet = text(basis_document(notice_facts()))
    for what in ("市水务局", "上级部署暂停施工", "张某", "1234:0123456789abcdef", "示例市规则"):
        assert what in sheet


def test_the_basis_sheet_shows_every_question_and_its_answer():
    sheet = text(basis_document(notice_facts()))
    assert "2024年10月9日签收" in sheet
    assert "须核实" in sheet
    assert "有异议" in sheet
    assert "未核对" in sheet


def test_nobody_named():
    document = notice_document(notice_facts(entries=(), last_month=None))
    shown = text(document)
    assert document.attachments == ()
    assert "2024年11月没有未按要求完成工作任务的单位" in shown
    assert "书面说明" not in shown
    assert "上期未印发通报" in shown
    assert check_document(notice_facts(entries=())) == []


def test_a_unit_named_by_hand_without_an_issue_prints_the_reason():
    by_hand = replace(ENTRIES[0], matters=(), origin="manual", reasons=("未报送月度进展。",))
    document = notice_document(notice_facts(entries=(by_hand,)))
    assert "未报送月度进展。" in text(document)
    assert document.attachments[0].blocks[0].rows[0][-1] == "未报送月度进展。"
    assert check_document(notice_facts(entries=(by_hand,))) == []


def test_the_facts_of_the_golden_notice_agree():
    assert check_document(notice_facts()) == []
    assert check_document(issued_facts()) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"cutoff": date(2024, 10, 31)}, "统计截止日"),
        ({"period": "2024-10", "periods": ("2024-11",)}, "不在所含月份"),
        ({"total": 36}, "总件数36不符"),
        ({"figures": (Rate("销号率", 29, 28),)}, "销号率的分子29"),
        ({"issued_on": date(2024, 11, 30)}, "不晚于统计截止日"),
        ({"entries": (ENTRIES[0], ENTRIES[0])}, "重复列名"),
        ({"entries": (replace(ENTRIES[0], matters=(), reasons=()),)}, "没有列明"),
    ],
)
def test_what_does_not_agree_is_listed(changes, said):
    assert any(said in problem for problem in check_document(issued_facts(**changes)))


@pytest.mark.parametrize(
    ("assigned", "due", "submitted", "days", "said"),
    [
        (date(2024, 11, 9), date(2024, 11, 8), None, 22, "早于交办日期"),
        (date(2024, 12, 1), date(2024, 12, 8), None, 0, "交办于统计截止日之后"),
        (date(2024, 11, 1), date(2024, 11, 8), None, 9, "应为22天"),
        (date(2024, 11, 1), date(2024, 11, 8), date(2024, 12, 2), 0, "之后报请复核"),
    ],
)
def test_dates_that_contradict_are_listed(assigned, due, submitted, days, said):
    wrong = matter("JM-1", "题", assigned, due, submitted_on=submitted)
    entry = replace(ENTRIES[0], matters=(replace(wrong, days_late=days),))
    assert any(said in problem for problem in check_document(issued_facts(entries=(entry,))))


def test_the_overall_figures_compare_with_last_month():
    shown = text(notice_document(notice_facts()))
    assert "问题35件（上月28件，增加7件）" in shown
    assert "销号率96.4%（27/28，截至2024年11月30日），上月95.0%（19/20），上升1.4个百分点" in shown
    assert "按期办结率—（0/0，截至2024年11月30日）" in shown
    alone = notice_facts(stages=(StageCount("整改", 5),), total=5)
    assert "问题5件，其中整改5件" in text(notice_document(alone))


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (27, 28, "96.4%"),
        (28, 28, "100.0%"),
        (0, 28, "0.0%"),
        (0, 0, "—"),
        (1999, 2000, "99.9%"),
        (9999, 10000, "99.9%"),
        (1, 10000, "0.1%"),
        (1, 8, "12.5%"),
        (1, 3, "33.3%"),
        (2, 3, "66.7%"),
    ],
)
def test_percentages(numerator, denominator, shown):
    assert percent(numerator, denominator) == shown


def test_rates_say_what_they_are_made_of():
    told = rate_text("销号率", 27, 28, date(2024, 11, 30))
    assert told == "销号率96.4%（27/28，截至2024年11月30日）"
    assert change_text((1, 2), (1, 2)).endswith("与上月持平")
    assert change_text((1, 2), (3, 4)).endswith("下降25.0个百分点")
    assert change_text((1, 2), (0, 0)) == "上月—（0/0）"


@pytest.mark.parametrize(
    ("periods", "shown"),
    [
        (["2024-11"], "2024年11月"),
        (["2024-01", "2024-02"], "2024年1—2月"),
        (["2024-12", "2025-01"], "2024年12月至2025年1月"),
        (["2024-01", "2024-03"], "2024年1月、2024年3月"),
    ],
)
def test_months(periods, shown):
    assert months_text(periods) == shown


def test_an_interview_is_asked_for_in_a_draft_to_the_leaders():
    document = interview_document(interview_facts())
    shown = text(document)
    assert document.title == "关于提请约谈市住建局主要负责人的请示"
    assert document.marks == ("演示数据", "内部资料", "草稿")
    assert "2024年10—11月连续被通报" in shown
    assert "两月所涉事项不同。" in shown
    assert "妥否，请批示。" in shown
    page, attached = shown.split("\n附件\n")
    assert "签发人：【待填:签发人】" in page
    assert "1234:0123456789abcdef" not in page
    assert "台账校验码1234:0123456789abcdef" in attached


def test_a_decided_interview_is_a_record_with_its_steps():
    document = interview_document(interview_facts(status="held", demo=False))
    shown = text(document)
    assert document.marks == ("内部资料",)
    assert "已约谈" in shown
    assert "2024-12-10" in shown
    assert "请示1号" in shown


def test_a_bulletin_bears_its_issue_number_instead_of_a_red_head():
    brief = notice_document(issued_facts(bulletin="优化营商环境工作简报", number="12"))
    assert (brief.style, brief.issue, brief.number) == ("brief", "第12期", None)
    page = text(brief)
    assert page.index("优化营商环境工作简报") < page.index("第12期") < page.index(OFFICE)
    assert page.count("2024年12月5日") == 2  # under the number, and 印发
    draft = notice_document(notice_facts(bulletin="优化营商环境工作简报"))
    assert draft.issue == "【待填:期号】"
    written = notice_document(issued_facts(bulletin="简报", number="2024年第12期"))
    assert written.issue == "2024年第12期"


def test_figures_that_do_not_add_up_are_told_with_both():
    wrong = issued_facts(total=36)
    assert contradictions(wrong) == ["各环节件数之和35与总件数36不符。"]
    assert contradictions(issued_facts(cutoff=date(2024, 10, 31))) == []
    assert contradictions(issued_facts()) == []
