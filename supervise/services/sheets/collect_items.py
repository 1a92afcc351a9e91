"""收表 of the pages 任务 and 报送: progress and reports taken over, the rest told apart."""

from __future__ import annotations

from collections.abc import Iterator

from db import duties
from db import sheet_items as item_store
from db import sheets as store
from db import tasks as task_store
from supervise.domain.sheet_pages import DUTY, PAGES, TASK, Item, faults, finished, steps
from supervise.domain.sheets import Step, conflicting, differs, iso
from supervise.services.sheets import differences as kept
from supervise.services.sheets import items
from supervise.services.sheets.given import Given
from supervise.services.sheets.matching import Returned
from supervise.services.sheets.taking import Taking


class ItemsTaken:
    """The tasks and reports of one sheet under way; `taken` is what its event carries.

    `known` is what was taken over already in the month.
    """

    def __init__(self, taking: Taking, returned: Returned, known: set[str]) -> None:
        self.taken: list[list[object]] = []
        self._taking, self._work = taking, taking.work
        self._returned, self._known = returned, known
        self._unit = taking.unit(returned.sheet.unit_id)
        self._sent = {
            place: Item(*place, sent.cells) for place, sent in returned.sent_items.items()
        }

    def run(self) -> Iterator[store.Difference]:
        """Take over row by row; gives what was not."""
        given = self._returned.given_items
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
            self._taking.refuse(row, bad.heading, bad.message)
            yield self._difference(item, bad.heading, "refused", bad.shown, bad.message)
        done = finished(item, self._unit.id, row.answer)
        if done is not None and not self._is_known(item, done):
            why = "是否完成由发表单位核实后定：可采纳，即记为完成；不采纳的记为已阅。"
            yield self._pending(item, done, "decide", why)
        for one in steps(item, self._unit.id, row.answer):
            if not self._is_known(item, one):
                yield from self._step(item, row, one)

    def _is_known(self, item: Item, one: Step) -> bool:
        """Tell whether a step was taken over already, or the ledger says the same of itself."""
        if one.digest in self._known:
            return True
        if one.op == "task.done":
            task = task_store.get(self._work.conn, item.code)
            days = [(step.title, step.done_on) for step in task.milestones] if task else []
            whole = (None, task.done_on if task else None)
            return (one.values.get("milestone"), one.on) in [*days, whole]
        return item.kind == DUTY and self._report_day(item) == one.shown

    def _report_day(self, item: Item) -> str | None:
        return duties.reported_on(self._work.conn, item.code, self._unit.id, item.term)

    def _step(self, item: Item, row: Given, one: Step) -> Iterator[store.Difference]:
        kind, refusal = "stale", self._changed(item)
        if refusal is not None:
            column = PAGES[item.kind].column(one.heading, item.term)
            self._taking.stale(self._unit, item.code, row, [column], refusal)
        else:
            kind, refusal = "refused", self._take(one)
            if refusal is None:
                self._known.add(one.digest)
                self.taken.append([*item.place, one.digest, self._work.appender.seq])
                return
            self._taking.refuse(row, one.heading, refusal)
        yield self._pending(item, one, kind, refusal)

    def _take(self, one: Step) -> str | None:
        """Carry one step out; gives the sentence that refuses it."""
        whose = {"unit": self._unit.name, "unit_id": self._unit.code}
        more = whose if one.op == "duty.submit" else {}
        return self._taking.take(self._unit.name, one, more, one.on or self._taking.on)

    def _changed(self, item: Item) -> str | None:
        """Say what changed here since a row was sent; None where nothing did."""
        since = self._returned.sent_items[item.place].seen
        if item.kind == TASK:
            task = task_store.get(self._work.conn, item.code)
            if task is None or self._unit.id not in items.leading(self._work.conn, task):
                return "发表之后已改由别的单位牵头。"
            newest = item_store.task_touched(self._work.conn, task.id, since, self._unit.name)
        else:
            newest = item_store.report_touched(
                self._work.conn, self._unit.id, item.code, item.term, since
            )
        return self._taking.changed(newest) if newest else None

    def _conflict(self, item: Item, rows: list[Given]) -> Iterator[store.Difference]:
        page = PAGES[item.kind]
        message = "同一项填了两份且不同，都没有采用；请单位确认后重报一份。"
        for heading in page.open:
            shown = [_text(row, heading == page.text, heading) for row in rows]
            if len(set(shown)) > 1:
                pairs = zip(rows, shown, strict=True)
                theirs = "；".join(f"{row.file}第{row.number}行：{text}" for row, text in pairs)
                for row in rows:
                    self._taking.refuse(row, heading, message)
                yield self._difference(item, heading, "conflict", theirs, message)

    def _locked(self) -> Iterator[store.Difference]:
        """Find what the unit changed in the locked columns."""
        given = self._returned.given_items
        wanted = [self._sent[place] for place in given]
        session, sheet = self._work.session, self._returned.sheet
        now = items.now(session, sheet.period, self._unit.id, wanted)
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
        step = kept.kept(one, self._taking.on)
        return kept.item(self._returned.sheet.id, item, one.heading, kind, ways, why, step)

    def _ours(self, item: Item, one: Step) -> str | None:
        """Give what the ledger has for the column a step comes from."""
        if one.op == "task.progress":
            task = task_store.get(self._work.conn, item.code)
            return item_store.last_progress(self._work.conn, task.id) if task else None
        return self._report_day(item) if item.kind == DUTY else None

    def _difference(
        self, item: Item, heading: str, kind: str, theirs: str, why: str
    ) -> store.Difference:
        ways = (None, theirs, None)
        return kept.item(self._returned.sheet.id, item, heading, kind, ways, why)


def _text(row: Given, is_text: bool, heading: str) -> str:
    if heading in row.answer.wrong:
        return row.answer.wrong[heading][0]
    return row.answer.progress if is_text else iso(row.answer.submitted_on)
