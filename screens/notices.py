"""通报: the months, the units named in each, and the paper as it will be printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import NOTICES, bindings
from screens.loading import read
from screens.notice_parts import (
    ENTRY_COLUMNS,
    MATTER_COLUMNS,
    MONTH_COLUMNS,
    PAPERS,
    Month,
    matter_row,
    named_cell,
    questions,
    read_month,
    read_months,
)
from screens.page import Page
from screens.widgets.columns import Record
from screens.widgets.paper import Paper
from screens.widgets.record_list import RecordList
from supervise.domain.facts import EntryFacts
from supervise.services.choices import Choice, of_notice
from supervise.services.registry import OPERATIONS, Operation

# Steps about a unit already on the notice.
_ABOUT_ENTRY = frozenset({"notice.exempt", "notice.restore", "notice.check"})


class NoticesScreen(Page):
    """Months, entries and paper; on a narrow terminal the paper takes the place of the lists."""

    SCOPE = AREA = "notices"
    HEADING = "通报"
    CSS_PATH = "notices.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(NOTICES)
    AUTO_FOCUS = "#months"

    @dataclass
    class Loaded(Message):
        """The months arrived."""

        months: list[dict[str, Any]]

    @dataclass
    class Printed(Message):
        """A month's paper was composed, and its units' facts gathered."""

        month: Month
        title: str

    def __init__(self) -> None:
        super().__init__()
        self._kind = "notice"
        self._facts: dict[tuple[str, str], EntryFacts] = {}

    def panes(self) -> Iterable[Widget]:
        """Give the months, the entries and the paper."""
        yield RecordList(MONTH_COLUMNS, key="period", title="月份", measure="个", id="months")
        with Vertical(id="units"):
            yield RecordList(
                ENTRY_COLUMNS,
                key="unit",
                title="单位",
                measure="家",
                empty="没有单位",
                id="entries",
            )
            with Vertical(id="about"):
                yield RecordList(MATTER_COLUMNS, title="所涉事项", id="matters")
                yield VerticalScroll(Static("", id="questions"), id="questions-box")
        yield Paper("通报正文", id="paper")

    @property
    def months(self) -> RecordList:
        """The list of months."""
        return self.query_one("#months", RecordList)

    @property
    def entries(self) -> RecordList:
        """The units on the month's notice."""
        return self.query_one("#entries", RecordList)

    def reload(self) -> None:
        """Read the months again."""
        read(self, "months", read_months, self.Loaded, "读取通报")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the months."""
        self.months.show(message.months)

    def open(self, key: str) -> None:
        """Go to a month where the key is `notice-PERIOD`."""
        kind, _, period = key.partition("-")
        if kind == "notice":
            self.months.go_to(period)
        self.entries.focus()

    @on(RecordList.Highlighted, "#months")
    def show_month(self, message: RecordList.Highlighted) -> None:
        """Show a month's units and paper."""
        record = message.record
        self.entries.retitle(f"{record['period']} 单位" if record else "单位")
        self.entries.show(record["entries"] if record else ())
        self._print()
        self.refresh_keys()

    def _print(self) -> None:
        month = self.months.record
        paper = self.query_one(Paper)
        if month is None or month["status"] == "none":
            paper.show(None, "尚未拟稿（F8 拟稿）")
            self._facts = {}
            return
        title = f"{month['period']} {PAPERS[self._kind]}"
        read(
            self,
            "paper",
            partial(read_month, str(month["period"]), self._kind),
            lambda found: self.Printed(found, title),
            "排版通报",
        )

    @on(Printed)
    def show_paper(self, message: Printed) -> None:
        """Show the paper, and what the chosen unit is named for."""
        self.query_one(Paper).show(message.month.document, message.title)
        self._facts = message.month.entries
        self.entry_changed()

    @on(RecordList.Highlighted, "#entries")
    def entry_changed(self) -> None:
        """Show what the unit is named for; what can be done depends on it too."""
        entry = self.entries.record
        facts = self._facts.get((entry["unit"], entry["polarity"])) if entry else None
        matters = self.query_one("#matters", RecordList)
        matters.retitle(f"{entry['unit']} 所涉事项" if entry else "所涉事项")
        matters.show([matter_row(one) for one in facts.matters] if facts else ())
        self.query_one("#questions", Static).update(questions(facts))
        self.refresh_keys()

    @on(RecordList.Selected, "#months")
    def to_entries(self) -> None:
        """Go from the month to its units."""
        self.entries.focus()

    @on(RecordList.Selected, "#entries")
    def to_matters(self) -> None:
        """Go from the unit to its matters."""
        self.add_class("-about")
        self.query_one("#matters", RecordList).focus()

    @on(RecordList.Selected, "#matters")
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open an issue a naming rests on."""
        if message.record is not None:
            await self.board.open_list("issues", f"issue:{message.record['code']}")

    def action_paper(self) -> None:
        """Change between the notice and the basis sheet; on a narrow terminal show it first."""
        if self.has_class("-narrow") and not self.has_class("-paper"):
            self.add_class("-paper")
        else:
            self._kind = "basis" if self._kind == "notice" else "notice"
            self._print()
        self.query_one(Paper).focus()

    def action_back(self) -> None:
        """Go back to the units, then to the months."""
        self.remove_class("-paper", "-about")
        (self.months if self.focused is self.entries else self.entries).focus()

    # What can be done.

    def _choices(self) -> tuple[Choice, ...]:
        month = self.months.record
        notice = None if month is None or month["status"] == "none" else month
        steps = [self._for_entry(one) for one in of_notice(notice)]
        steps += [
            Choice(op, op.help, self._why_no_explanation())
            for op in OPERATIONS.values()
            if op.noun == "explanation"
        ]
        return tuple(sorted(steps, key=lambda one: one.why_not is not None))

    def _for_entry(self, choice: Choice) -> Choice:
        about_entry = choice.op.name in _ABOUT_ENTRY
        if choice.why_not is None and about_entry and self.entries.record is None:
            return Choice(choice.op, choice.needs, f"不能{choice.op.title}：没有选中单位。")
        return choice

    def _why_no_explanation(self) -> str | None:
        entry = self.entries.record
        owed = entry.get("explanation") if entry else None
        return None if owed else "所选单位没有应交的书面说明。"

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        return next((one.why_not for one in self._choices() if one.op.name == op), None)

    def action_act(self) -> None:
        """Choose the next step."""
        month, entry = self.months.record, self.entries.record
        if month is not None:
            unit = f"，{entry['unit']}" if entry else ""
            words = f"{month['period']} 通报{unit}"
            self.choose(words, self._choices(), partial(self._ask_about, month, entry))

    def ask(self, op: Operation) -> None:
        """Ask for what a step of the month's notice, or of one of its units, needs."""
        self._ask_about(self.months.record, self.entries.record, op)

    def _ask_about(self, month: Record | None, entry: Record | None, op: Operation) -> None:
        period = str(month["period"]) if month else None
        if op.name == "notice.draft":
            words = "名单按截止日的台账推算，签发前可以重新拟稿。"
            self.ask_for(op, words, None, {"period": period})
        elif op.name in _ABOUT_ENTRY or op.noun == "explanation":
            assert entry is not None
            fixed = {"period": period, "unit": entry["unit"], "unit_id": entry["unit_id"]}
            self.ask_for(op, f"{period} 通报，{entry['unit']}", fixed)
        else:
            given = {"unit": entry["unit"]} if entry and op.name == "notice.correct" else {}
            named = named_cell(month).text if month else ""
            words = f"{period} 通报，点名 {named or '0 家'}。"
            self.ask_for(op, words, {"period": period}, given)
