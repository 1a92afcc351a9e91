"""The units an import names: found once, new spellings recorded, unknown ones refused or added."""

from __future__ import annotations

from db import units as store
from supervise.domain.records import Unit
from supervise.errors import SuperviseError
from supervise.services import units
from supervise.services.work import Work


class UnitFinder:
    """Finds units by code, name or alias, remembering every answer.

    `added` counts units made on the way, `aliases` new spellings of known codes.
    """

    def __init__(self, work: Work, add: bool, kind: str) -> None:
        self._work = work
        self._add = add
        self._kind = kind
        self._known: dict[tuple[str | None, str | None], int | str] = {}
        self.added = 0
        self.aliases = 0

    def find(self, name: str | None, code: str | None) -> int | str:
        """Give the unit's id, or a sentence saying why there is none."""
        key = (name, code)
        found = self._known.get(key)
        if found is None:
            found = self._look(name, code)
            self._known[key] = found
        return found

    def _look(self, name: str | None, code: str | None) -> int | str:
        if code:
            unit = store.by_code(self._work.conn, code)
            if unit is not None:
                return self._spelt(unit, name)
            if not self._add:
                return f"没有代码为“{code}”的单位；确认无误可用 --add-units 新增。"
            return self._create(name or code, code)
        assert name is not None
        try:
            return units.find(self._work.conn, name).id
        except SuperviseError as error:
            if error.code != "not_found":
                return error.message
            if not self._add:
                meant = units.near(self._work.conn, name)
                return f"没有名为“{name}”的单位；{meant}确是新单位可用 --add-units 新增。"
            return self._create(name, None)

    def _spelt(self, unit: Unit, name: str | None) -> int:
        """Record a new spelling that came beside a known code."""
        known = name is None or any(u.id == unit.id for u in store.by_name(self._work.conn, name))
        if name and not known:
            units.note_spelling(self._work, unit, name)
            self.aliases += 1
        return unit.id

    def _create(self, name: str, code: str | None) -> int:
        self.added += 1
        return units.create(self._work, name, code, self._kind, pending=True).id
