"""Batch files: many operations in one transaction; all rows or none, and every bad row said."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from supervise.errors import BadInput, Refused
from supervise.services import batches, clearances, duty_debtors, duty_records
from supervise.services.tables.convert import to_date
from tests.services.office import Office

GOOD = [
    {"op": "unit.add", "unit": "市园林局", "unit_id": "U4"},
    {"op": "issue.add", "issue": "甲-1", "title": "绿化带缺株", "on": "2024-06-01"},
    {"op": "issue.assign", "issue": "甲-1", "unit": "市园林局", "due_on": "2024-06-28",
     "on": "2024-06-03"},
    {"op": "issue.submit", "issue": "甲-1", "measures": "已补栽", "on": "2024-06-20"},
    {"op": "notice.draft", "period": "2024-06", "on": "2024-07-01"},
]  # fmt: skip


def lines(office: Office, rows: list[object], name: str = "操作.jsonl") -> Path:
    path = office.path.with_name(name)
    text = "".join(
        (row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)) + "\n"
        for row in rows
    )
    path.write_text(text, encoding="utf-8")
    return path


def table(office: Office, text: str, encoding: str = "utf-8-sig") -> Path:
    path = office.path.with_name("操作.csv")
    path.write_text(text, encoding=encoding)
    return path


def apply(office: Office, path: Path, **options: bool) -> dict:
    return batches.run(office.session, path, **options)


def bad_rows(office: Office, path: Path) -> list[tuple[int, str | None, str]]:
    """See a file refused without a trace, and give what is wrong in it."""
    head = office.head()
    with pytest.raises(BadInput) as refusal:
        apply(office, path)
    assert office.head() == head
    office.verified()
    return [(row.row, row.column, row.message) for row in refusal.value.rows]


def test_every_row_is_applied_in_order_in_one_transaction(office):
    assert apply(office, lines(office, GOOD)) == {"rows": 5, "applied": 5, "refused": []}
    assert office.issue("甲-1")["stage"] == "review"
    office.verified()


def test_one_bad_row_undoes_all_and_every_bad_row_is_said_with_its_number(office):
    rows = [
        *GOOD[:3],
        {"op": "issue.pass", "issue": "甲-1", "on": "2024-06-20"},
        "",
        {"op": "issue.submit", "issue": "甲-9", "measures": "已补栽"},
        {"op": "issue.abolish", "issue": "甲-1"},
        {"op": "issue.sign", "issue": "甲-1", "on": "2024-02-30"},
        "{不是 JSON",
        {"op": "issue.extend", "issue": "甲-1", "due_on": "2024-07-10"},
        {"op": "issue.sign", "issue": "甲-1", "colour": "red"},
    ]
    found = bad_rows(office, lines(office, rows))
    assert [row for row, *_ in found] == [4, 6, 7, 8, 9, 10, 11]
    said = {row: (column, message) for row, column, message in found}
    assert "报请复核" in said[4][1]
    assert "甲-9" in said[6][1]
    assert said[7][0] == "操作"
    assert said[8][0] == "日期"
    assert said[10][0] == "理由"
    assert "colour" in said[11][1]


def test_a_bad_row_leaves_nothing_behind_for_the_rows_after_it(office):
    """The units a refused row would have recorded are not there for the next one."""
    rows = [
        *GOOD[:2],
        {"op": "issue.assign", "issue": "甲-1", "unit": "园林绿化局", "unit_id": "U4",
         "due_on": "2024-05-01", "on": "2024-06-03"},
        {"op": "unit.rename", "unit": "园林绿化局", "name": "市绿化局"},
    ]  # fmt: skip
    found = bad_rows(office, lines(office, rows))
    assert [row for row, *_ in found] == [3, 4]
    assert "园林绿化局" in found[1][2]


def test_a_table_takes_chinese_names_for_operations_and_fields(office):
    path = table(
        office,
        "操作,编号,事项,单位,限期,整改措施,日期,理由,紧急程度\n"
        "登记,乙-1,路灯不亮,,,,2024-06-01,,平急\n"
        "交办,乙-1,,市水务局,2024年6月28日,,2024/6/3,,\n"
        "issue.transfer,乙-1,,市住建局,2024-07-05,,2024-06-05,职责调整,\n"
        "提请复核,乙-1,,,,已修复,2024-06-20,,\n".replace("提请复核", "报请复核"),
    )
    assert apply(office, path)["applied"] == 4
    record = office.issue("乙-1")
    assert (record["stage"], record["unit"], record["due_on"], record["urgency"]) == (
        "review", "市住建局", "2024-07-05", "平急",
    )  # fmt: skip


def test_the_column_of_who_approved_is_who_did_it_or_the_second_person(office):
    batches.run(office.session, lines(office, GOOD[:3]))
    text = (
        "操作,日期,编号,批准人,新限期,理由,公开内容,能否公开,审查人\n"
        "延期,2024-06-25,甲-1,王局,2024-07-05,会商,,,\n"
        "保密审查,,,李书记,,,2024-06,可以公开,赵科\n"
    )
    assert batches.run(office.session, table(office, text))["applied"] == 2
    (extended,) = [e for e in office.issue("甲-1")["events"] if e["op"] == "issue.extend"]
    assert extended["by"] == "王局"
    (cleared,) = clearances.listing(office.session)
    assert (cleared["by"], cleared["approver"]) == ("赵科", "李书记")


def test_a_list_where_a_text_is_wanted_is_its_words(office):
    rows = [
        {"op": "duty.add", "duty": "周报", "every": "week", "owed_by": ["市住建局", "市水务局"]}
    ]
    batches.run(office.session, lines(office, rows))
    duty = duty_records.find(office.session, "周报")
    assert [unit.name for unit in duty_debtors.owing(office.session, duty)] == [
        "市住建局",
        "市水务局",
    ]


def test_a_table_in_gb18030_and_row_numbers_as_a_person_counts(office):
    path = table(
        office, "操作,编号,事项\n登记,丙-1,路灯不亮\n登记,丙-1,重号\n签收,丙-2,\n", "gb18030"
    )
    assert [row for row, *_ in bad_rows(office, path)] == [3, 4]


def test_a_workbook_with_real_dates_and_numbers(office):
    from datetime import datetime

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["操作", "事项编号", "事项", "责任单位", "限期", "日期"])
    sheet.append(["登记", 7.0, "路灯不亮", None, None, datetime(2024, 6, 1)])
    sheet.append(["交办", 7, None, "市水务局", datetime(2024, 6, 28, 17, 30), datetime(2024, 6, 3)])
    path = office.path.with_name("操作.xlsx")
    book.save(path)
    assert apply(office, path)["applied"] == 2
    assert office.issue("7")["due_on"] == "2024-06-28"


def test_the_same_content_is_not_applied_twice_unless_asked(office):
    rows = [{"op": "issue.add", "title": "路灯不亮", "on": "2024-06-01"}]
    apply(office, lines(office, rows))
    head = office.head()
    other_name = lines(office, rows, "另存.jsonl")
    for dry_run in (False, True):
        with pytest.raises(Refused) as refusal:
            apply(office, other_name, dry_run=dry_run)
        assert refusal.value.code == "already_applied"
    assert office.head() == head
    assert apply(office, other_name, again=True)["applied"] == 1
    assert [office.issue(f"JM-2024-000{n}")["title"] for n in (1, 2)] == ["路灯不亮"] * 2
    with pytest.raises(Refused):
        apply(office, other_name)
    office.verified()


def test_a_dry_run_changes_nothing_and_says_what_is_wrong(office):
    head = office.head()
    good = lines(office, GOOD)
    assert apply(office, good, dry_run=True) == {"rows": 5, "applied": 5, "refused": []}
    bad = lines(office, [*GOOD, {"op": "issue.close", "issue": "甲-1"}], "坏.jsonl")
    record = apply(office, bad, dry_run=True)
    assert [row["row"] for row in record["refused"]] == [6]
    assert (record["rows"], office.head()) == (6, head)
    office.verified()
    assert apply(office, good)["applied"] == 5


def test_a_refused_file_may_be_mended_and_applied(office):
    bad_rows(office, lines(office, [*GOOD, {"op": "issue.close", "issue": "甲-1"}]))
    assert apply(office, lines(office, GOOD))["applied"] == 5


def test_what_a_batch_may_not_do(office):
    found = bad_rows(
        office,
        lines(
            office,
            [
                {"op": "issue.redact", "issue": "甲-1", "reason": "本人要求", "approver": "主任"},
                {"op": "pack.use", "name": "gaoxin"},
                {"op": "issue.submit", "issue": "甲-1", "evidence": "/etc/passwd"},
            ],
        ),
    )
    assert [row for row, *_ in found] == [1, 2, 3]


def test_evidence_is_a_description_never_a_path_to_open(office):
    rows = [*GOOD[:3], {**GOOD[3], "evidence": ["/etc/passwd", "照片两张"]}]
    apply(office, lines(office, rows))
    found = office.issue("甲-1")["evidence"]
    assert [(one["name"], one["sha256"]) for one in found] == [
        ("/etc/passwd", None),
        ("照片两张", None),
    ]


def test_a_hash_of_a_file_nobody_stored_is_refused(office):
    rows = [*GOOD[:3], {**GOOD[3], "evidence": "0" * 64}]
    ((row, _, message),) = bad_rows(office, lines(office, rows))
    assert row == 4
    assert "SHA-256" in message


def test_who_complained_never_enters_the_log(office):
    rows = [
        {"op": "issue.add", "issue": "丁-1", "title": "拖欠货款", "party": "钱某某",
         "contact": "13912345678", "on": "2024-06-01"},
    ]  # fmt: skip
    apply(office, lines(office, rows))
    assert office.issue("丁-1")["party"] == "钱某某"
    log = office.log()
    assert "钱某某" not in log
    assert "13912345678" not in log
    office.verified()


def test_progress_is_told(office):
    told: list[tuple[str, int, int]] = []
    batches.run(office.session, lines(office, GOOD), progress=lambda *said: told.append(said))
    assert told[-1][1:] == (5, 5)


@pytest.mark.parametrize("day", ["1900-01-01", "1979-12-31", "2101-01-01"])
def test_a_year_no_office_can_mean_is_refused_as_an_import_refuses_it(office, day):
    """A blank cell of a spreadsheet comes out as 1900: typed, in a batch or in a file alike."""
    path = lines(office, [{"op": "issue.add", "title": "甲", "found_on": day}])
    with pytest.raises(BadInput) as caught:
        batches.run(office.session, path)
    (bad,) = caught.value.rows
    with pytest.raises(ValueError) as read:
        to_date(day)
    assert (bad.row, bad.column) == (1, "发现日期")
    assert str(read.value) in bad.message
    code = office.given()
    with pytest.raises(BadInput, match="不在 1980 至 2100 之间"):
        office.do("issue.correct", issue=code, field="发现日期", value=day, reason="笔误")
