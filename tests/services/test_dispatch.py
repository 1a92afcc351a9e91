"""Dispatch, instructions and revisits as the office does them: what is kept, refused, proposed."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from screens.revisits import rows
from supervise.errors import BadInput, NotFound, Refused
from supervise.services import (
    dispatch_agenda,
    dispatch_records,
    instructions,
    issue_page,
    revisits,
    task_records,
    today,
    windows,
)
from supervise.services.today import Figure
from tests.services.office import Office, Record


def _agenda(office: Office, which: str) -> dict[str, list[str]]:
    """Map the issues on an agenda to the kinds of their reasons."""
    found = dispatch_agenda.agenda(office.session, which)
    return {one["issue"]: [why["kind"] for why in one["reasons"]] for one in found if one["issue"]}


def _met(office: Office, tier: str, on: str, **fields: object) -> str:
    return str(office.do("dispatch.open", tier=tier, held_on=on, on=on, **fields)["id"])


def _over(office: Office, tier: str, on: str) -> None:
    office.do("dispatch.close", meeting=_met(office, tier, on, theme="主题"), on=on)


def _figures(office: Office) -> dict[str, Figure]:
    return {one.key: one for one in today.today(office.session).figures}


def _closed(office: Office, unit: str, on: str) -> str:
    """Take an issue all the way to 销号."""
    code = office.given(unit, due=on, on="2024-10-08")
    office.submit(code, on)
    office.do("issue.pass", issue=code, on=on, by="复核员")
    office.do("issue.feedback", issue=code, satisfaction="无诉求人", on=on)
    office.do("issue.close", issue=code, on=on, by="批准人")
    return code


def test_a_matter_climbs_and_comes_back_with_its_answer(office: Office):
    """专项组 → 分管市领导 → 常务副市长, and the answer at the next monthly meeting (C17)."""
    office.unit("要素保障专项工作组", kind="专项工作组")
    code = office.given(due="2024-12-31", on="2024-10-08")
    group = _met(office, "专项组", "2024-10-18", theme="用地", unit="要素保障专项工作组")
    made = office.do("dispatch.decide", meeting=group, text="组内难定", issue=code, action="提级",
                     on="2024-10-18")  # fmt: skip
    assert made["id"] == f"{group}-1" and office.issue(code)["escalated"] == "分管市领导"
    assert _agenda(office, "分管市领导") == {code: ["escalated"]}
    assert code not in _agenda(office, "常务副市长")
    monthly = _met(office, "分管市领导", "2024-10-30")
    office.do("dispatch.decide", meeting=monthly, text="请常务副市长定", issue=code, action="提级",
              on="2024-10-30")  # fmt: skip
    office.do("dispatch.close", meeting=monthly, on="2024-10-30")
    assert _agenda(office, "常务副市长") == {code: ["escalated"]}
    above = _met(office, "常务副市长", "2024-11-06")
    made = office.do("dispatch.decide", meeting="常务副市长", text="由市住建局先行", issue=code,
                     due_on="2024-11-20", action="催办", on="2024-11-06")  # fmt: skip
    assert (made["unit"], made["due_on"]) == ("市住建局", "2024-11-20")
    office.do("dispatch.answer", decision=f"{above}-1", text="已腾出用地", on="2024-11-18")
    (item,) = dispatch_agenda.agenda(office.session, "分管市领导")
    assert item["issue"] == code and "已回告 2024-11-18：已腾出用地" in item["reasons"][0]["words"]
    assert office.issue(code)["escalated"] == "常务副市长"  # the level is kept
    _over(office, "分管市领导", "2024-11-29")
    assert _agenda(office, "分管市领导") == {}  # told once
    page = issue_page.whole(office.session, code)
    assert [one["tier"] for one in page["decisions"]] == ["常务副市长", "分管市领导", "专项组"]
    office.verified()


def test_the_agenda_proposes_with_reasons_and_people_pick_or_drop(office: Office):
    late = office.given(due="2024-12-20", on="2024-12-02")
    back = office.given("市水务局", due="2024-12-10", on="2024-12-02")
    for day in ("2024-12-03", "2024-12-05"):
        office.submit(back, day)
        office.do("issue.return", issue=back, reason="不实", due_on="2025-02-28", on=day)
    office.given("市城管局", due="2025-02-28", on="2024-12-02")
    meeting = _met(office, "优化办", "2024-12-31", theme="点题")
    assert _agenda(office, meeting) == {late: ["overdue"], back: ["returned"]}
    record = office.do("dispatch.pick", meeting=meeting, issue=late, reason="企业反映强烈")
    first = record["agenda"][0]
    assert (first["no"], first["status"], first["issue"]) == (1, "picked", late)
    assert [one["words"] for one in first["reasons"]] == ["超期 11 天", "企业反映强烈"]
    with pytest.raises(Refused, match="已在议程上"):
        office.do("dispatch.pick", meeting=meeting, issue=late)
    office.do("dispatch.drop", meeting=meeting, issue=back, reason="另行处理")
    assert _agenda(office, meeting) == {late: ["picked", "picked"]}
    office.do("dispatch.pick", meeting=meeting, topic="年底清零")
    office.do("dispatch.drop", meeting=meeting, item=3)
    assert _agenda(office, meeting) == {late: ["picked", "picked"]}
    office.do("dispatch.decide", meeting=meeting, text="周内办结", issue=late, action="催办")
    with pytest.raises(Refused, match="已有议定事项"):
        office.do("dispatch.drop", meeting=meeting, item=1)
    with pytest.raises(NotFound, match="没有编号为“X9”的任务"):
        office.do("dispatch.pick", meeting=meeting, task="X9")
    with pytest.raises(BadInput, match="请写明撤哪个议题"):
        office.do("dispatch.drop", meeting="1")
    with pytest.raises(BadInput, match="请写明事项"):
        office.do("dispatch.pick", meeting=meeting)
    office.verified()


def test_a_decision_and_the_step_it_sets_off_stand_or_fall_together(office: Office):
    code = office.given(due="2024-12-20", on="2024-12-02")
    meeting = _met(office, "分管市领导", "2024-12-30")
    before = office.head()
    with pytest.raises(Refused, match="申请.*到期|不能延期"):
        office.do("dispatch.decide", meeting=meeting, text="准延", issue=code, action="延期",
                  due_on="2025-01-20", on="2024-12-30")  # fmt: skip
    with pytest.raises(Refused, match="须在“发现”时办理"):
        office.do("dispatch.decide", meeting=meeting, text="交市水务局", issue=code, action="交办",
                  unit="市水务局", on="2024-12-30")  # fmt: skip
    with pytest.raises(Refused, match="请写明单位"):
        office.do("dispatch.decide", meeting=meeting, text="转", issue=code, action="转办",
                  on="2024-12-30")  # fmt: skip
    assert office.head() == before
    assert dispatch_records.shown(office.session, meeting)["decisions"] == []
    made = office.do("dispatch.decide", meeting=meeting, text="改由市水务局办", issue=code,
                     action="转办", unit="市水务局", due_on="2025-01-20", on="2024-12-30",
                     by="李副市长", ref="纪要3号")  # fmt: skip
    issue = office.issue(code)
    assert (made["unit"], issue["unit"], issue["due_on"]) == ("市水务局", "市水务局", "2025-01-20")
    step = issue["events"][-1]
    assert (step["op"], step["by"], step["ref"]) == ("issue.transfer", "李副市长", "纪要3号")
    assert step["reason"] == "改由市水务局办"
    note = office.do("dispatch.decide", meeting=meeting, text="每周报进展", issue=code,
                     action="进展", on="2024-12-30")  # fmt: skip
    assert note["id"] == f"{meeting}-2"
    assert office.issue(code)["events"][-1]["note"] == "每周报进展"
    office.verified()


def test_each_action_is_a_step_of_the_loop_its_own_way(office: Office):
    new = office.do("issue.add", title="路灯不亮", found_on="2024-12-02", on="2024-12-02")["code"]
    meeting = _met(office, "优化办", "2024-12-03", theme="点题")

    def decide(text: str, action: str, **fields: object) -> Record:
        values = {"meeting": meeting, "issue": new, "on": "2024-12-03", **fields}
        office.do("dispatch.decide", text=text, action=action, **values)
        return office.issue(new)

    assert decide("交市城管局", "交办", unit="市城管局", due_on="2024-12-20")["stage"] == "rectify"
    assert decide("催", "催办")["events"][-1]["op"] == "issue.urge"
    assert decide("宽限", "延期", due_on="2024-12-27")["due_on"] == "2024-12-27"
    assert decide("等批复", "暂停计时", due_on="2024-12-10")["paused_on"] == "2024-12-03"
    assert decide("恢复", "恢复计时")["paused_on"] is None
    assert decide("上会", "提级", level="专题会议")["escalated"] == "专题会议"
    with pytest.raises(Refused, match="请写明是哪件事项"):
        office.do("dispatch.decide", meeting=meeting, text="催", action="催办", on="2024-12-03")
    office.verified()


def test_a_meeting_due_and_not_held_is_shown(office: Office):
    def waiting() -> list[tuple[str, str, str]]:
        found = dispatch_records.listing(office.session)
        return [(r["tier"], r["status"], r["due_on"]) for r in found if r["id"] is None]

    assert {status for _, status, _ in waiting()} == {"due"}  # the pack came in force today
    assert "dispatch-missed" not in _figures(office)
    _over(office, "优化办", "2024-12-13")
    assert ("优化办", "missed", "2024-12-20") in waiting()
    figure = _figures(office)["dispatch-missed"]
    assert (figure.count, figure.urgent, figure.area) == (1, True, "dispatch")
    with pytest.raises(Refused, match="请写明主题"):
        _met(office, "专项组", "2024-12-27")
    _met(office, "优化办", "2024-12-20")
    assert ("优化办", "missed", "2024-12-27") in waiting()
    planned = office.do("dispatch.open", tier="优化办", held_on="2025-01-02")
    assert planned["status_name"] == "已排定"
    with pytest.raises(Refused, match="晚于今天"):
        office.do("dispatch.close", meeting=str(planned["id"]))
    with pytest.raises(Refused, match="不止一次"):
        office.do("dispatch.close", meeting="优化办")
    office.do("dispatch.void", meeting=str(planned["id"]), reason="改期")
    with pytest.raises(Refused, match="已登记"):
        _met(office, "优化办", "2024-12-20")
    office.verified()


def test_a_decision_late_with_its_answer_comes_again(office: Office):
    code = office.given(due="2025-02-28", on="2024-12-02")
    meeting = _met(office, "分管市领导", "2024-12-03")
    office.do("dispatch.decide", meeting=meeting, text="半月内拿出方案", issue=code,
              due_on="2024-12-18", on="2024-12-03")  # fmt: skip
    office.do("dispatch.decide", meeting=meeting, text="面上通报一次", on="2024-12-03")
    other = office.given("市水务局", due="2025-02-28", on="2024-12-02")
    office.do("dispatch.pick", meeting=meeting, issue=other, on="2024-12-03")
    office.do("dispatch.close", meeting=meeting, on="2024-12-03")
    assert office.warned() == "有 1 个议题没有议定事项。"
    assert _agenda(office, "分管市领导") == {code: ["unanswered"]}
    assert _agenda(office, "优化办") == {}
    figure = _figures(office)["dispatch-answers"]
    assert (figure.count, figure.urgent, figure.note) == (2, True, "议定事项未回告，逾期 1")
    office.do("dispatch.answer", decision=f"{meeting}-1", text="方案已报", on="2024-12-30")
    assert _agenda(office, "分管市领导") == {}
    with pytest.raises(NotFound, match="编号如 3-2"):
        office.do("dispatch.answer", decision="9-9", text="无")
    with pytest.raises(Refused, match="现在“已结束”"):
        office.do("dispatch.decide", meeting=meeting, text="再议")


def test_instructions_come_down_and_go_back_up(office: Office):
    code = office.given(due="2025-02-28", on="2024-12-02", instruction="抓紧")
    first = office.do("instruction.add", leader="王市长", gist="限期办结", issue=code, ref="收1号",
                      report_by="2024-12-20", on="2024-12-03")  # fmt: skip
    office.do("instruction.add", leader="李副市长", gist="请核实", report_by="2025-01-10")
    assert (first["unit"], first["status_name"]) == ("市住建局", "逾期未报结")
    late = instructions.listing(office.session, overdue=True)
    assert [one["leader"] for one in late] == ["王市长"]
    figure = _figures(office)["instructions"]
    assert (figure.count, figure.note, figure.urgent) == (2, "批示件未报结，逾期 1", True)
    chosen = windows.view(office.session, "instructed")
    assert [r["code"] for r in windows.window(office.session, chosen, 0, 9)] == [code]
    page = office.issue(code)
    assert page["instruction"] == "抓紧" and page["instructions"][0]["gist"] == "限期办结"
    with pytest.raises(Refused, match="还没有报结"):
        office.do("instruction.close", instruction=1)
    # How far it is can be told before the outcome; that ends nothing.
    told = office.do("instruction.answer", instruction=2, text="正在核实", interim=True)
    assert (told["status"], told["status_name"], told["interim"]) == ("open", "已报阶段情况", True)
    assert _figures(office)["instructions"].count == 2
    with pytest.raises(Refused, match="还没有报结"):
        office.do("instruction.close", instruction=2)
    final = office.do("instruction.answer", instruction=2, text="属实")
    assert (final["status"], final["interim"]) == ("answered", False)
    with pytest.raises(Refused, match="已经报结"):
        office.do("instruction.answer", instruction=2, text="续", interim=True)
    office.do("instruction.answer", instruction=1, text="已督促", on="2024-12-24")
    done = office.do("instruction.close", instruction=1, on="2024-12-26")
    assert "尚未办结（整改）" in office.warned()
    assert (done["status"], done["overdue"]) == ("closed", True)
    assert windows.count(office.session, windows.view(office.session, "instructed")) == 0
    with pytest.raises(NotFound, match="没有编号为“7”的批示件"):
        office.do("instruction.answer", instruction=7, text="无")
    office.verified()


def test_a_revisit_is_drawn_looked_at_and_done_anew(office: Office):
    codes = [_closed(office, unit, "2024-11-08") for unit in ("市住建局", "市水务局") * 3]
    office.unit("东宝区", kind="县市区")
    plan = office.do("revisit.plan", period="2024-11", size=4, method="交叉检查",
                     checkers="市住建局、东宝区")  # fmt: skip
    assert (plan["seed"], plan["population"], plan["size"]) == (202411, 6, 4)
    units = [row["unit"] for row in plan["rows"]]
    assert (units.count("市住建局"), units.count("市水务局")) == (2, 2)
    assert all(row["checker"] not in {None, row["unit"]} for row in plan["rows"])
    drawn = [row["issue"] for row in plan["rows"]]
    assert list(revisits.codes(office.session)) == drawn
    assert _figures(office)["to-revisit"].count == 4
    office.do("issue.revisit", issue=drawn[0], result="稳定")
    office.do("issue.revisit", issue=drawn[1], result="反弹")
    found = _figures(office)["relapsed"]
    assert (found.count, found.urgent) == (1, True)
    office.do("issue.reopen", issue=drawn[1], reason="又塌了")
    assert "relapsed" not in _figures(office)
    office.do("issue.reopen", issue=drawn[2], reason="群众再反映")
    rows = revisits.listing(office.session)
    assert [row["result"] for row in rows] == ["稳定", "反弹", "未查", "未查"]
    assert [row["redone"] for row in rows] == [False, True, True, False]
    assert list(revisits.codes(office.session)) == drawn[3:]
    assert [row["relapsed_on"] for row in rows] == [None, str(office.today), None, None]
    rest = office.do("revisit.plan", period="2024-11", share=100)
    assert {row["issue"] for row in rest["rows"]} == set(codes) - set(drawn)
    with pytest.raises(Refused, match="没有可抽的"):
        office.do("revisit.plan", period="2024-11", size=1)
    named = office.do("revisit.plan", period="2024-12", issues=f"{drawn[0]}、{codes[-1]}")
    assert (named["method"], named["seed"], named["size"]) == ("专项检查", None, 2)
    with pytest.raises(Refused, match="只看已销号的"):
        office.do("revisit.plan", period="2024-12", issues=drawn[1])
    with pytest.raises(Refused, match="检查单位"):
        office.do("revisit.plan", period="2024-12", size=1, method="交叉检查")
    office.verified()


def test_what_relapsed_is_not_forgotten_when_it_is_stable_later(office: Office):
    code = _closed(office, "市住建局", "2024-11-08")
    office.do("revisit.plan", period="2024-11", size=1, on="2024-12-02")
    office.do("issue.revisit", issue=code, result="反弹", on="2024-12-03")
    office.do("issue.revisit", issue=code, result="稳定", on="2024-12-10")
    (row,) = revisits.listing(office.session)
    assert (row["result"], row["on"], row["relapsed_on"]) == ("稳定", "2024-12-10", "2024-12-03")
    assert [len(rows(revisits.plans(office.session), view)) for view in ("rebound", "stable")] == [
        1,
        1,
    ]
    assert "relapsed" not in _figures(office)


def test_a_tier_that_never_met_is_behind_since_its_pack_is_in_force(office: Office):
    office.today = "2025-02-03"
    found = [one for one in dispatch_records.listing(office.session) if one["status"] == "missed"]
    assert {one["tier"] for one in found} == {"专项组", "优化办", "分管市领导"}
    assert min(one["due_on"] for one in found) > "2024-12-31"
    assert _figures(office)["dispatch-missed"].count == 3
    office.do("dispatch.open", tier="优化办", held_on="2025-01-27", on="2025-01-27")
    assert _figures(office)["dispatch-missed"].count == 2


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(0, 10**6), st.integers(1, 8))
def test_the_same_state_and_seed_draw_the_same(office: Office, seed: int, size: int):
    from supervise.services.work import step, working

    if not revisits.store.closed(office.session.conn, date(2024, 11, 1), date(2024, 11, 30)):
        for unit in ("市住建局", "市水务局", "市住建局", "市城管局", "市住建局"):
            _closed(office, unit, "2024-11-08")

    def draw() -> list[str]:
        values = {"period": "2024-11", "size": size, "seed": seed}
        with working(office.session, keep=False) as work:
            rows: list[Record] = step(work, "revisit.plan", values)["rows"]
        return [row["issue"] for row in rows]

    assert draw() == draw() and len(draw()) == min(size, 5)


def test_a_decision_about_a_task_becomes_its_milestone_or_progress(office: Office):
    office.do("task.add", task="3", title="改革经验复制推广", unit="市住建局", due_on="2024-12-31",
              on="2024-11-01")  # fmt: skip
    meeting = _met(office, "优化办", "2024-12-03", theme="点题")
    picked = office.do("dispatch.pick", meeting=meeting, task="3", on="2024-12-03")
    (item,) = picked["agenda"]
    assert (item["task"], item["title"], item["unit"]) == ("3", "改革经验复制推广", "市住建局")
    made = office.do("dispatch.decide", meeting=meeting, task="3", text="月内印发案例汇编",
                     due_on="2024-12-27", action="节点", on="2024-12-03")  # fmt: skip
    assert (made["task"], made["unit"], made["due_on"]) == ("3", "市住建局", "2024-12-27")
    office.do("dispatch.decide", meeting=meeting, task="3", text="已报初稿", action="进展",
              on="2024-12-03")  # fmt: skip
    found = task_records.shown(office.session, "3")
    assert [(one["milestone"], one["due_on"]) for one in found["milestones"]] == [
        ("月内印发案例汇编", "2024-12-27")
    ]
    with pytest.raises(Refused, match="请写明任务"):
        office.do("dispatch.decide", meeting=meeting, text="设节点", action="节点",
                  due_on="2024-12-27", on="2024-12-03")  # fmt: skip
    with pytest.raises(Refused, match="请写明是哪件事项"):
        office.do("dispatch.decide", meeting=meeting, task="3", text="催", action="催办",
                  on="2024-12-03")  # fmt: skip
    office.verified()
