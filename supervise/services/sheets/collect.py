"""收表: what units wrote into their sheets, taken over by the ordinary operations or told apart.

Only progress, handing in and asking for a later date are taken over; never a review, a closing or
a date of ours. A row whose issue changed here since it was sent is told of, not taken over.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from db import sheet_items as item_store
from db import sheets as store
from supervise.domain.sheets import HARMLESS
from supervise.services.file_runs import Progress, silent
from supervise.services.session import Session
from supervise.services.sheets import differences as kept
from supervise.services.sheets.collect_issues import IssuesTaken
from supervise.services.sheets.collect_items import ItemsTaken
from supervise.services.sheets.matching import Foreign, Matched, Returned, match
from supervise.services.sheets.outcome import Collection, told
from supervise.services.sheets.reading import File, found_files, read_files
from supervise.services.sheets.status import asking, owing
from supervise.services.sheets.taking import Taking
from supervise.services.work import Record, Work, working
from supervise.text import first_of

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
    `dry_run` nothing is changed. Raises BadInput where one of the paths is no table, or a
    folder without any.
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
        empty = list(dict.fromkeys(done.empty))
        work.session.warn(
            f"{first_of(empty, _NAMED)} {len(empty)} 家的表原样退回、没有填写，视同未报。"
        )
    return done.result


class _Collecting:
    """One collecting under way, sheet by sheet."""

    def __init__(self, work: Work, matched: Matched, said: dict[str, Any]) -> None:
        self.result = Collection(matched.files, matched.rows)
        # Units whose sheet, with something to fill in, came in as it was sent: that is no report.
        self.empty: list[str] = []
        self._work, self._matched, self._said = work, matched, said
        self._taking = Taking(work, said, work.on, self.result)
        every = (row.seen for one in matched.sheets.values() for row in one.sent.values())
        since = min(every, default=work.appender.seq)
        self._asking = asking(work.conn, (one.sheet for one in matched.sheets.values()))
        self._touched = store.touched(work.conn, since, HARMLESS)
        # What was taken over already, by month.
        periods = {one.sheet.period for one in matched.sheets.values()}
        self._known = {period: store.taken(work.conn, period) for period in periods}
        self._items_known = {
            period: item_store.items_taken(work.conn, period) for period in periods
        }

    def run(self, progress: Progress) -> None:
        """Take over sheet by sheet, then say what is left."""
        for number, returned in enumerate(self._matched.sheets.values(), 1):
            self._sheet(returned)
            progress("采用", number, len(self._matched.sheets))
        for one in self._matched.foreign:
            self._foreign(one)
        for file in self._matched.problems:
            self.result.refuse(file.name, None, None, file.problem or "")
        self.result.missing = self._missing()

    def _sheet(self, returned: Returned) -> None:
        sheet, strange = returned.sheet, self._matched.foreign
        issues = IssuesTaken(self._taking, returned, self._touched, self._known[sheet.period])
        found = list(issues.run())
        found += kept.locked(self._work.conn, returned)
        found += kept.foreign(one for one in strange if one.sheet == sheet)
        items = ItemsTaken(self._taking, returned, self._items_known[sheet.period])
        found += items.run()
        payload: Record = {}
        if issues.taken:
            payload |= {"taken": issues.taken, "seen": issues.seen}
        if items.taken:
            payload["items_taken"] = items.taken
        self._keep(returned, found, payload)

    def _keep(self, returned: Returned, found: list[store.Difference], payload: Record) -> None:
        """Record what came of a sheet; one that says nothing new leaves no trace."""
        sheet = returned.sheet
        before = store.differences(self._work.conn, [sheet.id])
        every = [row for rows in returned.given.values() for row in rows]
        every += [row for rows in returned.given_items.values() for row in rows]
        after: list[store.Difference] = []
        if before or found:
            strange = [one.given for one in self._matched.foreign if one.sheet == sheet]
            codes = {(row.kind, row.code) for row in (*every, *strange)}
            after = kept.merged(before, found, codes)
            self._tell(sheet, [one for one in after if (one.page, one.code) in codes])
        if not after and all(row.answer.empty for row in every):
            if sheet.id in self._asking:
                self.empty.append(self._taking.unit(sheet.unit_id).name)
        elif sheet.received_on is None:
            received = self._taking.on.isoformat()
            payload["set"] = {"received_on": received, "file": returned.files[0]}
        if after != before:
            payload["differences"] = kept.stored(after)
        if payload:
            self._work.begin("sheet.collect", self._said)
            self._work.record("sheet", sheet.id, payload)

    def _tell(self, sheet: store.Sheet, found: Sequence[store.Difference]) -> None:
        unit = self._taking.unit(sheet.unit_id).name
        for one in found:
            if one.kind != "stale" and one.status != "accepted":
                self.result.differences.append(told(one, unit))

    def _foreign(self, one: Foreign) -> None:
        given = one.given
        column = kept.heading_of(given)
        self._taking.refuse(given, column, f"{given.code or '（空）'}：{one.message}")
        if one.sheet is None:
            theirs = given.title
            row = {"unit": one.ours, "issue": given.code, "column": column}
            ways = {"ours": one.ours, "theirs": theirs, "last": None}
            self.result.differences.append({**row, **ways})

    def _missing(self) -> list[str]:
        """Name, each once, the units whose sheet of one of these months has not come back."""
        conn = self._work.conn
        periods = sorted({one.sheet.period for one in self._matched.sheets.values()})
        periods = periods or store.periods(conn)[:1]
        owing_units = (
            unit_id
            for period in periods
            for unit_id, back in owing(conn, period).items()
            if back is None
        )
        return [self._taking.unit(unit_id).name for unit_id in dict.fromkeys(owing_units)]
