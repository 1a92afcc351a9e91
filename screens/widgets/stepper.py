"""The five stages of an issue as steps: done, now, to come, each with its day and its length."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from textual.content import Content
from textual.widgets import Static

from screens.widgets.columns import fitted
from supervise.domain.stage_names import LOOP, Stage

_STEP = 10
_LINK = "──"


class Stepper(Static):
    """发现 整改 复核 反馈 销号: the stage it is in stands in 【】, so colour is not needed."""

    DEFAULT_CSS = "Stepper { height: 3; width: 1fr; text-wrap: nowrap; }"

    def show(self, record: Mapping[str, Any] | None) -> None:
        """Show where an issue is."""
        self.update(Content("") if record is None else steps(record))


def steps(record: Mapping[str, Any]) -> Content:
    """Draw the steps of an issue; under each the day it was last reached, and the days spent there.

    Days of several stays are added up; the count of stays says that there were several.
    """
    stage, stays = Stage(record["stage"]), record.get("stays") or ()
    if stage not in LOOP:
        return _ended(record, stage, stays)
    here = LOOP.index(stage)
    names, dates, days = [], [], []
    for place, step in enumerate(LOOP):
        tone = "$muted" if place > here else ("$primary bold" if place == here else "$success")
        name = f"【{step.label}】" if place == here else f"  {step.label}  "
        names.append((name, tone))
        if place < len(LOOP) - 1:
            names.append((_LINK, "$success" if place < here else "$line"))
        reached, spent = _told(step, stays)
        dates.append((fitted(f" {reached}" if place <= here else "", _STEP), "$muted"))
        shown = spent if step is not Stage.CLOSED else ""
        days.append((fitted(f" {shown}", _STEP), "$foreground" if place == here else "$muted"))
    return Content.assemble(*names, "\n", *dates, "\n", *days)


def _told(step: Stage, stays: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Give the day a stage was last reached, and the days spent in it."""
    own = [stay for stay in stays if stay["stage"] == step.value]
    if not own:
        return "", ""
    times = f"/{len(own)}次" if len(own) > 1 else ""
    return str(own[-1]["entered"])[2:], f"{sum(stay['days'] for stay in own)}天{times}"


def _ended(record: Mapping[str, Any], stage: Stage, stays: Sequence[Mapping[str, Any]]) -> Content:
    found = fitted(f" {str(record.get('found_on') or '')[2:]}", _STEP)
    ended = str(stays[-1]["entered"])[2:] if stays else ""
    return Content.assemble(
        ("  发现  ", "$success"),
        (_LINK, "$line"),
        (f"【{stage.label}】", "$warning bold"),
        "\n",
        (f"{found} {ended}", "$muted"),
    )
