"""The story of a due date in words and days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual.content import Content

from screens.widgets.columns import one_line
from screens.words import operation_word

if TYPE_CHECKING:
    from supervise.services.due_story import Step, Story

Part = tuple[str, str]


def story_content(story: Story) -> Content:
    """Draw a story: the dates, then each step with its sum and its days."""
    return Content.assemble(*_story(story))


def _story(story: Story) -> Iterator[Part]:
    if story.original and story.original != story.due_on:
        yield "原限期  ", "$muted"
        yield f"{story.original}\n", "$foreground"
    yield "现限期  ", "$muted"
    yield f"{story.due_on or '无'}\n", "$primary bold"
    if story.other:
        yield "另一种读法  ", "$muted"
        yield f"{story.other}\n", "$warning"
    yield "\n", ""
    yield from _steps(story.steps)
    if story.before:
        yield "以前各轮\n", "$primary bold"
        yield from _steps(story.before, with_days=False)


def _steps(steps: Iterable[Step], *, with_days: bool = True) -> Iterator[Part]:
    for step in steps:
        yield f"{step.on} {operation_word(step.op)}", "$primary bold"
        yield f"  限期 {step.due_on or '无'}\n", "$foreground"
        yield f"{one_line(step.says)}\n", "$foreground"
        for day in step.days if with_days else ():
            mark, tone = ("计入", "$success") if day.counted else ("不计", "$muted")
            yield f"  {day.date}  ", ""
            yield f"{mark}  ", tone
            yield f"{one_line(day.why)}\n", "$muted"
        yield "\n", ""
