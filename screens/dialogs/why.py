"""为什么: the chain behind a line, from the conclusion down to the log, as a tree to read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from textual import events, on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.dialogs.dialog import ReadingDialog
from screens.loading import Failed, read
from screens.widgets.columns import folded, one_line
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.reports.why_lines import Line

# A label wants attention, or is one of the chain's parts.
_TONES = {"注意": "$warning", "规则": "$primary", "通报": "$primary", "限期": "$primary"}
_STEP = 2


class WhyDialog(ReadingDialog):
    """Explains an issue's date, a unit's place on a month's notice, or an interview."""

    scrolls = "#body"
    heading = "为什么"
    sentence = "结论在上，往下一层是它所依据的：规则、期限、办理记录、佐证。"

    @dataclass
    class Read(Message):
        """The chain arrived."""

        lines: Sequence[Line]

    def __init__(self, subject: str, period: str | None = None) -> None:
        super().__init__()
        self._subject, self._period = subject, period
        self._lines: Sequence[Line] = ()

    def body(self) -> Iterator[Widget]:
        """Give the place of the tree."""
        yield VerticalScroll(Static("正在读取……", id="chain"), id="body")

    def on_mount(self) -> None:
        """Read the chain, and let the keys scroll it."""
        self.query_one("#body").focus()
        task = partial(_lines, self._subject, self._period)
        read(self, "why", task, self.Read, "读取来历")

    @on(Read)
    def show(self, message: Read) -> None:
        """Draw the tree."""
        message.stop()
        self._lines = message.lines
        self.call_after_refresh(self._draw)

    def on_resize(self, event: events.Resize) -> None:
        """Fold the lines to the new width."""
        self.call_after_refresh(self._draw)

    def _draw(self) -> None:
        if self._lines:
            width = max(self.query_one("#body").content_size.width - 1, 20)
            self.query_one("#chain", Static).update(drawn(self._lines, width))

    @on(Failed)
    def failed(self, message: Failed) -> None:
        """Say why nothing can be explained."""
        message.stop()
        self.query_one("#chain", Static).update(Content(""))
        self.say_error(message.sentence)


def _lines(subject: str, period: str | None, session: Session) -> Sequence[Line]:
    from supervise.reports.why_lines import lines
    from supervise.services.why import why

    return tuple(lines(why(session, subject, period)))


def drawn(lines: Sequence[Line], width: int) -> Content:
    """Draw the chain as a tree: a line that is folded goes on under its own words."""
    parts: list[tuple[str, str]] = []
    for line in lines:
        indent = "│ " * line.depth
        label = f"{one_line(line.label)}　" if line.label else ""
        room = max(width - _STEP * line.depth, 20)
        first, *rest = folded(label + one_line(line.words), room)
        parts.append((indent, "$muted"))
        tone = _TONES.get(line.label, "$muted") if label else "bold"
        if label and first.startswith(label):
            parts += [(label, tone), (first.removeprefix(label), "")]
        else:
            parts.append((first, tone))
        parts.append(("\n", ""))
        for more in rest:
            parts += [(indent, "$muted"), (f"{more}\n", "bold" if not label else "")]
    return Content.assemble(*parts).rstrip()
