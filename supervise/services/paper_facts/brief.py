"""The facts of the one-page report (工作专报): five figures, three problems, what to coordinate."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from db import issue_filter, issue_lists
from db import issues as issue_store
from db import notices as store
from supervise.domain import dispatch
from supervise.domain import facts as paper
from supervise.domain.dates import period_end, period_label, period_start
from supervise.domain.facts_months import BriefFacts, ProblemFacts
from supervise.domain.ladder_records import Notice
from supervise.domain.overdue import due_as_of, rectify_span_as_of
from supervise.errors import Refused
from supervise.services import discretion, notice_facts
from supervise.services.ladder import Standing
from supervise.services.paper_facts.office import month, office
from supervise.services.session import Session
from supervise.text import cut

_PROBLEMS = 3
_NAMED = 2
# What there is room for of the title of a matter sent up.
_TITLE = 30


def brief(session: Session, subjects: tuple[str, ...], unit: str | None = None) -> list[BriefFacts]:
    """For 工作专报: a month's figures as its notice printed them, else as they stand now.

    Raises Refused for a month that has not begun.
    """
    period = month(subjects)
    if period_start(period) > session.today:
        raise Refused(f"{period_label(period)}还没有到，没有可报的数字。", code="not_begun")
    standing = Standing(session)
    known = store.current(session.conn, session.pack.naming.series, period)
    last_day = min(period_end(period), session.today)
    notice = known or Notice(0, period, last_day, periods=(period,))
    figures = _as_printed(session, notice, notice_facts.gather(session, notice, standing.board))
    problems = _problems(standing, notice.cutoff)
    before = [stage.previous for stage in figures.stages]
    return [
        BriefFacts(
            office=office(session),
            period=period,
            cutoff=notice.cutoff,
            stages=tuple((stage.name, stage.count) for stage in figures.stages),
            total=figures.total or 0,
            overdue=len(problems),
            overdue_units=len({one.unit for one in problems}),
            before=sum(filter(None, before)) if None not in before else None,
            named=len(figures.named) if known else None,
            issued=notice.status == "issued",
            rates=figures.figures,
            problems=tuple(problems[:_PROBLEMS]),
            coordinate=tuple(_coordinate(standing, period)),
        )
    ]


def _as_printed(session: Session, notice: Notice, figures: paper.NoticeFacts) -> paper.NoticeFacts:
    """Put the figures an issued notice printed in the place of those counted now."""
    kept = store.frozen(session.conn, notice.id)
    if kept is None:
        return figures
    stages, rates = dict(kept[1]["stages"]), {one[0]: one[1:] for one in kept[1]["rates"]}
    return replace(
        figures,
        stages=tuple(replace(one, count=stages[one.name]) for one in figures.stages),
        figures=tuple(
            replace(one, numerator=rates[one.name][0], denominator=rates[one.name][1])
            for one in figures.figures
        ),
        total=kept[1]["total"],
    )


def _problems(standing: Standing, cutoff: date) -> list[ProblemFacts]:
    """List the issues that had missed their date, the longest overdue first."""
    missed = issue_store.missed(standing.conn, cutoff)
    found = issue_store.by_codes(standing.conn, [one.code for one in missed])
    problems = []
    for issue in found.values():
        due, stay = due_as_of(issue, cutoff), rectify_span_as_of(issue, cutoff)
        if due is None or stay is None or stay.unit_id is None:
            continue
        who = standing.board.subject(stay.unit_id, cutoff)
        title = discretion.veil(standing.conn, issue.id)(issue.title)
        late = (cutoff - due).days
        problems.append(ProblemFacts(issue.code, title, who.name, due, late, issue.returns))
    return sorted(problems, key=lambda one: (-one.days_late, -one.returns, one.code))


def _coordinate(standing: Standing, period: str) -> Iterator[str]:
    """Say what waits for the leaders, from recorded facts: interviews, and matters sent up."""
    leader, units = standing.session.pack.city.leader, standing.board.units
    proposed = [one.unit_id for one in standing.proposals if max(one.periods) <= period]
    waiting = [one for one in standing.interviews if one.status in {"submitted", "deferred"}]
    if proposed:
        names = _short([units[key].name for key in proposed], "个单位")
        yield f"{names}连续被通报，拟提请{leader}约谈其主要负责人"
    elif waiting:
        names = _short([units[one.unit_id].name for one in waiting], "个单位")
        yield f"提请约谈{names}主要负责人的请示待批示"
    raised = _raised(standing)
    if raised:
        level = max(raised, key=_height)
        titles = raised[level]
        more = f"等{len(titles)}件事项" if len(titles) > 1 else ""
        yield f"请{level}协调“{cut(titles[0], _TITLE)}”{more}"


def _height(level: str) -> int:
    """Say how high a level stands; one outside the climb is a person's choice above it."""
    rung = dispatch.level_of(level)
    return len(dispatch.CLIMB) if rung is None else dispatch.CLIMB.index(rung)


def _raised(standing: Standing) -> dict[str, list[str]]:
    """List the titles of the open matters that were sent up, by the level they were sent to."""
    found: dict[str, list[str]] = {}
    chosen = issue_filter.Filter(open_only=True, sort="due_on")
    for one in issue_lists.select(standing.conn, chosen, standing.session.today):
        if one.issue.escalated:
            title = discretion.veil(standing.conn, one.issue.id)(one.issue.title)
            found.setdefault(one.issue.escalated, []).append(title)
    return found


def _short(names: list[str], counted: str) -> str:
    """Name the first and count the rest, so that a line holds it."""
    if len(names) <= _NAMED:
        return "、".join(names)
    return f"{names[0]}等{len(names)}{counted}"
