"""发表、收表、对账 from outside: what people read, what scripts read, what is refused."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook

from tests.cli.conftest import Supervise
from tests.services.sheets import day, fill

CODE = "JM-2024-0001"
KEYS = {"files", "rows", "applied", "differences", "stale", "missing", "refused"}
DIFFERENCE = {"unit", "issue", "column", "ours", "theirs", "last"}


def test_a_month_of_sheets_from_sending_to_settling(office: Supervise, tmp_path: Path) -> None:
    out, report = tmp_path / "out", tmp_path / "差异.xlsx"
    sent = office("sheet", "send", "2024-12", "--to", out, "--on", "2024-12-25", "--json").json
    assert sent["sheets"] == [
        {
            "unit": "市住建局",
            "unit_id": "11420800MB0001",
            "file": "市住建局_2024-12.xlsx",
            "rows": 1,
            "tasks": 0,
            "duties": 0,
            "again": False,
        }
    ]
    path = out / "市住建局_2024-12.xlsx"
    told = office("sheet", "status", "2024-12")
    assert "已发 1 家，已收 0 家，未报 1 家" in told.out

    fill(path, {CODE: {"进展情况": "已修两盏", "事项": "路灯亮了", "报请复核日期": "二十日"}})
    tried = office("sheet", "collect", out, "--dry-run", "--json")
    assert tried.status == 0 and set(tried.json) == KEYS
    assert office("issue", "show", CODE, "--json").json["events"][-1]["op"] == "issue.assign"
    ran = office("sheet", "collect", out, "--report", report, "--ref", "收〔2024〕1号")
    assert ran.status == 0
    for words in ("采用进展 1 件", "路灯亮了", "不是能用的日期", f"差异清单已写到 {report}"):
        assert words in ran.out
    again = office("sheet", "collect", path, "--json").json
    assert set(again["applied"].values()) == {0}
    assert all(set(one) == DIFFERENCE for one in again["differences"])
    assert {one["column"] for one in again["differences"]} == {"事项", "报请复核日期"}
    assert again["missing"] == []
    event = office("issue", "show", CODE, "--json").json["events"][-1]
    assert (event["op"], event["note"], event["by"]) == ("issue.progress", "已修两盏", "市住建局")
    assert event["ref"] == "收〔2024〕1号"
    page = load_workbook(report).active
    listed = "\n".join(str(row) for row in page.iter_rows(values_only=True))
    assert "收表差异清单" in listed and "台账校验码" in listed and "路灯亮了" in listed

    office("issue", "progress", CODE, "--note", "当面说")
    fill(path, {CODE: {"报请复核日期": day("2024-12-30"), "整改措施": "全部更换"}})
    stale = office("sheet", "collect", path, "--json").json["stale"]
    assert [(one["issue"], one["columns"]) for one in stale] == [(CODE, ["报请复核日期"])]
    where = ("2024-12", "--unit", "市住建局", "--issue", CODE, "--column")
    accepted = office("sheet", "accept", *where, "报请复核日期", "--json").json
    assert (accepted["stage"], accepted["submitted_on"]) == ("review", "2024-12-30")
    seen = office("sheet", "dismiss", *where, "事项", "--json").json
    assert (seen["status"], seen["unit_id"]) == ("read", "11420800MB0001")
    found = office("sheet", "status", "2024-12", "--json").json
    assert (found["sent"], found["received"], found["open"]) == (1, 1, 0)
    assert "已采纳" in office("sheet", "status", "2024-12").out
    assert office("verify").status == 0


def test_what_cannot_be_done_is_refused_and_changes_nothing(
    office: Supervise, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    before = office("stats", "--json").json
    assert office("sheet", "send", "2024-12").status == 2
    assert office("sheet", "send", "2024-13", "--to", out).status == 2
    nobody = office("sheet", "send", "2024-12", "--to", out, "--unit", "市水务局", "--json")
    assert nobody.status == 1 and nobody.json["error"]["code"] == "nothing_to_send"
    assert office("sheet", "send", "2024-12", "--to", out).status == 0
    there = office("sheet", "send", "2024-12", "--to", out, "--json")
    assert there.json["error"]["code"] == "file_exists"
    assert office("sheet", "send", "2024-12", "--to", out, "--force").status == 0
    assert office("sheet", "collect").status == 2
    assert office("sheet", "collect", out, "--report", tmp_path / "a.txt").status == 2
    empty = tmp_path / "空"
    empty.mkdir()
    assert office("sheet", "collect", empty).status == 1
    late = office("sheet", "collect", out, "--on", "2025-01-01", "--json")
    assert late.status == 1 and late.json["error"]["code"] == "future_date"
    (tmp_path / "扫描件.pdf").write_bytes(b"%PDF-1.7 scanned")
    for name, words in (
        ("没有.xlsx", "找不到文件"), ("机密.xlsx", "找不到文件"), ("扫描件.pdf", "不是表格"),
        ("空", "里没有表格"), ("长" * 300, "读不了"),
    ):  # fmt: skip
        lost = office("sheet", "collect", out, tmp_path / name, "--json")
        assert lost.status == 1 and lost.json["error"]["code"] == "bad_input"
        assert words in lost.json["error"]["message"]
    assert office("sheet", "collect", out).err.count("原样退回") == 1  # said once
    assert office("stats", "--json").json == before


def test_tasks_and_reports_come_back_with_the_issues(office: Supervise, tmp_path: Path) -> None:
    office("task", "add", "T1", "--title", "办成一件事", "--unit", "市水务局")
    owed = ("--every", "month", "--owed-by", "市水务局", "--from-on", "2024-12-01")
    assert office("duty", "add", "月报", *owed).status == 0
    out = tmp_path / "out"
    sent = office("sheet", "send", "2024-12", "--to", out, "--json").json["sheets"]
    assert [(one["rows"], one["tasks"], one["duties"]) for one in sent] == [(1, 0, 0), (0, 1, 1)]
    path = out / "市水务局_2024-12.xlsx"
    book = load_workbook(path)
    book["任务"]["H2"], book["任务"]["I2"] = "已开题", day("2024-12-30")
    book["报送"]["E2"] = day("2024-12-31")
    book.save(path)
    record = office("sheet", "collect", path, "--json").json
    applied = record["applied"]
    assert set(record) == KEYS and (applied["tasks"], applied["duties"]) == (1, 1)
    (left,) = record["differences"]
    assert set(left) == DIFFERENCE and (left["issue"], left["column"]) == ("T1", "完成日期")
    assert "待人定" in str(office("sheet", "status", "2024-12", "--json").json)
    where = ("2024-12", "--unit", "市水务局", "--issue", "T1", "--column", "完成日期")
    assert office("sheet", "accept", *where).status == 0
    assert office("task", "show", "T1", "--json").json["done_on"] == "2024-12-30"
    assert office("duty", "list", "--state", "submitted", "--json").json[0]["duty"] == "月报"
    assert office("verify").status == 0
