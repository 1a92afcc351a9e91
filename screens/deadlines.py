"""期限日程: a month of deadlines as a list of days, and what falls due on the chosen one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widget import Widget

from screens.commands import DEADLINES, bindings
from screens.deadline_parts import (
    ITEM_COLUMNS,
    after,
    day_columns,
    day_rows,
    item_rows,
    kinds_in,
    month_title,
)
from screens.export_page import of_month
from screens.exporting import Fitting
from screens.loading import read
from screens.page import Page
from screens.views import PREVIEW_COLUMNS, IssueSource
from screens.widgets.columns import Record
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from supervise.domain.dates import parse_period, period_of, shift_period
from supervise.services.session import Session
from supervise.services.windows import DUE

if TYPE_CHECKING:
    from supervise.services.schedule import Schedule

# The months one can go to; a date outside has no neighbours.
_FIRST, _LAST = "1990-01", "2190-12"


def _schedule(period: str, session: Session) -> Schedule:
    from supervise.services.schedule import schedule

    return schedule(session, period)


class DeadlinesScreen(Page):
    """The days, and beside them what falls due; on a narrow terminal below them."""

    SCOPE = AREA = "deadlines"
    HEADING = "期限日程"
    CSS_PATH = "deadlines.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(DEADLINES)
    AUTO_FOCUS = "#days"

    @dataclass
    class Loaded(Message):
        """A month arrived."""

        schedule: Schedule

    def __init__(self) -> None:
        super().__init__()
        self._period = period_of(self.board.today)
        self._wanted: date | None = self.board.today
        self._schedule: Schedule | None = None
        # The kind of deadline that alone is shown; "" for all of them.
        self._kind = ""

    def panes(self) -> Iterable[Widget]:
        """Give the days, what falls due, and the issues of the day."""
        with Container(id="work"):
            yield RecordList(day_columns(), key="day", measure="天", id="days")
            with Vertical(id="of-day"):
                yield RecordList(
                    ITEM_COLUMNS, key="key", measure="项", empty="没有其他期限", id="items"
                )
                yield RecordList(PREVIEW_COLUMNS, empty="没有到期的事项", id="issues-due")

    @property
    def days(self) -> RecordList:
        """The days of the month."""
        return self.query_one("#days", RecordList)

    @property
    def _day(self) -> Record | None:
        return self.days.record

    # The month.

    def reload(self) -> None:
        """Read the month again."""
        task = partial(_schedule, self._period)
        read(self, "schedule", task, self.Loaded, "读取期限日程")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the month, on the day that is wanted."""
        if message.schedule.period != self._period:
            return
        self._schedule = message.schedule
        self.days.set_columns(day_columns(provisional=message.schedule.provisional))
        self._show(message.schedule)
        if self._wanted is not None:
            # Once the list is as long as the month: what is out of view is scrolled to.
            self.call_after_refresh(self.days.go_to, self._wanted.isoformat())
            self._wanted = None
        self.tell_where()

    def _show(self, schedule: Schedule) -> None:
        self.days.retitle(month_title(schedule, self._kind))
        self.days.show(day_rows(schedule, self.board.today, self._kind))

    def action_kind(self) -> None:
        """Show one kind of deadline alone, the next at each call; then all of them again."""
        if self._schedule is not None:
            self._kind = after(self._kind, kinds_in(self._schedule))
            self._show(self._schedule)

    def open(self, key: str) -> None:
        """Show a month, where the key is like 2024-12."""
        self._go(parse_period(key), None)
        self.days.focus()

    def _go(self, period: str, day: date | None) -> None:
        self._period, self._wanted = period, day
        self.reload()

    def action_month(self, step: int) -> None:
        """Show the month before or after."""
        here = self._day
        period = shift_period(self._period, step)
        day = date.fromisoformat(f"{period}-01")
        if here is not None and step < 0:
            day = day.replace(day=min(int(here["day"][8:]), 28))
        self._go(period, day)

    def action_today(self) -> None:
        """Show this month, on today."""
        self._go(period_of(self.board.today), self.board.today)
        self.days.focus()

    # The day.

    @on(RecordList.Highlighted, "#days")
    def show_day(self, message: RecordList.Highlighted) -> None:
        """Show what falls due on the day under the cursor."""
        record = message.record
        items = self.query_one("#items", RecordList)
        issues = self.query_one("#issues-due", RecordList)
        if record is None:
            return
        items.retitle(f"{record['day']} {record['words']}")
        items.show(item_rows(record))
        issues.retitle("到期事项")
        if record["due"]:
            issues.watch_source(IssueSource(f"{DUE}{record['day']}"), keep_place=False)
        else:
            issues.show(())
        self.refresh_keys()

    @on(RecordList.Selected, "#days")
    async def to_items(self) -> None:
        """Go to what falls due; where that is issues alone, open their list."""
        record = self._day
        if record is not None and record["due"] and not record["items"]:
            await self.action_issues()
        else:
            self.query_one("#items", RecordList).focus()

    @on(RecordList.Selected, "#items")
    async def open_item(self, message: RecordList.Selected) -> None:
        """Open what an item is about."""
        if message.record is not None:
            await self.board.open_list(message.record["area"], message.record["target"])

    @on(RecordList.Selected, "#issues-due")
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open an issue that is due."""
        if message.record is not None:
            await self.board.open_list("issues", f"issue:{message.record['code']}")

    async def action_issues(self) -> None:
        """Open the list of issues due on the day."""
        if self._day is not None:
            await self.board.open_list("issues", f"{DUE}{self._day['day']}")

    def action_back(self) -> None:
        """Go back to the days; from there to all kinds of deadlines."""
        if self.focused is self.days and self._kind and self._schedule is not None:
            self._kind = ""
            self._show(self._schedule)
        self.days.focus()

    # What can be done.

    def fitting(self) -> Fitting:
        """Say that papers can be made for the month."""
        return of_month(self._period)

    def where(self) -> Sequence[Crumb]:
        """Say which month, which day, and which list of it."""
        record, inside = self._day, self.focused is not self.days
        lists = {"items": "当日事项", "issues-due": "到期事项"}
        pane = lists.get(self.focused.id or "", "") if self.focused else ""
        return (
            Crumb(self.HEADING, "today"),
            Crumb(self._period, "back" if inside else ""),
            Crumb(record["short"] if record else "", "back" if inside else ""),
            Crumb(pane),
        )

    def reason_against(self, action: str, parameters: tuple[object, ...]) -> str | None:
        """Say why an action can't be taken now."""
        if action == "month":
            edge = _FIRST if int(str(parameters[0])) < 0 else _LAST
            return "没有更早或更晚的月份可看。" if self._period == edge else None
        return super().reason_against(action, parameters)

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action == "issues" and self.is_mounted and not (self._day and self._day["due"]):
            return "这一天没有到期的事项。"
        return None
