"""Sheets out and back for 60 units of 500 issues each, beside the bare work of each way.

A sheet is filled in as units do: progress in every third row, an issue handed in in every tenth.
"""

from __future__ import annotations

import hashlib
import json
import random
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import Ratio, ledgers, medians, seconds
from db import events, transactions
from db.driver import Connection
from db.imports import INSERT, ISSUE_COLUMNS
from db.projection import SPAN_SQL
from supervise.domain import sheets as rules
from supervise.reports import unit_sheets
from supervise.services import ledger
from supervise.services.session import Session
from supervise.services.sheets import collect

UNITS, ISSUES = 60, 500
ROUNDS = 3
PERIOD = ledgers.TODAY.isoformat()[:7]
_CHARACTERS = [chr(number) for number in range(0x4E00, 0x9000, 13)]
_ASSIGNED = date(2024, 12, 2)


def run() -> list[Ratio]:
    """Send and collect 30,000 rows in 60 files, each in turn with its floor."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        base = folder / "base.db"
        _fill(base)
        size = f"{UNITS} units × {ISSUES} issues"
        mine, theirs = medians(
            partial(_send, base, folder), partial(_write_bare, base, folder), rounds=ROUNDS
        )
        sent = Ratio(f"sheet send for {size}, beside writing the workbooks", mine, theirs, aim=2.0)
        back = folder / "back"
        _filled_in(base, folder, back)
        mine, theirs = medians(
            partial(_collect, base, back), partial(_collect_bare, base, back), rounds=ROUNDS
        )
        name = f"sheet collect from {size}, beside bare reading, queries, hashes and writing"
        return [sent, Ratio(name, mine, theirs, aim=2.0)]


def _text(chance: random.Random, length: int) -> str:
    return "".join(chance.choices(_CHARACTERS, k=length))


def _fill(path: Path) -> None:
    """Make a ledger in which every unit has its issues to put right."""
    ledger.create(path, today=ledgers.TODAY)
    chance = random.Random(7)
    with ledgers.opened(path) as session, transactions.writing(session.conn, path):
        _units(session.conn)
        blank: dict[str, Any] = dict.fromkeys(ISSUE_COLUMNS)
        for number in range(1, UNITS * ISSUES + 1):
            unit = (number - 1) // ISSUES + 1
            due = (_ASSIGNED + timedelta(days=number % 60)).isoformat()
            row = blank | {
                "id": number,
                "code": f"JM-2024-{number:05d}",
                "title": _text(chance, 24),
                "stage": "rectify",
                "moved_on": _ASSIGNED.isoformat(),
                "found_on": _ASSIGNED.isoformat(),
                "detail": _text(chance, 80),
                "unit_id": unit,
                "co_units": "[]",
                "has_party": 0,
                "assigned_on": _ASSIGNED.isoformat(),
                "due_on": due,
                "original_due_on": due,
                "imported": 0,
            }
            session.conn.execute(INSERT, tuple(row.values()))
            span = (number, 0, "rectify", unit, _ASSIGNED.isoformat(), due, None, None)
            session.conn.execute(SPAN_SQL, span)


def _units(conn: Connection) -> None:
    for n in range(1, UNITS + 1):
        name = ledgers.unit_name(n)
        conn.execute(
            "INSERT INTO unit (id, code, name, kind, sort_order, subject_id)"
            " VALUES (?, ?, ?, '市直部门', ?, ?)",
            (n, ledgers.unit_code(n), name, n, n),
        )
        conn.execute("INSERT INTO unit_name (unit_id, key, name) VALUES (?, ?, ?)", (n, name, name))


@contextmanager
def _copy(base: Path) -> Iterator[Session]:
    """Open a copy of a ledger, on the disk before the clock starts."""
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ledger.db"
        shutil.copy(base, path)
        with ledgers.opened(path) as session:
            assert session.conn
            yield session


def _send(base: Path, folder: Path) -> float:
    out = folder / "out"
    shutil.rmtree(out, ignore_errors=True)
    with _copy(base) as session:
        return seconds(partial(unit_sheets.send, session, PERIOD, out))


def _write_bare(base: Path, folder: Path) -> float:
    """Write the cells of the same sheets with XlsxWriter and nothing else."""
    from xlsxwriter import Workbook as Writer

    target = folder / "bare"
    target.mkdir(exist_ok=True)
    with ledgers.opened(base) as session:
        rows = session.conn.execute(
            "SELECT unit_id, code, title, detail FROM issue ORDER BY unit_id, code"
        ).fetchall()

    def task() -> None:
        for unit in range(UNITS):
            with Writer(target / f"{unit}.xlsx", {"constant_memory": True}) as book:
                text = book.add_format({"text_wrap": True, "border": 1})
                day = book.add_format({"num_format": "yyyy-mm-dd", "border": 1})
                page = book.add_worksheet()
                for at, row in enumerate(rows[unit * ISSUES : (unit + 1) * ISSUES]):
                    for column in range(3):
                        page.write_string(at, column, row[1 + column], text)
                    page.write_number(at, 3, 45_000, day)
                    page.write_number(at, 4, 45_000, day)
                    page.write_string(at, 5, "整改", text)
                    for column in range(6, 12):
                        page.write_blank(at, column, None, text)

    return seconds(task)


def _filled_in(base: Path, folder: Path, back: Path) -> None:
    """Send the sheets, fill them in as units do, and keep the ledger that knows them."""
    from openpyxl import load_workbook  # type: ignore[import-untyped]

    with ledgers.opened(base) as session:
        unit_sheets.send(session, PERIOD, back)
        session.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    columns = {heading: at for at, heading in enumerate(rules.HEADINGS, 1)}
    for path in back.iterdir():
        book = load_workbook(path)
        page = book["问题"]
        for at in range(2, ISSUES + 2):
            if at % 3 == 0:
                page.cell(at, columns[rules.PROGRESS], "已完成方案，正在组织施工。")
            if at % 10 == 0:
                page.cell(at, columns[rules.MEASURES], "已全部整改到位。")
                page.cell(at, columns[rules.SUBMITTED], ledgers.TODAY)
        book.save(path)


def _collect(base: Path, back: Path) -> float:
    with _copy(base) as session:
        return seconds(partial(collect.run, session, [back]))


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a collecting came to: its events' fields with their payloads, the other rows written.

    `answered` are the ids of the issues that a unit wrote something about.
    """

    head: str
    events: list[tuple[list[Any], Any]]
    rows: list[tuple[str, list[Any]]]
    answered: str


