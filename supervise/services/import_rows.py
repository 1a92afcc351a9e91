"""Writing the rows of an import: compared with what was imported last, chained and inserted."""

from __future__ import annotations

import hashlib
from datetime import date
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from db import ids, imports, parties, search
from db.codec import span_row
from supervise.domain.disclosure import preset
from supervise.domain.history import stays
from supervise.domain.records import Stage
from supervise.errors import RowError, SuperviseError
from supervise.services import clocks, import_changes
from supervise.services.import_bulk import Bulk, Codes
from supervise.services.import_units import UnitFinder
from supervise.services.tables.rows import DraftRow
from supervise.services.work import Work

if TYPE_CHECKING:
    from supervise.services.importing import Options

# The fields of a row that its digest covers; who complained is never among them.
_kept = [(n, f) for n, f in enumerate(DraftRow._fields) if f not in {"row", "party", "contact"}]
_digested = itemgetter(*(n for n, _ in _kept))
# Beside a unit's own code its name is only a spelling: another one is no change.
_digested_by_id = itemgetter(*(n for n, field in _kept if field != "unit"))
_TEXTS = (
    "detail",
    "source",
    "source_no",
    "batch",
    "category",
    "urgency",
    "handler",
    "reply",
)


def row_digest(row: DraftRow) -> str:
    """Digest a row's content, so that importing it again changes nothing."""
    text = repr(_digested_by_id(row) if row.unit_id else _digested(row))
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def row_key(row: DraftRow, digest: str) -> str:
    """Give what a row is known by: its code, else its ticket number, else its content."""
    if row.code:
        return f"code:{row.code}"
    return f"source:{row.source_no}" if row.source_no else f"row:{digest}"


