"""The issue under the cursor on the page of issues, read in full once the cursor rests on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from textual import on
from textual.message import Message

from screens.loading import Written, read
from screens.marking import MarkingPage
from screens.resting import Rest
from screens.widgets.columns import Record
from screens.widgets.issue_detail import IssueDetail, Whole, read_whole
from screens.widgets.marked_list import MarkedList
from screens.widgets.record_list import RecordList


class IssueReading(MarkingPage):
    """What is known of the issue under the cursor, and whether it still holds."""

    @dataclass
    class Read(Message):
        """An issue was read in full."""

        whole: Whole

    def __init__(self) -> None:
        super().__init__()
        self._whole: Whole | None = None
        self._stale = False
        self._rest = Rest(self, self.read_detail)
        # What was asked for while the issue of this code was still being read.
        self._waiting: tuple[str, Callable[[], None]] | None = None

    @property
    def issues(self) -> MarkedList:
        """The list."""
        return self.query_one("#issues", MarkedList)

    @property
    def marking(self) -> MarkedList:
        """The list whose rows are marked."""
        return self.issues

    @property
    def shown(self) -> Record | None:
        """The record of the issue in the detail."""
        return None if self._whole is None else self._whole.record

    @on(RecordList.Highlighted, "#issues")
    def rest(self, message: RecordList.Highlighted) -> None:
        """Read the issue once the cursor rests on it; what waits for another is let go."""
        here = None if message.record is None else message.record["code"]
        if self._waiting is not None and self._waiting[0] != here:
            self._waiting = None
        self._rest.again()

    def read_detail(self, code: str | None = None) -> None:
        """Read the issue of a code, or the one under the cursor."""
        record = self.issues.record
        wanted = code or (str(record["code"]) if record else None)
        if wanted is None:
            self._take(None)
            return
        read(self, "detail", lambda session: read_whole(session, wanted), self.Read, "读取事项")

    @on(Read)
    def take_detail(self, message: Read) -> None:
        """Show the issue, and go on with what waited for it."""
        self._take(message.whole)
        waiting, self._waiting = self._waiting, None
        if waiting is not None and self._fresh:
            waiting[1]()

    def _take(self, whole: Whole | None) -> None:
        self._whole, self._stale = whole, False
        self.query_one(IssueDetail).show(whole)
        self.refresh_keys()

    def known_now(self) -> Record | None:
        """Give the issue as the detail shows it."""
        return self.shown

    def known_before(self, written: Written) -> Record | None:
        """Give the issue as the detail showed it, if the step was about that one."""
        known = super().known_before(written)
        same = known is not None and known["code"] == written.record.get("code")
        return known if same else None

    @property
    def _fresh(self) -> bool:
        """Whether what was read is the issue under the cursor, as it is after our last step."""
        here = self.issues.record
        same = self.shown is not None and (here is None or self.shown["code"] == here["code"])
        return same and not self._stale

    def _once_read(self, action: Callable[[], None]) -> bool:
        """Read the issue under the cursor first, if that is still to come; tell whether it is."""
        record = self.issues.record or self.shown
        if self._fresh or record is None:
            return False
        self._waiting = (str(record["code"]), action)
        self.read_detail()
        return True
