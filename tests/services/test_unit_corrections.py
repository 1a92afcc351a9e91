"""What is recorded of a unit can be put right; explanations can be read and found complete."""

from datetime import date
from pathlib import Path

import pytest

from supervise.errors import Refused
from supervise.services import ledger, units
from supervise.services.session import Session
from supervise.services.work import perform

TODAY = date(2024, 12, 31)


@pytest.fixture
def session(ledger_path: Path):
    ledger.create(ledger_path, today=TODAY)
    with Session(ledger_path, TODAY, write=True) as found:
        perform(found, "unit.add", {"unit": "甲县", "kind": "县市区"})
        perform(found, "unit.add", {"unit": "市住建局", "unit_id": "A1", "head": "王某"})
        yield found


def test_a_new_head_counts_from_the_day_it_came(session: Session):
    day = date(2024, 6, 1)
    record = perform(session, "unit.correct", {"unit": "市住建局", "head": "李某", "on": day})
    assert record["head"] == "李某"
    assert units.find(session.conn, "市住建局").head_since == day


def test_a_bureau_is_put_under_its_county(session: Session):
    perform(session, "unit.add", {"unit": "甲县住建局"})
    perform(session, "unit.correct", {"unit": "甲县住建局", "parent": "甲县"})
    bureau, county = (units.find(session.conn, name) for name in ("甲县住建局", "甲县"))
    assert (bureau.parent_id, bureau.subject_id) == (county.id, county.id)
    with pytest.raises(Refused, match="下级单位"):
        perform(session, "unit.correct", {"unit": "甲县", "parent": "甲县住建局"})


def test_a_code_is_one_units_only(session: Session):
    with pytest.raises(Refused, match="已属于"):
        perform(session, "unit.correct", {"unit": "甲县", "code": "A1"})
    assert perform(session, "unit.correct", {"unit": "甲县", "code": "A2"})["unit_id"] == "A2"


def test_nothing_changed_is_refused(session: Session):
    with pytest.raises(Refused, match="没有改动"):
        perform(session, "unit.correct", {"unit": "市住建局", "head": "王某"})


def test_two_units_never_end_in_each_other(session: Session):
    perform(session, "unit.add", {"unit": "市城管局"})
    perform(session, "unit.merge", {"unit": "市城管局", "into": "市住建局"})
    with pytest.raises(Refused, match="已并入"):
        perform(session, "unit.alias", {"unit": "市城管局", "alias": "市住建局"})
