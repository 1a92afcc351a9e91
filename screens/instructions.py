"""批示件: what leaders wrote, by when it is to be reported, and whether it was."""

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

from screens.commands import INSTRUCTIONS, bindings
from screens.loading import Written, read
from screens.page import READ_ONLY, Page
from screens.widgets.columns import Cell, Column, Record, field, one_line
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from screens.widgets.view_tabs import ViewTabs
from supervise.services.leader_choices import of_instruction
from supervise.services.registry import Operation
from supervise.services.session import Session

VIEWS = (("unclosed", "未办结"), ("late", "逾期未报结"), ("every", "全部"))
_TITLES = dict(VIEWS)
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
    Column("领导", field("leader", "strong"), 8),
    Column("批示要点", field("gist"), 16, grows=True),
    Column("所涉", lambda r: Cell(_about(r)), 12, spare=4),
    Column("承办单位", field("unit"), 12, spare=1),
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


def words(record: Record | None) -> Content:
    """Draw an instruction in full."""
    lines: list[tuple[str, str]] = []
    for label, value in _facts(record) if record is not None else ():
        if value:
            lines += [(f"{label}  ", "$muted"), (f"{one_line(str(value))}\n", "")]
    return Content.assemble(*lines).rstrip()


def _facts(record: Record) -> Iterator[tuple[str, object]]:
    yield "批示", f"{record['leader']}　{record['on']}　{record['ref'] or ''}"
    yield "要点", record["gist"]
    yield "事项", f"{record['issue']} {record['title']}" if record["issue"] else None
    yield "任务", record["task"]
    yield "报结", f"{record['answered_on']}　{record['answer']}" if record["answered_on"] else None
    yield "办结", record["closed_on"]


class InstructionsScreen(Page):
    """The list by view, and the chosen instruction in full."""

    SCOPE = AREA = "instructions"
    HEADING = "批示件"
    CSS_PATH = "instructions.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(INSTRUCTIONS)
    AUTO_FOCUS = "#instructions"

    @dataclass
    class Loaded(Message):
        """The instructions arrived."""

        records: list[dict[str, Any]]

    def __init__(self) -> None:
        super().__init__()
        self._records: list[dict[str, Any]] = []
        self._wanted: object = None

    def panes(self) -> Iterable[Widget]:
        """Give the views, the list and the words."""
        yield ViewTabs(VIEWS, hint="Ctrl+→ 换栏", id="views")
        yield RecordList(
            COLUMNS, key="id", measure="件", empty="没有批示件，F8 登记", id="instructions"
        )
        yield VerticalScroll(Static("", id="words"), id="told", can_focus=False)

    @property
    def lines(self) -> RecordList:
        """The list."""
        return self.query_one("#instructions", RecordList)

    @property
    def record(self) -> Record | None:
        """The instruction under the cursor."""
        return self.lines.record

    def where(self) -> Sequence[Crumb]:
        """Say which view is open."""
        return Crumb(self.HEADING), Crumb(_TITLES[self.query_one(ViewTabs).view])

    def reload(self) -> None:
        """Read the instructions again."""
        read(self, "instructions", _listing, self.Loaded, "读取批示件")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the instructions."""
        self._records = message.records
        counts = {name: str(len(shown(self._records, name)) or "") for name in _TITLES}
        self.query_one(ViewTabs).count(counts)
        self._show()

    @on(ViewTabs.Opened)
    def _show(self) -> None:
        self.lines.show(shown(self._records, self.query_one(ViewTabs).view))
        if self._wanted is not None:
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

    @on(RecordList.Highlighted)
    def tell(self, message: RecordList.Highlighted) -> None:
        """Show the instruction in full."""
        self.query_one("#words", Static).update(words(message.record))
        self.refresh_keys()

    @on(RecordList.Selected)
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open the issue it is about."""
        if message.record is not None and message.record["issue"]:
            await self.board.open_list("issues", f"issue:{message.record['issue']}")
        else:
            self.board.say("这件批示没有挂事项。")

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
        steps = of_instruction(self.record)
        return next((one.why_not for one in steps if one.op.name == op), None)

    def action_act(self) -> None:
        """Choose the next step."""
        record = self.record
        words_ = _named(record) if record is not None else "批示件"
        self.choose(words_, of_instruction(record), partial(self._ask_about, record))

    def ask(self, op: Operation) -> None:
        """Ask for what a step needs."""
        self._ask_about(self.record, op)

    def _ask_about(self, record: Record | None, op: Operation) -> None:
        if op.verb == "add" or record is None:
            self.ask_for(op, "")
        else:
            self.ask_for(op, _named(record), {"instruction": str(record["id"])})

    def told(self, written: Written) -> str:
        """Say in a sentence what was done."""
        return f"批示件 {written.record['id']}：{written.record['status_name']}"


def _named(record: Record) -> str:
    return one_line(f"{record['leader']} {record['on']}：{record['gist']}")
