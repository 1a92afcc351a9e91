"""Who owes a periodic duty, and whose reports count for each: mergers and joined records."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from db import units as store
from supervise.domain import duties as rules
from supervise.domain.duties import NOTHING, Duty, Report
from supervise.domain.records import UNIT_KINDS, Unit
from supervise.services.session import Session

# Gives the unit that had taken over from one by some day; of a unit still there, its own id.
Heir = Callable[[int], int]


@dataclass(frozen=True, slots=True)
class Debtor:
    """A unit that owes a duty, its own and what it took over.

    `shares`: for each body whose report it owes, the units whose reports count for that: the body
    itself under all its records, and every one that took over from it in turn.
    """

    unit: Unit
    shares: tuple[frozenset[int], ...]

    def report(
        self, duty: str, period: str, every: Mapping[tuple[str, int, str], Report]
    ) -> Report:
        """Give what counts as its report of a period."""
        return rules.together(
            [every.get((duty, one, period), NOTHING) for one in share] for share in self.shares
        )


def debtors(session: Session, duty: Duty, heir: Heir | None = None) -> list[Debtor]:
    """List the units in use that owe a duty: of its kinds, or named in it, in the city's order.

    A county's bureau answers as its county, so it owes only what it is named in. A unit named is
    known by its code and by every name it ever had; one that was merged is followed to the unit
    that took over: by now, or by the day that `heir` tells of. What it reported goes along. A unit
    that owed by its kind owes nothing more once merged, so nothing of it is taken over.
    """
    bodies = _Bodies(session, heir)
    named: dict[int, set[frozenset[int]]] = {}
    for word in duty.owed_by:
        for one in _named(session, word) if word not in UNIT_KINDS else ():
            named.setdefault(bodies.heir(one.id), set()).add(bodies.share(one.id))
    found = []
    for unit in bodies.units.values():
        shares = set(named.get(unit.id, ()))
        if unit.kind in duty.owed_by and unit.subject_id == unit.id:
            shares.add(bodies.share(unit.id))
        if shares and bodies.heir(unit.id) == unit.id:
            found.append(Debtor(unit, tuple(sorted(shares, key=sorted))))
    return found


def owing(session: Session, duty: Duty, heir: Heir | None = None) -> list[Unit]:
    """List the units in use that owe a duty, see `debtors`."""
    return [one.unit for one in debtors(session, duty, heir)]


def _named(session: Session, word: str) -> list[Unit]:
    by_code = store.by_code(session.conn, word)
    return [by_code] if by_code is not None else list(store.by_name(session.conn, word))


class _Bodies:
    """Which units are there, which took over from which, which records are one body."""

    def __init__(self, session: Session, heir: Heir | None) -> None:
        self.units = {one.id: one for one in store.every(session.conn)}
        self.heir = heir or self._follow
        self._joined = store.joined(session.conn)
        self._records: dict[int, set[int]] = {}
        for one in self.units:
            self._records.setdefault(self._body(one), set()).add(one)

    def share(self, unit_id: int) -> frozenset[int]:
        """Give all records of a body and of those that took over from it."""
        return frozenset().union(*(self._records[self._body(one)] for one in self._line(unit_id)))

    def _line(self, unit_id: int) -> Iterator[int]:
        last = self.heir(unit_id)
        yield unit_id
        while unit_id != last and (into := self.units[unit_id].merged_into) is not None:
            unit_id = into
            yield unit_id

    def _follow(self, unit_id: int) -> int:
        while (into := self.units[unit_id].merged_into) is not None:
            unit_id = into
        return unit_id

    def _body(self, unit_id: int) -> int:
        while unit_id in self._joined and (into := self.units[unit_id].merged_into) is not None:
            unit_id = into
        return unit_id
