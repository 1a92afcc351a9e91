"""The dashboard: four areas, one ledger. It holds no query and no rule."""

from __future__ import annotations

import gc
from asyncio import to_thread
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events, on
from textual.actions import ActionParseResult
from textual.binding import BindingType
from textual.dom import DOMNode
from textual.message import Message
from textual.screen import Screen

from screens.commands import APP, bindings
from screens.garbage import Garbage
from screens.guide import GuidedWindow
from screens.loading import read
from screens.overview import OverviewScreen
from screens.page import Page
from screens.widgets.top_bar import AreaTab
from supervise.services.session import Session

if TYPE_CHECKING:
    from concurrent.futures import Future

    from supervise.services.today import Today

# Seconds between two looks at the newest event: what others do is shown within two.
EVERY = 1.0


# The other areas are loaded when they are opened: the first one is on the screen sooner.


def _issues() -> Page:
    from screens.issues import IssuesScreen

    return IssuesScreen()


def _notices() -> Page:
    from screens.notices import NoticesScreen

    return NoticesScreen()


def _interviews() -> Page:
    from screens.interviews import InterviewsScreen

    return InterviewsScreen()


def _units() -> Page:
    from screens.units import UnitsScreen

    return UnitsScreen()


def _importing() -> Page:
    from screens.importing import ImportingScreen

    return ImportingScreen()


def _deadlines() -> Page:
    from screens.deadlines import DeadlinesScreen

    return DeadlinesScreen()


def _log() -> Page:
    from screens.log import LogScreen

    return LogScreen()


def _tasks() -> Page:
    from screens.tasks import TasksScreen

    return TasksScreen()


def _duties() -> Page:
    from screens.duties import DutiesScreen

    return DutiesScreen()


def _sheets() -> Page:
    from screens.sheets import SheetsScreen

    return SheetsScreen()


def _foresight() -> Page:
    from screens.foresight import ForesightScreen

    return ForesightScreen()


def _dispatch() -> Page:
    from screens.dispatch import DispatchScreen

    return DispatchScreen()


def _instructions() -> Page:
    from screens.instructions import InstructionsScreen

    return InstructionsScreen()


def _revisits() -> Page:
    from screens.revisits import RevisitsScreen

    return RevisitsScreen()


