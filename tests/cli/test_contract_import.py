"""Bringing a table in: headings, forms, defaults, refusals, and the same file twice."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from tests.cli.running import Done, Program, Row

HEAD = ["编号", "事项", "责任单位", "交办日期", "限期"]


def rows_of(*rows: list[Any], head: list[str] | None = None) -> list[list[Any]]:
    """Put the usual heading above the rows of a table."""
    return [head or HEAD, *rows]


def csv(program: Program, *lines: str, name: str = "台账.csv", encoding: str = "utf-8") -> Any:
    """Write the lines of a table."""
    return program.text(name, "\n".join(lines) + "\n", encoding)


def counts(record: Row) -> tuple[int, int, int, int]:
    """Give what an import's record counts."""
    assert set(record) >= {"rows", "added", "updated", "unchanged", "refused"}
    return (record["rows"], record["added"], record["updated"], record["unchanged"])


# What a table looks like


def test_usual_headings_title_rows_and_every_form_of_a_cell(fresh):
    table = fresh.sheet(
        "台账.xlsx", ["东山市营商环境问题台账"], ["截至2024年12月"], [],
        ["序号", "编号", "问题", "问题描述", "牵头单位", "配合单位", "来源", "工单编号", "诉求人",
         "联系方式", "发现日期", "交办日期", "办结时限"],
        [1, 7.0, "路灯不亮", "详情", "市住建局", "市水务局、东山县", "走访", 20240001.0, "甲公司",
         13800000000, date(2024, 6, 1), datetime(2024, 6, 3, 9, 30), "2024年6月28日"],
        [2, "8", " 水压低 ", None, "市水务局", None, "热线", "G-1", "乙", "138", "2024/6/1",
         "2024-06-03 10:11:12", "2024.6.28"],
        [None] * 13,
        ["合计", None, None, None, None, None, None, None, None, None, None, None, None],
    )  # fmt: skip
    assert counts(fresh("import", table)) == (2, 2, 0, 0)
    first, second = fresh.issue("7"), fresh.issue("8")
    assert (first["title"], first["detail"], first["unit_id"]) == ("路灯不亮", "详情", "A1")
    assert (first["source_no"], first["contact"]) == ("20240001", "13800000000")
    assert first["co_units"] == ["市水务局", "东山县"]
    assert (first["stage"], first["found_on"]) == ("rectify", "2024-06-01")
    assert [one["assigned_on"] for one in (first, second)] == ["2024-06-03"] * 2
    assert [one["due_on"] for one in (first, second)] == ["2024-06-28"] * 2
    assert (second["title"], second["unit"]) == ("水压低", "市水务局")
    assert [event["op"] for event in first["events"]] == [first["events"][0]["op"]]
    assert fresh("verify")["ok"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_in_the_encodings_offices_use(fresh, encoding):
    table = csv(fresh, ",".join(HEAD), "J-1,甲,市住建局,2024-06-03,2024-06-28", encoding=encoding)
    assert fresh("import", table, "--dry-run")["added"] == 1
    assert fresh.issues() == {}
    assert fresh("import", table)["added"] == 1
    assert fresh.issue("J-1")["unit"] == "市住建局"


def test_one_of_several_sheets(fresh):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["说明"])
    sheet = book.create_sheet("台账")
    for row in rows_of(["J-1", "甲", "市住建局", "2024-06-03", None]):
        sheet.append(row)
    book.save(fresh.folder / "多表.xlsx")
    assert fresh("import", fresh.folder / "多表.xlsx", "--sheet", "台账")["added"] == 1
    assert (
        "台账"
        in fresh.refused("import", fresh.folder / "多表.xlsx", "--sheet", "没有").error["message"]
    )


def test_merged_cells_and_a_saved_profile(fresh):
    from openpyxl import Workbook

    book = Workbook()
    for row in (["号", "事", "谁", "何时交", "批"], ["J-1", "甲", "市住建局", "2024-06-03", "一"],
                ["J-2", "乙", None, "2024-06-03", None]):  # fmt: skip
        book.active.append(row)
    book.active.merge_cells("C2:C3")
    book.save(fresh.folder / "合并.xlsx")
    options = ["--map", "code=号", "--map", "title=事", "--map", "unit=谁",
               "--map", "assigned_on=何时交", "--profile", "外来"]  # fmt: skip
    assert fresh("import", fresh.folder / "合并.xlsx", *options)["added"] == 2
    assert {one["unit"] for one in fresh.issues().values()} == {"市住建局"}
    later = fresh.sheet(
        "再来.xlsx", ["号", "事", "谁", "何时交"], ["J-3", "丙", "市水务局", "2024-06-03"]
    )
    assert fresh("import", later, "--profile", "外来")["added"] == 1
    assert fresh.issue("J-3")["unit_id"] == "A2"


