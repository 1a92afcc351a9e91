"""回头看: the closed issues that were drawn or named to be looked at again, and what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from screens.commands import REVISITS, bindings
from screens.loading import Written, read
from screens.viewed_list import ViewedList
from screens.widgets.columns import Cell, Column, Record, field, one_line
from screens.widgets.record_list import RecordList
from screens.widgets.view_tabs import ViewTabs
from supervise.services.choices import Choice
from supervise.services.leader_choices import of_revisit
from supervise.services.registry import Operation
from supervise.services.session import Session

_RESULTS = {"rebound": "反弹", "stable": "稳定"}
_TONES = {"未查": "warn", "稳定": "good", "反弹": "bad"}


def _result(record: Record) -> Cell:
    redone = "，已重办" if record["redone"] else ""
    before = "，曾反弹" if record["relapsed_on"] and record["result"] != "反弹" else ""
    return Cell(f"{record['result']}{before}{redone}", _TONES[record["result"]])


COLUMNS = (
    Column("月份", field("period"), 7, spare=2),
    Column("编号", field("issue", "strong"), 12),
    Column("事项", field("title"), 14, grows=4),
    Column("责任单位", field("unit"), 12, grows=1, spare=1),
    Column("检查单位", field("checker"), 12, grows=1, spare=3),
    Column("销号日期", field("closed_on"), 10, spare=4),
    Column("结果", _result, 14),
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
    # What relapsed stays among those that did, whatever was found of it later.
    relapsed = view == "rebound" and bool(row["relapsed_on"])
    return view == "every" or relapsed or row["result"] == _RESULTS[view]


class RevisitsScreen(ViewedList):
    """The list by result, and below it how the plan was drawn."""

    SCOPE = AREA = "revisits"
    HEADING = "回头看"
    CSS_PATH = "revisits.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(REVISITS)
    AUTO_FOCUS = "#revisits"
    VIEWS = (("waiting", "未查"), ("rebound", "反弹"), ("stable", "稳定"), ("every", "全部"))
    COLUMNS = COLUMNS
    KEY = "key"
    EMPTY = "没有这样的事项，F8 安排回头看"

    @dataclass
    class Loaded(Message):
        """The plans arrived."""

        plans: list[dict[str, Any]]

    def reload(self) -> None:
        """Read the plans again."""
        read(self, "revisits", _plans, self.Loaded, "读取回头看")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the plans' issues."""
        self.take_records(message.plans)

    def in_view(self, records: Sequence[Record], view: str) -> list[Record]:
        """Give the plans' issues of a view."""
        return rows(records, view)

    def open(self, key: str) -> None:
        """Show what is still to be looked at, what relapsed, or (`plan:ID`) every plan's issues."""
        view = "rebound" if key == "relapsed" else "waiting"
        self.query_one(ViewTabs).view = "every" if key.startswith("plan:") else view
        self.lines.focus()

    @on(RecordList.Selected)
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open the issue."""
        if message.record is not None:
            await self.board.open_list("issues", f"issue:{message.record['issue']}")

    def facts(self, record: Record) -> Iterator[tuple[str, object]]:
        """Tell what was found of an issue, and how its plan was drawn."""
        plan = record["plan_record"]
        since = "" if plan["since"] == plan["period"] else f"{plan['since']} 至 "
        yield "计划", f"第 {plan['id']} 号　{since}{plan['period']} 销号　{plan['method']}"
        drawn = f"从 {plan['population']} 件中抽 {plan['size']} 件，种子 {plan['seed']}"
        yield "抽取", drawn if plan["seed"] is not None else f"指定 {plan['size']} 件"
        yield "进度", "，".join(f"{word} {count}" for word, count in plan["results"].items())
        yield "事项", f"{record['issue']} {record['title']}"
        yield "检查单位", record["checker"]
        yield (
            "检查",
            f"{record['on']}　{record['by']}　{record['result']}" if record["on"] else None,
        )
        again = record["relapsed_on"] if record["result"] != "反弹" else None
        yield "反弹", f"{again} 检查时反弹" if again else None

    def steps(self, record: Record | None) -> tuple[Choice, ...]:
        """Give the steps of a plan's issue."""
        return of_revisit(record)

    def named(self, record: Record) -> str:
        """Name the issue by code and title."""
        return one_line(f"{record['issue']} {record['title']}")

    def ask_about(self, record: Record | None, op: Operation) -> None:
        """Ask for what a step of an issue needs, or a new plan."""
        if op.noun == "revisit" or record is None:
            self.ask_for(op, "")
        else:
            self.ask_for(op, self.named(record), {"issue": str(record["issue"])})

    def told(self, written: Written) -> str:
        """Say in a sentence what was done; of a plan its seed, for whoever draws it again."""
        if written.op != "revisit.plan":
            return super().told(written)
        one = written.record
        seed = "" if one["seed"] is None else f"，种子 {one['seed']}"
        return f"已安排回头看 {one['size']} 件（共 {one['population']} 件{seed}）"
