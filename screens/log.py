"""操作记录: the event log as a filtered list, newest first, and the chosen event in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import LOG, bindings
from screens.loading import read
from screens.log_parts import COLUMNS, LogSource, told
from screens.page import Page
from screens.resting import Rest
from screens.widgets.chips import Chips
from screens.widgets.columns import one_line
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from screens.widgets.search_line import SearchLine
from supervise.services.event_log import EVERYTHING, Entry, Sought
from supervise.services.session import Session

# Seconds in which a hand that types fast is waited for.
TYPING = 0.15


def _entry(seq: int, referrals: bool, session: Session) -> Entry | None:
    from supervise.services import event_log

    return event_log.entry(session, seq, referrals=referrals)


class LogScreen(Page):
    """The list and the chosen event; on a narrow terminal one at a time."""

    SCOPE = AREA = "log"
    HEADING = "操作记录"
    CSS_PATH = "log.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(LOG)
    AUTO_FOCUS = "#events"

    @dataclass
    class Read(Message):
        """An event was read in full; None is one that is not there."""

        entry: Entry | None

    def __init__(self) -> None:
        super().__init__()
        self._sought = EVERYTHING
        self._rest = Rest(self, self._read)

    def panes(self) -> Iterable[Widget]:
        """Give the search, the list and the event."""
        with Container(id="work"):
            with Vertical(id="middle"):
                words = "查找：操作、文号、说明、事项编号或文字、单位（F9）"
                yield SearchLine(words, TYPING)
                yield Chips(id="chips")
                yield RecordList(
                    COLUMNS, key="seq", measure="条", empty="没有这样的记录", id="events"
                )
            with VerticalScroll(id="detail"):
                yield Static("", id="words")

    @property
    def events(self) -> RecordList:
        """The list."""
        return self.query_one("#events", RecordList)

    @property
    def _referrals(self) -> bool:
        """Whether candidates for referral may be seen: never by a leader reading only."""
        return not self.board.read_only

    def on_mount(self) -> None:
        """Begin with all of the log."""
        self.retitled(self.query_one("#detail"), "内容")
        if self.events.total == 0:
            self._show()

    # The list.

    def reload(self) -> None:
        """Read the log again, without losing the place."""
        self.events.reload()

    def open(self, key: str) -> None:
        """Show what was done to one record, where the key is `subject:CODE`."""
        self._seek(Sought(subject=key.partition(":")[2]))
        self.turn_to()
        self.events.focus()

    def _seek(self, sought: Sought) -> None:
        self._sought = sought
        self.query_one(SearchLine).write(sought.text)
        self._show()

    def _show(self) -> None:
        chips, text = self._sought.chips(), self._sought.text
        self.query_one(Chips).show(chips)
        words = [*(said for _, said in chips), *([f"含“{text}”"] if text else [])]
        self.events.retitle(one_line("，".join(words)) or "全部操作")
        source = LogSource(self._sought, self._referrals)
        self.events.watch_source(source, keep_place=False)
        self.refresh_keys()

    @on(SearchLine.Sought)
    def search(self, message: SearchLine.Sought) -> None:
        """Show what fits the words."""
        self._sought = replace(self._sought, text=message.words)
        self._show()

    @on(SearchLine.Done)
    def found(self) -> None:
        """Go from the search to what it found."""
        self.events.focus()

    @on(Chips.Removed)
    def widen(self, message: Chips.Removed) -> None:
        """Take one condition away."""
        self._seek(self._sought.without(message.part))
        if not self._sought.chips():
            self.events.focus()

    # The event.

    @on(RecordList.Highlighted, "#events")
    def rest(self) -> None:
        """Read the event once the cursor rests on it."""
        self._rest.again()
        self.refresh_keys()

    def _read(self) -> None:
        record = self.events.record
        if record is None:
            self.query_one("#words", Static).update("")
            return
        task = partial(_entry, int(record["seq"]), self._referrals)
        read(self, "entry", task, self.Read, "读取一条记录")

    @on(Read)
    def take(self, message: Read) -> None:
        """Show the event in words."""
        self.query_one("#words", Static).update(told(message.entry))

    @on(RecordList.Selected, "#events")
    async def open_subject(self, message: RecordList.Selected) -> None:
        """Open what the event is about."""
        target = message.record["target"] if message.record else None
        if target is None:
            self.board.say("这条记录没有可打开的对象；内容见详情（F6）。")
        else:
            await self.board.open_list(*target)

    # Keys.

    def where(self) -> Sequence[Crumb]:
        """Say what narrows the log, and which event is looked at."""
        record = self.events.record
        inside = self.focused is not None and self.focused is not self.events
        at_detail = self.focused is self.query_one("#detail")
        return (
            Crumb(self.HEADING, "clear"),
            Crumb(self.events.heading, "back" if inside else ""),
            Crumb(f"第{record['seq']}号" if record and at_detail else ""),
        )

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if not self.is_mounted:
            return None
        record = self.events.record
        if action in {"same", "detail"} and record is None:
            return "没有选中记录。"
        if action == "same" and record is not None and not record["subject"]:
            return "这条记录的对象不能单独筛选。"
        if action == "clear" and self._sought == EVERYTHING:
            return "没有筛选和查找。"
        return None

    def action_narrow(self) -> None:
        """Set what narrows the log."""
        from screens.dialogs.log_filter import LogFilterDialog

        def narrowed(sought: Sought | None) -> None:
            if sought is not None:
                self._seek(sought)
                self.events.focus()

        self.app.push_screen(LogFilterDialog(self._sought), narrowed)

    def action_same(self) -> None:
        """Show only what was done to the record of this event."""
        record = self.events.record
        if record is not None:
            self._seek(Sought(subject=record["subject"]))

    def action_clear(self) -> None:
        """Show all of the log."""
        self._seek(EVERYTHING)
        self.events.focus()

    def action_search(self) -> None:
        """Go to the search."""
        self.turn_to()
        self.query_one(SearchLine).focus()

    def action_detail(self) -> None:
        """Go to the event in words."""
        self.turn_to("detail")
        self.query_one("#detail").focus()

    def action_back(self) -> None:
        """Go back to the list; once there, show all of the log."""
        if self.focused is not self.events or self.has_class("-detail"):
            self.turn_to()
            self.events.focus()
        else:
            self.action_clear()
