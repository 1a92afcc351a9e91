"""屡督不改研判提示: candidates for referral, on a page of their own and nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import REFERRALS, bindings
from screens.dialogs.field_row import WORDS
from screens.exporting import Fitting
from screens.loading import read
from screens.page import Page
from screens.widgets.columns import Cell, Column, Record, field, one_line
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from supervise.services.choices import Choice
from supervise.services.registry import OPERATIONS, Operation
from supervise.services.session import Session

STATUS = {
    "candidate": ("待研判", "warn"),
    "recorded": ("已移送", "strong"),
    "continued": ("继续督办", "muted"),
    "dismissed": ("不予移送", "muted"),
}


def _since(record: Record) -> Cell:
    if record.get("days") is not None:
        return Cell(f"已 {record['days']} 天", "warn")
    return Cell(str(record.get("decided_on") or ""), "muted")


COLUMNS = (
    Column("单位", field("unit"), 16, grows=True),
    Column("情形", lambda r: WORDS.get(r["criterion"], r["criterion"]), 20, grows=True),
    Column("状态", lambda r: Cell(*STATUS[r["status"]]), 8),
    Column("时间", _since, 10),
)


def _listing(session: Session) -> list[dict[str, Any]]:
    from supervise.services import referrals

    found = referrals.board(session)
    for number, one in enumerate(found):
        one["key"] = one["id"] or f"{one['unit']}-{one['criterion']}-{number}"
    return found


def grounds(record: Record | None) -> Content:
    """Draw what a candidate rests on: criterion, clause, how it is read, the facts, what came."""
    if record is None:
        return Content("")
    lines: list[tuple[str, str]] = []
    for label, value in _grounds(record):
        lines += [(f"{label}  ", "$muted"), (f"{one_line(value)}\n", "")]
    return Content.assemble(*lines).rstrip()


def _grounds(record: Record) -> Iterator[tuple[str, str]]:
    criterion = str(record["criterion"])
    yield "情形", WORDS.get(criterion, criterion)
    yield "条款", record["clause"] or "规则包没有写明"
    if record["reading"]:
        yield "口径", record["reading"]
    if record.get("since"):
        yield "起于", f"{record['since']}，至今 {record['days']} 天；是否移送由人研判，不设时限"
    for fact in record["basis"]:
        yield "事实", str(fact)
    yield from _decision(record)


def _decision(record: Record) -> Iterator[tuple[str, str]]:
    if record["status"] != "candidate":
        yield "研判", f"{STATUS[record['status']][0]}，{record['decided_on']}"
    named = {"approver": "批准人", "recipient": "接收机关", "ref": "文号", "reason": "理由"}
    for name, label in named.items():
        if record.get(name):
            yield label, str(record[name])


class ReferralsScreen(Page):
    """The candidates, and what each rests on; never opened in a read-only session."""

    SCOPE = "referrals"
    AREA = "interviews"
    HEADING = "屡督不改研判提示"
    CSS_PATH = "referrals.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(REFERRALS)
    AUTO_FOCUS = "#referrals"

    @dataclass
    class Loaded(Message):
        """The candidates arrived."""

        records: list[dict[str, Any]]

    def panes(self) -> Iterable[Widget]:
        """Give the list and the basis."""
        yield RecordList(
            COLUMNS,
            key="key",
            title=self.HEADING,
            measure="项",
            empty="没有研判提示",
            id="referrals",
        )
        yield Static("", id="basis")

    @property
    def record(self) -> Record | None:
        """The candidate under the cursor."""
        return self.query_one("#referrals", RecordList).record

    def on_mount(self) -> None:
        """Read at once: the page is opened anew each time."""
        self.query_one("#basis").border_title = Content("依据")

    def reload(self) -> None:
        """Read the candidates again; a leader's read-only session never sees them."""
        if self.board.read_only:
            self.dismiss(None)
            return
        read(self, "referrals", _listing, self.Loaded, "读取研判提示")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the candidates."""
        self.query_one("#referrals", RecordList).show(message.records)

    @on(RecordList.Highlighted)
    def show_basis(self, message: RecordList.Highlighted) -> None:
        """Show what a candidate rests on."""
        self.query_one("#basis", Static).update(grounds(message.record))
        self.refresh_keys()

    def action_back(self) -> None:
        """Go back to the interviews."""
        self.dismiss(None)

    @on(RecordList.Selected)
    async def open_unit(self, message: RecordList.Selected) -> None:
        """Open the unit's page: the months it was named, its interviews, its open issues."""
        if message.record is not None:
            unit = message.record["unit_id"] or message.record["unit"]
            self.dismiss(None)
            await self.board.open_list("units", f"unit:{unit}")

    def fitting(self) -> Fitting:
        """Say that papers can be made for what was decided about the candidate."""
        record = self.record
        if record is None or record["status"] == "candidate":
            return {}
        return {"referral": ((str(record["id"]),), None)}

    def where(self) -> Sequence[Crumb]:
        """Say that the page stands behind the interviews, and which candidate is chosen."""
        unit = self.record["unit"] if self.record else ""
        return (Crumb("约谈", "back"), Crumb(self.HEADING), Crumb(unit))

    def _steps(self) -> tuple[Choice, ...]:
        record = self.record
        reason = None
        if record is None:
            reason = "没有选中研判提示。"
        elif record["status"] != "candidate":
            reason = f"已研判：{STATUS[record['status']][0]}。"
        return tuple(
            Choice(op, op.help, reason) for op in OPERATIONS.values() if op.noun == "referral"
        )

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        return next(one.why_not for one in self._steps() if one.op.name == op)

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        return "没有选中研判提示。" if action == "act" and self.record is None else None

    def action_act(self) -> None:
        """Choose the next step."""
        if self.record is not None:
            ask = partial(self._ask_about, self.record)
            self.choose(str(self.record["unit"]), self._steps(), ask)

    def ask(self, op: Operation) -> None:
        """Ask for what a step needs."""
        if self.record is not None:
            self._ask_about(self.record, op)

    def _ask_about(self, record: Record, op: Operation) -> None:
        fixed = {name: record[name] for name in ("unit", "unit_id", "criterion")}
        self.ask_for(op, str(record["unit"]), fixed)
