"""What a person at a terminal sees: a drawn table of fifty, JSON that cannot steer the terminal."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

pty = pytest.importorskip("pty")
ROOT = Path(__file__).resolve().parents[2]
COLOURS = re.compile(r"\x1b\[[0-9;]*m")


def seen(*arguments: str, columns: int = 120) -> str:
    """Run `supervise` on a terminal of some columns and give what it wrote there."""
    mine, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "supervise", *arguments],
        cwd=ROOT, stdin=theirs, stdout=theirs, stderr=theirs,
        env={**os.environ, "TERM": "xterm-256color", "COLUMNS": str(columns), "LINES": "40"},
    )  # fmt: skip
    os.close(theirs)
    parts = []
    while True:
        try:
            part = os.read(mine, 65536)
        except OSError:
            break
        if not part:
            break
        parts.append(part)
    os.close(mine)
    assert process.wait(30) == 0
    return b"".join(parts).decode().replace("\r\n", "\n")


@pytest.fixture
def many(office, ledger_path):
    from supervise.services.session import Session
    from supervise.services.work import step, working

    with Session(ledger_path, date(2024, 12, 31), write=True) as session, working(session) as work:
        for number in range(2, 61):
            title = f"事项{number}[/b]" + ("\\x9b" if number == 2 else "")
            step(work, "issue.add", {"issue": f"JM-2024-{number:04d}", "title": title})
    return office


def test_the_first_fifty_are_shown_and_the_rest_counted(many):
    text = COLOURS.sub("", seen("issue", "list"))
    assert len(re.findall(r"^JM-2024-", text, re.M)) == 50
    assert "[/b]" in text
    assert text.rstrip().endswith("共 60 件，显示前 50 件。")


def test_a_filter_is_counted_as_filtered(many):
    text = COLOURS.sub("", seen("issue", "list", "--stage", "发现", "--limit", "3"))
    assert text.rstrip().endswith("共 59 件，显示前 3 件。")
    assert "显示前" not in seen("issue", "list", "--stage", "整改")


def test_as_of_is_counted_as_of(many):
    text = COLOURS.sub("", seen("issue", "list", "--as-of", "2024-06-04", "--limit", "1"))
    assert text.rstrip().endswith("共 1 件。")


def test_json_is_indented_whole_and_escaped(many, ledger_path):
    import json

    text = seen("issue", "list", "--json")
    assert text.startswith('[\n  {\n    "code"')
    assert "\x1b" not in text
    assert len(json.loads(text)) == 60


def test_a_paper_is_set_out_for_the_width_of_the_terminal(demo_ledger, tmp_path):
    from supervise.text import cells

    asked = ("--ledger", str(demo_ledger), "--today", "2024-12-31", "--read-only")
    asked += ("notice", "export", "2024-11", "--to")
    text = COLOURS.sub("", seen(*asked, "-", columns=80))
    assert max(map(cells, text.splitlines())) <= 80
    seen(*asked, str(tmp_path / "通报.txt"))
    written = (tmp_path / "通报.txt").read_text("utf-8")
    code = re.compile(r"SC-2024-\d{4}")
    assert code.findall(text) == code.findall(written) != []
    assert max(map(cells, written.splitlines())) > 80
