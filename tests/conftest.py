"""What every test shares: steady property tests, an environment of its own, the demo ledger."""

from __future__ import annotations

import gc
import os
import shutil
from functools import partial
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from supervise.services import demo
from tests.once import Once, once

# No deadline: a loaded machine is not a failing property.
settings.register_profile("dev", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, print_blob=True)
settings.load_profile("ci" if os.environ.get("CI") else "dev")


def pytest_collection_finish() -> None:
    """Look for garbage seldom, and not in what is loaded by now and stays."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 10, 10)


@pytest.fixture(autouse=True)
def _own_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the host's ledger, settings and date out of every test, and the test's out of them."""
    for name in [name for name in os.environ if name.startswith("SUPERVISE_")]:
        monkeypatch.delenv(name)
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / ".xdg" / name.lower()))


@pytest.fixture
def ledger_path(tmp_path: Path) -> Path:
    """Give a place for a ledger that does not exist yet."""
    return tmp_path / "ledger.db"


@pytest.fixture(scope="session", name="once")
def once_a_run(tmp_path_factory: pytest.TempPathFactory) -> Once:
    """Fill a folder by its name once a run, for all workers; to be copied, never written."""
    base = tmp_path_factory.getbasetemp()
    return partial(once, (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "once")


@pytest.fixture(scope="session")
def demo_ledger(once: Once, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the demo ledger, to be read; who writes copies it."""
    built = once("demo", lambda folder: demo.build(folder / "demo.db")) / "demo.db"
    return Path(shutil.copy(built, tmp_path_factory.mktemp("demo")))
