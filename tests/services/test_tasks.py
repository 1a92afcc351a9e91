"""Tasks on a real ledger: entered, imported, reported on, named for, replayed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from supervise import packs
from supervise.errors import BadInput, ChangedMeanwhile, NotFound, Refused
from supervise.reports import papers
from supervise.reports.text import render
from supervise.services import batches, event_log, task_import, task_records, today
from supervise.services.work import perform
from tests.services.office import Office, Record

HOSTILE = "[b]粗[/b]\x1b[31m红=HYPERLINK(1)"


@pytest.fixture
def sample(office: Office) -> Office:
    """Give an office with the tasks that come with the program."""
    task_import.run(office.session, None)
    return office


def _switched_on(office: Office, path: Path, *criteria: str) -> None:
    """Put the pack in force with more criteria than it has by itself."""
    text = packs.load("jingmen")
    for name in criteria:
        head = f"[naming.criteria.{name}]\n"
        text = text.replace(f"{head}on = false", f"{head}on = true")
    file = path / "own.toml"
    file.write_text(text, "utf-8")
    office.do("pack.use", name=str(file))


def _task(office: Office, code: str = "1", **fields: object) -> Record:
    values = {"title": "清单报备", "action": "政务", "unit": "市住建局"} | fields
    return office.do("task.add", task=code, on="2024-03-01", **values)


def _reasons(office: Office, period: str = "2024-12") -> dict[str, list[Record]]:
    found = office.notice(period)["entries"]
    return {one["unit"]: one["reasons"] for one in found if one["status"] == "effective"}


# The sample.


def test_the_sample_holds_eight_actions_45_tasks_and_116_targets(sample: Office):
    """C01: numbers and figures of the draft, marked as a sample, nobody leading yet."""
    tasks = task_records.listing(sample.session)
    assert len(tasks) == 45 and len({one["action"] for one in tasks}) == 8
    shown = [task_records.shown(sample.session, one["task"]) for one in tasks]
    targets = [one for task in shown for one in task["indicators"]]
    assert len(targets) == 116
    assert sum(one["kind"] == "none" for one in targets) == 16
    assert all(task["sample"] and task["unit"] is None for task in shown)
    assert all("征求意见稿" in task["source"] and "样例" in task["source"] for task in shown)
    by_name = {one["indicator"]: one for one in targets}
    assert by_name["热线满意率"]["target"] == "≥97%"
    assert by_name["网上中介超市注册机构数"]["target"] == ">300家"
    assert by_name["跨境电商进口商品展示中心数"]["target"] == "1至2家"
    assert by_name["普惠小微贷款综合融资成本"]["target"] == "低于同期全省平均、全国平均"
    assert by_name["新增开口企业数"]["strength"] == "力争"
    assert by_name["全市贷款投放同比增长"]["strength"] == "确保"
    assert sum(one["strength"] == "力争" for one in targets) == 8
    sample.verified()


def test_importing_the_sample_twice_changes_nothing(sample: Office):
    head = sample.head()
    again = task_import.run(sample.session, None)
    assert (again["added"], again["unchanged"], again["refused"]) == (0, 45, [])
    assert sample.head() == head


# An office's own files.

_OWN = """
[[tasks]]
task = "A1"
title = "惠企政策兑现"
action = "政策"
unit = "市住建局"
co_units = ["市水务局", "市城管局"]
due_on = 2024-12-31

[[tasks.milestones]]
milestone = "清单公布"
due_on = 2024-06-30

