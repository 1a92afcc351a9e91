"""Looking ahead to a cut-off on a large ledger, beside the queries it can't do without."""

from __future__ import annotations

from contextlib import closing
from functools import partial

from benchmarks import Ratio, compare, ledgers
from db import foresight as store
from db.driver import Connection, sqlite
from db.issues import MISSED_SQL
from supervise.domain.dates import previous_period
from supervise.domain.foresight import rush_days
from supervise.services import foresight

MANY = 1_000_000
PERIOD = ledgers.TODAY.isoformat()[:7]


def run() -> list[Ratio]:
    """Measure on 1,000,000 issues."""
    path = ledgers.ledger(MANY, searchable=False)
    with ledgers.opened(path) as session, closing(sqlite.connect(path)) as bare:
        return [
            compare(
                f"warn on {MANY:,} issues, beside its queries",
                lambda: foresight.warn(session),
                partial(_bare, bare),
                aim=2.0,
                rounds=3,
            )
        ]


def _bare(bare: Connection) -> object:
    found = bare.execute(MISSED_SQL, {"as_of": ledgers.TODAY.isoformat()}).fetchall()
    known = store.at_stake(bare, [code for _, code in found])
    months = (previous_period(PERIOD), PERIOD)
    return known, [store.rushed(bare, *rush_days(month)) for month in months]
