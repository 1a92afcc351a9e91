"""Rates, books, asking and nodes from outside: what people read, what scripts read."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Supervise

NAMES = [
    "销号率", "销号率", "按期办结率", "按期办结率", "办结率", "综合回复率", "回访率", "满意率",
]  # fmt: skip


def test_rates_say_counts_targets_and_how_they_are_read(office: Supervise) -> None:
    told = office("rates", "--period", "2024-06", "--json").json
    assert set(told) == {
        "period", "from", "cutoff", "units", "kind", "notice", "frozen", "unreached", "rates",
        "late",
    }  # fmt: skip
    assert [one["op"] for one in told["late"]] == ["issue.add", "issue.assign"]
    assert [one["name"] for one in told["rates"]] == NAMES
    assert (told["cutoff"], told["frozen"]) == ("2024-06-30", False)
    in_time = told["rates"][2]
    assert (in_time["numerator"], in_time["denominator"], in_time["rate"]) == (0, 1, 0.0)
    assert in_time["basis"] == "按批准时限" and in_time["target"] == 98
    shown = office("rates", "--period", "2024-06")
    for words in ("2024-06-30 24时", "≥98%", "未达标", "首次报请复核不晚于原限期"):
        assert words in shown.out
    grouped = office("rates", "--from", "2024-06", "--unit", "市水务局", "--kind", "市直部门")
    assert "市水务局、市直部门：2024-06-01 起交办的事项" in grouped.out
    assert office("rates", "--period", "2024-06", "--from", "2024-05").status == 2
    assert office("rates", "--period", "2025-01").status == 1
    assert office("rates", "--unit", "无此局").status == 1


def test_rates_are_read_as_percentages_wherever_they_stand(office: Supervise) -> None:
    office("issue", "submit", "JM-2024-0001", "--measures", "已办", "--on", "2024-06-13")
    for shown in (office("stats"), office("unit", "show", "市住建局")):
        assert shown.status == 0
        line = next(one for one in shown.out.splitlines() if one.startswith("按期办结率"))
        assert line.split()[3] == "100.0%"


def test_books_add_up_for_a_month_and_a_quarter(office: Supervise) -> None:
    told = office("balance", "--quarter", "2024Q2", "--json").json
    assert (told["from"], told["to"]) == ("2024-04-01", "2024-06-30")
    (unit,) = told["units"]
    assert (unit["unit"], unit["unit_id"]) == ("市住建局", "11420800MB0001")
    assert (unit["opening"], unit["added"], unit["remaining"]) == (0, 1, 1)
    assert told["total"]["added"] == told["waiting"]["moved_out"] == 1
    shown = office("balance", "--period", "2024-06")
    assert "2024年6月结账" in shown.out and "合计" in shown.out
    both = office("balance", "--period", "2024-06", "--quarter", "2024Q2")
    assert both.status == 2 and "只写一种" in both.err
    assert office("balance", "--quarter", "2024Q5").status == 1


def test_burden_ranks_and_marks_what_was_asked_twice(office: Supervise) -> None:
    assert "没有向单位要过材料" in office("burden", "--period", "2024-06").out
    for day in ("2024-06-18", "2024-06-20"):
        assert office("issue", "urge", "JM-2024-0001", "--on", day).status == 0
    told = office("burden", "--period", "2024-06", "--json").json
    assert told["units"] == [
        {
            "rank": 1, "unit": "市住建局", "unit_id": "11420800MB0001", "total": 2, "repeats": 1,
            "counts": {"urge": 2},
        }
    ]  # fmt: skip
    assert "共 2 次，其中重复 1 次" in office("burden", "--period", "2024-06").out


def test_a_node_is_recorded_by_command_and_by_batch(office: Supervise, tmp_path: Path) -> None:
    rows = [
        {"op": "issue.add", "issue": "XF-1", "title": "来信", "found_on": "2024-11-04",
         "on": "2024-11-04", "clocks": "信访"},
        {"op": "issue.assign", "issue": "XF-1", "unit": "市水务局", "on": "2024-11-05"},
        {"op": "issue.node", "issue": "XF-1", "node": "程序性回复", "done_on": "2024-11-08"},
    ]  # fmt: skip
    file = tmp_path / "letters.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    assert office("batch", file).status == 0
    done = office(
        "issue", "node", "XF-1", "--node", "实体性答复", "--on", "2024-12-02", "--ref", "答1"
    )
    assert done.status == 0
    record = office("issue", "show", "XF-1", "--json").json
    nodes = [one for one in record["clocks"] if one["kind"] == "node"]
    assert [(one["node"], one["due_on"], one["done_on"], one["ref"]) for one in nodes] == [
        ("程序性回复", "2024-11-11", "2024-11-08", None),
        ("实体性答复", "2025-02-05", "2024-12-02", "答1"),
    ]
    assert record["due_on"] == "2025-02-05"
    told = office("issue", "show", "XF-1").out
    assert "实体性答复" in told and "情况" not in told
    office("issue", "node", "XF-1", "--node", "程序性回复", "--on", "2024-11-14")
    assert "超期 3 天" in office("issue", "show", "XF-1").out
    wrong = office("issue", "node", "XF-1", "--node", "备案")
    assert wrong.status == 1 and "可填：程序性回复、实体性答复" in wrong.err
    assert "程序性回复率（信访）" in office("rates").out
    assert office("verify", "--json").json["ok"]


def test_reminders_go_into_a_folder_before_the_cut_off(office: Supervise, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    words = ("paper", "export", "warning", "2024-06", "--to", folder, "--format", "txt")
    assert office("--today", "2024-06-18", *words).status == 0
    (letter,) = folder.iterdir()
    text = letter.read_text()
    assert "市住建局：" in text and "还有2天" in text and "列入2024年6月工作调度通报" in text
    late = office(*words, "--force")
    assert late.status == 1 and "已过" in late.err
