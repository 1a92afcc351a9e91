"""The pages of a long list that were read: the fresh ones, and the old until fresh ones come."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from screens.widgets.columns import Record
from supervise.services.session import Session

PAGE = 100
KEPT_PAGES = 40
Page = tuple[Record, ...]


class Source(Protocol):
    """Where the records of a list come from; both are called in a thread."""

    def count(self, session: Session) -> int:
        """Count the records."""

    def rows(self, session: Session, offset: int, limit: int) -> Sequence[Record]:
        """Give the records of one window."""


class KeySource(Source, Protocol):
    """A source that also gives the keys alone, for marking many and for finding a record again."""

    def keys(self, session: Session, offset: int, limit: int | None) -> Sequence[object]:
        """Give the keys of a stretch of the list, in its order; None is all of the rest."""


@dataclass(frozen=True, slots=True)
class Window:
    """What one reading brought: which list it was for, how many records, and pages by number."""

    ticket: int
    total: int
    pages: tuple[tuple[int, Page], ...]


class Pages:
    """The records at hand. `ticket` tells one list from the next; old pages stand in meanwhile."""

    def __init__(self, key: str) -> None:
        self._key = key
        self.ticket = 0
        self.asked: set[int] = set()
        self._fresh: OrderedDict[int, Page] = OrderedDict()
        self._old: OrderedDict[int, Page] = OrderedDict()

    def start(self, *, keep_old: bool = True) -> None:
        """Begin anew: nothing is fresh any more."""
        self.ticket += 1
        self._old = (self._fresh or self._old) if keep_old else OrderedDict()
        self._fresh = OrderedDict()
        self.asked = set()

    def fill(self, rows: Sequence[Record]) -> None:
        """Take over a whole list."""
        self._old.clear()
        for number in range(-(-len(rows) // PAGE)):
            self._fresh[number] = tuple(rows[number * PAGE : (number + 1) * PAGE])

    def put(self, window: Window) -> None:
        """Take over pages that arrived; those not looked at for longest are let go."""
        for number, rows in window.pages:
            self._fresh[number] = rows
            self.asked.add(number)
        while len(self._fresh) > KEPT_PAGES:
            gone, _ = self._fresh.popitem(last=False)
            self.asked.discard(gone)

    def row(self, index: int) -> tuple[Record | None, bool]:
        """Give a record, fresh or old, and whether it is fresh."""
        number, place = divmod(index, PAGE)
        page = self._fresh.get(number)
        fresh = page is not None
        if page is None:
            page = self._old.get(number, ())
        else:
            self._fresh.move_to_end(number)
        return (page[place] if place < len(page) else None), fresh

    def rows(self) -> Iterator[Record]:
        """Give the fresh records."""
        for page in self._fresh.values():
            yield from page

    def find(self, key: object) -> int | None:
        """Give the place of a record among the fresh ones."""
        for number, page in self._fresh.items():
            for place, row in enumerate(page):
                if row.get(self._key) == key:
                    return number * PAGE + place
        return None

    def keys(self, first: int, last: int) -> list[object] | None:
        """Give the keys of a stretch of the list; None unless all of it is at hand."""
        found: list[object] = []
        for index in range(first, last + 1):
            record, fresh = self.row(index)
            if record is None or not fresh:
                return None
            found.append(record.get(self._key))
        return found


def read_window(
    session: Session, source: Source, ticket: int, number: int, wanted: tuple[str, object] | None
) -> Window:
    """Read a page; also the one with the wanted record (key's name and value) if it moved there.

    Called in a thread.
    """
    total, rows = _first(session, source, number)
    pages = [(number, rows)]
    if wanted is not None and not _holds(pages[0][1], wanted):
        for beside in _elsewhere(session, source, number, wanted, total):
            page = _page(session, source, beside)
            if _holds(page, wanted):
                pages.append((beside, page))
                break
    return Window(ticket, total, tuple(pages))


def _first(session: Session, source: Source, number: int) -> tuple[int, Page]:
    """Read how many there are and one page, together where the source can."""
    both = getattr(source, "page", None)
    if both is None:
        return source.count(session), _page(session, source, number)
    total, rows = both(session, number * PAGE, PAGE)
    return total, tuple(rows)


def _page(session: Session, source: Source, number: int) -> Page:
    return tuple(source.rows(session, number * PAGE, PAGE))


def _holds(page: Page, wanted: tuple[str, object]) -> bool:
    name, key = wanted
    return any(row.get(name) == key for row in page)


def _elsewhere(
    session: Session, source: Source, number: int, wanted: tuple[str, object], total: int
) -> Iterator[int]:
    """Say where a record may have moved: the pages beside, then wherever its key is."""
    yield from (one for one in (number - 1, number + 1) if 0 <= one * PAGE < total)
    keys = getattr(source, "keys", None)
    if keys is not None:
        every = list(keys(session, 0, None))
        if wanted[1] in every:
            yield every.index(wanted[1]) // PAGE
