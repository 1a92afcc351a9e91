"""The rows of an import on their way into the ledger: numbered, chained, inserted together."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from operator import itemgetter
from typing import Any

from db import ids, imports, parties, projection, search
from db.codec import canonical
from supervise.services.work import Work

_BLANK = {**dict.fromkeys(imports.ISSUE_COLUMNS), "co_units": "[]", "has_party": 0}
_in_order = itemgetter(*imports.ISSUE_COLUMNS)


class Codes:
    """Hands out generated codes, one series a year."""

    def __init__(self, work: Work) -> None:
        self._work = work
        self._years: dict[int, tuple[str, int]] = {}

    def next(self, found: date) -> str:
        """Give the next free code of a year."""
        stem, number = self._years.get(found.year) or ids.next_code(
            self._work.conn, self._work.session.pack.code_prefix, found.year
        )
        self._years[found.year] = (stem, number + 1)
        return f"{stem}{number:04d}"


class Bulk:
    """Rows chained but not yet inserted, table by table."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._stamp = clock().isoformat()
        self.events: list[tuple[object, ...]] = []
        self.issues: list[tuple[Any, ...]] = []
        self.spans: list[tuple[Any, ...]] = []
        self.parties: list[tuple[object, ...]] = []
        self.imported: list[tuple[Any, ...]] = []
        self.texts: list[tuple[int, str]] = []

    def add(self, work: Work, issue_id: int, on: date, payload: dict[str, Any], text: str) -> None:
        """Chain one new issue's event and keep the rows that its projection would write."""
        session = work.session
        self.events.append(
            work.appender.row(
                "issue",
                issue_id,
                "import",
                on,
                self._stamp,
                work.actor,
                session.recorder,
                work.ref,
                payload,
            )
        )
        values = payload["set"]
        row = {**_BLANK, **values, "id": issue_id}
        if "co_units" in values:
            row["co_units"] = canonical(values["co_units"])
        self.issues.append(_in_order(row))
        self.spans.extend((issue_id, no, *span) for no, span in enumerate(payload["spans"]))
        self.imported.append((payload["key"], issue_id, payload["digest"]))
        self.texts.append((issue_id, text))

    def insert(self, work: Work) -> None:
        """Insert what was kept, and start again."""
        conn = work.conn
        work.appender.insert(self.events)
        imports.insert_issues(conn, self.issues)
        conn.executemany(projection.SPAN_SQL, self.spans)
        conn.executemany(parties.INSERT, self.parties)
        conn.executemany(projection.IMPORTED_SQL, self.imported)
        conn.executemany(search.INSERT, self.texts)
        for rows in (self.events, self.issues, self.spans, self.parties, self.imported, self.texts):
            rows.clear()
