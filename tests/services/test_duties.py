"""Periodic duties on a real ledger: who owes what by when, reported, waived, named for."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from supervise import packs
from supervise.domain.pack import parse_pack
from supervise.errors import BadInput, NotFound, Refused
from supervise.reports import papers
from supervise.reports.text import render
from supervise.services import duty_records, today
from tests.services.office import Office, Record

_MONTHLY = {"duty": "每月进展", "every": "month", "day": 5, "owed_by": "市直部门"}


def _pack(office: Office, path: Path, *criteria: str, cadence: str = "") -> None:
    text = packs.load("jingmen")
    for name in criteria:
        head = f"[naming.criteria.{name}]\n"
        text = text.replace(f"{head}on = false", f"{head}on = true")
    file = path / "own.toml"
    file.write_text(text + cadence, "utf-8")
    office.do("pack.use", name=str(file), on="2024-10-01")


@pytest.fixture
def monthly(empty_ledger: Path, ledger_path: Path):  # type: ignore[no-untyped-def]
    """Give an office three of whose units were entered in January and report on every 5th."""
    import shutil

    shutil.copy(empty_ledger, ledger_path)
    own = Office(ledger_path)
    for number, name in enumerate(("市住建局", "市水务局", "市城管局"), 1):
        own.unit(name, unit_id=f"U{number}", order=number, on="2024-01-02")
    own.do("duty.add", **_MONTHLY, from_on="2024-10-01", on="2024-10-01")
    yield own
    own.close()


def _states(office: Office, **filters: object) -> dict[tuple[str, str], str]:
    found = duty_records.listing(office.session, **filters)  # type: ignore[arg-type]
    return {(one["unit"], one["period"]): one["state_name"] for one in found}


def _submit(office: Office, unit: str, period: str, on: str) -> Record:
    return office.do("duty.submit", duty="每月进展", unit=unit, period=period, on=on)


def test_the_fifth_of_each_month_reported_late_waived_and_not_due_yet(monthly: Office):
    """B02: 每月5日; the day in October lies in the holiday and goes on to the 8th."""
    _submit(monthly, "市住建局", "2024-10", "2024-10-08")
    late = _submit(monthly, "U1", "2024-11", "2024-11-07")
    assert (late["state"], late["late_days"], late["by"]) == ("submitted", 2, "市住建局")
    waiver = {"duty": "每月进展", "unit": "市水务局", "reason": "机构改革"}
    monthly.do("duty.waive", **waiver, period="2024-12-01", on="2024-12-02")
    states = _states(monthly)
    assert states["市住建局", "2024-10"] == "已报" and states["市住建局", "2024-12"] == "逾期"
    assert states["市水务局", "2024-12"] == "免报" and states["市水务局", "2025-01"] == "未到期"
    assert len(states) == 3 * 4
    october = duty_records.listing(monthly.session, period="2024-10")[0]
    assert (october["named_on"], october["due_on"]) == ("2024-10-05", "2024-10-08")
    assert len(_states(monthly, state="overdue")) == 6
    # As of a day nothing that came later is known.
    before = _states(monthly, as_of=date(2024, 11, 6))
    assert before["市住建局", "2024-11"] == "逾期" and ("市住建局", "2025-01") not in before
    monthly.verified()


def test_the_matrix_counts_what_the_list_lists(monthly: Office):
    _submit(monthly, "市城管局", "2024-11", "2024-11-05")
    (matrix,) = duty_records.matrices(monthly.session, 3)
    assert [one.key for one in matrix.periods] == ["2024-11", "2024-12", "2025-01"]
    assert [one.name for one in matrix.units] == ["市住建局", "市水务局", "市城管局"]
    assert matrix.count("submitted") == 1 and matrix.count("overdue") == 5
    assert matrix.cells[matrix.units[2].id, "2024-11"]["state_name"] == "已报"


def test_a_unit_renamed_or_merged_goes_on_owing_and_a_new_one_owes_from_its_day(monthly: Office):
    monthly.do("duty.add", duty="专报", every="quarter", owed_by="市水务局", on="2024-01-02")
    monthly.do("unit.rename", unit="市水务局", name="市水利和湖泊局", on="2024-11-01")
    monthly.unit("市数据局", on="2024-12-20")
    states = _states(monthly)  # the monthly duty was set when three of them were there
    assert ("市数据局", "2025-01") in states and ("市数据局", "2024-12") not in states
    assert ("市水利和湖泊局", "2024-10") in states
    assert len(_states(monthly, duty="专报")) == 4
    monthly.do("unit.merge", unit="市水利和湖泊局", into="市城管局")
    assert {unit for unit, _ in _states(monthly, duty="专报")} == {"市城管局"}
    monthly.verified()


def test_a_county_answers_for_its_bureaus(monthly: Office):
    monthly.unit("东山县", kind="县市区", on="2024-01-02")
    monthly.unit("东山县住建局", parent="东山县", on="2024-01-02")
    monthly.do("duty.add", duty="县报", every="month", owed_by="县市区、市直部门", on="2024-12-01")
    assert "东山县住建局" not in {unit for unit, _ in _states(monthly)}
    assert "东山县" in {unit for unit, _ in _states(monthly, duty="县报")}


def test_groups_report_every_week_and_fortnights_are_counted_from_their_anchor(monthly: Office):
    """C15: 专项工作组 weekly; 2020 and 2026 have 53 weeks, the fortnights do not care."""
    monthly.unit("政务服务组", kind="专项工作组", on="2024-01-02")
    weekly = {"every": "week", "owed_by": "专项工作组", "from_on": "2024-12-01"}
    monthly.do("duty.add", duty="专项组周报", **weekly)
    fridays = ["2024-12-06", "2024-12-13", "2024-12-20", "2024-12-27", "2025-01-03"]
    assert [period for _, period in _states(monthly, duty="专项组周报")] == fridays
    fortnight = {"every": "fortnight", "anchor": "2024-12-04", "from_on": "2024-12-01"}
    entered = monthly.do("duty.add", duty="双周调度", owed_by="U1", **fortnight)
    assert entered["owed_by"] == ["市住建局"]  # known by its code, told by its name
    (grid,) = (m for m in duty_records.matrices(monthly.session) if m.duty.name == "双周调度")
    assert grid.duty.owed_by == ("市住建局",)
    assert [period for _, period in _states(monthly, duty="双周调度")] == [
        "2024-12-04", "2024-12-18", "2025-01-01",
    ]  # fmt: skip
    new_year = duty_records.listing(monthly.session, duty="双周调度")[-1]
    assert new_year["due_on"] == "2025-01-02"  # New Year's Day goes on to the next working day


def test_reports_by_quarter_and_half_year(monthly: Office):
    """C12: 汇报 by quarter, 述职 by half year, each due when the office says."""
    monthly.do(
        "duty.add", duty="季度汇报", every="quarter", day=10, after=True, owed_by="U1",
        from_on="2024-07-01",
    )  # fmt: skip
    monthly.do(
        "duty.add", duty="述职", every="half_year", day=25, owed_by="U1", from_on="2024-06-01"
    )
    due = {
        one["period"]: one["due_on"]
        for name in ("季度汇报", "述职")
        for one in duty_records.listing(monthly.session, name)
    }
    assert due == {
        "2024-Q2": "2024-07-10",
        "2024-Q3": "2024-10-10",
        "2024-Q4": "2025-01-10",
        "2024-H1": "2024-06-25",
        "2024-H2": "2024-12-25",
        "2025-H1": "2025-06-25",
    }


_CADENCE = """
[[cadence]]
name = "调度情况"
every = "week"
day = 3
rest = "提前"
owed_by = ["市直部门"]
clause = "三（三）"
"""


def test_what_the_pack_asks_for_is_owed_from_the_day_it_came_into_force(
    monthly: Office, tmp_path: Path
):
    _pack(monthly, tmp_path, cadence=_CADENCE)
    duty = duty_records.find(monthly.session, "调度情况")
    assert duty.from_pack and duty.since == date(2024, 10, 1)
    first = duty_records.listing(monthly.session, "调度情况")[0]
    assert (first["named_on"], first["due_on"]) == ("2024-10-02", "2024-09-30")
    with pytest.raises(Refused, match="规则包"):
        monthly.do("duty.end", duty="调度情况", reason="不再报")
    with pytest.raises(Refused, match="已有"):
        monthly.do("duty.add", duty="调度情况", every="week", owed_by="市直部门")
    bad = packs.load("jingmen") + _CADENCE.replace('"week"', '"fortnight"')
    with pytest.raises(BadInput, match="起算日"):
        parse_pack(bad, "own")


def test_the_district_reports_on_every_fifth_by_its_own_pack(monthly: Office):
    """B02 as gaoxin has it: each lead unit, every 5th, put off over rest days."""
    monthly.do("pack.use", name="gaoxin", on="2024-10-01")
    (found,) = [one for one in duty_records.known(monthly.session) if one.from_pack]
    assert (found.name, found.rhythm.words) == ("上报项目进展", "每月5日（遇休息日顺延）")
    first = duty_records.listing(monthly.session, "上报项目进展")[0]
    assert (first["unit"], first["due_on"]) == ("市住建局", "2024-10-08")


def test_a_duty_ends_and_owes_nothing_from_that_day(monthly: Office):
    monthly.do("duty.end", duty="每月进展", reason="并入周报", on="2024-11-20")
    assert {period for _, period in _states(monthly)} == {"2024-10", "2024-11"}
    with pytest.raises(Refused, match="停止"):
        monthly.do("duty.end", duty="每月进展", reason="再停")
    with pytest.raises(NotFound, match="2024-11-20 起停止报送.*没有“2024-12”这一期"):
        _submit(monthly, "市住建局", "2024-12", "2024-12-05")
    _submit(monthly, "市住建局", "2024-11", "2024-12-05")
    monthly.verified()


def test_a_fortnight_may_be_called_by_the_word_of_the_papers(monthly: Office):
    told = monthly.do("duty.add", duty="双周进展", every="双周", owed_by="U1", anchor="2024-10-08")
    assert (told["every"], told["rhythm"][:3]) == ("fortnight", "每两周")


@pytest.mark.parametrize(
    ("op", "fields", "told"),
    [
        ("duty.submit", {"period": "2024-11"}, "报来"),
        ("duty.waive", {"period": "2024-11", "reason": "免"}, "报来"),
        ("duty.submit", {"period": "2023-01"}, "没有“2023-01”这一期"),
        ("duty.submit", {"period": "去年"}, "没有“去年”这一期"),
        ("duty.submit", {"period": "2024-12", "unit": "政务组"}, "应报单位"),
        ("duty.submit", {"period": "2024-12", "duty": "周报"}, "没有名为"),
        ("duty.submit", {"period": "2024-12", "on": "2025-02-01"}, "晚于今天"),
        ("duty.add", {"duty": "甲", "every": "month", "owed_by": "没有局"}, "没有名为"),
        ("duty.add", {"duty": "甲", "every": "month", "owed_by": "、"}, "应报单位"),
        ("duty.add", {"duty": "每月进展", "every": "month", "owed_by": "U1"}, "已有"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(
    monthly: Office, op: str, fields: dict[str, str], told: str
):
    monthly.unit("政务组", kind="专项工作组", on="2024-01-02")
    _submit(monthly, "市住建局", "2024-11", "2024-11-05")
    head = monthly.head()
    own = {"duty": "每月进展", "unit": "市住建局"} if op != "duty.add" else {}
    with pytest.raises((Refused, NotFound, BadInput), match=told):
        monthly.do(op, **(own | fields))
    assert monthly.head() == head


def test_a_report_comes_in_at_most_a_month_before_its_period(monthly: Office):
    """A year mistyped is refused: what was entered once stays in the log."""
    monthly.today = "2024-12-31"
    with pytest.raises(Refused, match="2025-11-01 才开始，2024-12-31 还不会报来"):
        _submit(monthly, "市住建局", "2025-11", "2024-12-31")
    assert _submit(monthly, "市住建局", "2025-01", "2024-12-31")["state"] == "submitted"
    waiver = {"duty": "每月进展", "unit": "市水务局", "reason": "全年合并报"}
    assert monthly.do("duty.waive", **waiver, period="2025-11")["state"] == "waived"


# Named for.


def _reasons(office: Office) -> dict[str, list[Record]]:
    entries = office.notice("2024-12")["entries"]
    return {one["unit"]: one["reasons"] for one in entries if one["status"] == "effective"}


def test_off_a_missing_report_names_nobody(monthly: Office):
    monthly.today = "2025-01-02"
    monthly.do("notice.draft", period="2024-12")
    assert _reasons(monthly) == {}


def test_on_who_did_not_report_is_proposed_and_groups_are_not(monthly: Office, tmp_path: Path):
    _pack(monthly, tmp_path, "unreported")
    monthly.unit("政务组", kind="专项工作组", on="2024-01-02")
    monthly.do("duty.add", duty="组报", every="week", owed_by="专项工作组", on="2024-12-01")
    _submit(monthly, "市住建局", "2024-12", "2024-12-30")  # late, but there by the cut-off
    monthly.do("duty.waive", duty="每月进展", unit="U3", period="2024-12", reason="新设")
    monthly.today = "2025-01-06"
    monthly.do("notice.draft", period="2024-12")
    (reason,) = _reasons(monthly)["市水务局"]
    assert set(_reasons(monthly)) == {"市水务局"}
    assert (reason["criterion"], reason["count"]) == ("unreported", 0)
    assert reason["note"] == "“每月进展”应于12月5日报送，至截止日未报"
    for _, document in papers.documents(monthly.session, "notice", ("2024-12",)):
        assert "未按期报送进展：“每月进展”应于12月5日报送，至截止日未报。" in render(document)
    # Entered now, reported before the cut-off: it saves the unit; after the cut-off it does not.
    _submit(monthly, "市水务局", "2024-12", "2024-12-31")
    assert _reasons(monthly) == {}
    monthly.verified()


@pytest.mark.parametrize("owed_by", ["市直部门", "市水务局"])
@pytest.mark.parametrize(
    ("merged", "named"), [("2024-12-20", "市城管局"), ("2025-01-02", "市水务局")]
)
def test_who_owed_a_report_at_the_cut_off_is_named(
    monthly: Office, tmp_path: Path, owed_by: str, merged: str, named: str
):
    """A merger dated after the cut-off moves no report missed before it."""
    _pack(monthly, tmp_path, "unreported")
    monthly.do("duty.add", duty="专报", every="month", day=9, owed_by=owed_by, on="2024-12-02")
    for unit in ("市住建局", "市城管局"):
        _submit(monthly, unit, "2024-12", "2024-12-05")
        if owed_by == "市直部门":
            monthly.do("duty.submit", duty="专报", unit=unit, period="2024-12", on="2024-12-05")
    monthly.today = "2025-01-06"
    monthly.do("unit.merge", unit="市水务局", into="市城管局", on=merged)
    monthly.do("notice.draft", period="2024-12")
    kept = owed_by == "市水务局" or merged > "2024-12-31"
    assert set(_reasons(monthly)) == ({named} if kept else set())
    if merged > "2024-12-31":
        _submit(monthly, "市水务局", "2024-12", "2024-12-04")
        (reason,) = _reasons(monthly)["市水务局"]
        assert "每月进展" not in reason["note"]


_HANDED_IN, _LET_OFF = "duty.submit", "duty.waive"


@pytest.mark.parametrize(
    ("owed_by", "steps", "named"),
    [
        ("市水务局", {"市水务局": _HANDED_IN}, False),
        ("市水务局", {"市水务局": _LET_OFF}, False),
        ("市水务局", {}, True),
        ("市水务局、市城管局", {"市水务局": _HANDED_IN}, False),
        ("市水务局、市城管局", {"市城管局": _HANDED_IN}, False),
        ("市水务局、市城管局", {"市水务局": _LET_OFF, "市城管局": _LET_OFF}, False),
        # One let off is not both let off; by kind the merged one's report ended with it.
        ("市水务局、市城管局", {"市水务局": _LET_OFF}, True),
        ("市直部门", {"市水务局": _HANDED_IN, "市住建局": _HANDED_IN}, True),
    ],
)
def test_what_a_unit_handed_in_counts_for_the_one_that_took_over(
    monthly: Office, tmp_path: Path, owed_by: str, steps: dict[str, str], named: bool
):
    """国办发〔1993〕20号: the successor carries on what was owed, not what was done already."""
    _pack(monthly, tmp_path, "unreported")
    monthly.do("duty.add", duty="专报", every="month", day=9, owed_by=owed_by, on="2024-12-02")
    for unit in ("市住建局", "市水务局", "市城管局"):
        _submit(monthly, unit, "2024-12", "2024-12-05")
    for unit, op in steps.items():
        more = {"reason": "机构改革"} if op == _LET_OFF else {}
        monthly.do(op, duty="专报", unit=unit, period="2024-12", on="2024-12-06", **more)
    monthly.today = "2025-01-06"
    monthly.do("unit.merge", unit="市水务局", into="市城管局", on="2024-12-20")
    monthly.do("notice.draft", period="2024-12")
    assert set(_reasons(monthly)) == ({"市城管局"} if named else set())
    state = _states(monthly, duty="专报", period="2024-12")["市城管局", "2024-12"]
    assert (state == "逾期") == named
    late = {"duty": "专报", "unit": "市城管局", "period": "2024-12", "on": "2024-12-21"}
    if named:
        monthly.do("duty.submit", **late)
        assert _reasons(monthly) == {}
    elif _LET_OFF not in steps.values():
        with pytest.raises(Refused, match="已于 2024-12-06 报来"):
            monthly.do("duty.submit", **late)
    monthly.verified()


@pytest.mark.parametrize("owed_by", ["市水务局", "市直部门", "市水务局、市直部门"])
@pytest.mark.parametrize(
    ("step", "merged", "named"),
    [
        (None, "2024-12-20", "市水利和湖泊局"),
        (None, "2025-01-02", "市水务局"),
        (_HANDED_IN, "2024-12-20", None),
        (_LET_OFF, "2024-12-20", None),
    ],
)
def test_a_successor_entered_later_carries_on_what_was_owed(
    monthly: Office, tmp_path: Path, owed_by: str, step: str | None, merged: str, named: str | None
):
    """国办发〔1993〕20号: what a body owed is its successor's, even one entered later."""
    _pack(monthly, tmp_path, "unreported")
    monthly.do("duty.add", duty="专报", every="month", day=9, owed_by=owed_by, on="2024-12-02")
    for unit in ("市住建局", "市水务局", "市城管局"):
        _submit(monthly, unit, "2024-12", "2024-12-05")
        if unit != "市水务局" and "市直部门" in owed_by:
            monthly.do("duty.submit", duty="专报", unit=unit, period="2024-12", on="2024-12-06")
    if step is not None:
        more = {"reason": "机构改革"} if step == _LET_OFF else {}
        monthly.do(step, duty="专报", unit="市水务局", period="2024-12", on="2024-12-06", **more)
    monthly.unit("市水利和湖泊局", unit_id="U4", on="2024-12-15")
    monthly.today = "2025-01-06"
    monthly.do("unit.merge", unit="市水务局", into="市水利和湖泊局", on=merged)
    monthly.do("notice.draft", period="2024-12")
    assert set(_reasons(monthly)) == ({named} if named else set())
    if named:
        (reason,) = _reasons(monthly)[named]
        assert reason["note"] == "“专报”应于12月9日报送，至截止日未报"
    # Nothing is owed of periods that nobody owed: the duty is told from December on.
    states = _states(monthly, duty="专报")
    assert {period for _, period in states} == {"2024-12", "2025-01"}
    late = {"duty": "专报", "unit": "市水利和湖泊局", "period": "2024-12", "on": "2025-01-03"}
    if step == _HANDED_IN:
        with pytest.raises(Refused, match="已于 2024-12-06 报来"):
            monthly.do("duty.submit", **late)
    else:
        monthly.do("duty.submit", **late)
        state = _states(monthly, duty="专报", period="2024-12")["市水利和湖泊局", "2024-12"]
        assert state == "已报"
    monthly.verified()


