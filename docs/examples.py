"""Runs the handbook's examples again, so that what it shows is what the program answers.

`python docs/examples.py` rewrites the answers in the sections that need no file of their own.
Answers differ by the hashes of each new ledger; a difference in nothing else is left alone.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

HANDBOOK = Path(__file__).with_name("手册.md")
ROOT = HANDBOOK.parents[1]
SECTIONS = ("十分钟上手", "期限怎么算")
WORLD = {
    "SUPERVISE_LEDGER": "练习.db",
    "SUPERVISE_TODAY": "2024-07-03",
    "LOGNAME": "李娜",
    "PYTHONPATH": str(ROOT),
}
_BLOCK = re.compile(r"^```text\n(.*?)^```$", re.M | re.S)
_HASH = re.compile(r"\b\d+:[0-9a-f]{16}\b|\b[0-9a-f]{12}\b")


def masked(text: str) -> str:
    """Give a text with its hashes made equal: those of a new ledger are its own."""
    return _HASH.sub("…", text)


def refreshed(text: str, folder: Path) -> str:
    """Give the handbook with the answers of its examples as the program gives them in a folder."""
    for title in SECTIONS:
        start = text.index(f"\n## {title}\n")
        end = text.index("\n## ", start + 1)
        section = _BLOCK.sub(lambda block: _again(block, folder), text[start:end])
        text = text[:start] + section + text[end:]
    return text


def _again(block: re.Match[str], folder: Path) -> str:
    """Run a block's commands; one that shows answers is given the new ones."""
    lines = block[1].splitlines()
    for line in lines:
        if line.startswith("supervise "):
            _answer(line, folder)
    shown = [line.removeprefix("$ ") for line in lines if line.startswith("$ supervise ")]
    if not shown:
        return block[0]
    answers = "\n\n".join(f"$ {line}\n{_answer(line, folder)}" for line in shown)
    new = f"```text\n{answers}\n```"
    return block[0] if masked(new) == masked(block[0]) else new


def _answer(line: str, folder: Path) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "supervise", *shlex.split(line)[1:]],
        cwd=folder,
        env={**os.environ, **WORLD},
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return "\n".join(one.rstrip() for one in ran.stdout.rstrip("\n").split("\n"))


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as place:
        HANDBOOK.write_text(refreshed(HANDBOOK.read_text("utf-8"), Path(place)), "utf-8")
