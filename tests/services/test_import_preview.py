"""A file looked at and tried before it is imported: headings, columns, every bad row's cell."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from db import imports
from supervise.errors import BadInput, Refused
from supervise.reports.export import export
from supervise.reports.import_check import problems_document
from supervise.services import import_preview, import_run
from supervise.services.file_runs import silent
from supervise.services.import_kinds import Kind
from supervise.services.import_preview import Reading
from supervise.services.importing import Options
from tests.services.office import Office

HEAD = ["序号", "问题编号", "问题描述", "牵头单位", "交办时间", "办结时限", "备注"]


def book(office: Office, *rows: list[object], sheet: str = "台账", name: str = "表.xlsx") -> Path:
    made = Workbook()
    made.active.title = "说明"
    made.active.append(["本表由各单位填报"])
    other = made.create_sheet(sheet)
    for row in rows:
        other.append(row)
    path = office.path.with_name(name)
    made.save(path)
    return path


def look(office: Office, path: Path, **reading: object) -> import_preview.Preview:
    return import_preview.preview(office.session, path, Reading(**reading))


def tried(office: Office, path: Path, **options: object) -> import_run.Outcome:
    seen = look(office, path)
    chosen = import_run.options_for(seen, seen.mapping or {}, Options(**options))
    return import_run.try_out(office.session, seen, chosen, silent)


def test_the_sheet_the_headings_and_the_columns_are_found_with_reasons(office):
    path = book(
        office,
        ["2024年问题台账"],
        HEAD,
        [1, "甲-1", "路灯不亮", "市住建局", date(2024, 6, 3), "2024/6/28", "[/]"],
    )
    seen = look(office, path)
    assert seen.sheets == ("说明", "台账") and seen.sheet == "台账"
    assert seen.header_row == 2 and "认出的列名最多" in seen.header_why
    mapping = seen.mapping
    assert mapping == {"code": 1, "title": 2, "unit": 3, "assigned_on": 4, "due_on": 5}
    assert [column.letter for column in seen.columns] == list("ABCDEFG")
    assert seen.columns[4].samples == ("2024-06-03",)
    assert [row.number for row in seen.body] == [3]
    assert "通常指" in seen.why["unit"]
    assert import_preview.missing(mapping) == ""


def test_what_a_person_chooses_wins_over_every_guess(office):
    path = book(office, HEAD, ["x", "甲-1", "路灯不亮", "市住建局", "2024-06-03", "", "路灯"])
    seen = look(office, path)
    mapping = import_preview.fed(seen.mapping, 6, ("title", "detail"))
    mapping = import_preview.fed(mapping, 1, ())
    assert import_preview.fed_by(mapping, 6) == ("title", "detail")
    assert import_preview.fed_by(mapping, 2) == ()
    options = import_run.options_for(seen, mapping, Options(add_units=True))
    outcome = import_run.carry_out(office.session, seen, options, silent)
    assert (outcome.added, outcome.refused) == (1, 0)
    codes = imports.codes_between(office.session.conn, *outcome.events)
    assert len(codes) == 1 and codes[0] != "甲-1"
    issue = office.issue(codes[0])
    assert issue["title"] == issue["detail"] == "路灯"


def test_a_file_without_a_title_says_so_at_once(office):
    path = book(office, ["编号", "单位", "金额"], ["甲-1", "市住建局", 3])
    seen = look(office, path)
    assert "“事项”" in import_preview.missing(seen.mapping)
    assert "推算" in "".join(import_preview.remarks({"unit": 1, "assigned_on": 2, "code": 0}))


def test_another_row_or_sheet_or_encoding_can_be_said(office):
    path = book(office, ["甲", "乙"], ["编号", "事项"], ["a", "b"])
    assert look(office, path, header_row=1).columns[0].heading == "甲"
    assert look(office, path, sheet="说明").sheet == "说明"
    text = office.path.with_name("表.csv")
    text.write_text("编号,事项\n甲,乙\n", encoding="gb18030")
    assert look(office, text).encoding == "GB18030"
    assert look(office, text, encoding="gb18030").columns[1].heading == "事项"
    with pytest.raises(BadInput, match="UTF-8"):
        look(office, text, encoding="utf-8")
    assert look(office, path, header_row=99).problem


def test_every_bad_row_stands_beside_its_cell(office):
    path = book(
        office,
        HEAD,
        [1, "甲-1", "路灯不亮", "没有的局", "2024-06-03", "2024-06-28", ""],
        [2, "甲-2", "路面破损", "", "三月五日前", "2024-06-28", ""],
        [3, "甲-3", "", "", "", "", ""],
        [4, "甲-4", "[/]@cmd[b]", "", "", "", ""],
    )
    before = office.head()
    outcome = tried(office, path)
    assert office.head() == before
    refused = {one.row: one for one in outcome.problems if one.kind == import_run.REFUSED}
    assert refused[2].column in {"牵头单位", "责任单位"} and refused[2].value == "没有的局"
    assert refused[2].subject == "路灯不亮"
    assert refused[3].column == "交办时间" and refused[3].value == "三月五日前"
    assert refused[4].column == "问题描述" and refused[4].value == ""
    assert (outcome.rows, outcome.added, outcome.refused) == (4, 1, 3)
    document = problems_document(path.name, outcome.problems, date(2024, 6, 30), "1:ab")
    written = export(document, "-").decode()
    assert "三月五日前" in written and "没有的局" in written
    with pytest.raises(BadInput):
        seen = look(office, path)
        options = import_run.options_for(seen, seen.mapping, Options())
        import_run.carry_out(office.session, seen, options, silent)
    assert office.head() == before
    office.verified()


def test_a_profile_is_saved_and_tells_when_it_does_not_fit(office):
    path = book(office, HEAD, [1, "甲-1", "路灯", "市住建局", "2024-06-03", "", "备"])
    seen = look(office, path)
    mapping = import_preview.fed(seen.mapping, 6, ("detail",))
    mapping = import_preview.fed(mapping, 1, ())
    options = import_run.options_for(seen, mapping, Options(add_units=True), "督查室")
    outcome = import_run.carry_out(office.session, seen, options, silent)
    first, last = outcome.events
    assert last > first
    again = look(office, path, profile="督查室")
    assert again.profiles == ("督查室",) and again.mapping == mapping
    assert again.why["detail"] == "按方案"
    other = book(office, ["编号", "事项"], ["a", "b"], name="另.xlsx")
    assert "方案用不上" in look(office, other, profile="督查室").problem


def test_work_that_is_stopped_changes_nothing(office):
    path = book(office, HEAD, [1, "甲-1", "路灯", "市住建局", "2024-06-03", "", ""])
    seen = look(office, path)
    options = import_run.options_for(seen, seen.mapping, Options(add_units=True))
    before = office.head()

    def stop(phase: str, done: int, total: int) -> None:
        if phase == "写入":
            raise Refused("停")

    with pytest.raises(Refused):
        import_run.carry_out(office.session, seen, options, stop)
    assert office.head() == before
    office.verified()


def test_rosters_and_batches_are_tried_too(office):
    path = book(office, ["单位名称", "次序"], ["市林业局", 1], ["市水产局", "头一个"])
    seen = look(office, path, kind=Kind.UNITS)
    assert seen.sheet == "台账"
    outcome = import_run.try_out(office.session, seen, Options(), silent)
    assert (outcome.added, outcome.refused) == (1, 1)
    assert outcome.problems[0].value == "头一个"
    batch = office.path.with_name("批.jsonl")
    batch.write_text('{"op": "unit.add", "unit": "市乙局"}\n{"op": "没有"}\n', "utf-8")
    seen = look(office, batch, kind=Kind.BATCH)
    outcome = import_run.try_out(office.session, seen, Options(), silent)
    assert (outcome.added, outcome.refused) == (1, 1)
    assert outcome.problems[0].row == 2
