"""The units' sheets: what there is to send, what was sent, what of it came back."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from db import parties
from db.codec import STAGES, day
from db.driver import Connection
from db.parties import Party
from supervise.domain.records import Stage


class OpenIssue(NamedTuple):
    """An issue a unit has in hand, with who complained as far as the ledger knows.

    `others` complained of issues joined to this one; `party_digest` stands for all of them.
    """

    id: int
    code: str
    title: str
    detail: str | None
    assigned_on: str | None
    due_on: str | None
    stage: str
    unit_id: int | None
    moved_on: str
    submitted_on: str | None
    party: str | None
    contact: str | None
    disclosure: str | None
    party_digest: str | None
    others: tuple[Party, ...] = ()

    @property
    def complainants(self) -> tuple[Party, ...]:
        """Who complained, of the issue itself first."""
        if self.disclosure is None:
            return self.others
        return (Party(self.party, self.contact, self.disclosure), *self.others)


_COLUMNS = (
    "i.id, i.code, i.title, i.detail, i.assigned_on, i.due_on, i.stage, i.unit_id,"
    " i.moved_on, i.submitted_on, p.name, p.contact, p.disclosure, p.digest"
)
_ISSUES = f"SELECT {_COLUMNS} FROM issue i LEFT JOIN party p ON p.issue_id = i.id"
_IN_HAND = (
    f"{_ISSUES} WHERE i.stage IN ('rectify', 'review', 'feedback') AND i.unit_id IS NOT NULL"
    " ORDER BY i.unit_id, i.stage <> 'rectify', i.due_on IS NULL, i.due_on, i.code"
)
_SOME = f"{_ISSUES} WHERE i.id IN (SELECT value FROM json_each(?))"


def in_hand(conn: Connection) -> list[OpenIssue]:
    """List by unit the issues in 整改, 复核 or 反馈: those to be put right first, by due date."""
    return _joined(conn, (OpenIssue(*row) for row in conn.execute(_IN_HAND)))


def some(conn: Connection, ids: Iterable[int]) -> dict[int, OpenIssue]:
    """Give issues by id as they stand now, whatever their stage."""
    rows = conn.execute(_SOME, (json.dumps(list(ids)),))
    return {one.id: one for one in _joined(conn, (OpenIssue(*row) for row in rows))}


def _joined(conn: Connection, found: Iterable[OpenIssue]) -> list[OpenIssue]:
    """Put beside issues who complained of those joined to them."""
    known = parties.joined(conn)
    return [_with(one, known[one.id]) if one.id in known else one for one in found]


def _with(issue: OpenIssue, known: Sequence[tuple[Party, str]]) -> OpenIssue:
    digests = filter(None, (issue.party_digest, *(value for _, value in known)))
    others = tuple(one for one, _ in known)
    return issue._replace(others=others, party_digest="+".join(digests))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One workbook sent to a unit for a month, and when it came back.

    `key` stands for what it holds; `head` is the 台账校验码 printed in it; `seen` the newest
    event known when it was made.
    """

    id: int
    period: str
    unit_id: int
    key: str
    head: str
    seen: int
    row_count: int
    sent_on: date
    received_on: date | None
    file: str | None


_SHEET = "id, period, unit_id, key, head, seen, row_count, sent_on, received_on, file"


def _sheet(row: Sequence[Any]) -> Sheet:
    sent = day(row[7])
    assert sent is not None
    key, period, unit_id, known, head, seen, count = row[:7]
    return Sheet(
        key, period, unit_id, known, head, seen, count, sent, received_on=day(row[8]), file=row[9]
    )


def of_period(conn: Connection, period: str) -> list[Sheet]:
    """List the sheets of a month in the order they were sent."""
    rows = conn.execute(f"SELECT {_SHEET} FROM sheet WHERE period = ? ORDER BY id", (period,))
    return list(map(_sheet, rows))


def by_key(conn: Connection, key: str) -> Sheet | None:
    """Give the sheet that a workbook's key stands for."""
    row = conn.execute(
        f"SELECT {_SHEET} FROM sheet WHERE key = ? ORDER BY id DESC LIMIT 1", (key,)
    ).fetchone()
    return _sheet(row) if row else None


def newest_with(conn: Connection, codes: Iterable[str]) -> dict[str, Sheet]:
    """Give for each code the sheet that its issue was sent in last."""
    rows = conn.execute(
        f"SELECT i.code, {', '.join(f's.{name}' for name in _SHEET.split(', '))}"
        " FROM json_each(?) w JOIN issue i ON i.code = w.value"
        " JOIN sheet_row r ON r.issue_id = i.id JOIN sheet s ON s.id = r.sheet_id ORDER BY s.id",
        (json.dumps(list(codes)),),
    )
    return {row[0]: _sheet(row[1:]) for row in rows}


def came_back(conn: Connection, period: str) -> dict[int, Sheet | None]:
    """Give for each unit that was sent a sheet the one that came back; None where none did."""
    found: dict[int, Sheet | None] = {}
    for sheet in of_period(conn, period):
        found[sheet.unit_id] = sheet if sheet.received_on else found.get(sheet.unit_id)
    return found


