"""A step on what changed since it was seen is refused with what changed, whatever it is about."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from textual.widgets import Input

from screens.dialogs.operation import OperationDialog
from screens.widgets.record_list import RecordList
from supervise.errors import ChangedMeanwhile
from supervise.services import changes, explanations
from supervise.services.session import Session
from supervise.services.work import perform
from tests.screens.conftest import TODAY


def _elsewhere(path: Path) -> Session:
    return Session(path, TODAY, recorder="别处的人", write=True)


def _refused(session: Session, op: str, values: Mapping[str, Any], seen: int) -> str:
    with pytest.raises(ChangedMeanwhile) as refusal:
        perform(session, op, values, seen=seen)
    assert refusal.value.newest > seen
    return refusal.value.message


def test_explanations_and_interviews_of_the_same_unit_are_looked_at(city: Path) -> None:
    with _elsewhere(city) as session:
        owed = next(one for one in explanations.listing(session) if one["status"] == "owed")
        month = {"period": owed["period"], "unit": owed["unit"]}
        seen = changes.head(session)
        perform(session, "explanation.receive", month)
        told = _refused(session, "explanation.accept", month, seen)
        assert f"{owed['unit']}{owed['period']}的书面说明在您看过之后有变动" in told
        # The same step is let pass by who knows of it, and by who looks at another unit.
        other = next(
            one
            for one in explanations.listing(session)
            if one["status"] == "owed" and one["period"] == owed["period"]
        )
        perform(session, "explanation.receive", {**month, "unit": other["unit"]}, seen=seen)
        perform(session, "explanation.accept", month, seen=changes.head(session))

        seen = changes.head(session)
        perform(session, "interview.submit", {"unit": "市住建局"})
        told = _refused(session, "interview.submit", {"unit": "市住建局"}, seen)
        assert "市住建局的约谈在您看过之后有变动：" in told and "提请约谈" in told


def test_a_notice_withdrawn_stops_the_explanation_it_asked_for(city: Path) -> None:
    with _elsewhere(city) as session:
        owed = next(one for one in explanations.listing(session) if one["period"] == "2024-11")
        seen = changes.head(session)
        values = {"period": "2024-11", "unit": owed["unit"], "action": "更正", "reason": "有误"}
        perform(session, "notice.correct", values)
        month = {"period": "2024-11", "unit": owed["unit"]}
        assert "更正通报" in _refused(session, "explanation.receive", month, seen)


def test_instructions_are_looked_at(city: Path) -> None:
    with _elsewhere(city) as session:
        values = {"leader": "张市长", "gist": "请速办", "unit": "市住建局"}
        made = perform(session, "instruction.add", values)
        seen, which = changes.head(session), str(made["id"])
        perform(session, "instruction.answer", {"instruction": which, "text": "已报"})
        told = _refused(session, "instruction.close", {"instruction": which}, seen)
        assert f"批示件 {which}在您看过之后有变动" in told


async def test_a_merger_seen_before_another_change_is_refused_once(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    """In the first second too, before the page has asked how new the ledger is."""
    async with drive(city) as driver:
        await driver.press("f10", "down")
        name = driver.query("#units", RecordList).record["name"]
        await driver.app.run_action("operate('unit.merge')", driver.app.screen)
        await driver.settle()
        with _elsewhere(city) as session:
            perform(session, "unit.alias", {"unit": name, "alias": "别名甲"})
        driver.query("#field-into #entry", Input).focus()
        await driver.type("市人社局")
        await driver.press("ctrl+s", "y")
        assert isinstance(driver.app.screen, OperationDialog)
        assert f"{name}在您看过之后有变动：别处的人于" in driver.text.replace(" │\n│ ", "")
        await driver.press("ctrl+s", "y")
        assert not isinstance(driver.app.screen, OperationDialog)
        assert "已合并" in driver.toasts


async def test_a_correction_is_told_with_the_old_value_and_the_new_one(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (80, 24)) as driver:
        await driver.press("f3")
        before = dict(driver.query("#issues", RecordList).record)
        await driver.app.run_action("operate('issue.correct')", driver.app.screen)
        await driver.settle()
        # What can be corrected is listed; nobody need know the names.
        await driver.press("down")
        assert "限期" in driver.text and "来源" in driver.text
        await driver.press("escape")
        await driver.app.run_action("operate('issue.correct')", driver.app.screen)
        await driver.settle()
        await driver.type("紧急")
        await driver.press("down", "enter", "tab")
        await driver.type("疑难")
        await driver.press("tab")
        await driver.type("登记有误")
        await driver.press("ctrl+s")
        assert f"已更正：{before['code']}，紧急程度 平急 → 疑难" in driver.toasts

        await driver.press("f10")
        name = driver.query("#units", RecordList).record["name"]
        await driver.app.run_action("operate('unit.correct')", driver.app.screen)
        await driver.settle()
        driver.query("#field-head #entry", Input).focus()
        await driver.type("赵六")
        await driver.press("ctrl+s")
        assert (
            f"已更正单位：{name}" in driver.toasts and "主要负责人 （空） → 赵六" in driver.toasts
        )


async def test_opened_from_elsewhere_a_unit_is_shown_itself(city: Path, drive) -> None:  # type: ignore[no-untyped-def]
    async with drive(city, (80, 24)) as driver:
        await driver.app.open_list("units", "unit:市教育局")
        await driver.settle()
        sheet = driver.query("#sheet", RecordList)
        assert sheet.has_focus and sheet.heading.startswith("市教育局")
        assert sheet.region.height > 5 and "未办结" in driver.text
        await driver.press("escape")
        units = driver.query("#units", RecordList)
        assert units.has_focus and units.record["name"] == "市教育局"
