"""Help: the keys of this page and of the whole program, made from the list of commands."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from textual import on
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from screens import pinyin
from screens.commands import APP, EVERY, Command
from screens.dialogs.dialog import ReadingDialog
from screens.keys import key_words
from screens.widgets.columns import fitted, folded
from screens.widgets.entry import Entry

if TYPE_CHECKING:
    from screens.page import Page

Row = tuple[str, str, str]
# Cells: the frame at its widest, what stands around the text, and what stands before a remark.
_WIDTH, _AROUND, _INDENT = 96, 9, 40
_LIST_KEYS: tuple[Row, ...] = (
    ("↑ ↓", "上下移动", ""),
    ("PgUp PgDn", "翻页", ""),
    ("Home End", "到头、到尾", ""),
    ("Shift+方向键", "边移动边标记", "只在可标记的清单中"),
    ("Tab", "到下一栏", ""),
    ("Enter", "打开", ""),
    ("Esc", "返回、取消", ""),
)
_MOUSE: tuple[Row, ...] = (
    ("点一下", "选一行", "双击是打开"),
    ("点栏目名", "排序", "问题清单；再点一次倒过来"),
    ("右键", "复制一格", "点在清单的一格上"),
    ("Ctrl+点", "标记一行", "点行首也可；Shift+点标记一段"),
    ("点页顶", "换页", "第二行是现在的位置，点前面的可退回"),
    ("点页底", "按键", "点一个键等于按它"),
    ("滚轮", "滚动", ""),
)


class HelpDialog(ReadingDialog):
    """What can be pressed here; words typed narrow it, in Chinese or by pinyin initials."""

    frame, scrolls, besides = 96, "#body", 2
    heading = "帮助"
    sentence = "注明“现在不能办”的，按下会说明原因。没有键的按 Ctrl+P 找。"

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page

    def body(self) -> Iterator[Widget]:
        """Give the search and the keys, group by group."""
        yield Entry(placeholder="查找：名称、说明或拼音首字母", id="search", compact=True)
        yield VerticalScroll(Static(self._words(""), id="keys"), id="body")

    def on_mount(self) -> None:
        """Let the keys scroll the page."""
        self.query_one("#body").focus()

    @on(Input.Changed)
    def narrow(self, message: Input.Changed) -> None:
        """Show what fits the words typed."""
        message.stop()
        self.query_one("#keys", Static).update(self._words(message.value.strip()))

    @on(Input.Submitted)
    def found(self, message: Input.Submitted) -> None:
        """Go from the search to what it found."""
        message.stop()
        self.query_one("#body").focus()

    def _words(self, sought: str) -> Content:
        page = self._page
        with_key = [one for one in page.commands if self._keys(one)]
        without = [one for one in page.commands if not self._keys(one)]
        groups: tuple[tuple[str, Iterable[Row]], ...] = (
            (f"本页：{page.HEADING}", map(self._row, with_key)),
            ("每一页", map(self._row, (*EVERY, *APP))),
            ("清单中", _LIST_KEYS),
            ("鼠标", _MOUSE),
            ("本页其他命令（Ctrl+P）", map(self._row, without)),
        )
        room = min(self.app.size.width, _WIDTH) - _AROUND - _INDENT
        lines = [line for title, rows in groups for line in _group(title, rows, sought, room)]
        return Content.assemble(*lines) if lines else Content("没有这样的命令。")

    def _keys(self, command: Command) -> str:
        return key_words(command, self._page.board.keymap)

    def _row(self, command: Command) -> Row:
        greyed = self._page.reason_for(command) is not None
        mark = "（现在不能办）" if greyed else ""
        return self._keys(command), command.title, f"{command.help}{mark}"


def _group(title: str, rows: Iterable[Row], sought: str, room: int) -> Iterator[tuple[str, str]]:
    shown = [row for row in rows if _fits(row, sought)]
    if not shown:
        return
    yield f"{title}\n", "$primary bold"
    for keys, name, what in shown:
        yield f"  {fitted(keys, 16)}  {fitted(name, 18)}  ", "$foreground"
        said = f"\n{' ' * _INDENT}".join(folded(what, max(room, 12)))
        yield f"{said}\n", "$muted"
    yield "\n", ""


def _fits(row: Row, sought: str) -> bool:
    words = " ".join(row).casefold()
    return sought.casefold() in words or pinyin.score(sought, row[1]) > 0
