"""What a list of issues shows: a filter as a value, and the SQL it stands for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from db import search
from db.driver import Connection
from supervise.domain.stage_names import Stage

Values = dict[str, object]


@dataclass(frozen=True, slots=True)
class Filter:
    """What a list of issues shows; every part narrows it.

    `overdue` is as the record's own flag: the current stay was handed in after its date, or is
    still open past it. `due_by`: still in 整改 and due on or before the day; `due_from` and
    `due_to`: due on that day or later, or earlier, in whatever stage. `unvisited`: in 反馈 without
    a 回访. `codes`: one of these. `as_of`: as it stood at the end of that day. `also`: what fits
    this filter too. `sort` is a field, with a leading "-" for descending.
    """

    stages: tuple[Stage, ...] = ()
    unit_ids: tuple[int, ...] = ()
    overdue: bool = False
    open_only: bool = False
    due_by: date | None = None
    due_from: date | None = None
    due_to: date | None = None
    found_from: date | None = None
    found_to: date | None = None
    as_of: date | None = None
    search: str | None = None
    handler: str | None = None
    categories: tuple[str, ...] = ()
    urgencies: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    min_returns: int = 0
    reopened: bool = False
    unvisited: bool = False
    codes: tuple[str, ...] | None = None
    also: Filter | None = None
    sort: str = "code"
    limit: int | None = None
    offset: int = 0


def is_few(chosen: Filter) -> bool:
    """Whether a filter's own conditions leave few issues, and an index finds them."""
    unfinished = bool(chosen.stages) and not any(stage.ended for stage in chosen.stages)
    return (
        chosen.open_only
        or unfinished
        or chosen.unvisited
        or chosen.due_by is not None
        or chosen.min_returns > 0
        or chosen.reopened
        or chosen.codes is not None
        or (chosen.also is not None and is_few(chosen.also))
    )


_HANDED = (
    "CASE WHEN i.stage = 'rectify' THEN :today"
    " ELSE coalesce(i.submitted_on, i.closed_on, i.ended_on, :today) END"
)
OVERDUE = (
    f"(i.stage NOT IN ('discover', 'rejected') AND i.due_on IS NOT NULL AND {_HANDED} > i.due_on"
    " AND (i.paused_on IS NULL OR i.paused_on > i.due_on))"
)

# The same of issues in 整改, from which nothing was handed in: an index alone can tell.
LATE = (
    "i.stage = 'rectify' AND i.due_on < :today AND (i.paused_on IS NULL OR i.paused_on > i.due_on)"
)
HANDED = _HANDED

MATCH = "issue_search MATCH :words"
FOUND = f"i.id IN (SELECT rowid FROM issue_search WHERE {MATCH})"

# Of a word that is also another name of a unit, or its initials: the index of units tells more.
_OR_UNIT = (
    "(i.unit_id IN (SELECT value FROM json_each(:{name}_units))"
    " OR i.id IN (SELECT rowid FROM issue_search WHERE issue_search MATCH :{name}))"
)
# Of such a word alone: the condition, and the ids it leaves, gathered from both indexes.
UNIT_FOUND = _OR_UNIT.format(name="word0")
UNIT_HITS = (
    "SELECT rowid FROM issue_search WHERE issue_search MATCH :word0"
    " UNION SELECT id FROM issue WHERE unit_id IN (SELECT value FROM json_each(:word0_units))"
)


def where(conn: Connection, chosen: Filter, today: date) -> tuple[list[str], Values]:
    """Give the conditions of a filter, all of which must hold, and the values they name.

    What was searched for by words of the index alone is the condition `FOUND`.
    """
    values: Values = {"today": today.isoformat()}
    return [*_parts(conn, chosen, values, "")], values


def _parts(conn: Connection, chosen: Filter, values: Values, mark: str) -> Iterator[str]:
    yield from _state(chosen)
    yield from _one_of(chosen, values, mark)
    yield from _days(chosen, values, mark)
    if chosen.handler:
        values[f"handler{mark}"] = chosen.handler
        yield f"i.handler = :handler{mark}"
    if chosen.min_returns:
        values[f"min_returns{mark}"] = chosen.min_returns
        yield f"i.returns > 0 AND i.returns >= :min_returns{mark}"
    if chosen.search is not None:
        yield from _searched(conn, chosen.search, values, mark)
    if chosen.also is not None:
        yield from _parts(conn, chosen.also, values, f"{mark}_also")


def _state(chosen: Filter) -> Iterator[str]:
    if chosen.overdue:
        yield LATE if chosen.stages == (Stage.RECTIFY,) else OVERDUE
    if chosen.open_only:
        yield "i.stage IN ('discover', 'rectify', 'review', 'feedback')"
    if chosen.reopened:
        yield "i.reopens > 0"
    if chosen.unvisited:
        yield "i.stage = 'feedback' AND i.feedback_on IS NULL"


def _one_of(chosen: Filter, values: Values, mark: str) -> Iterator[str]:
    stages = [stage.value for stage in chosen.stages]
    if chosen.overdue and chosen.stages == (Stage.RECTIFY,):
        stages = []
    columns: tuple[tuple[str, Sequence[object]], ...] = (
        ("stage", stages),
        ("unit_id", chosen.unit_ids),
        ("category", chosen.categories),
        ("urgency", chosen.urgencies),
        ("source", chosen.sources),
    )
    for column, items in columns:
        names = [f"{column}{number}{mark}" for number in range(len(items))]
        values.update(zip(names, items, strict=True))
        if names:
            yield f"i.{column} IN ({', '.join(f':{name}' for name in names)})"
    if chosen.codes is not None:
        values[f"codes{mark}"] = json.dumps(chosen.codes)
        yield f"i.code IN (SELECT value FROM json_each(:codes{mark}))"


def _days(chosen: Filter, values: Values, mark: str) -> Iterator[str]:
    if chosen.due_by:
        values[f"due_by{mark}"] = chosen.due_by.isoformat()
        yield f"i.stage = 'rectify' AND i.due_on <= :due_by{mark}"
    edges = (
        ("due_on", ">=", "due_from", chosen.due_from),
        ("due_on", "<=", "due_to", chosen.due_to),
        ("found_on", ">=", "found_from", chosen.found_from),
        ("found_on", "<=", "found_to", chosen.found_to),
    )
    for column, sign, name, day in edges:
        if day is not None:
            values[f"{name}{mark}"] = day.isoformat()
            yield f"i.{column} {sign} :{name}{mark}"


def _searched(conn: Connection, text: str, values: Values, mark: str) -> Iterator[str]:
    """Ask of every word that it stands in the text, or means the unit."""
    plain: list[str] = []
    for number, phrase in enumerate(search.phrases(text)):
        found = search.units_meant(conn, phrase.replace(" ", ""))
        if not found:
            plain.append(phrase)
            continue
        name = f"word{number}{mark}"
        values[name], values[f"{name}_units"] = search.quoted(phrase), json.dumps(found)
        yield _OR_UNIT.format(name=name)
    words = " AND ".join(map(search.quoted, plain))
    values[f"words{mark}"] = words
    if words:
        yield FOUND.replace(":words", f":words{mark}")
    elif not search.phrases(text):
        yield "1 = 0"
