"""领导批示件: registered, reported back, closed; with the issue or task each is about."""

from __future__ import annotations

from datetime import date

from db import dispatch as dispatch_store
from db import ids
from db import instructions as store
from db import units as unit_store
from supervise.domain import instructions as rules
from supervise.domain.instructions import Instruction
from supervise.domain.records import Stage
from supervise.errors import NotFound
from supervise.services import units
from supervise.services.references import number, task_code
from supervise.services.session import Session
from supervise.services.work import Record, Work


def add(
    work: Work,
    leader: str,
    gist: str,
    report_by: date | None = None,
    issue: str | None = None,
    task: str | None = None,
    unit: str | None = None,
    unit_id: str | None = None,
) -> Record:
    """登记批示: who wrote what on the day of `on`; the issue's unit reports unless another does."""
    about = work.issue(issue) if issue else None
    body = units.find(work.conn, unit, unit_id).id if unit or unit_id else None
    if body is None and about is not None:
        body = about.unit_id
    key = ids.next_id(work.conn, "instruction")
    new = rules.new(
        Instruction(
            key,
            leader,
            work.on,
            gist,
            work.ref,
            report_by,
            about.id if about else None,
            task_code(work.conn, task),
            body,
        )
    )
    work.record("instruction", key, {"set": _stored(new), "new": True})
    return record(work.session, new)


def _stored(one: Instruction) -> Record:
    return {
        "leader": one.leader,
        "on_date": one.on.isoformat(),
        "gist": one.gist,
        "ref": one.ref,
        "report_by": _iso(one.report_by),
        "issue_id": one.issue_id,
        "task": one.task,
        "unit_id": one.unit_id,
        "answered_on": _iso(one.answered_on),
        "answer": one.answer,
        "interim": int(one.interim),
        "closed_on": _iso(one.closed_on),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _find(work: Work, which: str) -> Instruction:
    key = number(which)
    one = None if key is None else store.get(work.conn, key)
    if one is None:
        raise NotFound(f"没有编号为“{which}”的批示件，请用 supervise instruction list 查编号。")
    return one


def answer(work: Work, instruction: str, text: str, interim: bool = False) -> Record:
    """报结: keep what was reported back to the leader; `interim`: only how far it is."""
    before = _find(work, instruction)
    return _change(work, before, rules.answer(before, work.on, text, interim=interim))


def close(work: Work, instruction: str) -> Record:
    """批示办结: nothing more is asked for; a warning where its issue is still under way."""
    before = _find(work, instruction)
    after = rules.close(before, work.on)
    if before.issue_id is not None:
        line = dispatch_store.line(work.conn, before.issue_id, work.session.today)
        if not Stage(line.stage).ended:
            work.session.warn(f"所涉事项 {line.code} 尚未办结（{Stage(line.stage).label}）。")
    return _change(work, before, after)


def _change(work: Work, before: Instruction, after: Instruction) -> Record:
    old, new = _stored(before), _stored(after)
    changed = {name: value for name, value in new.items() if old[name] != value}
    was = {name: old[name] for name in changed}
    work.record("instruction", before.id, {"set": changed, "was": was})
    return record(work.session, after)


def record(session: Session, one: Instruction) -> Record:
    """Give the `instruction` record."""
    conn, today = session.conn, session.today
    unit = unit_store.get(conn, one.unit_id) if one.unit_id is not None else None
    issue = dispatch_store.line(conn, one.issue_id, today) if one.issue_id is not None else None
    return {
        "id": one.id,
        "leader": one.leader,
        "on": one.on.isoformat(),
        "gist": one.gist,
        "ref": one.ref,
        "report_by": _iso(one.report_by),
        "issue": issue.code if issue else None,
        "title": issue.title if issue else None,
        "task": one.task,
        "unit": unit.name if unit else None,
        "unit_id": unit.code if unit else None,
        "status": one.status,
        "status_name": one.words(today),
        "overdue": one.overdue(today),
        "answered_on": _iso(one.answered_on),
        "answer": one.answer,
        "interim": one.interim,
        "closed_on": _iso(one.closed_on),
    }


def listing(session: Session, *, unclosed: bool = False, overdue: bool = False) -> list[Record]:
    """List the instructions: those still to be reported first, the most pressing on top.

    `unclosed`: 未办结 only; `overdue`: 逾期未报结 only.
    """
    records = [record(session, one) for one in store.every(session.conn)]
    order = tuple(rules.STATUS_LABELS)
    records.sort(key=lambda one: (order.index(one["status"]), one["report_by"] or "9999"))
    return [
        one
        for one in records
        if not (unclosed and one["status"] == "closed")
        and not (overdue and not (one["overdue"] and one["status"] == "open"))
    ]


def about_issue(session: Session, issue_id: int) -> list[Record]:
    """List the instructions about an issue, newest first."""
    return [record(session, one) for one in store.about(session.conn, issue_id)]


def codes(session: Session) -> tuple[str, ...]:
    """Give the issues an instruction that is not closed is about."""
    return tuple(store.codes_waiting(session.conn))
