"""Who owes a periodic duty, and whose reports count for each: mergers and joined records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from db import units as store
from supervise.domain import duties as rules
from supervise.domain.duties import NOTHING, Duty, Report
from supervise.domain.records import UNIT_KINDS, Unit
from supervise.services.session import Session

# Gives the unit that had taken over from one by some day; of a unit still there, its own id.
Heir = Callable[[int], int]
# The records of a body that owed a report, and the units whose reports count for it.
_Part = tuple[frozenset[int], frozenset[int]]


@dataclass(frozen=True, slots=True)
class Debtor:
    """A unit that owes a duty, its own and what it took over.

    `shares`: for each body whose report it owes, the units whose reports count for that: the body
    itself under all its records, and every one that took over from it in turn. `owners`: for each
    share, the records of that body. `earlier`: the bodies of its kind that it took over, each with
    its share; they count for the periods that were due before it was there itself.
    """

    unit: Unit
    shares: tuple[frozenset[int], ...]
    owners: tuple[frozenset[int], ...] = ()
    earlier: tuple[_Part, ...] = ()

    def at(
        self, duty: Duty, named_on: date, entered: Mapping[int, tuple[int, date]]
    ) -> Debtor | None:
        """Give it with what it owes of the period of a day; None where it owes nothing.

        A body owes nothing whose day had passed before it was entered, see `Duty.owed_since`; its
        successor goes on owing what it owed, however late that one was entered.
        """

        def there(part: _Part) -> bool:
            return any(duty.owed_since(entered.get(key)) <= named_on for key in part[0])

        own = zip(self.owners, self.shares, strict=True)
        parts = [*filter(there, own)] or [*filter(there, self.earlier)]
        if not parts:
            return None
        owners, shares = zip(*parts, strict=True)
        return replace(self, owners=owners, shares=shares)

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
    that took over: by now, or by the day that `heir` tells of. What it reported goes along. Of a
    unit that owed by its kind and was merged, one of that kind that was there already takes over
    nothing, having its own report to make.
    """
    bodies = _Bodies(session, heir)
    named: dict[int, set[_Part]] = {}
    for word in duty.owed_by:
        for one in _named(session, word) if word not in UNIT_KINDS else ():
            named.setdefault(bodies.heir(one.id), set()).add(bodies.part(one.id))
    by_kind = [
        one
        for one in bodies.units.values()
        if one.kind in duty.owed_by and one.subject_id == one.id
    ]
    own, taken = {one.id for one in by_kind}, bodies.taken(by_kind)
    found = []
    for unit in bodies.units.values():
        parts = {*named.get(unit.id, ()), *([bodies.part(unit.id)] if unit.id in own else ())}
        if parts and bodies.heir(unit.id) == unit.id:
            owners, shares = zip(*_sorted(parts), strict=True)
            earlier = _sorted(taken.get(unit.id, ())) if unit.id in own else ()
            found.append(Debtor(unit, shares, owners, tuple(earlier)))
    return found


def _sorted(parts: Iterable[_Part]) -> list[_Part]:
    return sorted(parts, key=lambda part: (sorted(part[1]), sorted(part[0])))


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

    def part(self, unit_id: int) -> _Part:
        """Give the records of a body, and with them those of all that took over from it."""
        line = (self._records[self._body(one)] for one in self._line(unit_id))
        return frozenset(self._records[self._body(unit_id)]), frozenset().union(*line)

    def taken(self, units: Iterable[Unit]) -> dict[int, set[_Part]]:
        """Map those that took over to the bodies merged into them, each with its share."""
        found: dict[int, set[_Part]] = {}
        for one in units:
            heir = self.heir(one.id)
            if self._body(heir) != self._body(one.id):
                found.setdefault(heir, set()).add(self.part(one.id))
        return found

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
