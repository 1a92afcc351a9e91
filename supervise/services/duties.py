"""Periodic duties (定期报送): set by the office or the rule pack, reported on, waived."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from db import duties as store
from db import ids
from db.codec import iso
from supervise.domain import duties as rules
from supervise.domain.duties import NOTHING, Duty, Report, Rhythm, Round
from supervise.domain.pack_settings import OWN_RULE
from supervise.domain.records import UNIT_KINDS, Unit
from supervise.errors import NotFound, Refused
from supervise.services import units
from supervise.services.duty_debtors import debtors
from supervise.services.duty_records import Owed, described, find, known, record_of
from supervise.services.naming import Board
from supervise.services.session import Session
from supervise.services.work import Record, Work

_SEPARATORS = re.compile(r"[,，、;；\s]+")
_QUARTER = re.compile(r"(\d{4})\s*(?:-?\s*[Qq]|年第?)\s*([1-4一二三四])\s*(?:季度)?")
_MONTH = re.compile(r"\d{4}-\d{2}")
# How far ahead a report may be entered or waived.
_AHEAD = timedelta(days=400)
# How long before its period begins a report may come in.
_EARLY = timedelta(days=31)


def add(
    work: Work,
    duty: str,
    every: str,
    owed_by: str,
    day: int | None = None,
    month: int | None = None,
    after: bool = False,
    anchor: date | None = None,
    rest: str = "顺延",
    from_on: date | None = None,
    clause: str | None = None,
) -> Record:
    """设定报送: who owes what, how often, on which day. Raises Refused for a name in use."""
    if any(one.name == duty for one in known(work.session)):
        raise Refused(f"已有名为“{duty}”的定期报送，请换一个名称。", code="exists")
    rhythm = Rhythm(every, day, month, after, anchor, rest)
    who = _who(work, owed_by)
    key = ids.next_id(work.conn, "duty")
    fresh = Duty(duty, rhythm, who, from_on or work.on, clause=clause or OWN_RULE, id=key)
    return _kept(work, fresh)


def _who(work: Work, owed_by: str) -> tuple[str, ...]:
    """Read kinds and units; a unit stands under its code where it has one, else its name."""
    words = [word for word in _SEPARATORS.split(owed_by) if word]
    found = [w if w in UNIT_KINDS else _name(units.find(work.conn, w)) for w in words]
    if not found:
        raise Refused("应报单位没有填写。", code="bad_field")
    return tuple(dict.fromkeys(found))


def _name(unit: Unit) -> str:
    return unit.code or unit.name


def _kept(work: Work, duty: Duty, **facts: object) -> Record:
    rhythm = asdict(duty.rhythm)
    row = {
        **rhythm,
        "anchor": iso(duty.rhythm.anchor),
        "after": int(duty.rhythm.after),
        "name": duty.name,
        "owed_by": list(duty.owed_by),
        "since": duty.since.isoformat(),
        "until": iso(duty.until),
        "clause": duty.clause,
    }
    work.record("duty", duty.id, {"duty": row, **facts})
    return described(work.session, duty)


def end(work: Work, duty: str, reason: str) -> Record:
    """停止报送: nothing falls due from that day on. Raises Refused for one the pack asks for."""
    found = find(work.session, duty)
    if found.from_pack:
        raise Refused(f"“{duty}”是规则包规定的，请改规则包（supervise pack use）。")
    if found.until is not None and found.until <= work.on:
        raise Refused(f"“{duty}”已于 {found.until} 停止报送。", code="not_allowed")
    return _kept(work, replace(found, until=work.on), reason=reason)


def submit(
    work: Work, duty: str, period: str, unit: str | None = None, unit_id: str | None = None
) -> Record:
    """登记报送: what a unit owed for a period came in, on that day.

    Raises Refused for what came in already, and for a period long before it begins.
    """
    found, body, one, counts, before = _report(work, duty, period, unit, unit_id)
    if one.first - work.on > _EARLY:
        raise Refused(
            f"“{duty}”{one.key} 这一期 {one.first} 才开始，{work.on} 还不会报来，请核对期次。",
            code="too_early",
        )
    if counts.submitted_on is not None:
        raise Refused(
            f"{body.name}的“{duty}”{one.key} 已于 {counts.submitted_on} 报来。", code="not_allowed"
        )
    if work.by is None:
        work.by = body.name
    after = replace(
        before, submitted_on=work.on, note=work.note or before.note, ref=work.ref, by=work.actor
    )
    return _reported(work, Owed(found, body, one, after))


def waive(
    work: Work,
    duty: str,
    period: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
) -> Record:
    """免予报送: a unit need not report for a period. Raises Refused for what came in already."""
    found, body, one, counts, before = _report(work, duty, period, unit, unit_id)
    how = "报来" if counts.submitted_on else "免报" if counts.waived_on else ""
    if how:
        day = counts.submitted_on or counts.waived_on
        raise Refused(f"{body.name}的“{duty}”{one.key} 已于 {day} {how}。", code="not_allowed")
    after = replace(before, waived_on=work.on, reason=reason, ref=work.ref, by=work.actor)
    return _reported(work, Owed(found, body, one, after))


def _report(
    work: Work, name: str, period: str, unit: str | None, unit_id: str | None
) -> tuple[Duty, Unit, Round, Report, Report]:
    """Find what a step is about: what counts as the unit's report, and what it made itself."""
    duty = find(work.session, name)
    body = units.find(work.conn, unit or "", unit_id)
    # Entered late for a unit merged since: its own report, made while it was there.
    heir = partial(Board(work.session).taken_over, by=work.on)
    debtor = next((d for d in debtors(work.session, duty, heir) if d.unit.id == body.id), None)
    if debtor is None:
        raise Refused(f"{body.name}不在“{name}”的应报单位中。", code="not_owed")
    one = which(work.session, duty, period)
    debtor = debtor.at(duty, one.named_on, store.entered(work.conn)) or debtor
    every = store.reports(work.conn, {one.key})
    own = every.get((duty.name, body.id, one.key), NOTHING)
    return duty, body, one, debtor.report(duty.name, one.key, every), own


