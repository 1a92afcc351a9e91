"""Tasks and periodic duties from the command line: lists, records, refusals, hostile text."""

from __future__ import annotations

from tests.cli.running import Program, words

HOSTILE = "[b]粗[/b]\x1b[31m红\u202e=HYPERLINK(1)"


def test_the_sample_is_entered_reported_on_and_shown(supervise):  # type: ignore[no-untyped-def]
    """C01 and A01 from the command line: action, task, lead, target, light, next step."""
    assert supervise("init").status == 0
    assert "样例" in supervise("task", "list").err
    done = supervise("task", "import", "--sample")
    assert done.status == 0 and "征求意见稿样例" in done.out
    tasks = supervise("task", "list", "--json").json
    assert len(tasks) == 45 and tasks[16]["title"] == "跨部门综合监管"
    assert supervise("unit", "add", "市市场监管局", "--unit-id", "S1").status == 0
    assert supervise("task", "correct", 17, "--unit", "S1").status == 0
    values = ("--indicator", 1, "--period", "2024-11", "--numerator", 29, "--denominator", 1)
    record = supervise("task", "measure", 17, *values, "--json").json
    assert record["latest"] == {
        "indicator": "一业一查覆盖部门数",
        "period": "2024-11",
        "value": "29个（29/1）",
        "target": "≥30个",
    }
    assert record["unit_id"] == "S1" and record["light"] == "yellow"
    shown = supervise("task", "show", 17).out
    assert {"≥30个", "29个（29/1）", "黄", "市市场监管局"} <= words(shown)
    told = "指标 一业一查覆盖部门数 应达≥30个", "数据 第1项指标 2024-11：分子 29，分母 1"
    assert all(one in shown for one in told)  # the history says what was set and reported
    listed = supervise("task", "list", "--action", "市场化").out
    assert "一业一查覆盖部门数 29个（29/1），目标 ≥30个（2024-11）" in listed
    assert "完成年度任务（2024-12-31）" in listed and "市场化改革示范" in listed
    assert len(supervise("task", "list", "--unit", "S1", "--json").json) == 1
    assert supervise("task", "list", "--light", "黄", "--json").json
    done = supervise("task", "done", 17, "--milestone", "完成年度任务")
    assert done.status == 0 and all(one in done.out for one in told)  # as after any step
    assert supervise("verify").status == 0


def test_duties_are_drawn_as_a_matrix_and_listed_one_by_one(supervise):  # type: ignore[no-untyped-def]
    """B02: the 5th of each month; who reported late, who did not, who need not."""
    for line in (
        "init",
        "unit add 市住建局 --unit-id U1 --on 2024-01-02",
        "unit add 市水务局 --on 2024-01-02",
        "duty add 每月进展 --every 每月 --day 5 --owed-by 市直部门 --from-on 2024-10-01",
        "duty submit 每月进展 --unit U1 --period 2024-11 --on 2024-11-07",
        "duty waive 每月进展 --unit 市水务局 --period 2024-12 --reason 新设",
    ):
        assert supervise(*line.split()).status == 0, line
    drawn = supervise("duty", "list").out
    assert {"已报（迟2天）", "免报", "逾期", "未到期", "10-08"} <= words(drawn)
    rows = supervise("duty", "list", "--state", "overdue", "--json").json
    assert [(one["unit"], one["period"]) for one in rows] == [
        ("市住建局", "2024-10"), ("市水务局", "2024-10"),
        ("市水务局", "2024-11"), ("市住建局", "2024-12"),
    ]  # fmt: skip
    assert rows[0]["unit_id"] == "U1" and rows[0]["due_on"] == "2024-10-08"
    known = supervise("duty", "show", "每月进展", "--json").json
    assert known["rhythm"] == "每月5日（遇休息日顺延）" and len(known["reports"]) == 8


def test_what_is_wrong_is_refused_and_says_what_to_do(supervise):  # type: ignore[no-untyped-def]
    assert supervise("init").status == 0
    for line, status, told in (
        ("task show 9", 1, "task list"),
        ("task import", 2, "--sample"),
        ("task import --sample x.toml", 2, "--sample"),
        ("task import 没有.toml", 1, "没有.toml"),
        ("duty show 周报", 1, "还没有定期报送"),
        ("duty add 周报 --every 每天 --owed-by 市直部门", 1, "每周"),
    ):
        ran = supervise(*line.split())
        assert ran.status == status and told in ran.err, (line, ran)


def test_text_from_outside_stays_text(fresh: Program):
    fresh.batch(
        {"op": "task.add", "task": "1", "title": HOSTILE, "unit": "A1"},
        {"op": "task.milestone", "task": "1", "milestone": HOSTILE, "due_on": "2024-12-30"},
        {"op": "duty.add", "duty": HOSTILE, "every": "week", "owed_by": "A1"},
    )
    for command in (("task", "list"), ("task", "show", "1"), ("duty", "list")):
        done = fresh.run(*command)
        assert done.status == 0 and "\x1b" not in done.out and "\u202e" not in done.out
        assert "[b]粗[/b]" in done.out
    fresh.run("verify")
