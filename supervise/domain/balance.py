"""结账: what lay with each unit at the start of a period, what came and went, what is left.

Counted are the issues given out and not finished, each where it lay; 发现 is told beside, as it
lies with no unit yet. What moved between units shows as 转入 and 转出 and changes no total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import NamedTuple

from supervise.domain.records import Stage

_GIVEN = frozenset({Stage.RECTIFY, Stage.REVIEW, Stage.FEEDBACK})
# Found and not yet given out: with no unit.
WAITING = None


class Stay(NamedTuple):
    """One stay of an issue: the day it was entered, the stage, the unit it lay with."""

    entered: date
    stage: Stage
    unit_id: int | None


@dataclass(frozen=True, slots=True)
class Account:
    """A unit's account of a period, in issues; `added` counts 反弹重办 too, told as `reopened`.

    opening + added + moved_in = closed + ended + moved_out + remaining, always.
    """

    opening: int = 0
    added: int = 0
    moved_in: int = 0
    moved_out: int = 0
    closed: int = 0
    ended: int = 0
    remaining: int = 0
    reopened: int = 0

    @property
    def adds_up(self) -> bool:
        """Whether what came is what went and what is left."""
        came = self.opening + self.added + self.moved_in
        return came == self.closed + self.ended + self.moved_out + self.remaining

    def plus(self, **more: int) -> Account:
        """Give the account with some figures raised."""
        return replace(self, **{name: getattr(self, name) + by for name, by in more.items()})


@dataclass(frozen=True, slots=True)
class Move:
    """Issues that were handed on between two units in the period: from, to, how many."""

    from_id: int
    to_id: int
    number: int


@dataclass(frozen=True, slots=True)
class Balance:
    """The accounts of a period by unit, of what waits to be given out, and the moves between.

    In `waiting` `added` are the found (and restored), `moved_out` the given out, `ended` the 不予
    受理, 合并 and 终止.
    """

    units: Mapping[int, Account]
    waiting: Account
    moves: tuple[Move, ...]

    @property
    def whole(self) -> Account:
        """Every account together, what waits too."""
        return together((*self.units.values(), self.waiting))

    @property
    def total(self) -> Account:
        """Every unit's account together: what moved between them came and went as much."""
        return together(self.units.values())


def together(accounts: Iterable[Account]) -> Account:
    """Add accounts up, figure by figure."""
    found = Account()
    for one in accounts:
        found = found.plus(**{part.name: getattr(one, part.name) for part in fields(Account)})
    return found


class _Books:
    """The accounts while they are written up; `number` is how many issues go the way entered."""

    def __init__(self) -> None:
        self.accounts: dict[int | None, Account] = {}
        self.moves: Counter[tuple[int, int]] = Counter()
        self.number = 1

    def add(self, place: int | None, **more: int) -> None:
        self.accounts[place] = self.accounts.get(place, Account()).plus(**more)

    def count(self, place: int | None, what: str) -> None:
        self.add(place, **{what: self.number})


def balance(
    issues: Iterable[Iterable[Stay]],
    first: date,
    last: date,
    unmoved: Mapping[tuple[int | None, bool], int] | None = None,
) -> Balance:
    """Close the books of a period: `issues` are the stays of each issue, in their order.

    As `balance_of_ways`, with every issue told by itself.
    """
    return balance_of_ways(((1, stays) for stays in issues), first, last, unmoved)


def balance_of_ways(
    ways: Iterable[tuple[int, Iterable[Stay]]],
    first: date,
    last: date,
    unmoved: Mapping[tuple[int | None, bool], int] | None = None,
) -> Balance:
    """Close the books of a period: `ways` are how many issues had which stays, in their order.

    `unmoved` counts open issues that did not move in the period, by unit and whether they still
    wait to be given out; they need not stand among `issues`.
    """
    books = _Books()
    for (unit_id, waits), number in (unmoved or {}).items():
        books.add(WAITING if waits else unit_id, opening=number, remaining=number)
    for number, stays in ways:
        books.number = number
        _enter(books, stays, first, last)
    waiting = books.accounts.pop(WAITING, Account())
    moves = (Move(*pair, number) for pair, number in sorted(books.moves.items()))
    found = {key: one for key, one in books.accounts.items() if key is not None}
    return Balance(found, waiting, tuple(moves))


# Where an issue is: given out (to a unit), waiting, or gone (finished, or not known yet).
_Place = tuple[str, int | None]
_GONE: _Place = ("gone", None)


def _place(stay: Stay) -> _Place:
    if stay.stage in _GIVEN and stay.unit_id is not None:
        return ("given", stay.unit_id)
    return _GONE if stay.stage.ended else ("waiting", None)


def _enter(books: _Books, stays: Iterable[Stay], first: date, last: date) -> None:
    """Write one issue's way through the period into the books."""
    place, known = _GONE, False
    opened = False
    for stay in stays:
        if stay.entered > last:
            break
        new = _place(stay)
        if stay.entered >= first:
            if not opened:
                _standing(books, place, "opening")
                opened = True
            _moved(books, place, new, stay.stage, known)
        place, known = new, True
    if not opened:
        _standing(books, place, "opening")
    _standing(books, place, "remaining")


def _standing(books: _Books, place: _Place, what: str) -> None:
    if place != _GONE:
        books.count(place[1], what)


def _moved(books: _Books, old: _Place, new: _Place, stage: Stage, known: bool) -> None:
    """Write one step: out of where it was, into where it went."""
    if old == new:
        return
    for name, unit_id in _out(old, new, stage):
        books.count(unit_id, name)
    if new != _GONE:
        handed = old[0] == new[0] == "given"
        books.count(new[1], "moved_in" if handed else "added")
        if old == _GONE and known:
            books.count(new[1], "reopened")
        if handed and old[1] is not None and new[1] is not None:
            books.moves[old[1], new[1]] += books.number


def _out(old: _Place, new: _Place, stage: Stage) -> Iterator[tuple[str, int | None]]:
    if old == _GONE:
        return
    if new[0] == "given":
        yield "moved_out", old[1]
    else:
        yield ("closed" if stage is Stage.CLOSED else "ended"), old[1]
