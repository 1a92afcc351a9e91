"""到期提醒函: whom it goes to, what it says would follow, and who complained stays out of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from supervise import packs
from supervise.errors import Refused
from supervise.reports import papers
from supervise.reports.export import export
from supervise.services import foresight
from tests.services.office import Office


def _letters(office: Office, *subjects: str, unit: str | None = None) -> dict[str, str]:
    return {
        str(document.addressees): export(document, ".txt").decode()
        for _, document in papers.documents(office.session, "warning", subjects, unit)
    }


def test_a_unit_named_last_month_is_told_what_one_more_would_mean(office: Office) -> None:
    office.given("市水务局", "2024-05-20", "2024-05-06")
    office.publish("2024-05", "2024-06-05")
    office.today = "2024-06-20"
    late = office.given("市住建局", "2024-06-10", "2024-06-03")
    last = office.given("市住建局", "2024-06-20", "2024-06-03")
    office.given("市城管局", "2024-07-05", "2024-06-03")
    found = _letters(office, "2024-06")
    assert set(found) == {"市水务局", "市住建局"}
    assert "2024年5月已列入通报" in found["市水务局"] and "约谈" in found["市水务局"]
    own = found["市住建局"]
    assert "约谈" not in own and "其中1件已过限期" in own
    assert late in own and "已过10天" in own and last in own and "今天到期" in own
    assert not [word for word in ("严肃", "追责", "问责", "批评", "后果") if word in own]
    assert set(_letters(office, "2024-06", unit="市住建局")) == {"市住建局"}
    with pytest.raises(Refused, match="市城管局没有"):
        _letters(office, "2024-06", unit="市城管局")
    # A day may stand for the month: it is the cut-off then.
    assert set(_letters(office, "2024-07-05")) == {"市水务局", "市住建局", "市城管局"}
    with pytest.raises(Refused, match="已过"):
        _letters(office, "2024-05")


def test_who_complained_is_not_printed(office: Office) -> None:
    office.today = "2024-06-20"
    added = office.do(
        "issue.add", title="张三反映道路塌陷", party="张三", contact="13800000000", on="2024-06-03",
        found_on="2024-06-03", disclosure="保密",
    )  # fmt: skip
    office.do(
        "issue.assign", issue=added["code"], unit="市住建局", due_on="2024-06-25", on="2024-06-03"
    )
    (text,) = _letters(office, "2024-06").values()
    assert "×××反映道路塌陷" in text
    assert "张三" not in text and "13800000000" not in text


def test_what_was_handed_in_is_not_reminded_of(office: Office) -> None:
    office.today = "2024-06-20"
    code = office.given("市住建局", "2024-06-10", "2024-06-03")
    office.do("notice.draft", period="2024-06", on="2024-06-20")
    office.do("notice.name", period="2024-06", unit="市城管局", reason="未报送方案")
    assert set(_letters(office, "2024-06")) == {"市住建局"}
    office.submit(code, "2024-06-19")
    with pytest.raises(Refused, match="不需提醒"):
        _letters(office, "2024-06")


def _switched_on(office: Office, folder: Path, *criteria: str) -> None:
    text = packs.load("jingmen")
    for name in criteria:
        head = f"[naming.criteria.{name}]\n"
        text = text.replace(f"{head}on = false", f"{head}on = true")
    (folder / "own.toml").write_text(text, "utf-8")
    office.do("pack.use", name=str(folder / "own.toml"))


def test_a_report_and_a_task_not_done_are_reminded_of_too(office: Office, tmp_path: Path) -> None:
    office.today = "2024-06-20"
    _switched_on(office, tmp_path, "unreported", "task")
    owed = {"every": "month", "owed_by": "市城管局、市住建局", "from_on": "2024-06-01"}
    office.do("duty.add", duty="月报", day=11, **owed, on="2024-06-01")
    office.do("task.add", task="7", title="清欠", action="行动", unit="市城管局", on="2024-06-01")
    step = {"task": "7", "milestone": "核对账款", "due_on": "2024-06-28"}
    office.do("task.milestone", **step, on="2024-06-01")
    code = office.given("市住建局", "2024-06-10", "2024-06-03")
    found = _letters(office, "2024-06")
    assert set(found) == {"市住建局", "市城管局"}
    both, only = found["市住建局"], found["市城管局"]
    assert code in both and "1.“月报”应于6月11日报送。" in both
    assert "在此之前报请复核、完成并报我办的，不列入。" in both
    assert code not in only and "报请复核" not in only and "至截止日未报" not in only
    assert "2.任务7“清欠”，6月28日到期的节点“核对账款”未完成。" in only
    assert "1.“月报”应于6月11日报送。" in only
    told = {
        one["unit"]: foresight.beside_issues(one) for one in foresight.warn(office.session)["units"]
    }
    assert told["市城管局"] == (
        "未按期报送进展：“月报”应于6月11日报送，至截止日未报",
        "任务未完成：任务7“清欠”，6月28日到期的节点“核对账款”未完成",
    )
    # Both done in time: nothing to remind of.
    office.do("duty.submit", duty="月报", unit="市城管局", period="2024-06")
    office.do("task.done", task="7", milestone="核对账款")
    assert set(_letters(office, "2024-06")) == {"市住建局"}


def test_where_handing_in_late_is_named_too_the_letter_says_so(
    office: Office, tmp_path: Path
) -> None:
    office.today = "2024-06-20"
    office.given("市住建局", "2024-06-10", "2024-06-03")
    (before,) = _letters(office, "2024-06").values()
    _switched_on(office, tmp_path, "late")
    (after,) = _letters(office, "2024-06").values()
    assert "在此之前报请复核的，不列入" in before and "逾期报送" not in before
    assert "在此之前报请复核的，不列入" not in after and "仍作为逾期报送的事项列入" in after


def test_a_group_that_did_not_report_is_told_of_but_not_named(
    office: Office, tmp_path: Path
) -> None:
    office.unit("政务组", kind="专项工作组", on="2024-01-02")
    office.today = "2024-06-20"
    _switched_on(office, tmp_path, "unreported")
    owed = {"every": "month", "day": 11, "owed_by": "政务组", "from_on": "2024-06-01"}
    office.do("duty.add", duty="组报", **owed, on="2024-06-01")
    told = foresight.warn(office.session)
    (held,) = told["held_back"]
    assert told["units"] == [] and (held["criterion"], held["issues"]) == ("unreported", [])
    assert held["note"] == "“组报”应于6月11日报送，至截止日未报"


def test_of_two_units_of_one_name_the_one_asked_for_is_reminded(office: Office) -> None:
    office.today = "2024-06-20"
    codes = {}
    for unit_id in ("9444", "9466"):
        office.unit("城建办", unit_id=unit_id, on="2024-01-02")
        codes[unit_id] = office.given(unit_id, "2024-06-10", "2024-06-03")
    for unit_id, code in codes.items():
        ((_, document),) = papers.documents(office.session, "warning", ("2024-06",), unit_id)
        (other,) = set(codes.values()) - {code}
        text = export(document, ".txt").decode()
        assert code in text and other not in text
