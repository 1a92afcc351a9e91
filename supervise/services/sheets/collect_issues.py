"""收表 of the page 问题: what units wrote of their issues taken over, the rest told apart."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from db import sheets as store
from db.sheets import OpenIssue
from supervise.domain.sheets import (
    EXTEND,
    OPEN,
    PROGRESS,
    SUBMITTED,
    Step,
    conflicting,
    faults,
    iso,
    steps,
)
from supervise.services.sheets import differences as kept
from supervise.services.sheets.given import Given
from supervise.services.sheets.matching import Returned
from supervise.services.sheets.taking import Taking


class IssuesTaken:
    """The issues of one sheet under way; `taken` and `seen` are what its event carries.

    `touched` gives the newest event of the issues that changed since sheets were sent; `known` is
    what was taken over already in the month.
    """

    def __init__(
        self,
        taking: Taking,
        returned: Returned,
        touched: Mapping[int, int],
        known: set[tuple[int, str]],
    ) -> None:
        self.taken: list[list[object]] = []
        self.seen: list[list[int]] = []
        self._taking, self._work = taking, taking.work
        self._returned, self._sheet = returned, returned.sheet
        self._unit = taking.unit(returned.sheet.unit_id)
        self._touched, self._known = touched, known
        self._handed_in: list[int] = []

    def run(self) -> Iterator[store.Difference]:
        """Take over issue by issue; gives what was not."""
        answered = {
            issue_id: filled
            for issue_id, rows in self._returned.given.items()
            if (filled := [row for row in rows if not row.answer.empty])
        }
        now = self._returned.now
        self._work.load_ahead(now[issue_id].code for issue_id in answered)
        with self._work.gathered():
            for issue_id, rows in answered.items():
                before = len(self.taken)
                yield from self._issue(issue_id, rows)
                if len(self.taken) > before:
                    self.seen.append([issue_id, self._work.appender.seq])
        # What stands here now includes what was just taken over; only handing in changes a row.
        now.update(store.some(self._work.conn, self._handed_in))

    def _issue(self, issue_id: int, rows: list[Given]) -> Iterator[store.Difference]:
        """Take over what was written about one issue; gives what was not."""
        if len(rows) > 1 and conflicting(row.answer for row in rows):
            yield from self._conflict(issue_id, rows)
            return
        row = rows[0]
        yield from self._faults(issue_id, row)
        todo = [one for one in steps(row.answer) if (issue_id, one.digest) not in self._known]
        changed = self._changed(issue_id) if todo else None
        if changed is not None:
            columns = [one.heading for one in todo]
            self._taking.stale(self._unit, row.code, row, columns, changed)
            yield from (self._pending(issue_id, one, "stale", changed) for one in todo)
            return
        for one in todo:
            refusal = self._take(self._returned.now[issue_id], one)
            if refusal is None:
                self._handed_in += [issue_id] if one.op == "issue.submit" else []
                self._known.add((issue_id, one.digest))
                self.taken.append([issue_id, one.digest])
            else:
                self._taking.refuse(row, one.heading, refusal)
                yield self._pending(issue_id, one, "refused", refusal)

    def _faults(self, issue_id: int, row: Given) -> Iterator[store.Difference]:
        for bad in faults(row.answer):
            self._taking.refuse(row, bad.heading, bad.message)
            ours = self._ours(issue_id, bad.heading)
            code = self._returned.now[issue_id].code
            yield kept.fault(self._sheet.id, code, bad.heading, ours, bad.shown, bad.message)

    def _pending(self, issue_id: int, one: Step, kind: str, why: str) -> store.Difference:
        ours = self._ours(issue_id, one.heading)
        code = self._returned.now[issue_id].code
        return kept.pending(self._sheet.id, code, one, kind, ours, why, self._taking.on)

    def _ours(self, issue_id: int, heading: str) -> str | None:
        """Give what the ledger had for a column a unit fills in when the sheets came in."""
        now = self._returned.now[issue_id]
        if heading == PROGRESS:
            return store.last_note(self._work.conn, issue_id)
        return {SUBMITTED: now.submitted_on, EXTEND: now.due_on}.get(heading)

    def _changed(self, issue_id: int) -> str | None:
        """Say what changed here since a row was sent; None where nothing did."""
        now = self._returned.now[issue_id]
        if now.unit_id != self._sheet.unit_id:
            holder = self._taking.unit(now.unit_id).name if now.unit_id else "（未定）"
            return f"发表之后已改由{holder}办理。"
        newest = self._touched.get(issue_id, 0)
        if newest > self._returned.sent[issue_id].seen:
            return self._taking.changed(newest)
        return None

    def _take(self, issue: OpenIssue, one: Step) -> str | None:
        """Carry one step out; gives the sentence that refuses it."""
        came_in = self._taking.on
        on = one.on or came_in
        # A report is of the day of handing in where the row names one that can be.
        possible = issue.moved_on <= on.isoformat() and on <= came_in
        if one.op == "issue.progress" and not possible:
            on = came_in
        return self._taking.take(self._unit.name, one, {"issue": issue.code}, on)

    def _conflict(self, issue_id: int, rows: Sequence[Given]) -> Iterator[store.Difference]:
        code = self._returned.now[issue_id].code
        for heading, shown in zip(OPEN, zip(*map(_texts, rows), strict=True), strict=True):
            if len(set(shown)) > 1:
                pairs = zip(rows, shown, strict=True)
                theirs = "；".join(f"{row.file}第{row.number}行：{text}" for row, text in pairs)
                one = kept.conflict(self._sheet.id, code, heading, None, theirs)
                for row in rows:
                    self._taking.refuse(row, heading, one.message)
                yield one


def _texts(row: Given) -> tuple[str, ...]:
    """Give what stands in the columns a unit fills in, as text; whom to ask is left out."""
    answer = row.answer
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