class Dashboard(GuidedWindow[None], inherit_bindings=False):
    """The program's window: areas, themes, and the watch over changes by other processes."""

    # The first page's styles too, so that all are read once.
    CSS_PATH = ["app.tcss", "overview.tcss"]
    BINDINGS: ClassVar[list[BindingType]] = bindings(APP)
    MODES: ClassVar[dict[str, str | Callable[[], Screen[Any]]]] = {
        "overview": OverviewScreen,
        "issues": _issues,
        "notices": _notices,
        "interviews": _interviews,
        "units": _units,
        "importing": _importing,
        "deadlines": _deadlines,
        "log": _log,
        "sheets": _sheets,
        "foresight": _foresight,
        "dispatch": _dispatch,
        "instructions": _instructions,
        "revisits": _revisits,
        "tasks": _tasks,
        "duties": _duties,
    }
    DEFAULT_MODE = "overview"

    @dataclass
    class LedgerFound(Message):
        """Another ledger was looked at and can be opened."""

        path: Path

    @dataclass
    class Changed(Message):
        """The newest event of the ledger, as last seen."""

        newest: int

    def __init__(
        self,
        ledger: Path,
        today: date,
        *,
        read_only: bool = False,
        session: Callable[[Path, date, bool], Session] | None = None,
        first: Future[Today] | None = None,
        area: str | None = None,
    ) -> None:
        super().__init__()
        self.first = first
        self.ledger, self.today, self.read_only = ledger, today, read_only
        self._session = session or (
            lambda path, day, write: Session(path, day, write=write, upgrading=not read_only)
        )
        self.newest = 0
        self._garbage = Garbage()
        self._loaded = {self.DEFAULT_MODE}
        # The area to begin in, when it is not the first; the ledger to go on with after this one.
        self._area = area
        self.next_ledger: Path | None = None

    def visit(self, *, write: bool = False) -> Session:
        """Open a session for the thread that asks; only workers call this."""
        return self._session(self.ledger, self.today, write)

    # Keeping up with the ledger.

    def on_mount(self) -> None:
        """Watch for changes by other processes."""
        self.set_interval(EVERY, self.check_changes)
        self.set_timer(EVERY, self._at_rest)
        self.set_timer(EVERY, self._remember_ledger)
        if self._area is not None:
            self.call_after_refresh(self.action_mode, self._area)

    def _at_rest(self) -> None:
        """With the first page on the screen, load the others; look for garbage from now on."""
        from screens.ahead import load

        self.load_ahead(load)
        # What a start makes stays: it need not be looked through each time.
        gc.freeze()
        self.set_interval(EVERY, self._tidy)

    def _tidy(self) -> None:
        """Look for garbage, and for styles that came since.

        With a dialog open, much of what there is will be garbage soon.
        """
        self._garbage.look(keep=len(self.screen_stack) == 1)
        self.prepare_themes()

    async def on_event(self, event: events.Event) -> None:
        """Note when a key or the mouse was used last."""
        if isinstance(event, events.InputEvent):
            self._garbage.touched()
        await super().on_event(event)

    def _remember_ledger(self) -> None:
        """Keep this ledger in front of those opened lately."""
        from screens.folders import with_recent
        from screens.ledgers import LEDGERS

        known = self.preferences.get(LEDGERS)
        latest = with_recent(known, self.ledger.absolute())
        if latest != known:
            self.remember(**{LEDGERS: latest})

    def check_changes(self) -> None:
        """Ask in a thread for the newest event."""
        from supervise.services.changes import head

        read(self, "changes", head, self.Changed, "查看台账有无变化")

    @on(Changed)
    def changed(self, message: Changed) -> None:
        """Let the page that is shown catch up; the others do when they are shown."""
        if message.newest != self.newest:
            self.newest = message.newest
            for screen in self.screen_stack:
                if isinstance(screen, Page):
                    screen.catch_up()

    async def run_action(
        self,
        action: str | ActionParseResult,
        default_namespace: DOMNode | None = None,
        namespaces: Mapping[str, DOMNode] | None = None,
    ) -> bool:
        """Run an action; one that is greyed says why instead of doing nothing."""
        if await super().run_action(action, default_namespace, namespaces):
            return True
        target, name, parameters = self._parse_action(
            action, self if default_namespace is None else default_namespace, namespaces
        )
        reason = target.reason_against(name, parameters) if isinstance(target, Page) else None
        if reason:
            self.say(reason, bad=True)
        return reason is not None

    # Going about.

    async def action_mode(self, area: str) -> None:
        """Open an area; its modules are loaded in a thread, if they are not yet."""
        if area not in self._loaded:
            await to_thread(import_module, f"screens.{area}")
            self._loaded.add(area)
        await self.switch_mode(area)

    @on(AreaTab.Opened)
    async def open_area(self, message: AreaTab.Opened) -> None:
        """Open the area that was clicked."""
        await self.action_mode(message.area)

    async def open_list(self, area: str, key: str) -> None:
        """Open an area on a list of its own, or on one record."""
        await self.action_mode(area)
        if isinstance(self.screen, Page):
            self.screen.open(key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Grey the area that is open."""
        if action == "mode" and parameters == (self.current_mode,):
            return None
        return super().check_action(action, parameters)

    def action_reload(self) -> None:
        """Read the page again."""
        if isinstance(self.screen, Page):
            self.screen.reload()

    # Another ledger.

    def action_open_ledger(self) -> None:
        """Pick another ledger and go on with it."""
        from screens.dialogs.pick_file import PickFileDialog
        from screens.ledgers import LEDGER_ENDINGS

        picked = PickFileDialog("打开台账", LEDGER_ENDINGS, self.ledger.absolute().parent)
        self.push_screen(picked, self._look_at)

    def _look_at(self, path: Path | None) -> None:
        from screens.ledgers import usable

        if path is not None:
            read(self, "ledger", partial(usable, path), self.LedgerFound, "打开台账")

    @on(LedgerFound)
    def go_on_with(self, message: LedgerFound) -> None:
        """Leave this ledger for the one that was picked."""
        self.next_ledger = message.path
        self.exit()


def run(
    ledger: Path,
    today: date,
    read_only: bool = False,
    first: Future[Today] | None = None,
    area: str | None = None,
) -> Path | None:
    """Open the dashboard on a ledger and stay until it is left; gives the ledger to go on with.

    `first`: the figures of the first page, read ahead while all this was loaded; `area`: the page
    to begin on.
    """
    board = Dashboard(ledger, today, read_only=read_only, first=first, area=area)
    board.stay()
    return board.next_ledger
