"""Every operation, told three ways: as commands, as JSON Lines and as a table; the same ledger."""

from __future__ import annotations

import csv
import json
from typing import Any

import pytest

from tests.cli.running import Program, words
from tests.cli.story import STORY, Row

SUBJECT = {"unit": "unit", "issue": "issue", "notice": "period", "explanation": "period",
           "interview": "unit", "referral": "unit"}  # fmt: skip
LISTS = ("unit", "issue", "notice", "explanation", "interview", "referral")
CHINESE = {
    "unit.add": "新增单位", "unit.alias": "单位别名", "issue.add": "登记", "issue.accept": "受理",
    "issue.assign": "交办", "issue.sign": "签收", "issue.progress": "进展", "issue.urge": "催办",
    "issue.submit": "报请复核", "issue.pass": "复核通过", "issue.return": "复核退回",
    "issue.reply": "答复", "issue.feedback": "回访", "issue.close": "销号",
    "issue.revisit": "回头看", "issue.reopen": "反弹重办", "issue.extend": "延期",
    "issue.pause": "暂停计时", "issue.resume": "恢复计时", "issue.transfer": "转办",
    "issue.reclassify": "调整定级", "issue.escalate": "提级", "issue.reject": "不予受理",
    "issue.merge": "合并办理", "issue.terminate": "终止办理", "issue.restore": "恢复",
    "issue.correct": "更正", "notice.issue": "签发", "notice.exempt": "免予点名",
}  # fmt: skip
NAMES = {"issue": "编号", "unit": "责任单位", "due_on": "限期", "on": "日期", "reason": "理由",
         "period": "月份", "title": "事项", "unit_id": "单位编号", "note": "备注"}  # fmt: skip
CONTRACT_OPS = words(
    """unit.add unit.rename unit.alias unit.merge issue.add issue.accept issue.assign issue.sign
    issue.progress issue.urge issue.submit issue.pass issue.return issue.reply issue.feedback
    issue.close issue.revisit issue.reopen issue.extend issue.pause issue.resume issue.transfer
    issue.reclassify issue.escalate issue.reject issue.merge issue.terminate issue.restore
    issue.correct notice.draft notice.name notice.exempt notice.restore notice.check notice.issue
    notice.correct notice.withdraw explanation.receive explanation.return interview.submit
    interview.approve interview.decline interview.defer interview.schedule interview.hold
    interview.close interview.void referral.record referral.continue referral.dismiss"""
)


def command(row: Row) -> list[str]:
    """Write a batch row as the command of the same name."""
    noun, verb = row["op"].split(".")
    line = [noun, verb, row[SUBJECT[noun]]]
    for key, value in row.items():
        option = "--" + key.replace("_", "-")
        if key in ("op", SUBJECT[noun]):
            continue
        if isinstance(value, bool):
            line.append(option if value else option.replace("--", "--no-", 1))
        else:
            for one in value if isinstance(value, list) else [value]:
                line += [option, str(one)]
    return line


def told(program: Program) -> dict[str, Any]:
    """Give everything the program says of its ledger, but the clock of the recording."""
    said = {noun: program(noun, "list") for noun in LISTS}
    said["S-10"] = program.issue("S-10")
    for event in said["S-10"]["events"]:
        assert event.pop("recorded_at")
    for notice in said["notice"]:
        assert bool(notice.pop("code", None)) == (notice["status"] != "draft")
    return said | {"stats": program("stats")}


def cell(value: Any) -> str:
    """Write one value as a cell of a table."""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(value) if isinstance(value, list) else str(value)


def test_the_story_tells_every_operation_but_one():
    """Nobody in the story is dismissed: `referral.dismiss` is tried with the ladder."""
    assert {row["op"] for row in STORY} == CONTRACT_OPS - {"referral.dismiss"}


@pytest.fixture(scope="module")
def whole(year: Program) -> dict[str, Any]:
    """Give everything that is told of the ledger made by one file of JSON Lines."""
    return told(year)


def test_commands_and_a_batch_make_the_same_ledger(whole, tmp_path):
    program = Program(tmp_path)
    program("init")
    program.each(*(command(row) for row in STORY))
    assert told(program) == whole


def test_a_table_with_chinese_words_makes_the_same_ledger(whole, tmp_path):
    program = Program(tmp_path)
    program("init")
    fields = sorted({key for row in STORY for key in row} - {"op"})
    path = tmp_path / "批量.csv"
    with path.open("w", encoding="gb18030", newline="") as file:
        table = csv.writer(file)
        table.writerow(["操作", *(NAMES.get(field, field) for field in fields)])
        for row in STORY:
            cells = [cell(row[field]) if field in row else "" for field in fields]
            table.writerow([CHINESE.get(row["op"], row["op"]), *cells])
    assert program("batch", path)["applied"] == len(STORY)
    assert told(program) == whole