class RowWriter:
    """Writes chunks of draft rows; counts them as `added`, `updated`, `unchanged`.

    `look`: whether there is anything in the ledger to compare them with.
    """

    def __init__(self, work: Work, units: UnitFinder, look: bool, options: Options) -> None:
        self._work = work
        self._units = units
        self._look = look
        self._options = options
        self._digests: dict[str, str] = {}
        self._codes = Codes(work)
        self._dues: dict[tuple[str | None, date], tuple[date, str | None]] = {}
        self._next_id = ids.next_id(work.conn, "issue")
        self._names: dict[int, str] = {}
        self.seen = self.added = self.updated = self.unchanged = self.without_due = 0

    def write(self, rows: list[DraftRow]) -> list[RowError]:
        """Write some rows; gives what is wrong with those that were not written."""
        errors: list[RowError] = []
        found = self._resolve(rows, errors)
        keys = [(row, digest := row_digest(row), row_key(row, digest)) for row, *_ in found]
        before: dict[str, tuple[int, str]] = {}
        taken: set[str] = set()
        if self._look:
            before = imports.known(self._work.conn, [key for *_, key in keys])
            taken = imports.taken(self._work.conn, [r.code for r, *_ in found if r.code])
        bulk = Bulk(self._work.session.clock)
        for (row, unit, co_units), (_, digest, key) in zip(found, keys, strict=True):
            error = self._one(row, unit, co_units, digest, key, before.get(key), taken, bulk)
            if error is not None:
                errors.append(error)
        bulk.insert(self._work)
        self.seen += len(rows)
        return errors

    def _resolve(
        self, rows: list[DraftRow], errors: list[RowError]
    ) -> list[tuple[DraftRow, int | None, tuple[int, ...]]]:
        """Find the units of some rows, before any of their events is chained."""
        found = []
        for row in rows:
            unit: int | str | None = None
            if row.unit or row.unit_id:
                unit = self._units.find(row.unit, row.unit_id)
            if isinstance(unit, str):
                errors.append(RowError(row.row, "责任单位", unit))
                continue
            others: list[int] = []
            for name in row.co_units or ():
                other = self._units.find(name, None)
                if isinstance(other, str):
                    errors.append(RowError(row.row, "配合单位", other))
                    break
                others.append(other)
            else:
                found.append((row, unit, tuple(others)))
        return found

    def _one(
        self,
        row: DraftRow,
        unit: int | None,
        co_units: tuple[int, ...],
        digest: str,
        key: str,
        before: tuple[int, str] | None,
        taken: set[str],
        bulk: Bulk,
    ) -> RowError | None:
        earlier = self._digests.get(key)
        if earlier is not None:
            if earlier == digest:
                self.unchanged += 1
                return None
            return RowError(row.row, "编号", "文件中有另一行编号相同而内容不同，请留下一行。")
        self._digests[key] = digest
        if before is not None:
            return self._again(row, unit, co_units, digest, key, before, bulk)
        if row.code in taken:
            return RowError(row.row, "编号", f"编号“{row.code}”的事项已在台账中，且不是导入的。")
        self._add(row, unit, co_units, digest, key, bulk)
        return None

    def _again(
        self,
        row: DraftRow,
        unit: int | None,
        co_units: tuple[int, ...],
        digest: str,
        key: str,
        before: tuple[int, str],
        bulk: Bulk,
    ) -> RowError | None:
        """Leave an unchanged row alone; write a changed one only when asked to."""
        issue_id, last = before
        if last == digest:
            self.unchanged += 1
            return None
        if not self._options.update:
            return RowError(row.row, None, "与上次导入的内容不同；确认要更新请用 --update。")
        bulk.insert(self._work)
        try:
            changed = import_changes.apply(self._work, issue_id, row, unit, co_units, key, digest)
        except SuperviseError as error:
            return RowError(row.row, None, error.message)
        self.updated += changed
        self.unchanged += not changed
        return None

    def _due(self, row: DraftRow) -> tuple[date | None, str | None]:
        if row.due_on is not None or row.assigned_on is None:
            return row.due_on, None
        if not self._options.compute_due:
            self.without_due += 1
            return None, None
        key = (row.urgency, row.assigned_on)
        if key not in self._dues:
            due, term, _ = clocks.first(self._work.session, row.urgency, row.assigned_on, None)
            self._dues[key] = (due, term)
        return self._dues[key]

    def _add(
        self,
        row: DraftRow,
        unit: int | None,
        co_units: tuple[int, ...],
        digest: str,
        key: str,
        bulk: Bulk,
    ) -> None:
        found = row.found_on or self._work.on
        due, term = self._due(row)
        code = row.code or self._codes.next(found)
        issue_id, self._next_id = self._next_id, self._next_id + 1
        spans = stays(unit, found, row.assigned_on, due, row.submitted_on, row.closed_on)
        values = _columns(row, code, unit, co_units, found, due, term, spans[-1].stage)
        moved = spans[-1].entered
        values["moved_on"] = moved.isoformat()
        payload: dict[str, Any] = {
            "new": True,
            "set": values,
            "spans": [span_row(span) for span in spans],
            "row": import_changes.kept(row),
            "key": key,
            "digest": digest,
        }
        if values.get("has_party"):
            party = parties.Party(row.party, row.contact, row.disclosure or preset(row.source))
            stored = parties.row(issue_id, party, self._work.session.salt())
            payload["party"] = {"digest": stored[-1], "disclosure": party.disclosure}
            bulk.parties.append(stored)
        name = self._unit_name(unit)
        text = search.body(code, row.title, row.detail, row.source_no, name)
        bulk.add(self._work, issue_id, moved, payload, text)
        self.added += 1

    def _unit_name(self, unit: int | None) -> str | None:
        if unit is None:
            return None
        if unit not in self._names:
            from db import units

            self._names[unit] = units.get(self._work.conn, unit).name
        return self._names[unit]


def _columns(
    row: DraftRow,
    code: str,
    unit: int | None,
    co_units: tuple[int, ...],
    found: date,
    due: date | None,
    term: str | None,
    stage: Stage,
) -> dict[str, Any]:
    """Give the columns of a new issue that differ from their defaults."""
    values: dict[str, Any] = {
        "code": code,
        "title": row.title,
        "stage": stage.value,
        "found_on": found.isoformat(),
        "unit_id": unit,
        "imported": 1,
    }
    for name in _TEXTS:
        value = getattr(row, name)
        if value is not None:
            values[name] = value
    if co_units:
        values["co_units"] = list(co_units)
    if row.party or row.contact:
        values["has_party"] = 1
    if due is not None:
        values["due_on"] = values["original_due_on"] = due.isoformat()
    if term is not None:
        values["term"] = term
    for name in ("assigned_on", "submitted_on", "closed_on"):
        day = getattr(row, name)
        if day is not None:
            values[name] = day.isoformat()
    if row.closed_on is not None:
        values["ended_on"] = values["closed_on"]
    return values
