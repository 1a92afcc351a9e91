"""Sending and collecting from the page of sheets: asked for, run in a thread, told of."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual import on
from textual.content import Content
from textual.widgets import Static

from screens.loading import Failed
from screens.page import Page
from screens.progress import LongWork, Progressed
from screens.sheet_parts import (
    Collected,
    Sent,
    collected_words,
    collecting,
    refused_words,
    sending,
)
from screens.widgets.columns import Record
from supervise.domain.sheets import default_period

_ENDINGS = (".xlsx", ".xls", ".et", ".ods", ".csv")


class SheetRunning(Page):
    """A page that sends or collects, one at a time; what runs is told where `#words` stands."""

    def __init__(self) -> None:
        super().__init__()
        self._work = LongWork(self)
        # What runs now, in words; "" when nothing does.
        self._busy = ""

    @property
    def period(self) -> str:
        """The month that sheets are sent for."""
        return default_period(self.board.today)

    def _tell(self) -> None:
        """Show again what the page is about."""
        raise NotImplementedError

    def action_send(self) -> None:
        """Ask for the folder, then write and record the chosen month's sheets."""
        from screens.dialogs.pick_folder import PickFolderDialog

        period = self.period

        def picked(folder: Path | None) -> None:
            if folder is not None:
                self._send(period, folder, force=False)

        self.app.push_screen(PickFolderDialog(f"发表 {period}：表写到哪个文件夹", new=True), picked)

    def _send(self, period: str, folder: Path, *, force: bool) -> None:
        self._begin("发表")
        task = sending(period, folder, force)
        self._work.start(task, partial(_sent, period, folder), "发表", write=True)

    @on(Sent)
    def sent(self, message: Sent) -> None:
        """Say what was sent; ask first where files are there already."""
        self._end()
        record = message.record
        if record is not None:
            self.board.say(f"已发表 {len(record['sheets'])} 份，在 {message.folder}")
            self.board.check_changes()
            return
        from screens.dialogs.confirm import Confirm

        def answered(yes: bool | None) -> None:
            if yes:
                self._send(message.period, message.folder, force=True)

        words = f"{message.folder} 里已有同名的表。要覆盖它们吗？"
        self.app.push_screen(Confirm("覆盖", words, "覆盖"), answered)

    def action_collect(self) -> None:
        """Ask for the folder or file, then take over what came back."""
        from screens.dialogs.pick_folder import PickFolderDialog

        def picked(path: Path | None) -> None:
            if path is not None:
                self._begin("收表")
                self._work.start(collecting(path), Collected, "收表", write=True)

        dialog = PickFolderDialog("收表：收到的表在哪里", files=_ENDINGS)
        self.app.push_screen(dialog, picked)

    @on(Collected)
    def collected(self, message: Collected) -> None:
        """Say what came of it; what could not be taken over is listed."""
        self._end()
        words = collected_words(message.record)
        self.board.say(words)
        self.board.check_changes()
        if message.record["refused"]:
            from screens.dialogs.text import TextDialog

            content = refused_words(message.record)
            self.app.push_screen(TextDialog("不能采用的", words, content))

    def _begin(self, words: str) -> None:
        self._busy = words
        self.query_one("#told").display = True
        self.query_one("#words", Static).update(Content(f"正在{words}……按 Esc 停下，台账不变。"))
        self.refresh_keys()

    def _end(self) -> None:
        self._busy = ""
        self._tell()

    @on(Progressed)
    def tell_progress(self, message: Progressed) -> None:
        """Say how far the work is."""
        message.stop()
        if self._busy:
            far = f"{message.phase} {message.done:,} / {message.total:,}"
            words = f"正在{self._busy}：{far}，按 Esc 停下。"
            self.query_one("#words", Static).update(Content(words))

    @on(Failed)
    def failed(self) -> None:
        """Go on as before; what was wrong is said by the app."""
        self._end()


def _sent(period: str, folder: Path, record: Record | None) -> Sent:
    return Sent(record, period, folder)
