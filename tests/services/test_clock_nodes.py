"""Contracts, letters and projects: clocks of their own on the same loop, lists and log."""

from __future__ import annotations

from datetime import date

import pytest

from db import events
from screens.widgets.issue_words import more
from supervise.errors import Refused
from supervise.services import due_story, schedule, today, windows
from supervise.services.paper_facts import story
from tests.services.office import Office


def _clocks(office: Office, code: str) -> dict[str, tuple[str | None, str | None, bool]]:
    return {
        one["node"]: (one["due_on"], one["done_on"], one["overdue"])
        for one in office.issue(code)["clocks"]
        if one["kind"] == "node"
    }


def _letter(office: Office, on: str = "2024-06-03", **fields: object) -> str:
    added = office.do(
        "issue.add", title="来信反映", found_on=on, on=on, source="信访", clocks="信访", **fields
    )
    return str(added["code"])


def test_a_letter_goes_through_the_loop_with_two_clocks(office: Office) -> None:
    office.today = "2024-06-14"
    code = _letter(office)
    assigned = office.do("issue.assign", issue=code, unit="市住建局", on="2024-06-05")
    assert assigned["due_on"] == "2024-09-03"  # three months after the letter came
    assert "最后一个节点" in due_story.of_issue(office.session, code).answer
    assert _clocks(office, code) == {
        "程序性回复": ("2024-06-11", None, True),
        "实体性答复": ("2024-09-03", None, False),
    }
    view = windows.view(office.session, "nodes-late")
    assert [one["code"] for one in windows.window(office.session, view, 0, 9)] == [code]
    figure = next(one for one in today.today(office.session).figures if one.key == "nodes-late")
    assert (figure.count, figure.urgent) == (1, True)

    month = schedule.schedule(office.session, "2024-06")
    ((line, item),) = [
        (line, one) for line in month.days for one in line.items if one.kind == "时限节点"
    ]
    assert (str(line.day), item.kind, item.late) == ("2024-06-11", "时限节点", True)
    assert item.words == f"{code} 信访·程序性回复"

    # Answered in time but entered late: the day lies before the last step of the loop.
    office.do(
        "issue.node", issue=code, node="程序性回复", done_on="2024-06-04", ref="信复〔2024〕1号"
    )
    assert _clocks(office, code)["程序性回复"] == ("2024-06-11", "2024-06-04", False)
    assert windows.count(office.session, windows.view(office.session, "nodes-late")) == 0
    assert not [one for one in today.today(office.session).figures if one.key == "nodes-late"]
    # Its history says which node, and done on which day: on the screen and in the papers.
    (event,) = [one for one in office.issue(code)["events"] if one["op"] == "issue.node"]
    assert "时限节点 程序性回复；完成日期 2024-06-04" in more({"events": [event]}, 80).plain
    told = story.step(events.of(office.session.conn, "issue", 1)[-1], {}, str)
    assert told.note == "时限节点：程序性回复；完成于2024年6月4日"
    office.verified()


def test_a_date_given_out_stays_and_a_second_set_is_refused(office: Office) -> None:
    code = office.do("issue.add", title="合同签约", found_on="2024-06-03", on="2024-06-03")["code"]
    given = office.do(
        "issue.assign",
        issue=code, unit="市水务局", due_on="2024-06-12", on="2024-06-04",
        clocks="合同备案", clocks_from="2024-06-04",
    )  # fmt: skip
    assert given["due_on"] == "2024-06-12"
    assert [one[0] for one in _clocks(office, code).values()] == ["2024-06-19"] * 2
    with pytest.raises(Refused, match="没有另计的时限"):
        office.do("issue.node", issue=office.given(), node="备案")
    with pytest.raises(Refused, match="已有一套时限"):
        other = _letter(office)
        office.do("issue.assign", issue=other, unit="市水务局", clocks="项目")
    office.do("issue.terminate", issue=code, reason="合同解除", on="2024-06-20")
    with pytest.raises(Refused, match="已终止办理"):
        office.do("issue.node", issue=code, node="备案")
    assert windows.count(office.session, windows.view(office.session, "nodes-late")) == 1  # 来信
    office.verified()


def test_each_node_of_a_project_starts_with_the_one_before(office: Office) -> None:
    code = office.do(
        "issue.add", title="项目签约", found_on="2024-03-29", on="2024-03-29", clocks="项目"
    )["code"]
    due = office.do("issue.assign", issue=code, unit="市城管局", on="2024-04-01")["due_on"]
    assert due == "2024-11-29"  # signed 03-29, start by 09-29 (a make-up Sunday), statistics
    assert _clocks(office, code)["入统"] == (None, None, False)
    office.do("issue.node", issue=code, node="开工", on="2024-08-31")
    assert _clocks(office, code)["入统"][0] == "2024-10-31"
    assert office.issue(code)["due_on"] == "2024-11-29"  # the loop's own date stays
    office.do("issue.node", issue=code, node="开工", on="2024-08-30", note="更正")
    assert _clocks(office, code) == {
        "开工": ("2024-09-29", "2024-08-30", False),
        "入统": ("2024-10-30", None, True),
    }
    with pytest.raises(Refused, match="早于事项"):
        office.do("issue.node", issue=code, node="入统", on="2024-03-30")
    office.verified()


def test_a_new_list_of_rest_days_moves_dates_that_are_ahead(office: Office) -> None:
    office.today = date(2024, 6, 4)
    code = _letter(office)
    office.do("issue.node", issue=code, node="程序性回复")
    other = _letter(office)
    office.do("calendar.set", day="2024-06-11", kind="休")
    assert _clocks(office, code)["程序性回复"][0] == "2024-06-11"
    assert _clocks(office, other)["程序性回复"][0] == "2024-06-12"
    office.verified()
