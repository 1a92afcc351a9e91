"""收表 and 对账: what is taken over, what is only told, and that a second time changes nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from supervise.domain.dates import period_of
from supervise.errors import BadInput, NotFound, Refused
from supervise.reports import sheet_check
from supervise.services import ledger, months
from supervise.services.sheets import status
from supervise.text import clean
from tests.services import sheets as sheet
from tests.services.office import TODAY, Office
from tests.services.sheets import NOTHING, PERIOD, day, edit, fill, pasted, send, take

FILE = "市住建局_2024-12.xlsx"


def _calc() -> bool:
    """Tell whether LibreOffice is here, and with it the part that reads spreadsheets."""
    program = shutil.which("soffice")
    return program is not None and Path(program).resolve().with_name("libsclo.so").exists()


def _events(office: Office, code: str, op: str) -> list[dict]:  # type: ignore[type-arg]
    return [one for one in office.issue(code)["events"] if one["op"] == op]


def _ways(record: dict) -> set[tuple]:  # type: ignore[type-arg]
    return {
        (one["issue"], one["column"], one["ours"], one["theirs"], one["last"])
        for one in record["differences"]
    }


def test_progress_handing_in_and_requests_are_taken_over_once(
    office: Office, tmp_path: Path
) -> None:
    done, late, idle = (sheet.given(office, title=title) for title in "甲乙丙")
    elsewhere = sheet.given(office, "市水务局")
    send(office, tmp_path)
    fill(
        tmp_path / FILE,
        {
            done: {
                "进展情况": "已铺完",
                "整改措施": "重铺路面",
                "报请复核日期": day("2024-12-20"),
                "联系人": "张三",
            },
            late: {"申请延期至": "2025年1月10日", "延期理由": "雨季", "整改措施": "正在招标"},
        },
    )
    tried = take(office, tmp_path, dry_run=True)
    assert _events(office, done, "issue.submit") == []
    record = take(office, tmp_path, said={"on": day("2024-12-26"), "ref": "收〔2024〕9号"})
    assert record == tried
    assert set(record) == {
        "files", "rows", "applied", "differences", "stale", "missing", "refused",
    }  # fmt: skip
    assert (record["files"], record["rows"]) == (2, 4)
    assert record["applied"] == NOTHING | {"progress": 2, "submitted": 1, "extensions": 1}
    assert record["missing"] == ["市水务局"]
    assert record["differences"] == record["stale"] == record["refused"] == []
    issue = office.issue(done)
    assert (issue["stage"], issue["submitted_on"]) == ("review", "2024-12-20")
    (told,) = _events(office, done, "issue.progress")
    assert told["note"] == "已铺完\n联系人：张三" and told["by"] == "市住建局"
    (asked,) = _events(office, late, "issue.ask")
    assert asked["on"] == "2024-12-26" and asked["ref"] == "收〔2024〕9号"
    # Nobody's due date moved, and measures without a day of handing in are progress.
    assert office.issue(late)["due_on"] == "2024-12-27"
    assert _events(office, late, "issue.progress")[0]["note"] == "整改措施：正在招标"
    assert office.issue(idle)["stage"] == office.issue(elsewhere)["stage"] == "rectify"
    before = office.head()
    again = take(office, tmp_path)
    assert again["applied"] == NOTHING and again["stale"] == [] and office.head() == before
    office.verified()


def test_a_sheet_that_came_back_says_that_the_month_is_gathered(
    office: Office, tmp_path: Path
) -> None:
    code = sheet.given(office)
    send(office, tmp_path, said={"on": day("2024-12-25")})
    fill(tmp_path / FILE, {code: {"进展情况": "已动工"}})
    record = take(office, tmp_path, said={"on": day("2024-12-27")})
    assert record["missing"] == []
    words = {one.step: one.words for one in months.progress(office.session, PERIOD).steps}
    assert words["收表"] == "已办 12-27"
    found = status.status(office.session, PERIOD)
    assert (found["sent"], found["received"], found["open"]) == (1, 1, 0)
    assert found["units"][0]["file"] == FILE


def test_renamed_sorted_pasted_and_with_other_columns_it_is_still_known(
    office: Office, tmp_path: Path
) -> None:
    first, second = sheet.given(office, title="甲"), sheet.given(office, title="乙")
    other = sheet.given(office, "市水务局", title="丙")
    out, back = tmp_path / "out", tmp_path / "back"
    back.mkdir()
    send(office, out)
    fill(out / FILE, {first: {"进展情况": "一"}, second: {"进展情况": "二"}})
    fill(out / "市水务局_2024-12.xlsx", {other: {"进展情况": "三"}})

    def sort(page) -> None:  # type: ignore[no-untyped-def]
        cells = [[cell.value for cell in row] for row in page.iter_rows()]
        heads, *rows = [["处室", *row[::-1]] for row in cells]
        page.delete_rows(1, page.max_row)
        for row in (["县区汇总表"], heads, *rows[::-1], ["合计"]):
            page.append(row)
        page.merge_cells("A1:L1")

    edit(Path(shutil.copy(out / FILE, back / "报送材料(最终版)2.xlsx")), sort)
    pasted(back / "水务.xlsx", out / "市水务局_2024-12.xlsx", title="市水务局 12月报送")
    record = take(office, back)
    assert record["applied"] == NOTHING | {"progress": 3, "submitted": 0, "extensions": 0}
    assert record["differences"] == record["refused"] == record["missing"] == []
    assert "处室" in office.warned()
    office.verified()


@pytest.mark.skipif(not _calc(), reason="LibreOffice Calc is not installed")
def test_saved_again_by_another_program_it_is_still_known(office: Office, tmp_path: Path) -> None:
    code = sheet.given(office, title="甲", disclosure="可告知", party="示例公司", detail="一\n二")
    send(office, tmp_path)
    fill(
        tmp_path / FILE,
        {code: {"整改措施": "已修", "报请复核日期": day("2024-12-19"), "进展情况": '="已"&"修"'}},
    )
    back = tmp_path / "back"
    for ending in ("xlsx", "ods"):
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{tmp_path}/office", "--headless",
             "--convert-to", ending, "--outdir", str(back), str(tmp_path / FILE)],
            check=True, capture_output=True, timeout=60,
        )  # fmt: skip
    record = take(office, back)
    assert record["files"] == 2
    assert record["applied"] == NOTHING | {"progress": 1, "submitted": 1, "extensions": 0}
    assert record["differences"] == record["refused"] == []
    assert _events(office, code, "issue.progress")[0]["note"] == "已修"


def test_what_may_not_be_written_is_shown_three_ways(office: Office, tmp_path: Path) -> None:
    code = sheet.given(office, title="甲", detail="路面塌陷")
    theirs = sheet.given(office, "市水务局", title="乙")
    send(office, tmp_path)
    office.do("issue.correct", issue=code, field="title", value="甲改", reason="写错")
    sheet.fill(
        tmp_path / FILE,
        {
            code: {
                "事项": "丁",
                "问题详情": "",
                "交办日期": "2024/12/2",
                "办理期限": day("2025-06-30"),
                "当前阶段": "销号",
                "报请复核日期": "2024-13-45",
                "申请延期至": day("2024-12-01"),
                "延期理由": "早于限期",
            }
        },
    )
    edit(tmp_path / FILE, lambda page: page.append([theirs, "乙", *[None] * 4, "抢报"]))
    edit(tmp_path / FILE, lambda page: page.append(["没有这个", "戊"]))
    record = take(office, tmp_path / FILE)
    assert record["applied"] == NOTHING
    assert _ways(record) == {
        (code, "事项", "甲改", "丁", "甲"),
        (code, "问题详情", "路面塌陷", "", "路面塌陷"),
        (code, "办理期限", "2024-12-27", "2025-06-30", "2024-12-27"),
        (code, "当前阶段", "整改", "销号", "整改"),
        (code, "报请复核日期", None, "2024-13-45", None),
        (theirs, "编号", "市水务局", "乙", None),
        ("没有这个", "编号", None, "戊", None),
    }
    # Changed here since, the request is told of as such and not tried.
    (stale,) = record["stale"]
    assert (stale["issue"], stale["columns"]) == (code, ["申请延期至"])
    assert {(one["row"], one["column"]) for one in record["refused"]} == {
        (2, "报请复核日期"), (3, "编号"), (4, "编号"),
    }  # fmt: skip
    assert office.issue(code)["stage"] == "rectify"
    assert _events(office, theirs, "issue.progress") == []
    before = office.head()
    assert take(office, tmp_path / FILE) == record and office.head() == before
    office.verified()


def test_a_row_that_changed_here_since_is_told_of_and_may_be_accepted(
    office: Office, tmp_path: Path
) -> None:
    code, moved = sheet.given(office, title="甲"), sheet.given(office, title="乙")
    send(office, tmp_path)
    office.do("issue.urge", issue=code)
    fill(tmp_path / FILE, {code: {"进展情况": "一"}, moved: {"进展情况": "二"}})
    office.do("issue.transfer", issue=moved, unit="市水务局", reason="职责")
    record = take(office, tmp_path)
    # An urging says nothing of the issue that the sheet did not know.
    assert record["applied"]["progress"] == 1
    (stale,) = record["stale"]
    assert (stale["unit"], stale["issue"], stale["row"]) == ("市住建局", moved, 3)
    assert "市水务局" in stale["why"]
    office.do("issue.progress", issue=code, note="当面报告")
    fill(tmp_path / FILE, {code: {"进展情况": "一（续）"}})
    record = take(office, tmp_path)
    assert {one["issue"] for one in record["stale"]} == {code, moved}
    shown = status.status(office.session, PERIOD)["differences"]
    assert {(one["issue"], one["ours"], one["theirs"]) for one in shown} == {
        (code, "当面报告", "一（续）"), (moved, None, "二"),
    }  # fmt: skip
    where = {"period": PERIOD, "unit": "市住建局", "column": "进展情况"}
    office.do("sheet.accept", issue=code, **where)
    assert [one["note"] for one in _events(office, code, "issue.progress")] == [
        "一", "当面报告", "一（续）",
    ]  # fmt: skip
    office.do("sheet.dismiss", issue=moved, **where)
    with pytest.raises(Refused, match="采纳过"):
        office.do("sheet.accept", issue=code, **where)
    with pytest.raises(NotFound):
        office.do("sheet.dismiss", issue=code, **{**where, "column": "事项"})
    before = office.head()
    again = take(office, tmp_path)
    assert [one["issue"] for one in again["stale"]] == [moved] and office.head() == before
    assert status.status(office.session, PERIOD)["open"] == 0
    office.verified()


def test_only_what_a_unit_may_report_can_be_accepted(office: Office, tmp_path: Path) -> None:
    code = sheet.given(office, title="甲")
    send(office, tmp_path)
    fill(
        tmp_path / FILE, {code: {"办理期限": day("2025-06-30"), "报请复核日期": day("2024-12-20")}}
    )
    record = take(office, tmp_path)
    assert [one["message"] for one in record["refused"]] == ["报请复核须写明“整改措施”。"]
    for column in ("办理期限", "报请复核日期"):
        with pytest.raises(Refused, match="不能采纳"):
            office.do("sheet.accept", period=PERIOD, unit="市住建局", issue=code, column=column)
    assert office.issue(code)["due_on"] == "2024-12-27"


def test_two_sheets_of_one_unit_count_once_when_equal_and_not_at_all_when_not(
    office: Office, tmp_path: Path
) -> None:
    same, other, one_only = (sheet.given(office, title=title) for title in "甲乙丙")
    send(office, tmp_path)
    shutil.copy(tmp_path / FILE, tmp_path / "副本.xlsx")
    fill(tmp_path / FILE, {same: {"进展情况": "一"}, other: {"进展情况": "二"}})
    fill(
        tmp_path / "副本.xlsx",
        {same: {"进展情况": "一"}, other: {"进展情况": "不"}, one_only: {"进展情况": "三"}},
    )
    record = take(office, tmp_path)
    assert record["applied"]["progress"] == 2
    assert _events(office, other, "issue.progress") == []
    (conflict,) = record["differences"]
    assert conflict["issue"] == other and conflict["column"] == "进展情况"
    assert FILE in conflict["theirs"] and "副本.xlsx" in conflict["theirs"]
    assert {one["file"] for one in record["refused"]} == {FILE, "副本.xlsx"}
    # The unit settles it: one sheet that says what is so.
    (tmp_path / "副本.xlsx").unlink()
    assert take(office, tmp_path)["applied"]["progress"] == 1
    assert status.status(office.session, PERIOD)["differences"] == []
    office.verified()


def test_files_that_are_no_sheets_of_ours_are_told_of_and_the_rest_is_taken(
    office: Office, tmp_path: Path, empty_ledger: Path
) -> None:
    code = sheet.given(office, title="甲")
    send(office, tmp_path)
    fill(tmp_path / FILE, {code: {"进展情况": "一"}})
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04nonsense")
    (tmp_path / "机密台账.xlsx").write_bytes((tmp_path / FILE).read_bytes())
    (tmp_path / f"~${FILE}").write_bytes(b"lock")
    (tmp_path / "别的.csv").write_text("甲,乙\n1,2\n", encoding="utf-8")
    elsewhere = tmp_path / "elsewhere.db"
    ledger.create(elsewhere, today=TODAY)
    other = Office(elsewhere)
    other.unit("市住建局")
    sheet.given(other, title="甲")
    send(other, tmp_path / "other")
    other.close()
    shutil.copy(tmp_path / "other" / FILE, tmp_path / "外地.xlsx")
    record = take(office, tmp_path)
    assert record["files"] == 5 and record["applied"]["progress"] == 1
    said = {one["file"]: one["message"] for one in record["refused"]}
    assert set(said) == {"坏.xlsx", "机密台账.xlsx", "别的.csv", "外地.xlsx"}
    assert "密级" in said["机密台账.xlsx"] and "另一个台账" in said["外地.xlsx"]
    with pytest.raises(BadInput, match="里没有表格"):
        take(office, _empty(tmp_path))


def _empty(folder: Path) -> Path:
    (folder / "空").mkdir()
    return folder / "空"


def test_rows_without_their_key_are_taken_only_for_the_matter_that_was_sent(
    office: Office, tmp_path: Path
) -> None:
    code, wrong = sheet.given(office, title="甲"), sheet.given(office, "市水务局", title="乙")
    send(office, tmp_path / "out")
    lines = f"编号,事项,进展情况\n{code},甲,一\n{wrong},不是乙,二\n合计,,\n,,没有编号\n"
    (tmp_path / "抄来的.csv").write_text(lines, encoding="gb18030")
    record = take(office, tmp_path / "抄来的.csv")
    assert record["applied"]["progress"] == 1
    assert _events(office, wrong, "issue.progress") == []
    assert [(one["row"], one["column"]) for one in record["refused"]] == [(3, "编号"), (5, "编号")]
    assert _ways(record) == {(wrong, "编号", "市水务局", "不是乙", None),
                             ("", "编号", None, "", None)}  # fmt: skip


def test_hostile_cells_are_text_and_who_complained_stays_out_of_the_log(
    office: Office, tmp_path: Path
) -> None:
    code = sheet.given(
        office, title="甲", disclosure="可告知", party="示例公司", contact="13800000000"
    )
    send(office, tmp_path)
    hostile = "[/]\u202e@[b]a[/b]\x07" + "长" * 300
    fill(
        tmp_path / FILE,
        {
            code: {
                "进展情况": "'=cmd|' /C calc'!A0",
                "问题详情": "示例公司自己改的\n诉求人：示例公司，13800000000",
                "事项": hostile.replace("\x07", ""),
                "延期理由": "=1+1",
            }
        },
    )
    record = take(office, tmp_path)
    assert record["applied"]["progress"] == 1
    assert _events(office, code, "issue.progress")[0]["note"] == "'=cmd|' /C calc'!A0"
    theirs = {one["column"]: one["theirs"] for one in record["differences"]}
    assert theirs["问题详情"] == "×××自己改的" and "\u202e" not in theirs["事项"]
    collected = office.session.conn.execute(
        "SELECT group_concat(payload) FROM event WHERE op = 'sheet.collect'"
    )
    assert "示例公司" not in collected.fetchone()[0]
    document = sheet_check.differences_list(office.session, record)
    assert len(document.blocks[0].rows) == len(record["differences"]) + len(record["missing"])


TEXT = st.text(
    st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_characters="\x7f"), max_size=40
)
ISSUE = st.fixed_dictionaries(
    {
        "unit": st.sampled_from(["市住建局", "市水务局"]),
        "title": TEXT.filter(clean),
        "detail": TEXT,
        "due": st.sampled_from([None, "2024-12-27", "2025-02-28"]),
        "disclosure": st.sampled_from(["可告知", "保密"]),
        "party": st.sampled_from(["", "示例公司"]),
    }
)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(issues=st.lists(ISSUE, min_size=1, max_size=4), again=st.booleans())
def test_a_sheet_nothing_was_filled_in_changes_nothing(
    issues, again, empty_ledger: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("untouched")
    office = Office(Path(shutil.copy(empty_ledger, folder / "ledger.db")))
    for name in ("市住建局", "市水务局"):
        office.unit(name)
    for one in issues:
        sheet.given(office, **one)
    out = folder / "out"
    sent = send(office, out, period_of(TODAY))
    if again:
        for path in out.iterdir():
            load_workbook(path).save(path)
    before = office.head()
    record = take(office, out)
    assert office.head() == before
    assert record["rows"] == len(issues) and record["applied"] == NOTHING
    assert record["differences"] == record["stale"] == record["refused"] == []
    assert record["missing"] == [one["unit"] for one in sent["sheets"]]
    office.close()