def which(session: Session, duty: Duty, period: str) -> Round:
    """Find the period a person means: by its key, or a day or month in it. Raises NotFound."""
    text = _as_key(period.strip())
    horizon = session.today + _AHEAD
    if duty.until is not None:
        horizon = min(horizon, duty.until - timedelta(days=1))
    found = list(rules.rounds(duty.rhythm, duty.since, horizon, session.calendar))
    exact = [one for one in found if one.key == text]
    near = exact or _holding(found, text)
    if len(near) == 1:
        return near[0]
    last = [one.key for one in found if one.first <= session.today][-4:]
    asked = text[:20]
    about = f"在“{asked}”有 {len(near)} 期，请写明哪一期" if near else f"没有“{asked}”这一期"
    ended = f"（{duty.until} 起停止报送）" if duty.until is not None else ""
    raise NotFound(f"“{duty.name}”{ended}{about}；最近的期次：{'、'.join(last) or '无'}。")


def _as_key(text: str) -> str:
    """Read a quarter as people write it (2024Q4, 2024年四季度) as the key of its period."""
    quarter = _QUARTER.fullmatch(text)
    if quarter is None:
        return text
    number = "一二三四".find(quarter[2]) + 1 or int(quarter[2])
    return f"{quarter[1]}-Q{number}"


def _holding(found: list[Round], text: str) -> list[Round]:
    from supervise.domain.dates import parse_date, period_end, period_start

    if _MONTH.fullmatch(text):
        try:
            first, last = period_start(text), period_end(text)
        except ValueError:
            return []
        return [one for one in found if one.first <= last and one.last >= first]
    try:
        day = parse_date(text)
    except ValueError:
        return []
    return [one for one in found if one.holds(day)]


def _reported(work: Work, owed: Owed) -> Record:
    report = owed.report
    row: Mapping[str, Any] = {
        "duty": owed.duty.name,
        "period": owed.round.key,
        "submitted_on": iso(report.submitted_on),
        "waived_on": iso(report.waived_on),
        "reason": report.reason,
        "note": report.note,
        "ref": report.ref,
        "by_name": work.actor,
    }
    facts = {"due_on": owed.round.due_on.isoformat(), "unit": owed.unit.name}
    work.record("report", owed.unit.id, {"report": dict(row), **facts})
    return record_of(owed, work.session.today)