def names(conn: Connection, ids: Iterable[int]) -> dict[int, tuple[str, str]]:
    """Give month and unit of some sheets."""
    rows = conn.execute(
        "SELECT s.id, s.period, u.name FROM sheet s JOIN unit u ON u.id = s.unit_id"
        " WHERE s.id IN (SELECT value FROM json_each(?))",
        (json.dumps(list(ids)),),
    )
    return {row[0]: (row[1], row[2]) for row in rows}


def periods(conn: Connection) -> list[str]:
    """List the months for which sheets were sent, newest first."""
    return [row[0] for row in conn.execute("SELECT DISTINCT period FROM sheet ORDER BY 1 DESC")]


class SentRow(NamedTuple):
    """One row as it was sent; `seen` is the newest event of its issue that is accounted for."""

    issue_id: int
    digest: str
    stage: Stage
    assigned_on: str | None
    due_on: str | None
    seen: int


def rows_of(conn: Connection, sheet_id: int) -> dict[int, SentRow]:
    """Give the rows of a sheet by their issues."""
    rows = conn.execute(
        "SELECT issue_id, digest, stage, assigned_on, due_on, seen FROM sheet_row"
        " WHERE sheet_id = ?",
        (sheet_id,),
    )
    return {row[0]: SentRow(row[0], row[1], STAGES[row[2]], *row[3:]) for row in rows}


def taken(conn: Connection, period: str) -> set[tuple[int, str]]:
    """List what was taken over already in a month: issue and digest of the step."""
    rows = conn.execute("SELECT issue_id, digest FROM sheet_taken WHERE period = ?", (period,))
    return {(row[0], row[1]) for row in rows}


def touched(conn: Connection, since: int, harmless: Iterable[str]) -> dict[int, int]:
    """Give the newest event after `since` of each issue that has one, the harmless left out."""
    rows = conn.execute(
        "SELECT subject_id, max(seq) FROM event WHERE seq > ? AND +subject = 'issue'"
        " AND op NOT IN (SELECT value FROM json_each(?)) GROUP BY subject_id",
        (since, json.dumps(sorted(harmless))),
    )
    return dict(rows.fetchall())


class Difference(NamedTuple):
    """One difference of a sheet as it is kept; `step` is the operation accepting it would do."""

    sheet_id: int
    code: str
    heading: str
    kind: str
    ours: str | None
    theirs: str | None
    last: str | None
    message: str
    step: dict[str, Any] | None
    status: str
    page: str = "issue"


_DIFFERENCE = "sheet_id, code, heading, kind, ours, theirs, last, message, step, status, page"


def _difference(row: Sequence[Any]) -> Difference:
    step = json.loads(row[8]) if row[8] else None
    return Difference._make((*row[:8], step, *row[9:]))


def differences(conn: Connection, sheet_ids: Iterable[int]) -> list[Difference]:
    """List the differences of some sheets, in the order of the sheets and codes."""
    rows = conn.execute(
        f"SELECT {_DIFFERENCE} FROM sheet_difference"
        " WHERE sheet_id IN (SELECT value FROM json_each(?))"
        " ORDER BY sheet_id, page <> 'issue', page, code, heading",
        (json.dumps(list(sheet_ids)),),
    )
    return list(map(_difference, rows))


def sent(conn: Connection, since: date, until: date) -> list[tuple[int, date, str]]:
    """List the sheets sent between two days: to which unit, on which day, of which month."""
    rows = conn.execute(
        "SELECT unit_id, sent_on, period FROM sheet WHERE sent_on BETWEEN ? AND ? ORDER BY id",
        (since.isoformat(), until.isoformat()),
    )
    return [(unit_id, date.fromisoformat(on), period) for unit_id, on, period in rows]


def holders(conn: Connection, codes: Iterable[str]) -> dict[str, str | None]:
    """Give of the codes that there are which unit holds the issue."""
    rows = conn.execute(
        "SELECT i.code, u.name FROM json_each(?) w JOIN issue i ON i.code = w.value"
        " LEFT JOIN unit u ON u.id = i.unit_id",
        (json.dumps(list(codes)),),
    )
    return dict(rows.fetchall())


def last_note(conn: Connection, issue_id: int) -> str | None:
    """Give what was last reported of an issue; None when nothing was."""
    row = conn.execute(
        "SELECT payload FROM event WHERE subject = 'issue' AND subject_id = ?"
        " AND op = 'issue.progress' ORDER BY seq DESC LIMIT 1",
        (issue_id,),
    ).fetchone()
    return json.loads(row[0]).get("note") if row else None


def op_of(conn: Connection, seq: int) -> str:
    """Give the operation of one event; empty when there is no such event."""
    row = conn.execute("SELECT op FROM event WHERE seq = ?", (seq,)).fetchone()
    return row[0] if row else ""


def newest_with_item(conn: Connection, page: str, code: str) -> dict[int, Sheet]:
    """Give by unit the sheet that a task or a report was sent in last."""
    rows = conn.execute(
        f"SELECT {', '.join(f's.{name}' for name in _SHEET.split(', '))} FROM sheet s"
        " WHERE EXISTS (SELECT 1 FROM sheet_item i WHERE i.sheet_id = s.id AND i.page = ?"
        " AND i.code = ?) ORDER BY s.id",
        (page, code),
    )
    return {sheet.unit_id: sheet for sheet in map(_sheet, rows)}
