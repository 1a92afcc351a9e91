"""The notice draft, the overdue list and the search, each beside the same query bare."""

from __future__ import annotations

import statistics
from collections import defaultdict
from collections.abc import Callable
from contextlib import closing
from functools import partial

from benchmarks import Limit, Ratio, compare, ledgers, seconds
from db.driver import Connection, sqlite
from db.issue_lists import LATE, LINE, OVERDUE
from db.issues import MISSED_SQL
from supervise.domain.records import Stage
from supervise.services import windows
from supervise.services.issue_records import listing
from supervise.services.session import Session
from supervise.services.windows import Filter
from supervise.services.work import perform

MANY = 1_000_000
SEARCHED = 200_000
SHOWN = 50
PERIOD = ledgers.TODAY.isoformat()[:7]
DAY = {"today": ledgers.TODAY.isoformat(), "as_of": ledgers.TODAY.isoformat()}
_LIST = f"SELECT {LINE} FROM issue i LEFT JOIN unit u ON u.id = i.unit_id"
_LATE = f"{_LIST} WHERE i.stage IN (:stage) AND {OVERDUE} ORDER BY i.id"
_COUNT = f"SELECT count(*) FROM issue i WHERE {LATE}"


def run() -> list[Ratio | Limit]:
    """Measure on 1,000,000 issues, and the search on 200,000."""
    return [*_on_many(), *_searching()]


def _on_many() -> list[Ratio | Limit]:
    path = ledgers.ledger(MANY, searchable=False)
    with ledgers.opened(path) as session, closing(sqlite.connect(path)) as bare:
        # One moment of the ledger: what ours writes does not empty the bare connection's cache.
        bare.execute("BEGIN")
        perform(session, "notice.draft", {"period": PERIOD})
        return [
            compare(
                f"notice draft on {MANY:,} issues, beside the query",
                lambda: perform(session, "notice.draft", {"period": PERIOD}),
                partial(_grouped, bare),
                aim=1.5,
            ),
            compare(
                f"the whole overdue list and its count on {MANY:,} issues, beside the queries",
                partial(_overdue, session),
                partial(_bare_overdue, bare),
                aim=1.5,
            ),
        ]


def _grouped(bare: Connection) -> dict[int, list[str]]:
    """Run the query of the draft and put its issues together by unit."""
    groups: dict[int, list[str]] = defaultdict(list)
    for unit, code in bare.execute(MISSED_SQL, DAY).fetchall():
        groups[unit].append(code)
    return groups


def _overdue(session: Session) -> tuple[object, int]:
    chosen = Filter(stages=(Stage.RECTIFY,), overdue=True)
    return list(listing(session, chosen)), windows.count(session, chosen)


def _bare_overdue(bare: Connection) -> tuple[object, int]:
    values = {**DAY, "stage": Stage.RECTIFY.value}
    (number,) = bare.execute(_COUNT, values).fetchone()
    return bare.execute(_LATE, values).fetchall(), number


def _searching() -> list[Ratio | Limit]:
    """Time the first page and the count: of a word in a third of the issues, and of a rare one."""
    with ledgers.opened(ledgers.ledger(SEARCHED)) as session:
        return [
            Limit(f"search for {word} in {SEARCHED:,} issues, list and count", time, 20, "ms")
            for word in (ledgers.COMMON, ledgers.RARE)
            for time in [_median(partial(_search, session, word))]
        ]


def _median(task: Callable[[], object]) -> float:
    return statistics.median(seconds(task) for _ in range(9)) * 1000


def _search(session: Session, word: str) -> tuple[object, int]:
    chosen = Filter(search=word)
    return windows.window(session, chosen, 0, SHOWN), windows.count(session, chosen)
