"""更正与隐去: what was wrong is put right, the old value kept; who complained is erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from db import notices, parties, transactions
from supervise.domain import corrections
from supervise.domain.clock import Term, due_on
from supervise.domain.disclosure import preset
from supervise.domain.records import Issue, Stage
from supervise.errors import Refused
from supervise.services import joining, units
from supervise.services.arguments import single, typed_date
from supervise.services.issue_records import issue_record
from supervise.services.registry import OPERATIONS, Field
from supervise.services.work import Record, Work

_PARTY = {"party": "诉求人", "contact": "联系方式", "disclosure": "告知范围"}
_BLANK = frozenset({"", "无", "空"})


def correctable() -> dict[str, str]:
    """Give what of an issue can be put right: its names and what it is called."""
    return corrections.FIELDS | _PARTY


def correct(work: Work, issue: str, field: str, value: str, reason: str) -> Record:
    """更正: a value was recorded wrongly; the old one stays in the log.

    Who complained is put right beside the log, which keeps only that it was. Issued notices that
    printed the issue are not changed; they are listed as a warning.
    """
    before = work.issue(issue)
    name = {label: key for key, label in correctable().items()}.get(field, field)
    if name in _PARTY:
        return _correct_party(work, before, name, value, reason)
    after = _corrected(work, before, name, value)
    if after == before:
        raise _unchanged()
    work.save(before, after, reason=reason)
    if name == "found_on" and after.merged_into is not None:
        joining.settle(work, after.merged_into, joined=after.code)
    if name == "urgency" and after.stage is Stage.RECTIFY and after.term is not None:
        work.session.warn(
            f"限期仍为 {after.due_on}：更正紧急程度不改限期，要改请更正限期（due_on）。"
        )
    if len(after.shifts) < len(before.shifts):
        work.session.warn(
            f"限期更正为 {after.due_on or '空'}，以此为准：此前的延期、暂停计时等不再另计。"
        )
    printed = notices.printed_in(work.conn, before.code)
    if printed:
        work.session.warn(
            f"已签发的通报不随更正改动：{'、'.join(printed)} 印有 {before.code}，"
            "如需改动请用 notice correct。"
        )
    return {**issue_record(work.conn, after, work.session.today), "notices": printed}


def _unchanged() -> Refused:
    return Refused("更正前后相同，没有改动。", code="unchanged")


def _field(name: str) -> Field | None:
    known = {one.name: one for one in OPERATIONS["issue.add"].fields}
    return known.get(name)


def _text(name: str, value: str) -> str:
    field = _field(name)
    return str(single(field, value) or "") if field else value


def _day(name: str, value: str) -> date | None:
    return None if value in _BLANK else typed_date(corrections.DATE_FIELDS[name], value)


def _corrected(work: Work, issue: Issue, name: str, value: str) -> Issue:
    if name in corrections.TEXT_FIELDS:
        return corrections.correct_text(issue, name, _text(name, value))
    if name in corrections.DATE_FIELDS:
        day = _day(name, value)
        if name != "due_on":
            work.not_future(corrections.DATE_FIELDS[name], day)
        later = _later_due(work, issue, day) if name == "assigned_on" and day else None
        changed = corrections.correct_date(issue, name, day, later)
        return joining.joined(work, changed) if name == "found_on" else changed
    if name == "unit":
        unit = units.find(work.conn, value)
        if not unit.active and not issue.stage.ended:
            raise Refused(
                f"{unit.name}已并入其他单位，未办结的事项不能更正到它名下。", code="inactive_unit"
            )
        return corrections.correct_unit(issue, unit.id)
    options = "、".join(f"{label}（{key}）" for key, label in correctable().items())
    raise Refused(f"不能更正“{name}”这一栏，可更正：{options}。", code="bad_field")


def _later_due(work: Work, issue: Issue, assigned: date) -> date | None:
    """Give the later date the clock sets from a 交办日期 put right; an earlier one is only told."""
    if not corrections.clock_from(issue) or issue.due_on is None or issue.term is None:
        return None
    term = Term.parse(issue.term)
    given_out = issue.assigned_on
    if given_out is None or due_on(given_out, term, work.session.calendar)[0] != issue.due_on:
        return None  # a date missed before the class was changed: that stands
    due, _ = due_on(assigned, term, work.session.calendar)
    counted = f"自 {assigned} 起{term.label}"
    if due < issue.due_on:
        work.session.warn(f"{counted}应于 {due} 到期，早于已告知的限期 {issue.due_on}，未改动。")
    if due <= issue.due_on:
        return None
    work.session.warn(f"限期随之由 {issue.due_on} 改为 {due}（{counted}）。")
    return due


def _correct_party(work: Work, issue: Issue, name: str, value: str, reason: str) -> Record:
    """Put right who complained or who may know; what was erased stays erased."""
    known = parties.get(work.conn, issue.id)
    if known is not None and known.redacted:
        raise Refused(f"事项 {issue.code} 的诉求人信息已隐去，不能再更正。", code="redacted")
    now = known or parties.Party(None, None, preset(issue.source))
    text = None if value in _BLANK and name != "disclosure" else _text(name, value)
    changes: dict[str, Any] = {"name" if name == "party" else name: text}
    after = replace(now, **changes)
    if after == known:
        raise _unchanged()
    row = parties.row(issue.id, after, work.session.salt())
    facts = {"digest": row[-1], "disclosure": after.disclosure}
    own = bool(after.name or after.contact)
    changed = replace(issue, has_party=own or joining.others_complained(work, issue))
    work.save(issue, changed, reason=reason, field=_PARTY[name], party=facts)
    with transactions.overwriting(work.conn):
        work.beside(parties.INSERT, row)
    if changed.merged_into is not None:
        joining.settle(work, changed.merged_into, joined=changed.code)
    return issue_record(work.conn, changed, work.session.today)


def redact(work: Work, issue: str, reason: str, approver: str) -> Record:
    """隐去诉求人: two persons decide to erase who complained; the log keeps only a digest."""
    before = work.issue(issue)
    if approver == work.actor:
        raise Refused("隐去诉求人须两人共同决定：批准人不能是办理人本人。", code="same_person")
    known = parties.get(work.conn, before.id)
    if known is None or known.redacted:
        raise Refused(f"事项 {before.code} 没有可隐去的诉求人信息。", code="no_party")
    work.record("issue", before.id, {"reason": reason, "approver": approver})
    with transactions.overwriting(work.conn):
        parties.erase(work.conn, before.id)
    return issue_record(work.conn, before, work.session.today)
