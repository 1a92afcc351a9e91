"""Long lists are read by a short way: they say what the whole issue says."""

from __future__ import annotations

from datetime import date

import pytest

from db import issue_lists
from db import units as unit_store
from db.issue_lists import Filter
from supervise.domain.records import Stage
from supervise.services import issue_records, windows
from supervise.services.session import Session


@pytest.mark.parametrize("today", [date(2024, 7, 3), date(2024, 12, 31), date(2025, 6, 1)], ids=str)
def test_a_line_says_what_the_whole_issue_says(demo_ledger, today):
    with Session(demo_ledger, today) as session:
        names = {unit.id: unit.name for unit in unit_store.every(session.conn)}
        whole = [
            issue_records.flat(
                one.issue,
                one.unit,
                one.unit_code,
                [names[key] for key in one.issue.co_units],
                today,
            )
            for one in issue_lists.select(session.conn, Filter(), today)
        ]
        assert whole == list(issue_records.listing(session, Filter()))
        late = sum(one["overdue"] and one["stage"] == "rectify" for one in whole)
        chosen = Filter(stages=(Stage.RECTIFY,), overdue=True)
        assert windows.count(session, chosen) == late
        assert len(list(issue_records.listing(session, chosen))) == late


def test_a_search_gives_the_same_however_it_is_sorted(demo_ledger):
    with Session(demo_ledger, date(2024, 12, 31)) as session:
        for word in ("办理", "市住建局", "JM-2024", "？"):
            by_code = [r["code"] for r in windows.window(session, Filter(search=word), 0, 1000)]
            back = Filter(search=word, sort="-code")
            by_title = Filter(search=word, sort="title")
            assert [r["code"] for r in windows.window(session, back, 0, 1000)] == by_code[::-1]
            assert {r["code"] for r in windows.window(session, by_title, 0, 1000)} == {*by_code}
            assert windows.count(session, Filter(search=word)) == len(by_code)
        assert by_code == []
