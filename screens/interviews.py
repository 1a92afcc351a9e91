"""约谈: a board of every step from 拟提请 to 整改办结, what each rests on, and its papers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import INTERVIEWS, bindings
from screens.exporting import Export, Fitting, interviews
from screens.interview_parts import (
    BASIS_COLUMNS,
    COLUMNS,
    LANES,
    Whole,
    about,
    basis_rows,
    card,
    decided,
    read_board,
    read_whole,
    status_cell,
)
from screens.loading import Written, read
from screens.page import READ_ONLY, Page
from screens.referrals import ReferralsScreen
from screens.unit_parts import interview_key
from screens.views import months
from screens.widgets.board import Board
from screens.widgets.columns import Record, one_line
from screens.widgets.crumbs import Crumb
from screens.widgets.paper import Paper
from screens.widgets.record_list import RecordList
from supervise.services import choices
from supervise.services.interview_page import InterviewBoard
from supervise.services.registry import Operation

_EMPTY = "没有拟提请和办理中的约谈；达到约谈条件的单位会列在这里"
_OPEN = ("submitted", "approved", "deferred", "scheduled")


class InterviewsScreen(Page):
    """The board, on a narrow terminal a grouped list; below it the basis and the paper."""

    SCOPE = AREA = "interviews"
    HEADING = "约谈"
    CSS_PATH = "interviews.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(INTERVIEWS)
    AUTO_FOCUS = "#board, #interviews"

    @dataclass
    class Loaded(Message):
        """The interviews arrived."""

        board: InterviewBoard

    @dataclass
    class Read(Message):
        """An interview was read in full."""

        whole: Whole

    def __init__(self) -> None:
        super().__init__()
        self._notes: tuple[str, ...] = ()
        self._whole: Whole | None = None
        # Whether the request is looked at, though it was decided.
        self._asked = False
        self._wanted: tuple[str, ...] = ()

    def panes(self) -> Iterable[Widget]:
        """Give the board, and under it the list, the basis and the paper."""
        yield Board(LANES, card, title="约谈", empty=_EMPTY, id="board")
        with Container(id="lower"):
            with Vertical(id="left"):
                yield RecordList(
                    COLUMNS, key="key", title="约谈", measure="项", id="interviews", empty=_EMPTY
                )
                yield Static("", id="warnings")
                yield RecordList(
                    BASIS_COLUMNS, key="key", title="依据", id="basis", empty="没有选中约谈"
                )
            with Container(id="right"):
                yield Paper("提请文稿", id="paper")

    @property
    def interviews(self) -> RecordList:
        """The list; on a wide terminal the board moves its cursor."""
        return self.query_one("#interviews", RecordList)

    @property
    def basis(self) -> RecordList:
        """What the chosen interview rests on."""
        return self.query_one("#basis", RecordList)

    @property
    def front(self) -> Widget:
        """What interviews are chosen on: the board where it is shown, else the list."""
        board = self.query_one(Board)
        return board if board.display else self.interviews

    def on_resize(self, event: events.Resize) -> None:
        """Keep the focus on what is shown."""
        self.call_after_refresh(self._keep_focus)

    def _keep_focus(self) -> None:
        if self.focused is None or not self.focused.display:
            self.front.focus()

    def _reset_focus(self, widget: Widget, avoiding: list[Widget] | None = None) -> None:
        """Go from the board to the list that takes its place, and back, not to what is beside."""
        if self.focused is widget and not avoiding and widget.id in {"board", "interviews"}:
            self.set_focus(self.front)
        else:
            super()._reset_focus(widget, avoiding)

    # The interviews.

    def reload(self) -> None:
        """Read the interviews again."""
        read(self, "interviews", read_board, self.Loaded, "读取约谈")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the interviews."""
        self._notes = message.board.notes
        self.interviews.show(message.board.records)
        self.query_one(Board).show(message.board.records)
        self._go_to_wanted()

    def open(self, key: str) -> None:
        """Go to the first interview of the kind `interviews-STATUS`, or to `interview:KEY`."""
        kind, _, status = key.partition("-")
        if kind == "interviews":
            self._wanted = _OPEN if status == "open" else (status,)
        else:
            self._wanted = (key.partition(":")[2],)
        self._go_to_wanted()
        self.front.focus()

    def _go_to_wanted(self) -> None:
        rows = list(self.interviews.rows_at_hand())
        wanted = self._wanted
        found = next((r["key"] for r in rows if r["status"] in wanted or r["key"] in wanted), None)
        if rows:
            self._wanted = ()
        if found is not None:
            self.interviews.go_to(found)

    @on(Board.Highlighted)
    def follow_board(self, message: Board.Highlighted) -> None:
        """Let the list follow the board."""
        self.interviews.go_to(message.key)

    @on(RecordList.Highlighted, "#interviews")
    def show_one(self, message: RecordList.Highlighted) -> None:
        """Show what an interview rests on; what can be done depends on it too."""
        record = message.record
        if record is None or self._whole is None or record["key"] != self._whole.key:
            self._whole, self._asked = None, False
        if record is not None:
            self.query_one(Board).choose(record["key"])
        self._show_basis()
        self._read_whole()
        self.refresh_keys()

    def _show_basis(self) -> None:
        record, whole = self.interviews.record, self._whole
        page = whole.page if whole else None
        self.basis.retitle(f"{one_line(record['unit'])} 依据" if record else "依据")
        self.basis.show(basis_rows(record, page) if record else ())
        words = about(record, page, self._notes)
        line = self.query_one("#warnings", Static)
        line.update(words)
        line.display = bool(words.plain)

    def _read_whole(self) -> None:
        record = self.interviews.record
        if record is None:
            self.query_one(Paper).show(None, "提请文稿")
        else:
            read(self, "whole", partial(read_whole, record, self._asked), self.Read, "读取约谈")

    @on(Read)
    def take_whole(self, message: Read) -> None:
        """Show the interview in full, unless another is chosen by now."""
        record = self.interviews.record
        if record is not None and record["key"] == message.whole.key:
            self._whole = message.whole
            self._show_basis()
            self.query_one(Paper).show(message.whole.document, message.whole.title)

    # Going about.

    def action_select(self) -> None:
        """Open the card or the row under the cursor."""
        if isinstance(self.focused, Board):
            self.focused.action_select()
        else:
            super().action_select()

    @on(RecordList.Selected, "#interviews")
    @on(Board.Selected)
    def to_basis(self) -> None:
        """Go from an interview to its basis."""
        self.basis.focus()

    @on(RecordList.Selected, "#basis")
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open the issue a month rests on."""
        if message.record is not None and message.record["code"]:
            await self.board.open_list("issues", f"issue:{message.record['code']}")
        else:
            self.board.say("这一行不依据具体事项，F8 看这个月的通报。")

    async def action_notice(self) -> None:
        """Open the notice of the month under the cursor of the basis, else the last one."""
        record, row = self.interviews.record, self.basis.record
        if record is not None and record["periods"]:
            month = row["period"] if row and self.basis.has_focus else record["periods"][-1]
            unit = record["unit_id"] or record["unit"]
            await self.board.open_list("notices", f"naming:{month}:{unit}")

    async def action_unit(self) -> None:
        """Open the unit's page."""
        record = self.interviews.record
        if record is not None:
            await self.board.open_list("units", f"unit:{record['unit_id'] or record['unit']}")

    def why_of(self) -> tuple[str, str | None] | None:
        """Ask about the chosen interview."""
        record = self.interviews.record
        return (str(record["id"] or record["unit_id"] or record["unit"]), None) if record else None

    @property
    def copied_from(self) -> RecordList | None:
        """The list copied from; the board's cards are the rows of the list."""
        return self.interviews if isinstance(self.focused, Board) else super().copied_from

    def fitting(self) -> Fitting:
        """Say that papers can be made for the interview."""
        record = self.interviews.record
        named = str((record["id"] or record["unit"]) if record else "")
        return {"interview": ((named,), None)} if named else {}

    def lists(self) -> list[Export]:
        """Give all interviews, with all of their columns."""
        return [interviews()]

    def where(self) -> Sequence[Crumb]:
        """Say which interview is chosen, and whether its basis or its paper is looked at."""
        record = self.interviews.record
        inside = {id(self.basis): "依据", id(self.query_one(Paper)): "文稿"}
        pane = inside.get(id(self.focused), "")
        return (
            Crumb(self.HEADING, "back"),
            Crumb(record["unit"] if record else "", "back" if pane else ""),
            Crumb(pane),
        )

    def action_paper(self) -> None:
        """Go to the paper; there, change between what was asked and what came of it."""
        paper, record = self.query_one(Paper), self.interviews.record
        if paper.has_focus and record is not None and decided(record):
            self._asked = not self._asked
            self._read_whole()
        self.add_class("-paper")
        paper.focus()

    def action_back(self) -> None:
        """Go back to the board, or the list."""
        self.remove_class("-paper")
        self.front.focus()

    def action_referrals(self) -> None:
        """Open the page of candidates for referral."""
        self.app.push_screen(ReferralsScreen())

    # What can be done.

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action == "referrals" and self.board.read_only:
            return "只读方式不显示屡督不改研判提示。"
        if action == "act" and self.board.read_only:
            return READ_ONLY
        if action in {"act", "notice", "unit", "paper"} and self.interviews.record is None:
            return "没有选中约谈。"
        return None

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        steps = choices.of_interview(self.interviews.record)
        if not steps:
            return "没有选中约谈。"
        return next((one.why_not for one in steps if one.op.name == op), None)

    def action_act(self) -> None:
        """Choose the next step."""
        record = self.interviews.record
        if record is not None:
            unit = one_line(record["unit"])
            words = f"{unit}，依据 {months(record)}，现在“{status_cell(record).text}”"
            self.choose(words, choices.of_interview(record), partial(self._ask_about, record))

    def settled(self, written: Written) -> None:
        """Stay with the interview: a step changes its place in the list, the first also its key."""
        if written.op.startswith("interview."):
            self._wanted = (interview_key(written.record),)

    def ask(self, op: Operation) -> None:
        """Ask for what a step of the chosen interview needs."""
        if self.interviews.record is not None:
            self._ask_about(self.interviews.record, op)

    def _ask_about(self, record: Record, op: Operation) -> None:
        which = record["id"] if record["id"] is not None else record["unit"]
        fixed: dict[str, object] = {"unit": str(which)}
        if record["id"] is None:
            fixed["unit_id"] = record["unit_id"]
        given = {"periods": months(record)} if op.verb == "submit" else {}
        self.ask_for(op, f"{one_line(record['unit'])}，依据 {months(record)}", fixed, given)
