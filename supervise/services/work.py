"""The one way to write: an operation inside one transaction, appending events and their results."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from functools import cache
from importlib import import_module
from operator import attrgetter
from typing import Any

from db import events, issues, projection, search, transactions
from db.codec import issue_columns, plain, shift_row, span_row
from db.driver import Connection
from db.projection_many import project_issues
from supervise.domain.records import Issue
from supervise.errors import NotFound, Refused
from supervise.services.registry import COMMON, OPERATIONS, Operation
from supervise.services.session import Session

Record = dict[str, Any]
# How many issues are loaded together, where many steps follow one another.
AHEAD = 500
_COMMON_NAMES = frozenset(field.name for field in COMMON)


class Work:
    """One operation in progress: the facts it may read, and the log it appends to.

    `on`, `by`, `ref`, `note` are what the person said of it; `by` is None until a default applies.
    Where nobody reads what the loop's steps answer, `told` is False and they answer nothing.
    """

    def __init__(self, session: Session, appender: events.Appender, *, told: bool = True) -> None:
        self.session = session
        self.appender = appender
        self.told = told
        # Events of issues that wait to be written together, and what each changes.
        self._rows: list[tuple[object, ...]] = []
        self._changes: list[tuple[int, int, Record]] = []
        self._gathering = False
        # Issues loaded ahead, by code, as they are now.
        self._ahead: dict[str, Issue] = {}
        self.op = ""
        self.on: date = session.today
        self.by: str | None = None
        self.ref: str | None = None
        self.note: str | None = None
        self.on_given = False

    @property
    def conn(self) -> Connection:
        """The connection; whoever reads by it finds all that was written."""
        self._write()
        return self.session.conn

    @contextmanager
    def gathered(self) -> Iterator[None]:
        """Let steps of issues wait and be written together, at the latest at the end.

        For steps that read the ledger by `conn` alone, and are refused before they write.
        """
        self._gathering = True
        try:
            yield
        finally:
            self._gathering = False
        self._write()

    def _write(self) -> None:
        """Write the events that wait, and what they change."""
        if self._rows:
            self.appender.insert(self._rows)
            project_issues(self.session.conn, self._changes)
            self._rows, self._changes = [], []

    def begin(self, op: str, values: Mapping[str, Any]) -> None:
        """Take over the common fields of the next operation."""
        self.op = op
        self.on_given = values.get("on") is not None
        self.on = values.get("on") or self.session.today
        self.by = values.get("by")
        self.ref = values.get("ref")
        self.note = values.get("note")
        if self.on > self.session.today:
            raise Refused(
                f"日期 {self.on} 晚于今天 {self.session.today}：已发生的事不能记在将来。",
                code="future_date",
            )

    @property
    def actor(self) -> str:
        """Who decided or did it: as said, else the login name."""
        return self.by or self.session.recorder

    def not_future(self, label: str, day: date | None) -> None:
        """Refuse a date of something done that lies after today."""
        if day is not None and day > self.session.today:
            raise Refused(f"{label} {day} 晚于今天 {self.session.today}。", code="future_date")

    def beside(self, sql: str, row: Sequence[object]) -> None:
        """Write a row that lies beside the log, like who complained."""
        self.conn.execute(sql, row)

    def record(self, subject: str, subject_id: int, payload: Record) -> int:
        """Append one event and write its results; gives the event's number."""
        if subject == "issue" or "cascade" in payload:
            self._ahead.clear()
        return self._append(subject, subject_id, payload)

    def _append(self, subject: str, subject_id: int, payload: Record) -> int:
        if self.note:
            payload = {"note": self.note, **payload}
        row = self.appender.row(
            subject,
            subject_id,
            self.op,
            self.on,
            self.session.clock().isoformat(),
            self.actor,
            self.session.recorder,
            self.ref,
            payload,
        )
        if self._gathering and subject == "issue":
            self._rows.append(row)
            self._changes.append((subject_id, self.appender.seq, payload))
            return self.appender.seq
        conn = self.conn
        self.appender.insert([row])
        projection.project(conn, subject, subject_id, self.appender.seq, payload)
        return self.appender.seq

    def load_ahead(self, codes: Iterable[str]) -> None:
        """Load the issues of the next steps together; those loaded ahead before are let go."""
        self._ahead = issues.by_codes(self.conn, codes)

    def issue(self, code: str) -> Issue:
        """Load the issue a person named by its code. Raises NotFound."""
        wanted = code.strip()
        found = self._ahead.get(wanted) or issues.get(self.conn, wanted)
        if found is None:
            raise NotFound(f"没有编号为“{code}”的事项，请用 supervise issue list 查编号。")
        return found

    def save(self, before: Issue | None, after: Issue, **facts: Any) -> None:
        """Append the event that leads from one state of an issue to the next."""
        self._append("issue", after.id, {**issue_change(before, after), **facts})
        self.reindex(before, after)
        if after.code in self._ahead:
            self._ahead[after.code] = after

    def reindex(self, before: Issue | None, after: Issue) -> None:
        """Keep the search index in step with an issue's texts and unit."""
        if before is after:
            return
        if before is None or _searched(before) != _searched(after):
            index_issue(self.conn, after, new=before is None)

    def rewind(self) -> None:
        """Forget what was undone of an operation that was refused, where it had written at all."""
        written = self.appender.seq
        self._rows, self._changes = [], []
        self.appender.rewind()
        if self.appender.seq != written:
            self._ahead.clear()


