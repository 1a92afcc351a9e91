"""发表—收表—对账: the months, the units whose sheets came back, the differences to be settled."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import SHEETS, bindings
from screens.loading import Written, read, write
from screens.page import READ_ONLY
from screens.sheet_parts import DIFFERENCES, MONTHS, UNITS, listed, read_month, read_months, told
from screens.sheet_running import SheetRunning
from screens.widgets.columns import Record, one_line
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from supervise.services.registry import Operation

_PLACES = {"issue": ("issues", "issue"), "task": ("tasks", "task"), "duty": ("duties", "duty")}
_NOT_SENT = "这个月还没有发表，按 F7 发表"
_LISTS = ("months", "units", "differences")


class SheetsScreen(SheetRunning):
    """Months and units on the left, differences on the right, the chosen one in full below."""

    SCOPE = AREA = "sheets"
    HEADING = "收表"
    CSS_PATH = "sheets.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(SHEETS)
    AUTO_FOCUS = "#months"

    @dataclass
    class Loaded(Message):
        """The months arrived."""

        records: list[dict[str, Any]]

    @dataclass
    class Read(Message):
        """The chosen month was read."""

        month: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self._month: dict[str, Any] | None = None
        # The unit whose differences alone are shown; "" for all of them.
        self._who = self._unit = ""
        # The month asked for before the months were read.
        self._wanted = ""

    def panes(self) -> Iterable[Widget]:
        """Give the three lists and the words about one difference."""
        with Container(id="work"):
            with Vertical(id="left"):
                yield RecordList(
                    MONTHS,
                    key="period",
                    title="月份",
                    measure="个月",
                    empty="还没有发过表，按 F7 发表",
                    id="months",
                )
                yield RecordList(
                    UNITS, key="who", title="单位", measure="家", empty=_NOT_SENT, id="units"
                )
            yield RecordList(
                DIFFERENCES,
                key="key",
                title="差异",
                measure="处",
                empty="没有差异",
                id="differences",
            )
        yield VerticalScroll(Static("", id="words"), id="told", can_focus=False)

    def _list(self, name: str) -> RecordList:
        return self.query_one(f"#{name}", RecordList)

    @property
    def period(self) -> str:
        """The month under the cursor, else the one that runs."""
        month = self._list("months").record
        return str(month["period"]) if month else super().period

    @property
    def difference(self) -> Record | None:
        """The difference under the cursor."""
        return self._list("differences").record

    def where(self) -> Sequence[Crumb]:
        """Say which month is chosen, and which list is gone through."""
        month, focused = self._list("months").record, self.focused
        pane = focused.heading if isinstance(focused, RecordList) else ""
        if month is None or pane == "月份":
            return (Crumb(self.HEADING), Crumb(str(month["period"]) if month else ""))
        chosen = Crumb(str(month["period"]), "back")
        return Crumb(self.HEADING), chosen, Crumb(one_line(self._unit)), Crumb(pane)

    def open(self, key: str) -> None:
        """Go to a month, `month:2024-12`, or to all its differences, `differences:2024-12`."""
        place, _, self._wanted = key.partition(":")
        self._list("differences" if place == "differences" else "months").focus()
        self._choose(None)
        self.reload()

    # Reading.

    def reload(self) -> None:
        """Read the months again, and the chosen one."""
        read(self, "months", read_months, self.Loaded, "读取收表情况")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the months."""
        months, wanted = self._list("months"), self._wanted
        months.show(message.records)
        if not wanted and self._month is None:
            wanted = super().period
        if any(one["period"] == wanted for one in message.records):
            self._wanted = ""
            months.go_to(wanted)
        if not message.records:
            self._month = None
            self._show_units()

    @on(RecordList.Highlighted, "#months")
    def show_month(self, message: RecordList.Highlighted) -> None:
        """Read the month under the cursor."""
        if message.record is not None:
            period = str(message.record["period"])
            read(self, "month", partial(read_month, period), self.Read, "读取收表情况")

    @on(Read)
    def take_month(self, message: Read) -> None:
        """Show the month's units and differences, unless another is chosen by now."""
        month = self._list("months").record
        if month is not None and month["period"] == message.month["period"]:
            self._month = message.month
            self._show_units()

    def _show_units(self) -> None:
        self._list("units").show(self._month["units"] if self._month else ())
        self._show_differences()

    def _show_differences(self) -> None:
        """Show the differences of all units, or of the one that was gone to."""
        found = self._month["differences"] if self._month else []
        chosen = [one for one in found if self._who in ("", one["who"])]
        shown = self._list("differences")
        shown.when_empty(f"{one_line(self._unit)}没有差异" if self._unit else "没有差异")
        shown.show(chosen)
        self._tell()

    @on(RecordList.Highlighted, "#units")
    def choose_unit(self) -> None:
        """Show the differences of the unit under the cursor alone."""
        units = self._list("units")
        if units.has_focus:
            self._choose(units.record)

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Choose the unit when its list is gone to; all of them again with the months."""
        super().on_descendant_focus(event)
        if self.focused is not None and self.focused.id == "months":
            self._choose(None)
        elif self.focused is not None and self.focused.id == "units":
            self.choose_unit()

    def _choose(self, unit: Record | None) -> None:
        """Show the differences of one unit; of all of them where none is chosen."""
        who = str(unit["who"]) if unit else ""
        if who != self._who:
            self._who, self._unit = who, str(unit["unit"]) if unit else ""
            self._show_differences()

    @on(RecordList.Highlighted, "#differences")
    def _tell(self) -> None:
        """Show the difference under the cursor in full, unless something runs."""
        if not self._busy:
            self.query_one("#words", Static).update(told(self.difference))
            self.query_one("#told").display = self.difference is not None
        self.refresh_keys()

    # Going about.

    @on(RecordList.Selected, "#months, #units")
    def go_on(self, message: RecordList.Selected) -> None:
        """Go from a month to its units, from a unit to its differences."""
        self._list("units" if message.list.id == "months" else "differences").focus()

    @on(RecordList.Selected, "#differences")
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open the issue, task or duty a difference is about."""
        record = message.record
        if record is not None and record["issue"]:
            area, key = _PLACES[record["page"]]
            await self.board.open_list(area, f"{key}:{record['issue']}")

    def action_pane(self, step: int) -> None:
        """Go to the next list, or the one before."""
        at = self.focused.id if isinstance(self.focused, RecordList) else None
        place = _LISTS[((_LISTS.index(at) if at in _LISTS else 0) + step) % len(_LISTS)]
        self._list(place).focus()
        if place == "differences":
            self._choose(None)

    def action_back(self) -> None:
        """Stop what runs; else go back to the months."""
        if self._busy:
            self._work.stop()
        else:
            self._list("months").focus()

    # Settling a difference.

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action in {"send", "collect"} and self.board.read_only:
            return READ_ONLY
        if action in {"send", "collect"} and self._busy:
            return f"正在{self._busy}。"
        return "没有差异可导出。" if action == "export" and not self._month else None

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        one = self.difference
        if self._busy:
            return f"正在{self._busy}。"
        if op == "sheet.accept":
            return _why_not_accept(one)
        return None if one is not None and one["status"] == "open" else "没有选中待核的差异。"

    def ask(self, op: Operation) -> None:
        """Settle the difference under the cursor at once: it says all that is needed."""
        self._settle(op.name)

    def _settle(self, op: str) -> None:
        one = self.difference
        if one is not None and self._month is not None:
            values = {name: one[name] for name in ("unit", "unit_id", "issue", "column")}
            write(self, op, {"period": self._month["period"], **values})

    @on(Written)
    def written(self, message: Written) -> None:
        """Say that it was done, and read again."""
        self._after(message)

    def told(self, written: Written) -> str:
        """Say in a sentence what was done."""
        if written.op == "sheet.accept":
            return f"已采纳：{super().told(written).partition('：')[2]}"
        record = written.record
        return f"已阅：{record['issue']} {record['column']}，台账不变"

    def action_export(self) -> None:
        """Save the chosen month's differences as a list."""
        from screens.dialogs.save import SaveDialog

        if self._month is None:
            return
        period = str(self._month["period"])

        def saved(path: Path | None) -> None:
            if path is not None:
                self.board.say(f"已存为 {path}")

        name = f"收表差异清单-{period}.xlsx"
        self.app.push_screen(SaveDialog("导出差异清单", name, partial(listed, period)), saved)


def _why_not_accept(one: Record | None) -> str | None:
    if one is None:
        return "没有选中差异。"
    if one["status"] == "accepted":
        return "已经采纳过了。"
    if not one["acceptable"]:
        return one_line(f"不能采纳：{one['why']}可记为已阅。")
    return None
