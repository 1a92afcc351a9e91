"""The facts that a month's papers about single units print, and those of the way to the stamp."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from db import issues as issue_store
from db import notices as store
from db import packs as pack_store
from supervise.domain import facts as paper
from supervise.domain.dates import period_label
from supervise.domain.facts_issues import IssueFacts
from supervise.domain.facts_months import (
    CheckFacts,
    CriterionFacts,
    ExplanationFacts,
    RoutingFacts,
    RoutingStep,
    UnitMonthFacts,
)
from supervise.domain.ladder_records import Entry, Notice
from supervise.domain.pack import Pack, parse_pack
from supervise.domain.records import CRITERIA, Reason
from supervise.errors import Refused
from supervise.services import (
    compose,
    explanations,
    naming,
    notice_facts,
    notice_records,
    road,
    units,
)
from supervise.services.ladder import Standing
from supervise.services.paper_facts.issues import Reader
from supervise.services.paper_facts.office import month, office
from supervise.services.session import Session

Record = dict[str, Any]


def notice(session: Session, subjects: tuple[str, ...], unit: str | None = None) -> list[Record]:
    """Give a month's notice as its tree: frozen when issued, else built of today's facts."""
    return [_tree(session, subjects, "notice")]


def basis(session: Session, subjects: tuple[str, ...], unit: str | None = None) -> list[Record]:
    """Give the sheet behind a month's notice as its tree."""
    return [_tree(session, subjects, "basis")]


def _tree(session: Session, subjects: tuple[str, ...], kind: str) -> Record:
    return compose.tree(session, notice_records.find(session, month(subjects)), kind)


def dossiers(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[UnitMonthFacts]:
    """For 点名依据卷: every unit named in a month, or one of them, with all its matters."""
    return list(_of_units(session, month(subjects), unit))


def checks(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[UnitMonthFacts]:
    """For 拟通报事项核对单: every unit a month's notice is to name, or one of them."""
    return list(_of_units(session, month(subjects), unit))


def _of_units(session: Session, period: str, unit: str | None) -> Iterator[UnitMonthFacts]:
    found = notice_records.find(session, period)
    reader = Reader(session)
    board = reader.board
    wanted = board.accountable(units.find(session.conn, unit).id).id if unit else None
    facts = notice_facts.gather(session, found, board)
    entries = naming.entries(session, found, board)
    chosen = [
        (entry, told)
        for entry, told in zip(entries, facts.entries, strict=True)
        if told.named and wanted in (None, board.accountable(entry.unit_id).id)
    ]
    if not chosen:
        who = board.units[wanted].name if wanted is not None else "任何单位"
        was = "，或者点名已经撤销" if found.issued_on else ""
        raise Refused(f"{period_label(period)}通报没有点名{who}{was}。", code="not_listed")
    pack, printed = _pack_of(session, found), _printed(session, found)
    for entry, told in chosen:
        yield UnitMonthFacts(
            office=reader.office,
            notice=facts,
            entry=told,
            head=board.units[entry.unit_id].head,
            matters=tuple(_matters(reader, told)),
            criteria=tuple(_criterion(pack, reason) for reason in entry.reasons),
            check=_check(session, found, entry, board),
            printed=printed,
        )


def _printed(session: Session, found: Notice) -> tuple[str, ...]:
    """Give the paragraphs of an issued notice as they were signed; none of a draft."""
    kept = store.frozen(session.conn, found.id) if found.status != "draft" else None
    blocks = kept[0]["notice"]["blocks"] if kept else ()
    return tuple(block["text"] for block in blocks if block["type"] == "paragraph")


def _matters(reader: Reader, entry: paper.EntryFacts) -> Iterator[IssueFacts]:
    codes = [matter.code for matter in entry.matters]
    found = issue_store.by_codes(reader.session.conn, codes)
    return (reader.facts(found[code]) for code in codes)


def _pack_of(session: Session, found: Notice) -> Pack:
    """Give the rule pack a notice was issued under, a draft's and an unknown one: today's."""
    for one in pack_store.every(session.conn):
        pack = parse_pack(one.text, one.name)
        if pack.version_id == found.pack_version:
            return pack
    return session.pack


def _criterion(pack: Pack, reason: Reason) -> CriterionFacts:
    name = CRITERIA.get(reason.criterion, reason.criterion)
    rule = pack.naming.criteria.get(reason.criterion)
    if rule is None:
        return CriterionFacts(name, "—", reason.note or "—")
    return CriterionFacts(name, rule.clause or "—", rule.label or "—")


def _check(session: Session, found: Notice, entry: Entry, board: naming.Board) -> CheckFacts | None:
    """Give a unit's last answer to the 核对单, with who took it down."""
    if entry.check is None:
        return None
    subject = board.accountable(entry.unit_id).id
    answers = [
        one
        for one in store.decisions(session.conn, found.id)
        if one.kind == "check" and board.accountable(one.unit_id).id == subject
    ]
    if not answers:
        return CheckFacts(entry.check)
    return CheckFacts(entry.check, date.fromisoformat(answers[-1].on), answers[-1].by)


def reminders(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[ExplanationFacts]:
    """For 书面说明催报函: units of a month's notice whose explanation has not come in."""
    period = month(subjects)
    standing, whose = Standing(session), office(session)
    wanted = standing.board.accountable(units.find(session.conn, unit).id).id if unit else None
    found = []
    for one in explanations.owed(session, standing):
        mine = wanted in (None, standing.board.accountable(one.unit_id).id)
        if one.period != period or not mine or one.status not in {"owed", "returned"}:
            continue
        its = store.by_id(session.conn, one.notice_id)
        entries = [entry for entry in its.entries if entry.unit_id == one.unit_id]
        codes = {code for entry in entries for reason in entry.reasons for code in reason.issues}
        found.append(
            ExplanationFacts(
                office=whose,
                unit=one.name,
                period=period,
                since=one.since,
                due_on=one.due_on,
                term=session.pack.explanation.term.label,
                status=one.status,
                number=its.number,
                reason=one.reason,
                codes=tuple(sorted(codes)),
                named=any(entry.status == "effective" for entry in entries),
            )
        )
    if not found:
        who = unit or "各单位"
        raise Refused(
            f"{who}{period_label(period)}没有待交的书面说明，不需催报。", code="nothing_to_print"
        )
    return found


def routing(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[RoutingFacts]:
    """For 发文稿纸: the steps a month's notice took, as far as they were recorded."""
    found = notice_records.find(session, month(subjects))
    tree = compose.tree(session, found, "notice")
    return [
        RoutingFacts(
            notice=notice_facts.gather(session, found),
            title=tree["title"],
            steps=tuple(_way(session, found)),
            attachments=tuple(one["title"] for one in tree["attachments"]),
        )
    ]


def _way(session: Session, found: Notice) -> Iterator[RoutingStep]:
    for one in road.of_notice(session, found):
        if one.on is not None:
            # The number stands in a box of its own.
            ref = None if one.what == "签发" and one.ref == found.number else one.ref
            yield RoutingStep(one.what, one.by, one.on, ref)
