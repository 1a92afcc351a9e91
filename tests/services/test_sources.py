"""Mechanisms of the source documents that run through several services, with their figures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from supervise.services import behind_leaders, stats, task_import, task_records
from tests.services.office import Office

ASPECTS = (5, 5, 4, 4, 4, 4)


def test_six_actions_of_twenty_six_aspects_are_told_from_the_issues(
    office: Office, tmp_path: Path
) -> None:
    """A01: action, task, unit, date; a task that is late is no issue, nor in any count of them."""
    rows = ["任务编号,行动,任务,牵头单位,节点,节点时限"]
    for number, aspects in enumerate(ASPECTS, 1):
        for aspect in range(1, aspects + 1):
            rows.append(f"{number}.{aspect},行动{number},方面{aspect},市住建局,完成,2024-06-30")
    file = tmp_path / "任务.csv"
    file.write_text("\n".join(rows), "utf-8")
    assert task_import.run(office.session, file)["added"] == 26 == sum(ASPECTS)
    listed = task_records.listing(office.session)
    actions = [one["action"] for one in listed]
    assert tuple(actions.count(f"行动{number}") for number in range(1, 7)) == ASPECTS
    assert {(one["unit"], one["due_on"] or one["next"]["due_on"]) for one in listed} == {
        ("市住建局", "2024-06-30")
    }
    assert stats.stats(office.session)["issues"]["total"] == 0


def test_a_matter_taken_to_the_special_meeting_comes_back_with_its_answer(office: Office) -> None:
    """A12, A13: a decision sends it up, the meeting decides, the answer stands with the issue."""
    code = office.given(due="2024-12-20", on="2024-12-02")
    monthly = office.do("dispatch.open", tier="分管市领导", held_on="2024-12-26", on="2024-12-26")
    office.do("dispatch.decide", meeting=str(monthly["id"]), text="提请专题会议研究", issue=code,
              action="提级", level="专题会议", on="2024-12-26")  # fmt: skip
    assert office.issue(code)["escalated"] == "专题会议"
    special = office.do("dispatch.open", tier="专题会议", held_on="2024-12-30", on="2024-12-30")
    (item,) = [one for one in special["agenda"] if one["issue"] == code]
    assert "escalated" in {why["kind"] for why in item["reasons"]}
    made = office.do("dispatch.decide", meeting=str(special["id"]), text="市财政局先行垫付",
                     issue=code, due_on="2025-01-10", on="2024-12-30")  # fmt: skip
    (answers,) = [
        one for one in behind_leaders.waiting(office.session) if one.key == "dispatch-answers"
    ]
    assert len(answers.rows) == 2
    office.do("dispatch.answer", decision=made["id"], text="已垫付", on="2024-12-31")
    told = office.issue(code)["decisions"]
    assert [(one["tier"], one["answer"]) for one in told] == [
        ("专题会议", "已垫付"), ("分管市领导", None),
    ]  # fmt: skip
    office.verified()


def test_a_matter_for_the_group_is_on_the_groups_list(office: Office) -> None:
    """A14: 提级 to the 专班 puts it on that group's agenda, and on no list of one not asked."""
    code = office.given(due="2025-02-28", on="2024-12-02")
    office.given("市水务局", due="2025-02-28", on="2024-12-02")
    office.do("issue.escalate", issue=code, level="专班督办", on="2024-12-16")
    office.do(
        "dispatch.open", tier="专项组", theme="重点项目", held_on="2024-12-30", on="2024-12-30"
    )
    record = office.do("dispatch.pick", meeting="专项组", topic="本周主题")
    asked = {one["issue"] for one in record["agenda"] if one["issue"]}
    assert asked == {code}


def test_what_is_found_in_a_round_keeps_its_round_and_where_it_came_from(office: Office) -> None:
    """B07, C06, D01, E05: 批次 and 来源 are found again."""
    for number, (source, batch) in enumerate(
        [("政企恳谈会", "第55期"), ("专项督查", "2024年第四轮"), ("12345热线", None),
         ("营商早餐会", None), ("书记邮箱", None), ("政企恳谈会", "第55期")], 1,
    ):  # fmt: skip
        more = {"batch": batch} if batch else {}
        office.do("issue.add", issue=f"Y-{number}", title="事", source=source, **more)
    shown = [office.issue(f"Y-{number}") for number in range(1, 7)]
    found = Counter((one["source"], one["batch"]) for one in shown)
    assert found["政企恳谈会", "第55期"] == 2 and len(found) == 5


def test_calls_got_through_are_reported_beside_what_the_ledger_counts(office: Office) -> None:
    """C09: 畅通率 100% is of calls, which no issue tells; task 43 takes its two counts by month."""
    task_import.run(office.session, None)
    office.do("task.measure", task="43", indicator="热线畅通率", period="2024-11",
              numerator="985", denominator="1000", on="2024-12-05", ref="月报11号")  # fmt: skip
    told = task_records.shown(office.session, "43")
    (one,) = [one for one in told["indicators"] if one["indicator"] == "热线畅通率"]
    (report,) = one["measurements"]
    assert (report["numerator"], report["denominator"]) == ("985", "1000")
    assert (one["target"], one["latest"], one["light"]) == ("=100%", "98.5%（985/1000）", "red")
