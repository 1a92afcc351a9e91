"""Opening a stored file with the system's own program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from supervise.errors import reason


def open_stored(path: Path) -> str:
    """Hand a file to the system's opener; gives a sentence when that can't be done.

    The path is one the program made from a hash, never one that came from data.
    """
    try:
        if sys.platform == "win32":
            os.startfile(path)
            return ""
        opener = shutil.which("open" if sys.platform == "darwin" else "xdg-open")
        if opener is None:
            return f"这台机器没有打开文件的程序（xdg-open）。文件在 {path}"
        subprocess.Popen(
            [opener, str(path)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError as error:
        return f"打不开文件：{reason(error)}。文件在 {path}"
    return ""
