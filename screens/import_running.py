"""The last steps of the import page: trying a file, importing it, and what it tells meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from textual import on
from textual.content import Content

from screens.import_tasks import Executed, Tried, carrying_out, problems_of, trying
from screens.loading import Failed
from screens.page import Page
from screens.progress import LongWork, Progressed
from screens.widgets.import_columns import ColumnsStep
from screens.widgets.import_trial import TrialStep, tally
from supervise.services.import_kinds import Kind
from supervise.services.import_preview import Preview
from supervise.services.import_run import Outcome, options_for

FILE, HEAD, COLUMNS, TRIAL, DONE = range(5)


class ImportRunning(Page):
    """A page that tries and imports one file at a time."""

    def __init__(self) -> None:
        super().__init__()
        self._step = FILE
        self._seen_file: Preview | None = None
        self._mapping: Mapping[str, int] = {}
        self._outcome: Outcome | None = None
        self._work = LongWork(self)
        # What runs now ("" when nothing), and whether to try again once it has stopped.
        self._busy, self._rerun = "", False

    def _go(self, step: int) -> None:
        """Show a step."""
        raise NotImplementedError

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
        if self._step == TRIAL:
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
        self._go(DONE)
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
            self._go(TRIAL)
        self.refresh_keys()

    @property
    def _can_see(self) -> bool:
        done = self._outcome
        return done is not None and done.kind is Kind.ISSUES and done.events is not None

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
