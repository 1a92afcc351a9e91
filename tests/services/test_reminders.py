"""到期提醒函: whom it goes to, what it says would follow, and who complained stays out of it."""

from __future__ import annotations

import pytest

from supervise.errors import Refused
from supervise.reports import papers
from supervise.reports.export import export
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
