"""Closed books add up, over any history of any number of issues."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from supervise.domain.balance import Account, Move, Stay, balance, together
from supervise.domain.records import Stage

START = date(2024, 1, 1)
DISCOVER, RECTIFY, CLOSED = Stage.DISCOVER, Stage.RECTIFY, Stage.CLOSED
UNITS = (1, 2, 3)
step = st.tuples(st.integers(0, 20), st.sampled_from(list(Stage)), st.sampled_from(UNITS))


def _stays(steps: list[tuple[int, Stage, int]]) -> list[Stay]:
    day, found = START, []
    for wait, stage, unit in steps:
        day += timedelta(days=wait)
        found.append(Stay(day, stage, None if stage is DISCOVER else unit))
    return found


histories = st.lists(st.lists(step, max_size=8).map(_stays), max_size=12)
days = st.integers(0, 120).map(lambda more: START + timedelta(days=more))


def _open_at(issues: list[list[Stay]], day: date) -> dict[int | None, int]:
    """Count by hand where every open issue lay at the end of a day."""
    found: dict[int | None, int] = {}
    for stays in issues:
        known = [one for one in stays if one.entered <= day]
        if known and not known[-1].stage.ended:
            found[known[-1].unit_id] = found.get(known[-1].unit_id, 0) + 1
    return found


@given(histories, days, days)
def test_every_account_adds_up_and_agrees_with_counting(
    issues: list[list[Stay]], one: date, other: date
) -> None:
    first, last = sorted((one, other))
    found = balance(issues, first, last)
    for account in (*found.units.values(), found.total, found.waiting):
        assert account.adds_up
    before, after = _open_at(issues, first - timedelta(days=1)), _open_at(issues, last)
    for unit in UNITS:
        account = found.units.get(unit, Account())
        assert account.opening == before.get(unit, 0)
        assert account.remaining == after.get(unit, 0)
    assert found.waiting.opening == before.get(None, 0)
    assert found.total.moved_in == found.total.moved_out == sum(m.number for m in found.moves)


@given(histories, days, days, days)
def test_two_periods_end_to_end_are_one(
    issues: list[list[Stay]], one: date, two: date, three: date
) -> None:
    first, middle, last = sorted((one, two, three))
    early = balance(issues, first, middle).total
    late = balance(issues, middle + timedelta(days=1), last).total
    whole = balance(issues, first, last).total
    assert late.opening == early.remaining
    for name in {part.name for part in fields(Account)} - {"opening", "remaining"}:
        assert getattr(whole, name) == getattr(early, name) + getattr(late, name)


@given(histories, days, days)
def test_what_did_not_move_may_be_counted_instead_of_told(
    issues: list[list[Stay]], one: date, other: date
) -> None:
    first, last = sorted((one, other))
    still = [stays for stays in issues if stays and stays[-1].entered < first]
    rest = [stays for stays in issues if stays not in still]
    unmoved: dict[tuple[int | None, bool], int] = {}
    for stays in still:
        if not stays[-1].stage.ended:
            key = (stays[-1].unit_id, stays[-1].stage is DISCOVER)
            unmoved[key] = unmoved.get(key, 0) + 1
    told, counted = balance(issues, first, last), balance(rest, first, last, unmoved)
    assert counted.total == told.total
    assert counted.waiting == told.waiting
    assert counted.moves == told.moves


def test_a_quarter_told_by_hand() -> None:
    def on(month: int, day: int, stage: Stage, unit: int | None = None) -> Stay:
        return Stay(date(2024, month, day), stage, unit)

    issues = [
        [
            on(9, 2, DISCOVER),
            on(9, 4, RECTIFY, 1),
            on(10, 8, Stage.REVIEW, 1),
            on(11, 5, CLOSED, 1),
        ],
        [on(10, 9, DISCOVER), on(10, 10, RECTIFY, 1), on(10, 15, RECTIFY, 2)],
        [on(8, 5, DISCOVER), on(8, 6, RECTIFY, 2), on(9, 3, CLOSED, 2), on(12, 2, RECTIFY, 2)],
        [on(12, 30, DISCOVER)],
        [on(10, 9, DISCOVER), on(10, 10, RECTIFY, 2), on(10, 11, Stage.TERMINATED, 2)],
    ]
    found = balance(issues, date(2024, 10, 1), date(2024, 12, 31))
    assert found.units[1] == Account(opening=1, added=1, moved_out=1, closed=1)
    assert found.units[2] == Account(added=2, moved_in=1, ended=1, remaining=2, reopened=1)
    assert found.total == together(found.units.values())
    assert found.moves == (Move(1, 2, 1),)
    assert found.waiting == Account(added=3, moved_out=2, remaining=1)
