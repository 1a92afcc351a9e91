"""An empty ledger made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from supervise.services import ledger
from tests.services.office import TODAY, Office


@pytest.fixture(scope="session")
def empty_ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a ledger without units or issues; copy it, don't write to it."""
    path = tmp_path_factory.mktemp("empty") / "ledger.db"
    ledger.create(path, today=TODAY)
    return path


@pytest.fixture
def office(empty_ledger: Path, ledger_path: Path) -> Iterator[Office]:
    """Give an office with three units, on the last day of 2024."""
    shutil.copy(empty_ledger, ledger_path)
    own = Office(ledger_path)
    for number, name in enumerate(("市住建局", "市水务局", "市城管局"), 1):
        own.unit(name, unit_id=f"U{number}", order=number)
    yield own
    own.close()
