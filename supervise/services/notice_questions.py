"""The seven questions beside each name before signing (签发前七查), answered from the log."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from db import events
from supervise.domain import facts as paper
from supervise.domain.clock import Term
from supervise.domain.clock import due_on as clock_due
from supervise.domain.ladder_records import Entry, Event, Notice
from supervise.domain.overdue import due_as_of, rectify_span_as_of
from supervise.domain.questions import MatterFacts, Question, seven_questions
from supervise.domain.records import Issue, Stage
from supervise.services.session import Session


def answered(
    session: Session, notice: Notice, entry: Entry, issues: Iterable[Issue]
) -> tuple[paper.Question, ...]:
    """Answer the seven questions for a unit: what every matter shares, or which ones stand out."""
    answers = [(one, seven_questions(_asked(session, notice, entry, one))) for one in issues]
    if not answers:
        return ()
    return tuple(
        _together([(issue.code, asked[number]) for issue, asked in answers])
        for number in range(len(answers[0][1]))
    )


_SHOWN = 5


def _together(answers: list[tuple[str, Question]]) -> paper.Question:
    name = answers[0][1].name
    if len({one.answer for _, one in answers}) == 1:
        return paper.Question(name, answers[0][1].answer, answers[0][1].ok)
    open_ones = [(code, one) for code, one in answers if not one.ok]
    shown = open_ones or answers
    text = "".join(f"{code}：{one.answer}" for code, one in shown[:_SHOWN])
    if len(shown) > _SHOWN:
        text += f"等{len(shown)}件。"
    return paper.Question(name, text, not open_ones)


def _asked(session: Session, notice: Notice, entry: Entry, issue: Issue) -> MatterFacts:
    stay = rectify_span_as_of(issue, notice.cutoff)
    due = due_as_of(issue, notice.cutoff)
    log = events.of(session.conn, "issue", issue.id)
    asked_on, decided_on = _extension(log, stay.entered if stay else None)
    until = notice.issued_on or session.today
    signed, urged = _signed_and_urged([one for one in log if one.on <= until], issue, notice.cutoff)
    known = stay is not None and due is not None
    return MatterFacts(
        signed_on=signed[0] if signed else None,
        urges=len(urged),
        urged_on=urged[-1] if urged else None,
        given_days=(
            session.calendar.workdays_between(stay.entered, due) if stay and due and known else None
        ),
        class_days=_class_days(session, issue, stay.entered if stay else None),
        extension_asked_on=asked_on,
        extension_decided_on=decided_on,
        handed_in_on=stay.left if stay and stay.outcome == "submit" else None,
        reviewed_on=_reviewed(issue, stay.left if stay else None),
        entered_late=_entered_late(log, notice.cutoff),
        check=entry.check,
    )


# What can begin a handling of its own: the unit signs anew and is urged anew.
_OPENING = frozenset(
    {"issue.assign", "issue.transfer", "issue.return", "issue.reopen", "issue.feedback"}
)


def _signed_and_urged(
    log: list[Event], issue: Issue, cutoff: date
) -> tuple[list[date], list[date]]:
    """Give the days of signing and urging in the handling that was going on at the cut-off.

    The issue itself only knows its present handling: once it was sent back or handed to another
    unit, it would look as if nobody had ever been urged.
    """
    begun = {stay.entered for stay in issue.spans if stay.stage is Stage.RECTIFY}
    handling: list[Event] = []
    for event in log:
        if event.op in _OPENING and event.on in begun:
            if event.on > cutoff:
                break
            handling = []
        handling.append(event)
    signed = [event.on for event in handling if event.op == "issue.sign"]
    return signed, [event.on for event in handling if event.op == "issue.urge"]


def _extension(log: list[Event], since: date | None) -> tuple[date | None, date | None]:
    """Give when a later date was last asked for in this handling, and when that was granted."""
    steps = {"issue.ask", "issue.extend"}
    found = [one for one in log if one.op in steps and (since is None or one.on >= since)]
    if not found:
        return None, None
    last = found[-1]
    if last.op == "issue.ask":
        return last.on, None
    payload: dict[str, Any] = last.payload
    return date.fromisoformat(payload["asked_on"]), last.on


def _class_days(session: Session, issue: Issue, start: date | None) -> int | None:
    if start is None:
        return None
    term: Term = session.pack.clock.term_for(issue.urgency)
    landed, _ = clock_due(start, term, session.calendar)
    return session.calendar.workdays_between(start, landed)


def _reviewed(issue: Issue, since: date | None) -> date | None:
    if since is None:
        return None
    stays = [s for s in issue.spans if s.stage is Stage.REVIEW and s.entered >= since and s.left]
    return stays[0].left if stays else None


_VERDICT = {
    "import": "导入",
    "issue.add": "登记",
    "issue.assign": "交办",
    "issue.transfer": "转办",
    "issue.return": "复核退回",
    "issue.feedback": "回访退回",
    "issue.reopen": "反弹重办",
    "issue.correct": "更正",
    "issue.reclassify": "调整定级",
}


def _entered_late(log: list[Event], cutoff: date) -> tuple[str, ...]:
    """Name the steps dated up to the cut-off and entered after it that the verdict rests on."""
    late = [
        event
        for event in log
        if event.op in _VERDICT
        and event.on <= cutoff
        and event.recorded_at[:10] > cutoff.isoformat()
    ]
    return tuple(
        f"{event.on}{_VERDICT[event.op]}（{event.recorded_at[:10]}录入）" for event in late
    )
