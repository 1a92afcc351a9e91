"""From the arguments to an exit status: which door to take, and what is said when it fails."""

from __future__ import annotations

import gc
import os
from collections.abc import Sequence

from supervise.cli.diagnostics import guarded
from supervise.cli.front import Front

COMPLETING = "_SUPERVISE_COMPLETE"


def run(arguments: Sequence[str]) -> int:
    """Carry out one command line and give its exit status; errors are told, never raised."""
    try:
        return _run(arguments)
    finally:
        # All that is left is to end: nothing more needs to be looked through for garbage.
        gc.freeze()


def _run(arguments: Sequence[str]) -> int:
    if not arguments and COMPLETING not in os.environ:
        return _dashboard()
    from supervise.cli.app import carry_out

    return carry_out(arguments)


def _dashboard() -> int:
    """Open the dashboard without loading the library that reads command lines."""
    front = Front()

    def task() -> None:
        from supervise.cli.dashboard import home

        home(front)

    return guarded(front, task)
