"""Help: the keys of this page and of the whole program, made from the list of commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import filterfalse

from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import APP, Command, key_names
from screens.dialogs.dialog import Dialog
from screens.widgets.columns import fitted

_LIST_KEYS = (
    ("↑ ↓", "上下移动"),
    ("PgUp PgDn", "翻页"),
    ("Home End", "到头、到尾"),
    ("Shift+方向键", "可标记的清单中：边移动边标记"),
    ("Tab", "到下一栏"),
    ("Enter", "打开"),
    ("Esc", "返回、取消"),
)


class HelpDialog(Dialog[None]):
    """What can be pressed here."""

    heading = "帮助"
    sentence = "灰色的命令现在不能办，按下会说明原因。没有快捷键的命令按 Ctrl+P 查找。"
    accept_label = ""

    def __init__(self, title: str, commands: Sequence[Command]) -> None:
        super().__init__()
        self._title, self._commands = title, commands

    def body(self) -> Iterator[Widget]:
        """Give the keys, group by group."""
        lines = [
            *_group(f"本页：{self._title}", map(_row, filter(_has_key, self._commands))),
            *_group("各页", map(_row, APP)),
            *_group("清单中", ((key, what, "") for key, what in _LIST_KEYS)),
            *_group("本页其他命令（Ctrl+P）", map(_row, filterfalse(_has_key, self._commands))),
        ]
        yield VerticalScroll(Static(Content.assemble(*lines)), id="body")

    def on_mount(self) -> None:
        """Let the keys scroll the page."""
        self.query_one("#body").focus()


def _has_key(command: Command) -> bool:
    return bool(command.keys)


def _row(command: Command) -> tuple[str, str, str]:
    return key_names(command), command.title, command.help


def _group(title: str, rows: Iterable[tuple[str, str, str]]) -> Iterator[tuple[str, str]]:
    yield f"{title}\n", "$primary bold"
    for keys, name, what in rows:
        yield f"  {fitted(keys, 16)}  {fitted(name, 18)}  ", "$foreground"
        yield f"{what}\n", "$muted"
    yield "\n", ""
