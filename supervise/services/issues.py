"""The loop's operations, from 登记 to 销号: each asked of the rules and written to the log."""

from __future__ import annotations

from datetime import date
from typing import Any

from db import evidence as evidence_store
from db import ids, parties
from db import issues as store
from db import units as unit_store
from supervise.domain import moves, stage
from supervise.domain.disclosure import preset
from supervise.domain.records import Issue, Span, Stage, Unit
from supervise.errors import NotFound, Refused
from supervise.services import clock_nodes, handover, joining, units
from supervise.services import clocks as due_dates
from supervise.services.issue_steps import by_unit, done
from supervise.services.work import Record, Work


def _unit(work: Work, name: str | None, code: str | None) -> Unit:
    unit = units.find(work.conn, name, code)
    if not unit.active:
        raise Refused(f"{unit.name}已并入其他单位，不能再交办。", code="inactive_unit")
    if code and name:
        units.note_spelling(work, unit, name)
    return unit


def add(
    work: Work,
    title: str,
    issue: str | None = None,
    found_on: date | None = None,
    party: str | None = None,
    contact: str | None = None,
    disclosure: str | None = None,
    clocks: str | None = None,
    clocks_from: date | None = None,
    **texts: str,
) -> Record:
    """登记: put a problem on the list in 发现; without a code the next free one is given.

    Raises Refused when the code is taken or the day lies in the future.
    """
    found = found_on or work.on
    work.not_future("发现日期", found)
    code = issue or _next_code(work, found)
    if store.get(work.conn, code) is not None:
        raise Refused(f"编号“{code}”已有事项，请换一个编号。", code="code_taken")
    key = ids.next_id(work.conn, "issue")
    known = parties.Party(party, contact, disclosure or preset(texts.get("source")))
    new = Issue(
        key,
        code,
        title,
        Stage.DISCOVER,
        found,
        found,
        spans=(Span(Stage.DISCOVER, None, found),),
        has_party=bool(party or contact),
        **texts,  # type: ignore[arg-type]
    )
    facts: dict[str, Any] = {}
    if clocks:
        facts |= clock_nodes.facts(clock_nodes.begin(work, new, clocks, clocks_from))
    if new.has_party or disclosure:
        row = parties.row(key, known, work.session.salt())
        facts["party"] = {"digest": row[-1], "disclosure": known.disclosure}
        work.save(None, new, **facts)
        work.beside(parties.INSERT, row)
    else:
        work.save(None, new, **facts)
    return done(work, new)


def _next_code(work: Work, found: date) -> str:
    stem, number = ids.next_code(work.conn, work.session.pack.code_prefix, found.year)
    return f"{stem}{number:04d}"


def accept(
    work: Work,
    issue: str,
    conclusion: str | None = None,
    category: str | None = None,
    urgency: str | None = None,
) -> Record:
    """受理: record the examination's conclusion, the category and the urgency."""
    before = work.issue(issue)
    after = moves.accept(before, work.on, category, urgency)
    work.save(before, after, conclusion=conclusion)
    return done(work, after)


def assign(
    work: Work,
    issue: str,
    unit: str | None = None,
    unit_id: str | None = None,
    co_units: tuple[str, ...] = (),
    due_on: date | None = None,
    clocks: str | None = None,
    clocks_from: date | None = None,
) -> Record:
    """交办: hand the issue to its lead unit, with the date given or the pack's clock.

    An issue that carries a clock set is due, unless said, with the last of its nodes. Raises
    Refused where the lead unit is to support itself.
    """
    before = work.issue(issue)
    begun = clock_nodes.begin(work, before, clocks, clocks_from) if clocks else ()
    lead = _unit(work, unit, unit_id)
    others = tuple(units.find(work.conn, name).id for name in co_units)
    if lead.id in others:
        raise Refused(f"{lead.name}是责任单位，不能同时是配合单位。", code="same_unit")
    due, term, why = clock_nodes.first_due(work, before, begun, due_on)
    after = moves.assign(before, work.on, lead.id, due, term, others)
    work.save(before, after, clock=why, **clock_nodes.facts(begun))
    return done(work, after)


def sign(work: Work, issue: str) -> Record:
    """签收: the unit has it; the clock does not move."""
    before = work.issue(issue)
    by_unit(work, before)
    after = moves.sign(before, work.on)
    work.save(before, after)
    return done(work, after)


def progress(work: Work, issue: str) -> Record:
    """进展: keep what the unit reports, in the note."""
    before = work.issue(issue)
    by_unit(work, before)
    after = moves.progress(before, work.on)
    work.save(before, after)
    return done(work, after)


def urge(work: Work, issue: str) -> Record:
    """催办: keep that the unit was reminded."""
    before = work.issue(issue)
    after = moves.urge(before, work.on)
    work.save(before, after)
    return done(work, after)


def submit(
    work: Work, issue: str, measures: str | None = None, evidence: tuple[str, ...] = ()
) -> Record:
    """报请复核: the unit hands in what it did.

    Raises Refused without the measures or the evidence that the rule pack asks for.
    """
    before = work.issue(issue)
    by_unit(work, before)
    stage.require(before, "submit", work.on)
    measures = measures or work.note
    rules = work.session.pack.submit
    if rules.measures_required and not measures:
        raise Refused("报请复核须写明整改措施及完成情况（--measures）。", code="missing_measures")
    if rules.evidence_required and not evidence and not evidence_store.of(work.conn, before.id):
        raise Refused("本办规定报请复核须附佐证材料（evidence）。", code="missing_evidence")
    after = moves.submit(before, work.on, work.actor, measures)
    work.save(before, after, evidence=_evidence(work, evidence))
    return done(work, after)


