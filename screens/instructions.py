"""批示件: what leaders wrote, by when it is to be reported, and whether it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.message import Message

from screens.commands import INSTRUCTIONS, bindings
from screens.loading import Written, read
from screens.viewed_list import ViewedList
from screens.widgets.columns import Cell, Column, Record, field, one_line
from screens.widgets.record_list import RecordList
from screens.widgets.view_tabs import ViewTabs
from supervise.services.choices import Choice
from supervise.services.leader_choices import of_instruction
from supervise.services.registry import Operation
from supervise.services.session import Session

_TONES = {"open": "warn", "answered": "strong", "closed": "muted"}


def _status(record: Record) -> Cell:
    late = record["status"] == "open" and record["overdue"]
    return Cell(str(record["status_name"]), "bad" if late else _TONES[record["status"]])


def _about(record: Record) -> str:
    """Say what it is about: an issue by its code, a task by its number."""
    if record["issue"]:
        return str(record["issue"])
    return f"任务 {record['task']}" if record["task"] else ""


COLUMNS = (
    Column("编号", lambda r: Cell(str(r["id"]), "muted"), 4, spare=3),
    Column("批示日期", lambda r: Cell(str(r["on"])), 10, spare=2),
    Column("领导", field("leader", "strong"), 8, grows=1),
    Column("批示要点", field("gist"), 16, grows=6),
    Column("所涉", lambda r: Cell(_about(r)), 12, spare=4),
    Column("承办单位", field("unit"), 12, grows=1, spare=1),
    Column("报结日", lambda r: Cell(str(r["report_by"] or "")), 10),
    Column("状态", _status, 10),
)


def _listing(session: Session) -> list[dict[str, Any]]:
    from supervise.services import instructions

    return instructions.listing(session)


def shown(records: Sequence[Record], view: str) -> list[Record]:
    """Give the instructions of a view."""
    if view == "every":
        return list(records)
    late = view == "late"
    return [
        one for one in records if one["status"] != "closed" and not (late and not _is_late(one))
    ]


def _is_late(record: Record) -> bool:
    return record["status"] == "open" and bool(record["overdue"])


class InstructionsScreen(ViewedList):
    """The list by view, and the chosen instruction in full."""

    SCOPE = AREA = "instructions"
    HEADING = "批示件"
    CSS_PATH = "instructions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(INSTRUCTIONS)
    AUTO_FOCUS = "#instructions"
    VIEWS = (("unclosed", "未办结"), ("late", "逾期未报结"), ("every", "全部"))
    COLUMNS = COLUMNS
    EMPTY = "没有批示件，F8 登记"

    @dataclass
    class Loaded(Message):
        """The instructions arrived."""

        records: list[dict[str, Any]]

    def __init__(self) -> None:
        super().__init__()
        self._wanted: object = None

    def reload(self) -> None:
        """Read the instructions again."""
        read(self, "instructions", _listing, self.Loaded, "读取批示件")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the instructions."""
        self.take_records(message.records)

    def in_view(self, records: Sequence[Record], view: str) -> list[Record]:
        """Give the instructions of a view."""
        return shown(records, view)

    def show_view(self) -> None:
        """Show the open view, and in it the instruction that was asked for, once it was read."""
        super().show_view()
        if self._wanted is not None and self._records:
            self.lines.go_to(self._wanted)
            self._wanted = None

    def open(self, key: str) -> None:
        """Show one instruction, where the key is `instruction:ID`, else those not closed."""
        kind, _, number = key.partition(":")
        one = kind == "instruction" and number.isdecimal()
        self.query_one(ViewTabs).view = "every" if one else "unclosed"
        self._wanted = int(number) if one else None
        self.lines.focus()
        self.reload()

    @on(RecordList.Selected)
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open the issue it is about."""
        if message.record is not None and message.record["issue"]:
            await self.board.open_list("issues", f"issue:{message.record['issue']}")
        else:
            self.board.say("这件批示没有挂事项。")

    def facts(self, record: Record) -> Iterator[tuple[str, object]]:
        """Tell an instruction in full."""
        yield "批示", f"{record['leader']}　{record['on']}　{record['ref'] or ''}"
        yield "要点", record["gist"]
        yield "事项", f"{record['issue']} {record['title']}" if record["issue"] else None
        yield "任务", record["task"]
        answer = f"{record['answered_on']}　{record['answer']}"
        reported = "阶段" if record["interim"] else "报结"
        yield reported, answer if record["answered_on"] else None
        yield "办结", record["closed_on"]

    def steps(self, record: Record | None) -> tuple[Choice, ...]:
        """Give the steps of an instruction."""
        return of_instruction(record)

    def named(self, record: Record) -> str:
        """Name an instruction by leader, day and gist."""
        return one_line(f"{record['leader']} {record['on']}：{record['gist']}")

    def ask_about(self, record: Record | None, op: Operation) -> None:
        """Ask for what a step of an instruction needs."""
        if op.verb == "add" or record is None:
            self.ask_for(op, "")
        else:
            self.ask_for(op, self.named(record), {"instruction": str(record["id"])})

    def told(self, written: Written) -> str:
        """Say in a sentence what was done."""
        return f"批示件 {written.record['id']}：{written.record['status_name']}"
