"""The chain behind a printed line, down to the events that carry it."""

from __future__ import annotations

from pathlib import Path

import pytest

from db import events
from supervise import packs
from supervise.errors import NotFound, Refused
from supervise.reports.why_lines import lines
from supervise.services.why import why
from tests.services.office import Office


def _named_twice(office: Office) -> str:
    code = office.given("市水务局", "2024-05-20", "2024-05-06")
    office.do("issue.urge", issue=code, on="2024-05-17")
    office.do("notice.draft", period="2024-05", on="2024-06-03")
    office.do("notice.check", period="2024-05", unit="市水务局", result="无异议", on="2024-06-04")
    office.do("notice.name", period="2024-05", unit="市城管局", reason="未报方案", on="2024-06-04")
    office.do("notice.issue", period="2024-05", on="2024-06-05", number="示优通〔2024〕5号")
    office.publish("2024-06", "2024-07-05")
    return code


def test_a_due_date_is_explained_day_by_day_and_by_its_events(office: Office) -> None:
    code = office.given(due=None, on="2024-06-03", urgency="紧急")
    told = why(office.session, code)
    (due,) = told["due"]
    assert told["kind"] == "issue" and due["due_on"] == told["due_on"]
    assert sum(day["counted"] for day in due["days"]) == 3
    log = events.of(office.session.conn, "issue", 1)
    assert [one["seq"] for one in told["events"]] == [event.seq for event in log]
    assert [one["title"] for one in told["events"]] == ["登记", "交办"]


def test_a_name_on_a_notice_rests_on_rule_clause_matter_and_answer(office: Office) -> None:
    code = _named_twice(office)
    told = why(office.session, "市水务局", "2024-05")
    assert told["notice"]["number"] == "示优通〔2024〕5号"
    (rule,) = told["rules"]
    criterion = office.session.pack.naming.criteria["overdue"]
    assert (rule["clause"], rule["reading"]) == (criterion.clause, criterion.label)
    assert told["check"]["result"] == "无异议" and len(told["questions"]) == 7
    (matter,) = told["matters"]
    assert matter["code"] == code
    assert "催办" in [one["title"] for one in matter["events"]]
    # The steps of the notice that were about other units are not this one's grounds.
    assert [one["op"] for one in told["events"]] == [
        "notice.draft", "notice.check", "notice.issue",
    ]  # fmt: skip


def test_what_was_asked_before_issuing_stays_what_it_was(office: Office) -> None:
    """A later handling by another unit, signed and urged by itself, changes no answer."""
    code = office.given("市水务局", "2024-05-20", "2024-05-06")
    office.do("issue.sign", issue=code, on="2024-05-07")
    office.do("issue.urge", issue=code, on="2024-05-17")
    office.publish("2024-05", "2024-06-05")
    before = why(office.session, "市水务局", "2024-05")["questions"]
    answers = {one["question"]: one["answer"] for one in before}
    assert (answers["签收"], answers["催办"]) == (
        "2024-05-07签收。", "已催办1次，最近一次2024-05-17。",
    )  # fmt: skip
    told = {"issue": code, "unit": "市城管局", "due_on": "2024-06-20", "reason": "职责不在水务"}
    office.do("issue.transfer", **told, on="2024-06-06")
    assert why(office.session, "市水务局", "2024-05")["questions"] == before


def test_an_interview_is_explained_month_by_month(office: Office) -> None:
    code = _named_twice(office)
    told = why(office.session, "市水务局")
    assert told["kind"] == "interview"
    assert [one["period"] for one in told["months"]] == ["2024-05", "2024-06"]
    assert all(one["matters"][0]["code"] == code for one in told["months"])
    record = office.do("interview.submit", unit="市水务局", on="2024-07-08")
    again = why(office.session, str(record["id"]))
    assert [one["op"] for one in again["events"]] == ["interview.submit"]
    values = {"period": "2024-06", "unit": "市水务局", "action": "撤销", "reason": "限期有误"}
    office.do("notice.correct", **values, on="2024-07-10")
    gone = why(office.session, str(record["id"]))["months"][1]
    assert gone == {"period": "2024-06", "line": "2024-06 通报已不再点名市水务局"}


