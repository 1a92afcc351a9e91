"""The log as a list: every filter shows what reading the whole log would show, window by window."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db import events
from supervise.errors import NotFound
from supervise.services import event_log, reverse
from supervise.services.event_log import NOUNS, Sought
from supervise.services.registry import OPERATIONS
from supervise.services.session import Session
from tests.services.office import TODAY, Office


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a ledger with many kinds of events, a decision about referral among them."""
    from supervise.services import ledger

    path = tmp_path_factory.mktemp("log") / "ledger.db"
    ledger.create(path, today=TODAY)
    office = Office(path)
    for number, name in enumerate(("市住建局", "市水务局"), 1):
        office.unit(name, unit_id=f"U{number}", order=number)
    for month in (9, 10, 11):
        code = office.given(due=f"2024-{month:02}-20", on=f"2024-{month:02}-02")
        office.do("issue.urge", issue=code, note="请抓紧", ref="督办〔2024〕7号", by="李四")
        office.publish(f"2024-{month:02}", on=f"2024-{month + 1:02}-05")
    office.do("interview.submit", unit="市住建局")
    for verb in ("approve", "schedule"):
        office.do(f"interview.{verb}", unit="市住建局")
    office.do("notice.record", period="2024-12", step="催报")
    # An operation that no leader reading only may see.
    office.session.conn.execute("BEGIN")
    row = events.Appender(office.session.conn).row(
        "referral", 1, "referral.continue", TODAY, "2024-12-31T12:00:00+08:00", "王五", "王五",
        None, {"set": {}},
    )  # fmt: skip
    office.session.conn.execute(events.INSERT, row)
    office.session.conn.execute("COMMIT")
    for name in ("市住建局", "市水务局"):
        office.do("unit.alias", unit=name, alias=f"{name}机关")
    office.close()
    return path


def _seqs(session: Session, sought: Sought, size: int, *, referrals: bool = True) -> list[int]:
    """Read a list window by window."""
    found = event_log.chosen(session, sought, referrals=referrals)
    total, seqs = event_log.count(session, found), []
    for offset in range(0, total + 1, size):
        seqs += [row["seq"] for row in event_log.rows(session, found, offset, size)]
    assert len(seqs) == total
    return seqs


SOUGHT = st.builds(
    Sought,
    ops=st.sampled_from([(), ("交办",), ("催办", "新增单位"), ("issue.add",)]),
    nouns=st.sampled_from([(), ("问题",), ("通报", "约谈"), ("研判提示",)]),
    person=st.sampled_from(["", "李四", "经办", "没有这个人"]),
    since=st.sampled_from([None, date(2024, 10, 1)]),
    until=st.sampled_from([None, date(2024, 11, 30)]),
    text=st.sampled_from(["", "请抓紧", "7号", "塌陷", "市水务"]),
)


@settings(max_examples=40)
@given(sought=SOUGHT, size=st.sampled_from([1, 3, 100]), referrals=st.booleans())
def test_windows_show_what_the_whole_log_would(
    book: Path, sought: Sought, size: int, referrals: bool
) -> None:
    with Session(book, TODAY) as session:
        everything = event_log.rows(session, event_log.LogFilter(), 0, 10_000)
        got = _seqs(session, sought, size, referrals=referrals)
        assert got == sorted(got, reverse=True)
        kept = {row["seq"]: row for row in everything}
        for row in everything:
            ops = {row["op"], row["op_name"]}
            kinds = not (sought.ops or sought.nouns) or bool(
                ops & set(sought.ops) or NOUNS.get(row["op"].partition(".")[0]) in sought.nouns
            )
            plain = (
                kinds
                and (sought.person in row["by"] or sought.person in row["recorded_by"])
                and (sought.since is None or row["on"] >= sought.since.isoformat())
                and (sought.until is None or row["on"] <= sought.until.isoformat())
                and (referrals or not row["op"].startswith("referral."))
            )
            if not sought.text:
                assert (row["seq"] in got) == plain
            elif row["seq"] in got:
                assert plain
        assert set(got) <= set(kept)


def test_the_whole_log_is_there_without_gaps_and_referrals_are_passed_over(book: Path) -> None:
    with Session(book, TODAY) as session:
        head = events.head(session.conn)[0]
        assert _seqs(session, Sought(), 7) == list(range(head, 0, -1))
        seen = _seqs(session, Sought(), 4, referrals=False)
        assert len(seen) == head - 1
        (hidden,) = set(range(1, head + 1)) - set(seen)
        assert event_log.entry(session, hidden) is not None
        assert event_log.entry(session, hidden, referrals=False) is None
        assert event_log.entry(session, head + 1) is None


def test_an_event_says_what_it_is_about_and_where_that_is(book: Path) -> None:
    with Session(book, TODAY) as session:
        rows = event_log.rows(session, event_log.LogFilter(), 0, 1000)
        by_op = {row["op"]: row for row in reversed(rows)}
        code = by_op["issue.urge"]["subject"]
        assert by_op["issue.urge"]["target"] == ("issues", f"issue:{code}")
        assert by_op["issue.urge"]["about"] == f"{code} 道路塌陷"
        assert by_op["notice.issue"]["target"] == ("notices", "notice-2024-11")
        assert by_op["notice.record"]["target"] == ("notices", "notice-2024-12")
        assert by_op["interview.submit"]["about"].startswith("市住建局 约谈")
        assert by_op["unit.add"]["target"] == ("units", "unit:市水务局")
        entry = event_log.entry(session, by_op["issue.assign"]["seq"])
        assert entry is not None
        assert entry.event["changes"]["unit"] == [None, "市住建局"]
        assert entry.prev == events.hash_at(session.conn, entry.row["seq"] - 1)
        only = _seqs(session, Sought(subject=code), 50)
        assert only == _seqs(session, Sought(text=code), 50) and len(only) == 3
        # The name of an operation is found too, though no text of the log bears it.
        urged = [row["seq"] for row in rows if row["op"] == "issue.urge"]
        assert urged and set(urged) <= set(_seqs(session, Sought(text="催办"), 50))
        with pytest.raises(NotFound):
            event_log.chosen(session, Sought(subject="没有这个对象"))


def test_every_filter_of_names_is_answered_by_the_index_alone(book: Path) -> None:
    with Session(book, TODAY) as session:
        plan = session.conn.execute(
            "EXPLAIN QUERY PLAN SELECT count(*) FROM event WHERE op IN ('issue.add')"
            " AND on_date >= '2024-01-01' AND instr(by_name, '李')"
        ).fetchall()
    assert "COVERING INDEX event_told" in str(plan)


def test_a_step_is_taken_back_by_a_step_there_is() -> None:
    for op, back in reverse.REVERSE.items():
        assert op in OPERATIONS and back in OPERATIONS
        assert "办错了" in reverse.hint(op)
    assert reverse.hint("issue.close") == ""
