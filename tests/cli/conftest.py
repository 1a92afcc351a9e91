"""Running the command line inside the test's own process, with what it printed."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from supervise.cli.start import run
from tests.cli.running import Done, Program
from tests.cli.story import STORY
from tests.once import Once

Supervise = Callable[..., Done]
Entered = Callable[[str, Callable[[Program], object]], Program]


@pytest.fixture
def supervise(
    ledger_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> Supervise:
    """Run `supervise` with the given arguments on the test's own ledger."""
    monkeypatch.setenv("SUPERVISE_LEDGER", str(ledger_path))
    monkeypatch.setenv("SUPERVISE_TODAY", "2024-12-31")
    monkeypatch.setenv("LOGNAME", "测试员")

    def ran(*arguments: object) -> Done:
        capfd.readouterr()
        status = run([str(argument) for argument in arguments])
        written = capfd.readouterr()
        return Done(status, written.out, written.err)

    return ran


@pytest.fixture
def demo_at_hand(demo_ledger: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let `supervise demo` put down the demo ledger as it was built once, not build it again."""

    def build(path: Path, _progress: object) -> None:
        shutil.copyfile(demo_ledger, path)

    monkeypatch.setattr("supervise.services.demo.build", build)


@pytest.fixture
def office(supervise: Supervise) -> Supervise:
    """Give a ledger with two units and one issue being put right."""
    for line in (
        "init",
        "unit add 市住建局 --unit-id 11420800MB0001",
        "unit add 市水务局",
        "issue add JM-2024-0001 --title 路灯不亮 --found-on 2024-06-01 --on 2024-06-01",
        "issue assign JM-2024-0001 --unit 市住建局 --due-on 2024-06-20 --on 2024-06-03",
    ):
        assert supervise(*line.split()).status == 0, line
    return supervise


@pytest.fixture(scope="session")
def entered(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Entered:
    """Give the program on a ledger by its name; `enter` makes it once a run, for all workers."""

    def found(name: str, enter: Callable[[Program], object]) -> Program:
        made = Program(once(name, lambda folder: enter(Program(folder))))
        return made.copy(tmp_path_factory.mktemp(name))

    return found


@pytest.fixture(scope="session")
def empty(entered: Entered) -> Program:
    """Give a ledger with three units; to be copied, never written."""

    def enter(program: Program) -> None:
        program("init")
        program.batch(
            {"op": "unit.add", "unit": "市住建局", "unit_id": "A1", "on": "2024-01-02"},
            {"op": "unit.add", "unit": "市水务局", "unit_id": "A2", "on": "2024-01-02"},
            {"op": "unit.add", "unit": "东山县", "unit_id": "A3", "kind": "县市区",
             "on": "2024-01-02"},
        )  # fmt: skip

    return entered("empty", enter)


@pytest.fixture(scope="session")
def year(entered: Entered) -> Program:
    """Give the ledger of the whole story, from one file of JSON Lines; to be read only."""

    def enter(program: Program) -> None:
        program("init")
        done = program("batch", program.lines(*STORY))
        assert (done["rows"], done["applied"]) == (len(STORY), len(STORY))

    return entered("year", enter)


@pytest.fixture
def fresh(empty: Program, tmp_path: Path) -> Program:
    """Give the program on a ledger with three units and nothing else."""
    return empty.copy(tmp_path)
