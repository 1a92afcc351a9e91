"""The chosen issue on the page of issues: what belongs to it, what can be done."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual import on
from textual.message import Message

from screens.dialogs.text import TextDialog
from screens.issue_reading import IssueReading
from screens.loading import read
from screens.page import READ_ONLY
from screens.widgets.choices import Choices
from screens.widgets.columns import Record
from screens.widgets.due_words import story_content
from screens.widgets.links import Link, Links, links_of
from screens.widgets.record_list import RecordList
from supervise.services.registry import Operation
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.services.due_story import Story

NONE_CHOSEN = "没有选中事项。"


def _story(code: str, session: Session) -> tuple[str, Story]:
    from supervise.services import due_story

    return code, due_story.of_issue(session, code)


def _find(path: Path, link: Link, session: Session) -> tuple[Path, str]:
    from supervise.services import stored_files

    problem = stored_files.problem(path, link.target, link.words)
    place = stored_files.location(path, link.target)
    return place or Path(), problem or ""


class IssuePane(IssueReading):
    """What the page of issues does with the one under the cursor."""

    @dataclass
    class Explained(Message):
        """How a due date came about."""

        code: str
        story: Story

    @dataclass
    class Found(Message):
        """A stored file was looked for: where it lies, or what is wrong with it."""

        path: Path
        problem: str

    @dataclass
    class Stored(Message):
        """A file was stored as evidence."""

        code: str
        name: str

    def action_copy(self) -> None:
        """Copy the code of the issue."""
        if self.shown is not None:
            self.copy_text(str(self.shown["code"]), "编号")

    async def action_events(self) -> None:
        """See what was done to the issue, event by event."""
        if self.shown is not None:
            await self.board.open_list("log", f"subject:{self.shown['code']}")

    # The date.

    def action_clock(self) -> None:
        """Explain the due date day by day."""
        record = self.issues.record or self.shown
        if record is not None:
            task = partial(_story, str(record["code"]))
            read(self, "clock", task, lambda told: self.Explained(*told), "推算期限")

    @on(Explained)
    def explain(self, message: Explained) -> None:
        """Show the sum, step by step and day by day."""
        words = f"{message.code}　{message.story.answer}"
        self.app.push_screen(TextDialog("期限推算", words, story_content(message.story)))

    # What belongs to it.

    @on(Links.Opened)
    async def open_link(self, message: Links.Opened) -> None:
        """Open a stored file, or go to the paper."""
        message.stop()
        link = message.link
        if link.kind == "notice":
            await self.board.open_list("notices", link.target)
        elif link.kind == "interview":
            await self.board.open_list("interviews", link.target)
        elif link.kind in {"dispatch", "instructions"}:
            await self.board.open_list(link.kind, link.target)
        elif link.kind == "file":
            task = partial(_find, self.board.ledger, link)
            read(self, "file", task, lambda found: self.Found(*found), "查找佐证文件")
        else:
            self.board.say(f"{link.words}：只有说明，没有存文件。")

    @on(Found)
    def open_file(self, message: Found) -> None:
        """Open the file with the system's own program, or say what is wrong with it."""
        if message.problem:
            self.board.say(message.problem, bad=True)
            return
        from screens.opening import open_stored

        problem = open_stored(message.path)
        self.board.say(problem or "已交给系统打开。", bad=bool(problem))

    def action_links(self) -> None:
        """Go to what belongs to the issue."""
        self.turn_to("detail")
        self.query_one(Links).focus()

    async def action_notice(self) -> None:
        """Go to the newest notice that printed the issue."""
        if self.shown is not None and self.shown.get("notices"):
            await self.board.open_list("notices", next(links_of(self.shown)).target)

    def action_evidence(self) -> None:
        """Pick a file, and store it as evidence."""
        if self._once_read(self.action_evidence) or self.shown is None:
            return
        from screens.dialogs.pick_file import PickFileDialog

        code = str(self.shown["code"])

        def picked(path: Path | None) -> None:
            if path is not None:
                self._store(code, path)

        self.app.push_screen(PickFileDialog(f"添加佐证　{code}"), picked)

    def _store(self, code: str, path: Path) -> None:
        from screens.loading import carry_out

        def task(session: Session) -> Message:
            from supervise.services import evidence

            evidence.add(session, code, path)
            return self.Stored(code, path.name)

        carry_out(self, "issue.evidence", task)

    @on(Stored)
    def stored(self, message: Stored) -> None:
        """Say that the file is kept, and show it."""
        self.board.say(f"已存入佐证：{message.code} {message.name}")
        self.read_detail(message.code)
        self.board.check_changes()

    # What can be done.

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        about_one = {"act", "copy", "clock", "evidence", "links", "notice", "events"}
        if action in about_one and self.shown is None:
            return NONE_CHOSEN
        if action in {"act", "evidence"} and self.board.read_only:
            return READ_ONLY
        if action == "notice" and self.shown is not None and not self.shown.get("notices"):
            return "没有已签发的通报印有这件事项。"
        return None

    def why_not_do(self, op: str) -> str | None:
        """Say why a step of the issue can't be taken now."""
        if op == "issue.add":
            return None
        if self._whole is None:
            return NONE_CHOSEN
        if not self._fresh:
            return None
        reasons = {choice.op.name: choice.why_not for choice in self._whole.choices}
        return reasons.get(op)

    def action_act(self) -> None:
        """Choose the next step: of all that is marked, else of the issue under the cursor."""
        if self.issues.mark_count:
            self.action_many()
            return
        if self._once_read(self.action_act) or self._whole is None:
            return
        record = self._whole.record
        words = f"{record['code']} {record['title']}，现在“{record['stage_name']}”"
        self.choose(words, self._whole.choices, partial(self._ask_about, record))

    def ask(self, op: Operation) -> None:
        """Ask for what a step of the chosen issue needs."""
        if op.name == "issue.add":
            self.ask_for(op, "")
        elif not self._once_read(partial(self._ask_again, op)) and self.shown is not None:
            self._ask_about(self.shown, op)

    def ask_shown(self, op: Operation) -> None:
        """Ask about the issue in the detail, whatever the list does meanwhile."""
        if self.shown is not None:
            self._ask_about(self.shown, op)

    def _ask_again(self, op: Operation) -> None:
        reason = self.why_not_do(op.name)
        if reason is None:
            self.ask(op)
        else:
            self.board.say(reason, bad=True)

    def _ask_about(self, record: Record, op: Operation) -> None:
        given: dict[str, Any] = {}
        if op.name == "issue.assign":
            given = {"unit": record.get("unit")}
        words = f"{record['code']} {record['title']}"
        events = record.get("events") or [{}]
        seen = events[-1].get("seq")
        self.ask_for(op, words, {"issue": record["code"]}, given, seen)

    @on(RecordList.Selected, "#issues")
    def to_detail(self) -> None:
        """Go to the detail."""
        self.turn_to("detail")
        self.query_one("#moves", Choices).focus()
