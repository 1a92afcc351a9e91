"""导入: a file, its headings, its columns, what would come of it, and then the import itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
from screens.import_tasks import Executed, Tried, carrying_out, looking, problems_of, recent, trying
from screens.loading import Failed, read
from screens.page import READ_ONLY, Page
from screens.progress import LongWork, Progressed
from screens.widgets.import_columns import ColumnsStep
from screens.widgets.import_file import FileStep
from screens.widgets.import_head import HeadStep
from screens.widgets.import_trial import TrialStep, tally
from supervise.services import import_preview
from supervise.services.import_kinds import Kind
from supervise.services.import_preview import Preview, Reading
from supervise.services.import_run import Outcome, options_for

FILES = "imported_files"
STEPS = ("选文件", "认表头", "对栏目", "试运行", "导入")
_FILE, _HEAD, _COLUMNS, _TRIAL, _DONE = range(5)
_FOCUS = ("#path", "#rows", "#columns", "#problems", "#problems")


class ImportingScreen(Page):
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

    def __init__(self) -> None:
        super().__init__()
        self._step = _FILE
        self._seen_file: Preview | None = None
        self._mapping: Mapping[str, int] = {}
        self._outcome: Outcome | None = None
        self._work = LongWork(self)
        # What runs now ("" when nothing), and whether to try again once it has stopped.
        self._busy, self._rerun = "", False

    def panes(self) -> Iterable[Widget]:
        """Give the line of steps, and the steps."""
        yield Static("", id="steps")
        yield FileStep()
        yield HeadStep()
        yield ColumnsStep()
        yield TrialStep()

    def on_mount(self) -> None:
        """Begin with the file."""
        self._go(_FILE)
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
        shown = min(step, _TRIAL)
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
                self._go(_FILE)
                step.give(path)

        self.app.push_screen(PickFileDialog("选要导入的文件", step.endings), picked)

    def on_paste(self, event: events.Paste) -> None:
        """Take a file dropped anywhere on the page."""
        path = dropped(event.text)
        if path is not None and not self._busy:
            event.stop()
            self._go(_FILE)
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
        self._go(self._step if self._step in {_HEAD, _COLUMNS} else _HEAD)

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

    # Trying and importing.

    def _try(self) -> None:
        """Find what would come of it; one that runs already is stopped first."""
        seen = self._seen_file
        if seen is None or self._busy == "import":
            return
        if self._busy:
            self._rerun = True
            self._work.stop()
            return
        self._outcome, self._rerun, self._busy = None, False, "trial"
        step = self.query_one(TrialStep)
        step.working("正在试运行……")
        options = options_for(seen, self._mapping, step.options)
        self._work.start(trying(seen, options, step.again), Tried, "试运行", write=True)
        self.refresh_keys()

    @on(TrialStep.Switched)
    def try_again(self, message: TrialStep.Switched) -> None:
        """Try again with the switches as they are now."""
        message.stop()
        if self._step == _TRIAL:
            self._try()

    @on(Progressed)
    def tell_progress(self, message: Progressed) -> None:
        """Say how far the work is."""
        message.stop()
        if self._busy:
            words = "试运行" if self._busy == "trial" else "导入"
            sentence = f"正在{words}：{message.phase} {message.done:,} / {message.total:,} 行，"
            step = self.query_one(TrialStep)
            step.working(f"{sentence}按 Esc 停下。", message.done, message.total)

    @on(Tried)
    def show_trial(self, message: Tried) -> None:
        """Show what would come of the file."""
        self._busy = ""
        if self._rerun:
            self._try()
            return
        self._outcome = message.outcome
        self.query_one(TrialStep).show(message.outcome)
        self.refresh_keys()

    def _confirm(self, outcome: Outcome) -> None:
        from screens.dialogs.confirm import Confirm

        skipped = f"{outcome.refused:,} 行有错，跳过不导入。" if outcome.refused else ""
        words = f"{tally(outcome).plain}。{skipped}一次写完，要么全成，要么不变。"

        def answered(yes: bool | None) -> None:
            if yes:
                self._import()

        self.app.push_screen(Confirm("导入", words, "导入"), answered)

    def _import(self) -> None:
        seen, step = self._seen_file, self.query_one(TrialStep)
        if seen is None or self._busy:
            return
        self._busy = "import"
        self._go(_DONE)
        step.working("正在导入……按 Esc 停下，台账不变。")
        options = options_for(
            seen, self._mapping, step.options, self.query_one(ColumnsStep).profile
        )
        self._work.start(carrying_out(seen, options, step.again), Executed, "导入", write=True)

    @on(Executed)
    def show_result(self, message: Executed) -> None:
        """Say what was imported, and how to see it."""
        self._busy, self._outcome = "", message.outcome
        see = "  按 F6 看导入的事项。" if self._can_see else ""
        done = Content.assemble(("已导入。", "$success bold"), tally(message.outcome), see)
        self.query_one(TrialStep).still(done)
        self.board.say(f"已导入：{tally(message.outcome).plain}")
        self.board.check_changes()
        self.refresh_keys()

    @on(Failed)
    def stopped(self, message: Failed) -> None:
        """Go back to where one was; what was wrong is said by the app."""
        if not self._busy:
            return
        was, self._busy = self._busy, ""
        if self._rerun:
            message.stop()
            self._try()
            return
        self.query_one(TrialStep).still(Content.assemble((message.sentence, "$warning")))
        if was == "import":
            self._outcome = None
            self._go(_TRIAL)
        self.refresh_keys()

    @property
    def _can_see(self) -> bool:
        done = self._outcome
        return done is not None and done.kind is Kind.ISSUES and done.events is not None

    # Keys.

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action == "next":
            return self._why_no_next()
        if action in {"filter", "export"} and (self._outcome is None or self._step < _TRIAL):
            return "试运行以后才有核对情况。"
        return "正在办，按 Esc 停下。" if action == "file" and self._busy else None

    def _why_no_next(self) -> str | None:
        seen, outcome = self._seen_file, self._outcome
        if self._busy:
            return "正在办，按 Esc 停下。"
        if self._step == _FILE:
            return None
        if (
            seen is not None
            and self._step in {_HEAD, _COLUMNS}
            and seen.reading.kind is Kind.ISSUES
        ):
            if not seen.header_row:
                return "还没有认出表头，请移到表头那一行按 Enter。"
            if self._step == _COLUMNS and (lack := import_preview.missing(self._mapping)):
                return lack
        if self._next_tries and self.board.read_only:
            return READ_ONLY
        if self._step == _TRIAL:
            return self._why_no_import(outcome)
        return None if self._step != _DONE or self._can_see else "没有新导入的事项可看。"

    @property
    def _next_tries(self) -> bool:
        issues = self._seen_file is not None and self._seen_file.reading.kind is Kind.ISSUES
        return self._step in {_COLUMNS, _TRIAL} or (self._step == _HEAD and not issues)

    def _why_no_import(self, outcome: Outcome | None) -> str | None:
        if outcome is None:
            return None
        if outcome.refused and not self._skips:
            return "有拒绝的行：请改正文件，或选上能解决它的开关（如“跳过错行”）。"
        return None if outcome.changes else "没有要新增或更新的行，不必导入。"

    @property
    def _skips(self) -> bool:
        return self.query_one(TrialStep).options.skip_bad

    async def action_next(self) -> None:
        """Go on to the next step; the last one but one asks, and then imports."""
        seen = self._seen_file
        if self._step == _FILE:
            if not self.query_one(FileStep).give_typed():
                self.action_file()
        elif self._step == _HEAD and seen is not None and seen.reading.kind is Kind.ISSUES:
            self._go(_COLUMNS)
        elif self._step in {_HEAD, _COLUMNS}:
            self._go(_TRIAL)
            self._try()
        elif self._step == _TRIAL:
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
        elif self._step == _DONE:
            self._seen_file = self._outcome = None
            self._go(_FILE)
        elif self._step:
            issues = self._seen_file is not None and self._seen_file.reading.kind is Kind.ISSUES
            skips = self._step == _TRIAL and not issues
            self._outcome = None
            self._go(_HEAD if skips else self._step - 1)

    def action_select(self) -> None:
        """Take the line under the mark."""
        if isinstance(self.focused, OptionList):
            self.focused.action_select()
        else:
            super().action_select()

    def action_filter(self) -> None:
        """Show all problems, the refused rows, or the hints."""
        self.query_one(TrialStep).next_filter()

    def action_export(self) -> None:
        """Save the list of problems as a file."""
        from screens.dialogs.save import SaveDialog

        seen = self._seen_file
        if seen is None:
            return

        def saved(path: Path | None) -> None:
            if path is not None:
                self.board.say(f"已存为 {path}")

        problems = self.query_one(TrialStep).problems
        make = partial(problems_of, seen.path.name, problems)
        name = f"{seen.path.stem}-核对清单.xlsx"
        self.app.push_screen(SaveDialog("导出核对情况", name, make), saved)
