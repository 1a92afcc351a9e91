"""Whatever the text: no crash, no escape code, no column out of place, in any field or list."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from itertools import cycle
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from textual import events
from textual.widgets import Input, TextArea

from screens.app import Dashboard
from screens.dialogs.field_row import FieldRow
from screens.dialogs.operation import OperationDialog
from screens.window import Window
from supervise.errors import SuperviseError
from supervise.services import ledger
from supervise.services.registry import COMMON, OPERATIONS
from supervise.services.session import Session
from supervise.services.work import Work, step, working
from tests.screens.any_text import TEXTS, broken
from tests.screens.conftest import TODAY, Driver

# A dashboard costs a second, a text nothing: one example has a text for every field.
MANY = settings(
    max_examples=1,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
POOL = st.lists(TEXTS, min_size=60, max_size=60, unique=True)
WIDTH = 100


class Bare(Window[None]):
    """A window with nothing in it, to open dialogs over."""

    CSS_PATH = str(Path(__file__).parents[2] / "screens" / "app.tcss")

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.path, self.today = path, TODAY

    def visit(self, *, write: bool = False) -> Session:
        """Open a session of the calling thread's own."""
        return Session(self.path, TODAY, write=write)


@MANY
@given(POOL)
async def test_every_field_of_every_operation_takes_any_text(city: Path, pool: list[str]) -> None:
    texts = cycle(pool)
    app = Bare(city)
    async with app.run_test(size=(WIDTH, 40)) as pilot:
        driver = Driver(app, pilot, [])  # type: ignore[arg-type]
        seen: set[tuple[str, str, bool]] = set()
        for op in OPERATIONS.values():
            # A field that several operations have is shown in the first dialog that asks for it.
            fields = {field.name: field for field in (*COMMON, *op.fields)}
            kinds = {name: (name, one.kind, bool(one.choices)) for name, one in fields.items()}
            fixed = {name: "" for name, kind in kinds.items() if kind in seen}
            if len(fixed) == len(fields):
                continue
            seen |= set(kinds.values())
            values = {name: next(texts) for name in fields}
            app.push_screen(OperationDialog(op, next(texts), fixed, values))
            await pilot.pause()
            for row in app.screen.query(FieldRow):
                if isinstance(row.entry, Input | TextArea):
                    row.entry.post_message(events.Paste(next(texts)))
            await pilot.pause()
            faults = broken(driver.lines, WIDTH)
            assert not faults, f"{op.name}: {faults!r}"
            app.pop_screen()


def _fill(path: Path, texts: Iterator[str]) -> None:
    """Make a ledger in which every text that is kept is any text, with a notice that names."""
    day = date(2024, 11, 4)
    ledger.create(path, today=day)
    with Session(path, TODAY, write=True) as session, working(session) as work:
        units = [name for name in (f"局{next(texts)}" for _ in range(4)) if _add(work, name)]
        for number in range(9):
            _issue(work, units[number % len(units)], number, day, texts)
    for operation, values in (
        ("notice.draft", {"period": "2024-11"}),
        ("notice.issue", {"period": "2024-11", "number": f"号{next(texts)}"}),
    ):
        with Session(path, TODAY, write=True) as session, working(session) as work:
            step(work, operation, values)


def _add(work: Work, name: str) -> bool:
    with suppress(SuperviseError):
        step(work, "unit.add", {"unit": name, "short": name[:9], "head": name})
        return True
    return False


def _issue(work: Work, unit: str, number: int, day: date, texts: Iterator[str]) -> None:
    """Register an issue, and take it some of the way."""

    def said(*names: str) -> dict[str, Any]:
        return {name: f"文{next(texts)}" for name in names} | {"on": day}

    words = said("title", "detail", "source", "source_no", "batch", "category", "party", "contact")
    code = step(work, "issue.add", words | {"handler": f"人{next(texts)}", "found_on": day})["code"]
    way: list[tuple[str, dict[str, Any]]] = [
        ("accept", said("conclusion", "note")),
        ("assign", {"unit": unit, "on": day}),
        ("progress", said("note", "by", "ref")),
        ("submit", said("measures", "note")),
        ("return", said("reason", "by")),
    ]
    for name, values in way[: 1 + number % (len(way) + 1)]:
        step(work, f"issue.{name}", {"issue": code, **values})


@MANY
@given(POOL)
async def test_stored_text_breaks_no_page(tmp_path: Path, drive, pool: list[str]) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "any.db"
    path.unlink(missing_ok=True)
    _fill(path, cycle(pool))
    async with drive(path) as driver:
        for area in Dashboard.MODES:
            await driver.app.run_action(f"mode('{area}')")
            await driver.settle()
            faults = broken(driver.lines, 120)
            await driver.press("down", "enter")
            faults += broken(driver.lines, 120)
            assert not faults, f"{area}: {faults!r}"
            while len(driver.app.screen_stack) > 1:
                await driver.press("escape")
