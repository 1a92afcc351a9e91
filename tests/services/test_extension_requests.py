"""A unit asks for a later date: nothing moves until it is granted, and the notice says so."""

from datetime import date
from pathlib import Path

import pytest

from supervise.domain.ladder_records import Notice
from supervise.errors import Refused
from supervise.services import ledger, notice_facts
from supervise.services.notice_records import find
from supervise.services.session import Session
from supervise.services.work import perform

TODAY = date(2024, 12, 31)
CODE = "JM-2024-0001"


def june(day: int) -> date:
    return date(2024, 6, day)


@pytest.fixture
def session(ledger_path: Path):
    ledger.create(ledger_path, today=TODAY)
    with Session(ledger_path, TODAY, write=True) as found:
        perform(found, "unit.add", {"unit": "市住建局"})
        perform(found, "issue.add", {"title": "路灯不亮", "found_on": june(1)})
        values = {"issue": CODE, "unit": "市住建局", "due_on": june(20), "on": june(3)}
        perform(found, "issue.assign", values)
        yield found


def ask(session: Session, on: int) -> dict[str, object]:
    values = {"issue": CODE, "due_on": june(28), "reason": "等设备到货", "on": june(on)}
    return perform(session, "issue.ask", values)


def question(session: Session) -> tuple[str, bool]:
    notice: Notice = find(session, "2024-06")
    (entry,) = notice_facts.gather(session, notice).entries
    found = next(one for one in entry.questions if one.name == "延期")
    return found.answer, found.ok


def test_a_request_moves_nothing_and_stands_beside_the_name(session: Session):
    assert ask(session, 18)["due_on"] == "2024-06-20"
    perform(session, "notice.draft", {"period": "2024-06", "on": date(2024, 7, 1)})
    assert question(session) == ("2024-06-18申请延期，尚未答复。", False)


def test_a_request_in_time_may_be_granted_after_the_date(session: Session):
    ask(session, 18)
    values = {"issue": CODE, "due_on": june(28), "reason": "同意", "on": june(24)}
    assert perform(session, "issue.extend", values)["due_on"] == "2024-06-28"
    perform(session, "notice.draft", {"period": "2024-06", "on": date(2024, 7, 1)})
    assert question(session) == ("2024-06-18申请延期，2024-06-24已答复。", True)


def test_a_late_request_can_not_be_granted(session: Session):
    ask(session, 21)
    assert "到期" in session.warnings[-1]
    values = {"issue": CODE, "due_on": june(28), "reason": "同意", "on": june(24)}
    with pytest.raises(Refused, match="到期当日或之前"):
        perform(session, "issue.extend", values)
