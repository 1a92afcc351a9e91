"""今日工作: what waits for the office today; every figure opens the list behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget

from screens.commands import OVERVIEW, bindings
from screens.export_page import of_month
from screens.loading import read
from screens.overview_parts import (
    FIGURE_COLUMNS,
    STEP_COLUMNS,
    area_of,
    asked_here,
    behind,
    recorded_as,
    where_done,
)
from screens.page import READ_ONLY, Page
from screens.views import PREVIEW_COLUMNS, UNIT_COLUMNS, IssueSource
from screens.widgets.record_list import RecordList
from screens.widgets.stages import StageStrip, StageTile
from supervise.services.registry import OPERATIONS, Operation

if TYPE_CHECKING:
    from screens.exporting import Fitting
    from screens.widgets.chart import Chart
    from supervise.domain.month import Progress
    from supervise.services.charts import Charts
    from supervise.services.months import Month
    from supervise.services.session import Session
    from supervise.services.today import Figure, Today

# What stands above the list of what waits, and there before the first issue.
_WAITS, _BEGIN = "待办", "待办：F10 登记单位，F11 导入问题"
_STATUS = {"none": "未拟稿", "draft": "拟稿", "issued": "已签发"}


# Loaded in the thread that reads: the frame need not wait for what stands behind them.


def _of_issues(session: Session) -> Today:
    from supervise.services.today import of_issues

    return of_issues(session)


def _today(session: Session) -> Today:
    from supervise.services.today import today

    return today(session)


def _charts(session: Session) -> Charts:
    from supervise.services.charts import charts

    return charts(session)


class OverviewScreen(Page):
    """Stages on top, what waits with the records behind it, the month's progress, the charts.

    The figures come first; the month and the charts are put on the page once they are read.
    """

    SCOPE = AREA = "overview"
    HEADING = "今日工作"
    CSS_PATH = "overview.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(OVERVIEW)
    AUTO_FOCUS = "#figures"

    @dataclass
    class Loaded(Message):
        """The figures arrived."""

        today: Today

    @dataclass
    class Drawn(Message):
        """What the charts show arrived."""

        charts: Charts

    def __init__(self) -> None:
        super().__init__()
        self._month: Month | None = None

    def panes(self) -> Iterable[Widget]:
        """Give the strip and the lists."""
        yield StageStrip()
        with VerticalScroll(id="page", can_focus=False):
            yield RecordList(FIGURE_COLUMNS, key="key", title=_WAITS, measure="项", id="figures")
            with Vertical(id="behind"):
                yield RecordList(PREVIEW_COLUMNS, id="issues-behind")
                yield RecordList(UNIT_COLUMNS, key="unit", measure="项", id="units-behind")

    # Reading, the quickest first.

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
    async def take(self, message: Loaded) -> None:
        """Show the figures, and read on."""
        self.query_one(StageStrip).show(message.today.stages)
        rows = [{"key": figure.key, "figure": figure} for figure in message.today.figures]
        figures = self.query_one("#figures", RecordList)
        figures.retitle(_WAITS if any(message.today.stages.values()) else _BEGIN)
        figures.show(rows)
        if message.today.month is not None:
            await self._show_month(message.today.month)
        if message.today.complete:
            read(self, "charts", _charts, self.Drawn, "读取图表")
        else:
            self.once_painted(self.reload)

    async def _show_month(self, month: Month) -> None:
        self._month = month
        steps = next(iter(self.query("#month").results(RecordList)), None)
        if steps is None:
            steps = RecordList(STEP_COLUMNS, key="key", measure="步", id="month")
            page = self.query_one("#page").add_class("-whole")
            await page.mount(steps)
        steps.retitle(f"{month.period} 本月进度（{_STATUS[month.status]}）")
        steps.show([{"key": step.step, "step": step} for step in month.steps])

    @on(Drawn)
    async def draw(self, message: Drawn) -> None:
        """Show the charts."""
        from screens.overview_charts import charts, fill
        from screens.widgets.chart import Chart

        page = self.query_one("#page", VerticalScroll)
        if not page.query(Chart):
            await page.mount(*charts())
        if page.query(Chart):  # on a page that is being closed nothing is mounted any more
            fill(page, message.charts)

    # What is behind a figure.

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
    async def open_behind(self, message: RecordList.Selected) -> None:
        """Open the record a unit is listed for, in the figure's area."""
        chosen = self.query_one("#figures", RecordList).record
        if chosen is not None and message.record is not None:
            figure: Figure = chosen["figure"]
            await self.board.open_list(figure.area, behind(figure, message.record))

    @on(StageTile.Opened)
    async def open_stage(self, message: StageTile.Opened) -> None:
        """Open the list of a stage."""
        await self.board.open_list("issues", message.stage)

    def action_select(self) -> None:
        """Open what is under the cursor of the list or chart that has the focus."""
        from screens.widgets.chart import Chart

        if isinstance(self.focused, Chart):
            self.focused.action_open()
        else:
            super().action_select()

    async def on_chart_opened(self, message: Chart.Opened) -> None:
        """Open what is behind a bar or a cell."""
        await self.board.open_list(area_of(message.key), message.key)

    # The month.

    @property
    def _step(self) -> Progress | None:
        """The step of the month under the cursor."""
        lists = self.query("#month").results(RecordList)
        record = next((one.record for one in lists), None)
        return record["step"] if record else None

    @on(RecordList.Selected, "#month")
    async def do_step(self) -> None:
        """Go where the step is done, or ask for its day on the spot."""
        month, step = self._month, self._step
        if month is None or step is None:
            return
        recorded = asked_here(step.step, month.status)
        if recorded is None:
            await self.board.open_list(*where_done(step.step, month.period))
        elif self.board.read_only:
            self.board.say(READ_ONLY, bad=True)
        else:
            self._ask_step(recorded)

    def _ask_step(self, step: str) -> None:
        month = self._month
        assert month is not None
        words = f"{month.period} {month.series}，记录“{step}”在哪一天办的。"
        fixed = {"period": month.period, "series": month.series}
        self.ask_for(OPERATIONS["notice.record"], words, fixed, {"step": step})

    def fitting(self) -> Fitting:
        """Say that papers can be made for the month at work."""
        return of_month(self._month.period) if self._month is not None else {}

    def ask(self, op: Operation) -> None:
        """Open the dialog of an operation; a step of the month is about the month shown."""
        month, step = self._month, self._step
        if op.name == "notice.record" and month is not None and step is not None:
            self._ask_step(recorded_as(step.step, month.status) or "")
        else:
            super().ask(op)
