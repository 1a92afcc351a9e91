"""What is dear to make is made once a run, by whichever worker needs it first."""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Callable
from pathlib import Path

Make = Callable[[Path], object]
Once = Callable[[str, Make], Path]


def once(shared: Path, name: str, make: Make) -> Path:
    """Give the file of a name in a folder all workers share, made by `make` if it is not there.

    Whoever comes meanwhile waits. A file half made is never seen: where `make` fails, the next one
    tries again. The file is to be copied, never written.
    """
    shared.mkdir(exist_ok=True)
    path, begun = shared / name, shared / f"begun-{name}"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not path.exists():
            shutil.rmtree(begun, ignore_errors=True)
            begun.mkdir()
            make(begun / name)
            (begun / name).rename(path)
    return path
