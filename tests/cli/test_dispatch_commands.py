"""dispatch, instruction and revisit from outside: their records, tables, refusals, batch rows."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path
from typing import Any

from tests.cli.conftest import Supervise
from tests.cli.running import Done, words

HOSTILE = "[/x]\x1b[31m红\x1b]0;t\x07\u202e倒 =1+1 '; DROP TABLE meeting; --"
MEETING = words(
    "id tier status status_name held_on due_on theme unit unit_id leader closed_on decided"
    " unanswered overdue summary ref"
)
DECISION = words(
    "id meeting tier text issue title task unit unit_id due_on action decided_on answered_on"
    " answer answered_by status status_name"
)
AGENDA = words(
    "no status status_name issue title stage_name unit unit_id due_on task topic reasons"
)
INSTRUCTION = words(
    "id leader on gist ref report_by issue title task unit unit_id status status_name overdue"
    " answered_on answer interim closed_on"
)
PLAN = words("id period since method seed population size on by results rows")
ROW = words(
    "plan period issue title unit unit_id checker closed_on result on by relapsed_on redone"
)


def _run(run: Supervise, line: str) -> Done:
    return run(*line.split())


def _json(run: Supervise, line: str, *more: str) -> Any:
    done = run(*line.split(), *more, "--json")
    assert done.status == 0, done.out + done.err
    return done.json


def _clean(done: Done) -> bool:
    stray = {c for c in done.out + done.err if unicodedata.category(c) in {"Cc", "Cf"}}
    return done.status == 0 and not stray - {"\n"}


def test_a_meeting_from_opening_to_the_answer(office: Supervise) -> None:
    opened = _json(office, "dispatch open 分管市领导 --held-on 2024-12-30 --leader 李副市长")
    assert set(opened) == MEETING | {"agenda", "decisions"}
    (item,) = opened["agenda"]
    assert set(item) == AGENDA
    assert (item["issue"], item["status"]) == ("JM-2024-0001", "proposed")
    assert item["reasons"] == [{"kind": "overdue", "words": "超期 194 天"}]
    made = _json(office, "dispatch decide 1 --text 一周内办结 --issue JM-2024-0001 --action 催办"
                 " --due-on 2025-01-06 --on 2024-12-30 --ref 纪要1号")  # fmt: skip
    assert set(made) == DECISION
    assert (made["id"], made["unit_id"], made["action"]) == ("1-1", "11420800MB0001", "催办")
    steps = _json(office, "issue show JM-2024-0001")["events"]
    assert (steps[-1]["op"], steps[-1]["note"], steps[-1]["ref"]) == (
        "issue.urge", "一周内办结", "纪要1号",
    )  # fmt: skip
    refused = _run(office, "dispatch decide 1 --text 交 --issue JM-2024-0001 --action 交办"
                   " --unit 市水务局 --on 2024-12-30 --json")  # fmt: skip
    assert refused.status == 1 and refused.json["error"]["code"] == "not_allowed"
    assert "交办须在“发现”时办理" in refused.json["error"]["message"]
    again = _run(
        office, "dispatch decide 1 --text 月底再报 --due-on 2025-01-30 --on 2024-12-30"
    ).out
    assert "完成期限  2025-01-30" in again and "应开日期" not in again
    assert _json(office, "dispatch decisions --unanswered")[0]["status"] == "open"
    assert _json(office, "dispatch answer 1-1 --text 已办结")["status"] == "answered"
    assert _json(office, "dispatch close 分管市领导")["status"] == "closed"
    listed = _json(office, "dispatch list --tier 分管市领导")
    assert [(one["id"], one["decided"]) for one in listed] == [(1, 2)]
    due = _json(office, "dispatch list --tier 主要领导")
    assert [(one["id"], one["status"], one["due_on"]) for one in due] == [
        (None, "due", "2024-12-31")
    ]
    assert set(due[0]) == MEETING
    told = office("dispatch", "show", "1").out
    for word in ("李副市长", "一周内办结", "已回告", "已办结"):
        assert word in told
    assert _json(office, "verify")["ok"]


def test_instructions_and_revisits(office: Supervise) -> None:
    one = _json(office, "instruction add 王市长 --gist 限期办结 --issue JM-2024-0001"
                " --report-by 2024-12-20 --on 2024-12-02 --ref 收1号")  # fmt: skip
    assert set(one) == INSTRUCTION and one["overdue"] is True
    assert "逾期未报结" in office("instruction", "list", "--overdue").out
    early = _run(office, "instruction close 1 --json")
    assert (early.status, early.json["error"]["code"]) == (1, "not_allowed")
    for line in (
        "issue submit JM-2024-0001 --measures 已修 --on 2024-11-01",
        "issue pass JM-2024-0001 --by 复核员 --on 2024-11-04",
        "issue feedback JM-2024-0001 --satisfaction 无诉求人 --on 2024-11-05",
        "issue close JM-2024-0001 --by 批准人 --on 2024-11-06",
        "instruction answer 1 --text 已办结",
        "instruction close 1",
    ):
        assert _run(office, line).status == 0, line
    plan = _json(office, "revisit plan 2024-11 --share 100")
    assert set(plan) == PLAN and plan["results"] == {"未查": 1, "稳定": 0, "反弹": 0}
    assert (plan["seed"], plan["population"]) == (202411, 1)
    assert set(plan["rows"][0]) == ROW
    shown = office("revisit", "show").out
    assert "种子" in shown and "202411" in shown
    assert _run(office, "issue revisit JM-2024-0001 --result 反弹").status == 0
    assert [row["result"] for row in _json(office, "revisit list --result 反弹")] == ["反弹"]
    assert "没有安排回头看" in office("revisit", "list", "--period", "2024-10").err
    both = _run(office, "revisit plan 2024-11 --size 1 --share 5")
    assert both.status == 1 and "只写一项" in both.err


def test_a_second_office_names_its_own_by_long_numbers(supervise: Supervise) -> None:
    """Ids of office 3 begin at 3 << 40: they are named as they are printed."""
    assert _run(supervise, "init --office 3").status == 0
    meeting = _json(supervise, "dispatch open 优化办 --theme 点题")["id"]
    assert meeting == (3 << 40) + 1
    made = _json(supervise, f"dispatch decide {meeting} --text 通报一次")
    assert _json(supervise, f"dispatch answer {made['id']} --text 已通报")["status"] == "answered"
    one = _json(supervise, "instruction add 王市长 --gist 抓紧")["id"]
    assert _json(supervise, f"instruction answer {one} --text 已办")["status"] == "answered"
    assert _json(supervise, f"instruction close {one}")["status"] == "closed"


def test_all_of_it_in_a_batch_and_hostile_words(office: Supervise, tmp_path: Path) -> None:
    rows = [
        {"op": "dispatch.open", "tier": "专项组", "theme": HOSTILE, "on": "2024-12-02"},
        {"op": "点题", "meeting": "专项组", "issue": "JM-2024-0001", "reason": HOSTILE,
         "on": "2024-12-02"},
        {"op": "议定", "meeting": "1", "issue": "JM-2024-0001", "text": HOSTILE, "action": "提级",
         "on": "2024-12-02", "by": HOSTILE},
        {"op": "回告", "decision": "1-1", "text": HOSTILE, "on": "2024-12-03"},
        {"op": "dispatch.close", "meeting": "1", "summary": HOSTILE, "on": "2024-12-03"},
        {"op": "instruction.add", "leader": HOSTILE, "gist": HOSTILE, "issue": "JM-2024-0001",
         "on": "2024-12-02"},
    ]  # fmt: skip
    file = tmp_path / "调度.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    assert _json(office, "batch", str(file))["applied"] == len(rows)
    for line in (
        "dispatch list", "dispatch show 1", "dispatch agenda 分管市领导", "dispatch decisions",
        "instruction list", "issue show JM-2024-0001", "dispatch show 1 --json",
    ):  # fmt: skip
        assert _clean(_run(office, line)), line
    assert "[/x]红" in office("dispatch", "decisions").out
    for line in ("dispatch close 9", "instruction close 9", "dispatch answer 9-1 --text 办"):
        assert "没有编号为" in _run(office, line.replace("9", "9" * 40)).err
    unknown = _run(office, "dispatch agenda 街道 --json")
    assert unknown.status == 1 and "层级有：专项组、优化办" in unknown.json["error"]["message"]
    assert _json(office, "verify")["ok"]
