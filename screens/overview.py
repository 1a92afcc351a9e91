"""今日工作: what waits for the office today; every figure opens the list behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.widget import Widget

from screens.commands import OVERVIEW, bindings
from screens.loading import read
from screens.page import Page
from screens.views import PREVIEW_COLUMNS, UNIT_COLUMNS, IssueSource
from screens.widgets.columns import Cell, Column, Record
from screens.widgets.record_list import RecordList
from screens.widgets.stages import StageStrip, StageTile

if TYPE_CHECKING:
    from supervise.services.session import Session
    from supervise.services.today import Figure, Today


def _count(record: Record) -> Cell:
    figure: Figure = record["figure"]
    tone = "bad" if figure.urgent else ("" if figure.count else "muted")
    return Cell(f"{figure.count:,}", tone)


def _title(record: Record) -> Cell:
    figure: Figure = record["figure"]
    return Cell(figure.title, "bad" if figure.urgent else "")


FIGURE_COLUMNS = (
    Column("事项", _title, 18),
    Column("数目", _count, 7, right=True),
    Column("说明", lambda r: Cell(r["figure"].note, "muted"), 12, grows=True),
)


# Loaded in the thread that reads: the frame need not wait for what stands behind them.


def _of_issues(session: Session) -> Today:
    from supervise.services.today import of_issues

    return of_issues(session)


def _today(session: Session) -> Today:
    from supervise.services.today import today

    return today(session)


class OverviewScreen(Page):
    """Stages on top, what waits on the left, the records behind it on the right."""

    SCOPE = AREA = "overview"
    HEADING = "今日工作"
    CSS_PATH = "overview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(OVERVIEW)
    AUTO_FOCUS = "#figures"

    @dataclass
    class Loaded(Message):
        """The figures arrived."""

        today: Today

    def panes(self) -> Iterable[Widget]:
        """Give the strip and the lists."""
        yield StageStrip()
        with Horizontal(id="lists"):
            yield RecordList(FIGURE_COLUMNS, key="key", title="待办", measure="项", id="figures")
            with Vertical(id="behind"):
                yield RecordList(PREVIEW_COLUMNS, id="issues-behind")
                yield RecordList(UNIT_COLUMNS, key="unit", measure="家", id="units-behind")

    def reload(self) -> None:
        """Read the figures again; at first those that are known at once, then the rest."""
        ahead, self.board.first = self.board.first, None
        if ahead is not None and ahead.done() and ahead.exception() is None:
            self.post_message(self.Loaded(ahead.result()))
            return
        known = self.query_one("#figures", RecordList).record is not None
        task = _today if known else _of_issues
        read(self, "overview", task, self.Loaded, "读取今日工作")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the figures."""
        self.query_one(StageStrip).show(message.today.stages)
        rows = [{"key": figure.key, "figure": figure} for figure in message.today.figures]
        self.query_one("#figures", RecordList).show(rows)
        if not message.today.complete:
            self.call_after_refresh(self.reload)

    @on(RecordList.Highlighted, "#figures")
    def preview(self, message: RecordList.Highlighted) -> None:
        """Show the records behind the figure."""
        if message.record is None:
            return
        figure: Figure = message.record["figure"]
        issues = self.query_one("#issues-behind", RecordList)
        units = self.query_one("#units-behind", RecordList)
        of_issues = figure.area == "issues"
        issues.display, units.display = of_issues, not of_issues
        if of_issues:
            issues.retitle(figure.title)
            issues.watch_source(IssueSource(figure.key, sort="due_on"), keep_place=False)
        else:
            units.retitle(figure.title)
            units.show(figure.rows)

    @on(RecordList.Selected, "#figures")
    async def open_list(self, message: RecordList.Selected) -> None:
        """Open the list behind the figure."""
        if message.record is not None:
            figure: Figure = message.record["figure"]
            await self.board.open_list(figure.area, figure.target or figure.key)

    @on(RecordList.Selected, "#issues-behind")
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open the issue itself."""
        if message.record is not None:
            await self.board.open_list("issues", f"issue:{message.record['code']}")

    @on(RecordList.Selected, "#units-behind")
    def open_behind(self) -> None:
        """Open the list the units are from."""
        self.query_one("#figures", RecordList).action_select()

    @on(StageTile.Opened)
    async def open_stage(self, message: StageTile.Opened) -> None:
        """Open the list of a stage."""
        await self.board.open_list("issues", message.stage)
