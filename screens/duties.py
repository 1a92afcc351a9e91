"""定期报送: the duties, and of the chosen one a grid of units and periods."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import DUTIES, bindings
from screens.duty_parts import COLUMNS, facts, reports_of, row
from screens.exporting import Export
from screens.loading import Written, read
from screens.page import READ_ONLY, Page
from screens.widgets.chart import Chart
from screens.widgets.columns import Record, one_line
from screens.widgets.crumbs import Crumb
from screens.widgets.duty_grid import DutyGrid
from screens.widgets.record_list import RecordList
from supervise.services.choices import Choice
from supervise.services.registry import OPERATIONS, Operation
from supervise.services.session import Session

if TYPE_CHECKING:
    from supervise.services.duty_records import Matrix

_PERIODS = 26
_EMPTY = "还没有定期报送：Ctrl+A 设定哪些单位、多久报一次"


def _matrices(session: Session) -> list[Matrix]:
    from supervise.services import duty_records

    return duty_records.matrices(session, _PERIODS)


class DutiesScreen(Page):
    """The duties on top, the grid of the chosen one, the cell under the cursor in words."""

    SCOPE = AREA = "duties"
    HEADING = "定期报送"
    CSS_PATH = "duties.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(DUTIES)
    AUTO_FOCUS = "#grid"

    @dataclass
    class Loaded(Message):
        """The duties arrived."""

        matrices: list[Matrix]

    def __init__(self) -> None:
        super().__init__()
        self._matrices: dict[str, Matrix] = {}
        self._wanted = ""
        # The duty and the period of it asked for, before its grid is shown.
        self._report = ("", "")

    def panes(self) -> Iterable[Widget]:
        """Give the duties, the grid and the cell."""
        with Vertical(id="work"):
            yield RecordList(
                COLUMNS, key="name", title="事项", measure="项", empty=_EMPTY, id="duties"
            )
            with VerticalScroll(id="scroll", can_focus=False):
                yield DutyGrid(id="grid")
            yield Static("", id="cell")

    @property
    def duties(self) -> RecordList:
        """The duties."""
        return self.query_one("#duties", RecordList)

    @property
    def grid(self) -> DutyGrid:
        """The grid of the chosen duty."""
        return self.query_one(DutyGrid)

    def reload(self) -> None:
        """Read the duties and their reports again."""
        read(self, "duties", _matrices, self.Loaded, "读取定期报送")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the duties; of the chosen one the grid."""
        self._matrices = {one.duty.name: one for one in message.matrices}
        self.duties.show([row(one) for one in message.matrices])
        if self._wanted:
            self.duties.go_to(self._wanted)
            self._wanted = ""

    @on(RecordList.Highlighted, "#duties")
    def show_grid(self, message: RecordList.Highlighted) -> None:
        """Show the duty under the cursor as a grid."""
        matrix = self._matrices.get(message.record["name"]) if message.record else None
        words = f"{matrix.duty.name}：{matrix.duty.rhythm.words}" if matrix else ""
        self.retitled(self.grid, one_line(words))
        self.grid.show_matrix(matrix)
        if matrix is not None and matrix.duty.name == self._report[0]:
            self.grid.go_to(self._report[1])
            self._report = ("", "")
        self.refresh_keys()

    @on(RecordList.Selected, "#duties")
    def to_grid(self) -> None:
        """Go from the duties to the grid."""
        self.grid.focus()

    @on(DutyGrid.Moved)
    def show_cell(self, message: DutyGrid.Moved) -> None:
        """Say how the report under the cursor stands."""
        report = message.report
        parts: list[str | tuple[str, str]] = []
        if report is not None:
            parts.append((one_line(f"{report['unit']} {report['label']}"), "bold"))
            for label, words in facts(report):
                parts += [(f"　{label} ", "$muted"), one_line(words)]
        self.query_one("#cell", Static).update(Content.assemble(*parts))
        self.refresh_keys()

    @on(Chart.Opened)
    def opened(self, message: Chart.Opened) -> None:
        """Open the cell that was clicked."""
        message.stop()
        self.action_open()

    def open(self, key: str) -> None:
        """Show a duty by its name, `duty:NAME`, or one period of it, `report:PERIOD:NAME`."""
        kind, _, self._wanted = key.partition(":")
        if kind == "report":
            period, _, self._wanted = self._wanted.partition(":")
            self._report = (self._wanted, period)
        self.grid.focus()
        self.reload()

    def action_turn(self, by: int) -> None:
        """Go to the next duty, or the one before; round at the ends."""
        if self.duties.total:
            self.duties.cursor = (self.duties.cursor + by) % self.duties.total
            self.grid.focus()

    def action_open(self) -> None:
        """Show all that is known of the report under the cursor."""
        if self.focused is self.duties:
            self.grid.focus()
            return
        report = self.grid.report
        if report is None:
            self.board.say("这一格没有应报的。")
            return
        from screens.dialogs.text import TextDialog

        lines = [
            piece
            for label, words in facts(report)
            for piece in ((f"{label}  ", "$muted"), f"{one_line(words)}\n")
        ]
        heading = one_line(f"{report['unit']} {report['label']}")
        content = Content.assemble(*lines).rstrip()
        self.app.push_screen(TextDialog(heading, one_line(str(report["duty"])), content))

    def action_back(self) -> None:
        """Go back to the grid, or from it to the duties."""
        (self.duties if self.focused is self.grid else self.grid).focus()

    def lists(self) -> list[Export]:
        """Give the reports of the chosen duty, and the list that has the focus."""
        record = self.duties.record
        chosen = [] if record is None else [reports_of(str(record["name"]))]
        return [*chosen, *super().lists()]

    def where(self) -> Sequence[Crumb]:
        """Say which duty is looked at."""
        record = self.duties.record
        return (
            Crumb(self.HEADING, "back" if self.focused is self.grid else ""),
            Crumb(record["name"] if record else ""),
        )

    # What can be done.

    def _steps(self) -> tuple[Choice, ...]:
        steps = [op for op in OPERATIONS.values() if op.noun == "duty"]
        found = (Choice(op, op.help, self._reason(op)) for op in steps)
        return tuple(sorted(found, key=lambda one: one.why_not is not None))

    def _reason(self, op: Operation) -> str | None:
        record, report = self.duties.record, self.grid.report
        match op.verb:
            case "add":
                return None
            case "end":
                pack = record is not None and record["from_pack"]
                return "没有选中报送事项。" if record is None else _PACK if pack else None
            case _ if report is None:
                return "没有选中应报的一期。"
            case _:
                return _why_not(op, report)

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action == "act" and self.board.read_only:
            return READ_ONLY
        return "还没有定期报送。" if action == "turn" and not self._matrices else None

    def why_not_do(self, op: str) -> str | None:
        """Say why an operation can't be done now."""
        return self._reason(OPERATIONS[op])

    def action_act(self) -> None:
        """Choose what to do with the duty or the report under the cursor."""
        report, record = self.grid.report, self.duties.record
        ask = partial(self._ask_about, report, record)
        title = f"{report['unit']} {report['label']}" if report else self.HEADING
        self.choose(one_line(title), self._steps(), ask)

    def ask(self, op: Operation) -> None:
        """Ask for what an operation needs."""
        self._ask_about(self.grid.report, self.duties.record, op)

    def _ask_about(self, report: Record | None, record: Record | None, op: Operation) -> None:
        if op.verb == "add" or record is None:
            self.ask_for(op, "")
        elif op.verb == "end" or report is None:
            self.ask_for(op, one_line(record["name"]), {"duty": record["name"]})
        else:
            fixed = {name: report[name] for name in ("duty", "unit", "unit_id", "period")}
            words = (
                f"{report['unit']}，{report['duty']}，{report['label']}，应报 {report['due_on']}"
            )
            self.ask_for(op, one_line(words), {k: v for k, v in fixed.items() if v})

    def told(self, written: Written) -> str:
        """Say in a sentence what was done, and how the report stands."""
        record, title = written.record, OPERATIONS[written.op].title
        unit = (
            f"，{record['unit']} {record['label']}：{record['state_name']}"
            if "unit" in record
            else ""
        )
        return one_line(f"已{title}：{record['duty']}{unit}")

    def settled(self, written: Written) -> None:
        """Go to a duty that was just set."""
        if written.op == "duty.add":
            self._wanted = str(written.record["duty"])


_PACK = "是规则包规定的，请改规则包。"


def _why_not(op: Operation, report: Mapping[str, Any]) -> str | None:
    if report["submitted_on"]:
        return f"不能{op.title}：已于 {report['submitted_on']} 报来。"
    if op.verb == "waive" and report["waived_on"]:
        return f"不能{op.title}：已于 {report['waived_on']} 免报。"
    return None
