"""调度: the meetings held and to be held, the agenda of the chosen one, what it decided."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Container, Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static

from screens.commands import DISPATCH, bindings
from screens.dispatch_parts import (
    AGENDA_COLUMNS,
    DECISION_COLUMNS,
    MEETING_COLUMNS,
    Whole,
    decision_of,
    heading,
    is_wanted,
    meeting_of,
    read_meetings,
    read_whole,
    slot,
    subject,
    told,
)
from screens.dispatch_sheet import sheet
from screens.exporting import Export
from screens.loading import Written, read, write
from screens.page import READ_ONLY, Page
from screens.widgets.columns import Record, one_line
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from supervise.services.choices import Choice
from supervise.services.leader_choices import of_meeting
from supervise.services.registry import Operation

_LISTS = ("meetings", "agenda", "decisions")
_ABOUT_ITEM = frozenset({"pick", "drop", "decide"})


class DispatchScreen(Page):
    """Three lists, and the line under the cursor in full below them."""

    SCOPE = AREA = "dispatch"
    HEADING = "调度"
    CSS_PATH = "dispatch.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(DISPATCH)
    AUTO_FOCUS = "#meetings"

    @dataclass
    class Loaded(Message):
        """The meetings arrived."""

        records: list[dict[str, Any]]

    @dataclass
    class Read(Message):
        """The chosen meeting was read."""

        whole: Whole

    def __init__(self) -> None:
        super().__init__()
        self._whole: Whole | None = None
        self._wanted = ""
        # The decision asked for before its meeting was read.
        self._answer_wanted = ""

    def panes(self) -> Iterable[Widget]:
        """Give the lists and the words about one line."""
        with Container(id="work"):
            yield RecordList(
                MEETING_COLUMNS,
                key="key",
                title="调度",
                measure="次",
                empty="没有登记过调度",
                id="meetings",
            )
            with Vertical(id="right"):
                yield RecordList(
                    AGENDA_COLUMNS,
                    key="key",
                    title="议程",
                    measure="题",
                    empty="没有议题",
                    id="agenda",
                )
                yield RecordList(
                    DECISION_COLUMNS,
                    key="id",
                    title="议定事项",
                    measure="项",
                    empty="没有议定事项",
                    id="decisions",
                )
        yield VerticalScroll(Static("", id="words"), id="told", can_focus=False)

    def _list(self, name: str) -> RecordList:
        return self.query_one(f"#{name}", RecordList)

    @property
    def meeting(self) -> Record | None:
        """The chosen meeting, held or to be held."""
        return self._list("meetings").record

    @property
    def at(self) -> RecordList:
        """The list that has the focus, else the meetings."""
        focused = self.focused
        return focused if isinstance(focused, RecordList) else self._list("meetings")

    def where(self) -> Sequence[Crumb]:
        """Say which meeting is chosen, and which of its lists is gone through."""
        record = self.meeting
        if record is None:
            return (Crumb(self.HEADING),)
        chosen = f"{record['held_on'] or record['due_on']} {record['tier']}"
        pane = "" if self.at.id == "meetings" else self.at.heading
        return Crumb(self.HEADING), Crumb(chosen, "back" if pane else ""), Crumb(pane)

    # Reading.

    def reload(self) -> None:
        """Read the meetings again, and the chosen one."""
        read(self, "meetings", read_meetings, self.Loaded, "读取调度")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the meetings."""
        self._list("meetings").show(message.records)
        self._go(message.records)

    def _go(self, records: Sequence[Record]) -> None:
        """Go to the meeting that was asked for before the meetings were read."""
        wanted, self._wanted = self._wanted, ""
        self._answer_wanted = decision_of(wanted)
        found = next((one["key"] for one in records if is_wanted(one, wanted)), None)
        if found is not None:
            self._list("meetings").go_to(found)

    def open(self, key: str) -> None:
        """Go to a meeting, `meeting:ID`, a decision, `decision:ID-NO`, or what waits."""
        self._wanted = key
        self._list("meetings").focus()
        self.reload()

    @on(RecordList.Highlighted, "#meetings")
    def show_meeting(self, message: RecordList.Highlighted) -> None:
        """Read the meeting under the cursor."""
        if message.record is None:
            self._show(None)
        else:
            read(self, "whole", partial(read_whole, message.record), self.Read, "读取议程")
        self._tell()

    @on(Read)
    def take_whole(self, message: Read) -> None:
        """Show its agenda and decisions, unless another is chosen by now."""
        record = self.meeting
        if record is not None and record["key"] == message.whole.key:
            self._show(message.whole)
            if message.whole.key == meeting_of(f"decision:{self._answer_wanted}"):
                self._list("decisions").go_to(self._answer_wanted)
                self._list("decisions").focus()
                self._answer_wanted = ""

    def _show(self, whole: Whole | None) -> None:
        self._whole = whole
        self._list("agenda").show(whole.agenda if whole else ())
        self._list("decisions").show(whole.decisions if whole else ())
        self._tell()

    @on(RecordList.Highlighted, "#agenda, #decisions")
    def _tell(self) -> None:
        self.query_one("#words", Static).update(told(self.at.record, self.at.id or "meetings"))
        self.refresh_keys()

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Tell of the line under the cursor of the list gone to."""
        super().on_descendant_focus(event)
        self.call_next(self._tell)

    # Going about.

    @on(RecordList.Selected, "#meetings")
    def to_agenda(self) -> None:
        """Go from a meeting to its agenda."""
        self._list("agenda").focus()

    @on(RecordList.Selected, "#agenda, #decisions")
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open the issue an item or a decision is about."""
        if message.record is not None and message.record["issue"]:
            await self.board.open_list("issues", f"issue:{message.record['issue']}")
        else:
            self.board.say("这一行不挂具体事项。")

    def action_pane(self, step: int) -> None:
        """Go to the next list, or the one before."""
        place = _LISTS.index(self.at.id or "meetings")
        self._list(_LISTS[(place + step) % len(_LISTS)]).focus()

    def action_back(self) -> None:
        """Go back to the meetings."""
        self._list("meetings").focus()

    def lists(self) -> list[Export]:
        """Offer the sheet of the meeting before the lists that are shown."""
        record = self.meeting
        return [*([sheet(record)] if record is not None else []), *super().lists()]

    # What can be done.

    @property
    def _item(self) -> Record | None:
        return self._list("agenda").record if self.at.id == "agenda" else None

    @property
    def _decision(self) -> Record | None:
        return self._list("decisions").record

    def _steps(self) -> tuple[Choice, ...]:
        return of_meeting(self.meeting, self._decision)

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action in {"act", "all"} and self.board.read_only:
            return READ_ONLY
        if action == "all":
            reason = self.why_not_do("dispatch.pick")
            return reason or (None if self._proposed() else "没有拟列的事项。")
        return None

    def why_not_do(self, op: str) -> str | None:
        """Say why a step can't be taken now."""
        return next((one.why_not for one in self._steps() if one.op.name == op), None)

    def _proposed(self) -> list[Record]:
        rows = self._whole.agenda if self._whole else ()
        return [one for one in rows if one["status"] == "proposed" and one["issue"]]

    def action_act(self) -> None:
        """Choose the next step."""
        record = self.meeting
        words = heading(record) if record is not None else "调度"
        ask = partial(self._ask_about, record, self._item, self._decision)
        self.choose(words, self._steps(), ask)

    def action_all(self) -> None:
        """Put all that is proposed on the agenda, in one transaction, once that is confirmed."""
        from screens.dialogs.confirm import Confirm

        record, issues = self.meeting, [str(one["issue"]) for one in self._proposed()]
        if record is None or not issues:
            return
        steps = [{"meeting": str(record["id"]), "issue": code} for code in issues]

        def answered(yes: bool | None) -> None:
            if yes:
                write(self, "dispatch.pick", *steps)

        words = f"把拟列的 {len(issues)} 件事项全部列入议程？"
        self.app.push_screen(Confirm("全部列入", words), answered)

    @on(Written)
    def written(self, message: Written) -> None:
        """Say that it was done, and read again."""
        self._after(message)

    def told(self, written: Written) -> str:
        """Say in a sentence what was done."""
        record = written.record
        if written.op in {"dispatch.decide", "dispatch.answer"}:
            return f"已记录议定事项 {record['id']}：{record['status_name']}"
        return f"调度 {record['id']}（{record['tier']}）：{record['status_name']}"

    def settled(self, written: Written) -> None:
        """Stay with the meeting that was just set up."""
        if written.op == "dispatch.open":
            self._wanted = f"meeting:{written.record['id']}"

    def ask(self, op: Operation) -> None:
        """Ask for what a step needs, about the meeting and the line under the cursor."""
        self._ask_about(self.meeting, self._item, self._decision, op)

    def _ask_about(
        self, record: Record | None, item: Record | None, decision: Record | None, op: Operation
    ) -> None:
        if op.verb == "open":
            self.ask_for(op, "", given=slot(record))
        elif op.verb == "answer" and decision is not None:
            words = f"{decision['id']} {one_line(decision['text'])}"
            self.ask_for(op, words, {"decision": decision["id"]})
        elif record is not None and record["id"] is not None:
            about = item if op.verb in _ABOUT_ITEM else None
            words = heading(record) + (f"　{one_line(subject(about))}" if about else "")
            self.ask_for(op, words, {"meeting": str(record["id"])}, self._given(op, record, about))

    def _given(self, op: Operation, meeting: Record, item: Record | None) -> dict[str, object]:
        """Give what is known of a step: the day of the meeting, the item under the cursor."""
        held_on = str(meeting["held_on"])
        known: dict[str, object] = {}
        if op.verb in {"decide", "close"} and held_on <= self.board.today.isoformat():
            known["on"] = held_on
        if item is not None:
            known |= {name: item[name] for name in ("issue", "task") if item[name]}
            if op.verb == "drop" and item["no"]:
                known["item"] = str(item["no"])
        return known
