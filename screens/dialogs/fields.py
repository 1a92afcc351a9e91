"""The fields of a dialog, one below the other: there at once, and filled in a few at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import ClassVar

from textual import events, on
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widget import Widget

from screens.dialogs.field_row import FieldRow
from supervise.services.registry import Field

# Lines to type into that are made between two repaints: no key waits 50 ms for them.
_AT_ONCE = 2


class Fields(VerticalScroll, can_focus=False):
    """Rows whose labels and heights are there at once; what is typed into follows in slices.

    The row begun with and the one below it come first, so that keys go where they should.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab", "go(1)", "下一项", show=False, id="fields.next", tooltip="下一项"),
        Binding("shift+tab", "go(-1)", "上一项", show=False, id="fields.back", tooltip="上一项"),
    ]

    def __init__(
        self, fields: Iterable[Field], given: Mapping[str, object], *below: Widget
    ) -> None:
        self._rows = [FieldRow(field, given.get(field.name)) for field in fields]
        self._left: Iterator[FieldRow] = iter(())
        super().__init__(*self._rows, *below, id="body")

    def begin_at(self, row: FieldRow) -> None:
        """Go to a row now, and make the others while it is looked at."""
        place = self._rows.index(row)
        for one in self._rows[place : place + _AT_ONCE]:
            one.fill()
        # At once: what is typed now goes where it will go in a moment.
        self.screen.set_focus(row.entry)
        self._left = iter((*self._rows[place:], *self._rows[:place]))
        self.call_after_refresh(self._fill_some)

    def _fill_some(self) -> None:
        empty = (row for row in self._left if not row.filled)
        for _, row in zip(range(_AT_ONCE), empty, strict=False):
            row.fill()
        if not all(row.filled for row in self._rows):
            self.call_after_refresh(self._fill_some)

    # What is typed into stays in view, with what is said of it below.

    def on_descendant_focus(self) -> None:
        """Show the row that is gone to."""
        self.call_after_refresh(self.show_row)

    @on(FieldRow.Changed)
    def keep_row(self) -> None:
        """Show the row whose hint came or went."""
        self.call_after_refresh(self.show_row)

    def on_resize(self, event: events.Resize) -> None:
        """Show the row where there is less room than before."""
        self.call_after_refresh(self.show_row)

    def show_row(self) -> None:
        """Scroll to the row typed into; to the first line where that row is seen from there."""
        row = next((row for row in self._rows if row.has_focus_within), None)
        if row is None:
            return
        region = row.virtual_region
        if region.bottom <= self.size.height:
            self.scroll_home(animate=False)
        else:
            self.scroll_to_region(region, animate=False)

    def action_go(self, step: int) -> None:
        """Go to the next line or the one before, which may be still to make."""
        for row in self._rows:
            row.fill()
        if step > 0:
            self.screen.focus_next()
        else:
            self.screen.focus_previous()