def test_one_column_may_feed_several_fields_and_map_wins(fresh):
    table = csv(
        fresh, "编号,事项,责任单位,创建时间,限期", "J-1,甲,市住建局,2024-06-03 08:00,2024-06-28"
    )
    assert fresh(
        "import", table, "--map", "found_on=创建时间", "--map", "assigned_on=创建时间",
        "--map", "due_on=创建时间", "--map", "detail=事项",
    )["added"] == 1  # fmt: skip
    record = fresh.issue("J-1")
    assert (record["found_on"], record["assigned_on"], record["due_on"]) == ("2024-06-03",) * 3
    assert record["detail"] == "甲"
    assert fresh.run("import", table, "--map", "没有=事项").status in (1, 2)
    assert fresh.run("import", table, "--map", "detail=没有这栏").status in (1, 2)


@pytest.mark.parametrize(("order", "found"), [("dmy", "2024-02-03"), ("mdy", "2024-03-02")])
def test_the_order_of_foreign_dates(fresh, order, found):
    table = csv(fresh, "编号,事项,责任单位,交办日期", "J-1,甲,市住建局,03/02/2024")
    fresh.refused("import", table)
    assert fresh("import", table, "--date-order", order)["added"] == 1
    assert fresh.issue("J-1")["assigned_on"] == found


# What a row implies


def test_defaults_of_blank_dates_and_closed_rows(fresh):
    head = ["编号", "事项", "责任单位", "发现日期", "交办日期", "限期", "报请复核日期", "销号日期"]
    table = fresh.sheet(
        "台账.xlsx", head,
        ["J-1", "只有交办", "市住建局", None, "2024-06-03", None, None, None],
        ["J-2", "没有交办", "市住建局", "2024-06-01", None, None, None, None],
        ["J-3", "已报请", "市住建局", "2024-06-01", "2024-06-03", "2024-06-10", "2024-06-12", None],
        ["J-4", "已销号", "市住建局", "2024-06-01", "2024-06-03", "2024-06-10", None, "2024-06-12"],
        ["J-5", "全程", "市住建局", "2024-06-01", "2024-06-03", "2024-06-10", "2024-06-10",
         "2024-07-03"],
        ["J-6", "限期在周六", "市住建局", "2024-06-01", "2024-06-03", "2024-06-15", None, None],
    )  # fmt: skip
    done = fresh.run("import", table, "--json")
    assert done.json["added"] == 6
    assert "限期" in done.err + str(done.json.get("warnings"))
    found = fresh.issues()
    assert [found[f"J-{n}"]["stage"] for n in range(1, 7)] == [
        "rectify", "discover", "review", "closed", "closed", "rectify",
    ]  # fmt: skip
    assert (found["J-1"]["found_on"], found["J-1"]["due_on"], found["J-1"]["overdue"]) == (
        "2024-06-03", None, False,
    )  # fmt: skip
    assert found["J-2"]["assigned_on"] is None
    assert "市住建局" in str(fresh.issue("J-2"))
    assert (found["J-3"]["overdue"], found["J-3"]["overdue_days"]) == (True, 2)
    assert (found["J-4"]["submitted_on"], found["J-4"]["overdue"]) == ("2024-06-12", True)
    assert (found["J-5"]["submitted_on"], found["J-5"]["overdue"]) == ("2024-06-10", False)
    assert found["J-6"]["due_on"] == "2024-06-15"
    assert len(fresh.issue("J-5")["events"]) == 1
    as_of = fresh.issues("--as-of", "2024-06-30")
    assert (as_of["J-5"]["stage"], as_of["J-3"]["stage"]) == ("review", "review")
    assert fresh("verify")["ok"]


def test_due_dates_are_computed_only_when_asked(fresh):
    table = csv(
        fresh, "编号,事项,责任单位,交办日期,限期,紧急程度", "J-1,甲,市住建局,2024-06-03,,紧急",
        "J-2,乙,市住建局,2024-06-03,,", "J-3,丙,市住建局,2024-06-03,2024-06-30,平急",
    )  # fmt: skip
    assert fresh("import", table, "--compute-due")["added"] == 3
    assert [one["due_on"] for one in fresh.issues().values()] == [
        "2024-06-06", "2024-06-25", "2024-06-30",
    ]  # fmt: skip


def test_rows_without_codes_come_in_once(fresh):
    table = csv(fresh, "事项,责任单位,交办日期", "甲,市住建局,2024-06-03", "乙,市水务局,2024-06-03")
    assert counts(fresh("import", table))[:2] == (2, 2)
    fresh("import", table)
    assert len(fresh.issues()) == 2


