"""The dashboard in a real terminal: an issue from 登记 to 销号, a notice from draft to issue.

Only keys go in, only what stands on the screen is read; the ledger is asked by commands at the end.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

TODAY = "2025-01-03"
TITLE, MEASURES = "施工许可证办理超时", "已压减为三个工作日"
PATIENCE, LOOK, STILL = 15.0, 0.05, 0.3

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="没有 tmux，不能开真的终端")


class Tmux:
    """A terminal of 120×40 under a server of its own."""

    def __init__(self, folder: Path, command: list[str], environment: dict[str, str]) -> None:
        self._server = ["tmux", "-u", "-f", "/dev/null", "-S", str(folder / "tmux")]
        # What the test was started in may say how wide a terminal is; this one knows by itself.
        unset = ("-u", "COLUMNS", "-u", "LINES")
        values = [f"{name}={value}" for name, value in environment.items()]
        opening = ["new-session", "-d", "-x", "120", "-y", "40", "env", *unset, *values, *command]
        # What ended unasked stays to be read.
        self._run(*opening, ";", "set-option", "-g", "remain-on-exit", "on")

    def _run(self, *arguments: str) -> str:
        call = [*self._server, *arguments]
        return subprocess.run(call, check=True, capture_output=True, encoding="utf-8").stdout

    def screen(self) -> str:
        """Read what stands on the screen."""
        return self._run("capture-pane", "-p")

    def see(self, *words: str, gone: str = "") -> str:
        """Wait until all the words stand on the screen, and `gone` does not; give the screen."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            screen = self.screen()
            if all(word in screen for word in words) and not (gone and gone in screen):
                return screen
            time.sleep(LOOK)
        raise AssertionError(f"没有等到 {words}（{gone} 应已不在）：\n{screen}")

    def press(self, *keys: str) -> None:
        """Press keys by tmux's names."""
        self._run("send-keys", *keys)

    def type(self, text: str) -> None:
        """Type a text, as an input method hands it over, and see it arrive."""
        self._run("send-keys", "-l", text)
        self.see(text)

    def cursor(self) -> int:
        """Say which line of the screen the cursor is on."""
        return int(self._run("display-message", "-p", "#{cursor_y}"))

    def go_to(self, label: str) -> None:
        """Go on with Tab, whenever the cursor stands still, until it is on the line of a label."""
        end = time.monotonic() + PATIENCE
        line, since = -1, time.monotonic()
        while label not in self.screen().splitlines()[line]:
            assert time.monotonic() < end, f"没有到“{label}”：\n{self.screen()}"
            time.sleep(LOOK)
            here = self.cursor()
            if here != line:
                line, since = here, time.monotonic()
            elif time.monotonic() - since > STILL:
                self.press("Tab")
                since = time.monotonic()

    def close(self) -> None:
        """End the terminal and whatever runs in it."""
        subprocess.run([*self._server, "kill-server"], check=False, capture_output=True)


@pytest.fixture
def ledger(demo_ledger: Path, ledger_path: Path) -> Path:
    """Give the ledger of the fictitious city, at the end of its twelve months."""
    return Path(shutil.copy(demo_ledger, ledger_path))


@pytest.fixture
def terminal(tmp_path: Path, ledger: Path) -> Iterator[Tmux]:
    """Open the dashboard in a terminal."""
    environment = {
        "SUPERVISE_LEDGER": str(ledger),
        "SUPERVISE_TODAY": TODAY,
        "SUPERVISE_PREFERENCES": str(tmp_path / "dashboard.json"),
        "LOGNAME": "经办员",
        "COLORTERM": "truecolor",
    }
    opened = Tmux(tmp_path, [sys.executable, "-m", "supervise"], environment)
    yield opened
    opened.close()


def _answer(ledger: Path, *arguments: str) -> Any:
    environment = {**os.environ, "SUPERVISE_LEDGER": str(ledger), "SUPERVISE_TODAY": TODAY}
    command = [sys.executable, "-m", "supervise", *arguments, "--json"]
    done = subprocess.run(command, check=True, capture_output=True, env=environment)
    return json.loads(done.stdout)


def _begin(terminal: Tmux, title: str) -> None:
    """Choose a step of the issue by its place in the list."""
    terminal.press("F6")
    lines = terminal.see("╭─ 办理", f"│   {title}  ").splitlines()
    first = next(n for n, line in enumerate(lines) if "，现在“" in line) + 1
    place = next(n for n, line in enumerate(lines[first:]) if f"│   {title}  " in line)
    terminal.press("Home", *["Down"] * place, "Enter")
    terminal.see(f"╭─ {title} ─", "确定 Ctrl+S")


def _end(terminal: Tmux, title: str, stage: str) -> None:
    """Carry the step out, and see where the issue is now."""
    terminal.press("C-s")
    terminal.see(f"【{stage}】", gone=f"╭─ {title} ─")


def _step(terminal: Tmux, title: str, stage: str, label: str = "", text: str = "") -> None:
    """Take a step of the issue, with one field filled in."""
    _begin(terminal, title)
    if text:
        terminal.go_to(label)
        terminal.type(text)
    _end(terminal, title, stage)


def test_an_issue_is_closed_and_a_notice_issued_by_keys(terminal: Tmux, ledger: Path) -> None:
    terminal.see("待办", "超期未交")
    terminal.press("F3")
    terminal.see("清单", "共 41 件")
    terminal.press("F8")
    terminal.see("╭─ 登记", "事项名称")
    terminal.type(TITLE)
    terminal.press("C-s")
    terminal.see("SC-2025-0001", "【发现】", TITLE, gone="╭─ 登记")
    _step(terminal, "受理", "发现")
    _step(terminal, "交办", "整改", "单位 *", "市住房和城乡建设局")
    _step(terminal, "签收", "整改")
    _step(terminal, "报请复核", "复核", "整改措施", MEASURES)
    _step(terminal, "复核通过", "反馈", "复核人", "复核员")
    _step(terminal, "答复", "反馈")
    _begin(terminal, "回访")
    terminal.press("Enter")
    terminal.see("无诉求人", "联系不上")
    terminal.press("Down", "Enter")
    terminal.see("满意情况 *   满意", gone="联系不上")
    _end(terminal, "回访", "反馈")
    _step(terminal, "销号", "销号", "批准人", "分管主任")

    terminal.press("F4")
    terminal.see("2024-12       未拟稿")
    terminal.press("F8")
    terminal.see("╭─ 拟稿")
    terminal.press("C-s")
    terminal.see("2024-12       拟稿", "【草稿】", gone="╭─ 拟稿")
    terminal.press("F9")
    terminal.see("╭─ 签发", "随之发生")
    terminal.type("示优通〔2025〕1号")
    terminal.press("C-s")
    terminal.see("签发后名单和正文不能再改", "签发 Ctrl+S")
    terminal.press("C-s")
    terminal.see("2024-12       已签发", gone="╭─ 签发")
    terminal.press("C-q")

    issue = _answer(ledger, "issue", "show", "SC-2025-0001")
    assert (issue["title"], issue["stage"], issue["closed_on"]) == (TITLE, "closed", TODAY)
    assert [event["op"].removeprefix("issue.") for event in issue["events"]] == [
        "add", "accept", "assign", "sign", "submit", "pass", "reply", "feedback", "close"
    ]  # fmt: skip
    assert issue["events"][-1]["by"] == "分管主任"
    notice = _answer(ledger, "notice", "show", "2024-12")
    assert (notice["status"], notice["issued_on"]) == ("issued", TODAY)
    assert notice["number"] == "示优通〔2025〕1号"
    assert _answer(ledger, "verify")["ok"]
