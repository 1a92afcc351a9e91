"""The first thing seen where there is no ledger: make one, look at a demo, import, or open one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.message import Message
from textual.screen import Screen
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from screens.ledgers import LEDGER_ENDINGS, LEDGERS, Known, still_there, usable
from screens.loading import read
from screens.widgets.columns import fitted, one_line
from screens.widgets.key_bar import KeyBar
from screens.window import Window
from supervise.services.session import Session

_NAME = 12
_WAYS = (
    ("new", "F2", "新建台账", "选一套规则（各地的时限、点名和约谈办法），从空台账开始"),
    ("import", "F3", "新建并导入", "新建台账，接着把手头的 Excel 问题台账导进来"),
    ("demo", "F4", "看演示", "用一个虚构城市的十二个月台账先试试，不影响正式台账"),
    ("open", "F5", "打开台账", "打开已有的台账文件，如从别的电脑拷来的"),
)


def _binding(way: str, key: str, title: str, about: str) -> Binding:
    return Binding(key.lower(), f"go('{way}')", title, id=f"welcome.{way}", tooltip=about)


@dataclass(frozen=True, slots=True)
class Start:
    """What to open the dashboard on: the ledger, its business date, the page to begin on."""

    ledger: Path
    today: date
    area: str | None = None


class Ways(OptionList):
    """The four ways, and below them the ledgers opened lately."""

    def __init__(self) -> None:
        super().__init__(id="ways", compact=True)
        self.known: tuple[Known, ...] = ()
        self.add_options([_line(*way) for way in _WAYS])

    def show_known(self, known: Sequence[Known]) -> None:
        """Add the ledgers opened lately."""
        self.known = tuple(known)
        if known:
            self.add_option(None)
            self.add_options([_known_line(one) for one in known])


def _line(way: str, key: str, title: str, about: str) -> Option:
    return Option(
        Content.assemble(
            (f"{key}  ", "$muted"), (fitted(title, _NAME), "$primary bold"), (about, "")
        ),
        id=way,
    )


def _known_line(known: Known) -> Option:
    words = f"（{known.size}，{known.changed} 改动）"
    return Option(
        Content.assemble(("最近  ", "$muted"), one_line(str(known.path)), (words, "$muted"))
    )


class WelcomeScreen(Screen[None]):
    """The ways to come by a ledger."""

    CSS_PATH = ["app.tcss", "welcome.tcss"]
    AUTO_FOCUS = "#ways"

    @dataclass
    class Looked(Message):
        """The ledgers opened lately were looked for."""

        known: tuple[Known, ...]

    @dataclass
    class Chosen(Message):
        """A way was chosen, or a ledger opened lately."""

        way: str
        ledger: Path | None = None

    def __init__(self, ledger: Path) -> None:
        super().__init__()
        self._ledger = ledger

    def compose(self) -> ComposeResult:
        """Lay out the words and the ways."""
        with Vertical(id="frame") as frame:
            frame.border_title = Content("督导台账")
            yield Static(self._words(), id="words")
            yield Ways()
            yield Static("按 ↑ ↓ 选择，按 Enter 确定，也可直接按左边的键；Ctrl+Q 退出。", id="how")
        yield KeyBar()

    def _words(self) -> Content:
        return Content.assemble(
            "优化营商环境工作督导：从发现到销号，按月点名，提请约谈。\n",
            ("还没有台账：", "bold"),
            one_line(str(self._ledger)),
            "\n台账是一个文件，放在自己的电脑上；从哪里开始？",
        )

    def on_mount(self) -> None:
        """Look in a thread for the ledgers opened lately."""
        self.query_one(Ways).highlighted = 0
        app = self.app
        known = app.preferences.get(LEDGERS) if isinstance(app, Welcome) else None
        read(self, "known", lambda _: still_there(known), self.Looked, "查找最近的台账")

    @on(Looked)
    def show_known(self, message: Looked) -> None:
        """Show the ledgers opened lately."""
        self.query_one(Ways).show_known(message.known)

    @on(OptionList.OptionSelected, "#ways")
    def choose(self, message: OptionList.OptionSelected) -> None:
        """Go the way under the mark."""
        message.stop()
        ways = self.query_one(Ways)
        if message.option_index < len(_WAYS):
            self.post_message(self.Chosen(_WAYS[message.option_index][0]))
        else:
            place = message.option_index - len(_WAYS)
            self.post_message(self.Chosen("known", ways.known[place].path))


class Welcome(Window[Start]):
    """The window in which a ledger is made or chosen; it gives what to open."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(_binding(*way) for way in _WAYS),
        Binding("f12", "switch_theme", "颜色", show=False, id="welcome.theme", tooltip="换颜色"),
        Binding("ctrl+q", "quit", "退出", id="welcome.quit", tooltip="退出"),
        Binding(
            "ctrl+c",
            "help_quit",
            "怎样退出",
            show=False,
            id="welcome.interrupt",
            tooltip="怎样退出",
        ),
    ]

    @dataclass
    class Found(Message):
        """A ledger was looked at and can be opened."""

        path: Path

    def __init__(self, ledger: Path, today: date) -> None:
        super().__init__()
        self.ledger, self.today = ledger, today

    def visit(self, *, write: bool = False) -> Session:
        """Give a session for a thread; nothing is opened until it is used."""
        return Session(self.ledger, self.today, write=write)

    def on_mount(self) -> None:
        """Show the ways."""
        self.push_screen(WelcomeScreen(self.ledger))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave the ways to the screen they stand on."""
        return action != "go" or isinstance(self.screen, WelcomeScreen)

    @on(WelcomeScreen.Chosen)
    def chosen(self, message: WelcomeScreen.Chosen) -> None:
        """Go the way that was chosen."""
        if message.ledger is not None:
            self._look_at(message.ledger)
        else:
            self.action_go(message.way)

    def action_go(self, way: str) -> None:
        """Ask what the way needs."""
        from screens.dialogs.new_ledger import DemoDialog, NewLedgerDialog

        if way == "open":
            from screens.dialogs.pick_file import PickFileDialog

            self.push_screen(PickFileDialog("打开台账", LEDGER_ENDINGS), self._look_at)
        elif way == "demo":
            self.push_screen(DemoDialog(self.ledger), self._made_demo)
        else:
            area = "importing" if way == "import" else None
            self.push_screen(NewLedgerDialog(self.ledger), partial(self._made, area))

    def _made(self, area: str | None, path: Path | None) -> None:
        if path is not None:
            self.exit(Start(path, self.today, area))

    def _made_demo(self, path: Path | None) -> None:
        if path is not None:
            from supervise.services.demo import TODAY

            self.exit(Start(path, TODAY))

    def _look_at(self, path: Path | None) -> None:
        if path is not None:
            read(self, "ledger", partial(usable, path), self.Found, "打开台账")

    @on(Found)
    def open_found(self, message: Found) -> None:
        """Open the ledger that was picked."""
        self.exit(Start(message.path, self.today))


def welcome(ledger: Path, today: date) -> Start | None:
    """Show the ways to come by a ledger; None when the user left instead."""
    return Welcome(ledger, today).stay()