# Units


def test_unknown_units(fresh):
    table = csv(fresh, ",".join(HEAD), "J-1,甲,新来局,2024-06-03,", "J-2,乙,市住建局,2024-06-03,")
    assert fresh.refused("import", table).places == {(2, "责任单位")}
    assert fresh.issues() == {}
    assert fresh("import", table, "--add-units")["added"] == 2
    added = fresh("unit", "show", "新来局")
    assert (added["kind"], added["pending"]) == ("市直部门", True)
    other = csv(fresh, ",".join(HEAD), "J-3,丙,东山街道,2024-06-03,", name="二.csv")
    fresh("import", other, "--add-units", "--kind", "县市区")
    assert fresh("unit", "show", "东山街道")["kind"] == "县市区"


def test_a_units_id_decides_and_a_new_spelling_is_an_alias(fresh):
    table = csv(
        fresh, "编号,事项,责任单位,单位编号,交办日期", "J-1,甲,市住房和城乡建设局,A1,2024-06-03",
        "J-2,乙,市水务局,A1,2024-06-03", "J-3,丙,,A2,2024-06-03",
    )  # fmt: skip
    assert fresh("import", table)["added"] == 3
    assert [one["unit_id"] for one in fresh.issues().values()] == ["A1", "A1", "A2"]
    assert "市住房和城乡建设局" in fresh("unit", "show", "A1")["aliases"]
    assert fresh("issue", "list", "--unit", "市住房和城乡建设局")[0]["code"] == "J-1"


def test_a_new_spelling_beside_a_known_id_is_an_alias_and_no_change(fresh):
    head = "编号,事项,责任单位,单位编号,交办日期"
    fresh("import", csv(fresh, head, "J-1,甲,市住建局,A1,2024-06-03"))
    again = csv(fresh, head, "J-1,甲,住建委,A1,2024-06-03", "J-1,甲,建委,A1,2024-06-03")
    assert counts(fresh("import", again)) == (2, 0, 0, 2)
    assert set(fresh("unit", "show", "A1")["aliases"]) == {"住建委", "建委"}
    assert fresh("verify")["ok"]


def test_a_unit_with_a_new_id_is_added_with_it(fresh):
    table = csv(fresh, "编号,事项,责任单位,单位编号,交办日期", "J-1,甲,新来局,N9,2024-06-03")
    fresh.refused("import", table)
    assert fresh("import", table, "--add-units")["added"] == 1
    assert fresh("unit", "show", "N9")["unit"] == "新来局"


# Bad rows


@pytest.fixture(scope="module")
def bad(empty: Program, tmp_path_factory: pytest.TempPathFactory) -> tuple[Program, Done]:
    """Give the refusal of a file whose every row but the first and the last is bad."""
    program = empty.copy(tmp_path_factory.mktemp("bad"))
    head = ["编号", "事项", "责任单位", "发现日期", "交办日期", "限期", "报请复核日期", "销号日期"]
    program.sheet(
        "坏.xlsx", ["台账"], head,
        ["J-1", "好", "市住建局", "2024-06-01", "2024-06-03", None, None, None],
        ["J-2", None, "市住建局", "2024-06-01", "2024-06-03", None, None, None],
        ["J-3", "甲", "市住建局", "2024-06-04", "2024-06-03", None, None, None],
        ["J-4", "甲", "市住建局", "2024-06-01", "2024-06-03", None, "2024-06-02", None],
        ["J-5", "甲", "市住建局", "2024-06-01", "2024-06-03", None, "2024-06-10", "2024-06-09"],
        ["J-6", "甲", "市住建局", "2024-06-01", "2025-01-01", None, None, None],
        ["J-7", "甲", "市住建局", "2024-06-01", "某日", None, None, None],
        ["J-8", "甲", "市住建局", "2024-06-01", "2024-06-03", "尽快", None, None],
        ["J-9", "甲", "没有的局", "2024-06-01", "2024-06-03", None, None, None],
        ["J-1", "不一样", "市住建局", "2024-06-01", "2024-06-03", None, None, None],
        ["J-1", "好", "市住建局", "2024-06-01", "2024-06-03", None, None, None],
    )  # fmt: skip
    return program, program.refused("import", program.folder / "坏.xlsx")


def test_every_bad_row_is_reported_and_nothing_is_taken(bad):
    program, refused = bad
    assert {row for row, _ in refused.places} >= set(range(4, 12)) | {12}
    assert 13 not in {row for row, _ in refused.places}
    columns = {row: column for row, column in refused.places}
    assert (columns[9], columns[10], columns[11]) == ("交办日期", "限期", "责任单位")
    assert columns[4] == "事项"
    assert all(set(row) == {"row", "column", "message"} for row in refused.error["rows"])
    assert program.issues() == {}
    plain = program.run("import", program.folder / "坏.xlsx")
    assert (plain.status, plain.out) == (1, "")
    assert "第 9 行" in plain.err


