"""回头看: the closed issues that were drawn or named to be looked at again, and what was found."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import REVISITS, bindings
from screens.loading import Written, read
from screens.page import READ_ONLY, Page
from screens.widgets.columns import Cell, Column, Record, field, one_line
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from screens.widgets.view_tabs import ViewTabs
from supervise.services.leader_choices import of_revisit
from supervise.services.registry import Operation
from supervise.services.session import Session

VIEWS = (("waiting", "未查"), ("rebound", "反弹"), ("stable", "稳定"), ("every", "全部"))
_RESULTS = {"rebound": "反弹", "stable": "稳定"}
_TITLES = dict(VIEWS)
_TONES = {"未查": "warn", "稳定": "good", "反弹": "bad"}


def _result(record: Record) -> Cell:
    redone = "，已重办" if record["redone"] else ""
    return Cell(f"{record['result']}{redone}", _TONES[record["result"]])


COLUMNS = (
    Column("月份", field("period"), 7, spare=2),
    Column("编号", field("issue", "strong"), 12),
    Column("事项", field("title"), 14, grows=True),
    Column("责任单位", field("unit"), 12, spare=1),
    Column("检查单位", field("checker"), 12, spare=3),
    Column("销号日期", field("closed_on"), 10, spare=4),
    Column("结果", _result, 12),
)


def _plans(session: Session) -> list[dict[str, Any]]:
    from supervise.services import revisits

    return revisits.plans(session)


def rows(plans: Sequence[Record], view: str) -> list[Record]:
    """Give the issues of all plans in a view, each knowing its plan."""
    every = (
        {**row, "key": f"{row['plan']}-{row['issue']}", "plan_record": plan}
        for plan in plans
        for row in plan["rows"]
    )
    return [row for row in every if _fits(row, view)]


def _fits(row: Record, view: str) -> bool:
    if view == "waiting":
        return row["result"] == "未查" and not row["redone"]
    return view == "every" or row["result"] == _RESULTS[view]


def words(record: Record | None) -> Content:
    """Draw what was found of an issue, and how its plan was drawn."""
    lines: list[tuple[str, str]] = []
    for label, value in _facts(record) if record is not None else ():
        if value:
            lines += [(f"{label}  ", "$muted"), (f"{one_line(str(value))}\n", "")]
    return Content.assemble(*lines).rstrip()


def _facts(record: Record) -> Iterator[tuple[str, object]]:
    plan = record["plan_record"]
    since = "" if plan["since"] == plan["period"] else f"{plan['since']} 至 "
    yield "计划", f"第 {plan['id']} 号　{since}{plan['period']} 销号　{plan['method']}"
    drawn = f"从 {plan['population']} 件中抽 {plan['size']} 件，种子 {plan['seed']}"
    yield "抽取", drawn if plan["seed"] is not None else f"指定 {plan['size']} 件"
    yield "进度", "，".join(f"{word} {count}" for word, count in plan["results"].items())
    yield "事项", f"{record['issue']} {record['title']}"
    yield "检查单位", record["checker"]
    found = f"{record['on']}　{record['by']}" if record["on"] else None
    yield "检查", found


class RevisitsScreen(Page):
    """The list by result, and below it how the plan was drawn."""

    SCOPE = AREA = "revisits"
    HEADING = "回头看"
    CSS_PATH = "revisits.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVISITS)
    AUTO_FOCUS = "#revisits"

    @dataclass
    class Loaded(Message):
        """The plans arrived."""

        plans: list[dict[str, Any]]

    def __init__(self) -> None:
        super().__init__()
        self._plans: list[dict[str, Any]] = []

    def panes(self) -> Iterable[Widget]:
        """Give the views, the list and the words."""
        yield ViewTabs(VIEWS, hint="Ctrl+→ 换栏", id="views")
        yield RecordList(
            COLUMNS, key="key", measure="件", empty="没有这样的事项，F8 安排回头看", id="revisits"
        )
        yield VerticalScroll(Static("", id="words"), id="told", can_focus=False)

    @property
    def lines(self) -> RecordList:
        """The list."""
        return self.query_one("#revisits", RecordList)

    @property
    def record(self) -> Record | None:
        """The row under the cursor."""
        return self.lines.record

    def where(self) -> Sequence[Crumb]:
        """Say which view is open."""
        return Crumb(self.HEADING), Crumb(_TITLES[self.query_one(ViewTabs).view])

    def reload(self) -> None:
        """Read the plans again."""
        read(self, "revisits", _plans, self.Loaded, "读取回头看")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the plans' issues."""
        self._plans = message.plans
        counts = {name: str(len(rows(self._plans, name)) or "") for name in _TITLES}
        self.query_one(ViewTabs).count(counts)
        self._show()

    @on(ViewTabs.Opened)
    def _show(self) -> None:
        self.lines.show(rows(self._plans, self.query_one(ViewTabs).view))

    def open(self, key: str) -> None:
        """Show what is still to be looked at, what relapsed, or (`plan:ID`) every plan's issues."""
        view = "rebound" if key == "relapsed" else "waiting"
        self.query_one(ViewTabs).view = "every" if key.startswith("plan:") else view
        self.lines.focus()

    @on(RecordList.Highlighted)
    def tell(self, message: RecordList.Highlighted) -> None:
        """Show the row in full."""
        self.query_one("#words", Static).update(words(message.record))
        self.refresh_keys()

    @on(RecordList.Selected)
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open the issue."""
        if message.record is not None:
            await self.board.open_list("issues", f"issue:{message.record['issue']}")

    def action_view(self, step: int) -> None:
        """Open the next view, or the one before."""
        self.query_one(ViewTabs).step(step)

    def action_back(self) -> None:
        """Go back to the list."""
        self.lines.focus()

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        return READ_ONLY if action == "act" and self.board.read_only else None

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        return next((one.why_not for one in of_revisit(self.record) if one.op.name == op), None)

    def action_act(self) -> None:
        """Choose the next step."""
        record = self.record
        named = _named(record) if record is not None else "回头看"
        self.choose(named, of_revisit(record), partial(self._ask_about, record))

    def ask(self, op: Operation) -> None:
        """Ask for what a step needs."""
        self._ask_about(self.record, op)

    def _ask_about(self, record: Record | None, op: Operation) -> None:
        if op.noun == "revisit" or record is None:
            self.ask_for(op, "")
        else:
            self.ask_for(op, _named(record), {"issue": str(record["issue"])})

    def told(self, written: Written) -> str:
        """Say in a sentence what was done; of a plan its seed, for whoever draws it again."""
        if written.op != "revisit.plan":
            return super().told(written)
        one = written.record
        seed = "" if one["seed"] is None else f"，种子 {one['seed']}"
        return f"已安排回头看 {one['size']} 件（共 {one['population']} 件{seed}）"


def _named(record: Record) -> str:
    return one_line(f"{record['issue']} {record['title']}")
