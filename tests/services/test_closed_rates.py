"""A closed month's rates: what is done later changes none of them, what is entered late is told."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db import figures
from supervise.domain.rates import rates
from supervise.errors import SuperviseError
from supervise.services import rate_sheet
from tests.services.office import Office

UNITS = ("市住建局", "市水务局", "市城管局")
JUNE, JULY, AUTUMN = date(2024, 6, 1), date(2024, 7, 31), date(2024, 8, 1)
END = date(2024, 6, 30)
SATISFIED = ("满意", "基本满意", "不满意", "联系不上")


def told(office: Office, **asked: Any) -> dict[str, tuple[int, int]]:
    found = rate_sheet.rates(office.session, **asked)["rates"]
    return {
        f"{one['name']}{one['basis'] or ''}": (one["numerator"], one["denominator"])
        for one in found
    }


def of_june(office: Office) -> list[object]:
    """Give every reading of June: of all, of each unit, of what was given out in June alone."""
    groups = [{"period": "2024-06"}, {"first": "2024-06", "last": "2024-06"}]
    groups += [{"period": "2024-06", "units": (name,)} for name in UNITS]
    counted = rates(figures.counts(office.session.conn, END))
    return [*(told(office, **one) for one in groups), [one.text for one in counted]]


def step(office: Office, op: str, which: int, on: date, choice: int) -> None:
    """Carry out one ordinary step on one of the issues, where the loop allows it."""
    codes = [row[0] for row in office.session.conn.execute("SELECT code FROM issue ORDER BY id")]
    office.today = max(on, office.today)
    own: dict[str, Any] = {"issue": codes[which % len(codes)]} if codes else {}
    due = (on + timedelta(days=5 + 5 * choice)).isoformat()
    more: dict[str, dict[str, Any]] = {
        "issue.add": {
            "issue": None, "title": "来信", "found_on": on, "party": "甲" if choice % 2 else None,
            "clocks": "信访" if choice == 3 else None,
        },
        "issue.assign": {"unit": UNITS[choice % 3], "due_on": due},
        "issue.submit": {"measures": "已整改"},
        "issue.return": {"reason": "未完成", "due_on": due},
        "issue.feedback": {
            "satisfaction": SATISFIED[choice], "upheld": bool(which % 2), "reason": "核实",
        },
        "issue.reopen": {"reason": "反弹", "due_on": due},
        "issue.extend": {"reason": "待批", "due_on": due},
        "issue.pause": {"reason": "等待批复"},
        "issue.transfer": {"unit": UNITS[choice % 3], "reason": "职责不符", "due_on": due},
        "issue.reclassify": {"urgency": ("紧急", "平急", "疑难")[choice % 3], "reason": "复杂"},
        "issue.merge": {"into": codes[choice % len(codes)] if codes else ""},
        "issue.terminate": {"reason": "撤诉"},
        "issue.restore": {"reason": "再次来信"},
        "issue.node": {"node": "程序性回复", "done_on": on},
    }  # fmt: skip
    values = {**own, **more.get(op, {}), "on": on.isoformat(), "by": f"办理{choice}"}
    if op == "unit.merge":
        values = {"unit": UNITS[which % 3], "into": UNITS[choice % 3], "on": on.isoformat()}
    if len(codes) > 8 and op == "issue.add":
        return
    try:
        office.do(op, **{name: value for name, value in values.items() if value is not None})
    except SuperviseError:
        return


ONWARD = ("issue.add", "issue.assign", "issue.submit", "issue.pass", "issue.reply",
          "issue.feedback", "issue.close")  # fmt: skip
ASIDE = ("issue.return", "issue.reopen", "issue.extend", "issue.pause", "issue.resume",
         "issue.transfer", "issue.reclassify", "issue.merge", "issue.terminate", "issue.restore",
         "issue.node", "unit.merge")  # fmt: skip
STEPS = st.tuples(
    st.sampled_from(ONWARD) | st.sampled_from(ONWARD + ASIDE),
    st.integers(0, 8),
    st.integers(0, 3),
    st.integers(0, 3),
)


@given(before=st.lists(STEPS, min_size=10, max_size=60), later=st.lists(STEPS, max_size=40))
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_what_is_done_later_changes_no_rate_of_a_closed_month(
    empty_ledger: Path,
    tmp_path_factory: pytest.TempPathFactory,
    before: list[tuple[str, int, int, int]],
    later: list[tuple[str, int, int, int]],
) -> None:
    path = tmp_path_factory.mktemp("closed") / "ledger.db"
    office = Office(Path(shutil.copy(empty_ledger, path)), JUNE)
    for name in UNITS:
        office.unit(name)
    on = JUNE
    for op, which, days, choice in before:
        on = min(on + timedelta(days=days), JULY)
        step(office, op, which, on, choice)
    office.today = JULY
    closed = of_june(office)
    on = AUTUMN
    for op, which, days, choice in later:
        on += timedelta(days=days)
        step(office, op, which, on, choice)
    assert of_june(office) == closed
    office.close()


def closed(office: Office) -> str:
    """Take a complainant's issue through to 销号 in June."""
    code = office.given(due="2024-06-14", party="诉求人甲")
    office.submit(code, "2024-06-10")
    office.do("issue.pass", issue=code, by="复核乙", on="2024-06-11")
    office.do("issue.reply", issue=code, note="已告知", on="2024-06-12")
    office.do("issue.feedback", issue=code, satisfaction="满意", on="2024-06-13")
    office.do("issue.close", issue=code, by="主任丙", on="2024-06-14")
    return code


