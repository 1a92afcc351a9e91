"""Picking a folder, to write to or because all its files are meant; or one file, where wanted."""

from __future__ import annotations

from typing import Any

from textual.widgets import Input

from screens.dialogs.pick_file import PickFileDialog
from screens.folders import RECENT, Item, with_recent


class PickFolderDialog(PickFileDialog):
    """Gives the folder gone into, or with `files` a file picked in it, or nothing."""

    accept_label = "选定本文件夹"

    def __init__(self, title: str, *, files: tuple[str, ...] = ()) -> None:
        super().__init__(title, files or ("/",))
        one = "，或选其中一个文件" if files else ""
        self.sentence = f"输入路径或按 ↓ 进到文件夹{one}；Ctrl+U 到上一级，Ctrl+S 选定本文件夹。"

    def action_accept(self) -> None:
        """Take the folder shown; a path that is still typed is gone to first."""
        if self.query_one("#path", Input).value.strip():
            super().action_accept()
            return
        folder = self._look.folder.absolute()
        app: Any = self.app
        app.remember(**{RECENT: with_recent(app.preferences.get(RECENT), folder)})
        self.dismiss(folder)

    def _take(self, item: Item) -> None:
        if item.is_folder or self._endings != ("/",):
            super()._take(item)
