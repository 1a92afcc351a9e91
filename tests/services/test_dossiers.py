"""点名依据卷: what stands behind a name, as of the cut-off, and what was entered since."""

from __future__ import annotations

from supervise.reports import papers
from supervise.reports.export import export
from tests.services.office import Office

DIFFERS = "与台账现在的记载不同"


def dossier(office: Office, unit: str | None = None) -> str:
    ((_, document),) = papers.documents(office.session, "dossier", ("2024-06",), unit)
    return export(document, ".txt").decode()


def test_every_step_stands_in_it(office: Office) -> None:
    code = office.given(due=None, urgency="平急", on="2024-06-03")
    office.do("issue.sign", issue=code, on="2024-06-04")
    office.do("issue.ask", issue=code, due_on="2024-06-20", reason="等候评审", on="2024-06-06")
    office.do(
        "issue.extend", issue=code, due_on="2024-06-20", reason="同意", on="2024-06-07", by="主任"
    )
    office.do("issue.pause", issue=code, reason="等待上级批复", on="2024-06-12")
    office.do("issue.resume", issue=code, on="2024-06-14")
    office.do("issue.urge", issue=code, on="2024-06-19")
    office.submit(code, "2024-06-21")
    office.do(
        "issue.return",
        issue=code,
        reason="路面仍有坑洼",
        due_on="2024-06-27",
        on="2024-06-24",
        by="复核甲",
    )
    office.do("notice.draft", period="2024-06", on="2024-07-02")
    office.do("notice.check", period="2024-06", unit="市住建局", result="有异议", on="2024-07-02")
    text = dossier(office)
    for said in (
        "第5个工作日",
        "2024年6月6日申请，限期由2024年6月11日改为2024年6月20日",
        "2024年6月12日起暂停计时期间的工作日顺延",
        "2024-06-12",
        "等候评审",
        "2024年6月19日",
        "已整改",
        "复核退回",
        "路面仍有坑洼",
        "核对结果：有异议",
        "责任单位有异议",
        "三（三）“当月未按要求完成工作任务”",
        "限期在截止日当日或之前",
        "仍在整改环节，未报请复核，超期3天",
    ):
        assert said in text, said
    assert DIFFERS not in text


def test_what_was_entered_after_signing_is_told_as_such(office: Office) -> None:
    code = office.given(due="2024-06-28")
    office.publish("2024-06", "2024-07-02")
    assert DIFFERS not in dossier(office)
    office.do("issue.progress", issue=code, note="施工中", on="2024-07-10")
    text = dossier(office)
    assert DIFFERS not in text
    assert "截止日以后的办理记录（不影响本期认定）" in text
    office.do("issue.correct", issue=code, field="title", value="道路未修复", reason="写错")
    assert f"{code}在签发的通报中所载{DIFFERS}" in dossier(office)


def test_a_county_s_bureau_is_found_under_either_name(office: Office) -> None:
    office.unit("东山县", kind="县市区")
    office.unit("东山县住建局", parent="东山县")
    office.given(unit="东山县住建局", due="2024-06-28")
    office.given(unit="市水务局", due="2024-06-28")
    office.publish("2024-06", "2024-07-02")
    county = dossier(office, "东山县住建局")
    assert county == dossier(office, "东山县")
    assert "东山县2024年6月点名依据卷" in county
    assert "承办单位：东山县住建局" in county
    assert len(papers.documents(office.session, "dossier", ("2024-06",))) == 2
    sheets = papers.documents(office.session, "visit", unit="东山县")
    assert len(sheets) == 1
