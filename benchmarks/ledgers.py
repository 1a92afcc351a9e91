"""The ledgers and workbooks that are measured: made once, kept under the temporary folder.

What is kept is known by the code it was made with, so that a new schema gets new ledgers.
"""

from __future__ import annotations

import hashlib
import os
import random
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from db import search, transactions
from db.driver import Connection
from db.imports import ISSUE_COLUMNS
from db.projection import SPAN_SQL
from supervise.domain.history import stays
from supervise.services import ledger as ledgers
from supervise.services.session import Session
from supervise.services.units import initials

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2024, 12, 31)
UNITS = 120
_MADE_WITH = (
    "benchmarks/ledgers.py",
    "db/schema.py",
    "db/first_tables.py",
    "db/month_tables.py",
    "db/migrations.py",
    "db/search.py",
    "supervise/domain/history.py",
    "supervise/services/ledger.py",
)
# As many different characters as such texts have, and words found in a fifth and in few of them.
_CHARACTERS = [chr(number) for number in range(0x4E00, 0x9000, 13)]
COMMON, RARE = "整改", "塌陷"
_WORDS, _SHARES = (COMMON, RARE, "道路"), (200, 1, 799)
_NUMERALS = str.maketrans("0123456789", "〇一二三四五六七八九")
_HEADINGS = (
    "编号", "事项", "问题描述", "责任单位", "单位编号", "来源", "工单编号", "类别", "紧急程度",
    "诉求人", "交办日期", "限期",
)  # fmt: skip


def folder() -> Path:
    """Give the folder that keeps what was made with the code as it is now."""
    code = b"".join((ROOT / name).read_bytes() for name in _MADE_WITH)
    name = f"supervise-benchmarks-{os.getuid()}-{hashlib.sha256(code).hexdigest()[:12]}"
    path = Path(tempfile.gettempdir()) / name
    path.mkdir(mode=0o700, exist_ok=True)
    return path


def _kept(name: str, make: Callable[[Path], None]) -> Path:
    """Give a kept file, made under another name first: what stands there is whole."""
    path = folder() / name
    if not path.exists():
        draft = folder() / f"new-{os.getpid()}-{name}"
        make(draft)
        draft.rename(path)
    return path


def ledger(issues: int, *, searchable: bool = True) -> Path:
    """Give a ledger of an office's past years: 3 % of the issues open, 0.5 % overdue, 120 units.

    Its log holds only what creating a ledger writes: nothing measured on it reads more.
    """
    name = f"{issues}{'' if searchable else '-unsearchable'}.db"
    return _kept(name, lambda path: _fill(path, issues, searchable))


def workbook(rows: int) -> Path:
    """Give a workbook of open issues, twelve columns wide."""
    return _kept(f"{rows}.xlsx", lambda path: _write(path, rows))


def opened(path: Path) -> Session:
    """Open a ledger for writing on the day the data is about."""
    return Session(path, TODAY, write=True)


def unit_name(number: int) -> str:
    """Name a unit by its number, from 1; its initials tell it apart from most others."""
    return f"市测试{number:03d}局".translate(_NUMERALS)


def unit_code(number: int) -> str:
    """Give a unit's own code by its number."""
    return f"U{number:04d}"


def _text(chance: random.Random, length: int) -> str:
    (word,) = chance.choices(_WORDS, _SHARES)
    return "".join((word, *chance.choices(_CHARACTERS, k=length - len(word))))


def _fill(path: Path, issues: int, searchable: bool) -> None:
    ledgers.create(path, today=TODAY)
    with opened(path) as session, transactions.writing(session.conn, path):
        _units(session.conn)
        rows = _issues(random.Random(issues), issues)
        while chunk := list(islice(rows, 5000)):
            _insert(session.conn, chunk, searchable)
    _fold_in(path)


def _fold_in(path: Path) -> None:
    """Leave one file, with nothing of it in a log beside."""
    with opened(path) as session:
        session.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _units(conn: Connection) -> None:
    conn.executemany(
        "INSERT INTO unit (id, code, name, kind, sort_order, subject_id, initials)"
        " VALUES (?, ?, ?, '市直部门', ?, ?, ?)",
        [
            (n, unit_code(n), unit_name(n), n, n, initials(unit_name(n)))
            for n in range(1, UNITS + 1)
        ],
    )
    conn.executemany(
        "INSERT INTO unit_name (unit_id, key, name) VALUES (?, ?, ?)",
        [(n, unit_name(n), unit_name(n)) for n in range(1, UNITS + 1)],
    )


