"""Units come in by the file: all rows or none, those known left alone."""

from datetime import date
from pathlib import Path

import pytest

from supervise.errors import BadInput
from supervise.services import ledger, roster, units
from supervise.services.session import Session

TODAY = date(2024, 12, 31)


@pytest.fixture
def session(ledger_path: Path):
    ledger.create(ledger_path, today=TODAY)
    with Session(ledger_path, TODAY, write=True) as found:
        yield found


def write(path: Path, text: str) -> Path:
    path.write_text(text, "utf-8-sig")
    return path


def test_a_table_of_units_is_registered_once(session: Session, tmp_path: Path):
    table = write(
        tmp_path / "单位.csv",
        "机构序列,单位名称,统一社会信用代码,类别,主要负责人,所属县市区\n"
        "1,市住建局,A1,市直部门,王某,\n"
        "2,甲县,A2,县市区,李某,\n"
        "3,甲县住建局,A3,市直部门,,甲县\n",
    )
    counts = {"rows": 3, "added": 3, "updated": 0, "unchanged": 0, "refused": []}
    assert roster.run(session, table, dry_run=True) == counts
    assert units.listing(session.conn) == []
    assert roster.run(session, table) == counts
    assert roster.run(session, table) == {**counts, "added": 0, "unchanged": 3}
    found = {unit["unit"]: unit for unit in units.listing(session.conn)}
    assert found["甲县住建局"]["parent"] == "甲县"
    assert [unit["order"] for unit in found.values()] == [1, 2, 3]


def test_a_bad_row_undoes_all(session: Session, tmp_path: Path):
    table = write(
        tmp_path / "单位.csv", "单位,类别\n市住建局,市直部门\n市某局,衙门\n市住建局2,\n,县市区\n"
    )
    with pytest.raises(BadInput) as refused:
        roster.run(session, table)
    assert [error.row for error in refused.value.rows] == [3, 5]
    assert units.listing(session.conn) == []
