"""Picking a folder, to write to or because all its files are meant; or one file, where wanted."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from textual.widgets import Input

from screens.dialogs.pick_file import PickFileDialog
from screens.folders import RECENT, Item, Look, with_recent


class PickFolderDialog(PickFileDialog):
    """Gives the folder gone into, or with `files` a file picked in it, or nothing."""

    accept_label = "选定本文件夹"
    wanted = "文件夹"

    def __init__(self, title: str, *, files: tuple[str, ...] = (), new: bool = False) -> None:
        super().__init__(title, files or ("/",))
        one = "，或选其中一个文件" if files else ""
        made = "；还没有的文件夹，写出路径即新建" if new else ""
        self.sentence = f"输入路径或按 ↓ 进到文件夹{one}；Ctrl+U 到上一级，Ctrl+S 选定{made}。"
        self._new = new
        # Whether the path typed is to be taken, rather than gone into.
        self._settling = False

    def go_on(self) -> None:
        """Go into the folder typed; with nothing typed take the one shown."""
        if self.query_one("#path", Input).value.strip():
            super().action_accept()
        else:
            self.action_accept()

    def action_accept(self) -> None:
        """Take the folder typed, else the one shown."""
        if self.query_one("#path", Input).value.strip():
            self._settling = True
            super().action_accept()
        else:
            self._settle(self._look.folder.absolute())

    def _act(self, found: Look) -> None:
        settling, self._settling = self._settling, False
        if not settling:
            super()._act(found)
        elif found.exact is not None and found.exact.is_folder:
            self._settle(found.exact.path.absolute())
        elif found.exact is None and self._new and not found.problem:
            self._settle((self._folder / Path(found.typed).expanduser()).absolute())
        else:
            super()._act(found)

    def _settle(self, folder: Path) -> None:
        app: Any = self.app
        app.remember(**{RECENT: with_recent(app.preferences.get(RECENT), folder)})
        self.dismiss(folder)

    def _take(self, item: Item) -> None:
        if item.is_folder or self._endings != ("/",):
            super()._take(item)
