"""通报: the months, the units named in each, and the paper as it will be printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container
from textual.message import Message
from textual.widget import Widget

from screens.commands import NOTICES, bindings
from screens.loading import read
from screens.page import Page
from screens.views import reasons_words
from screens.widgets.columns import Cell, Column, Record, field
from screens.widgets.paper import Paper
from screens.widgets.record_list import RecordList
from supervise.reports.document import Document, from_json
from supervise.services.choices import Choice, of_notice
from supervise.services.registry import OPERATIONS, Operation
from supervise.services.session import Session

STATUS = {
    "draft": ("拟稿", "warn"),
    "issued": ("已签发", "good"),
    "withdrawn": ("已撤回", "muted"),
    "none": ("未拟稿", "muted"),
}
POLARITY = {"named": ("点名", "bad"), "praised": ("表扬", "good"), "noted": ("提示", "warn")}
ENTRY = {"effective": ("列入", ""), "exempt": ("免予点名", "muted"), "withdrawn": ("撤销", "muted")}
OWED = {
    "owed": ("待交", "warn"),
    "received": ("已收", "good"),
    "accepted": ("已收", "good"),
    "returned": ("退回", "warn"),
}
# Steps about a unit already on the notice, and those where the unit is only a suggestion.
_ABOUT_ENTRY = frozenset({"notice.exempt", "notice.restore", "notice.check"})
PAPERS = {"notice": "通报正文", "basis": "点名依据表"}


def _status(record: Record) -> Cell:
    return Cell(*STATUS[record["status"]])


def _named(record: Record) -> Cell:
    named = [
        e for e in record["entries"] if e["status"] == "effective" and e["polarity"] == "named"
    ]
    return Cell(f"{len(named)} 家" if named else "", "" if named else "muted")


def _explained(record: Record) -> Cell:
    owed = record.get("explanation")
    if not owed:
        return Cell("")
    words, tone = OWED[owed["status"]]
    return Cell(f"{words},超期", "bad") if owed["overdue"] else Cell(words, tone)


MONTH_COLUMNS = (
    Column("月份", field("period"), 7),
    Column("状态", _status, 6),
    Column("点名", _named, 6, right=True),
    Column("文号", field("number", "muted"), 8, grows=True, spare=1),
)
ENTRY_COLUMNS = (
    Column("单位", field("unit"), 14, grows=True),
    Column("类型", lambda r: Cell(*POLARITY[r["polarity"]]), 4),
    Column("状态", lambda r: Cell(*ENTRY[r["status"]]), 8),
    Column("事由", lambda r: reasons_words(r["reasons"]), 16, grows=True, spare=1),
    Column("核对", lambda r: r.get("check") or Cell("未核对", "muted"), 6),
    Column("说明", _explained, 9, spare=2),
)


def _months(session: Session) -> list[dict[str, Any]]:
    """Read every month's notice, newest first, with the explanations owed beside the entries."""
    from supervise.domain.dates import period_of
    from supervise.services import explanations, notice_records

    owed = {(one["period"], one["unit"]): one for one in explanations.listing(session)}
    found = notice_records.listing(session)
    for notice in found:
        for entry in notice["entries"]:
            entry["explanation"] = owed.get((notice["period"], entry["unit"]))
    this = period_of(session.today)
    if this not in {notice["period"] for notice in found}:
        found.append({"period": this, "status": "none", "entries": []})
    return sorted(found, key=lambda notice: str(notice["period"]), reverse=True)


def _document(period: str, kind: str, session: Session) -> Document:
    from supervise.services import compose, notice_records

    return from_json(compose.tree(session, notice_records.find(session, period), kind))


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
        """A paper was composed."""

        document: Document
        title: str

    def __init__(self) -> None:
        super().__init__()
        self._kind = "notice"

    def panes(self) -> Iterable[Widget]:
        """Give the months, the entries and the paper."""
        yield RecordList(MONTH_COLUMNS, key="period", title="月份", measure="个月", id="months")
        with Container(id="work"):
            yield RecordList(
                ENTRY_COLUMNS,
                key="unit",
                title="单位",
                measure="家",
                empty="没有单位",
                id="entries",
            )
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
        read(self, "months", _months, self.Loaded, "读取通报")

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
        self.refresh_bindings()

    def _print(self) -> None:
        month = self.months.record
        paper = self.query_one(Paper)
        if month is None or month["status"] == "none":
            paper.show(None, "尚未拟稿(F8 拟稿)")
            return
        title = f"{month['period']} {PAPERS[self._kind]}"
        read(
            self,
            "paper",
            partial(_document, str(month["period"]), self._kind),
            lambda document: self.Printed(document, title),
            "排版通报",
        )

    @on(Printed)
    def show_paper(self, message: Printed) -> None:
        """Show the paper."""
        self.query_one(Paper).show(message.document, message.title)

    @on(RecordList.Highlighted, "#entries")
    def entry_changed(self) -> None:
        """What can be done depends on the unit."""
        self.refresh_bindings()

    @on(RecordList.Selected, "#months")
    def to_entries(self) -> None:
        """Go from the month to its units."""
        self.entries.focus()

    @on(RecordList.Selected, "#entries")
    async def action_open(self) -> None:
        """Open the issues a naming rests on."""
        entry = self.entries.record
        codes = [code for one in entry["reasons"] for code in one["issues"]] if entry else []
        if codes:
            await self.board.open_list("issues", f"issue:{codes[0]}")
        elif entry:
            self.board.say("这个单位由人工列入,没有所涉事项。")

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
        self.remove_class("-paper")
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
            return Choice(choice.op, choice.needs, f"不能{choice.op.title}:没有选中单位。")
        return choice

    def _why_no_explanation(self) -> str | None:
        entry = self.entries.record
        owed = entry.get("explanation") if entry else None
        return None if owed else "所选单位没有应交的书面说明。"

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        return next((one.why_not for one in self._choices() if one.op.name == op), None)

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action == "open" and self.entries.record is None:
            return "没有选中单位。"
        return None

    def action_act(self) -> None:
        """Choose the next step."""
        month, entry = self.months.record, self.entries.record
        if month is not None:
            unit = f",{entry['unit']}" if entry else ""
            self.choose(f"{month['period']} 通报{unit}", self._choices())

    def ask(self, op: Operation) -> None:
        """Ask for what a step of the month's notice, or of one of its units, needs."""
        month, entry = self.months.record, self.entries.record
        period = str(month["period"]) if month else None
        if op.name == "notice.draft":
            words = "名单按截止日的台账推算,签发前可以重新拟稿。"
            self.ask_for(op, words, None, {"period": period})
        elif op.name in _ABOUT_ENTRY or op.noun == "explanation":
            assert entry is not None
            fixed = {"period": period, "unit": entry["unit"], "unit_id": entry["unit_id"]}
            self.ask_for(op, f"{period} 通报,{entry['unit']}", fixed)
        else:
            given = {"unit": entry["unit"]} if entry and op.name == "notice.correct" else {}
            named = _named(month).text if month else ""
            words = f"{period} 通报,点名 {named or '0 家'}。"
            self.ask_for(op, words, {"period": period}, given)
