"""`supervise` alone: the dashboard on a terminal, the overview elsewhere."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from supervise.cli.front import Front

if TYPE_CHECKING:
    from concurrent.futures import Future

    from supervise.services.today import Today


def home(front: Front) -> None:
    """Open the dashboard; without a terminal, or with --json, print the overview.

    Where there is no ledger yet, a terminal is shown the ways to come by one.
    """
    if front.json or not (sys.stdin.isatty() and sys.stdout.isatty()):
        from supervise.cli.ledger import overview

        overview(front)
        return
    if _missing(front.path) and not front.read_only:
        _welcome(front)
        return
    with front.session() as session:
        assert session.conn  # a missing or damaged ledger is told here, in a sentence
    open_on(front, front.path)


def _missing(path: Path) -> bool:
    try:
        return not path.exists()
    except OSError:
        return False  # opening it tells what is wrong


def _welcome(front: Front) -> None:
    """Let a ledger be made or chosen, and open it."""
    from screens.welcome import welcome

    start = welcome(front.path, front.today)
    if start is not None:
        front.take(today=start.today)
        open_on(front, start.ledger, start.area)


def open_on(front: Front, path: Path, area: str | None = None) -> None:
    """Open the dashboard on a ledger, then on each that is chosen in it instead.

    Only here and where there is no ledger yet is the interface loaded.
    """
    going: Path | None = path
    while going is not None:
        # Much is made and little dropped until the first page stands; the dashboard looks for
        # garbage itself, while the hands rest.
        gc.disable()
        first = _read_ahead(going, front)
        from screens.app import run

        going = run(going, front.today, front.read_only, first, area)
        area = None


def _read_ahead(path: Path, front: Front) -> Future[Today]:
    """Read the first figures in a thread while the dashboard is loaded."""
    from concurrent.futures import Future
    from threading import Thread

    from supervise.services.session import Session
    from supervise.services.today import of_issues

    future: Future[Today] = Future()

    def task() -> None:
        try:
            with Session(path, front.today, upgrading=not front.read_only) as session:
                future.set_result(of_issues(session))
        except Exception as error:  # the page reads again, and says what is wrong
            future.set_exception(error)

    Thread(target=task, daemon=True).start()
    return future
