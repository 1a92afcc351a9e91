"""Saving a list or a paper as a file: where, under what name; the ending says the format."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from screens.dialogs.confirm import Confirm
from screens.dialogs.dialog import Dialog
from screens.loading import Failed, read
from screens.widgets.entry import Entry
from supervise.errors import Refused
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.reports.document import Document

FOLDER = "export_folder"


class SaveDialog(Dialog[Path]):
    """Gives the file that was written, or nothing; one already there is replaced when asked.

    `make` builds the document in a thread. The folder last saved to is offered again.
    """

    sentence = "按文件名的结尾定格式：.xlsx .csv .txt .md .html。"
    accept_label = "保存"

    @dataclass
    class Saved(Message):
        """The file was written, or was there already and is left as it is."""

        path: Path
        there: bool

    def __init__(self, heading: str, name: str, make: Callable[[Session], Document]) -> None:
        super().__init__()
        self.heading, self._file, self._make = heading, name, make

    def body(self) -> Iterator[Widget]:
        """Give the line for the path."""
        folder = Path(str(self._preferences.get(FOLDER) or Path.home()))
        yield Entry(str(folder / self._file), id="path", compact=True)

    @property
    def _preferences(self) -> dict[str, Any]:
        found: dict[str, Any] = getattr(self.app, "preferences", {})
        return found

    def on_mount(self) -> None:
        """Start in the line, behind the name."""
        self.query_one("#path", Input).focus()

    @on(Input.Changed)
    def calm(self) -> None:
        """Take an earlier refusal away once something is changed."""
        self.say_error("")

    @on(Input.Submitted)
    def enter(self, message: Input.Submitted) -> None:
        """Enter is as good as the button."""
        message.stop()
        self.action_accept()

    def action_accept(self) -> None:
        """Write the file."""
        self._save(force=False)

    def _save(self, *, force: bool) -> None:
        text = self.query_one("#path", Input).value.strip()
        if not text:
            self.say_error("请写明文件名。")
            return
        path = Path(text).expanduser()
        read(self, "save", partial(_write, self._make, path, force), self._saved(path), "写文件")

    def _saved(self, path: Path) -> Callable[[bool], Message]:
        return lambda written: self.Saved(path, not written)

    @on(Saved)
    def done(self, message: Saved) -> None:
        """Go back with the file; ask first where one is there already."""
        message.stop()
        if not message.there:
            remember = getattr(self.app, "remember", None)
            if remember is not None:
                remember(**{FOLDER: str(message.path.absolute().parent)})
            self.dismiss(message.path)
            return

        def answered(yes: bool | None) -> None:
            if yes:
                self._save(force=True)

        words = f"文件已存在：{message.path}。要覆盖它吗？"
        self.app.push_screen(Confirm("覆盖", words, "覆盖"), answered)

    @on(Failed)
    def refused(self, message: Failed) -> None:
        """Show what is wrong beside the path."""
        message.stop()
        self.say_error(message.sentence)


def _write(make: Callable[[Session], Document], path: Path, force: bool, session: Session) -> bool:
    """Write the file; False where one is there already."""
    from supervise.reports.export import export, write_file

    try:
        write_file(path, export(make(session), path.name), force=force)
    except Refused as error:
        if error.code == "file_exists":
            return False
        raise
    return True
