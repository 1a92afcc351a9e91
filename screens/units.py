"""单位: every responsible unit, how it stands, and all that is known of the chosen one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from typing import Any, ClassVar

from textual import on
from textual.binding import BindingType
from textual.containers import Container, Vertical
from textual.message import Message
from textual.widget import Widget

from screens.commands import UNITS, bindings
from screens.exporting import Export, Fitting, units
from screens.filtered import FilteredPage
from screens.loading import Written, read
from screens.page import READ_ONLY
from screens.unit_parts import UNIT_COLUMNS, filter_title, filters, numbers, rows
from screens.widgets.columns import Record, one_line
from screens.widgets.counts import Counts
from screens.widgets.record_list import RecordList
from screens.widgets.search_line import SearchLine
from screens.widgets.unit_sheet import UnitSheet
from supervise.services.registry import Operation
from supervise.services.session import Session
from supervise.services.unit_choices import of_unit
from supervise.services.unit_page import UnitLine, UnitPage

_NOTHING, _NO_UNITS = "没有这样的单位", "还没有登记单位；F6 新增，或 F11 导入单位名单"
_PREVIEWED = frozenset({"unit.rename", "unit.alias", "unit.merge"})


def _listing(session: Session) -> list[UnitLine]:
    from supervise.services import unit_page

    return unit_page.listing(session)


def _page(unit_id: int, session: Session) -> UnitPage:
    from supervise.services import unit_page
    from supervise.services.ladder import Standing

    standing = Standing(session)
    return unit_page.page(session, standing.board.units[unit_id], standing)


class UnitsScreen(FilteredPage):
    """Filters, the list, and the chosen unit line by line; on a narrow terminal one at a time."""

    SCOPE = AREA = LIST = "units"
    HEADING = "单位"
    CSS_PATH = "units.tcss"
    BINDINGS: ClassVar[list[BindingType]] = bindings(UNITS)
    AUTO_FOCUS = "#units"

    @dataclass
    class Loaded(Message):
        """The units arrived."""

        units: list[UnitLine]

    @dataclass
    class Read(Message):
        """A unit was read in full."""

        page: UnitPage

    def __init__(self) -> None:
        super().__init__("active")
        self._units: list[UnitLine] = []

    def panes(self) -> Iterable[Widget]:
        """Give the filters, the list and the unit."""
        yield Counts(filters(), title="筛选", id="filters")
        with Container(id="work"):
            with Vertical(id="middle"):
                # All units are at hand: no key need wait for the next.
                yield SearchLine("查找：名称、别名、代码、拼音首字母（F9）", 0)
                yield RecordList(UNIT_COLUMNS, key="key", measure="个", empty=_NOTHING, id="units")
            yield UnitSheet(id="right")

    def on_mount(self) -> None:
        """Begin with the units in use."""
        self.query_one(Counts).choose(self._filter)

    @property
    def sheet(self) -> UnitSheet:
        """The chosen unit."""
        return self.query_one(UnitSheet)

    # The list.

    def reload(self) -> None:
        """Read the units again, and the chosen one."""
        read(self, "units", _listing, self.Loaded, "读取单位")
        self.read_chosen()

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the units."""
        self._units = message.units
        self.query_one(Counts).show(numbers(message.units))
        self.show_list()

    def show_list(self) -> None:
        """Show the units that fit the filter and the search."""
        words = self.query_one(SearchLine).words
        found = rows(self._units, self._filter, words)
        title = filter_title(self._filter) + (f"，含“{words}”" if words else "")
        self.chosen_from.retitle(title)
        self.chosen_from.when_empty(_NOTHING if self._units else _NO_UNITS)
        self.chosen_from.show(found)
        if self._wanted and self._units:
            key = next((one.id for one in self._units if self._wanted in one.keys), None)
            self._wanted = ""
            self.chosen_from.go_to(key)

    @on(SearchLine.Sought)
    def search(self) -> None:
        """Show what fits the words."""
        self.show_list()

    @on(SearchLine.Done)
    def found(self) -> None:
        """Go from the search to what it found."""
        self.chosen_from.focus()

    def open(self, key: str) -> None:
        """Show a unit by its name or code, where the key is `unit:NAME`."""
        self._find(key.partition(":")[2])
        self.show_list()
        self.to_sheet()

    def _find(self, word: str, within: str = "all") -> None:
        """Look for a unit in what a filter fits, once the list is read."""
        self._filter, self._wanted = within, word.casefold()
        self.query_one(Counts).choose(within)
        self.query_one(SearchLine).write("")

    # The unit.

    def read_chosen(self) -> None:
        """Read the unit under the cursor."""
        record = self.chosen_from.record
        if record is None:
            self.sheet.show(None)
        else:
            read(self, "unit", partial(_page, record["id"]), self.Read, "读取单位")

    @on(Read)
    def take_page(self, message: Read) -> None:
        """Show the unit."""
        self.sheet.show(message.page)

    @on(RecordList.Selected, "#sheet")
    async def open_behind(self, message: RecordList.Selected) -> None:
        """Open the list behind a line."""
        target = message.record["target"] if message.record else None
        if target is None:
            self.board.say("这一行没有清单可打开。")
        else:
            await self.board.open_list(*target)

    async def action_issues(self) -> None:
        """Open the unit's open issues."""
        await self._open("未办结")

    async def action_overdue(self) -> None:
        """Open the unit's overdue issues."""
        await self._open("超期未交")

    async def _open(self, when: str) -> None:
        if (target := self.sheet.behind(when)) is not None:
            await self.board.open_list(*target)

    def fitting(self) -> Fitting:
        """Say that papers can be made for what the unit has to put right."""
        record = self.chosen_from.record
        if record is None:
            return {}
        unit = ((), str(record["code"] or record["name"]))
        return {"issues": unit, "list": unit}

    def lists(self) -> list[Export]:
        """Give all units with all of their columns, and the list that has the focus."""
        return [units(), *super().lists()]

    def filter_words(self) -> str:
        """Give the filter that is on in words."""
        return filter_title(self._filter)

    def named(self, record: Record) -> str:
        """Give the unit's name."""
        return str(record["name"])

    def action_search(self) -> None:
        """Go to the search."""
        self.turn_to()
        self.query_one(SearchLine).focus()

    def action_copy(self) -> None:
        """Copy the line under the cursor, or the unit's name."""
        on_sheet = self.focused is self.lines
        record = self.lines.record if on_sheet else self.chosen_from.record
        if record is not None:
            text = one_line(record["words" if on_sheet else "name"])
            self.copy_text(text, "")

    def action_back(self) -> None:
        """Go back to the list; once there, clear the search."""
        elsewhere = self.has_class("-sheet") or self.has_class("-filters")
        if elsewhere or self.focused is not self.chosen_from:
            self.to_list()
        else:
            self.query_one(SearchLine).value = ""

    # What can be done.

    def why_not(self, action: str) -> str | None:
        """Say why an action can't be taken now."""
        if action == "act" and self.board.read_only:
            return READ_ONLY
        if action in {"issues", "overdue", "copy"} and self.chosen_from.record is None:
            return "没有选中单位。"
        return None

    def why_not_do(self, op: str) -> str | None:
        """Say why an operation on the unit can't be done now."""
        record = self.chosen_from.record
        steps = of_unit(record["name"] if record else None, bool(record and record["active"]))
        return next((one.why_not for one in steps if one.op.name == op), None)

    def action_act(self) -> None:
        """Choose what to do with the unit."""
        record = self.chosen_from.record
        name = one_line(record["name"]) if record else None
        steps = of_unit(name, bool(record and record["active"]))
        self.choose(name or "单位", steps, partial(self._ask_about, record))

    def ask(self, op: Operation) -> None:
        """Ask for what an operation on the chosen unit needs."""
        self._ask_about(self.chosen_from.record, op)

    def _ask_about(self, record: Record | None, op: Operation) -> None:
        if op.verb == "add" or record is None:
            self.ask_for(op, "")
            return
        fixed: dict[str, object] = {"unit": record["name"]}
        if record["code"]:
            fixed["unit_id"] = record["code"]
        words = f"{one_line(record['name'])}，{record['kind']}"
        if op.name in _PREVIEWED:
            self._preview(op, words, fixed)
        else:
            self.ask_for(op, words, fixed, self._known(record))

    def _known(self, record: Record) -> Mapping[str, object]:
        """Give what is recorded of the unit, to be changed."""
        page = self.sheet.page
        if page is None or page.unit.id != record["id"]:
            return {}
        known = {"kind": page.unit.kind, "head": page.unit.head, "order": page.unit.order}
        return {name: str(value) for name, value in known.items() if value is not None}

    def _preview(self, op: Operation, words: str, fixed: Mapping[str, object]) -> None:
        from screens.dialogs.previewed import PreviewedDialog
        from supervise.services import unit_changes

        def look(values: Mapping[str, Any]) -> Any:
            return unit_changes.look(op.name, {**fixed, **values})

        dialog = PreviewedDialog(op, f"{words}。", fixed, {}, look, self.known_to)
        self.note_known()
        self.app.push_screen(dialog, self._after)

    def known_now(self) -> Record | None:
        """Give the unit as its sheet shows it."""
        page = self.sheet.page
        return None if page is None else {**asdict(page.unit), "parent": page.parent}

    def settled(self, written: Written) -> None:
        """Go to the unit that was added, or whose new name what was searched for may not fit."""
        if written.op in {"unit.add", "unit.rename"}:
            within = "all" if written.op == "unit.add" else self._filter
            self._find(str(written.record.get("unit_id") or written.record["unit"]), within)
