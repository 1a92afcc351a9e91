"""A small ledger with every kind of row in it, built once and copied for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from supervise.services import ledger
from tests.children import Start, children
from tests.db.making import TODAY, copy_ledger, fill

PRELUDE = """
import sys
from datetime import date
from pathlib import Path
from supervise.services.session import Session
from supervise.services.work import perform
path = Path(sys.argv[1])
def opened():
    return Session(path, date(2024, 12, 31), recorder="子进程", write=True)
"""


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("template") / "ledger.db"
    ledger.create(path, today=TODAY)
    fill(path)
    return path


@pytest.fixture
def book(_template: Path, tmp_path: Path) -> Path:
    """Give a ledger with units, issues, complainants and an evidence file."""
    return copy_ledger(_template, tmp_path / "ledger.db")


@pytest.fixture
def child() -> Iterator[Start]:
    """Give a function that runs a script on a ledger in a process of its own."""
    with children() as start:
        yield lambda script, *arguments: start(PRELUDE + script, *arguments)
