"""通报: the months, the units named in each, and the paper as it will be printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import NOTICES, bindings
from screens.loading import read
from screens.page import Page
from screens.views import reasons_words
from screens.widgets.columns import Cell, Column, Record, field, one_line
from screens.widgets.paper import Paper
from screens.widgets.record_list import RecordList
from supervise.domain.facts import EntryFacts, Matter
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
ENTRY = {"effective": ("列入", ""), "exempt": ("免予", "muted"), "withdrawn": ("撤销", "muted")}
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
    return Cell(f"{words}，超期", "bad") if owed["overdue"] else Cell(words, tone)


MONTH_COLUMNS = (
    Column("月份", field("period"), 7),
    Column("状态", _status, 6),
    Column("点名", _named, 6, right=True),
    Column("文号", field("number", "muted"), 8, grows=True, spare=1),
)
ENTRY_COLUMNS = (
    Column("单位", field("unit"), 14, grows=True),
    Column("类型", lambda r: Cell(*POLARITY[r["polarity"]]), 4),
    Column("状态", lambda r: Cell(*ENTRY[r["status"]]), 4),
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


MATTER_COLUMNS = (
    Column("编号", field("code", "strong"), 12),
    Column("事项", field("title"), 14, grows=True),
    Column("限期", field("due_on"), 10, spare=1),
    Column("超期", lambda r: f"{r['days_late']}天" if r["days_late"] else "", 6, right=True),
    Column("阶段", field("stage"), 4, spare=2),
)


@dataclass(frozen=True, slots=True)
class Month:
    """A month's paper, and each unit with its matters and the questions asked before signing."""

    document: Document
    entries: dict[tuple[str, str], EntryFacts]


def _month(period: str, kind: str, session: Session) -> Month:
    from supervise.reports.basis import basis_document
    from supervise.reports.notice import notice_document
    from supervise.services import compose, notice_facts, notice_records

    notice = notice_records.find(session, period)
    facts = notice_facts.gather(session, notice)
    if notice.status == "draft":
        document = notice_document(facts) if kind == "notice" else basis_document(facts)
    else:
        document = from_json(compose.tree(session, notice, kind))
    return Month(document, {(one.unit, one.polarity): one for one in facts.entries})


def _matter(one: Matter) -> dict[str, Any]:
    return {
        "code": one.code,
        "title": one.title,
        "due_on": str(one.due_on or ""),
        "days_late": one.days_late,
        "stage": one.stage,
    }


def _questions(facts: EntryFacts | None) -> Content:
    """Draw the questions asked before signing: those that stand out in full, the rest by name."""
    if facts is None or not facts.questions:
        return Content("")
    lines: list[tuple[str, str]] = [("签发前七查", "$primary bold")]
    for one in facts.questions:
        if not one.ok:
            lines += [("\n注意  ", "$warning bold"), (one_line(one.name), "bold")]
            lines.append((f"\n{one_line(one.answer)}", ""))
    calm = "、".join(one_line(one.name) for one in facts.questions if one.ok)
    if calm:
        lines += [("\n无碍  ", "$success"), (calm, "$muted")]
    return Content.assemble(*lines)


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
            partial(_month, str(month["period"]), self._kind),
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
        matters.show([_matter(one) for one in facts.matters] if facts else ())
        self.query_one("#questions", Static).update(_questions(facts))
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
            named = _named(month).text if month else ""
            words = f"{period} 通报，点名 {named or '0 家'}。"
            self.ask_for(op, words, {"period": period}, given)
