"""回头看: planned by a sample or by choice; what was found is read from the issues themselves."""

from __future__ import annotations

import re
from collections import Counter

from db import ids
from db import issues as issue_store
from db import revisits as store
from db import units as unit_store
from db.revisits import Found
from supervise.domain import revisits as rules
from supervise.domain.dates import period_end, period_start
from supervise.domain.records import Issue, Stage
from supervise.domain.revisits import Closed, Plan, Row
from supervise.errors import Refused
from supervise.services import units
from supervise.services.session import Session
from supervise.services.work import Record, Work

_SEPARATORS = re.compile(r"[\s,，、;；]+")


def plan(
    work: Work,
    period: str,
    size: int | None = None,
    share: int | None = None,
    seed: int | None = None,
    since: str | None = None,
    issues: tuple[str, ...] = (),
    method: str | None = None,
    checkers: tuple[str, ...] = (),
) -> Record:
    """安排回头看: of the issues closed from `since` to the month's end, a sample or those named.

    The seed is the month's digits unless said, and is kept with the plan. Raises Refused when
    nothing is left to be drawn, or a cross check leaves nobody but the unit itself.
    """
    since = since or period
    if since > period:
        raise Refused(f"起始月份 {since} 晚于 {period}。")
    method = method or ("随机抽查" if not issues else "专项检查")
    if method == rules.CROSS and not checkers:
        raise Refused("交叉检查请写明检查单位（checkers），程序分派时回避本单位。")
    key = int(period.replace("-", "")) if seed is None else seed
    if issues and (size is not None or share is not None):
        raise Refused("用编号（issues）指定的，不再写件数或比例。")
    days = period_start(since), period_end(period)
    known = _chosen(work, issues) if issues else store.closed(work.conn, *days)
    drawn = known if issues else rules.sample(known, rules.size_of(len(known), size, share), key)
    if not drawn:
        raise Refused(
            f"{since} 至 {period} 没有可抽的已销号事项（已列入过计划的不再抽）。",
            code="none_left",
        )
    teams = [_accountable(work, name) for name in checkers]
    rows = rules.crossed([_widened(work, one) for one in drawn], teams, key)
    new = Plan(
        ids.next_id(work.conn, "revisit_plan"),
        0,
        period,
        since,
        method,
        None if issues else key,
        len(known),
        work.on,
        work.actor,
    )
    _record(work, new, rows)
    return shown(work.session, new.id)


def _accountable(work: Work, name: str) -> int:
    return units.find(work.conn, name).id


def _widened(work: Work, one: Closed) -> Closed:
    """Bar from looking at an issue whoever answers for its unit, and its unit's own bureaus."""
    if one.unit_id is None:
        return one
    subject = unit_store.get(work.conn, one.unit_id).subject_id
    kin = {unit.id for unit in unit_store.every(work.conn) if unit.subject_id == subject}
    return Closed(one.code, one.unit_id, one.closed_on, one.barred | kin)


def _chosen(work: Work, codes: tuple[str, ...]) -> list[Closed]:
    """Load the issues named one by one: closed ones only, each once."""
    found = []
    for code in dict.fromkeys(one for text in codes for one in _SEPARATORS.split(text) if one):
        issue = work.issue(code)
        if issue.stage is not Stage.CLOSED:
            raise Refused(f"事项 {issue.code} 现在“{issue.stage.label}”，回头看只看已销号的。")
        closing = Closed(issue.code, issue.unit_id, issue.closed_on, frozenset(issue.co_units))
        found.append(closing)
    return found


def _record(work: Work, new: Plan, rows: list[tuple[Closed, int | None]]) -> None:
    ids_ = {code: one.id for code, one in _loaded(work, [one.code for one, _ in rows]).items()}
    items = [
        [ids_[one.code], one.unit_id, checker, one.closed_on.isoformat() if one.closed_on else None]
        for one, checker in rows
    ]
    values = {
        "period": new.period,
        "since": new.since,
        "method": new.method,
        "seed": new.seed,
        "population": new.population,
        "on_date": new.on.isoformat(),
        "by_name": new.by,
    }
    work.record("revisit", new.id, {"set": values, "items": items})


def _loaded(work: Work, codes: list[str]) -> dict[str, Issue]:
    return issue_store.by_codes(work.conn, codes)


def _row_record(session: Session, plan_: Plan, row: Row) -> Record:
    conn = session.conn
    unit = unit_store.get(conn, row.unit_id) if row.unit_id is not None else None
    checker = unit_store.get(conn, row.checker_id) if row.checker_id is not None else None
    found = store.found(conn, row.issue_id, plan_.seq)
    return {
        "plan": plan_.id,
        "period": plan_.period,
        "issue": found.code,
        "title": found.title,
        "unit": unit.name if unit else None,
        "unit_id": unit.code if unit else None,
        "checker": checker.name if checker else None,
        "closed_on": row.closed_on.isoformat() if row.closed_on else None,
        "result": found.result or "未查",
        "on": found.on.isoformat() if found.on else None,
        "by": found.by,
        "relapsed_on": found.relapsed_on.isoformat() if found.relapsed_on else None,
        "redone": _redone(row, found),
    }


def _redone(row: Row, found: Found) -> bool:
    """Whether the closing that was to be tried no longer stands: the issue was taken up anew."""
    closed_on = row.closed_on.isoformat() if row.closed_on else None
    return found.stage != Stage.CLOSED or found.closed_on != closed_on


def _plan_record(session: Session, one: Plan) -> Record:
    rows = [_row_record(session, one, row) for row in store.rows(session.conn, one.id)]
    counts = Counter(row["result"] for row in rows)
    return {
        "id": one.id,
        "period": one.period,
        "since": one.since,
        "method": one.method,
        "seed": one.seed,
        "population": one.population,
        "size": len(rows),
        "on": one.on.isoformat(),
        "by": one.by,
        "results": {word: counts[word] for word in rules.RESULTS},
        "rows": rows,
    }


def shown(session: Session, plan_id: int) -> Record:
    """Give one plan with its rows."""
    return _plan_record(session, next(p for p in store.plans(session.conn) if p.id == plan_id))


def plans(session: Session, period: str | None = None) -> list[Record]:
    """List the plans with their rows, newest first; of one month only, if one is named."""
    return [
        _plan_record(session, one)
        for one in store.plans(session.conn)
        if period in {None, one.period}
    ]


def listing(session: Session, period: str | None = None, result: str | None = None) -> list[Record]:
    """List the rows of all plans, newest plan first; of one result only, if one is named."""
    return [
        row
        for one in plans(session, period)
        for row in one["rows"]
        if result in {None, row["result"]}
    ]


def waiting(session: Session) -> list[Record]:
    """List the rows still to be looked at: not found on yet, and the closing still stands."""
    return [row for row in listing(session, result="未查") if not row["redone"]]


def relapsed(session: Session) -> list[Record]:
    """List the rows found relapsed (反弹) that nobody has taken up anew."""
    if not store.any_relapsed(session.conn):
        return []
    return [row for row in listing(session, result="反弹") if not row["redone"]]


def codes(session: Session) -> tuple[str, ...]:
    """Give the issues still to be looked at."""
    return tuple(store.codes_waiting(session.conn))