def test_what_was_told_is_there(year):
    closed = year.issue("S-10")
    assert [event["op"] for event in closed["events"]] == [
        row["op"] for row in STORY if row.get("issue") == "S-10"
    ]
    assert (closed["stage"], closed["returns"], closed["reopens"]) == ("closed", 2, 1)
    assert closed["co_units"] == ["市数据局", "新局"]
    assert closed["evidence"]
    assert year.issue("S-3")["title"] == "事项三"
    by_status = {entry["unit"]: entry["status"] for entry in year("notice", "list")[0]["entries"]}
    assert by_status == {
        "市住建局": "effective", "东山县": "effective", "市数据局": "exempt", "新局": "withdrawn",
        "旧局": "effective", "市水利和湖泊局": "effective",
    }  # fmt: skip
    assert year("verify")["ok"]


def test_a_file_is_applied_once_unless_asked_again(year, tmp_path):
    program = year.copy(tmp_path)
    path = program.lines({"op": "issue.urge", "issue": "S-1", "on": "2024-10-08"})
    assert program("batch", path)["applied"] == 1
    again = program.lines(
        {"op": "issue.urge", "issue": "S-1", "on": "2024-10-08"}, name="另名.jsonl"
    )
    assert program.refused("batch", again).status == 1
    assert program("batch", again, "--again")["applied"] == 1
    assert sum(event["op"] == "issue.urge" for event in program.issue("S-1")["events"]) == 2


def test_all_rows_or_none_and_every_bad_row_is_told(fresh):
    rows = [
        {"op": "issue.add", "issue": "J-1", "title": "好的"},
        {"op": "issue.add", "issue": "J-2"},
        {"op": "issue.nothing", "issue": "J-1"},
        {"op": "issue.assign", "issue": "J-1", "unit": "没有的局"},
        {"op": "issue.assign", "issue": "J-1", "unit": "市住建局", "due_on": "不是日期"},
        {"op": "issue.assign", "issue": "J-1", "unit": "市住建局", "colour": "红"},
        {"op": "issue.sign", "issue": "没有"},
        {"op": "issue.close", "issue": "J-1"},
        {"op": "issue.feedback", "issue": "J-1", "satisfaction": "还行"},
        {"op": "notice.draft", "period": "2024-13"},
        {"op": "issue.add", "issue": "J-3", "title": "晚的", "on": "2025-01-01"},
        {"title": "没有操作"},
        "不是对象",
    ]
    path = fresh.lines(*rows)
    refused = fresh.refused("batch", path)
    assert {row for row, _ in refused.places} == set(range(2, 14))
    assert all(row["message"] for row in refused.error["rows"])
    assert fresh.issues() == {}
    tried = fresh("batch", path, "--dry-run")
    assert {row["row"] for row in tried["refused"]} == set(range(2, 14))
    assert fresh.issues() == {}


def test_a_dry_run_of_a_good_file_changes_nothing(fresh):
    path = fresh.lines({"op": "issue.add", "issue": "J-1", "title": "甲"})
    tried = fresh("batch", path, "--dry-run")
    assert (tried["rows"], tried["refused"]) == (1, [])
    assert fresh.issues() == {}
    assert fresh("batch", path)["applied"] == 1


def test_a_table_names_the_row_a_person_sees_and_the_column(fresh):
    path = fresh.sheet(
        "批量.xlsx", ["十二月批量操作"], [], ["操作", "编号", "事项", "责任单位", "限期"],
        ["登 记", "J-1", "甲", None, None], [], ["交办", "J-1", None, "市住建局", "某日"],
    )  # fmt: skip
    assert fresh.refused("batch", path).places == {(6, "限期")}


@pytest.mark.parametrize("evidence", ["/etc/passwd", "../../etc/passwd"])
def test_evidence_in_a_batch_is_never_opened_as_a_path(fresh, evidence):
    fresh.batch(
        {"op": "issue.add", "issue": "J-1", "title": "甲", "on": "2024-06-03"},
        {"op": "issue.assign", "issue": "J-1", "unit": "A1", "on": "2024-06-03"},
        {"op": "issue.submit", "issue": "J-1", "measures": "办", "evidence": evidence,
         "on": "2024-06-04"},
    )  # fmt: skip
    kept = fresh.issue("J-1")["evidence"]
    assert evidence in json.dumps(kept, ensure_ascii=False)
    assert b"root:" not in b"".join(
        path.read_bytes() for path in fresh.folder.rglob("*") if path.is_file()
    )
