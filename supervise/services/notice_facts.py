"""The facts a month's notice and its basis sheet print, gathered from the ledger."""

from __future__ import annotations

from datetime import date
from typing import Any

from db import events, figures
from db import issues as issue_store
from db import notices as store
from supervise.domain import facts as paper
from supervise.domain.clock import Term
from supervise.domain.clock import due_on as clock_due
from supervise.domain.dates import period_end, previous_period
from supervise.domain.ladder_records import Entry, Event, Notice
from supervise.domain.naming import CRITERIA
from supervise.domain.overdue import due_as_of, rectify_span_as_of, span_as_of
from supervise.domain.questions import MatterFacts, Question, seven_questions
from supervise.domain.rates import rates
from supervise.domain.records import Issue, Reason, Stage
from supervise.services import ledger, naming
from supervise.services.session import Session


def gather(
    session: Session, notice: Notice, board: naming.Board | None = None
) -> paper.NoticeFacts:
    """Gather what a notice prints, as of its cut-off and with all that is known now."""
    board = board or naming.Board(session)
    entries = naming.entries(session, notice, board)
    pack = session.pack
    stages = figures.by_stage(session.conn, notice.cutoff)
    return paper.NoticeFacts(
        city=pack.city.name,
        office=pack.city.office,
        period=notice.period,
        periods=notice.periods,
        cutoff=notice.cutoff,
        as_of=session.today,
        status=notice.status,
        number=notice.number,
        issued_on=notice.issued_on,
        delivered_on=notice.delivered_on,
        addressees=pack.city.addressees,
        approval=pack.city.approval,
        basis=paper.Basis(pack.basis.document, pack.basis.number, pack.basis.status),
        criteria=_criteria(session),
        figures=_rates(session, notice),
        stages=_stages(session, notice, stages),
        total=sum(stages.values()),
        entries=tuple(_entry(session, notice, entry, board) for entry in entries),
        last_month=_last_month(session, notice, board),
        explanation_due_text=_explanation_due(session),
        contact=pack.city.contact,
        code=notice.basis or events.head_code(session.conn),
        pack_title=pack.title,
        pack_version=notice.pack_version or pack.version_id,
        demo=ledger.is_demo(session),
    )


def _criteria(session: Session) -> tuple[str, ...]:
    criteria = session.pack.naming.criteria
    return tuple(
        f"{CRITERIA[name]}：{one.label}（依据：{one.clause}）"
        for name, one in criteria.items()
        if one.on
    )


def _explanation_due(session: Session) -> str:
    term = session.pack.explanation.term
    return f"自送达之日起{term.label}内"


def _rates(session: Session, notice: Notice) -> tuple[paper.Rate, ...]:
    now = rates(figures.counts(session.conn, notice.cutoff))
    last = _last_rates(session, notice)
    return tuple(
        paper.Rate(one.name, one.numerator, one.denominator, last.get(one.name)) for one in now
    )


def _last_figures(session: Session, notice: Notice) -> dict[str, Any] | None:
    """Give the figures last month's notice printed, if it was issued: they are not recomputed."""
    last = store.current(session.conn, notice.series, previous_period(notice.period))
    kept = store.frozen(session.conn, last.id) if last and last.status == "issued" else None
    return kept[1] if kept else None


def _last_rates(session: Session, notice: Notice) -> dict[str, tuple[int, int]]:
    printed = _last_figures(session, notice)
    if printed:
        found = [tuple(one) for one in printed["rates"]]
    else:
        before = period_end(previous_period(notice.period))
        known = rates(figures.counts(session.conn, before))
        found = [(one.name, one.numerator, one.denominator) for one in known]
    return {name: (part, whole) for name, part, whole in found if whole}


def _stages(
    session: Session, notice: Notice, now: dict[Stage, int]
) -> tuple[paper.StageCount, ...]:
    printed = _last_figures(session, notice)
    if printed:
        last = {name: number for name, number in printed["stages"]}
    else:
        before = period_end(previous_period(notice.period))
        found = figures.by_stage(session.conn, before)
        last = {stage.label: number for stage, number in found.items() if sum(found.values())}
    return tuple(
        paper.StageCount(stage.label, number, last.get(stage.label))
        for stage, number in now.items()
    )


