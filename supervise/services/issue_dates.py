"""What moves the date of an issue in 整改: requests, extensions, pauses, another class."""

from __future__ import annotations

from datetime import date, timedelta

from db import events
from db.driver import Connection
from supervise.domain import due_moves, stage
from supervise.domain.records import Issue
from supervise.errors import Refused
from supervise.services import clocks as due_dates
from supervise.services.issue_steps import by_unit, done
from supervise.services.work import Record, Work


def ask(work: Work, issue: str, due_on: date, reason: str) -> Record:
    """申请延期: keep that the unit asked, and when; whether it is granted is another step."""
    before = work.issue(issue)
    by_unit(work, before)
    after = due_moves.ask(before, work.on, due_on)
    if before.due_on is not None and work.on > before.due_on:
        work.session.warn(f"申请在到期（{before.due_on}）之后提出，不能据以延期。")
    work.save(before, after, reason=reason, asked_for=due_on.isoformat())
    return done(work, after)


def extend(
    work: Work, issue: str, due_on: date, reason: str, asked_on: date | None = None
) -> Record:
    """延期: a later date, granted on a request made in time; the original date stays beside it.

    Raises Refused where the rule pack allows none, no further one or none as long.
    """
    before = work.issue(issue)
    rules = work.session.pack.extension
    if rules.no_extension:
        raise Refused("规则包规定只许提前、不许延期。", code="no_extension")
    asked = asked_on or _pending_request(work.conn, before) or work.on
    after = due_moves.extend(before, work.on, due_on, asked, rules.max_count)
    too_long = due_moves.extension_too_long(before, due_on, rules.max_ratio)
    if too_long and rules.length == "strict":
        raise Refused(f"不能延期：{too_long}", code="extension_long")
    if too_long and rules.length == "warn":
        work.session.warn(too_long)
    work.save(before, after, reason=reason, asked_on=asked.isoformat())
    return done(work, after)


def _pending_request(conn: Connection, issue: Issue) -> date | None:
    """Give the day of the last request for a later date in this stay that was not granted yet."""
    since = issue.spans[-1].entered
    log = [one for one in events.of(conn, "issue", issue.id) if one.on >= since]
    asked = [one for one in log if one.op == "issue.ask"]
    granted = [one.seq for one in log if one.op == "issue.extend"]
    return asked[-1].on if asked and asked[-1].seq > max(granted, default=0) else None


def pause(work: Work, issue: str, reason: str, review_on: date | None = None) -> Record:
    """暂停计时: the clock stands still while the unit can't act.

    Within the pack's days at most it is looked at again. Raises Refused for a pause that overlaps
    the one before.
    """
    before = work.issue(issue)
    stage.require(before, "pause", work.on)
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
    return done(work, after)


def _went_on(conn: Connection, issue: Issue) -> date | None:
    """Give the day the clock last went on after a pause; a day given back is not given twice."""
    log = events.of(conn, "issue", issue.id)
    return max((one.on for one in log if one.op == "issue.resume"), default=None)


def resume(work: Work, issue: str) -> Record:
    """恢复计时: the working days of the pause are given back."""
    before = work.issue(issue)
    stage.require(before, "resume", work.on)
    due, why = due_dates.resumed(work.session, before, work.on)
    after = due_moves.resume(before, work.on, due)
    work.save(before, after, clock=why)
    return done(work, after)


def reclassify(work: Work, issue: str, urgency: str, reason: str) -> Record:
    """调整定级: the date follows the new class from the original start, pauses given back.

    Raises Refused for a day within a pause that has ended.
    """
    before = work.issue(issue)
    stage.require(before, "reclassify", work.on)
    went_on = _went_on(work.conn, before)
    if went_on is not None and work.on < went_on:
        raise Refused(
            f"不能调整定级：日期 {work.on} 早于恢复计时的日期 {went_on}，暂停期间不调整定级，"
            "请核对日期。",
            code="before_last_move",
        )
    due, term, why = due_dates.reclassified(work.session, before, urgency)
    after = due_moves.reclassify(before, work.on, urgency, due, term)
    if due is not None and due < work.on <= (before.due_on or due):
        work.session.warn(
            f"按“{urgency}”自交办起算应于 {due} 到期，已过；限期定为调整之日 {after.due_on}。"
        )
    work.save(before, after, reason=reason, clock=why)
    return done(work, after)
