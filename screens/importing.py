"""导入: a file, its headings, its columns, what would come of it, and then the import itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import OptionList, Static

from screens.commands import IMPORTING, bindings
from screens.folders import dropped, with_recent
from screens.import_running import COLUMNS, DONE, FILE, HEAD, TRIAL, ImportRunning
from screens.import_tasks import looking, recent
from screens.loading import read
from screens.page import READ_ONLY
from screens.widgets.import_columns import ColumnsStep
from screens.widgets.import_file import FileStep
from screens.widgets.import_head import HeadStep
from screens.widgets.import_trial import TrialStep
from supervise.services import import_preview
from supervise.services.import_kinds import Kind
from supervise.services.import_preview import Preview, Reading
from supervise.services.import_run import Outcome

FILES = "imported_files"
STEPS = ("选文件", "认表头", "对栏目", "试运行", "导入")
_FOCUS = ("#path", "#rows", "#columns", "#problems", "#problems")


class ImportingScreen(ImportRunning):
    """Four steps, one at a time; nothing is written before the last is confirmed."""

    SCOPE = AREA = "importing"
    HEADING = "导入"
    CSS_PATH = "importing.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(IMPORTING)
    AUTO_FOCUS = "#path"

    @dataclass
    class Seen(Message):
        """A file was looked at."""

        preview: Preview

    @dataclass
    class Recent(Message):
        """The files imported lately were looked for."""

        items: tuple[object, ...]

    def panes(self) -> Iterable[Widget]:
        """Give the line of steps, and the steps."""
        yield Static("", id="steps")
        yield FileStep()
        yield HeadStep()
        yield ColumnsStep()
        yield TrialStep()

    def on_mount(self) -> None:
        """Begin with the file."""
        self._go(FILE)
        self._look_for_recent()

    def _look_for_recent(self) -> None:
        known = self.board.preferences.get(FILES)
        read(self, "recent", partial(recent, known), self.Recent, "查找最近的文件")

    @on(Recent)
    def show_recent(self, message: Recent) -> None:
        """Show the files imported lately."""
        self.query_one(FileStep).show_recent(message.items)  # type: ignore[arg-type]

    # Where one is.

    def _go(self, step: int) -> None:
        """Show a step."""
        self._step = step
        shown = min(step, TRIAL)
        for place, widget in enumerate(self.query(".step")):
            widget.display = place == shown
        self.query_one("#steps", Static).update(self._where())
        target = self.query_one(_FOCUS[step])
        target.focus()
        self.refresh_keys()

    def _where(self) -> Content:
        parts: list[tuple[str, str]] = []
        for place, name in enumerate(STEPS):
            tone = "$primary bold reverse" if place == self._step else "$muted"
            parts += [(f" {place + 1} {name} ", tone), (" ", "")]
        if self._seen_file is not None and self._step:
            parts.append((f" {self._seen_file.path.name}", "bold"))
        return Content.assemble(*parts)

    # The file.

    def action_file(self) -> None:
        """Pick a file in the folders."""
        from screens.dialogs.pick_file import PickFileDialog

        step = self.query_one(FileStep)

        def picked(path: Path | None) -> None:
            if path is not None:
                self._go(FILE)
                step.give(path)

        self.app.push_screen(PickFileDialog("选要导入的文件", step.endings), picked)

    def on_paste(self, event: events.Paste) -> None:
        """Take a file dropped anywhere on the page."""
        path = dropped(event.text)
        if path is not None and not self._busy:
            event.stop()
            self._go(FILE)
            self.query_one(FileStep).give(path)

    @on(FileStep.Given)
    def look(self, message: FileStep.Given) -> None:
        """Look at the file that was given."""
        message.stop()
        self._look(message.path, Reading(message.kind))

    def _look(self, path: Path, reading: Reading) -> None:
        read(self, "preview", partial(looking, path, reading), self.Seen, "读取文件")

    @on(Seen)
    def show_file(self, message: Seen) -> None:
        """Show what the file holds, on the step it is needed for."""
        seen, before = message.preview, self._seen_file
        self._seen_file, self._mapping, self._outcome = seen, dict(seen.mapping or {}), None
        self.query_one(HeadStep).show(seen)
        if before is None or before.path != seen.path or before.reading.kind != seen.reading.kind:
            self.query_one(TrialStep).offer(seen.reading.kind)
            self._remember(seen.path)
        if seen.header_row:
            self._show_columns()
            self.query_one(ColumnsStep).show_profiles(seen)
        self._go(self._step if self._step in {HEAD, COLUMNS} else HEAD)

    def _remember(self, path: Path) -> None:
        latest = with_recent(self.board.preferences.get(FILES), path)
        self.board.remember(**{FILES: latest})
        self._look_for_recent()

    # Headings and columns.

    @on(HeadStep.Said)
    def read_otherwise(self, message: HeadStep.Said) -> None:
        """Read the file another way."""
        message.stop()
        if self._seen_file is not None and message.changes:
            seen = self._seen_file
            self._look(seen.path, replace(seen.reading, **message.changes))

    @on(ColumnsStep.ProfileChosen)
    def use_profile(self, message: ColumnsStep.ProfileChosen) -> None:
        """Map the columns as a saved mapping says."""
        message.stop()
        if self._seen_file is not None:
            seen = self._seen_file
            self._look(seen.path, replace(seen.reading, profile=message.name))

    @on(ColumnsStep.Wanted)
    def ask_fields(self, message: ColumnsStep.Wanted) -> None:
        """Ask which fields a column is to feed."""
        message.stop()
        seen = self._seen_file
        if seen is None:
            return
        from screens.dialogs.import_fields import FieldsDialog

        def answered(fields: tuple[str, ...] | None) -> None:
            if fields is not None:
                self._mapping = import_preview.fed(self._mapping, message.index, fields)
                self._show_columns()
                self.refresh_keys()

        dialog = FieldsDialog(seen, seen.columns[message.index], self._mapping)
        self.app.push_screen(dialog, answered)

    def _show_columns(self) -> None:
        if self._seen_file is not None:
            self.query_one(ColumnsStep).show(self._seen_file, self._mapping)

    # Keys.

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action == "next":
            return self._why_no_next()
        if action in {"filter", "export"} and (self._outcome is None or self._step < TRIAL):
            return "试运行以后才有核对情况。"
        return "正在办，按 Esc 停下。" if action == "file" and self._busy else None

    def _why_no_next(self) -> str | None:
        seen, outcome = self._seen_file, self._outcome
        if self._busy:
            return "正在办，按 Esc 停下。"
        if self._step == FILE:
            return None
        if seen is not None and self._step in {HEAD, COLUMNS} and seen.reading.kind is Kind.ISSUES:
            if not seen.header_row:
                return "还没有认出表头，请移到表头那一行按 Enter。"
            if self._step == COLUMNS and (lack := import_preview.missing(self._mapping)):
                return lack
        if self._next_tries and self.board.read_only:
            return READ_ONLY
        if self._step == TRIAL:
            return self._why_no_import(outcome)
        return None if self._step != DONE or self._can_see else "没有新导入的事项可看。"

    @property
    def _next_tries(self) -> bool:
        issues = self._seen_file is not None and self._seen_file.reading.kind is Kind.ISSUES
        return self._step in {COLUMNS, TRIAL} or (self._step == HEAD and not issues)

    def _why_no_import(self, outcome: Outcome | None) -> str | None:
        if outcome is None:
            return None
        if outcome.refused and not self._skips:
            return "有拒绝的行：请改正文件，或选上能解决它的开关（如“跳过错行”）。"
        return None if outcome.changes else "没有要新增或更新的行，不必导入。"

    @property
    def _skips(self) -> bool:
        return self.query_one(TrialStep).options.skip_bad

    def action_saved(self) -> None:
        """Tell whoever is used to saving when the file comes into the ledger."""
        self.board.say("到最后一步“导入”才写入台账：按 F6 往下走。")

    async def action_next(self) -> None:
        """Go on to the next step; the last one but one asks, and then imports."""
        seen = self._seen_file
        if self._step == FILE:
            if not self.query_one(FileStep).give_typed():
                self.action_file()
        elif self._step == HEAD and seen is not None and seen.reading.kind is Kind.ISSUES:
            self._go(COLUMNS)
        elif self._step in {HEAD, COLUMNS}:
            self._go(TRIAL)
            self._try()
        elif self._step == TRIAL:
            if self._outcome is None:
                self._try()
            else:
                self._confirm(self._outcome)
        elif self._outcome is not None and self._outcome.events is not None:
            first, last = self._outcome.events
            await self.board.open_list("issues", f"imported:{first}-{last}")

    def action_back(self) -> None:
        """Stop what runs, or go back a step."""
        if self._busy:
            self._work.stop()
        elif self._step == DONE:
            self._seen_file = self._outcome = None
            self._go(FILE)
        elif self._step:
            issues = self._seen_file is not None and self._seen_file.reading.kind is Kind.ISSUES
            skips = self._step == TRIAL and not issues
            self._outcome = None
            self._go(HEAD if skips else self._step - 1)

    def action_select(self) -> None:
        """Take the line under the mark."""
        if isinstance(self.focused, OptionList):
            self.focused.action_select()
        else:
            super().action_select()
