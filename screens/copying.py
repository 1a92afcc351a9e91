"""Copying from a page: the code, the whole row, or one cell of the row under the cursor."""

from __future__ import annotations

from textual import on

from screens.still import StillScreen
from screens.widgets.columns import Record, one_line, shorten
from screens.widgets.lines import Lines
from screens.widgets.record_list import RecordList

_NOTHING = "没有选中可复制的一行。"
# What a record is known by, the best first.
_NAMES = ("code", "number", "unit", "name", "period", "title", "words", "day", "seq")
_LONGEST = 40


class CopyingScreen(StillScreen[None]):
    """What the keys of copying do; the toast names what was copied."""

    @property
    def copied_from(self) -> RecordList | None:
        """The list copied from: the one that has the focus, else the first that is shown."""
        if isinstance(self.focused, RecordList):
            return self.focused
        shown = (one for one in self.query(RecordList) if one.is_on_screen and one.record)
        return next(shown, None)

    def _row(self) -> tuple[RecordList, Record] | None:
        found = self.copied_from
        if found is None or found.record is None:
            self.say_copied(_NOTHING, bad=True)
            return None
        return found, found.record

    def say_copied(self, sentence: str, *, bad: bool = False) -> None:
        """Say what was copied."""
        severity = "warning" if bad else "information"
        self.notify(sentence, severity=severity, markup=False)  # type: ignore[arg-type]

    def copy_text(self, text: str, what: str) -> None:
        """Put a text on the clipboard and say which it was."""
        self.app.copy_to_clipboard(text)
        told = shorten(one_line(text.replace("\t", " ")), _LONGEST)
        self.say_copied(f"已复制{what}：{told}" if text else f"{what}是空的，没有复制。")

    def action_copy(self) -> None:
        """Copy the code of the row; of a row without one, its name."""
        if (found := self._row()) is not None:
            record = found[1]
            text = next((str(record[name]) for name in _NAMES if record.get(name)), "")
            self.copy_text(one_line(text) or found[0].cells(record)[0][1], "")

    def action_copy_row(self) -> None:
        """Copy the words selected by the mouse, else the whole row."""
        selected = self.get_selected_text()
        if selected:
            self.copy_text(selected, "所选文字")
        elif self.copied_from is None:
            self.say_copied("没有选中可复制的一行；退出请按 Ctrl+Q。", bad=True)
        elif (found := self._row()) is not None:
            cells = found[0].cells(found[1])
            self.copy_text("\t".join(text for _, text in cells), "整行")

    def action_copy_cell(self) -> None:
        """Choose a cell of the row, and copy it."""
        found = self._row()
        if found is None:
            return
        from screens.dialogs.cells import CellsDialog

        def chosen(cell: tuple[str, str] | None) -> None:
            if cell is not None:
                self.copy_text(cell[1], f"“{cell[0]}”")

        self.app.push_screen(CellsDialog(found[0].cells(found[1])), chosen)

    @on(Lines.CellWanted)
    def copy_clicked(self, message: Lines.CellWanted) -> None:
        """Copy the cell that was clicked with the right button."""
        message.stop()
        self.copy_text(message.text, f"“{message.title}”")
