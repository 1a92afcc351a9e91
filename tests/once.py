"""What is dear to make is made once a run, by whichever worker needs it first."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

Make = Callable[[Path], object]
Once = Callable[[str, Make], Path]


def once(shared: Path, name: str, make: Make) -> Path:
    """Give the folder of a name that `make` filled, among those that all workers share.

    Whoever comes meanwhile waits. A folder half filled is never seen: where `make` fails, the next
    one tries again. What is in it is to be copied, never written.
    """
    shared.mkdir(exist_ok=True)
    folder, begun = shared / name, shared / f"{name}.begun"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun)
            begun.rename(folder)
    return folder
