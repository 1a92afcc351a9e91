"""The loop's operations: each move of an issue, asked of the rules and written to the log."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from db import events, ids, parties
from db import evidence as evidence_store
from db import issues as store
from db import units as unit_store
from db.driver import Connection
from supervise.domain import due_moves, moves
from supervise.domain.disclosure import preset
from supervise.domain.records import Issue, Span, Stage, Unit
from supervise.errors import NotFound, Refused
from supervise.services import clock_nodes, handover, units
from supervise.services import clocks as due_dates
from supervise.services.issue_records import issue_record
from supervise.services.work import Record, Work


def _done(work: Work, issue: Issue) -> Record:
    """Give the JSON record of an issue just changed, where anybody reads it."""
    if not work.told:
        return {}
    return issue_record(work.conn, issue, work.session.today)


def _by_unit(work: Work, issue: Issue) -> None:
    """Let the responsible unit stand as the doer unless somebody is named."""
    if work.by is None and issue.unit_id is not None:
        work.by = unit_store.get(work.conn, issue.unit_id).name


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
    return _done(work, new)


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
    return _done(work, after)


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

    An issue that carries a clock set is due, unless said, with the last of its nodes.
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
    return _done(work, after)


def sign(work: Work, issue: str) -> Record:
    """签收: the unit has it; the clock does not move."""
    before = work.issue(issue)
    _by_unit(work, before)
    after = moves.sign(before, work.on)
    work.save(before, after)
    return _done(work, after)


def progress(work: Work, issue: str) -> Record:
    """进展: keep what the unit reports, in the note."""
    before = work.issue(issue)
    _by_unit(work, before)
    after = moves.progress(before, work.on)
    work.save(before, after)
    return _done(work, after)


def urge(work: Work, issue: str) -> Record:
    """催办: keep that the unit was reminded."""
    before = work.issue(issue)
    after = moves.urge(before, work.on)
    work.save(before, after)
    return _done(work, after)


def submit(
    work: Work, issue: str, measures: str | None = None, evidence: tuple[str, ...] = ()
) -> Record:
    """报请复核: the unit hands in; the pack says whether measures and evidence are required."""
    before = work.issue(issue)
    _by_unit(work, before)
    moves.require(before, "submit", work.on)
    measures = measures or work.note
    rules = work.session.pack.submit
    if rules.measures_required and not measures:
        raise Refused("报请复核须写明整改措施及完成情况（measures）。", code="missing_measures")
    if rules.evidence_required and not evidence and not evidence_store.of(work.conn, before.id):
        raise Refused("本办规定报请复核须附佐证材料（evidence）。", code="missing_evidence")
    after = moves.submit(before, work.on, work.actor, measures)
    work.save(before, after, evidence=_evidence(work, evidence))
    return _done(work, after)


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
    moves.require(before, "pass", work.on)
    unit = unit_store.get(work.conn, before.unit_id).name if before.unit_id else None
    if not before.imported:
        mode = work.session.pack.review.separation
        _separate(work, mode, work.actor, (before.submitted_by, unit), "复核", "报请复核")
    after = moves.pass_(before, work.on)
    work.save(before, after, method=method, reviewers=reviewers)
    return _done(work, after)


def return_(work: Work, issue: str, reason: str, due_on: date | None = None) -> Record:
    """复核退回: back to the unit with what is unmet and a new date."""
    before = work.issue(issue)
    moves.require(before, "return", work.on)
    due, term, why = due_dates.rework(work.session, before, work.on, due_on)
    after = moves.return_(before, work.on, due, term)
    work.save(before, after, reason=reason, clock=why)
    return _done(work, after)


def reply(work: Work, issue: str) -> Record:
    """答复: the complainant was told; the words stand in the note."""
    before = work.issue(issue)
    after = moves.reply(before, work.on, work.note)
    work.save(before, after)
    return _done(work, after)


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
    moves.require(before, "feedback", work.on)
    facts: dict[str, Any] = {"upheld": upheld, "reason": reason}
    due = term = None
    if satisfaction == "不满意" and upheld:
        due, term, facts["clock"] = due_dates.rework(work.session, before, work.on, due_on)
    after = moves.feedback(before, work.on, satisfaction, upheld, due, reason or work.note, term)
    work.save(before, after, **facts)
    return _done(work, after)


def close(work: Work, issue: str) -> Record:
    """销号: every gate passed, approved by another than the handler."""
    before = work.issue(issue)
    moves.require(before, "close", work.on)
    if not before.imported:
        mode = work.session.pack.close.separation
        _separate(work, mode, work.actor, (before.handler,), "批准销号", "经办")
    after = moves.close(before, work.on)
    work.save(before, after)
    return _done(work, after)


def revisit(work: Work, issue: str, result: str) -> Record:
    """回头看: keep whether a closed issue stayed put right."""
    before = work.issue(issue)
    after = moves.revisit(before, work.on, result)
    work.save(before, after, result=result)
    return _done(work, after)


def reopen(work: Work, issue: str, reason: str, due_on: date | None = None) -> Record:
    """反弹重办: a new handling cycle for a closed issue whose trouble came back."""
    before = work.issue(issue)
    moves.require(before, "reopen", work.on)
    due, term, why = due_dates.first(work.session, before.urgency, work.on, due_on)
    after = handover.to_successor(work, moves.reopen(before, work.on, due, term))
    work.save(before, after, reason=reason, clock=why)
    return _done(work, after)


def ask(work: Work, issue: str, due_on: date, reason: str) -> Record:
    """申请延期: keep that the unit asked, and when; whether it is granted is another step."""
    before = work.issue(issue)
    _by_unit(work, before)
    after = due_moves.ask(before, work.on, due_on)
    if before.due_on is not None and work.on > before.due_on:
        work.session.warn(f"申请在到期（{before.due_on}）之后提出，不能据以延期。")
    work.save(before, after, reason=reason, asked_for=due_on.isoformat())
    return _done(work, after)


def extend(
    work: Work, issue: str, due_on: date, reason: str, asked_on: date | None = None
) -> Record:
    """延期: a later date, granted on a request made in time; the original date stays beside it."""
    before = work.issue(issue)
    rules = work.session.pack.extension
    if rules.no_extension:
        raise Refused("规则包规定只许提前、不许延期。", code="no_extension")
    asked = asked_on or pending_request(work.conn, before) or work.on
    after = due_moves.extend(before, work.on, due_on, asked, rules.max_count)
    too_long = due_moves.extension_too_long(before, due_on, rules.max_ratio)
    if too_long and rules.length == "strict":
        raise Refused(f"不能延期：{too_long}", code="extension_long")
    if too_long and rules.length == "warn":
        work.session.warn(too_long)
    work.save(before, after, reason=reason, asked_on=asked.isoformat())
    return _done(work, after)


def pending_request(conn: Connection, issue: Issue) -> date | None:
    """Give the day of the last request for a later date in this stay that was not granted yet."""
    since = issue.spans[-1].entered
    log = [one for one in events.of(conn, "issue", issue.id) if one.on >= since]
    asked = [one for one in log if one.op == "issue.ask"]
    granted = [one.seq for one in log if one.op == "issue.extend"]
    return asked[-1].on if asked and asked[-1].seq > max(granted, default=0) else None


def pause(work: Work, issue: str, reason: str, review_on: date | None = None) -> Record:
    """暂停计时: the clock stands still while the unit can't act, for the pack's days at most."""
    before = work.issue(issue)
    moves.require(before, "pause", work.on)
    went_on = _went_on(work.conn, before)
    if went_on is not None and work.on < went_on:
        raise Refused(
            f"不能暂停计时：日期 {work.on} 早于上次恢复计时的日期 {went_on}，"
            "两次暂停不能重叠，请核对日期。",
            code="pauses_overlap",
        )
    longest = work.session.pack.pause.max_review_days
    latest = work.on + timedelta(days=longest)
    if review_on is not None and review_on > latest:
        raise Refused(f"复核暂停的日期最迟 {latest}（暂停后 {longest} 天内）。", code="review_late")
    if before.due_on and work.on > before.due_on:
        work.session.warn(f"暂停在到期（{before.due_on}）之后，不改变已超期的事实。")
    after = due_moves.pause(before, work.on, review_on or latest)
    work.save(before, after, reason=reason)
    return _done(work, after)


def _went_on(conn: Connection, issue: Issue) -> date | None:
    """Give the day the clock last went on after a pause; a day given back is not given twice."""
    log = events.of(conn, "issue", issue.id)
    return max((one.on for one in log if one.op == "issue.resume"), default=None)


def resume(work: Work, issue: str) -> Record:
    """恢复计时: the working days of the pause are given back."""
    before = work.issue(issue)
    moves.require(before, "resume", work.on)
    due, why = due_dates.resumed(work.session, before, work.on)
    after = due_moves.resume(before, work.on, due)
    work.save(before, after, clock=why)
    return _done(work, after)


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
    moves.require(before, "transfer", work.on)
    lead = _unit(work, unit, unit_id)
    due, term, why = due_dates.first(work.session, before.urgency, work.on, due_on)
    after = moves.transfer(before, work.on, lead.id, due, term)
    work.save(before, after, reason=reason, clock=why)
    return _done(work, after)


def reclassify(work: Work, issue: str, urgency: str, reason: str) -> Record:
    """调整定级: the date follows the new class from the original start, pauses given back."""
    before = work.issue(issue)
    moves.require(before, "reclassify", work.on)
    due, term, why = due_dates.reclassified(work.session, before, urgency)
    after = due_moves.reclassify(before, work.on, urgency, due, term)
    if due is not None and due < work.on <= (before.due_on or due):
        work.session.warn(
            f"按“{urgency}”自交办起算应于 {due} 到期，已过；限期定为调整之日 {after.due_on}。"
        )
    work.save(before, after, reason=reason, clock=why)
    return _done(work, after)


def escalate(work: Work, issue: str, level: str) -> Record:
    """提级: keep that the matter went up a level."""
    before = work.issue(issue)
    after = moves.escalate(before, work.on, level)
    work.save(before, after)
    return _done(work, after)


def reject(work: Work, issue: str, reason: str) -> Record:
    """不予受理: keep the ground."""
    before = work.issue(issue)
    after = moves.reject(before, work.on)
    work.save(before, after, reason=reason)
    return _done(work, after)


def merge(work: Work, issue: str, into: str) -> Record:
    """合并办理: go on under another issue."""
    before, target = work.issue(issue), work.issue(into)
    after = moves.merge(before, work.on, target)
    work.save(before, after, into=target.code)
    return _done(work, after)


def terminate(work: Work, issue: str, reason: str) -> Record:
    """终止办理: keep the ground."""
    before = work.issue(issue)
    after = moves.terminate(before, work.on)
    work.save(before, after, reason=reason)
    return _done(work, after)


def restore(work: Work, issue: str, reason: str) -> Record:
    """恢复: bring an ended issue back to 发现."""
    before = work.issue(issue)
    after = handover.to_successor(work, moves.restore(before, work.on))
    work.save(before, after, reason=reason)
    return _done(work, after)
