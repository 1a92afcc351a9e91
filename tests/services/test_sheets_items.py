"""Tasks and periodic duties in the units' sheets: sent, filled in, taken over or told apart."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from supervise.services import duty_records, task_records
from supervise.services.sheets import status
from tests.services import sheets as sheet
from tests.services.office import Office
from tests.services.sheets import NOTHING, PERIOD, day, send, take

FILE = "市住建局_2024-12.xlsx"
HOSTILE = '=HYPERLINK("http://x","点我")'


def _programme(office: Office) -> None:
    """Give 市住建局 two tasks and a monthly report, one task also led by 市水务局."""
    office.do("task.add", task="T1", title=HOSTILE, unit="市住建局", joint="市水务局")
    office.do("task.milestone", task="T1", milestone="中期", due_on="2025-03-31")
    office.do(
        "task.target", task="T1", indicator="率", comparator=">=", value="98", measured_in="%"
    )
    figures = {"indicator": "率", "period": "2024-12", "numerator": "49", "denominator": "50"}
    office.do("task.measure", task="T1", **figures)
    office.do(
        "task.add", task="T2", title="没有节点的", unit="市住建局", co_units="市城管局、市水务局"
    )
    office.do("task.add", task="T3", title="已了的", unit="市住建局")
    office.do("task.done", task="T3")
    owed = {"every": "month", "owed_by": "市住建局", "from_on": "2024-11-01"}
    office.do("duty.add", duty="月报", **owed)
    office.do("duty.submit", duty="月报", unit="市住建局", period="2024-11", on="2024-11-29")
    office.do(
        "duty.add", duty="下月才到期的", after=True, day=5, **owed | {"from_on": "2024-12-06"}
    )


def _fill(path: Path, title: str, answers: dict) -> None:  # type: ignore[type-arg]
    book = load_workbook(path)
    page = book[title]
    heads = {cell.value: cell.column for cell in page[1]}
    for row in page.iter_rows(min_row=2):
        for heading, value in answers.get(row[0].value, {}).items():
            page.cell(row[0].row, heads[heading], value)
    book.save(path)


def _ways(record: dict) -> set[tuple]:  # type: ignore[type-arg]
    return {
        (one["issue"], one["column"], one["ours"], one["theirs"], one["last"])
        for one in record["differences"]
    }


def _notes(office: Office, task: str) -> list[tuple[str, str]]:
    shown = task_records.shown(office.session, task)
    return [(one["by"], one["note"]) for one in shown["progress"]]


def _report(office: Office) -> dict:  # type: ignore[type-arg]
    (found,) = duty_records.listing(office.session, "月报", period="2024-12")
    return found


def test_a_unit_without_issues_gets_its_tasks_and_what_it_owes(
    office: Office, tmp_path: Path
) -> None:
    _programme(office)
    sent = {one["unit"]: one for one in send(office, tmp_path)["sheets"]}
    assert {unit: (one["rows"], one["tasks"], one["duties"]) for unit, one in sent.items()} == {
        "市住建局": (0, 2, 1), "市水务局": (0, 1, 0),
    }  # fmt: skip
    book = load_workbook(tmp_path / FILE)
    assert book.sheetnames == ["任务", "报送", "填表说明", "_key"]
    tasks, duties = book["任务"], book["报送"]
    assert [cell.value for cell in tasks[1]] == [
        "编号", "任务", "分工", "下一节点", "节点日期", "最近指标/目标", "灯",
        "进展情况", "完成日期",
    ]  # fmt: skip
    first = tasks[2]
    assert [cell.value for cell in first[:4]] == ["T1", HOSTILE, "牵头", "中期"]
    assert first[1].data_type == "s" and first[4].value.date() == day("2025-03-31")
    assert first[5].value == "率98%（49/50） / ≥98%" and first[6].value in {"绿", "灰"}
    assert [cell.protection.locked for cell in first] == [True] * 7 + [False] * 2
    assert tasks.protection.sheet and duties.protection.sheet
    assert [cell.value for cell in duties[1]] == [
        "报送", "期", "应报日期", "状态", "报送日期", "说明",
    ]  # fmt: skip
    assert [cell.value for cell in duties[2]][:2] == ["月报", "2024-12"] and duties.max_row == 2
    assert [one["again"] for one in send(office, tmp_path, force=True)["sheets"]] == [True, True]
    office.verified()


def test_a_task_a_unit_supports_is_there_to_be_read_and_not_to_be_answered(
    office: Office, tmp_path: Path
) -> None:
    _programme(office)
    # 市城管局 only supports: a sheet of its own would ask it for nothing.
    assert {one["unit"] for one in send(office, tmp_path)["sheets"]} == {"市住建局", "市水务局"}
    path = tmp_path / "市水务局_2024-12.xlsx"
    led, supported = list(load_workbook(path)["任务"].iter_rows(min_row=2))
    assert [[cell.value for cell in row[:3:2]] for row in (led, supported)] == [
        ["T1", "牵头"],
        ["T2", "配合"],
    ]
    assert all(cell.protection.locked for cell in supported)
    _fill(path, "任务", {"T1": {"进展情况": "三"}, "T2": {"进展情况": "四", "完成日期": "年底"}})
    record = take(office, path)
    assert record["applied"] == NOTHING | {"tasks": 1} and _notes(office, "T2") == []
    assert [(one["column"], one["message"][:7]) for one in record["refused"]] == [
        ("进展情况", "本单位是配合单"),
        ("完成日期", "本单位是配合单"),
    ]
    office.verified()


def test_progress_and_reports_are_taken_over_once_and_finished_is_for_a_person(
    office: Office, tmp_path: Path
) -> None:
    _programme(office)
    code = sheet.given(office)
    send(office, tmp_path)
    sheet.fill(tmp_path / FILE, {code: {"进展情况": "一"}})
    filled = {"T1": {"进展情况": "二", "完成日期": day("2024-12-20"), "任务": "改了"}}
    _fill(tmp_path / FILE, "任务", filled | {"T2": {"完成日期": "不日"}})
    _fill(tmp_path / FILE, "报送", {"月报": {"报送日期": day("2024-12-30"), "说明": "函件"}})
    _fill(tmp_path / "市水务局_2024-12.xlsx", "任务", {"T1": {"进展情况": "三"}})
    tried = take(office, tmp_path, dry_run=True)
    record = take(office, tmp_path)
    assert record == tried and record["rows"] == 1
    assert record["applied"] == NOTHING | {"progress": 1, "tasks": 2, "duties": 1}
    # Two units lead it: what the one reports does not make the other's row stale.
    assert set(_notes(office, "T1")) == {("市住建局", "二"), ("市水务局", "三")}
    assert (_report(office)["submitted_on"], _report(office)["note"]) == ("2024-12-30", "函件")
    assert _ways(record) == {
        ("T1", "任务", HOSTILE, "改了", HOSTILE),
        ("T1", "完成日期", None, "2024-12-20", None),
        ("T2", "完成日期", None, "不日", None),
    }
    assert record["stale"] == record["missing"] == [] and len(record["refused"]) == 1
    assert task_records.shown(office.session, "T1")["milestones"][0]["done_on"] is None
    before = office.head()
    again = take(office, tmp_path)
    assert again["applied"] == NOTHING and _ways(again) == _ways(record)
    assert office.head() == before
    office.do("sheet.accept", period=PERIOD, unit="市住建局", issue="T1", column="完成日期")
    assert task_records.shown(office.session, "T1")["milestones"][0]["done_on"] == "2024-12-20"
    office.do("sheet.dismiss", period=PERIOD, unit="市住建局", issue="T1", column="任务")
    before = office.head()
    last = take(office, tmp_path)
    assert {one[:2] for one in _ways(last)} == {("T1", "任务"), ("T2", "完成日期")}
    assert office.head() == before and status.status(office.session, PERIOD)["open"] == 1
    office.verified()


def test_what_changed_here_since_and_two_ways_of_one_row_are_told_not_taken(
    office: Office, tmp_path: Path
) -> None:
    _programme(office)
    send(office, tmp_path)
    path = tmp_path / FILE
    _fill(path, "报送", {"月报": {"报送日期": day("2024-12-30")}})
    _fill(path, "任务", {"T1": {"进展情况": "一"}, "T2": {"进展情况": "二"}})
    office.do("task.milestone", task="T1", milestone="末期", due_on="2025-06-30")
    office.do("duty.waive", duty="月报", unit="市住建局", period="2024-12", reason="已面报")
    other = Path(shutil.copy(path, tmp_path / "又一份.xlsx"))
    _fill(other, "任务", {"T2": {"进展情况": "不是二"}})
    record = take(office, tmp_path)
    assert record["applied"] == NOTHING
    assert {(one["issue"], *one["columns"]) for one in record["stale"]} == {
        ("T1", "进展情况"), ("月报", "报送日期（2024-12）"),
    }  # fmt: skip
    assert {one[:2] for one in _ways(record)} == {("T2", "进展情况")}
    before = office.head()
    assert take(office, tmp_path)["stale"] == record["stale"] and office.head() == before
    where = {"period": PERIOD, "unit": "市住建局"}
    office.do("sheet.accept", issue="T1", column="进展情况", **where)
    office.do("sheet.accept", issue="月报", column="报送日期（2024-12）", **where)
    assert _notes(office, "T1") == [("市住建局", "一")]
    assert _report(office)["submitted_on"] == "2024-12-30"
    office.verified()


def test_pasted_rows_and_rows_of_others_are_known_only_where_there_is_no_doubt(
    office: Office, tmp_path: Path
) -> None:
    _programme(office)
    send(office, tmp_path / "out")
    pasted = tmp_path / "抄.csv"
    pasted.write_text("编号,任务,进展情况\nT2,没有节点的,一\nT1,甲,二\nT9,没有,三\n", "utf-8")
    record = take(office, pasted)
    assert record["applied"] == NOTHING | {"tasks": 1} and _notes(office, "T1") == []
    assert [(one["row"], one["column"]) for one in record["refused"]] == [(3, "编号"), (4, "编号")]
    book = load_workbook(tmp_path / "out" / FILE)
    book["报送"].append(["别的", "2024-12", None, None, day("2024-12-30")])
    book.save(tmp_path / "out" / FILE)
    record = take(office, tmp_path / "out" / FILE)
    assert [(one["issue"], one["column"]) for one in record["differences"]] == [
        ("别的", "报送（2024-12）")
    ]
    office.verified()


UNIT = st.sampled_from(["市住建局", "市水务局"])
TITLE = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), min_size=1, max_size=20)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    tasks=st.lists(st.tuples(UNIT, TITLE, st.none() | st.just("2025-01-31")), max_size=3),
    duties=st.lists(st.tuples(UNIT, st.sampled_from(["week", "month", "quarter"])), max_size=2),
    again=st.booleans(),
)
def test_pages_nothing_was_filled_in_change_nothing(
    tasks, duties, again, empty_ledger: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("untouched")
    office = Office(Path(shutil.copy(empty_ledger, folder / "ledger.db")))
    for name in ("市住建局", "市水务局"):
        office.unit(name)
    sheet.given(office)
    for n, (unit, title, due) in enumerate(tasks, 1):
        office.do("task.add", task=str(n), title=title, unit=unit)
        if due:
            office.do("task.milestone", task=str(n), milestone=title, due_on=due)
    for n, (unit, every) in enumerate(duties):
        office.do("duty.add", duty=f"报{n}", every=every, owed_by=unit, from_on="2024-12-01")
    out = folder / "out"
    sent = send(office, out)
    if again:
        for path in out.iterdir():
            load_workbook(path).save(path)
    before = office.head()
    record = take(office, out)
    assert office.head() == before and record["applied"] == NOTHING
    assert record["differences"] == record["stale"] == record["refused"] == []
    assert record["missing"] == [one["unit"] for one in sent["sheets"]]
    office.close()


def test_a_sheet_with_nothing_to_fill_in_is_not_owed(office: Office, tmp_path: Path) -> None:
    """In 复核 a unit waits for the office; a task it only supports is another's to report."""
    waits = sheet.given(office, "市住建局")
    office.do("issue.submit", issue=waits, measures="已修", on="2024-12-20")
    sheet.given(office, "市水务局")
    office.do("task.add", task="T1", title="办成一件事", unit="市水务局", co_units="市住建局")
    for month in ("2024-11", PERIOD):
        send(office, tmp_path / month, month)
    found = status.status(office.session, PERIOD)
    assert (found["sent"], found["owed"], found["received"]) == (2, 1, 0)
    assert found["missing"] == ["市水务局"]
    assert {one["unit"]: one["owed"] for one in found["units"]} == {
        "市住建局": False, "市水务局": True,
    }  # fmt: skip
    office.session.warnings.clear()
    record = take(office, tmp_path / "2024-11", tmp_path / PERIOD)
    assert record["missing"] == ["市水务局"]
    assert office.session.warnings == ["市水务局 1 家的表原样退回、没有填写，视同未报。"]
    # Whoever writes into it all the same has sent it back.
    path = tmp_path / PERIOD / "市住建局_2024-12.xlsx"
    sheet.fill(path, {waits: {"进展情况": "再说一句"}})
    take(office, path)
    found = status.status(office.session, PERIOD)
    assert (found["owed"], found["received"], found["missing"]) == (2, 1, ["市水务局"])


def test_a_successor_entered_late_is_asked_for_what_its_predecessor_missed(
    office: Office, tmp_path: Path
):
    owed = {"every": "month", "day": 5, "owed_by": "市水务局", "from_on": "2024-12-01"}
    office.do("duty.add", duty="月报", on="2024-12-02", **owed)
    office.unit("市水利和湖泊局", unit_id="U9", on="2024-12-20")
    office.do("unit.merge", unit="市水务局", into="市水利和湖泊局", on="2024-12-20")
    send(office, tmp_path)
    page = load_workbook(tmp_path / "市水利和湖泊局_2024-12.xlsx")["报送"]
    assert [[cell.value for cell in row[:2]] for row in page.iter_rows(min_row=2)] == [
        ["月报", "2024-12"]
    ]
