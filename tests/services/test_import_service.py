"""Importing somebody's Excel ledger: history as it was, all rows or none, again and again."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from supervise.errors import BadInput, Refused
from supervise.services import importing, issue_records, notice_records, units
from supervise.services.importing import Options
from tests.services.office import Office

HEAD = "问题编号,事项,责任单位,发现日期,交办日期,限期,报请复核日期,销号日期,类别\n"
ROWS = (
    "甲-1,路灯不亮,市住建局,2024-05-31,2024-06-03,2024-06-28,,,市政\n"
    "甲-2,路面破损,市水务局,,2024年6月3日,2024/6/28,2024-06-20,,市政\n"
    "甲-3,井盖缺失,市城管局,2024-06-01,2024-06-03,2024-06-28,2024-06-10,2024-06-15,市政\n"
    "甲-4,标线不清,市住建局,2024-06-01,,,,,交通\n"
)


def file(office: Office, text: str, name: str = "台账.csv", encoding: str = "utf-8") -> Path:
    path = office.path.with_name(name)
    path.write_text(text, encoding=encoding)
    return path


def load(office: Office, text: str, **options: object) -> dict:
    return importing.run(office.session, file(office, text), Options(**options))


def counts(record: dict) -> tuple[int, int, int, int]:
    return tuple(record[name] for name in ("rows", "added", "updated", "unchanged"))


def refused(office: Office, text: str, **options: object) -> list[tuple[int, str | None, str]]:
    """See a file refused without a trace, and give what is wrong in it."""
    head = office.head()
    with pytest.raises(BadInput) as refusal:
        load(office, text, **options)
    assert office.head() == head
    office.verified()
    return [(row.row, row.column, row.message) for row in refusal.value.rows]


def changed(text: str, *pairs: tuple[str, str]) -> str:
    for old, new in pairs:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


# -- what a row becomes ---------------------------------------------------------------------------


def test_a_row_carries_the_history_it_implies_in_one_event(office):
    before = office.head()
    assert counts(load(office, HEAD + ROWS)) == (4, 4, 0, 0)
    assert office.head() == before + 4
    stages = {code: office.issue(code)["stage"] for code in ("甲-1", "甲-2", "甲-3", "甲-4")}
    assert list(stages.values()) == ["rectify", "review", "closed", "discover"]
    assert office.issue("甲-2")["found_on"] == "2024-06-03"
    closed = office.issue("甲-3")
    assert (closed["submitted_on"], closed["closed_on"], closed["overdue"]) == (
        "2024-06-10", "2024-06-15", False,
    )  # fmt: skip
    waiting = office.issue("甲-4")
    assert (waiting["unit"], waiting["assigned_on"], waiting["due_on"]) == ("市住建局", None, None)
    office.verified()


def test_imported_history_is_judged_as_of_its_dates(office):
    load(office, HEAD + ROWS)
    office.do("notice.draft", period="2024-06", cutoff="2024-06-28")
    assert office.named("2024-06") == {"市住建局": ["甲-1"]}
    assert len(list(issue_records.listing(office.session, chosen(as_of="2024-06-12")))) == 4


def chosen(as_of: str):
    from datetime import date

    from db.issue_lists import Filter

    return Filter(as_of=date.fromisoformat(as_of))


def test_closed_without_more_was_handed_in_that_day(office):
    load(office, HEAD + "甲-5,路灯不亮,市住建局,2024-06-01,2024-06-03,2024-06-28,,2024-07-01,\n")
    record = office.issue("甲-5")
    assert (record["submitted_on"], record["overdue"], record["overdue_days"]) == (
        "2024-07-01", True, 3,
    )  # fmt: skip


def test_a_blank_due_date_stays_blank_and_is_counted(office):
    text = HEAD + "甲-5,路灯不亮,市住建局,2024-06-01,2024-06-03,,,,\n"
    load(office, text)
    assert (office.issue("甲-5")["due_on"], office.issue("甲-5")["overdue"]) == (None, False)
    assert "1 件" in office.warned()


def test_a_blank_due_date_is_computed_when_asked_and_a_given_one_never_rolled(office):
    text = (
        HEAD + "甲-5,路灯不亮,市住建局,2024-06-01,2024-06-03,,,,\n"
        "甲-6,路灯不亮,市住建局,2024-06-01,2024-06-03,2024-06-30,,,\n"
    )
    load(office, text, compute_due=True)
    assert [office.issue(code)["due_on"] for code in ("甲-5", "甲-6")] == [
        "2024-06-25",
        "2024-06-30",
    ]


NO_CODES = "事项,责任单位,发现日期\n路灯不亮,市住建局,2024-06-01\n路面破损,市住建局,2024-06-01\n"


def test_a_file_without_codes_gets_the_next_free_ones(office):
    office.do("issue.add", issue="JM-2024-0007", title="井盖缺失", found_on="2024-05-01")
    assert load(office, NO_CODES)["added"] == 2
    assert [office.issue(f"JM-2024-000{n}")["title"] for n in (8, 9)] == ["路灯不亮", "路面破损"]
    office.verified()


def test_a_workbook_with_real_dates_numbers_and_chinese_names(office):
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "问题清单"
    sheet.append(["荆门市问题台账"])
    for row in (
        ["序号", "问题编号", "问题描述", "问题", "牵头单位", "交办时间", "整改时限"],
        [1, 7.0, "位于象山大道", "路灯不亮", "市住建局", datetime(2024, 6, 3, 9, 30), "2024.6.28"],
    ):
        sheet.append(row)
    path = office.path.with_name("台账.xlsx")
    book.save(path)
    record = importing.run(office.session, path, Options())
    assert (record["added"], record["sheet"]) == (1, "问题清单")
    assert (office.issue("7")["assigned_on"], office.issue("7")["due_on"]) == (
        "2024-06-03", "2024-06-28",
    )  # fmt: skip


# -- again ----------------------------------------------------------------------------------------


def test_importing_a_file_twice_changes_nothing(office):
    load(office, HEAD + ROWS)
    head = office.head()
    assert counts(load(office, HEAD + ROWS)) == (4, 0, 0, 4)
    assert counts(load(office, HEAD + ROWS, update=True)) == (4, 0, 0, 4)
    assert office.head() == head


def test_importing_twice_with_generated_codes_changes_nothing(office):
    load(office, NO_CODES)
    head = office.head()
    assert counts(load(office, NO_CODES)) == (2, 0, 0, 2)
    assert office.head() == head


def test_a_changed_row_is_refused_unless_updating(office):
    load(office, HEAD + ROWS)
    text = changed(HEAD + ROWS, ("甲-1,路灯不亮", "甲-1,路灯昏暗"))
    ((row, _, message),) = refused(office, text)
    assert row == 2
    assert "--update" in message
    assert counts(load(office, text, update=True)) == (4, 0, 1, 3)
    assert office.issue("甲-1")["title"] == "路灯昏暗"
    assert counts(load(office, text)) == (4, 0, 0, 4)
    office.verified()


def test_an_emptied_cell_takes_nothing_away(office):
    load(office, HEAD + ROWS)
    text = changed(HEAD + ROWS, ("2024-06-28,,,市政", ",,,"))
    assert counts(load(office, text, update=True)) == (4, 0, 0, 4)
    assert (office.issue("甲-1")["due_on"], office.issue("甲-1")["category"]) == (
        "2024-06-28", "市政",
    )  # fmt: skip


def test_an_update_takes_the_steps_the_file_reports(office):
    load(office, HEAD + ROWS)
    text = changed(
        HEAD + ROWS,
        ("2024-06-28,,,市政", "2024-06-28,2024-06-27,,市政"),
        ("2024-06-20,,市政", "2024-06-20,2024-06-25,市政"),
        ("2024-06-01,,,,,交通", "2024-06-01,2024-06-05,2024-06-30,,,交通"),
    )
    assert load(office, text, update=True)["updated"] == 3
    assert [office.issue(f"甲-{n}")["stage"] for n in (1, 2, 4)] == ["review", "closed", "rectify"]
    assert office.issue("甲-4")["due_on"] == "2024-06-30"
    office.verified()


def test_an_update_never_undoes_a_step_taken_in_the_ledger(office):
    load(office, HEAD + ROWS)
    office.do("issue.extend", issue="甲-1", due_on="2024-07-12", reason="连续降雨", on="2024-06-25")
    office.do("issue.return", issue="甲-2", reason="未完成", due_on="2024-07-10", on="2024-06-25")
    office.do("issue.reopen", issue="甲-3", reason="反弹", due_on="2024-07-20", on="2024-07-01")
    before = [office.issue(f"甲-{n}") for n in (1, 2, 3)]
    text = HEAD + ROWS.replace("市政", "市政设施")
    assert load(office, text, update=True)["updated"] == 3
    after = [office.issue(f"甲-{n}") for n in (1, 2, 3)]
    for old, new in zip(before, after, strict=True):
        assert new["category"] == "市政设施"
        for name in ("stage", "unit", "due_on", "submitted_on", "closed_on", "returns", "reopens"):
            assert new[name] == old[name], name
    office.verified()


def test_an_update_moves_a_whole_history_either_way(office):
    text = HEAD + "甲-3,井盖缺失,市城管局,2024-06-01,2024-06-03,2024-06-28,2024-06-10,2024-06-15,\n"
    load(office, text)
    later = text.replace("2024-06-10,2024-06-15", "2024-06-16,2024-06-20")
    assert load(office, later, update=True)["updated"] == 1
    record = office.issue("甲-3")
    assert (record["submitted_on"], record["closed_on"]) == ("2024-06-16", "2024-06-20")
    earlier = later.replace("2024-06-16,2024-06-20", "2024-06-04,2024-06-05")
    load(office, earlier.replace("2024-06-01", "2024-05-20"), update=True)
    record = office.issue("甲-3")
    assert (record["found_on"], record["submitted_on"], record["closed_on"]) == (
        "2024-05-20", "2024-06-04", "2024-06-05",
    )  # fmt: skip
    office.verified()


def test_an_update_of_the_day_found_holds_among_issues_joined(office):
    """The file says what each was registered with; the target counts from the earliest of them."""
    text = HEAD + ROWS + "甲-5,路灯又坏,,2024-05-20,,,,,市政\n"
    load(office, text)
    office.do("issue.merge", issue="甲-5", into="甲-1", on="2024-06-10")
    assert office.issue("甲-1")["found_on"] == "2024-05-20"
    own = changed(text, ("市住建局,2024-05-31", "市住建局,2024-05-30"))
    assert load(office, own, update=True)["updated"] == 1
    assert "未采用" not in office.warned()
    assert office.issue("甲-1")["found_on"] == "2024-05-20"
    both = changed(own, ("2024-05-20", "2024-05-10"))
    assert load(office, both, update=True)["updated"] == 1
    assert [office.issue(code)["found_on"] for code in ("甲-1", "甲-5")] == ["2024-05-10"] * 2
    office.do("issue.restore", issue="甲-5", reason="并错", on="2024-06-14")
    assert office.issue("甲-1")["found_on"] == "2024-05-30"
    office.verified()


def test_an_update_leaves_what_was_corrected_or_reclassified_in_the_ledger(office):
    head = HEAD.strip() + ",紧急程度,整改情况,经办人\n"
    text = head + "甲-1,路灯不亮,市住建局,2024-05-31,2024-06-03,2024-06-28,,,市政,平急,,\n"
    load(office, text)
    office.do("issue.correct", issue="甲-1", field="事项", value="路灯昏暗", reason="录入有误")
    office.do("issue.reclassify", issue="甲-1", urgency="疑难", reason="跨部门", on="2024-06-05")
    load(office, changed(text, ("平急,,", "平急,,李四")), update=True)
    record = office.issue("甲-1")
    assert (record["title"], record["urgency"], record["handler"]) == ("路灯昏暗", "疑难", "李四")
    load(office, changed(text, ("路灯不亮", "路灯全灭"), ("平急,,", "平急,,李四")), update=True)
    assert office.issue("甲-1")["title"] == "路灯全灭"
    office.verified()


def test_an_update_does_not_bring_back_what_was_ended_and_restored(office):
    load(office, HEAD + ROWS)
    office.do("issue.terminate", issue="甲-2", reason="撤诉", on="2024-06-25")
    office.do("issue.restore", issue="甲-2", reason="恢复", on="2024-06-26")
    text = HEAD + ROWS.replace("路面破损", "路面塌陷")
    assert load(office, text, update=True)["updated"] == 1
    assert (office.issue("甲-2")["stage"], office.issue("甲-2")["title"]) == (
        "discover", "路面塌陷",
    )  # fmt: skip
    office.do("issue.assign", issue="甲-2", unit="市城管局", due_on="2024-07-20", on="2024-07-01")
    text = text.replace("路面塌陷", "路面大面积塌陷")
    assert load(office, text, update=True)["updated"] == 1
    assert (office.issue("甲-2")["stage"], office.issue("甲-2")["unit"]) == ("rectify", "市城管局")
    office.verified()


def test_an_update_cannot_contradict_the_ledger(office):
    load(office, HEAD + ROWS)
    office.do("issue.transfer", issue="甲-1", unit="市水务局", reason="职责", on="2024-06-10")
    text = changed(HEAD + ROWS, ("2024-06-28,,,市政", "2024-06-28,2024-06-05,,市政"))
    ((row, _, message),) = refused(office, text, update=True)
    assert row == 2
    assert "2024-06-10" in message


def test_a_code_taken_by_hand_is_not_taken_over(office):
    office.do("issue.add", issue="甲-1", title="手工登记")
    ((row, column, message),) = refused(office, HEAD + ROWS)
    assert (row, column) == (2, "编号")
    assert "不是导入" in message


# -- what is refused ------------------------------------------------------------------------------


def test_every_bad_row_is_said_with_the_number_a_person_sees(office):
    text = HEAD + ROWS + (
        "甲-5,路灯不亮,市大数据局,2024-06-01,2024-06-03,,,,\n"
        "甲-6,路灯不亮,市住建局,2024-06-03,2024-06-01,,,,\n"
        "甲-7,,市住建局,2024-06-01,2024-06-03,,,,\n"
        "甲-8,路灯不亮,市住建局,2024-02-30,,,,,\n"
        "甲-9,路灯不亮,市住建局,2025-06-01,,,,,\n"
    )  # fmt: skip
    assert sorted({row for row, *_ in refused(office, text)}) == [6, 7, 8, 9, 10]


def test_equal_duplicates_are_one_row_and_unequal_ones_are_refused(office):
    first = ROWS.splitlines(keepends=True)[0]
    assert counts(load(office, HEAD + ROWS + first)) == (5, 4, 0, 1)
    ((row, *_),) = refused(
        office, HEAD + "乙-1,甲,市住建局,2024-06-01,,,,,\n乙-1,乙,市住建局,2024-06-01,,,,,\n"
    )
    assert row == 3


def test_bad_rows_can_be_skipped_and_are_still_said(office):
    text = HEAD + ROWS + "甲-5,路灯不亮,市大数据局,2024-06-01,2024-06-03,,,,\n"
    record = load(office, text, skip_bad=True)
    assert counts(record) == (5, 4, 0, 0)
    assert [row["row"] for row in record["refused"]] == [6]
    office.verified()


@pytest.mark.parametrize("add_units", [False, True])
def test_a_dry_run_says_all_and_changes_nothing(office, add_units):
    head = office.head()
    text = HEAD + ROWS + (
        "甲-5,路灯不亮,市大数据局,2024-06-01,2024-06-03,,,,\n甲-6,,市住建局,,,,,,\n"
    )  # fmt: skip
    record = load(office, text, dry_run=True, add_units=add_units)
    assert record["rows"] == 6
    assert [row["row"] for row in record["refused"]] == ([7] if add_units else [6, 7])
    assert office.head() == head
    assert "市大数据局" not in {unit["unit"] for unit in units.listing(office.session.conn)}
    office.verified()


def test_a_file_marked_secret_is_refused(office):
    with pytest.raises((Refused, BadInput), match="密"):
        importing.run(office.session, file(office, HEAD + ROWS, "机密台账.csv"), Options())


# -- units ----------------------------------------------------------------------------------------


def test_unknown_units_are_added_when_asked_and_marked(office):
    text = HEAD + "甲-5,路灯不亮,甲县,2024-06-01,,,,,\n甲-6,路灯不亮,甲县,2024-06-01,,,,,\n"
    record = load(office, text, add_units=True, kind="县市区")
    assert record["units_added"] == 1
    (unit,) = (u for u in units.listing(office.session.conn) if u["unit"] == "甲县")
    assert (unit["kind"], unit["pending"]) == ("县市区", True)
    with pytest.raises(Refused, match="不认识"):
        load(office, text, add_units=True, kind="街道")


def test_a_known_code_under_a_new_spelling_records_an_alias(office):
    head = "编号,事项,责任单位,单位编号,发现日期\n"
    record = load(office, head + "甲-5,路灯不亮,荆门市住房和城乡建设局,U1,2024-06-01\n")
    assert record["aliases_added"] == 1
    assert office.issue("甲-5")["unit"] == "市住建局"
    (unit,) = (u for u in units.listing(office.session.conn) if u["unit"] == "市住建局")
    assert unit["aliases"] == ["荆门市住房和城乡建设局"]
    again = load(office, HEAD + "甲-6,路灯不亮,荆门市住房和城乡建设局,2024-06-01,,,,,\n")
    assert (again["added"], office.issue("甲-6")["unit"]) == (1, "市住建局")
    office.verified()


# -- the rest -------------------------------------------------------------------------------------


def test_columns_can_be_named_and_remembered(office):
    text = "号,什么事,谁来办,哪天发现\n甲-1,路灯不亮,市住建局,2024-06-01\n"
    mapping = {"code": "号", "title": "什么事", "unit": "谁来办", "found_on": "哪天发现"}
    load(office, text, mapping=mapping, profile="热线")
    later = text.replace("甲-1", "甲-2")
    assert load(office, later, profile="热线")["added"] == 1
    with pytest.raises(Refused, match="没有名为"):
        load(office, text, profile="信箱")
    office.verified()


def test_who_complained_never_enters_the_log(office):
    text = "编号,事项,发现日期,诉求人,联系电话\n甲-1,拖欠货款,2024-06-01,钱某某,13912345678\n"
    load(office, text)
    assert office.issue("甲-1")["party"] == "钱某某"
    load(office, text.replace("拖欠货款", "拖欠工程款"), update=True)
    log = office.log()
    assert "钱某某" not in log
    assert "13912345678" not in log
    office.verified()


def test_imported_issues_go_on_in_the_loop(office):
    load(office, HEAD + ROWS)
    office.do("issue.pass", issue="甲-2", on="2024-06-22", by="市水务局")
    assert office.warned() == ""
    office.publish("2024-06", "2024-07-02")
    assert office.named("2024-06") == {"市住建局": ["甲-1"]}
    assert notice_records.shown(office.session, "2024-06")["status"] == "issued"
    office.verified()
