"""The five stages of an issue as steps: done, now, to come, each with its day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from textual.content import Content
from textual.widgets import Static

from screens.widgets.columns import fitted
from supervise.domain.records import LOOP, Stage

_STEP = 10
_LINK = "──"


class Stepper(Static):
    """发现 整改 复核 反馈 销号: the stage it is in stands in 【】, so colour is not needed."""

    DEFAULT_CSS = "Stepper { height: 2; width: 1fr; text-wrap: nowrap; }"

    def show(self, record: Mapping[str, Any] | None) -> None:
        """Show where an issue is."""
        self.update(Content("") if record is None else steps(record))


def steps(record: Mapping[str, Any]) -> Content:
    """Draw the steps of an issue, and under each the day it was reached."""
    stage = Stage(record["stage"])
    if stage not in LOOP:
        return _ended(record, stage)
    here = LOOP.index(stage)
    days = _days(record)
    names, dates = [], []
    for place, step in enumerate(LOOP):
        tone = "$muted" if place > here else ("$primary bold" if place == here else "$success")
        name = f"【{step.label}】" if place == here else f"  {step.label}  "
        names.append((name, tone))
        if place < len(LOOP) - 1:
            names.append((_LINK, "$success" if place < here else "$line"))
        day = days.get(step) if place <= here else None
        dates.append((fitted(f" {day or ''}", _STEP), "$muted"))
    return Content.assemble(*names, "\n", *dates)


def _days(record: Mapping[str, Any]) -> dict[Stage, str]:
    fields = {
        Stage.DISCOVER: "found_on",
        Stage.RECTIFY: "assigned_on",
        Stage.REVIEW: "submitted_on",
        Stage.CLOSED: "closed_on",
    }
    return {stage: str(record[name])[5:] for stage, name in fields.items() if record.get(name)}


def _ended(record: Mapping[str, Any], stage: Stage) -> Content:
    return Content.assemble(
        ("  发现  ", "$success"),
        (_LINK, "$line"),
        (f"【{stage.label}】", "$warning bold"),
        "\n",
        (f" {str(record.get('found_on') or '')[5:]}", "$muted"),
    )
