"""期限日程: what each day is, and what falls due on it."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.calendar import Calendar
from supervise.services import windows
from supervise.services.schedule import day_words, schedule
from supervise.services.session import Session
from tests.services.office import Office


def test_days_are_named_as_the_state_council_lists_them(office: Office) -> None:
    words = {line.day: line.words for line in schedule(office.session, "2024-09").days}
    assert words[date(2024, 9, 14)] == "调休上班"
    assert words[date(2024, 9, 16)] == "节假日 中秋节"
    assert words[date(2024, 9, 22)] == "休息日" and words[date(2024, 9, 23)] == "工作日"
    assert not schedule(office.session, "2024-09").provisional
    assert schedule(office.session, "2090-05").provisional


@given(st.dates(date(1950, 1, 1), date(2150, 12, 31)))
def test_a_day_is_worked_exactly_where_its_words_say_so(day: date) -> None:
    calendar = Calendar.of({}, ())
    works = day_words(day, calendar) in {"工作日", "调休上班"}
    assert works == calendar.is_workday(day)


def test_what_falls_due_is_counted_as_the_list_behind_shows_it(office: Office) -> None:
    late = office.given(due="2024-12-10", on="2024-11-20")
    held = office.given(due="2024-12-10", on="2024-11-20")
    office.do("issue.pause", issue=held, reason="待补正", review_on="2024-12-16", on="2024-12-02")
    done = office.given(due="2024-12-10", on="2024-11-20")
    office.submit(done, on="2024-12-05")
    found = {line.day: line for line in schedule(office.session, "2024-12").days}
    line = found[date(2024, 12, 10)]
    listed = windows.window(office.session, windows.view(office.session, "due:2024-12-10"), 0, 9)
    assert line.due == len(listed) == 2 and {row["code"] for row in listed} == {late, held}
    assert windows.title("due:2024-12-10") == "2024-12-10 到期，仍在整改"
    (paused,) = found[date(2024, 12, 16)].items
    assert paused.kind == "暂停复查" and paused.key == f"issue:{held}" and paused.late


def test_steps_explanations_interviews_and_promises_stand_on_their_days(office: Office) -> None:
    for month in (10, 11):
        office.given(due=f"2024-{month}-20", on=f"2024-{month}-02")
        office.publish(
            f"2024-{month}", on=f"2024-{month + 1}-05", delivered_on=f"2024-{month + 1}-05"
        )
    office.do("interview.submit", unit="市住建局")
    office.do("interview.approve", unit="市住建局")
    office.do("interview.schedule", unit="市住建局", planned_on="2025-01-07")
    kinds: dict[str, list[str]] = {}
    for period in ("2024-12", "2025-01"):
        for line in schedule(office.session, period).days:
            for item in line.items:
                kinds.setdefault(item.kind, []).append(f"{line.day} {item.words}")
    assert any(one.startswith("2025-01-07 计划约谈 市住建局") for one in kinds["约谈"])
    assert any("市住建局 2024-11，待交" in one for one in kinds["书面说明"])
    assert any("2024-12 关账" in one for one in kinds["办文环节"])
    december = [one for line in schedule(office.session, "2024-12").days for one in line.items]
    (collected,) = [one for one in december if one.words.startswith("2024-12 收表")]
    assert (collected.area, collected.key) == ("sheets", "month:2024-12")
    office.do("interview.hold", unit="市住建局", due_on="2025-01-20")
    january = schedule(office.session, "2025-01").days[19].items
    assert [one.words for one in january if one.kind == "约谈承诺"] == ["市住建局 承诺整改到期"]
    # Long before the first notice nothing was owed by the office.
    assert not any(line.items for line in schedule(office.session, "2019-03").days)


def test_the_month_is_read_without_writing(office: Office) -> None:
    before = office.head()
    with Session(office.path, office.today) as session:
        assert len(schedule(session, "2024-02").days) == 29
    assert office.head() == before


def test_tasks_reports_meetings_and_instructions_stand_on_their_days(office: Office) -> None:
    """Each with its kind and its own record; what was done waits for nobody."""
    office.do("task.add", task="T1", title="办成一件事", unit="市住建局")
    office.do("task.milestone", task="T1", milestone="系统对接", due_on="2024-12-20")
    office.do("task.milestone", task="T1", milestone="上线", due_on="2024-12-10")
    office.do("task.done", task="T1", milestone="上线", on="2024-12-09")
    aim = {"comparator": ">=", "value": "98", "measured_in": "%"}
    office.do("task.target", task="T1", indicator="办结率", due_on="2024-12-25", **aim)
    office.do("task.add", task="T2", title="不办了", unit="市住建局")
    office.do("task.milestone", task="T2", milestone="中期", due_on="2024-12-20")
    office.do("task.end", task="T2", reason="合并")
    both = "市住建局、市水务局"
    office.do("duty.add", duty="月报", every="month", day="5", owed_by=both, from_on="2024-11-01")
    told = {"duty": "月报", "period": "2024-12", "on": "2024-12-05"}
    office.do("duty.submit", unit="市住建局", **told)
    met = {"tier": "优化办", "held_on": "2024-12-13", "on": "2024-12-13"}
    meeting = office.do("dispatch.open", theme="例会", **met)["id"]
    made = {"meeting": str(meeting), "text": "周内办结", "on": "2024-12-13"}
    office.do("dispatch.decide", unit="市水务局", due_on="2024-12-17", **made)
    office.do("dispatch.close", meeting=str(meeting), on="2024-12-13")
    wrote = {"leader": "市长", "gist": "请过问", "on": "2024-12-02"}
    first = office.do("instruction.add", report_by="2024-12-06", **wrote)["id"]
    office.do("instruction.answer", instruction=str(first), text="已办", on="2024-12-06")
    second = office.do("instruction.add", report_by="2024-12-31", **wrote)["id"]

    found = {
        (line.day.day, one.kind, one.key): (one.late, one.settled)
        for line in schedule(office.session, "2024-12").days
        for one in line.items
    }
    wanted = {
        (10, "任务节点", "task:T1"): (False, True),
        (20, "任务节点", "task:T1"): (True, False),
        (25, "任务目标", "task:T1"): (True, False),
        (5, "定期报送", "report:2024-12:月报"): (True, False),
        (13, "调度", f"meeting:{meeting}"): (False, True),
        (17, "议定事项", f"decision:{meeting}-1"): (True, False),
        (6, "批示报结", f"instruction:{first}"): (False, True),
        (31, "批示报结", f"instruction:{second}"): (False, False),
    }
    assert wanted.items() <= found.items()
    assert not any(key == "task:T2" for _, _, key in found)
    lines = {line.day: line.items for line in schedule(office.session, "2024-12").days}
    (report,) = [one for one in lines[date(2024, 12, 5)] if one.kind == "定期报送"]
    assert report.words == "月报 12月，应报 2 家，未报 1 家：市水务局"
    # A week of the office without a meeting is told of; so is one that is still to come.
    missed = [one for one in lines[date(2024, 12, 20)] if one.kind == "调度"]
    assert [(one.key, one.late) for one in missed] == [("due:2024-12-20:优化办:", True)]
    ahead = {
        (line.day.day, one.kind): one.late
        for line in schedule(office.session, "2025-01").days
        for one in line.items
    }
    assert ahead[6, "定期报送"] is False and ahead[10, "调度"] is False
    office.do("duty.submit", unit="市水务局", **told)
    lines = {line.day: line.items for line in schedule(office.session, "2024-12").days}
    (report,) = [one for one in lines[date(2024, 12, 5)] if one.kind == "定期报送"]
    assert report.settled and report.words.endswith("已全部报来")
