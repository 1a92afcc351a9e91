"""The facts a month's notice and its basis sheet print, gathered from the ledger."""

from __future__ import annotations

from typing import Any

from db import events, figures
from db import issues as issue_store
from db import notices as store
from supervise.domain import facts as paper
from supervise.domain.dates import period_end, previous_period
from supervise.domain.ladder_records import Entry, Notice
from supervise.domain.overdue import due_as_of, rectify_span_as_of, span_as_of
from supervise.domain.rates import rates
from supervise.domain.records import CRITERIA, Issue, Reason, Stage
from supervise.services import discretion, ledger, naming, notice_last, notice_questions
from supervise.services.session import Session

# Criteria met by a fact of their own, not by issues.
_BESIDE = frozenset({"task", "unreported"})


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
        copies=pack.city.copies,
        approval=pack.city.approval,
        basis=paper.Basis(pack.basis.document, pack.basis.number, pack.basis.status),
        criteria=_criteria(session),
        figures=_rates(session, notice),
        stages=_stages(session, notice, stages),
        total=sum(stages.values()),
        entries=tuple(_entry(session, notice, entry, board) for entry in entries),
        last_month=notice_last.last_month(session, notice),
        explanation_due_text=_explanation_due(session),
        contact=pack.city.contact,
        code=notice.basis or events.head_code(session.conn),
        pack_title=pack.title,
        pack_version=notice.pack_version or pack.version_id,
        demo=ledger.is_demo(session),
        layout=pack.report.layout.changes,
        bulletin=pack.report.bulletin if pack.report.bulletin_head else None,
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
        beside=naming.reasons_text(tuple(one for one in entry.reasons if one.criterion in _BESIDE)),
        matters=matters,
        questions=notice_questions.answered(session, notice, entry, found.values()),
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
    named_on = naming.printed_on(board.session, notice)
    bureau = board.subject(stay.unit_id, named_on).bureau if stay and stay.unit_id else None
    return paper.Matter(
        code=issue.code,
        title=discretion.veil(board.conn, issue.id)(issue.title),
        assigned_on=stay.entered if stay else issue.assigned_on,
        due_on=due,
        days_late=max(late, 0),
        stage=now.stage.label if now else "",
        submitted_on=handed,
        basis="、".join(why),
        bureau=bureau,
    )
