"""内部测算: what past months would have brought under other rules, beside what happened.

Due dates stay as they were given: only naming and the streaks behind an interview are worked out
again. What people decided — exemptions, names added by hand, corrections — stands as it does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from db import notices as store
from supervise.domain import duties as duty_rules
from supervise.domain import ladder
from supervise.domain.dates import next_period, period_end, period_start
from supervise.domain.duties import Duty
from supervise.domain.ladder_records import Entry, Naming, Notice
from supervise.domain.naming import effective_namings, in_city_order
from supervise.domain.pack import Pack, parse_pack
from supervise.errors import Refused
from supervise.services import duty_records, naming, packs
from supervise.services.ladder import rules_of
from supervise.services.session import Session

Record = dict[str, Any]
MARK = "内部测算"
LONGEST = 60
_DAY = timedelta(days=1)


def simulate(session: Session, pack: str, since: str, until: str) -> Record:
    """Work out the months from `since` to `until` under another rule pack.

    `pack` is a bundled one's name or a .toml file. Raises Refused for months out of order, more
    than sixty of them, or one whose cut-off is still to come.
    """
    periods = list(_periods(since, until))
    if not periods or len(periods) > LONGEST:
        raise Refused(
            f"测算的月份从 {since} 到 {until} 不对：应由早到晚，最多 {LONGEST} 个月。",
            code="bad_period",
        )
    if period_end(periods[-1]) > session.today:
        raise Refused(
            f"{periods[-1]} 还没有过完（今天 {session.today}），只能测算已过完的月份。",
            code="future_period",
        )
    text, _ = packs.load(pack)
    other = parse_pack(text, pack)
    return _simulated(session, other, periods)


def _periods(since: str, until: str) -> Iterator[str]:
    period = since
    while period <= until:
        yield period
        period = next_period(period)


def _simulated(session: Session, other: Pack, periods: Sequence[str]) -> Record:
    own = session.pack
    happened = {
        one.period: one
        for one in store.every(session.conn, own.naming.series)
        if one.status == "issued"
    }
    under = session.beside(session.today, other)
    board = naming.Board(under)
    would = {period: _notice(under, period, happened.get(period), board) for period in periods}
    codes = {key: unit.code for key, unit in board.units.items()}
    return {
        "mark": MARK,
        "pack": other.name,
        "title": other.title,
        "from": periods[0],
        "to": periods[-1],
        "months": [
            _month(period, happened.get(period), would[period], codes) for period in periods
        ],
        "interviews": {
            "happened": _streaks(
                board, [happened[p] for p in periods if p in happened], own, codes
            ),
            "would": _streaks(board, list(would.values()), other, codes),
        },
        "untold": _untold(under, periods),
    }


def _untold(session: Session, periods: Sequence[str]) -> list[Record]:
    """List the duties of a pack that nobody was asked for in some of the months, and since when.

    Where the pack names units for reports they missed, nothing can be said of those months.
    """
    if not session.pack.naming.criteria["unreported"].on:
        return []
    first, last = period_start(periods[0]), period_end(periods[-1])
    return [
        {"duty": one.name, "since": one.since.isoformat()}
        for one in duty_records.known(session)
        if one.from_pack and _falls_due(session, one, first, min(last, one.since - _DAY))
    ]


def _falls_due(session: Session, duty: Duty, first: date, last: date) -> bool:
    """Tell whether a period of a duty would have been due between two days."""
    found = duty_rules.rounds(duty.rhythm, first, last, session.calendar)
    return any(first <= one.due_on <= last for one in found)


def _notice(session: Session, period: str, issued: Notice | None, board: naming.Board) -> Notice:
    """Give a month's notice as the rules of the session's pack would have made it."""
    blank = Notice(0, period, period_end(period), session.pack.naming.series, periods=(period,))
    notice = replace(issued or blank, series=blank.series, status="draft", entries=())
    found = naming.entries(session, notice, board)
    if issued is not None:
        found = in_city_order(_corrected(found, issued), board.orders)
    return replace(
        notice,
        status="issued",
        entries=found,
        issued_on=issued.issued_on if issued else notice.cutoff + timedelta(days=1),
    )


def _corrected(entries: Sequence[Entry], issued: Notice) -> Iterator[Entry]:
    """Apply the corrections made after issuing: entries taken back, changed or added by hand."""
    later = {
        (one.unit_id, one.polarity): one for one in issued.entries if one.corrected_on is not None
    }
    for entry in entries:
        yield later.pop((entry.unit_id, entry.polarity), entry)
    yield from (one for one in later.values() if one.origin == "manual")


def _named(notice: Notice | None) -> dict[int, str]:
    entries = notice.entries if notice else ()
    return {
        one.unit_id: one.name
        for one in entries
        if one.status == "effective" and one.polarity == "named"
    }


def _month(
    period: str, issued: Notice | None, would: Notice, codes: dict[int, str | None]
) -> Record:
    before, after = _named(issued), _named(would)

    def units(ids: Sequence[int]) -> list[Record]:
        return [{"unit": after.get(key) or before[key], "unit_id": codes.get(key)} for key in ids]

    return {
        "period": period,
        "cutoff": would.cutoff.isoformat(),
        "issued": issued is not None,
        "named": units(list(before)),
        "would": units(list(after)),
        "added": units([key for key in after if key not in before]),
        "dropped": units([key for key in before if key not in after]),
    }


def _streaks(
    board: naming.Board, notices: Sequence[Notice], pack: Pack, codes: dict[int, str | None]
) -> list[Record]:
    """List the runs of months long enough for an interview, whatever interviews were held."""
    rules = rules_of(pack)
    periods = frozenset(p for one in notices for p in one.periods or (one.period,))
    by_unit: dict[int, list[Naming]] = {}
    for one in effective_namings(notices, pack.naming.series):
        unit = board.accountable(one.unit_id).id
        by_unit.setdefault(unit, []).append(replace(one, unit_id=unit))
    return [
        {
            "unit": board.units[unit].name,
            "unit_id": codes.get(unit),
            "periods": list(streak.periods),
        }
        for unit, namings in by_unit.items()
        for streak in ladder.streaks(namings, periods, rules)
        if rules.months and streak.length >= rules.months
    ]
