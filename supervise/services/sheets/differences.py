"""What came back otherwise than it may: three ways, as it is kept and as it is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from db import events
from db import sheets as store
from db.driver import Connection
from supervise.domain.records import STAGE_LABELS
from supervise.domain.sheet_pages import ISSUE, PAGES, Item
from supervise.domain.sheets import (
    ASSIGNED,
    CODE,
    DETAIL,
    DUE,
    STAGE,
    TITLE,
    Row,
    Step,
    differs,
    without_party,
)
from supervise.services.discretion import BLOT, blotter
from supervise.services.sheets.given import Given
from supervise.services.sheets.matching import Foreign, Returned
from supervise.services.work import Record
from supervise.text import cut

_LONGEST = 2_000
_STAGES = {stage.value: label for stage, label in STAGE_LABELS.items()}


def locked(conn: Connection, returned: Returned) -> Iterator[store.Difference]:
    """Find what a unit changed in the locked columns of its sheet."""
    for issue_id, rows in returned.given.items():
        found = returned.now[issue_id]
        stages = (_STAGES[found.stage], returned.sent[issue_id].stage.label)
        for row in rows:
            if not _untouched(row.locked, found, stages):
                break
        else:
            continue
        now = returned.row(issue_id)
        ours = now.locked()
        last: dict[str, str] | None = None
        for heading in (TITLE, DETAIL, ASSIGNED, DUE, STAGE):
            given = dict.fromkeys(row.locked[heading] for row in rows if heading in row.locked)
            for theirs in given:
                if theirs == ours[heading]:
                    continue
                last = last or _as_sent(conn, returned, issue_id, now)
                if differs(theirs, last[heading], ours[heading]):
                    theirs = _unnamed(returned, issue_id, theirs, ours[heading] + last[heading])
                    yield _difference(
                        returned.sheet.id,
                        now.code,
                        heading,
                        "locked",
                        (ours[heading], theirs, last[heading]),
                        f"“{heading}”是锁定的栏目，改动不予采用。",
                    )
                    break


def _untouched(given: Mapping[str, str], now: store.OpenIssue, stages: tuple[str, str]) -> bool:
    """Tell at a glance, of most rows, that their locked cells are as they are here.

    `stages` are the one here and the one sent: handing in moves it on.
    """
    title, detail = now.title, now.detail or ""
    given_on, due = now.assigned_on or "", now.due_on or ""
    return (
        given.get(TITLE, title) == title
        and given.get(DETAIL, detail) == detail
        and given.get(ASSIGNED, given_on) == given_on
        and given.get(DUE, due) == due
        and given.get(STAGE, stages[0]) in stages
    )


def _unnamed(returned: Returned, issue_id: int, theirs: str, known: str) -> str:
    """Keep who complained out of the log: what the sheet named is left out of what came back."""
    found, text = returned.now[issue_id], without_party(theirs)
    for word in (word for one in found.complainants for word in (one.name, one.contact)):
        if word and word not in known:
            text = text.replace(word, BLOT)
    return text


def _as_sent(conn: Connection, returned: Returned, issue_id: int, now: Row) -> dict[str, str]:
    """Give the locked cells as they were sent: kept with the sheet, or read back from the log."""
    row, found = returned.sent[issue_id], returned.now[issue_id]
    texts = {"title": found.title, "detail": found.detail or ""}
    for event in reversed(events.of(conn, "issue", issue_id)):
        if event.seq <= returned.sheet.seen:
            break
        payload: Record = event.payload
        was = payload.get("was") or {}
        texts.update({name: was[name] or "" for name in texts if name in was})
    veil = blotter(found.complainants)
    return {
        CODE: now.code,
        TITLE: veil(texts["title"]),
        DETAIL: veil(texts["detail"]),
        ASSIGNED: row.assigned_on or "",
        DUE: row.due_on or "",
        STAGE: row.stage.label,
    }


def foreign(found: Iterable[Foreign]) -> Iterator[store.Difference]:
    """Tell of rows that are none of the sheet's."""
    for one in found:
        if one.sheet is not None:
            theirs = one.given.title
            given = one.given
            ways = (one.ours, theirs, None)
            heading = heading_of(given)
            kept = _difference(one.sheet.id, given.code, heading, "foreign", ways, one.message)
            yield kept._replace(page=given.kind)


def heading_of(given: Given) -> str:
    """Name the column a row is known by."""
    if given.kind == ISSUE:
        return CODE
    page = PAGES[given.kind]
    return page.column(page.locked[0], given.term)


def pending(
    sheet_id: int,
    code: str,
    step: Step,
    kind: str,
    ours: str | None,
    message: str,
    on: date | None,
) -> store.Difference:
    """Keep a step that was not taken, with all that taking it later needs."""
    ways = (ours, step.shown, None)
    return _difference(sheet_id, code, step.heading, kind, ways, message, kept(step, on))


def kept(step: Step, on: date | None) -> Record:
    """Write a step as it is kept with a difference."""
    day = step.on or on
    return {
        "op": step.op,
        "on": day.isoformat() if day else None,
        "values": dict(step.values),
        "digest": step.digest,
    }


def fault(
    sheet_id: int, code: str, heading: str, ours: str | None, theirs: str, message: str
) -> store.Difference:
    """Keep something filled in that can't be taken over."""
    return _difference(sheet_id, code, heading, "refused", (ours, theirs, None), message)


def item(
    sheet_id: int,
    item: Item,
    heading: str,
    kind: str,
    ways: tuple[str | None, str | None, str | None],
    message: str,
    step: Record | None = None,
) -> store.Difference:
    """Keep a difference of a task or a report; ours, theirs, as last sent."""
    column = PAGES[item.kind].column(heading, item.term)
    found = _difference(sheet_id, item.code, column, kind, ways, message, step)
    return found._replace(page=item.kind)


def conflict(
    sheet_id: int, code: str, heading: str, ours: str | None, theirs: str
) -> store.Difference:
    """Keep that two sheets of one unit say different things of an issue."""
    message = "同一件事项填了两份且不同，都没有采用；请单位确认后重报一份。"
    return _difference(sheet_id, code, heading, "conflict", (ours, theirs, None), message)


def _difference(
    sheet_id: int,
    code: str,
    heading: str,
    kind: str,
    ways: tuple[str | None, str | None, str | None],
    message: str,
    step: Record | None = None,
) -> store.Difference:
    ours, theirs, last = (None if text is None else cut(text, _LONGEST) for text in ways)
    return store.Difference(
        sheet_id, code, heading, kind, ours, theirs, last, message, step, "open"
    )


def merged(
    before: Iterable[store.Difference],
    found: Iterable[store.Difference],
    codes: set[tuple[str, str]],
) -> list[store.Difference]:
    """Give the differences of a sheet after it came in again.

    One that is the same stays as it is, with what was decided of it. One of an issue that came in
    and shows it no longer is gone, unless it was accepted.
    """
    known = {(one.page, one.code, one.heading): one for one in before}
    kept: dict[tuple[str, str, str], store.Difference] = {}
    for one in found:
        place = (one.page, one.code, one.heading)
        old = known.get(place)
        same = old is not None and (old.kind, old.theirs) == (one.kind, one.theirs)
        kept.setdefault(place, old if old is not None and same else one)
    for place, old in known.items():
        if place not in kept and (old.status == "accepted" or place[:2] not in codes):
            kept[place] = old
    return [kept[place] for place in sorted(kept)]


def stored(found: Iterable[store.Difference]) -> list[list[Any]]:
    """Write differences as the rows of an event's payload."""
    return [list(one[1:]) for one in found]
