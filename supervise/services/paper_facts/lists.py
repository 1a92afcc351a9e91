"""The facts of the papers about many issues: the three lists, 责任清单 and what becomes public."""

from __future__ import annotations

from dataclasses import replace

from db import clearances as clearance_store
from db import issue_filter, issue_lists, quarters
from supervise.domain.facts_lists import CaseFacts, ListFacts, ReviewFacts
from supervise.domain.publicity import first_day, last_day, parse_span, span_label
from supervise.domain.records import Issue, Stage
from supervise.errors import BadInput, Refused
from supervise.services import clearances, publicity, units
from supervise.services.paper_facts.issues import Reader
from supervise.services.session import Session

VIEWS = ("任务", "责任", "时限")
_RUNNING = frozenset({Stage.RECTIFY, Stage.REVIEW, Stage.FEEDBACK})


def three(session: Session, subjects: tuple[str, ...], unit: str | None = None) -> list[ListFacts]:
    """For 三张清单: the same issues thrice — what is to be done, by whom, until when."""
    found = _chosen(session, subjects, unit, "三张清单")
    return [replace(found, view=view) for view in VIEWS]


def register(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[ListFacts]:
    """For 问题整改责任清单: every issue with who answers for it, for the office and the units."""
    return [_chosen(session, subjects, unit, "问题整改责任清单")]


def _chosen(session: Session, subjects: tuple[str, ...], unit: str | None, paper: str) -> ListFacts:
    """Gather the issues given by code, given out in a month or a quarter, or not yet finished."""
    reader = Reader(session)
    span = parse_span(subjects[0]) if len(subjects) == 1 else None
    expected = None
    if span:
        codes = quarters.assigned(session.conn, first_day(span), last_day(span))
        issues, chosen = [reader.by_code(code) for code in codes], f"{span_label(span)}交办的问题"
    elif subjects:
        issues = [reader.by_code(code) for code in dict.fromkeys(subjects)]
        chosen, expected = f"指定的{len(issues)}件问题", len(issues)
    else:
        issues, chosen = _running(session, reader), "在办的问题"
    if unit:
        name, mine = _of_unit(session, reader, unit, issues)
        issues, chosen = mine, f"{name}{chosen}"
        expected = None
    if not issues:
        raise Refused(f"没有{chosen}，没有{paper}可出。", code="nothing_to_print")
    facts = tuple(map(reader.facts, issues))
    return ListFacts(reader.office, chosen, facts, expected=expected)


def _running(session: Session, reader: Reader) -> list[Issue]:
    chosen = issue_filter.Filter(stages=tuple(sorted(_RUNNING)))
    listed = issue_lists.select(session.conn, chosen, session.today)
    return [reader.by_code(one.issue.code) for one in listed]


def _of_unit(
    session: Session, reader: Reader, unit: str, issues: list[Issue]
) -> tuple[str, list[Issue]]:
    """Keep the issues of a unit, a county's bureaus' too."""
    found = units.find(session.conn, unit)
    mine = reader.below(found)
    return found.name, [one for one in issues if one.unit_id in mine]


def public(session: Session, subjects: tuple[str, ...], unit: str | None = None) -> list[ListFacts]:
    """For the public form of the list: masked, and only what a recorded review has cleared."""
    span = parse_span(subjects[0]) if len(subjects) == 1 else None
    if span is None:
        raise BadInput("公开版请写一个月份或季度，如 2024-11、2024-Q4。", code="bad_field")
    reader = Reader(session)
    found = publicity.of_span(session, span, reader)
    if not found:
        raise Refused(
            f"{span_label(span)}没有交办的问题，没有公开版可出。", code="nothing_to_print"
        )
    cleared = clearances.require(session, span)
    return [
        ListFacts(
            reader.office, f"{span_label(span)}交办的问题", tuple(found), cleared_on=cleared.on
        )
    ]


def cases(session: Session, subjects: tuple[str, ...], unit: str | None = None) -> list[CaseFacts]:
    """For 曝光台案例: issues as typical cases, masked, each after its own review.

    Of a unit those that a review has cleared.
    """
    reader = Reader(session)
    if not subjects and not unit:
        raise BadInput("曝光台案例要写明事项编号，或用 --unit 写明单位。", code="bad_field")
    codes = list(dict.fromkeys(subjects)) if subjects else _cleared(session, reader, unit or "")
    return [_case(session, reader, code) for code in codes]


def _cleared(session: Session, reader: Reader, unit: str) -> list[str]:
    last = {one.scope: one for one in clearance_store.every(session.conn)}
    codes = [scope for scope, one in last.items() if one.cleared and not parse_span(scope)]
    name, mine = _of_unit(session, reader, unit, [reader.by_code(code) for code in codes])
    if not mine:
        raise Refused(f"{name}没有经保密审查、可以公开的案例。", code="nothing_to_print")
    return [one.code for one in mine]


def _case(session: Session, reader: Reader, code: str) -> CaseFacts:
    found = publicity.issue(session, code)
    cleared = clearances.require(session, found.code)
    return CaseFacts(reader.office, publicity.public(reader, found), cleared.on)


def reviews(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[ReviewFacts]:
    """For 保密审查表: what a scope would make public, word by word, for the reviewer to sign."""
    if len(subjects) != 1:
        raise BadInput("保密审查表请写一个月份、季度或事项编号。", code="bad_field")
    scope = clearances.scope_of(session, subjects[0])
    told = tuple((one.code, one.text) for one in publicity.texts(session, scope))
    if not told:
        raise Refused(
            f"{clearances.words(scope)}没有可公开的内容，不需审查。", code="nothing_to_print"
        )
    last = clearance_store.last(session.conn, scope)
    return [
        ReviewFacts(
            Reader(session).office,
            clearances.words(scope),
            "公开版清单" if parse_span(scope) else "曝光台案例",
            told,
            result=last.result if last else None,
            on=last.on if last else None,
            by=last.by if last else "",
            approver=last.approver if last else "",
        )
    ]
