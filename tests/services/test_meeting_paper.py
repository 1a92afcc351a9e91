"""The sheet of a meeting: agenda and decisions in every format, hostile words as words."""

from __future__ import annotations

import pytest

from supervise.reports.export import export
from supervise.reports.meeting import meeting_document
from supervise.services import dispatch_agenda
from supervise.services.paper_facts.office import office as office_facts
from tests.services.office import Office

HOSTILE = "[/x]<b>=1+1</b>|`甲`"


@pytest.fixture
def met(office: Office) -> Office:
    code = office.given(due="2024-12-20", on="2024-12-02")
    office.given("市水务局", due="2024-12-27", on="2024-12-02")
    office.do("dispatch.open", tier="分管市领导", theme=HOSTILE, leader="李副市长")
    office.do("dispatch.pick", meeting="1", issue=code, reason=HOSTILE)
    office.do("dispatch.decide", meeting="1", issue=code, text=f"周内办结{HOSTILE}",
              due_on="2025-01-06")  # fmt: skip
    return office


def _text(office: Office, which: str) -> str:
    record, items = dispatch_agenda.sheet(office.session, which)
    return export(meeting_document(record, items, office_facts(office.session)), "-").decode()


def test_the_sheet_says_what_was_picked_proposed_and_decided(met: Office):
    text = _text(met, "1")
    for words in ("分管市领导调度议题和议定事项", "李副市长", "超期 11 天", "拟列议题", "超期 4 天",
                  "1-1", "2025-01-06", "未回告", "内部资料", "台账校验码"):  # fmt: skip
        assert words in text, words
    assert "议定事项" not in _text(met, "主要领导") and "超期 11 天" in _text(met, "主要领导")


@pytest.mark.parametrize("ending", ["txt", "md", "html", "csv", "xlsx", "docx"])
def test_every_format_takes_it(met: Office, ending: str):
    record, items = dispatch_agenda.sheet(met.session, "1")
    document = meeting_document(record, items, office_facts(met.session))
    data = export(document, f"调度.{ending}", record)
    assert data
    if ending == "html":
        assert b"<b>=1+1" not in data and b"&lt;b&gt;" in data


def test_the_sheet_leaves_out_complainants_whom_units_may_not_know(office: Office):
    name, contact = "王小明", "13800000000"
    told = f"{name}（{contact}）反映路灯不亮"
    party = {"party": name, "contact": contact, "disclosure": "保密"}
    office.do("issue.add", issue="A-1", title=told, found_on="2024-12-02", **party)
    office.do("issue.assign", issue="A-1", unit="市住建局", due_on="2024-12-20", on="2024-12-02")
    office.do("dispatch.open", tier="优化办", theme="例会")
    office.do("dispatch.pick", meeting="1", issue="A-1", reason=f"{name}多次来电")
    office.do("dispatch.decide", meeting="1", issue="A-1", text=f"尽快答复{name}")
    office.do("dispatch.answer", decision="1-1", text=f"已电话{contact}答复")
    office.do("dispatch.close", meeting="1", summary=f"{name}的事项一周内办结")
    text = _text(office, "1") + _text(office, "主要领导")
    assert "路灯不亮" in text and "尽快答复×××" in text
    assert name not in text and contact not in text