def test_a_dry_run_and_skipping_say_the_same(bad, tmp_path):
    program, refused = bad
    tried = program("import", program.folder / "坏.xlsx", "--dry-run")
    assert {row["row"] for row in tried["refused"]} == {row for row, _ in refused.places}
    assert program.issues() == {}
    other = program.copy(tmp_path)
    taken = other("import", program.folder / "坏.xlsx", "--skip-bad")
    assert {row["row"] for row in taken["refused"]} == {row for row, _ in refused.places}
    assert counts(taken) == (11, 1, 0, 1)
    assert set(other.issues()) == {"J-1"}


def test_a_file_without_a_needed_column_says_which(fresh):
    table = csv(fresh, "编号,责任单位", "J-1,市住建局")
    assert "事项" in fresh.refused("import", table).error["message"]


# The same file again


def test_twice_changes_nothing_and_changes_need_update(fresh):
    fresh(
        "import",
        csv(
            fresh,
            ",".join(HEAD),
            "J-1,甲,市住建局,2024-06-03,2024-06-28",
            "J-2,乙,市水务局,2024-06-03,",
        ),
    )
    same = csv(
        fresh,
        ",".join(HEAD),
        "J-1,甲,市住建局,2024/6/3,2024年6月28日",
        "J-2,乙,市水务局,2024-06-03,",
    )
    assert counts(fresh("import", same)) == (2, 0, 0, 2)
    before = fresh("verify")["head"]
    assert counts(fresh("import", same, "--update")) == (2, 0, 0, 2)
    assert fresh("verify")["head"] == before
    changed = csv(
        fresh,
        ",".join(HEAD),
        "J-1,甲改,市住建局,2024-06-03,2024-06-28",
        "J-2,乙,市水务局,2024-06-03,",
    )
    assert {row for row, _ in fresh.refused("import", changed).places} == {2}
    assert counts(fresh("import", changed, "--update")) == (2, 0, 1, 1)
    assert fresh.issue("J-1")["title"] == "甲改"
    blank = csv(
        fresh,
        ",".join(HEAD),
        "J-1,甲改,市住建局,2024-06-03,",
        "J-2,乙,市水务局,2024-06-03,2024-07-05",
    )
    assert counts(fresh("import", blank, "--update"))[:3] == (2, 0, 1)
    found = fresh.issues()
    assert (found["J-1"]["due_on"], found["J-2"]["due_on"]) == ("2024-06-28", "2024-07-05")
    assert fresh("verify")["ok"]


def test_an_update_never_undoes_a_step_taken_in_the_ledger(fresh):
    lines = [",".join(HEAD), "J-1,甲,市住建局,2024-06-03,2024-06-28"]
    fresh("import", csv(fresh, *lines))
    fresh("issue", "transfer", "J-1", "--unit", "市水务局", "--reason", "职责",
          "--due-on", "2024-07-15", "--on", "2024-06-05")  # fmt: skip
    fresh("issue", "submit", "J-1", "--measures", "办", "--on", "2024-06-20")
    assert counts(fresh("import", csv(fresh, *lines)))[1:] == (0, 0, 1)
    fresh("import", csv(fresh, lines[0], "J-1,甲改,市住建局,2024-06-03,2024-06-29"), "--update")
    record = fresh.issue("J-1")
    assert (record["title"], record["stage"], record["unit"]) == ("甲改", "review", "市水务局")
    assert (record["due_on"], record["submitted_on"]) == ("2024-07-15", "2024-06-20")


def test_a_row_now_closed_is_carried_on(fresh):
    head = "编号,事项,责任单位,交办日期,限期,报请复核日期,销号日期"
    fresh("import", csv(fresh, head, "J-1,甲,市住建局,2024-06-03,2024-06-28,,"))
    later = csv(fresh, head, "J-1,甲,市住建局,2024-06-03,2024-06-28,2024-06-20,2024-07-01")
    fresh.refused("import", later)
    assert counts(fresh("import", later, "--update"))[2] == 1
    record = fresh.issue("J-1")
    assert (record["stage"], record["submitted_on"], record["closed_on"]) == (
        "closed", "2024-06-20", "2024-07-01",
    )  # fmt: skip
    assert fresh("verify")["ok"]


def test_equal_duplicates_in_a_file_count_as_unchanged(fresh):
    row = "J-1,甲,市住建局,2024-06-03,2024-06-28"
    assert counts(fresh("import", csv(fresh, ",".join(HEAD), row, row))) == (2, 1, 0, 1)