[[tasks.targets]]
indicator = "兑现率"
comparator = "≥"
value = 95
measured_in = "%"
strength = "确保"
due_on = 2024-12-31
"""


def test_an_own_file_is_entered_updated_and_refused_whole(office: Office, tmp_path: Path):
    file = tmp_path / "任务.toml"
    file.write_text(_OWN, "utf-8")
    assert task_import.run(office.session, file)["added"] == 1
    task = task_records.shown(office.session, "A1")
    assert (task["unit"], task["unit_id"]) == ("市住建局", "U1")
    assert task["co_units"] == ["市水务局", "市城管局"] and not task["sample"]
    assert task["indicators"][0]["target"] == "≥95%"
    file.write_text(_OWN.replace("value = 95", "value = 98"), "utf-8")
    with pytest.raises(BadInput) as caught:
        task_import.run(office.session, file)
    assert "兑现率" in caught.value.rows[0].message and "--update" in caught.value.rows[0].message
    assert task_import.run(office.session, file, update=True)["updated"] == 1
    assert task_records.shown(office.session, "A1")["indicators"][0]["value"] == "98"
    head = office.head()
    more = _OWN.replace('"A1"', '"A2"') + _OWN.replace('"A1"', '"A3"').replace("市住建局", "没有局")
    file.write_text(more, "utf-8")
    with pytest.raises(BadInput) as caught:
        task_import.run(office.session, file)
    assert "A3" in caught.value.rows[0].message and office.head() == head
    assert len(task_import.run(office.session, file, dry_run=True)["refused"]) == 1
    office.verified()


def test_a_table_has_a_row_for_each_target_and_may_leave_the_task_blank(
    office: Office, tmp_path: Path
):
    file = tmp_path / "任务.csv"
    file.write_text(
        "任务编号,行动,任务,牵头单位,节点,节点时限,指标,比较,目标值,计量单位,力度,指标时限\n"
        "1,政务,一窗通办,市住建局,方案印发,2024-06-30,上线主题数,≥,9,个,力争,2024-12-31\n"
        ",,,,,,持证上岗率,=,100,%,确保,2024-12-31\n"
        "2,政务,帮代办,U2,,,,,,,,\n",
        "utf-8",
    )
    assert task_import.run(office.session, file)["added"] == 2
    first, second = (task_records.shown(office.session, code) for code in "12")
    assert [one["target"] for one in first["indicators"]] == ["≥9个", "=100%"]
    assert first["milestones"][0]["due_on"] == "2024-06-30" and second["unit"] == "市水务局"
    file.write_text("任务编号,任务\n1,甲\n1,乙\n", "utf-8")
    with pytest.raises(BadInput) as caught:
        task_import.run(office.session, file)
    assert [one.row for one in caught.value.rows] == [2, 3]  # not as here, not as above


def test_every_bad_row_of_a_table_is_told_at_once(office: Office, tmp_path: Path):
    file = tmp_path / "tasks.csv"
    file.write_text(
        "任务编号,行动,任务,牵头单位,完成时限\nZ1,行动,甲,无此局,2024-12-31\n"
        "Z2,行动,乙,市住建局,二月底\nZ2,行动,丙,市住建局,二月底\n",
        "utf-8",
    )
    wanted = [(2, None, "没有名为“无此局”"), (3, "时限", "“二月底”"), (4, "任务", "前面的行不同")]
    with pytest.raises(BadInput) as refused:
        task_import.run(office.session, file)
    rows = [(one.row, one.column, one.message) for one in refused.value.rows]
    assert [one[:2] for one in rows] == [one[:2] for one in wanted]
    assert all(words in one[2] for one, (_, _, words) in zip(rows, wanted, strict=True))
    tried = task_import.run(office.session, file, dry_run=True)
    assert [one["row"] for one in tried["refused"]] == [2, 3, 4]


@pytest.mark.parametrize("text", ["", "tasks = 1", "[[tasks]]\ntitle = '无编号'", "[[tasks", "x="])
def test_a_file_that_is_no_list_of_tasks_is_refused(office: Office, tmp_path: Path, text: str):
    file = tmp_path / "t.toml"
    file.write_text(text, "utf-8")
    with pytest.raises(BadInput):
        task_import.run(office.session, file)


def test_a_file_that_is_no_toml_is_told_where(office: Office, tmp_path: Path):
    file = tmp_path / "t.toml"
    file.write_text('title = "甲"\n[[tasks]]\ntask = = 1\n', "utf-8")
    with pytest.raises(BadInput, match="“t.toml”在第 3 行第 8 列不合 TOML 写法"):
        task_import.run(office.session, file)


# Reported on.


def test_figures_are_kept_exactly_and_the_newest_report_counts(office: Office):
    _task(office)
    target = {"task": "1", "indicator": "办结率", "comparator": ">=", "value": "98"}
    office.do("task.target", **target, measured_in="%", due_on="2024-12-31")
    figures = {"task": "1", "indicator": "办结率", "period": "2024-11"}
    record = office.do("task.measure", **figures, numerator="27", denominator="28", evidence="台账")
    (one,) = record["indicators"]
    assert one["latest"] == "96.4%（27/28）" and one["measurements"][0]["met"] is False
    assert one["measurements"][0]["by"] == "市住建局"
    record = office.do("task.measure", **{**figures, "period": "2024-12"}, value="98")
    assert record["indicators"][0]["light_why"] == "已达到"
    record = office.do("task.measure", **figures, numerator="0", denominator="0", on="2024-12-30")
    assert record["indicators"][0]["measurements"][0]["value"] == "—（0/0）"
    office.verified()


def test_a_part_greater_than_its_whole_is_kept_and_asked_about(office: Office):
    _task(office)
    target = {"task": "1", "indicator": "办结率", "comparator": ">=", "value": "98"}
    office.do("task.target", **target, measured_in="%", due_on="2024-12-31")
    figures = {"task": "1", "indicator": "办结率", "period": "2024-11", "denominator": "28"}
    office.do("task.measure", **figures, numerator="28")
    assert "大于分母" not in office.warned()
    office.do("task.measure", **figures, numerator="30")
    assert "分子 30 大于分母 28" in office.warned()
    office.do("task.measure", **{**figures, "denominator": "0"}, numerator="5")
    assert "分子 5 大于分母 0" in office.warned()


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({}, "请填数值"),
        ({"numerator": "1"}, "请填数值"),
        ({"value": "1", "numerator": "1", "denominator": "2"}, "都填"),
        ({"value": "1", "numerator": "1"}, "不填分子"),
        ({"value": "九成"}, "不是数"),
        ({"value": "1", "period": "2025-01"}, "晚于"),
    ],
)
def test_a_report_that_says_nothing_or_two_things_is_refused(
    office: Office, values: dict[str, str], told: str
):
    _task(office)
    office.do("task.target", task="1", indicator="率", comparator=">=", value="9", measured_in="%")
    head = office.head()
    with pytest.raises((BadInput, Refused), match=told):
        office.do("task.measure", **{"task": "1", "indicator": "1", "period": "2024-12"} | values)
    assert office.head() == head


def test_a_date_missed_is_not_moved_away(office: Office):
    _task(office)
    step = {"task": "1", "milestone": "报备"}
    office.do("task.milestone", **step, due_on="2024-11-29")
    with pytest.raises(Refused, match="已过"):
        office.do("task.milestone", **step, due_on="2025-06-30", reason="来不及")
    with pytest.raises(Refused, match="理由"):
        office.do("task.milestone", **step, due_on="2025-06-30", on="2024-11-20")
    moved = office.do(
        "task.milestone", **step, due_on="2024-12-20", reason="市里调整", on="2024-11-20"
    )
    assert moved["next"]["due_on"] == "2024-12-20" and moved["light"] == "red"


def test_a_task_that_is_over_takes_no_more_steps_until_it_is_reopened(office: Office):
    _task(office)
    office.do("task.milestone", task="1", milestone="报备", due_on="2024-11-29")
    office.do("task.milestone", task="1", milestone="上线", due_on="2024-12-30")
    office.do("task.done", task="1", milestone="1", on="2024-11-20")
    record = office.do("task.done", task="1", on="2024-12-02")
    assert (record["status"], record["light"], record["next"]) == ("done", "green", None)
    with pytest.raises(Refused, match="已完成"):
        office.do("task.progress", task="1", note="还在办")
    record = office.do("task.reopen", task="1", reason="记错")
    assert [one["done_on"] for one in record["milestones"]] == ["2024-11-20", None]
    assert office.do("task.end", task="1", reason="不再实施")["light_why"] == "已终止"
    office.verified()


@pytest.mark.parametrize(("sign", "meant"), [("≥", ">="), ("≤", "<="), ("＝", "="), ("<", "<")])
def test_a_comparison_may_be_written_as_it_is_printed(office: Office, sign: str, meant: str):
    _task(office)
    told = office.do(
        "task.target", task="1", indicator="率", comparator=sign, value="9", measured_in="%"
    )
    assert [one["comparator"] for one in told["indicators"]] == [meant]


def test_what_is_unknown_or_double_is_refused_with_the_remedy(office: Office):
    _task(office)
    for op, fields, told in (
        ("task.add", {"task": "1", "title": "再来"}, "task correct"),
        ("task.progress", {"task": "9", "note": "甲"}, "task list"),
        ("task.measure", {"task": "1", "indicator": "率", "period": "2024-12"}, "还没有指标"),
        ("task.done", {"task": "1", "milestone": "甲"}, "还没有节点"),
        ("task.correct", {"task": "1"}, "没有要改"),
        ("task.correct", {"task": "1", "co_units": ["市住建局"]}, "既牵头又配合"),
        ("task.target", {"task": "1", "indicator": "率"}, "比较"),
        ("task.target", {"task": "1", "indicator": "率", "comparator": ">="}, "目标值"),
    ):
        with pytest.raises((Refused, NotFound, BadInput), match=told):
            office.do(op, **fields)


def test_the_steps_of_a_task_stand_in_a_batch(office: Office, tmp_path: Path):
    rows = [
        {"op": "task.add", "task": "7", "title": HOSTILE, "unit": "市水务局"},
        {"op": "设定节点", "任务编号": "7", "任务节点": "方案", "时限": "2024-12-30"},
        {"op": "task.target", "task": "7", "indicator": "率", "comparator": ">=", "value": 9},
        {"op": "task.measure", "task": "7", "indicator": "率", "period": "2024-12", "value": 9.5},
        {"op": "task.done", "task": "7", "milestone": "方案"},
    ]
    file = tmp_path / "batch.jsonl"
    file.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    assert batches.run(office.session, file)["applied"] == 5
    record = task_records.shown(office.session, "7")
    assert "\x1b" not in record["title"] and record["light"] == "green"
    office.verified()


# Named for.


def _missed_task(office: Office) -> None:
    _task(office, joint=["市水务局"], co_units=["市城管局"])
    office.do("task.milestone", task="1", milestone="清单公布", due_on="2024-12-20")
    target = {"task": "1", "comparator": ">=", "value": "95", "due_on": "2024-12-30"}
    office.do("task.target", **target, indicator="兑现率", strength="确保", measured_in="%")
    office.do("task.target", **target, indicator="利用率", strength="力争", measured_in="%")
    office.do("task.target", **target, indicator="覆盖率", measured_in="%")


def test_off_a_missed_task_names_nobody(office: Office):
    _missed_task(office)
    office.today = "2025-01-02"
    office.do("notice.draft", period="2024-12")
    assert office.notice("2024-12")["entries"] == []


@pytest.mark.parametrize(
    ("merged", "unit"), [("2024-12-10", "市城管局"), ("2025-01-02", "市住建局")]
)
def test_whose_the_task_was_at_the_cut_off_is_proposed(
    office: Office, tmp_path: Path, merged: str, unit: str
):
    _switched_on(office, tmp_path, "task")
    _missed_task(office)
    office.today = "2025-01-02"
    office.do("unit.merge", unit="市住建局", into="市城管局", on=merged)
    office.do("notice.draft", period="2024-12")
    assert set(_reasons(office)) == {unit, "市水务局"}


def test_on_who_leads_is_proposed_with_the_task_as_the_reason(office: Office, tmp_path: Path):
    """Never for what is striven for, nor for a target the document did not promise."""
    _switched_on(office, tmp_path, "task")
    _missed_task(office)
    office.today = "2025-01-02"
    office.do("notice.draft", period="2024-12")
    found = _reasons(office)
    assert set(found) == {"市住建局", "市水务局"}
    (reason,) = found["市住建局"]
    assert (reason["criterion"], reason["count"], reason["issues"]) == ("task", 0, [])
    assert "12月20日到期的节点“清单公布”未完成" in reason["note"]
    assert "目标“兑现率≥95%”未达到" in reason["note"]
    assert "利用率" not in reason["note"] and "覆盖率" not in reason["note"]
    # What fell due in December is December's: in January nobody is named for it again.
    office.today = "2025-02-01"
    office.do("notice.draft", period="2025-01")
    assert _reasons(office, "2025-01") == {}


def test_on_what_was_done_by_the_cutoff_saves_though_it_was_entered_later(
    office: Office, tmp_path: Path
):
    _switched_on(office, tmp_path, "task")
    _missed_task(office)
    office.today = "2025-01-06"
    office.do("notice.draft", period="2024-12")
    office.do("task.done", task="1", milestone="清单公布", on="2024-12-31")
    assert "节点" not in _reasons(office)["市住建局"][0]["note"]
    figure = {"task": "1", "indicator": "兑现率", "period": "2024-12", "value": "96"}
    office.do("task.measure", **figure, on="2025-01-02")
    assert "市住建局" in _reasons(office)  # reported after the cut-off
    office.do("task.measure", **figure, on="2024-12-31")
    assert _reasons(office) == {}


def test_papers_print_a_reason_without_issues(office: Office, tmp_path: Path):
    _switched_on(office, tmp_path, "task")
    _missed_task(office)
    office.given(due="2024-12-10", on="2024-11-20")
    office.today = "2025-01-02"
    office.publish("2024-12", "2025-01-02", number="〔2025〕1号", delivered_on="2025-01-02")
    text = {
        key: render(document)
        for key in ("notice", "basis", "check")
        for _, document in papers.documents(office.session, key, ("2024-12",))
    }
    told = "任务未完成：任务1“清单报备”，12月20日到期的节点“清单公布”未完成"
    for key, paper in text.items():
        assert told in "".join(paper.split()).replace("\u3000", ""), key
        assert "None" not in paper and "0件：" not in paper, key
    # 市住建局 has an overdue issue as well: both stand in the text, and in the table behind it.
    assert "涉及事项1项" in text["notice"] and text["notice"].count("清单公布") == 4
    office.verified()


def test_looking_ahead_says_the_same_as_the_draft(office: Office, tmp_path: Path):
    from supervise.services import foresight

    _switched_on(office, tmp_path, "task")
    _missed_task(office)
    warned = {one["unit"] for one in foresight.warn(office.session)["units"]}
    office.today = "2025-01-01"
    office.do("notice.draft", period="2024-12")
    assert warned == set(_reasons(office)) == {"市住建局", "市水务局"}


# 今日工作.


def test_today_tells_of_late_tasks_only_where_there_are_tasks(office: Office):
    def keys() -> dict[str, today.Figure]:
        return {one.key: one for one in today.today(office.session).figures}

    assert "tasks-late" not in keys() and "reports-late" not in keys()
    _missed_task(office)
    figure = keys()["tasks-late"]
    assert (figure.count, figure.urgent, figure.target) == (1, True, "light:red")
    assert figure.rows[0]["unit"] == "市住建局"


# The log, and others at work.


def test_the_log_says_what_each_event_was_about(office: Office):
    _task(office)
    office.do("task.milestone", task="1", milestone="报备", due_on="2024-12-31")
    office.do("task.target", task="1", indicator="率", comparator=">=", value="98", measured_in="%")
    office.do("task.measure", task="1", indicator="率", period="2024-12", value="97.5")
    office.do("duty.add", duty="周报", every="week", owed_by="U1", from_on="2024-12-01")
    office.do("duty.submit", duty="周报", unit="U1", period="2024-12-27")
    rows = event_log.rows(office.session, event_log.LogFilter(), 0, 5)
    assert [(one["op_name"], one["about"]) for one in rows] == [
        ("登记报送", "市住建局 定期报送"),
        ("设定报送", "周报"),
        ("填报数据", "任务1 清单报备"),
        ("设定指标", "任务1 清单报备"),
        ("设定节点", "任务1 清单报备"),
    ]
    assert rows[2]["target"] == ("tasks", "task:1") and rows[1]["target"] == ("duties", "duty:周报")
    entries = (event_log.entry(office.session, one["seq"]) for one in rows)
    facts = [fact for one in entries if one for fact in one.facts]
    assert facts[:5] == [
        ("周报", "期次 2024-12-27，报来 2024-12-31"),
        ("周报", "应报单位 U1，自 2024-12-01"),
        ("数据", "第1项指标 2024-12：数值 97.5"),
        ("指标", "率 应达≥98%，滚动"),
        ("节点", "报备，2024-12-31 到期"),
    ]


def test_a_step_on_a_task_that_changed_meanwhile_is_refused(office: Office):
    _task(office)
    seen = office.head()
    office.do("task.progress", task="1", note="别人报的", by="李四")
    values = {"task": "1", "note": "我报的"}
    with pytest.raises(ChangedMeanwhile, match="任务 1在您看过之后有变动：李四于"):
        perform(office.session, "task.progress", values, seen=seen)
    perform(office.session, "task.progress", values, seen=office.head())
