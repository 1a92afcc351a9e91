"""What all parts of a collecting share: where it writes, what came of it, how a step is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db import sheets as store
from db import units as unit_store
from supervise.domain.records import Unit
from supervise.domain.sheets import Step
from supervise.errors import SuperviseError
from supervise.services.registry import OPERATIONS
from supervise.services.sheets.given import Given
from supervise.services.sheets.outcome import APPLIED, Collection
from supervise.services.work import Record, Work, step


@dataclass(slots=True)
class Taking:
    """One collecting under way; `said` is `on by ref note` of whoever collects.

    `on` is the day the sheets came in.
    """

    work: Work
    said: dict[str, Any]
    on: date
    result: Collection
    _units: dict[int, Unit] = field(default_factory=dict)

    def unit(self, unit_id: int) -> Unit:
        """Give a unit, looked up once."""
        if unit_id not in self._units:
            self._units[unit_id] = unit_store.get(self.work.conn, unit_id)
        return self._units[unit_id]

    def take(self, unit: str, one: Step, more: Record, on: date) -> str | None:
        """Carry out what a row asks for by its ordinary operation, as done by the unit.

        `more` are the values that the row doesn't hold. Gives the sentence that refuses it.
        """
        work = self.work
        given = {**one.values, **more, "on": on, "by": unit, "ref": self.said.get("ref")}
        if "due_on" in given:
            given["due_on"] = date.fromisoformat(given["due_on"])
        newest = work.appender.seq
        try:
            step(work, one.op, given)
        except SuperviseError as error:
            # Refused before it wrote anything: a savepoint for each step would cost a third more.
            if work.appender.seq != newest:
                raise
            return error.message
        self.result.applied[APPLIED[one.op]] += 1
        return None

    def refuse(self, row: Given, column: str | None, message: str) -> None:
        """Tell of something in a row that is not taken over."""
        self.result.refuse(row.file, row.number, column, message)

    def stale(
        self, unit: Unit, code: str, row: Given, columns: Sequence[str], message: str
    ) -> None:
        """Tell of a row that is about what changed here since it was sent."""
        self.result.stale.append(
            {
                "unit": unit.name,
                "unit_id": unit.code,
                "issue": code,
                "file": row.file,
                "row": row.number,
                "columns": list(columns),
                "why": message,
            }
        )

    def changed(self, newest: int) -> str:
        """Say that something changed here since a row was sent: the event that did it."""
        op = store.op_of(self.work.conn, newest)
        title = OPERATIONS[op].title if op in OPERATIONS else op
        return f"发表之后台账已有变动（记录 {newest}：{title}）。"