Row = dict[str, Any]
_ISSUE = (
    f"INSERT INTO issue ({', '.join(ISSUE_COLUMNS)})"
    f" VALUES ({', '.join(f':{name}' for name in ISSUE_COLUMNS)})"
)


def _insert(conn: Connection, chunk: list[tuple[Row, list[Any]]], searchable: bool) -> None:
    conn.executemany(_ISSUE, [row for row, _ in chunk])
    conn.executemany(SPAN_SQL, [span for _, spans in chunk for span in spans])
    if searchable:
        texts = (
            (r["id"], search.body(r["code"], r["title"], r["detail"], unit_name(r["unit_id"])))
            for r, _ in chunk
        )
        conn.executemany(search.INSERT, texts)


def _dates(chance: random.Random) -> tuple[date | None, ...]:
    """Draw when an issue was found, assigned, due, handed in and closed."""
    way = chance.random()
    if way < 0.97:
        assigned = TODAY - timedelta(days=chance.randrange(60, 900))
        due = assigned + timedelta(days=20)
        submitted = due + timedelta(days=chance.choice((-9, -6, -5, -4, -2, -1, 0, 0, 0, 4)))
        closed = submitted + timedelta(days=3)
        return assigned - timedelta(days=1), assigned, due, submitted, closed
    if way < 0.972:
        return TODAY - timedelta(days=2), None, None, None, None
    days = chance.randrange(-25, 0) if way < 0.977 else chance.randrange(0, 15)
    due = TODAY + timedelta(days=days)
    assigned = due - timedelta(days=20)
    handed = assigned + timedelta(days=2) if way > 0.995 else None
    return assigned - timedelta(days=1), assigned, due, handed, None


def _issues(chance: random.Random, count: int) -> Iterator[tuple[Row, list[Any]]]:
    details = [_text(chance, 80) for _ in range(2000)]
    titles = [_text(chance, 18) for _ in range(20_000)]
    blank: Row = dict.fromkeys(ISSUE_COLUMNS)
    for number in range(1, count + 1):
        found, assigned, due, handed, closed = _dates(chance)
        unit = chance.randrange(1, UNITS + 1)
        assert found is not None
        spans = stays(unit, found, assigned, due, handed, closed)
        row = blank | {
            "id": number,
            "code": f"JM-2024-{number:07d}",
            "title": chance.choice(titles),
            "stage": spans[-1].stage.value,
            "moved_on": spans[-1].entered.isoformat(),
            "detail": chance.choice(details),
            "unit_id": unit,
            "co_units": "[]",
            "source": "12345热线",
            "category": "政务服务",
            "urgency": "疑难",
            "has_party": 0,
            "imported": 1,
        }
        for name, value in (
            ("found_on", found), ("assigned_on", assigned), ("due_on", due),
            ("original_due_on", due), ("submitted_on", handed), ("closed_on", closed),
            ("ended_on", closed),
        ):  # fmt: skip
            row[name] = value and value.isoformat()
        yield row, [_span(number, no, span) for no, span in enumerate(spans)]


def _span(issue_id: int, no: int, span: Any) -> tuple[Any, ...]:
    entered, due, left = (day and day.isoformat() for day in (span.entered, span.due_on, span.left))
    return issue_id, no, span.stage.value, span.unit_id, entered, due, left, span.outcome


def _write(path: Path, rows: int) -> None:
    import xlsxwriter

    chance = random.Random(rows)
    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet()
    day_format = book.add_format({"num_format": "yyyy-mm-dd"})
    sheet.write_row(0, 0, _HEADINGS)
    for number in range(1, rows + 1):
        unit = chance.randrange(1, UNITS + 1)
        assigned = datetime.combine(TODAY, time()) - timedelta(days=chance.randrange(360))
        texts = (
            f"A{number:07d}", _text(chance, 18), _text(chance, 80), unit_name(unit),
            unit_code(unit), "12345热线", f"T{number:09d}", "政务服务",
            chance.choice(("紧急", "平急", "疑难")), f"某公司{number % 5000}",
        )  # fmt: skip
        for column, text in enumerate(texts):
            sheet.write_string(number, column, text)
        sheet.write_datetime(number, 10, assigned, day_format)
        sheet.write_datetime(number, 11, assigned + timedelta(days=20), day_format)
    book.close()
