"""The figures read ahead while the dashboard loads, and what follows when they are not there."""

from __future__ import annotations

from concurrent.futures import Future
from datetime import date
from pathlib import Path

import pytest

from screens.app import Dashboard
from screens.widgets.record_list import RecordList
from supervise.errors import LedgerError
from supervise.services.session import Session
from supervise.services.today import Today, of_issues, today
from tests.screens.waiting import idle

TODAY = date(2024, 12, 31)


def _ready(path: Path) -> Future[Today]:
    future: Future[Today] = Future()
    with Session(path, TODAY) as session:
        future.set_result(of_issues(session))
    return future


def _failed(path: Path) -> Future[Today]:
    future: Future[Today] = Future()
    future.set_exception(LedgerError("读不了。", code="locked"))
    return future


def _late(path: Path) -> Future[Today]:
    return Future()


@pytest.mark.parametrize("ahead", [_ready, _failed, _late])
async def test_all_figures_come_whatever_was_read_ahead(city: Path, ahead) -> None:  # type: ignore[no-untyped-def]
    app = Dashboard(city, TODAY, first=ahead(city))
    with Session(city, TODAY) as session:
        expected = [figure.key for figure in today(session).figures]
    async with app.run_test(size=(120, 40)) as pilot:
        for _ in range(200):
            await idle(app)
            await pilot.pause(0.02)
            rows = list(app.screen.query_one("#figures", RecordList).rows_at_hand())
            if len(rows) == len(expected):
                break
        assert [row["key"] for row in rows] == expected


def test_the_first_figures_are_the_first_of_all(city: Path) -> None:
    with Session(city, TODAY) as session:
        first, whole = of_issues(session), today(session)
    assert whole.complete and not first.complete
    assert whole.stages == first.stages
    assert whole.figures[: len(first.figures)] == first.figures
