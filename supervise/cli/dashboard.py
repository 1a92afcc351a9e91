"""`supervise` alone: the dashboard on a terminal, the overview elsewhere."""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from supervise.cli.front import Front


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
    from screens.app import run

    run(path, front.today, read_only=False)
