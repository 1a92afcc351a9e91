"""收表 of the pages 任务 and 报送: progress and reports taken over, the rest told apart."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from db import sheets as store
from db import tasks as task_store
from supervise.domain.records import Unit
from supervise.domain.sheet_pages import DUTY, PAGES, TASK, Item, faults, finished, steps
from supervise.domain.sheets import Step, conflicting, differs, iso
from supervise.services.registry import OPERATIONS
from supervise.services.sheets import differences as kept
from supervise.services.sheets import items
from supervise.services.sheets.given import Given
from supervise.services.sheets.matching import Returned
from supervise.services.sheets.outcome import APPLIED, Collection
from supervise.services.work import Record, Work

CarryOut = Callable[..., str | None]


class ItemsTaken:
    """The tasks and reports of one sheet under way; `taken` is what its event carries."""

    def __init__(
        self,
        work: Work,
        result: Collection,
        returned: Returned,
        unit: Unit,
        said: dict[str, Any],
        known: set[str],
        carry_out: CarryOut,
    ) -> None:
        self.work, self.result, self.said = work, result, said
        self.returned, self.unit = returned, unit
        self.taken: list[list[object]] = []
        # What was taken over already in the month.
        self._known = known
        self._carry_out = carry_out
        self._sent = {
            place: Item(*place, sent.cells) for place, sent in returned.sent_items.items()
        }

    def run(self) -> Iterator[store.Difference]:
        """Take over row by row; gives what was not."""
        given = self.returned.given_items
        for place, rows in given.items():
            yield from self._row(self._sent[place], rows)
        if given:
            yield from self._locked()

    def _row(self, item: Item, rows: list[Given]) -> Iterator[store.Difference]:
        filled = [row for row in rows if not row.answer.empty]
        if not filled:
            return
        if conflicting(row.answer for row in filled):
            yield from self._conflict(item, filled)
            return
        row = filled[0]
        for bad in faults(item, row.answer):
            self._refuse(row, bad.heading, bad.message)
            yield self._difference(item, bad.heading, "refused", bad.shown, bad.message)
        done = finished(item, self.unit.id, row.answer)
        if done is not None and not self._is_known(item, done):
            why = "是否完成由发表单位核实后定：可采纳，即记为完成；不采纳的记为已阅。"
            yield self._pending(item, done, "decide", why)
        for one in steps(item, self.unit.id, row.answer):
            if not self._is_known(item, one):
                yield from self._step(item, row, one)

    def _is_known(self, item: Item, one: Step) -> bool:
        """Tell whether a step was taken over already, or the ledger says the same of itself."""
        if one.digest in self._known:
            return True
        if one.op == "task.done":
            task = task_store.get(self.work.conn, item.code)
            days = [(step.title, step.done_on) for step in task.milestones] if task else []
            whole = (None, task.done_on if task else None)
            return (one.values.get("milestone"), one.on) in [*days, whole]
        return item.kind == DUTY and self._report_day(item) == one.shown

    def _report_day(self, item: Item) -> str | None:
        from db import duties

        known = duties.reports(self.work.conn)
        report = known.get((item.code, self.unit.id, item.term))
        return iso(report.submitted_on) or None if report else None

    def _step(self, item: Item, row: Given, one: Step) -> Iterator[store.Difference]:
        kind, refusal = "stale", self._changed(item)
        if refusal is not None:
            self._stale(item, row, one, refusal)
        else:
            kind, refusal = "refused", self._take(one)
            if refusal is None:
                self._known.add(one.digest)
                self.taken.append([*item.place, one.digest, self.work.appender.seq])
                return
            self._refuse(row, one.heading, refusal)
        yield self._pending(item, one, kind, refusal)

    def _take(self, one: Step) -> str | None:
        on: date = one.on or self.work.session.today
        if one.on is None and self.said.get("on"):
            on = self.said["on"]
        values: Record = dict(one.values)
        if one.op == "duty.submit":
            values |= {"unit": self.unit.name, "unit_id": self.unit.code}
        refusal = self._carry_out(self.work, self.unit.name, one.op, values, on, self.said)
        if refusal is None:
            self.result.applied[APPLIED[one.op]] += 1
        return refusal

    def _changed(self, item: Item) -> str | None:
        """Say what changed here since a row was sent; None where nothing did."""
        since = self.returned.sent_items[item.place].seen
        if item.kind == TASK:
            task = task_store.get(self.work.conn, item.code)
            if task is None or self.unit.id not in items.leading(self.work.conn, task):
                return "发表之后已改由别的单位牵头。"
            newest = store.task_touched(self.work.conn, task.id, since, self.unit.name)
        else:
            newest = store.report_touched(self.work.conn, self.unit.id, item.code, item.term, since)
        if not newest:
            return None
        op = store.op_of(self.work.conn, newest)
        title = OPERATIONS[op].title if op in OPERATIONS else op
        return f"发表之后台账已有变动（记录 {newest}：{title}）。"

    def _conflict(self, item: Item, rows: list[Given]) -> Iterator[store.Difference]:
        page = PAGES[item.kind]
        message = "同一项填了两份且不同，都没有采用；请单位确认后重报一份。"
        for heading in page.open:
            shown = [_text(row, heading == page.text, heading) for row in rows]
            if len(set(shown)) > 1:
                pairs = zip(rows, shown, strict=True)
                theirs = "；".join(f"{row.file}第{row.number}行：{text}" for row, text in pairs)
                for row in rows:
                    self._refuse(row, heading, message)
                yield self._difference(item, heading, "conflict", theirs, message)

    def _locked(self) -> Iterator[store.Difference]:
        """Find what the unit changed in the locked columns."""
        given = self.returned.given_items
        wanted = [self._sent[place] for place in given]
        session, sheet = self.work.session, self.returned.sheet
        now = items.now(session, sheet.period, self.unit.id, wanted)
        for item in wanted:
            last, ours = item.locked(), now[item].locked()
            for heading in PAGES[item.kind].locked:
                for row in given[item.place]:
                    theirs = row.locked.get(heading, last[heading])
                    if theirs != last[heading] and differs(theirs, last[heading], ours[heading]):
                        why = f"“{heading}”是锁定的栏目，改动不予采用。"
                        ways = (ours[heading], theirs, last[heading])
                        yield kept.item(sheet.id, item, heading, "locked", ways, why)
                        break

    def _pending(self, item: Item, one: Step, kind: str, why: str) -> store.Difference:
        ways = (self._ours(item, one), one.shown, None)
        step = kept.kept(one, self.work.session.today)
        return kept.item(self.returned.sheet.id, item, one.heading, kind, ways, why, step)

    def _ours(self, item: Item, one: Step) -> str | None:
        """Give what the ledger has for the column a step comes from."""
        if one.op == "task.progress":
            task = task_store.get(self.work.conn, item.code)
            return store.last_progress(self.work.conn, task.id) if task else None
        return self._report_day(item) if item.kind == DUTY else None

    def _difference(
        self, item: Item, heading: str, kind: str, theirs: str, why: str
    ) -> store.Difference:
        ways = (None, theirs, None)
        return kept.item(self.returned.sheet.id, item, heading, kind, ways, why)

    def _refuse(self, row: Given, column: str, message: str) -> None:
        found = {"file": row.file, "row": row.number, "column": column, "message": message}
        self.result.refused.append(found)

    def _stale(self, item: Item, row: Given, one: Step, why: str) -> None:
        self.result.stale.append(
            {
                "unit": self.unit.name,
                "unit_id": self.unit.code,
                "issue": item.code,
                "file": row.file,
                "row": row.number,
                "columns": [PAGES[item.kind].column(one.heading, item.term)],
                "why": why,
            }
        )


def _text(row: Given, is_text: bool, heading: str) -> str:
    if heading in row.answer.wrong:
        return row.answer.wrong[heading][0]
    return row.answer.progress if is_text else iso(row.answer.submitted_on)