def _evidence(work: Work, items: tuple[str, ...]) -> list[Record]:
    """Make evidence rows of descriptions, or of hashes of files already stored."""
    if not items:
        return []
    first = ids.next_id(work.conn, "evidence")
    rows = []
    for number, item in enumerate(items):
        stored = evidence_store.known(work.conn, item.lower()) if _is_hash(item) else None
        if _is_hash(item) and stored is None:
            raise NotFound(
                f"没有 SHA-256 为 {item} 的佐证文件，请先用 supervise issue evidence 存入。"
            )
        rows.append(
            {
                "id": first + number,
                "name": stored.name if stored else item,
                "sha256": stored.sha256 if stored else None,
                "size": stored.size if stored else None,
                "added_on": work.on.isoformat(),
            }
        )
    return rows


def _is_hash(text: str) -> bool:
    return len(text) == 64 and all(char in "0123456789abcdefABCDEF" for char in text)


def _separate(
    work: Work, mode: str, doer: str, others: tuple[str | None, ...], step: str, other: str
) -> None:
    """Hold two steps to two persons: refuse, warn or let pass, as the pack says."""
    if mode == "off" or doer not in others:
        return
    sentence = f"{doer} 既{other}又{step}，应由不同的人办理。"
    if mode == "strict":
        raise Refused(sentence, code="same_person")
    work.session.warn(sentence)


def pass_(
    work: Work, issue: str, method: str | None = None, reviewers: str | None = None
) -> Record:
    """复核通过: a reviewer other than the submitter, and not of the unit, finds it put right."""
    before = work.issue(issue)
    stage.require(before, "pass", work.on)
    unit = unit_store.get(work.conn, before.unit_id).name if before.unit_id else None
    if not before.imported:
        mode = work.session.pack.review.separation
        _separate(work, mode, work.actor, (before.submitted_by, unit), "复核", "报请复核")
    after = moves.pass_(before, work.on)
    work.save(before, after, method=method, reviewers=reviewers)
    return done(work, after)


def return_(work: Work, issue: str, reason: str, due_on: date | None = None) -> Record:
    """复核退回: back to the unit with what is unmet and a new date."""
    before = work.issue(issue)
    stage.require(before, "return", work.on)
    due, term, why = due_dates.rework(work.session, before, work.on, due_on)
    after = moves.return_(before, work.on, due, term)
    work.save(before, after, reason=reason, clock=why)
    return done(work, after)


def reply(work: Work, issue: str) -> Record:
    """答复: the complainant was told; the words stand in the note."""
    before = work.issue(issue)
    after = moves.reply(before, work.on, work.note)
    work.save(before, after)
    return done(work, after)


def feedback(
    work: Work,
    issue: str,
    satisfaction: str,
    upheld: bool | None = None,
    due_on: date | None = None,
    reason: str | None = None,
) -> Record:
    """回访: what the complainant says; an upheld 不满意 sends the issue back to its unit."""
    before = work.issue(issue)
    stage.require(before, "feedback", work.on)
    facts: dict[str, Any] = {"upheld": upheld, "reason": reason}
    due = term = None
    if satisfaction == "不满意" and upheld:
        due, term, facts["clock"] = due_dates.rework(work.session, before, work.on, due_on)
    after = moves.feedback(before, work.on, satisfaction, upheld, due, reason or work.note, term)
    work.save(before, after, **facts)
    return done(work, after)


def close(work: Work, issue: str) -> Record:
    """销号: every gate passed, approved by another than the handler."""
    before = work.issue(issue)
    stage.require(before, "close", work.on)
    if not before.imported:
        mode = work.session.pack.close.separation
        _separate(work, mode, work.actor, (before.handler,), "批准销号", "经办")
    after = moves.close(before, work.on)
    work.save(before, after)
    return done(work, after)


def revisit(work: Work, issue: str, result: str) -> Record:
    """回头看: keep whether a closed issue stayed put right."""
    before = work.issue(issue)
    after = moves.revisit(before, work.on, result)
    work.save(before, after, result=result)
    return done(work, after)


def reopen(work: Work, issue: str, reason: str, due_on: date | None = None) -> Record:
    """反弹重办: a new handling cycle for a closed issue whose trouble came back."""
    before = work.issue(issue)
    stage.require(before, "reopen", work.on)
    due, term, why = due_dates.first(work.session, before.urgency, work.on, due_on)
    after = handover.to_successor(work, moves.reopen(before, work.on, due, term))
    after = joining.joined(work, after)
    work.save(before, after, reason=reason, clock=why)
    return done(work, after)


def transfer(
    work: Work,
    issue: str,
    reason: str,
    unit: str | None = None,
    unit_id: str | None = None,
    due_on: date | None = None,
) -> Record:
    """转办: another unit takes over with a fresh clock."""
    before = work.issue(issue)
    stage.require(before, "transfer", work.on)
    lead = _unit(work, unit, unit_id)
    due, term, why = due_dates.first(work.session, before.urgency, work.on, due_on)
    after = moves.transfer(before, work.on, lead.id, due, term)
    work.save(before, after, reason=reason, clock=why)
    return done(work, after)


def escalate(work: Work, issue: str, level: str) -> Record:
    """提级: keep that the matter went up a level."""
    before = work.issue(issue)
    after = moves.escalate(before, work.on, level)
    work.save(before, after)
    return done(work, after)