_KNOWN: list[_Outcome] = []


def _collect_bare(base: Path, back: Path) -> float:
    """Do without the program what a collecting can't be without, one thing after the other.

    It parses every cell of the same files with the same library, in this process; fetches what was
    sent, what the ledger holds of it and the whole issues that were answered, one query a table;
    writes the same events as JSON, hashes them into the same chain, and writes them and the same
    rows by `executemany` in one transaction of the same file. It leaves out what makes it a
    program: a process that a hostile file can't take down with it, cleaning and reading cells,
    knowing files and rows again, comparing, every rule, and saying what came of it.
    """
    with _copy(base) as session:
        if not _KNOWN:
            _KNOWN.append(_outcome(base, back))

        def task() -> None:
            for path in sorted(back.iterdir()):
                _parse(path)
            with transactions.writing(session.conn, session.path):
                _fetch(session.conn, _KNOWN[0].answered)
                _write(session.conn, _KNOWN[0])

        return seconds(task)


def _parse(path: Path) -> None:
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(path)
    for name in book.sheet_names:
        book.get_sheet_by_name(name).to_python()


def _fetch(conn: Connection, answered: str) -> None:
    among = "IN (SELECT value FROM json_each(?))"
    conn.execute("SELECT * FROM sheet").fetchall()
    conn.execute("SELECT * FROM sheet_row").fetchall()
    conn.execute("SELECT * FROM sheet_taken").fetchall()
    conn.execute(
        "SELECT i.id, i.code, i.title, i.detail, i.assigned_on, i.due_on, i.stage, i.unit_id,"
        " i.moved_on, i.submitted_on, p.name, p.contact, p.disclosure, p.digest"
        " FROM issue i LEFT JOIN party p ON p.issue_id = i.id"
    ).fetchall()
    conn.execute(f"SELECT * FROM issue WHERE id {among}", (answered,)).fetchall()
    conn.execute(f"SELECT * FROM span WHERE issue_id {among}", (answered,)).fetchall()
    conn.execute(f"SELECT * FROM shift WHERE issue_id {among}", (answered,)).fetchall()


_dumped = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode


def _write(conn: Connection, outcome: _Outcome) -> None:
    before, rows = outcome.head, []
    for fields, payload in outcome.events:
        content = _dumped(payload)
        line = f"{_dumped([before, *fields])[:-1]},{content}]"
        after = hashlib.sha256(line.encode()).hexdigest()
        rows.append((*fields, content, before, after))
        before = after
    conn.executemany(events.INSERT, rows)
    for statement, values in outcome.rows:
        conn.executemany(statement, values)


_SPANS = "SELECT issue_id, no, stage, unit_id, entered, due_on, left_on, outcome FROM span"
_HANDED_IN = "SELECT stage, moved_on, submitted_on, submitted_by, measures, id FROM issue"
_MOVED = "(SELECT id FROM issue WHERE stage = 'review')"


def _outcome(base: Path, back: Path) -> _Outcome:
    """Collect once, and keep what was read and written for it; the bare way has the same hashes."""
    with _copy(base) as session:
        conn = session.conn
        after, head = events.head(conn)
        collect.run(session, [back])
        log = list(events.every(conn, after))
        ids = sorted({row[2] for row in log if row[1] == "issue"})
        kept = [(list(row[:9]), json.loads(row[9])) for row in log]
        found = _Outcome(head, kept, _rows(conn, after), json.dumps(ids))
        newest = log[-1][-1]
    with _copy(base) as session:
        with transactions.writing(session.conn, session.path):
            _write(session.conn, found)
        assert events.head(session.conn)[1] == newest
    return found


def _rows(conn: Connection, after: int) -> list[tuple[str, list[Any]]]:
    """Give each statement with the rows of the derived tables that a collecting changed."""
    return [
        (
            "UPDATE issue SET stage = ?, moved_on = ?, submitted_on = ?, submitted_by = ?,"
            " measures = ? WHERE id = ?",
            conn.execute(f"{_HANDED_IN} WHERE id IN {_MOVED}").fetchall(),
        ),
        ("DELETE FROM span WHERE issue_id = ?", conn.execute(_MOVED[1:-1]).fetchall()),
        (SPAN_SQL, conn.execute(f"{_SPANS} WHERE issue_id IN {_MOVED}").fetchall()),
        (
            "UPDATE sheet SET received_on = ?, file = ? WHERE id = ?",
            conn.execute("SELECT received_on, file, id FROM sheet").fetchall(),
        ),
        (
            "UPDATE sheet_row SET seen = ? WHERE sheet_id = ? AND issue_id = ?",
            conn.execute(
                "SELECT seen, sheet_id, issue_id FROM sheet_row WHERE seen > ?", (after,)
            ).fetchall(),
        ),
        (
            "INSERT INTO sheet_taken (period, issue_id, digest) VALUES (?, ?, ?)",
            conn.execute("SELECT period, issue_id, digest FROM sheet_taken").fetchall(),
        ),
    ]