def test_a_unit_that_took_over_nothing_owes_nothing_from_before_it_came(
    monthly: Office, tmp_path: Path
):
    _pack(monthly, tmp_path, "unreported")
    monthly.unit("市水利和湖泊局", unit_id="U4", on="2024-12-15")
    for unit in ("市住建局", "市水务局", "市城管局"):
        _submit(monthly, unit, "2024-12", "2024-12-05")
    monthly.today = "2025-01-06"
    monthly.do("notice.draft", period="2024-12")
    assert _reasons(monthly) == {}
    assert [period for unit, period in _states(monthly) if unit == "市水利和湖泊局"] == ["2025-01"]


def test_what_came_in_counts_through_every_merger_and_every_record_of_one_body(
    monthly: Office, tmp_path: Path
):
    """Handed in after one merger and before the next; and under a record joined to another."""
    _pack(monthly, tmp_path, "unreported")
    monthly.unit("市城管委", on="2024-01-02")
    monthly.do("duty.add", duty="专报", every="month", day=9, owed_by="U1", on="2024-12-02")
    for unit in ("市住建局", "市水务局", "市城管委"):
        _submit(monthly, unit, "2024-12", "2024-12-05")
    monthly.do("unit.merge", unit="市住建局", into="市水务局", on="2024-12-10")
    handed_in = {"duty": "专报", "unit": "市水务局", "period": "2024-12", "on": "2024-12-12"}
    monthly.do("duty.submit", **handed_in)
    monthly.today = "2025-01-06"
    monthly.do("unit.merge", unit="市水务局", into="市城管局", on="2024-12-20")
    monthly.do("notice.draft", period="2024-12")
    assert set(_reasons(monthly)) == {"市城管局"}  # its own 每月进展, under another record
    monthly.do("unit.alias", unit="市城管局", alias="市城管委")
    assert _reasons(monthly) == {}
    assert not any(one["state"] == "overdue" for one in duty_records.listing(
        monthly.session, period="2024-12"
    ))  # fmt: skip
    monthly.verified()


def test_on_a_report_after_the_cutoff_saves_nobody(monthly: Office, tmp_path: Path):
    _pack(monthly, tmp_path, "unreported")
    monthly.today = "2025-01-06"
    monthly.do("notice.draft", period="2024-12")
    _submit(monthly, "市水务局", "2024-12", "2025-01-02")
    assert "市水务局" in _reasons(monthly)


def test_today_tells_of_reports_only_where_there_are_duties(monthly: Office):
    figure = {one.key: one for one in today.today(monthly.session).figures}["reports-late"]
    assert (figure.count, figure.area, figure.target) == (9, "duties", "duty:每月进展")
    assert figure.urgent and "3 家" in figure.note
