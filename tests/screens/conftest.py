"""A small ledger of a fictitious city, and a dashboard driven by real keys."""

from __future__ import annotations

import shutil
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from textual.message import Message
from textual.pilot import Pilot

from screens.app import Dashboard
from screens.loading import Failed
from supervise.services import ledger
from supervise.services.session import SHANGHAI, Session
from supervise.services.work import Work, perform, step, working
from tests.screens.threads import Watch
from tests.screens.waiting import key_event, still

TODAY = date(2024, 12, 31)
REST = 0.01
UNITS = ("市住建局", "市教育局", "市人社局", "东宝区")
HOSTILE = (
    "[/]见附件[b]加粗[a=b]",
    "[@click=app.quit]点我[/]",
    "\x1b[31m红\x1b[0m\x07 \u202e倒\u202c",
    '=HYPERLINK("x")',
    "长" * 3000,
    "多\n行\t文字",
    "👨‍👩‍👧‍👦 𠮷 ㎡ ｶﾅ",
)


def _units(work: Work) -> None:
    for place, name in enumerate(UNITS):
        kind = "县市区" if name.endswith("区") else "市直部门"
        step(work, "unit.add", {"unit": name, "kind": kind, "order": place + 1})


def _issue(work: Work, number: int, title: str) -> None:
    """Register an issue and take it some way along the loop, by its number."""
    found = date(2024, 9, 2) + timedelta(days=number * 3)
    code = step(work, "issue.add", {"title": title, "found_on": found, "on": found})["code"]
    if number % 5 == 4:
        return
    step(work, "issue.accept", {"issue": code, "on": found, "urgency": "平急"})
    values = {"issue": code, "unit": UNITS[number % len(UNITS)], "on": found}
    step(work, "issue.assign", values)
    if number % 5 == 1:
        handed = found + timedelta(days=4)
        step(work, "issue.submit", {"issue": code, "on": handed, "measures": "已整改"})


def _session(path: Path, today: date) -> Session:
    """Open a session in which the clock stands still and the recorder has a name."""
    noon = datetime(today.year, today.month, today.day, 12, tzinfo=SHANGHAI)
    return Session(
        path, today, clock=lambda: noon, recorder="经办员", write=True, salt=lambda: "5a" * 16
    )


def fill(path: Path, titles: list[str]) -> None:
    """Make a ledger with issues in several stages and two issued notices."""
    start = date(2024, 1, 2)
    ledger.create(path, today=start, session=_session(path, start))
    with _session(path, TODAY) as session, working(session) as work:
        _units(work)
        for number, title in enumerate(titles):
            _issue(work, number, title)
    for period, day in (("2024-10", date(2024, 11, 5)), ("2024-11", date(2024, 12, 5))):
        with _session(path, day) as session:
            perform(session, "notice.draft", {"period": period, "by": "李四"})
            values = {"period": period, "number": f"〔2024〕{period[-2:]}号", "delivered_on": day}
            perform(session, "notice.issue", values)


@pytest.fixture(scope="session")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the ledger of thirty issues once; tests work on copies."""
    path = tmp_path_factory.mktemp("city") / "ledger.db"
    fill(path, [f"企业反映办事不便({n})" for n in range(30)])
    return path


@pytest.fixture
def city(filled: Path, ledger_path: Path) -> Path:
    """Give a ledger of thirty issues."""
    return Path(shutil.copy(filled, ledger_path))


@pytest.fixture
def hostile_city(ledger_path: Path) -> Path:
    """Give a ledger whose titles try to break the screen."""
    fill(ledger_path, [HOSTILE[n % len(HOSTILE)] + f"({n})" for n in range(14)])
    return ledger_path


@pytest.fixture(autouse=True)
def _own_preferences(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Keep each test's settings apart, and away from the user's."""
    monkeypatch.setenv("SUPERVISE_PREFERENCES", str(tmp_path / "dashboard.json"))


@pytest.fixture(autouse=True)
def _no_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let nothing wait for a hand to come to rest."""
    monkeypatch.setattr("screens.resting.REST", REST)
    monkeypatch.setattr("screens.issues.TYPING", REST)
    monkeypatch.setattr("screens.issue_lists.COUNTING", REST)
    monkeypatch.setattr("screens.dialogs.operation.SLOW", REST)
    # What changes one after the other is drawn together, as in a slow terminal.
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 10 * REST)


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Iterator[Watch]:
    """Hold in every test that the interface's thread never asks the database."""
    watch = Watch()
    watch.begin(monkeypatch)
    yield watch
    assert not watch.faults


class Driver:
    """A dashboard under test: presses keys, waits for workers, reads what is on the screen."""

    def __init__(self, app: Dashboard, pilot: Pilot[None], messages: list[Message]) -> None:
        self.app, self.pilot, self.messages = app, pilot, messages

    async def settle(self) -> None:
        """Wait until nothing is being read, written, drawn or about to be."""
        await still(self.app)

    async def press(self, *keys: str) -> None:
        """Press keys, and wait for what each of them sets off."""
        for key in keys:
            self._send(key)
            await self.settle()

    async def type(self, text: str) -> None:
        """Type text, as an input method hands it over: at once."""
        for character in text:
            self._send(character)
        await self.settle()

    def _send(self, key: str) -> None:
        event = key_event(key)
        event.set_sender(self.app)
        assert self.app._driver is not None
        self.app._driver.send_message(event)

    @property
    def lines(self) -> list[str]:
        """The screen as lines of text."""
        strips = self.app.screen._compositor.render_strips()
        return ["".join(segment.text for segment in strip) for strip in strips]

    @property
    def text(self) -> str:
        """The screen as text."""
        return "\n".join(self.lines)

    @property
    def toasts(self) -> str:
        """Everything said in toasts."""
        return "\n".join(str(one.message) for one in self.app._notifications)

    def query(self, selector: str, kind: type[Any]) -> Any:
        """Find a widget of the screen that is shown."""
        return self.app.screen.query_one(selector, kind)


@pytest.fixture
def drive() -> Callable[..., AbstractAsyncContextManager[Driver]]:
    """Give a way to open the dashboard on a ledger; no fault and no read on its own thread."""

    @asynccontextmanager
    async def opened(
        path: Path, size: tuple[int, int] = (120, 40), *, read_only: bool = False
    ) -> AsyncIterator[Driver]:
        messages: list[Message] = []
        loop_thread = threading.get_ident()
        opened_on: list[int] = []

        def visit(ledger: Path, today: date, write: bool) -> Session:
            opened_on.append(threading.get_ident())
            return Session(ledger, today, write=write)

        app = Dashboard(path, TODAY, read_only=read_only, session=visit)
        async with app.run_test(
            size=size, notifications=True, tooltips=True, message_hook=messages.append
        ) as pilot:
            driver = Driver(app, pilot, messages)
            await driver.settle()
            yield driver
        faults = [m.sentence for m in messages if isinstance(m, Failed) and m.unexpected]
        assert not faults
        assert loop_thread not in opened_on

    return opened
