"""到期预警: who would be named at the cut-off, who would reach an interview, what decides it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widget import Widget

from screens.commands import FORESIGHT, bindings
from screens.export_page import of_month
from screens.exporting import Fitting, papers
from screens.foresight_parts import (
    EVERYBODY,
    ISSUE_COLUMNS,
    RUSHED_COLUMNS,
    UNIT_COLUMNS,
    beside,
    has_undone,
    is_past,
    issue_rows,
    looked_ahead,
    summary,
    unit_rows,
)
from screens.loading import read
from screens.page import READ_ONLY, Page
from screens.widgets.columns import Record
from screens.widgets.crumbs import Crumb
from screens.widgets.record_list import RecordList
from screens.widgets.sentence import Sentence
from supervise.services.registry import OPERATIONS

_URGE = OPERATIONS["issue.urge"]
_LETTER = "到期提醒函"
_PAST = "截止日已过，按当日情况推算的只供查看；按 F9 换回来再催办。"


def _problem(text: str) -> str:
    """Say why a text won't do as a cut-off; nothing when it will."""
    from supervise.domain.dates import parse_date

    try:
        parse_date(text)
    except ValueError as error:
        return f"{error}。"
    return ""


class ForesightScreen(Page):
    """Units on the left or above, the issues that decide beside them, rushed ones below."""

    SCOPE = AREA = "foresight"
    HEADING = "到期预警"
    CSS_PATH = "foresight.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(FORESIGHT)
    AUTO_FOCUS = "#units"

    @dataclass
    class Loaded(Message):
        """What the cut-off would bring was worked out."""

        told: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self._on: date | None = None
        self._told: dict[str, Any] | None = None

    def panes(self) -> Iterable[Widget]:
        """Give the sentence, the units, the issues and what was rushed."""
        with Vertical(id="work"):
            yield Sentence("正在推算……", id="summary")
            with Container(id="lists"):
                yield RecordList(
                    UNIT_COLUMNS, key="key", title="将被点名的单位", measure="行", id="units",
                    empty="没有将被点名的单位",
                )  # fmt: skip
                yield RecordList(
                    ISSUE_COLUMNS, title="决定点名的事项，按影响企业的程度", id="deciding",
                    empty="没有到期未报的事项",
                )  # fmt: skip
            yield Sentence("", id="beside")
            yield RecordList(
                RUSHED_COLUMNS, key="issue", title="突击报件：月末三天内报请、后被退回",
                id="rushed", empty="没有突击报件",
            )  # fmt: skip

    @property
    def units(self) -> RecordList:
        """The units that would be named."""
        return self.query_one("#units", RecordList)

    @property
    def deciding(self) -> RecordList:
        """The issues of the chosen unit, or of all."""
        return self.query_one("#deciding", RecordList)

    @property
    def unit(self) -> str:
        """What finds the chosen unit; blank for all."""
        record = self.units.record
        return str(record["key"]) if record else EVERYBODY

    @property
    def unit_name(self) -> str:
        """The name of the chosen unit; blank for all."""
        record = self.units.record
        return str(record["unit"] or "") if record else ""

    # Reading.

    def reload(self) -> None:
        """Work it out again."""
        read(self, "foresight", partial(looked_ahead, self._on), self.Loaded, "推算截止日的点名")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show what came of it."""
        self._told = message.told
        self.query_one("#summary", Sentence).say(summary(message.told, self.board.today))
        self.units.show(unit_rows(message.told))
        rushed = self.query_one("#rushed", RecordList)
        rushed.show(message.told["rushed"])
        rushed.display = bool(message.told["rushed"])
        self._narrow()

    @on(RecordList.Highlighted, "#units")
    def narrow(self) -> None:
        """Show the issues of the unit under the cursor."""
        self._narrow()

    def _narrow(self) -> None:
        if self._told is not None:
            self.deciding.show(issue_rows(self._told, self.unit))
            words = beside(self._told, self.unit)
            shown = self.query_one("#beside", Sentence)
            shown.say(words)
            shown.display = bool(words)
        self.refresh_keys()

    @on(RecordList.Highlighted, "#deciding")
    @on(RecordList.Highlighted, "#rushed")
    def chosen_anew(self) -> None:
        """Grey what can't be done with the row."""
        self.refresh_keys()

    # Going elsewhere.

    @on(RecordList.Selected, "#units")
    def into(self) -> None:
        """Go from a unit to its issues."""
        self.deciding.focus()

    @on(RecordList.Selected, "#deciding")
    @on(RecordList.Selected, "#rushed")
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open an issue."""
        if message.record is not None:
            await self.board.open_list("issues", f"issue:{_code(message.record)}")

    def action_back(self) -> None:
        """Go back to the units."""
        self.units.focus()

    def where(self) -> Sequence[Crumb]:
        """Say which cut-off is looked at, which unit, which list."""
        until = f"截止 {self._told['cutoff']}" if self._told else ""
        pane = self.focused.heading if isinstance(self.focused, RecordList) else ""
        return (Crumb(self.HEADING, "back"), Crumb(until), Crumb(self.unit_name), Crumb(pane))

    # What can be done.

    @property
    def row(self) -> Record | None:
        """The issue under the cursor: of the rushed ones where these have the focus."""
        rushed = self.query_one("#rushed", RecordList)
        return rushed.record if self.focused is rushed else self.deciding.record

    @property
    def _past(self) -> bool:
        return self._told is not None and is_past(self._told, self.board.today)

    @property
    def _undone(self) -> bool:
        return self._told is not None and has_undone(self._told, self.unit)

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action in {"urge", "urge_all"} and self.board.read_only:
            return READ_ONLY
        if action in {"urge", "urge_all", "letter"} and self._past:
            return _PAST
        if action in {"urge", "why"} and self.row is None:
            return "没有选中事项。"
        if action == "urge" and self.focused is self.query_one("#rushed"):
            return "突击报件请打开事项办理。"
        if action == "urge_all" and not self.deciding.total:
            return "没有列出事项。"
        if action == "letter" and not (self.deciding.total or self._undone):
            return "没有到期未报的事项、任务和报送，不需提醒。"
        return None

    def action_urge(self) -> None:
        """Urge for the issue under the cursor."""
        record = self.row
        if record is not None:
            code = _code(record)
            self.ask_for(_URGE, f"{code} {record['title']}", {"issue": code})

    def action_urge_all(self) -> None:
        """Urge for every issue that is listed, after a look at what becomes of each."""
        from screens.dialogs.many import ManyDialog

        codes = [row["code"] for row in issue_rows(self._told or {"units": []}, self.unit)]
        if codes:
            self.app.push_screen(ManyDialog(_URGE, codes), self._after)

    def told(self, written: Any) -> str:  # noqa: ANN401
        """Say how many were urged for."""
        count = written.record.get("count")
        return f"已催办 {count} 件。" if count else super().told(written)

    def fitting(self) -> Fitting:
        """Say that papers can be made for the month, and for the chosen unit."""
        if self._told is None:
            return {}
        month = of_month(str(self._told["period"]), self.unit or None)
        if self._on is None:
            return month
        return {**month, "period+unit": ((str(self._on),), self.unit or None)}

    def action_letter(self) -> None:
        """Save the letter to the chosen unit, or to all of them."""
        from screens.dialogs.export import ExportDialog

        found = [
            one for one in papers(self.fitting(), reading=self.reading_only) if one.title == _LETTER
        ]

        def said(sentence: str | None) -> None:
            if sentence:
                self.board.say(sentence)

        self.app.push_screen(ExportDialog(found), said)

    def why_of(self) -> tuple[str, str | None] | None:
        """Ask about the issue under the cursor."""
        return (_code(self.row), None) if self.row is not None else None

    def action_cutoff(self) -> None:
        """Ask for another cut-off."""
        from screens.dialogs.name import NameDialog

        given = str(self._told["cutoff"]) if self._told else ""
        words = (
            "截止日，如 2024-12-31；到那天 24时还没有报请复核的算未按要求完成。"
            "过去的日子按当日的情况和规则推算。"
        )
        self.app.push_screen(NameDialog("换截止日", words, given, _problem), self._look_from)

    def _look_from(self, text: str | None) -> None:
        if text:
            from supervise.domain.dates import parse_date

            self._on = parse_date(text)
            self.reload()


def _code(record: Record) -> str:
    return str(record.get("code") or record["issue"])
