"""Rows that came back, put to the sheets they were sent in: by key and code, else by code alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from db import meta
from db import sheet_items as item_store
from db import sheets as store
from db.driver import Connection
from supervise.domain.sheet_pages import TASK, Item
from supervise.domain.sheets import TITLE, Row, same
from supervise.services.sheets.given import Given
from supervise.services.sheets.reading import File
from supervise.services.sheets.rows import row_of

Place = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Foreign:
    """A row that belongs to no issue sent to its unit, and why; `sheet` is None without a key."""

    sheet: store.Sheet | None
    given: Given
    ours: str | None
    message: str


@dataclass(slots=True)
class Returned:
    """A sheet that came back: its rows as sent, its issues as they are now, what was given.

    `given` holds by the issue's id every row that came in for it, of one file or of several.
    """

    sheet: store.Sheet
    files: list[str] = field(default_factory=list)
    sent: dict[int, store.SentRow] = field(default_factory=dict)
    now: dict[int, store.OpenIssue] = field(default_factory=dict)
    by_code: dict[str, int] = field(default_factory=dict)
    given: dict[int, list[Given]] = field(default_factory=dict)
    # The pages 任务 and 报送: by page, code and period.
    sent_items: dict[Place, item_store.SentItem] = field(default_factory=dict)
    given_items: dict[Place, list[Given]] = field(default_factory=dict)

    def row(self, issue_id: int) -> Row:
        """Give a row as it would be sent now."""
        return row_of(self.now[issue_id])


@dataclass(slots=True)
class Matched:
    """All that came in, sorted: by sheet, what belongs to none, files that can't be used."""

    sheets: dict[int, Returned] = field(default_factory=dict)
    foreign: list[Foreign] = field(default_factory=list)
    problems: list[File] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    files: int = 0
    rows: int = 0


def match(conn: Connection, files: Iterable[File]) -> Matched:
    """Put every row to the sheet it was sent in.

    A file with a key is that sheet: a row of another unit's issue in it is foreign. Without one,
    as when the rows were pasted into another workbook, each row goes by its code to the sheet
    its issue was sent in last, if its 事项 is still the one that was sent.
    """
    found = Matched()
    ledger = meta.value(conn, "ledger") or ""
    for file in files:
        found.files += 1
        found.rows += len(file.issues)
        found.told += file.told
        if file.problem is not None:
            found.problems.append(file)
        elif file.key is not None and file.key.ledger != ledger:
            file.problem = f"“{file.name}”是另一个台账发出的表，没有采用。"
            found.problems.append(file)
        else:
            _place(conn, found, file)
    return found


def _place(conn: Connection, found: Matched, file: File) -> None:
    sheet = store.by_key(conn, file.key.key) if file.key is not None else None
    if sheet is not None:
        _by_key(conn, found, sheet, file)
        return
    if file.key is not None:
        found.told.append(f"“{file.name}”的发表记录不在本台账，按编号逐行核对。")
    _by_code(conn, found, file)


def _returned(conn: Connection, found: Matched, sheet: store.Sheet, name: str) -> Returned:
    known = found.sheets.get(sheet.id)
    if known is None:
        known = Returned(sheet, sent=store.rows_of(conn, sheet.id))
        known.sent_items = {
            (one.page, one.code, one.term): one for one in item_store.items_of(conn, sheet.id)
        }
        known.now = store.some(conn, known.sent)
        known.by_code = {one.code: key for key, one in known.now.items()}
        found.sheets[sheet.id] = known
    if name not in known.files:
        known.files.append(name)
    return known


def _by_key(conn: Connection, found: Matched, sheet: store.Sheet, file: File) -> None:
    returned = _returned(conn, found, sheet, file.name)
    _items_by_key(conn, found, returned, file)
    strange = []
    for given in file.issues:
        issue_id = returned.by_code.get(given.code)
        if issue_id is None:
            strange.append(given)
        else:
            returned.given.setdefault(issue_id, []).append(given)
    found.foreign += _foreign(conn, sheet, strange)


