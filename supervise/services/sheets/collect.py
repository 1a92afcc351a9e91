"""收表: what units wrote into their sheets, taken over by the ordinary operations or told apart.

Only progress, handing in and asking for a later date are taken over; never a review, a closing or
a date of ours. A row whose issue changed here since it was sent is told of, not taken over.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from db import sheets as store
from db import units as unit_store
from supervise.domain.sheets import (
    EXTEND,
    HARMLESS,
    OPEN,
    PROGRESS,
    SUBMITTED,
    Answer,
    Step,
    conflicting,
    faults,
    iso,
    steps,
)
from supervise.errors import SuperviseError
from supervise.services.file_runs import Progress, silent
from supervise.services.registry import OPERATIONS
from supervise.services.session import Session
from supervise.services.sheets import differences as kept
from supervise.services.sheets.collect_items import ItemsTaken
from supervise.services.sheets.matching import Foreign, Matched, Returned, match
from supervise.services.sheets.outcome import APPLIED, Collection, told
from supervise.services.sheets.reading import File, Given, found_files, read_files
from supervise.services.work import Record, Work, step, working

_NAMED = 10


def run(
    session: Session,
    paths: Sequence[Path],
    *,
    dry_run: bool = False,
    said: dict[str, Any] | None = None,
    progress: Progress = silent,
) -> Record:
    """Take over what came back in some files, or folders of files, in one transaction.

    `said` is `on by ref note`: the day the sheets came in counts for progress and requests. With
    `dry_run` nothing is changed. Raises BadInput where there is no file at all.
    """
    wanted = found_files(paths)
    files: list[File] = []
    for number, file in enumerate(read_files(wanted), 1):
        files.append(file)
        progress("读表", number, len(wanted))
    with working(session, keep=not dry_run, told=False) as work:
        return take_over(work, files, said, progress).record()


def take_over(
    work: Work,
    files: Sequence[File],
    said: dict[str, Any] | None = None,
    progress: Progress = silent,
) -> Collection:
    """Take over what stands in files already read, inside a transaction already held."""
    work.begin("sheet.collect", said or {})
    matched = match(work.conn, files)
    done = _Collecting(work, matched, dict(said or {}))
    done.run(progress)
    for sentence in matched.told:
        work.session.warn(sentence)
    if done.empty:
        names = "、".join(done.empty[:_NAMED]) + ("等" if len(done.empty) > _NAMED else "")
        work.session.warn(f"{names} {len(done.empty)} 家的表原样退回、没有填写，视同未报。")
    return done.result


class _Collecting:
    """One collecting under way."""

    def __init__(self, work: Work, matched: Matched, said: dict[str, Any]) -> None:
        self.work, self.matched, self.said = work, matched, said
        self.on: date = work.on
        self.result = Collection(matched.files, matched.rows)
        sheets = [one.sheet for one in matched.sheets.values()]
        every = (row.seen for one in matched.sheets.values() for row in one.sent.values())
        since = min(every, default=work.appender.seq)
        self._touched = store.touched(work.conn, since, HARMLESS)
        self._taken = {one.period: store.taken(work.conn, one.period) for one in sheets}
        self._items_known: dict[str, set[str]] = {}
        self._names: dict[int, str] = {}
        # Units whose sheet came in as it was sent: that is no report.
        self.empty: list[str] = []

    def run(self, progress: Progress) -> None:
        """Take over sheet by sheet, then say what is left."""
        for number, returned in enumerate(self.matched.sheets.values(), 1):
            self._sheet(returned)
            progress("收表", number, len(self.matched.sheets))
        for one in self.matched.foreign:
            self._foreign(one)
        for file in self.matched.problems:
            self._refuse(file.name, None, None, file.problem or "")
        self.result.missing = self._missing()

    def _unit(self, unit_id: int) -> str:
        if unit_id not in self._names:
            self._names[unit_id] = unit_store.get(self.work.conn, unit_id).name
        return self._names[unit_id]

    def _sheet(self, returned: Returned) -> None:
        found: list[store.Difference] = []
        taken: list[list[object]] = []
        seen: list[list[int]] = []
        self.work.load_ahead(
            returned.now[issue_id].code
            for issue_id, rows in returned.given.items()
            if any(not row.answer.empty for row in rows)
        )
        for issue_id, rows in returned.given.items():
            before = len(taken)
            found += self._issue(returned, issue_id, rows, taken)
            if len(taken) > before:
                seen.append([issue_id, self.work.appender.seq])
        # What stands here now includes what was just taken over.
        changed = store.some(self.work.conn, (key for key, _ in seen))
        returned.now.update(changed)
        found += kept.locked(self.work.conn, returned)
        found += kept.foreign(o for o in self.matched.foreign if o.sheet == returned.sheet)
        also = self._items(returned)
        found += also.run()
        self._keep(returned, found, taken, seen, also.taken)

    def _items(self, returned: Returned) -> ItemsTaken:
        sheet = returned.sheet
        if sheet.period not in self._items_known:
            known = store.items_taken(self.work.conn, sheet.period)
            self._items_known[sheet.period] = known
        unit = unit_store.get(self.work.conn, sheet.unit_id)
        known = self._items_known[sheet.period]
        return ItemsTaken(self.work, self.result, returned, unit, self.said, known, carry_out)

    def _keep(
        self,
        returned: Returned,
        found: list[store.Difference],
        taken: list[list[object]],
        seen: list[list[int]],
        items: list[list[object]],
    ) -> None:
        """Record what came of a sheet; one that says nothing new leaves no trace."""
        sheet = returned.sheet
        before = store.differences(self.work.conn, [sheet.id])
        every = [row for rows in returned.given.values() for row in rows]
        every += [row for rows in returned.given_items.values() for row in rows]
        codes = {(row.kind, row.code) for row in every}
        strange = (one.given for one in self.matched.foreign if one.sheet == sheet)
        codes |= {(given.kind, given.code) for given in strange}
        after = kept.merged(before, found, codes)
        self._tell(sheet, [one for one in after if (one.page, one.code) in codes])
        payload: Record = {}
        told = any(not row.answer.empty for row in every)
        if not told and not after:
            self.empty.append(self._unit(sheet.unit_id))
        elif sheet.received_on is None:
            payload["set"] = {"received_on": self.on.isoformat(), "file": returned.files[0]}
        if taken:
            payload |= {"taken": taken, "seen": seen}
        if items:
            payload["items_taken"] = items
        if after != before:
            payload["differences"] = kept.stored(after)
        if payload:
            self.work.begin("sheet.collect", self.said)
            self.work.record("sheet", sheet.id, payload)

    def _tell(self, sheet: store.Sheet, found: Sequence[store.Difference]) -> None:
        unit = self._unit(sheet.unit_id)
        for one in found:
            if one.kind != "stale" and one.status != "accepted":
                self.result.differences.append(told(one, unit))

    def _issue(
        self, returned: Returned, issue_id: int, rows: list[Given], taken: list[list[object]]
    ) -> Iterator[store.Difference]:
        """Take over what was written about one issue; gives what was not."""
        if all(row.answer.empty for row in rows):
            return
        sheet, code = returned.sheet, returned.now[issue_id].code
        if conflicting(row.answer for row in rows):
            yield from self._conflict(sheet, code, rows)
            return
        row = next((one for one in rows if not one.answer.empty), rows[0])
        ours: dict[str, str | None] = {}
        for bad in faults(row.answer):
            self._refuse(row.file, row.number, bad.heading, bad.message)
            ours = ours or self._ours(returned, issue_id)
            yield kept.fault(
                sheet.id, code, bad.heading, ours.get(bad.heading), bad.shown, bad.message
            )
        known = self._taken[sheet.period]
        todo = [one for one in steps(row.answer) if (issue_id, one.digest) not in known]
        changed = self._changed(returned, issue_id) if todo else None
        if changed is not None:
            self._stale(sheet, row, changed, todo)
        for one in todo:
            kind, refusal = "stale", changed
            if changed is None:
                kind, refusal = "refused", self._take(returned.now[issue_id], one)
            if refusal is None:
                known.add((issue_id, one.digest))
                taken.append([issue_id, one.digest])
                continue
            if kind == "refused":
                self._refuse(row.file, row.number, one.heading, refusal)
            ours = ours or self._ours(returned, issue_id)
            here = ours.get(one.heading)
            yield kept.pending(sheet.id, code, one, kind, here, refusal, self.on)

    def _ours(self, returned: Returned, issue_id: int) -> dict[str, str | None]:
        """Give what the ledger has for the columns a unit fills in."""
        now = returned.now[issue_id]
        return {
            PROGRESS: store.last_note(self.work.conn, issue_id),
            SUBMITTED: now.submitted_on,
            EXTEND: now.due_on,
        }

    def _changed(self, returned: Returned, issue_id: int) -> str | None:
        """Say what changed here since a row was sent; None where nothing did."""
        now, sheet = returned.now[issue_id], returned.sheet
        if now.unit_id != sheet.unit_id:
            holder = self._unit(now.unit_id) if now.unit_id else "（未定）"
            return f"发表之后已改由{holder}办理。"
        newest = self._touched.get(issue_id, 0)
        if newest > returned.sent[issue_id].seen:
            return f"发表之后台账已有变动（记录 {newest}：{self._op(newest)}）。"
        return None

    def _op(self, seq: int) -> str:
        op = store.op_of(self.work.conn, seq)
        return OPERATIONS[op].title if op in OPERATIONS else op

    def _take(self, issue: store.OpenIssue, one: Step) -> str | None:
        """Carry one step out; gives the sentence that refuses it."""
        on = one.on or self.on
        # A report is of the day of handing in where the row names one that can be.
        possible = issue.moved_on <= on.isoformat() and on <= self.on
        if one.op == "issue.progress" and not possible:
            on = self.on
        unit = self._unit(issue.unit_id) if issue.unit_id else ""
        values = {**one.values, "issue": issue.code}
        refusal = carry_out(self.work, unit, one.op, values, on, self.said)
        if refusal is None:
            self.result.applied[APPLIED[one.op]] += 1
        return refusal

    def _conflict(
        self, sheet: store.Sheet, code: str, rows: list[Given]
    ) -> Iterator[store.Difference]:
        different = [row for row in rows if not row.answer.empty]
        for heading, shown in zip(OPEN, zip(*map(_texts, different), strict=True), strict=True):
            if len(set(shown)) > 1:
                pairs = zip(different, shown, strict=True)
                theirs = "；".join(f"{row.file}第{row.number}行：{text}" for row, text in pairs)
                one = kept.conflict(sheet.id, code, heading, None, theirs)
                for row in different:
                    self._refuse(row.file, row.number, heading, one.message)
                yield one

    def _stale(self, sheet: store.Sheet, row: Given, why: str, todo: Sequence[Step]) -> None:
        unit = unit_store.get(self.work.conn, sheet.unit_id)
        self.result.stale.append(
            {
                "unit": unit.name,
                "unit_id": unit.code,
                "issue": row.code,
                "file": row.file,
                "row": row.number,
                "columns": [one.heading for one in todo],
                "why": why,
            }
        )

    def _foreign(self, one: Foreign) -> None:
        given = one.given
        column = kept.heading_of(given)
        self._refuse(given.file, given.number, column, f"{given.code or '（空）'}：{one.message}")
        if one.sheet is None:
            theirs = given.title
            row = {"unit": one.ours, "issue": given.code, "column": column}
            ways = {"ours": one.ours, "theirs": theirs, "last": None}
            self.result.differences.append({**row, **ways})

    def _refuse(self, file: str, row: int | None, column: str | None, message: str) -> None:
        found = {"file": file, "row": row, "column": column, "message": message}
        self.result.refused.append(found)

    def _missing(self) -> list[str]:
        """Name the units whose sheet of these months has not come back."""
        periods = sorted({one.sheet.period for one in self.matched.sheets.values()})
        periods = periods or store.periods(self.work.conn)[:1]
        return [
            self._unit(unit_id)
            for period in periods
            for unit_id, back in store.came_back(self.work.conn, period).items()
            if not back
        ]


def carry_out(
    work: Work,
    unit: str,
    op: str,
    values: Record,
    on: date,
    said: dict[str, Any],
) -> str | None:
    """Carry out one step of a row by its ordinary operation, as done by the unit.

    Gives the sentence that refuses it.
    """
    given = {**values, "on": on, "by": unit, "ref": said.get("ref")}
    if "due_on" in given:
        given["due_on"] = date.fromisoformat(given["due_on"])
    newest = work.appender.seq
    try:
        step(work, op, given)
    except SuperviseError as error:
        # These steps are refused before they write: a savepoint for each would cost a third more.
        if work.appender.seq != newest:
            raise
        return error.message
    return None


def _texts(row: Given) -> tuple[str, ...]:
    """Give what stands in the columns a unit fills in, as text."""
    answer: Answer = row.answer
    said = (
        answer.progress,
        answer.measures,
        iso(answer.submitted_on),
        iso(answer.extend_to),
        answer.reason,
        "",
    )
    wrong = {heading: text for heading, (text, _) in answer.wrong.items()}
    return tuple(wrong.get(heading, text) for heading, text in zip(OPEN, said, strict=True))