def test_without_an_interview_the_last_naming_is_explained(office: Office) -> None:
    office.given("市水务局", "2024-05-20", "2024-05-06")
    office.publish("2024-05", "2024-06-05")
    told = why(office.session, "市水务局")
    assert (told["kind"], told["period"]) == ("naming", "2024-05")


def test_where_there_is_nothing_to_explain_it_says_so(office: Office) -> None:
    _named_twice(office)
    with pytest.raises(NotFound, match="没有被点名过"):
        why(office.session, "市住建局")
    with pytest.raises(Refused, match="没有点名市住建局"):
        why(office.session, "市住建局", "2024-05")
    with pytest.raises(NotFound):
        why(office.session, "无此单位")


def test_an_interview_cites_the_rules_its_last_notice_was_issued_under(
    office: Office, tmp_path: Path
) -> None:
    _named_twice(office)
    before = why(office.session, "市水务局")["rules"]
    looser = packs.load("jingmen").replace("months = 2", "months = 3", 1)
    assert "months = 3" in looser
    (tmp_path / "looser.toml").write_text(looser, "utf-8")
    office.today = "2025-01-10"
    office.do("interview.submit", unit="市水务局")
    office.do("pack.use", name=str(tmp_path / "looser.toml"))
    assert office.session.pack.interview.months == 3
    assert why(office.session, "市水务局")["rules"] == before


def test_a_bureau_is_explained_by_its_countys_interview(office: Office) -> None:
    office.unit("某县", kind="县市区")
    office.unit("某县住建局", parent="某县")
    office.given("某县住建局", "2024-05-20", "2024-05-06")
    office.publish("2024-05", "2024-06-05")
    office.publish("2024-06", "2024-07-05")
    told = why(office.session, "某县住建局")
    assert (told["subject"], told["kind"]) == ("某县", "interview")


def test_a_month_is_asked_of_a_unit_only(office: Office) -> None:
    with pytest.raises(Refused, match="去掉 --period"):
        why(office.session, office.given(), "2024-06")
    with pytest.raises(NotFound, match="没有编号为“77”的事项或约谈"):
        why(office.session, "77")


def test_a_naming_without_issues_rests_on_the_log_of_its_task_and_its_reports(
    office: Office, tmp_path: Path
) -> None:
    text = packs.load("jingmen")
    for name in ("unreported", "task"):
        head = f"[naming.criteria.{name}]\n"
        text = text.replace(f"{head}on = false", f"{head}on = true")
    (tmp_path / "own.toml").write_text(text, "utf-8")
    office.do("pack.use", name=str(tmp_path / "own.toml"), on="2024-06-01")
    owed = {"every": "month", "day": 11, "owed_by": "市城管局", "from_on": "2024-05-01"}
    office.do("duty.add", duty="月报", **owed, on="2024-05-01")
    office.do("duty.submit", duty="月报", unit="市城管局", period="2024-05", on="2024-05-10")
    for task in ("7", "17"):
        office.do(
            "task.add", task=task, title="清欠", action="行动", unit="市城管局", on="2024-06-01"
        )
    step = {"task": "17", "milestone": "核对账款", "due_on": "2024-06-28"}
    office.do("task.milestone", **step, on="2024-06-01")
    office.publish("2024-06", "2024-07-03")
    # Handed in later: the naming stays, and the log says what came since.
    office.do("duty.submit", duty="月报", unit="市城管局", period="2024-06", on="2024-07-04")
    office.do("task.done", task="17", milestone="核对账款", on="2024-07-04")
    told = why(office.session, "市城管局", "2024-06")
    assert told["matters"] == []
    task, report = told["others"]
    assert (task["kind"], task["line"]) == ("task", "任务17 清欠")
    assert task["dates"] == ["节点“核对账款”（2024-06-28）：已完成，迟6天"]
    assert [one["op"] for one in task["events"]] == ["task.add", "task.milestone", "task.done"]
    assert report["line"].startswith("报送“月报”：每月11日")
    assert report["dates"] == ["6月应于2024-06-11报送，已报（2024-07-04，迟23天）"]
    assert [one["op"] for one in report["events"]] == ["duty.add", "duty.submit"]
    assert "报来 2024-07-04" in report["events"][-1]["told"]
    shown = [line.text for line in lines(told)]
    assert "限期：节点“核对账款”（2024-06-28）：已完成，迟6天" in shown
    assert any("登记报送 市城管局：月报 期次 2024-06" in one for one in shown)