def _entry(session: Session, notice: Notice, entry: Entry, board: naming.Board) -> paper.EntryFacts:
    unit = board.units[entry.unit_id]
    codes = list(dict.fromkeys(code for reason in entry.reasons for code in reason.issues))
    found = issue_store.by_codes(session.conn, codes)
    matters = tuple(
        matter(found[code], notice, entry.reasons, board) for code in codes if code in found
    )
    return paper.EntryFacts(
        unit=entry.name,
        unit_id=unit.code,
        kind=unit.kind,
        polarity=entry.polarity,
        origin=entry.origin,
        status=entry.status,
        reasons=naming.reasons_text(entry.reasons),
        matters=matters,
        questions=_questions(session, notice, entry, list(found.values())),
        check=entry.check,
        exempt_reason=entry.exempt_reason,
        exempt_by=entry.exempt_by,
    )


def matter(
    issue: Issue, notice: Notice, reasons: tuple[Reason, ...], board: naming.Board
) -> paper.Matter:
    """Give one issue as a notice prints it: as it stood at the end of the cut-off day."""
    stay = rectify_span_as_of(issue, notice.cutoff)
    now = span_as_of(issue, notice.cutoff)
    due = due_as_of(issue, notice.cutoff)
    handed = stay.left if stay and stay.left and stay.left <= notice.cutoff else None
    late = ((handed or notice.cutoff) - due).days if due else 0
    why = [CRITERIA.get(r.criterion, r.criterion) for r in reasons if issue.code in r.issues]
    bureau = board.subject(stay.unit_id, notice.cutoff).bureau if stay and stay.unit_id else None
    return paper.Matter(
        code=issue.code,
        title=issue.title,
        assigned_on=stay.entered if stay else issue.assigned_on,
        due_on=due,
        days_late=max(late, 0),
        stage=now.stage.label if now else "",
        submitted_on=handed,
        basis="、".join(why),
        bureau=bureau,
    )


def _questions(
    session: Session, notice: Notice, entry: Entry, issues: list[Issue]
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
    text = "".join(f"{code}:{one.answer}" for code, one in shown[:_SHOWN])
    if len(shown) > _SHOWN:
        text += f"等{len(shown)}件。"
    return paper.Question(name, text, not open_ones)


def _asked(session: Session, notice: Notice, entry: Entry, issue: Issue) -> MatterFacts:
    stay = rectify_span_as_of(issue, notice.cutoff)
    due = due_as_of(issue, notice.cutoff)
    log = events.of(session.conn, "issue", issue.id)
    asked_on, decided_on = _extension(log, stay.entered if stay else None)
    known = stay is not None and due is not None
    return MatterFacts(
        signed_on=issue.signed_on,
        urges=issue.urges,
        urged_on=issue.urged_on,
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


def _last_month(
    session: Session, notice: Notice, board: naming.Board
) -> tuple[paper.LastEntry, ...] | None:
    """Say what became of the units named last month; None where there was no notice."""
    last = store.current(session.conn, notice.series, previous_period(notice.period))
    if last is None or last.status != "issued":
        return None
    named = [e for e in last.entries if e.polarity == "named" and e.status == "effective"]
    return tuple(_last_entry(session, notice, entry) for entry in named)


def _last_entry(session: Session, notice: Notice, entry: Entry) -> paper.LastEntry:
    codes = sorted({code for reason in entry.reasons for code in reason.issues})
    found = issue_store.by_codes(session.conn, codes)
    counts: dict[str, int] = {}
    for issue in found.values():
        stay = span_as_of(issue, notice.cutoff)
        if stay is not None:
            word = "仍在整改" if stay.stage is Stage.RECTIFY else _LAST[stay.stage]
            counts[word] = counts.get(word, 0) + 1
    parts = [f"{word}{number}件" for word, number in counts.items()]
    outcome = f"{len(found)}件事项：{'、'.join(parts)}" if parts else "无具体事项"
    return paper.LastEntry(entry.name, tuple(codes), outcome)


_LAST = {
    Stage.DISCOVER: "待交办",
    Stage.REVIEW: "已报请复核",
    Stage.FEEDBACK: "复核通过",
    Stage.CLOSED: "已销号",
    Stage.REJECTED: "不予受理",
    Stage.MERGED: "合并办理",
    Stage.TERMINATED: "终止办理",
}
