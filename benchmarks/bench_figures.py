"""The office's own accounts on a large ledger, beside the queries they can't do without."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, timedelta
from functools import partial

from benchmarks import Ratio, compare, ledgers
from db.balance import WAYS_SQL, unmoved
from db.driver import Connection, sqlite
from db.figures import HANDLED
from db.unit_figures import ASKED_SQL
from supervise.services import books, rate_sheet
from supervise.services.session import Session

MANY = 1_000_000
URGED = 100_000
ROUNDS = 3
QUARTER, FIRST = "2024Q4", date(2024, 10, 1)
_YEAR = {"since": "2024-01-01", "until": ledgers.TODAY.isoformat()}
# What any counting of the rates must read and count: every issue, and the first of its stays in
# 整改; here as they are now, whatever was done after the cut-off.
_ISSUES = f"""
SELECT {HANDLED}, count(*) FILTER (WHERE feedback_on <= :day AND satisfaction = '联系不上')
FROM issue WHERE found_on <= :day
"""
_FIRST_STAYS = """
SELECT count(*),
  count(*) FILTER (WHERE s.left_on <= s.due_on AND s.outcome = 'submit'),
  count(*) FILTER (WHERE i.original_due_on <= :day),
  count(*) FILTER (WHERE s.left_on <= i.original_due_on AND s.outcome = 'submit'),
  count(*) FILTER (WHERE i.stage IN ('feedback', 'closed')),
  count(*) FILTER (WHERE i.stage = 'closed'),
  count(*) FILTER (WHERE i.has_party = 1),
  count(*) FILTER (WHERE i.has_party = 1 AND i.replied_on <= :day)
FROM (SELECT issue_id, min(no) AS no FROM span WHERE stage = 'rectify' GROUP BY issue_id) f
JOIN span s ON s.issue_id = f.issue_id AND s.no = f.no
JOIN issue i ON i.id = f.issue_id
WHERE s.due_on <= :day AND i.stage NOT IN ('merged', 'terminated')
"""


def run() -> list[Ratio]:
    """Measure on 1,000,000 issues, of which the office urged 100,000 within the year."""
    path = ledgers.ledger(MANY, searchable=False)
    with ledgers.opened(path) as session, closing(sqlite.connect(path)) as bare:
        found = [
            compare(
                f"rates of {MANY:,} issues, beside two queries",
                partial(rate_sheet.rates, session),
                partial(_bare_rates, bare),
                aim=2.0,
                rounds=ROUNDS,
            ),
            compare(
                f"balance of a quarter of {MANY:,} issues, beside its queries",
                partial(books.books, session, QUARTER),
                partial(_bare_balance, bare),
                aim=2.0,
                rounds=ROUNDS,
            ),
        ]
        with _urged(session):
            name = f"burden of a month with {URGED:,} urgings a year, beside its query"
            table, query = partial(books.burden_table, session), partial(_bare_burden, session.conn)
            found.append(compare(name, table, query, aim=2.0, rounds=ROUNDS))
        return found


def _bare_rates(bare: Connection) -> object:
    values = {"day": ledgers.TODAY.isoformat()}
    return [bare.execute(sql, values).fetchall() for sql in (_ISSUES, _FIRST_STAYS)]


def _bare_balance(bare: Connection) -> object:
    values = {"first": FIRST.isoformat(), "last": ledgers.TODAY.isoformat()}
    return bare.execute(WAYS_SQL, values).fetchall(), unmoved(bare, FIRST)


def _bare_burden(bare: Connection) -> object:
    return bare.execute(ASKED_SQL, _YEAR).fetchall()


@contextmanager
def _urged(session: Session) -> Iterator[None]:
    """Let the log tell of urgings while something is measured; none of them stays."""
    conn = session.conn
    conn.execute("BEGIN")
    try:
        seq, head = conn.execute("SELECT seq, hash FROM event ORDER BY seq DESC LIMIT 1").fetchone()
        conn.executemany(
            "INSERT INTO event VALUES (?, 'issue', ?, 'issue.urge', ?, ?, '甲', '甲', NULL, '{}',"
            " ?, ?)",
            _urgings(seq, head),
        )
        yield
    finally:
        conn.execute("ROLLBACK")


def _urgings(seq: int, head: str) -> Iterator[tuple[object, ...]]:
    chance = random.Random(seq)
    for number in range(seq + 1, seq + URGED + 1):
        on = (ledgers.TODAY - timedelta(days=chance.randrange(365))).isoformat()
        digest = f"{number:064x}"
        yield number, chance.randrange(1, MANY + 1), on, f"{on}T09:00:00+08:00", head, digest
        head = digest
