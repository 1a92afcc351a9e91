"""Which column feeds which field: guessed from usual headings, or named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervise.errors import BadInput, UsageError
from supervise.services.tables.fields import FIELDS, LABELS, match_heading
from supervise.services.tables.headings import (
    Header,
    find_header,
    full_mapping,
    guess_mapping,
    serial_code,
)

PATH = Path("台账.xlsx")


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("编号", "code"),
        ("事项", "title"),
        ("问 题", "title"),
        ("问题描述（必填）", "detail"),
        ("责任\n单位", "unit"),
        ("＊责任单位", "unit"),
        ("牵头单位", "unit"),
        ("责任单位(配合)", "co_units"),
        ("协办单位", "co_units"),
        ("单位代码", "unit_id"),
        ("统一社会信用代码", "unit_id"),
        ("工单编号", "source_no"),
        ("诉求人", "party"),
        ("联系方式：", "contact"),
        ("保密要求", "disclosure"),
        ("发现日期", "found_on"),
        ("登记时间", "found_on"),
        ("受理日期", "found_on"),
        ("交办时间(年月日)", "assigned_on"),
        ("整改时限", "due_on"),
        ("办理期限", "due_on"),
        ("截止日期", "due_on"),
        ("要求完成时间", "due_on"),
        ("报请复核日期", "submitted_on"),
        ("提交复核时间", "submitted_on"),
        ("办结日期", "closed_on"),
        ("销号日期", "closed_on"),
        ("整改情况", "reply"),
        ("紧急程度", "urgency"),
        ("期次", "batch"),
        ("经办人", "handler"),
        ("DUE_ON", "due_on"),
        ("3.类别", "category"),
    ],
)
def test_usual_headings(heading: str, field: str) -> None:
    match = match_heading(heading)
    assert match is not None
    assert match[0] == field


@pytest.mark.parametrize("heading", ["", "完成时间", "整改时间", "备注", "序号", "点赞数", "时间"])
def test_headings_that_could_mean_anything_are_not_guessed(heading: str) -> None:
    assert match_heading(heading) is None


@pytest.mark.parametrize("field", FIELDS)
def test_every_label_and_every_name_is_a_heading(field: str) -> None:
    for heading in (LABELS[field], field):
        match = match_heading(heading)
        assert match is not None
        assert match[0] == field


@given(st.text(max_size=30))
def test_no_heading_crashes(text: str) -> None:
    match = match_heading(text)
    assert match is None or match[0] in FIELDS


def test_headings_stand_under_title_rows() -> None:
    head = [
        (1, ["2024年全市营商环境问题台账", "", ""]),
        (2, ["填报单位：市营商办", "", "填报日期：2024年6月"]),
        (4, ["编号", "事项", "责任单位"]),
        (5, ["JM-1", "事项", "市住建局"]),
    ]
    header = find_header(head)
    assert header == Header(("编号", "事项", "责任单位"), 4)


def test_headings_of_two_rows_are_joined() -> None:
    head = [
        (1, ["编号", "事项", "责任单位", "", "整改", ""]),
        (2, ["编号", "事项", "牵头单位", "配合单位", "整改情况", "销号日期"]),
        (3, ["JM-1", "甲", "市住建局", "市城管委", "完成", "2024-06-01"]),
    ]
    header = find_header(head)
    assert header is not None
    assert header.number == 2
    mapping = guess_mapping(header.headings)
    assert {"unit": 2, "co_units": 3, "reply": 4, "closed_on": 5}.items() <= mapping.items()


def test_sub_headings_without_merged_texts() -> None:
    head = [
        (1, ["编号", "事项", "单位", "", "日期", ""]),
        (2, ["", "", "责任单位", "配合单位", "交办日期", "限期"]),
        (3, ["JM-1", "甲", "市住建局", "", "2024-06-01", "2024-06-09"]),
    ]
    header = find_header(head)
    assert header == Header(("编号", "事项", "责任单位", "配合单位", "交办日期", "限期"), 2, 2)


def test_a_table_of_unknown_headings_has_its_first_row_of_texts() -> None:
    header = find_header([(1, ["REC_ID", "NAME"]), (2, ["1", "甲"])])
    assert header == Header(("REC_ID", "NAME"), 1)
    assert find_header([(1, [1.0, 2.0])]) is None


def test_guesses_prefer_the_better_heading() -> None:
    mapping = guess_mapping(["单位", "责任单位", "工单编号", "编号", "问题", "问题描述"])
    assert mapping == {"unit": 1, "source_no": 2, "code": 3, "title": 4, "detail": 5}


def test_a_work_order_number_serves_as_code_and_a_description_as_title() -> None:
    assert guess_mapping(["工单编号", "诉求内容"]) == {"source_no": 0, "code": 0, "title": 1}


def test_a_company_credit_code_is_not_the_unit() -> None:
    assert "unit_id" not in guess_mapping(["编号", "企业名称", "统一社会信用代码", "责任单位"])
    assert guess_mapping(["编号", "企业名称", "责任单位", "统一社会信用代码"])["unit_id"] == 3


def test_a_running_number_is_no_code() -> None:
    header = Header(("序号", "事项"), 1)
    rows = [(1, ["序号", "事项"])]
    counting = [(n, [float(n - 1), "甲"]) for n in range(2, 9)]
    assert serial_code([*rows, *counting], header) is None
    named = [(n, [f"WT-{n}", "甲"]) for n in range(2, 9)]
    assert serial_code([*rows, *named], header) == 0
    assert serial_code([*rows, *named, *named], header) is None


HEADER = Header(("编号", "事项", "A", "内容", "内容", "3", "单位（全称）"), 1)


def test_columns_are_named_by_heading_letter_or_number() -> None:
    named = {
        "source": "A",
        "batch": "d",
        "category": "2",
        "urgency": "3",
        "code": " 编 号 ",
        "handler": "单位",
    }
    mapping = full_mapping(HEADER, PATH, named)
    assert mapping["source"] == 2, "a heading wins over a letter"
    assert mapping["batch"] == 3
    assert mapping["category"] == 1
    assert mapping["urgency"] == 5, "a heading wins over a number"
    assert mapping["code"] == 0
    assert mapping["handler"] == mapping["unit"] == 6


def test_the_user_wins_over_the_profile_and_that_over_guesses() -> None:
    header = Header(("编号", "事项", "甲", "乙"), 1)
    assert full_mapping(header, PATH, {}, {"title": "甲"})["title"] == 2
    assert full_mapping(header, PATH, {"title": "乙"}, {"title": "甲"})["title"] == 3
    assert "title" not in full_mapping(header, PATH, {"事项": "-"})


@pytest.mark.parametrize(
    ("column", "word"),
    [("内容", "D、E"), ("没有", "B 事项"), ("Z", "B 事项"), ("0", "有："), ("99", "有：")],
)
def test_a_column_missing_or_met_twice_is_refused(column: str, word: str) -> None:
    with pytest.raises(BadInput, match=word):
        full_mapping(HEADER, PATH, {"title": column})


def test_an_unknown_field_is_a_wrong_command_line() -> None:
    with pytest.raises(UsageError, match="closed_on"):
        full_mapping(HEADER, PATH, {"nothing": "A"})


@given(st.text(max_size=12), st.sampled_from(FIELDS))
def test_no_column_name_crashes(column: str, field: str) -> None:
    try:
        mapping = full_mapping(HEADER, PATH, {field: column})
    except BadInput as error:
        assert "。" in error.message
    else:
        assert all(0 <= index < len(HEADER.headings) for index in mapping.values())
