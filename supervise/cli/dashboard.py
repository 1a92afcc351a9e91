"""`supervise` alone: the dashboard on a terminal, the overview elsewhere."""

from __future__ import annotations

import gc
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.cli.front import Front

if TYPE_CHECKING:
    from concurrent.futures import Future

    from supervise.services.today import Today


def home(front: Front) -> None:
    """Open the dashboard; without a terminal, or with --json, print the overview."""
    if front.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from supervise.cli.ledger import overview

        overview(front)
        return
    with front.session() as session:
        assert session.conn  # a missing or damaged ledger is told here, in a sentence
    open_on(front, front.path)


def open_on(front: Front, path: Path) -> None:
    """Open the dashboard on a ledger. The only place that loads it."""
    # Much is made and little dropped until the first page stands; the dashboard turns it on again.
    gc.disable()
    first = _read_ahead(path, front.today)
    from screens.app import run

    run(path, front.today, first=first)


def _read_ahead(path: Path, today: date) -> Future[Today]:
    """Read the first figures in a thread while the dashboard is loaded."""
    from concurrent.futures import Future
    from threading import Thread

    from supervise.services.session import Session
    from supervise.services.today import of_issues

    future: Future[Today] = Future()

    def task() -> None:
        try:
            with Session(path, today) as session:
                future.set_result(of_issues(session))
        except Exception as error:  # the page reads again, and says what is wrong
            future.set_exception(error)

    Thread(target=task, daemon=True).start()
    return future
