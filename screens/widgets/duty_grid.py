"""One duty as a grid: units down, periods across; the cursor's cell is told of."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from screens.widgets.chart import WORDS
from screens.widgets.heat import Heat, Line, Square
from supervise.services.duty_records import Matrix, Record

TONES = {"submitted": "good", "overdue": "bad", "waived": "muted", "pending": ""}
WAITING = frozenset({"overdue", "pending"})
_CELL = 9


class DutyGrid(Heat):
    """The reports of one duty; the newest periods where room is short."""

    @dataclass
    class Moved(Message):
        """The cursor came to another cell: its report, or none."""

        report: Record | None

    def __init__(self, id: str | None = None) -> None:  # noqa: A002
        super().__init__("", cell=_CELL, id=id)
        self._matrix: Matrix | None = None

    def show_matrix(self, matrix: Matrix | None) -> None:
        """Show a duty, or none; the cursor stays where it was while it is the same duty."""
        same = bool(matrix and self._matrix and matrix.duty.name == self._matrix.duty.name)
        self._matrix = matrix
        if matrix is None:
            self.show((), ())
        else:
            heads = [
                f"{one.due_on:%m-%d}" if one.key == one.named_on.isoformat() else one.label
                for one in matrix.periods
            ]
            self.show(heads, _lines(matrix))
            if not same:
                self.place = (0, len(heads) - 1)
        self._tell()

    def go_to(self, period: str) -> None:
        """Put the cursor on a period, on the first unit its report is still to come from."""
        periods = [one.key for one in self._matrix.periods] if self._matrix else []
        if self._matrix is None or period not in periods:
            return
        waiting = (
            row
            for row, unit in enumerate(self._matrix.units)
            if (cell := self._matrix.cells.get((unit.id, period))) and cell["state"] in WAITING
        )
        self.place = (next(waiting, 0), periods.index(period))

    @property
    def report(self) -> Record | None:
        """The report in the cursor's cell."""
        row, column = self.place
        if self._matrix is None or not self._matrix.units or column == WORDS:
            return None
        key = (self._matrix.units[row].id, self._matrix.periods[column].key)
        return self._matrix.cells.get(key)

    def watch_place(self) -> None:
        """Keep the row in view, and tell of the cell."""
        super().watch_place()
        self._tell()

    def _tell(self) -> None:
        self.post_message(self.Moved(self.report))

    def key_at(self, row: int, column: int) -> str:
        """Give the cell's key: something is there to be opened."""
        return f"{row}:{column}" if self.report is not None else ""


def _lines(matrix: Matrix) -> list[Line]:
    return [
        Line(
            unit.name,
            tuple(_square(matrix.cells.get((unit.id, one.key))) for one in matrix.periods),
        )
        for unit in matrix.units
    ]


def _square(report: Record | None) -> Square:
    if report is None:
        return Square("")
    late = report["state"] == "submitted" and report["late_days"] > 0
    words = "迟报" if late else str(report["state_name"])
    return Square(words, "warn" if late else TONES[str(report["state"])])
