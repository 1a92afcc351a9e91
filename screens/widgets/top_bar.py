"""The line at the top: the areas, the business date, and which ledger this is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from screens.words import weekday
from supervise.text import printable

# Each area: its name, its key, its title, and the title where room is short.
AREAS = (
    ("overview", "F2", "今日工作", "今日"),
    ("issues", "F3", "问题", "问题"),
    ("notices", "F4", "通报", "通报"),
    ("interviews", "F5", "约谈", "约谈"),
    ("units", "F10", "单位", "单位"),
    ("importing", "F11", "导入", "导入"),
    ("deadlines", "Ctrl+L", "日程", "日程"),
    ("log", "Ctrl+G", "记录", "记录"),
    ("tasks", "Ctrl+F2", "任务", "任务"),
    ("duties", "Ctrl+F3", "报送", "报送"),
)
NAME = "督导台账"
# The areas that give way first; they have no function key.
_SPARE = frozenset({"deadlines", "log", "tasks", "duties"})
Words = tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Fit:
    """How the line is worded: whether the program's name stands there, and each area's words."""

    name: bool
    tabs: tuple[Words, ...]

    @property
    def width(self) -> int:
        """The cells it takes, every tab with a blank on either side."""
        shown = [f"{key} {title}".strip() for key, title in filter(None, self.tabs)]
        return sum(cell_len(words) + 2 for words in shown) + self.name * (cell_len(NAME) + 2)


def _wordings(active: str) -> Iterator[Fit]:
    """Give the wordings of the line, the fullest first."""
    full = tuple((key, title) for _, key, title, _ in AREAS)
    yield Fit(True, full)
    yield Fit(False, full)
    yield Fit(False, tuple((key, short) for _, key, _, short in AREAS))
    spare = tuple(("" if area in _SPARE else key, short) for area, key, _, short in AREAS)
    yield Fit(False, spare)
    shown = [area == active or area not in _SPARE for area, *_ in AREAS]
    yield Fit(False, tuple(tab if on else None for tab, on in zip(spare, shown, strict=True)))
    yield Fit(False, tuple(("", short) for *_, short in AREAS))
    bare = tuple(("", short) if on else None for (*_, short), on in zip(AREAS, shown, strict=True))
    yield Fit(False, bare)


def fit(active: str, room: int) -> Fit:
    """Choose the fullest wording that leaves the date its room."""
    found = list(_wordings(active))
    return next((one for one in found if one.width <= room), found[-1])


class AreaTab(Static):
    """One area; a click opens it."""

    @dataclass
    class Opened(Message):
        """An area was asked for."""

        area: str

    def __init__(self, area: str, key: str, title: str, words: Words, active: bool) -> None:
        super().__init__(_tab(words), classes="-active" if active else "")
        self._area, self._words = area, words
        self.display = words is not None
        self.tooltip = f"{title}（{key}）"

    def say(self, words: Words) -> None:
        """Word the tab for the room there is; None takes it away."""
        if words != self._words:
            self._words = words
            self.display = words is not None
            self.update(_tab(words))

    def on_click(self) -> None:
        """Ask for the area."""
        self.post_message(self.Opened(self._area))


def _tab(words: Words) -> Content:
    key, title = words or ("", "")
    return Content.assemble((key, "$muted"), " " if key else "", title)


class TopBar(Horizontal):
    """Where one can go, and what day it is; the date and 只读 are never cut off."""

    DEFAULT_CSS = """
    TopBar {
        dock: top; height: 1; background: $panel;
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
        """Lay out the line, worded for the terminal as it is now."""
        chosen = self._fit(self.app.size.width)
        name = Static(NAME, id="name")
        name.display = chosen.name
        yield name
        for (area, key, title, _), words in zip(AREAS, chosen.tabs, strict=True):
            yield AreaTab(area, key, title, words, area == self._active)
        yield Static(self._world(chosen.width), id="world", markup=False)

    def _fit(self, width: int) -> Fit:
        return fit(self._active, width - cell_len(self._world()) - 2)

    def on_resize(self) -> None:
        """Word the line for the room there is now."""
        chosen = self._fit(self.size.width)
        self.query_one("#name").display = chosen.name
        for tab, words in zip(self.query(AreaTab), chosen.tabs, strict=True):
            tab.say(words)
        self.query_one("#world", Static).update(self._world(chosen.width))

    def _world(self, beside: int = 0) -> str:
        """Give the date, without its weekday where there is no room beside the tabs."""
        mode = "只读 " if self._read_only else ""
        words = f"{mode}{self._today} {weekday(self._today)}"
        cramped = beside + cell_len(words) + 2 > self.app.size.width
        return f"{mode}{self._today}" if cramped else words

    def on_mount(self) -> None:
        """Say in full what the line has no room for."""
        self.query_one("#world").tooltip = f"今天按 {self._today} 计；台账 {self._ledger}".replace(
            "[", "\\["
        )