def fed_back(office: Office) -> str:
    """Take a complainant's issue to 反馈 in June: told, and not reached."""
    code = office.given(due="2024-06-14", party="诉求人甲")
    office.submit(code, "2024-06-10")
    office.do("issue.pass", issue=code, by="复核乙", on="2024-06-11")
    office.do("issue.reply", issue=code, note="已告知", on="2024-06-12")
    office.do("issue.feedback", issue=code, satisfaction="联系不上", on="2024-06-13")
    return code


def given_out(office: Office) -> str:
    return office.given(due="2024-06-14", party="诉求人甲")


def ended(office: Office) -> str:
    code = given_out(office)
    office.do("issue.terminate", issue=code, reason="撤诉", on="2024-06-20")
    return code


def paused(office: Office) -> str:
    code = given_out(office)
    office.do("issue.pause", issue=code, reason="等待批复", on="2024-06-10")
    return code


LATER: list[tuple[Any, list[tuple[str, dict[str, Any]]]]] = [
    (closed, [("issue.reopen", {"reason": "反弹", "due_on": "2024-08-30"})]),
    (fed_back, [("issue.reply", {"note": "再次告知"})]),
    (fed_back, [("issue.feedback", {"satisfaction": "满意"})]),
    (
        fed_back,
        [
            (
                "issue.feedback",
                {"satisfaction": "不满意", "upheld": True, "due_on": "2024-08-30", "reason": "是"},
            )
        ],
    ),
    (fed_back, [("issue.return", {"reason": "未完成", "due_on": "2024-08-30"})]),
    (fed_back, [("issue.terminate", {"reason": "撤诉"})]),
    (given_out, [("issue.terminate", {"reason": "撤诉"})]),
    (given_out, [("issue.reclassify", {"urgency": "疑难", "reason": "复杂"})]),
    (
        given_out,
        [("issue.transfer", {"unit": "市水务局", "reason": "职责不符", "due_on": "2024-08-30"})],
    ),
    (given_out, [("unit.merge", {"issue": None, "unit": "市住建局", "into": "市水务局"})]),
    (ended, [("issue.restore", {"reason": "再次来信"})]),
    (paused, [("issue.resume", {})]),
    (
        paused,
        [("issue.resume", {}), ("issue.extend", {"reason": "待批", "due_on": "2024-12-30"})],
    ),
]


@pytest.mark.parametrize(("begun", "later"), LATER)
def test_each_step_taken_later_leaves_june_as_it_was(
    office: Office, begun: Any, later: list[tuple[str, dict[str, Any]]]
) -> None:
    office.today = "2024-07-31"
    code = begun(office)
    known = of_june(office)
    office.today = "2024-08-05"
    for op, fields in later:
        values = {"issue": code, "on": "2024-08-05", **fields}
        office.do(op, **{name: value for name, value in values.items() if value is not None})
    assert of_june(office) == known


def test_who_was_answered_counts_as_answered_after_a_reopening(office: Office) -> None:
    office.today = "2024-08-05"
    code = closed(office)
    office.do("issue.reopen", issue=code, reason="反弹", due_on="2024-08-30", on="2024-08-05")
    june = told(office, period="2024-06")
    assert june["综合回复率"] == june["满意率"] == june["回访率"] == (1, 1)
    august = told(office, period="2024-08")
    assert (august["综合回复率"], august["满意率"]) == ((0, 1), (0, 0))


def _late(office: Office, **asked: Any) -> list[tuple[str, str]]:
    record = rate_sheet.rates(office.session, period="2024-06", **asked)
    return [(one["issue"], one["op"]) for one in record["late"]]


def test_what_is_entered_late_or_put_right_is_told_and_nothing_else_is(office: Office) -> None:
    office.today = "2024-07-31"
    first, second, third = given_out(office), given_out(office), given_out(office)
    office.submit(first, "2024-06-12")
    assert _late(office) == []
    office.today = "2024-08-05"
    office.do("issue.pass", issue=first, by="复核乙", on="2024-08-02")
    office.do("issue.correct", issue=second, field="title", value="路面塌陷", reason="笔误")
    office.submit(second, "2024-06-13")
    office.do("issue.correct", issue=third, field="限期", value="2024-07-20", reason="笔误")
    office.do("issue.urge", issue=third, on="2024-06-20")
    assert _late(office) == [(second, "issue.submit"), (third, "issue.correct")]
    assert told(office, period="2024-06")["按期办结率按批准时限"] == (2, 2)


def test_a_month_with_a_notice_is_closed_by_it(office: Office) -> None:
    office.today = "2024-07-05"
    code = given_out(office)
    office.publish("2024-06", "2024-07-05")
    office.today = "2024-07-10"
    office.submit(code, "2024-06-13")
    assert _late(office) == _late(office, units=("市住建局",)) == [(code, "issue.submit")]


def test_a_stoppage_told_late_is_a_late_record_of_the_dates_it_moves(office: Office) -> None:
    office.today = "2024-08-05"
    code = office.given(due=None, on="2024-06-03")
    known = told(office, period="2024-06")["按期办结率按批准时限"]
    office.do("calendar.set", day="2024-06-12", kind="休", name="全市停工")
    assert known == (0, 1)
    assert _late(office)[-1] == (code, "calendar.set")
