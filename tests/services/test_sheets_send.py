"""发表: what goes into a unit's workbook, what stays out of it, and what is recorded."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from supervise.errors import Refused
from supervise.services import months, unit_page, units
from supervise.services.sheets import status
from tests.services.office import Office
from tests.services.sheets import PERIOD, given, rows_of, send, sheet_of

HEADINGS = (
    "编号", "事项", "问题详情", "交办日期", "办理期限", "当前阶段",
    "进展情况", "整改措施", "报请复核日期", "申请延期至", "延期理由", "联系人",
)  # fmt: skip
HOSTILE = '=HYPERLINK("http://x","点我")'


def test_each_unit_gets_its_own_issues_and_only_what_may_be_filled_in_is_open(
    office: Office, tmp_path: Path
) -> None:
    office.unit("东宝区", kind="县市区")
    office.unit("东宝区住建局", parent="东宝区")
    mine, theirs = given(office, title=HOSTILE), given(office, "东宝区住建局")
    handed_in = given(office, title="已交")
    office.submit(handed_in, "2024-12-20")
    office.do("issue.add", title="还没有交办")
    record = send(office, tmp_path)
    assert {one["unit"]: one["rows"] for one in record["sheets"]} == {
        "市住建局": 2, "东宝区住建局": 1,
    }  # fmt: skip
    assert set(rows_of(tmp_path / "东宝区住建局_2024-12.xlsx")) == {theirs}
    page = sheet_of(tmp_path / "市住建局_2024-12.xlsx")
    assert tuple(cell.value for cell in page[1]) == HEADINGS
    first, second = page[2], page[3]
    assert [cell.protection.locked for cell in first] == [True] * 6 + [False] * 6
    assert all(cell.protection.locked for cell in second) and second[0].value == handed_in
    assert page.protection.sheet and not page.protection.password
    assert first[0].value == mine
    assert first[1].data_type == "s" and first[1].value == HOSTILE
    assert first[3].is_date and first[4].value.date().isoformat() == "2024-12-27"
    assert page.freeze_panes == "C2" and page.print_title_rows == "$1:$1"
    kinds = {str(one.sqref): one.type for one in page.data_validations.dataValidation}
    assert kinds == {"I2:I3": "date", "J2:J3": "date", "K2:K3": "list"}
    book = load_workbook(tmp_path / "市住建局_2024-12.xlsx")
    assert {one.title: one.sheet_state for one in book} == {
        "问题": "visible", "填表说明": "visible", "_key": "veryHidden",
    }  # fmt: skip
    help_ = "\n".join(str(row[0]) for row in book["填表说明"].iter_rows(values_only=True))
    assert "台账校验码" in help_ and "市住建局" in help_
    office.verified()


def test_who_complained_is_told_only_where_the_unit_may_know(
    office: Office, tmp_path: Path
) -> None:
    said = {"party": "示例公司", "contact": "13800000000", "detail": "示例公司反映路面塌陷"}
    open_ = given(office, disclosure="可告知", **said)
    kept = given(office, disclosure="保密", title="示例公司门前", **said)
    send(office, tmp_path)
    rows = rows_of(tmp_path / "市住建局_2024-12.xlsx")
    assert rows[open_]["问题详情"].endswith("\n诉求人：示例公司，13800000000")
    assert "示例公司" not in f"{rows[kept]}" and "13800000000" not in f"{rows[kept]}"
    # Nothing of who complained went into the log with the sheet.
    sent = office.session.conn.execute("SELECT payload FROM event WHERE op = 'sheet.send'")
    assert "示例公司" not in sent.fetchone()[0]


def test_the_same_facts_give_the_same_bytes_and_are_sent_once(
    office: Office, tmp_path: Path
) -> None:
    code = given(office)
    send(office, tmp_path)
    path, before = tmp_path / "市住建局_2024-12.xlsx", office.head()
    first = path.read_bytes()
    with pytest.raises(Refused, match="已存在"):
        send(office, tmp_path)
    # Something else happened, another day came: the sheet says the same.
    office.unit("市数据局")
    record = send(office, tmp_path, force=True)
    assert [one["again"] for one in record["sheets"]] == [True]
    assert path.read_bytes() == first and office.head() == before + 1
    office.do("issue.urge", issue=code)
    office.do("issue.extend", issue=code, due_on="2025-01-10", reason="汛期", asked_on="2024-12-20")
    record = send(office, tmp_path, force=True)
    assert [one["again"] for one in record["sheets"]] == [False]
    assert path.read_bytes() != first
    office.verified()


def test_only_the_units_named_and_nothing_where_nothing_is_in_hand(
    office: Office, tmp_path: Path
) -> None:
    with pytest.raises(Refused, match="不用发表"):
        send(office, tmp_path)
    given(office), given(office, "市水务局")
    with pytest.raises(Refused, match="2025年2月还早"):
        send(office, tmp_path, "2025-02")
    record = send(office, tmp_path / "new", units=["U2", "市城管局"])
    assert [one["unit_id"] for one in record["sheets"]] == ["U2"]
    assert record["without"] == ["市城管局"]
    assert [path.name for path in (tmp_path / "new").iterdir()] == ["市水务局_2024-12.xlsx"]


def test_nothing_is_recorded_when_a_file_cannot_be_written(office: Office, tmp_path: Path) -> None:
    given(office), given(office, "市水务局")
    (tmp_path / "市水务局_2024-12.xlsx").mkdir()
    before = office.head()
    with pytest.raises(Refused):
        send(office, tmp_path, force=True)
    assert office.head() == before
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused):
        send(office, tmp_path / "file")
    assert office.head() == before


def test_what_was_sent_counts_as_asked_for_and_is_told_in_the_months_progress(
    office: Office, tmp_path: Path
) -> None:
    code = given(office)
    send(office, tmp_path, said={"on": office.today.replace(day=26), "by": "经办乙"})
    progress = months.progress(office.session, PERIOD)
    words = {step.step: (step.words, step.note) for step in progress.steps}
    assert words["催报"] == ("已办 12-26", "12-26 发表 1 家")
    assert words["收表"][1] == "已收 0/1 家" and "已办" not in words["收表"][0]
    office.do("issue.urge", issue=code, on="2024-12-28")
    send(office, tmp_path, force=True)
    office.do("issue.correct", issue=code, field="title", value="路面塌陷", reason="写错")
    send(office, tmp_path, force=True)
    record = unit_page.shown(office.session, units.find(office.session.conn, "市住建局"))
    (december,) = [one for one in record["burden"] if one["period"] == PERIOD]
    assert december["counts"] == {"urge": 1, "sheet": 2} and december["repeats"] == 1
    assert status.status(office.session, PERIOD)["units"][0]["sent_on"] == "2024-12-31"


def test_a_file_where_the_folder_should_be_is_told(office: Office, tmp_path: Path):
    given(office)
    taken = tmp_path / "已有.txt"
    taken.write_text("别动", "utf-8")
    with pytest.raises(Refused, match="已有.txt 是文件，不是文件夹；请另指定一个文件夹。$"):
        send(office, taken)
    assert taken.read_text("utf-8") == "别动"
