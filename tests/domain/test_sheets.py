"""What a row of a unit's sheet means, and when a locked cell counts as changed."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.sheets import (
    Answer,
    conflicting,
    differs,
    distinct,
    faults,
    file_name,
    steps,
)
from supervise.services.registry import OPERATIONS

DAY, LATER = date(2024, 12, 20), date(2025, 1, 10)
TEXT = st.text(max_size=12)
ANSWERS = st.builds(
    Answer,
    TEXT,
    TEXT,
    st.none() | st.dates(),
    st.none() | st.dates(),
    TEXT,
    TEXT,
    st.dictionaries(
        st.sampled_from(["报请复核日期", "申请延期至"]), st.just(("32日", "不是日期")), max_size=1
    ),
)


def _ops(answer: Answer) -> list[str]:
    return [one.op for one in steps(answer)]


def test_a_full_row_reports_asks_and_hands_in_in_that_order():
    answer = Answer("已铺完", "重铺", DAY, LATER, "雨季", "张三")
    progress, asked, handed_in = steps(answer)
    assert (progress.op, progress.on) == ("issue.progress", DAY)
    assert progress.values == {"note": "已铺完\n联系人：张三"}
    assert (asked.op, asked.values) == ("issue.ask", {"due_on": "2025-01-10", "reason": "雨季"})
    assert (handed_in.op, handed_in.on) == ("issue.submit", DAY)
    assert handed_in.values == {"measures": "重铺"}


def test_measures_alone_are_progress_and_a_contact_alone_is_nothing():
    (only,) = steps(Answer(measures="正在招标"))
    assert only.op == "issue.progress" and only.values["note"] == "整改措施：正在招标"
    assert steps(Answer(contact="张三")) == () and Answer(contact="张三").empty


def test_half_of_a_pair_is_a_fault_and_never_a_step():
    for answer, heading in (
        (Answer(submitted_on=DAY), "报请复核日期"),
        (Answer(extend_to=LATER), "申请延期至"),
        (Answer(reason="雨季"), "延期理由"),
        (Answer(wrong={"报请复核日期": ("32日", "没有这一天")}), "报请复核日期"),
    ):
        assert [one.heading for one in faults(answer)] == [heading]
        assert _ops(answer) == []


@given(ANSWERS)
def test_nothing_but_the_three_operations_is_ever_asked_for(answer):
    found = steps(answer)
    assert {one.op for one in found} <= {"issue.progress", "issue.ask", "issue.submit"}
    assert len({one.op for one in found}) == len(found)
    for one in found:
        assert set(one.values) <= {f.name for f in OPERATIONS[one.op].fields} | {"note"}
    if answer.empty:
        assert not found and not faults(answer)
    else:
        assert found or faults(answer)


@given(ANSWERS, TEXT)
def test_whom_to_ask_makes_no_step_a_new_one(answer, contact):
    other = Answer(*[getattr(answer, name) for name in (
        "progress", "measures", "submitted_on", "extend_to", "reason",
    )], contact, answer.wrong)  # fmt: skip
    assert [one.digest for one in steps(other)] == [one.digest for one in steps(answer)]
    assert not conflicting([answer, other, Answer()])


@given(TEXT, TEXT)
def test_what_was_left_as_sent_or_is_so_here_is_no_difference(sent, ours):
    assert not differs(sent, sent, ours) and not differs(ours, sent, ours)
    assert not differs(f" {sent}\n诉求人：示例公司", sent, ours)
    assert differs(sent + "改", sent, sent)


def test_file_names_are_such_as_every_system_takes():
    assert file_name("市住建局", "2024-12") == "市住建局_2024-12.xlsx"
    assert file_name("../..\\etc/pass:wd*?", "2024-12") == "_.._etc_pass_wd___2024-12.xlsx"
    assert file_name("CON", "2024-12") == "单位_CON_2024-12.xlsx"
    assert file_name(" . ", "2024-12") == "单位_2024-12.xlsx"
    long = file_name("长" * 300, "2024-12")
    assert len(long.encode()) < 255 and long.endswith("_2024-12.xlsx")
    assert distinct(["A.xlsx", "a.xlsx", "b.xlsx", "A.xlsx"]) == (
        "A.xlsx", "a(2).xlsx", "b.xlsx", "A(3).xlsx",
    )  # fmt: skip
