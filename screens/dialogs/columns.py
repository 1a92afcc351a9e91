"""Choosing which columns a list shows, in which order, and by which one it is sorted."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.dialogs.dialog import Dialog
from screens.issue_columns import COLUMNS, SORTABLE, Shape
from screens.widgets.columns import fitted


class ColumnsDialog(Dialog[Shape]):
    """Gives the shape chosen; the columns stand from top to bottom as in the list left to right."""

    scrolls = "#columns"
    heading = "栏目与排序"
    sentence = "空格或点一下：显示或不显示；Ctrl+↑ Ctrl+↓：换位置；Ctrl+O：按这一栏排序，再按倒序。"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "switch", "显示", show=False, id="columns.toggle", tooltip="显示或不显示"),
        Binding("ctrl+up,u", "move(-1)", "上移", show=False, id="columns.up", tooltip="上移"),
        Binding("ctrl+down,d", "move(1)", "下移", show=False, id="columns.down", tooltip="下移"),
        Binding("ctrl+o,s", "sort", "排序", show=False, id="columns.sort", tooltip="按这一栏排序"),
    ]

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self._order = [*shape.columns, *(key for key in COLUMNS if key not in shape.columns)]
        self._shown, self._sort = set(shape.columns), shape.sort

    def body(self) -> Iterator[Widget]:
        """Give the columns."""
        yield OptionList(*self._options(), id="columns", compact=True)

    def on_mount(self) -> None:
        """Start on the first column."""
        self._list.highlighted = 0
        self._list.focus()

    @property
    def _list(self) -> OptionList:
        return self.query_one("#columns", OptionList)

    def _options(self) -> list[Option]:
        return [Option(self._prompt(key)) for key in self._order]

    def _prompt(self, key: str) -> Content:
        shown, title = key in self._shown, COLUMNS[key].title
        sort = {key: "排序", f"-{key}": "倒序"}.get(self._sort, "")
        mark = "显示  " if shown else "      "
        return Content.assemble(
            (mark, "$success"),
            (fitted(title, 12), "$foreground bold" if shown else "$muted"),
            (sort, "$primary"),
        )

    def _redraw(self, highlighted: int) -> None:
        self._list.clear_options()
        self._list.add_options(self._options())
        self._list.highlighted = highlighted

    @property
    def _here(self) -> int:
        return self._list.highlighted or 0

    @on(OptionList.OptionSelected)
    def action_switch(self) -> None:
        """Show the column, or leave it out; one at least stays."""
        key = self._order[self._here]
        if self._shown == {key}:
            self.say_error("至少要显示一栏。")
            return
        self.say_error("")
        self._shown ^= {key}
        self._redraw(self._here)

    def action_move(self, step: int) -> None:
        """Move the column one place."""
        here, there = self._here, self._here + step
        if 0 <= there < len(self._order):
            order = self._order
            order[here], order[there] = order[there], order[here]
            self._redraw(there)

    def action_sort(self) -> None:
        """Sort by the column; once more turns the order round."""
        key = self._order[self._here]
        if key not in SORTABLE:
            self.say_error(f"不能按“{COLUMNS[key].title}”排序。")
            return
        self.say_error("")
        self._sort = f"-{key}" if self._sort == key else key
        self._redraw(self._here)

    def action_accept(self) -> None:
        """Take the columns as they stand."""
        columns = tuple(key for key in self._order if key in self._shown)
        self.dismiss(Shape(columns, self._sort))
