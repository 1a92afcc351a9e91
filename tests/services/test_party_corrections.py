"""Who complained can be put right; the log never holds it."""

from datetime import date
from pathlib import Path

import pytest

from supervise.errors import BadInput, Refused
from supervise.services import issue_records, ledger, verify
from supervise.services.session import Session
from supervise.services.work import perform

TODAY = date(2024, 12, 31)


@pytest.fixture
def session(ledger_path: Path):
    ledger.create(ledger_path, today=TODAY)
    with Session(ledger_path, TODAY, write=True) as found:
        perform(found, "issue.add", {"title": "路灯不亮", "party": "赵甲", "contact": "000-1"})
        yield found


def correct(session: Session, field: str, value: str) -> None:
    values = {"issue": "JM-2024-0001", "field": field, "value": value, "reason": "登记有误"}
    perform(session, "issue.correct", values)


def test_who_complained_is_put_right_beside_the_log(session: Session):
    correct(session, "诉求人", "钱乙")
    correct(session, "disclosure", "保密")
    shown = issue_records.shown(session, "JM-2024-0001")
    assert (shown["party"], shown["contact"], shown["disclosure"]) == ("钱乙", "000-1", "保密")
    assert verify.verify(session)["ok"]
    payloads = session.conn.execute("SELECT payload FROM event").fetchall()
    assert not any("钱乙" in text or "赵甲" in text for (text,) in payloads)


def test_a_wrong_word_or_no_change_is_refused(session: Session):
    with pytest.raises(BadInput, match="可告知"):
        correct(session, "disclosure", "公开")
    with pytest.raises(Refused, match="没有改动"):
        correct(session, "party", "赵甲")


def test_what_was_erased_stays_erased(session: Session):
    values = {"issue": "JM-2024-0001", "reason": "本人要求", "approver": "主任"}
    perform(session, "issue.redact", values)
    with pytest.raises(Refused, match="已隐去"):
        correct(session, "party", "钱乙")
    assert verify.verify(session)["ok"]
