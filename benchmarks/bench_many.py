"""One step on many issues: seen beforehand and carried out, beside the bare steps themselves."""

from __future__ import annotations

import shutil
import tempfile
from functools import partial
from pathlib import Path

from benchmarks import Ratio, ledgers, medians, seconds
from supervise.services import bulk
from supervise.services.session import Session
from supervise.services.work import step, working

ISSUES, MANY = 100_000, 10_000
OP, VALUES = "issue.revisit", {"result": "稳定"}
ROUNDS = 3


def run() -> list[Ratio]:
    """Measure 10,000 closed issues of 100,000, on a copy."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(shutil.copy(ledgers.ledger(ISSUES), folder))
        with Session(path, ledgers.TODAY) as reading, ledgers.opened(path) as writing:
            codes = _codes(reading)
            seen, done, floor = medians(
                lambda: seconds(lambda: bulk.preview(reading, OP, codes, VALUES)),
                partial(_carried_out, reading, writing, codes),
                lambda: seconds(lambda: _bare(writing, codes)),
                rounds=ROUNDS,
            )
    return [
        Ratio(f"a step on {MANY:,} issues seen beforehand, beside the steps", seen, floor, aim=1.2),
        Ratio(f"a step on {MANY:,} issues carried out, beside the steps", done, floor, aim=1.5),
    ]


def _codes(session: Session) -> list[str]:
    rows = session.conn.execute(
        "SELECT code FROM issue WHERE stage = 'closed' ORDER BY id LIMIT ?", (MANY,)
    )
    return [row[0] for row in rows]


def _carried_out(reading: Session, writing: Session, codes: list[str]) -> float:
    plan = bulk.preview(reading, OP, codes, VALUES)
    return seconds(lambda: bulk.carry_out(writing, plan))


def _bare(session: Session, codes: list[str]) -> None:
    """Carry the steps out in one transaction, and nothing else."""
    with working(session) as work:
        for code in codes:
            step(work, OP, {**VALUES, "issue": code})
