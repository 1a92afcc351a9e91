"""The line at the top: the areas, the business date, and which ledger this is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.words import weekday
from supervise.text import printable

AREAS = (
    ("overview", "F2", "今日工作"),
    ("issues", "F3", "问题"),
    ("notices", "F4", "通报"),
    ("interviews", "F5", "约谈"),
    ("units", "F10", "单位"),
    ("importing", "F11", "导入"),
)


class AreaTab(Static):
    """One area; a click opens it."""

    @dataclass
    class Opened(Message):
        """An area was asked for."""

        area: str

    def __init__(self, area: str, key: str, title: str, active: bool) -> None:
        words = Content.assemble((key, "$muted"), " ", title)
        super().__init__(words, classes="-active" if active else "")
        self._area = area
        self.tooltip = f"{title}（{key}）"

    def on_click(self) -> None:
        """Ask for the area."""
        self.post_message(self.Opened(self._area))


class TopBar(Horizontal):
    """Where one is, and where one can go."""

    DEFAULT_CSS = """
    TopBar {
        dock: top; height: 1; background: $panel;
        .-narrow & #name { display: none; }
        #name { width: auto; padding: 0 1; color: $primary; text-style: bold; }
        AreaTab {
            width: auto; padding: 0 1;
            &.-active { background: $background; color: $primary; text-style: bold; }
            &:hover { text-style: underline; }
        }
        #world { width: 1fr; text-align: right; padding: 0 1; color: $muted; text-wrap: nowrap; }
    }
    """

    def __init__(self, active: str, today: date, ledger: str, read_only: bool) -> None:
        super().__init__()
        self._active, self._today = active, today
        self._ledger, self._read_only = printable(ledger), read_only

    def compose(self) -> ComposeResult:
        """Lay out the line."""
        yield Static("督导台账", id="name")
        for area, key, title in AREAS:
            yield AreaTab(area, key, title, area == self._active)
        yield Static(self._world(), id="world", markup=False)

    def _world(self) -> str:
        day = f"{self._today} {weekday(self._today)}"
        mode = "只读 " if self._read_only else ""
        return f"{mode}{day}"

    def on_mount(self) -> None:
        """Say in full what the line has no room for."""
        self.query_one("#world").tooltip = f"今天按 {self._today} 计；台账 {self._ledger}".replace(
            "[", "\\["
        )
