"""Which fields a column of a file feeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from screens.dialogs.dialog import Dialog
from screens.widgets.columns import fitted, one_line
from supervise.services import import_preview
from supervise.services.import_preview import Column, Preview
from supervise.services.tables.fields import FIELDS, LABELS

_LABEL = 14


class FieldsDialog(Dialog[tuple[str, ...]]):
    """Gives the fields a column is to feed: Enter takes one, Space adds or takes away another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "also", "兼填", id="fields.toggle", tooltip="这一列同时填入这个栏目"),
    ]
    scrolls = "#fields"

    def __init__(self, seen: Preview, column: Column, mapping: Mapping[str, int]) -> None:
        super().__init__()
        self.heading = f"{column.letter} 列“{one_line(column.heading)}”填入哪个栏目"
        shown = "、".join(one_line(text)[:20] for text in column.samples[:3])
        self.sentence = f"Enter 填入一个；空格可兼填几个，再按 Ctrl+S。例：{shown or '（空）'}"
        self._seen, self._column, self._mapping = seen, column, mapping
        self._chosen = set(import_preview.fed_by(mapping, column.index))

    def body(self) -> Iterator[Widget]:
        """Give the fields."""
        yield OptionList(*self._lines(), id="fields", compact=True)

    def _lines(self) -> list[Option]:
        none = Content.assemble((fitted("不导入", _LABEL), "bold"), ("  这一列不用", "$muted"))
        return [Option(none, id="-"), *(Option(self._line(field), id=field) for field in FIELDS)]

    def _line(self, field: str) -> Content:
        mark = ("填 ", "$primary bold") if field in self._chosen else ("   ", "")
        other = self._mapping.get(field)
        note = ""
        if other is not None and other != self._column.index:
            note = f"  现取自 {self._seen.columns[other].letter} 列“{self._named(other)}”"
        return Content.assemble(mark, (fitted(LABELS[field], _LABEL), "bold"), (note, "$muted"))

    def _named(self, index: int) -> str:
        return one_line(self._seen.columns[index].name)

    def on_mount(self) -> None:
        """Start on the field it feeds now."""
        fields = self.query_one("#fields", OptionList)
        first = next((place for place, f in enumerate(FIELDS, 1) if f in self._chosen), 0)
        fields.highlighted = first
        fields.focus()

    def action_also(self) -> None:
        """Add the field under the mark, or take it away."""
        fields = self.query_one("#fields", OptionList)
        place = fields.highlighted
        if not place:
            return
        self._chosen ^= {FIELDS[place - 1]}
        fields.replace_option_prompt_at_index(place, self._line(FIELDS[place - 1]))

    @on(OptionList.OptionSelected, "#fields")
    def take(self, message: OptionList.OptionSelected) -> None:
        """Take the one field, beside those added with Space; or none at all."""
        message.stop()
        if message.option_id == "-":
            self.dismiss(())
            return
        before = set(import_preview.fed_by(self._mapping, self._column.index))
        added = self._chosen if self._chosen != before else set()
        chosen = added | {str(message.option_id)}
        self.dismiss(tuple(field for field in FIELDS if field in chosen))

    def action_accept(self) -> None:
        """Take the fields as they are marked."""
        self.dismiss(tuple(field for field in FIELDS if field in self._chosen))
