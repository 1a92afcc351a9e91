"""The five stages with how many issues are in each; every one opens its list."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from supervise.domain.stage_names import LOOP


class StageTile(Static, can_focus=True):
    """One stage and its count."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "打开", show=False, id="stage.open", tooltip="打开这一阶段的清单"),
        Binding("right", "app.focus_next", "后一个", show=False, id="stage.next", tooltip="后一个"),
        Binding(
            "left",
            "app.focus_previous",
            "前一个",
            show=False,
            id="stage.previous",
            tooltip="前一个",
        ),
    ]

    @dataclass
    class Opened(Message):
        """The list of a stage was asked for."""

        stage: str

    def __init__(self, stage: str, label: str) -> None:
        super().__init__(id=f"stage-{stage}")
        self._stage, self._label = stage, label
        self.show(None)

    def show(self, number: int | None) -> None:
        """Show how many issues the stage holds."""
        figure = "…" if number is None else f"{number:,}"
        self.update(Content.assemble((f"{self._label}  ", "$muted"), (figure, "bold")))

    def action_open(self) -> None:
        """Ask for the list."""
        self.post_message(self.Opened(self._stage))

    def on_click(self) -> None:
        """Ask for the list."""
        self.action_open()


class StageStrip(Horizontal):
    """The loop at a glance."""

    DEFAULT_CSS = """
    StageStrip {
        height: 3; width: 1fr; padding: 1 0;
        StageTile {
            width: 1fr; content-align: center middle; height: 1;
            &:hover { background: $panel; }
            &:focus { background: $chosen; color: $chosen-text; }
        }
    }
    """

    def compose(self) -> ComposeResult:
        """Lay out the stages in the loop's order."""
        for stage in LOOP:
            yield StageTile(stage.value, stage.label)

    def show(self, numbers: Mapping[str, int]) -> None:
        """Show how many issues each stage holds."""
        for stage in LOOP:
            self.query_one(f"#stage-{stage.value}", StageTile).show(numbers.get(stage.value))