def _by_code(conn: Connection, found: Matched, file: File) -> None:
    sheets = store.newest_with(conn, (given.code for given in file.issues))
    strange = []
    for given in file.issues:
        sheet = sheets.get(given.code)
        returned = _returned(conn, found, sheet, file.name) if sheet else None
        key = returned.by_code.get(given.code) if returned else None
        if returned is None or key is None or not _same_matter(given, returned.row(key)):
            strange.append(given)
        else:
            returned.given.setdefault(key, []).append(given)
    found.foreign += _foreign(conn, None, strange)
    _items_by_code(conn, found, file)


def _items_by_key(conn: Connection, found: Matched, returned: Returned, file: File) -> None:
    for given in file.items:
        place = (given.kind, given.code, given.term)
        if place in returned.sent_items:
            returned.given_items.setdefault(place, []).append(given)
        else:
            found.foreign += _foreign_item(conn, returned.sheet, given)


def _items_by_code(conn: Connection, found: Matched, file: File) -> None:
    """Put tasks and reports without a key to the one unit that was sent them, where it is one.

    A report is owed by many: the other rows of the file say whose it is.
    """
    for given in sorted(file.items, key=lambda one: one.kind, reverse=True):
        sent = store.newest_with_item(conn, given.kind, given.code)
        if given.kind == TASK and len(sent) > 1:
            sent = {unit: sheet for unit, sheet in sent.items() if _led(conn, sheet, given.code)}
        whose = [one for one in found.sheets.values() if file.name in one.files]
        units = {one.sheet.unit_id for one in whose} & sent.keys() or set(sent)
        place = (given.kind, given.code, given.term)
        if len(units) == 1:
            returned = _returned(conn, found, sent[units.pop()], file.name)
            item = returned.sent_items.get(place)
            if item is not None and same(given.title, _title(item)):
                returned.given_items.setdefault(place, []).append(given)
                continue
        found.foreign += _foreign_item(conn, None, given)


def _led(conn: Connection, sheet: store.Sheet, task: str) -> bool:
    """Tell whether a sheet asks its unit about a task, rather than naming it as supported."""
    sent = [
        one for one in item_store.items_of(conn, sheet.id) if (one.page, one.code) == (TASK, task)
    ]
    return any(Item(one.page, one.code, one.term, one.cells).answered for one in sent)


def _title(item: item_store.SentItem) -> str:
    return item.cells[1] if item.page == TASK else item.code


def _foreign_item(conn: Connection, sheet: store.Sheet | None, given: Given) -> Iterator[Foreign]:
    if given.answer.empty and not store.newest_with_item(conn, given.kind, given.code):
        return
    what = "任务" if given.kind == TASK else "报送"
    why = f"不是发给本单位的{what}，或已不在本单位名下。"
    if sheet is None:
        why = f"表里没有发表记录，不能确定是哪个单位、哪一次发出的{what}，没有采用。"
    yield Foreign(sheet, given, None, why)


def _same_matter(given: Given, row: Row) -> bool:
    return same(given.locked.get(TITLE, ""), row.title)


def _foreign(
    conn: Connection, sheet: store.Sheet | None, strange: Sequence[Given]
) -> Iterator[Foreign]:
    """Say of each row why it is none of the sheet's; a line of totals or a signature is none."""
    known = store.holders(conn, (given.code for given in strange))
    for given in strange:
        holder = known.get(given.code)
        if given.code not in known and given.answer.empty and not given.locked.get(TITLE):
            continue
        if not given.code:
            why = "没有编号，不知道是哪一件。"
        elif given.code not in known:
            why = "台账里没有这个编号。"
        elif sheet is not None:
            why = f"不是发给本单位的事项，责任单位是{holder or '（未定）'}。"
        else:
            why = "没有发过这一件，或“事项”与发出的不符；表里没有发表记录，不能采用。"
        yield Foreign(sheet, given, holder, why)
