"""通报: the workbench of the monthly notice, from no draft to issued, corrected, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from textual import events, on
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.message import Message
from textual.widget import Widget
from textual.widgets import ContentSwitcher

from screens import notice_words as words
from screens.commands import NOTICES, bindings
from screens.export_page import of_month
from screens.exporting import Fitting
from screens.loading import read
from screens.notice_parts import (
    LISTS,
    MATTER_COLUMNS,
    MONTH_COLUMNS,
    PAPERS,
    VIEWS,
    Month,
    counts,
    matter_rows,
    read_month,
    read_months,
    rows,
)
from screens.notice_steps import NoticeSteps
from screens.widgets.columns import Record
from screens.widgets.crumbs import Crumb
from screens.widgets.paper import Paper
from screens.widgets.record_list import RecordList
from screens.widgets.sentence import Sentence
from screens.widgets.view_tabs import ViewTabs

_TITLES = dict(VIEWS)
# The views with the issues of a line under them.
_WITH_MATTERS = frozenset({"entries", "held"})
_PLACES = {"months": "#months", "units": "#units", "about": "#about", "paper": "#paper"}


class NoticesScreen(NoticeSteps):
    """Months, what each is made of, and the paper; on a narrow terminal one of them at a time."""

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
    class Read(Message):
        """A month's notice and one of its papers arrived."""

        month: Month
        kind: str

    def __init__(self) -> None:
        super().__init__()
        self._kind = "notice"
        self._month: Month | None = None
        self._wanted: str | None = None
        # The unit's line that was asked for before its month was read.
        self._asked = words.Asked()
        self._first = True
        self.add_class("-at-months", update=False)

    def panes(self) -> Iterable[Widget]:
        """Give the months, what the chosen one is made of, and the paper."""
        yield RecordList(MONTH_COLUMNS, key="key", title="月份", measure="个", id="months")
        with Vertical(id="units"):
            yield Sentence(id="head")
            yield ViewTabs(VIEWS, hint="Ctrl+→ 换栏", id="views")
            with ContentSwitcher(initial="entries", id="lists"):
                for name, (columns, key, measure, empty) in LISTS.items():
                    yield RecordList(columns, key=key, measure=measure, empty=empty, id=name)
            with Vertical(id="about"):
                yield RecordList(MATTER_COLUMNS, title="所涉事项", id="matters")
                yield VerticalScroll(Sentence(id="words"), id="words-box")
        yield Paper("通报正文", id="paper")

    # What is shown.

    @property
    def months(self) -> RecordList:
        """The list of months."""
        return self.query_one("#months", RecordList)

    @property
    def view(self) -> str:
        """The name of the open view."""
        return self.query_one(ViewTabs).view

    @property
    def shown(self) -> RecordList:
        """The list of the open view."""
        return self.query_one(f"#{self.view}", RecordList)

    @property
    def line(self) -> Record | None:
        """The month the cursor is on."""
        return self.months.record

    @property
    def row(self) -> Record | None:
        """The line chosen in the open view, once the month it belongs to was read."""
        return self.shown.record if self._month is not None else None

    def rows_of(self, view: str) -> list[Record]:
        """Give the lines of a view."""
        return list(self.query_one(f"#{view}", RecordList).rows_at_hand())

    def reload(self) -> None:
        """Read the months again."""
        read(self, "months", read_months, self.Loaded, "读取通报")

    @on(Loaded)
    def take(self, message: Loaded) -> None:
        """Show the months."""
        self.months.show(message.months)
        if self._first and self._wanted is None:
            waiting = next((one for one in message.months if one["waiting"]), None)
            if waiting is not None:
                self.months.go_to(waiting["key"])
        self._first = False
        self._go_to_wanted()

    def open(self, key: str) -> None:
        """Go to a month, `notice-PERIOD`, or to a unit's line in it (`notice_words.asked`)."""
        self._asked = words.asked(key)
        if self._asked.period:
            self._wanted = self._asked.period
            self._go_to_wanted()
        self._go("units")
        self._go_to_asked()

    def _go_to_asked(self) -> None:
        """Put the cursor on the line asked for, once its month is shown."""
        asked = self._asked
        if self._month is None or self._month.desk.notice.period != asked.period:
            return
        self._asked = words.Asked()
        found = [one for one in self.rows_of(asked.view) if asked.fits(one)] if asked.view else []
        if found:
            self.query_one(ViewTabs).view = asked.view
            self.query_one(f"#{asked.view}", RecordList).go_to(found[0]["key"])

    def _go_to_wanted(self) -> None:
        """Put the cursor on the month asked for, the city's main series first."""
        found = [one for one in self.months.rows_at_hand() if one["period"] == self._wanted]
        if found:
            self._wanted = None
            self.months.go_to(max(found, key=lambda one: bool(one["main"]))["key"])

    @on(RecordList.Highlighted, "#months")
    def show_month(self, message: RecordList.Highlighted) -> None:
        """Read the month's notice again; another month's lines are taken away first."""
        line = message.record
        if self._month is not None and (line is None or line["key"] != self._month.key):
            self._month = None
            for name in LISTS:
                self.query_one(f"#{name}", RecordList).show(())
        if line is None:
            self.query_one(Paper).show(None, "通报正文")
        else:
            self._read(line)
        self._tell()

    def _read(self, line: Record) -> None:
        kind = self._kind
        read(
            self,
            "month",
            partial(read_month, line, kind),
            lambda found: self.Read(found, kind),
            "读取一个月的通报",
        )

    @on(Read)
    def show_read(self, message: Read) -> None:
        """Show a month's notice: its lists, their counts, its paper."""
        month = self._month = message.month
        found = rows(month.desk)
        for name in LISTS:
            self.query_one(f"#{name}", RecordList).show(found[name])
        self.query_one(ViewTabs).count(counts(month.desk, found))
        title = f"{month.desk.notice.period} {PAPERS[message.kind]}"
        ahead = "（预计）" if month.desk.record["status"] == "none" else ""
        self.query_one(Paper).show(month.document, f"{title}{ahead}")
        self._go_to_asked()
        self._tell()

    @on(RecordList.Highlighted, "#entries, #held, #last, #owed, #checks")
    def show_row(self, message: RecordList.Highlighted) -> None:
        """Show what lies behind the line under the cursor."""
        if message.list is self.shown:
            self._tell()

    @on(ViewTabs.Opened)
    def show_view(self, message: ViewTabs.Opened) -> None:
        """Show another view."""
        leaving = self.focused is not None and self.focused.id in LISTS
        self.query_one("#lists", ContentSwitcher).current = message.view
        self.query_one("#about").set_class(message.view not in _WITH_MATTERS, "-words")
        if leaving:
            self._go("units")
        self._tell()

    def _tell(self) -> None:
        """Say where one is, what the month comes to, and what lies behind the chosen line."""
        row, line, view = self.row, self.line, self.view
        unit = row.get("unit") if row else None
        desk = self._month.desk if self._month else None
        self.query_one("#head", Sentence).say(words.head(line, desk))
        self.query_one("#words", Sentence).tell(words.about(view, row))
        matters = self.query_one("#matters", RecordList)
        facts = row.get("facts") if row else None
        found = facts.matters if facts else (row or {}).get("matters", ())
        matters.show(matter_rows(found))
        matters.retitle(f"{unit} 所涉事项" if unit else "所涉事项")
        self.refresh_keys()

    def why_of(self) -> tuple[str, str | None] | None:
        """Ask about the chosen unit in the open month."""
        if self.line is None or self.row is None or not self.row.get("unit"):
            return None
        return str(self.row.get("unit_id") or self.row["unit"]), str(self.line["period"])

    def fitting(self) -> Fitting:
        """Say that papers can be made for the month, and for the unit once one is gone to."""
        if self.line is None:
            return {}
        inside = self.row if self.focused is not self.months else None
        unit = str(inside["unit"]) if inside and inside.get("unit") else None
        return of_month(str(self.line["period"]), unit)

    def where(self) -> Sequence[Crumb]:
        """Say which month is open, which view of it, and which unit."""
        row, places = self.row, words.places(self.line, _TITLES[self.view])
        unit = str(row.get("unit") or "") if row else ""
        links = ("place('months')", "place('units')")
        return (
            Crumb(self.HEADING, links[0]),
            *(Crumb(place, link) for place, link in zip(places, links, strict=False)),
            Crumb(PAPERS[self._kind] if self.has_class("-at-paper") else unit),
        )

    def action_place(self, place: str) -> None:
        """Go to a place."""
        self._go(place)

    # Going about.

    def _go(self, place: str) -> None:
        """Show a place, alone on a narrow terminal, and put the focus there."""
        self.stand_at(place, _PLACES)
        wanted = {"units": self.shown, "about": self._pane_behind}
        wanted.get(place, self.query_one(_PLACES[place])).focus()

    @property
    def _pane_behind(self) -> Widget:
        return self.query_one("#matters" if self.view in _WITH_MATTERS else "#words-box")

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """Remember the place that has the focus: it stays when the terminal gets narrow."""
        inside = {one.id for one in event.widget.ancestors_with_self}
        place = next((name for name in ("about", "paper", "months") if name in inside), "units")
        self.stand_at(place, _PLACES)

    @on(RecordList.Selected, "#months")
    def to_units(self) -> None:
        """Go from the month to what it is made of."""
        self._go("units")

    @on(RecordList.Selected, "#entries, #held, #checks")
    def to_about(self) -> None:
        """Go from a line to what lies behind it."""
        self._go("about")

    @on(RecordList.Selected, "#owed")
    def to_explanation(self) -> None:
        """Offer the steps of a written explanation."""
        self.action_act()

    @on(RecordList.Selected, "#matters, #last")
    async def open_issue(self, message: RecordList.Selected) -> None:
        """Open an issue that a naming rests on."""
        if message.record is not None and message.record["code"]:
            await self.board.open_list("issues", f"issue:{message.record['code']}")

    def action_view(self, step: int) -> None:
        """Open the next view, or the one before; on a narrow terminal first go to where it is."""
        self.query_one(ViewTabs).step(step)
        if self.has_class("-narrow") and not self.has_class("-at-units"):
            self._go("units")

    def action_paper(self) -> None:
        """Change between the notice and the basis sheet; on a narrow terminal show it first."""
        if not self.has_class("-narrow") or self.has_class("-at-paper"):
            self._kind = "basis" if self._kind == "notice" else "notice"
            if self.line is not None:
                self._read(self.line)
        self._go("paper")

    def action_back(self) -> None:
        """Go back by one place: to the line, to the month."""
        near = self.has_class("-at-about") or self.has_class("-at-paper")
        self._go("units" if near else "months")

    def action_copy(self) -> None:
        """Copy the unit or the code of the chosen line."""
        focused = self.focused
        record = focused.record if isinstance(focused, RecordList) else self.row
        if record is not None:
            text = str(record.get("code") or record.get("unit") or record.get("period") or "")
            self.copy_text(text, "")