class Rehearsal(Work):
    """An operation carried out by the same rules on the same facts, with nothing written.

    What would be written is left away, so that a connection that only reads is enough and nobody
    waits. A later operation does not see what an earlier one would have changed.
    """

    def beside(self, sql: str, row: Sequence[object]) -> None:
        """Write nothing."""

    def record(self, subject: str, subject_id: int, payload: Record) -> int:
        """Append nothing; gives the newest event's number."""
        return self.appender.seq

    def save(self, before: Issue | None, after: Issue, **facts: Any) -> None:
        """Change nothing."""

    def reindex(self, before: Issue | None, after: Issue) -> None:
        """Leave the search index alone."""


# The parts of an issue that its search text is made from.
_searched = attrgetter("code", "title", "detail", "unit_id", "source_no")


def index_issue(conn: Any, issue: Issue, *, new: bool) -> None:
    """Write an issue's search text: code, title, detail, ticket number and unit."""
    row = conn.execute("SELECT name FROM unit WHERE id = ?", (issue.unit_id,)).fetchone()
    text = search.body(
        issue.code, issue.title, issue.detail, issue.source_no, row[0] if row else None
    )
    search.index(conn, issue.id, text, new=new)


_STORED = issue_columns()[1:]
_stored = attrgetter(*_STORED)


def issue_change(before: Issue | None, after: Issue) -> Record:
    """Say what differs between two states of an issue, as an event's results.

    `set` holds the new values, `was` the old ones; `spans` and `shifts` stand whole when changed.
    """
    if before is after:
        return {"set": {}, "was": {}}
    new = zip(_STORED, _stored(after), strict=True)
    if before is None:
        values = {name: plain(value) for name, value in new}
        return {"set": values, "new": True, "spans": [span_row(span) for span in after.spans]}
    payload: Record = {"set": {}, "was": {}}
    for (name, value), old in zip(new, _stored(before), strict=True):
        if value is not old and value != old:
            payload["set"][name], payload["was"][name] = plain(value), plain(old)
    if before.spans != after.spans:
        payload["spans"] = [span_row(span) for span in after.spans]
    if before.shifts != after.shifts:
        payload["shifts"] = [shift_row(shift) for shift in after.shifts]
    return payload


@contextmanager
def working(session: Session, *, keep: bool = True, told: bool = True) -> Iterator[Work]:
    """Hold one write transaction for one operation or many: all or nothing.

    With `keep=False` nothing stays: what would happen was tried, and is undone. `told=False`:
    nobody reads what the loop's steps answer.
    """
    with transactions.writing(session.conn, session.path, session.waiting, keep=keep):
        yield Work(session, events.Appender(session.conn), told=told)
    session.forget("pack", "calendar")


@contextmanager
def rehearsing(session: Session) -> Iterator[Rehearsal]:
    """Try operations without writing, all on the ledger as it is at one moment."""
    with transactions.snapshot(session.conn):
        yield Rehearsal(session, events.Appender(session.conn))


@contextmanager
def tentative(work: Work) -> Iterator[None]:
    """Undo one operation among many when it is refused, and it alone."""
    try:
        with transactions.savepoint(work.conn):
            yield
    except BaseException:
        work.rewind()
        raise


@cache
def _function(run: str) -> Callable[..., Record]:
    module, _, name = run.partition(":")
    found: Callable[..., Record] = getattr(import_module(module), name)
    return found


def _call(work: Work, op: Operation, values: Mapping[str, Any]) -> Record:
    arguments = {
        key: value
        for key, value in values.items()
        if key not in _COMMON_NAMES and value is not None
    }
    return _function(op.run)(work, **arguments)


def step(work: Work, name: str, values: Mapping[str, Any], *, seen: int | None = None) -> Record:
    """Carry out one operation inside a transaction already held.

    `seen` is the newest event of the subject that the user knows of: where there are newer ones,
    ChangedMeanwhile says what they were.
    """
    if seen is not None:
        import_module("supervise.services.meanwhile").require(work, name, values, seen)
    work.begin(name, values)
    return _call(work, OPERATIONS[name], values)


def perform(
    session: Session, name: str, values: Mapping[str, Any], *, seen: int | None = None
) -> Record:
    """Carry out one operation in a transaction of its own; gives the record it changed.

    `values` are typed (see `arguments.typed`): the operation's fields and `on by ref note`.
    Raises Refused or BadInput when a rule or the data says no, ChangedMeanwhile when the subject
    has events newer than `seen`, LedgerError when the file does; nothing has changed then.
    Warnings are left in `session.warnings`.
    """
    with working(session) as work:
        return step(work, name, values, seen=seen)
