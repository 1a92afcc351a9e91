"""Which papers, data and events belong to the archive of a month.

The periods of keeping are those of 《机关文件材料归档范围和文书档案保管期限规定》, given
to each kind by the office's own setting: what names a unit or asks for an interview is kept for
ever, its grounds 30 years, forms 10. Referrals to discipline inspection are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from db import archive as store
from db import clearances, events
from db import ladder as ladder_store
from db.issue_lists import Filter
from supervise.domain.dates import period_end, period_start
from supervise.domain.ladder_records import Interview, Notice
from supervise.errors import Refused
from supervise.reports import exports, ledger_lists, papers
from supervise.reports.archive import Contents, Item
from supervise.reports.document import count_missing
from supervise.reports.words import read_date
from supervise.services import issue_records, notice_records
from supervise.services.ledger import is_demo
from supervise.services.session import Session

FOREVER, LONG, SHORT = "永久", "30年", "10年"
_OF_MONTH = (
    ("notice", FOREVER),
    ("basis", LONG),
    ("dossier", LONG),
    ("check", SHORT),
    ("routing", LONG),
    ("brief", LONG),
    ("reminder", SHORT),
)
# Each with the step whose date says to which month it belongs.
_OF_INTERVIEW = (
    ("request", FOREVER, "submitted_on"),
    ("memo", LONG, "submitted_on"),
    ("summons", LONG, "approved_on"),
    ("minutes", FOREVER, "held_on"),
    ("record", LONG, "closed_on"),
)
_OF_ISSUE = (("closing", LONG), ("file", LONG))
PAPERS: tuple[tuple[str, ...], ...] = (*_OF_MONTH, *_OF_INTERVIEW, *_OF_ISSUE)


class Month:
    """The archive of one month: its issued notice, and what happened in its days.

    Raises Refused where the month's notice is not issued.
    """

    def __init__(self, session: Session, period: str) -> None:
        self.session = session
        self.period = period
        self.first, self.last = period_start(period), period_end(period)
        self.notice: Notice = notice_records.find(session, period)
        if self.notice.issued_on is None:
            raise Refused(
                f"{period} 的通报还没有签发，不能归档；"
                f"请先签发（supervise notice issue {period}）。",
                code="not_issued",
            )
        self.issued_on: date = self.notice.issued_on
        self._left_out: list[str] = []

    def contents(self) -> Contents:
        """Gather everything that goes into the package."""
        items = tuple(self._items())
        session = self.session
        return Contents(
            self.period,
            session.today,
            events.head_code(session.conn),
            items,
            tuple(self._data()),
            tuple(events.rows_of(session.conn, self._subjects())),
            tuple(self._left_out),
            is_demo(session),
            tuple(notice_records.changes_since_issue(self.notice)),
        )

    def _items(self) -> Iterator[Item]:
        for key, kept in _OF_MONTH:
            yield from self._made(key, self.period, kept, self.issued_on)
        for interview in self._interviews:
            for key, kept, step in _OF_INTERVIEW:
                day = getattr(interview, step)
                if self._within(day):
                    yield from self._made(key, str(interview.id), kept, day)
        for code, closed_on in self._closed:
            for key, kept in _OF_ISSUE:
                yield from self._made(key, code, kept, closed_on)

    def _made(self, key: str, subject: str, kept: str, day: date) -> Iterator[Item]:
        """Make the papers of a kind; where there is nothing to print, remember why."""
        try:
            made = papers.documents(self.session, key, (subject,))
        except Refused as error:
            if error.code == "does_not_add_up":
                raise
            self._left_out.append(f"{papers.find(key).title}（{subject}）：{error.message}")
            return
        office, paper = self.session.pack.city.office, papers.find(key)
        for stem, document in made:
            dated = read_date(document.date or "") or day
            about = stem.removeprefix(f"{paper.title}_") if paper.each else ""
            yield Item(stem, document, office, dated, kept, about)

    def _within(self, day: date | None) -> bool:
        return day is not None and self.first <= day <= self.last

    @property
    def _interviews(self) -> list[Interview]:
        steps = {step for _, _, step in _OF_INTERVIEW}
        return [
            one
            for one in ladder_store.interviews(self.session.conn)
            if any(self._within(getattr(one, step)) for step in steps)
        ]

    @property
    def _closed(self) -> list[tuple[str, date]]:
        return store.closed_between(self.session.conn, self.first, self.last)

    def _data(self) -> Iterator[tuple[str, bytes]]:
        session = self.session
        record = notice_records.notice_record(session, self.notice)
        yield "通报.json", exports.json_bytes(record)
        chosen = Filter(as_of=self.notice.cutoff)
        listed = list(issue_records.listing(session, chosen))
        code = events.head_code(session.conn)
        listing = ledger_lists.ledger_list(
            "issues", listed, len(listed), self.notice.cutoff, code, demo=is_demo(session)
        )
        for ending in (".xlsx", ".json"):
            yield f"问题清单{ending}", exports.write(listing, ending)

    def _subjects(self) -> dict[str, list[int]]:
        """Give whose events the audit extract holds: never those of referrals."""
        conn = self.session.conn
        codes = {code for e in self.notice.entries for r in e.reasons for code in r.issues}
        codes |= {code for code, _ in self._closed}
        year, month = map(int, self.period.split("-"))
        return {
            "notice": [self.notice.id],
            "explanation": [self.notice.id],
            "month": [year * 100 + month],
            "interview": [one.id for one in self._interviews],
            "clearance": [one.id for one in clearances.every(conn) if self._within(one.on)],
            "issue": store.ids_of(conn, codes),
            "unit": [entry.unit_id for entry in self.notice.entries],
        }


def record_of(files: dict[str, bytes], contents: Contents, to: str, code: str) -> dict[str, Any]:
    """Give the `archive` record: where it is, what is in it, and the SHA-256 of its manifest."""
    return {
        "file": to,
        "period": contents.period,
        "items": len(contents.items),
        "files": len(files),
        "events": len(contents.events),
        "missing": sum(count_missing(item.document) for item in contents.items),
        "left_out": list(contents.left_out),
        "manifest": code,
    }
