"""The facts that the papers about single issues print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db import events, issue_filter, issue_lists
from db import evidence as evidence_store
from db import issues as store
from db import notices as notice_store
from supervise.domain.clock import Term
from supervise.domain.facts import OfficeFacts
from supervise.domain.facts_issues import EvidenceFacts, IssueFacts
from supervise.domain.ladder_records import Event
from supervise.domain.overdue import is_overdue, overdue_days
from supervise.domain.records import Issue, Stage, Unit
from supervise.errors import BadInput, NotFound, Refused
from supervise.services import discretion, units
from supervise.services.naming import Board
from supervise.services.paper_facts import story
from supervise.services.paper_facts.office import office
from supervise.services.session import Session

_S = Stage
_GIVEN_OUT = frozenset({_S.RECTIFY, _S.REVIEW, _S.FEEDBACK, _S.CLOSED})
_TO_VISIT = frozenset({_S.RECTIFY, _S.REVIEW, _S.FEEDBACK, _S.CLOSED})
# A closed issue's form is printed again for the archive.
_TO_CLOSE = frozenset({_S.FEEDBACK, _S.CLOSED})

# By the number in the system it came from a complainant could be looked up.
_MAY_BE_TRACED = frozenset({"无", discretion.OPEN})


class Reader:
    """Reads issues for papers; units, names and the office once for all of them."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.board = Board(session)
        self.office: OfficeFacts = office(session)
        self.names = {key: unit.name for key, unit in self.board.units.items()}

    def facts(self, issue: Issue) -> IssueFacts:
        """Give all that a paper may print of an issue, as of the business date."""
        conn = self.session.conn
        log, veil = events.of(conn, "issue", issue.id), discretion.veil(conn, issue.id)
        given, closed = _last(log, {"issue.assign", "issue.transfer"}), _last(log, {"issue.close"})
        accepted = _last(log, {"issue.accept"})
        conclusion = accepted.payload.get("conclusion") if accepted else None
        return replace(
            self._standing(issue, veil),
            conclusion=veil(str(conclusion)) if conclusion else None,
            assigned_ref=given.ref if given else None,
            closed_by=closed.by if closed else "",
            urged=tuple(one.on for one in story.acts(log, "issue.urge")),
            submissions=story.submissions(issue, log, veil),
            extensions=story.extensions(log, veil),
            pauses=story.pauses(log, veil),
            progress=tuple(
                story.step(one, self.names, veil) for one in story.acts(log, "issue.progress")
            ),
            evidence=self._evidence(issue),
            due_story=story.due_story(log, self.session.calendar),
            steps=story.steps(log, self.names, veil),
            namings=tuple(notice_store.printed_in(conn, issue.code)),
        )

    def _standing(self, issue: Issue, veil: story.Veil) -> IssueFacts:
        """Give what the issue itself says: where it came from, whose it is, how far it is."""
        unit = self.board.units[issue.unit_id] if issue.unit_id is not None else None
        party = discretion.party(self.session.conn, issue.id)
        facts = IssueFacts(
            office=self.office,
            code=issue.code,
            title=veil(issue.title),
            stage=self.session.pack.label(issue.stage),
            as_of=self.session.today,
            found_on=issue.found_on,
            unit=unit.name if unit else None,
            unit_id=unit.code if unit else None,
            subject=self.board.accountable(unit.id).name if unit else None,
            head=unit.head if unit else None,
            co_units=tuple(self.names[key] for key in issue.co_units),
            source=issue.source,
            source_no=issue.source_no if party.standing in _MAY_BE_TRACED else None,
            batch=issue.batch,
            category=issue.category,
            urgency=issue.urgency,
            handler=issue.handler,
            detail=veil(issue.detail) if issue.detail else None,
            instruction=veil(issue.instruction) if issue.instruction else None,
            party=party,
        )
        return self._dated(facts, issue, veil)

    def _dated(self, facts: IssueFacts, issue: Issue, veil: story.Veil) -> IssueFacts:
        """Add the days of the loop and what was counted on the way."""
        return replace(
            facts,
            accepted_on=issue.accepted_on,
            assigned_on=issue.assigned_on,
            due_on=issue.due_on,
            original_due_on=issue.original_due_on,
            term=Term.parse(issue.term).label if issue.term else None,
            days_late=overdue_days(issue, self.session.today),
            days_left=self._left(issue),
            signed_on=issue.signed_on,
            paused_on=issue.paused_on,
            submitted_on=issue.submitted_on,
            replied_on=issue.replied_on,
            reply=veil(issue.reply) if issue.reply else None,
            feedback_on=issue.feedback_on,
            satisfaction=issue.satisfaction,
            closed_on=issue.closed_on,
            returns=issue.returns,
            reopens=issue.reopens,
            escalated=issue.escalated,
        )

    def _left(self, issue: Issue) -> int | None:
        """Give the working days still to go, None where nothing runs or the day has passed."""
        today, due = self.session.today, issue.due_on
        running = issue.stage is Stage.RECTIFY and due is not None and due >= today
        if not running or due is None or is_overdue(issue, today):
            return None
        return self.session.calendar.workdays_between(today, due)

    def _evidence(self, issue: Issue) -> tuple[EvidenceFacts, ...]:
        veil = discretion.veil(self.session.conn, issue.id)
        return tuple(
            EvidenceFacts(veil(one.name), _day(one.added_on), (one.sha256 or "")[:16] or None)
            for one in evidence_store.of(self.session.conn, issue.id)
        )

    def by_code(self, code: str) -> Issue:
        """Find an issue. Raises NotFound."""
        issue = store.get(self.session.conn, code.strip())
        if issue is None:
            raise NotFound(f"没有编号为“{code}”的事项，请用 supervise issue list 查编号。")
        return issue

    def of_unit(self, name: str, stages: frozenset[Stage]) -> list[Issue]:
        """List a unit's issues in some stages, a county's bureaus' too, by unit and code."""
        found = units.find(self.session.conn, name)
        chosen = issue_filter.Filter(
            stages=tuple(sorted(stages)), unit_ids=tuple(self.below(found))
        )
        listed = issue_lists.select(self.session.conn, chosen, self.session.today)
        issues = [self.by_code(one.issue.code) for one in listed]
        order = {key: number for number, key in enumerate(self.below(found))}
        return sorted(issues, key=lambda one: order.get(one.unit_id or 0, -1))

    def below(self, unit: Unit) -> list[int]:
        """Give the ids of a unit and of all that answer as it."""
        others = [
            key
            for key in self.board.units
            if key != unit.id and self.board.accountable(key).id == unit.id
        ]
        return [unit.id, *others]


def _last(log: list[Event], ops: set[str]) -> Event | None:
    return next((one for one in reversed(log) if one.op in ops), None)


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _gather(
    session: Session,
    codes: tuple[str, ...],
    unit: str | None,
    paper: str,
    may: frozenset[Stage],
    of_unit: frozenset[Stage],
) -> list[IssueFacts]:
    """Gather the issues named, or those of a unit that a paper is usually made for."""
    reader = Reader(session)
    if codes:
        chosen = [reader.by_code(code) for code in dict.fromkeys(codes)]
        for issue in chosen:
            if issue.stage not in may:
                words = "、".join(stage.label for stage in Stage if stage in may)
                raise Refused(
                    f"{issue.code}现在“{issue.stage.label}”，{paper}须在“{words}”时出具。",
                    code="not_allowed",
                )
    elif unit:
        chosen = reader.of_unit(unit, of_unit)
        if not chosen:
            words = "、".join(stage.label for stage in Stage if stage in of_unit)
            raise Refused(
                f"{unit}没有“{words}”中的事项，没有{paper}可出。", code="nothing_to_print"
            )
    else:
        raise BadInput(f"{paper}要写明事项编号，或用 --unit 写明单位。", code="bad_field")
    return [reader.facts(issue) for issue in chosen]


_RECTIFY = frozenset({_S.RECTIFY})


def assignments(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[IssueFacts]:
    """For 交办单: issues given out; of a unit those it has to put right now."""
    return _gather(session, subjects, unit, "交办单", _GIVEN_OUT, _RECTIFY)


def urgings(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[IssueFacts]:
    """For 催办单: issues the unit still has to put right."""
    return _gather(session, subjects, unit, "催办单", _RECTIFY, _RECTIFY)


def supervisions(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[IssueFacts]:
    """For 督办单: issues named by code; of a unit only those past their date."""
    found = _gather(session, subjects, unit, "督办单", _RECTIFY, _RECTIFY)
    late = found if subjects else [one for one in found if one.days_late]
    if not late:
        raise Refused(f"{unit}没有超期的事项，没有督办单可出。", code="nothing_to_print")
    return late


def visits(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[IssueFacts]:
    """For 现场核查表: issues named by code; of a unit those in 整改 and 复核."""
    going = frozenset({_S.RECTIFY, _S.REVIEW})
    return _gather(session, subjects, unit, "现场核查表", _TO_VISIT, going)


def closings(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[IssueFacts]:
    """For 整改销号审批表: issues reviewed, or closed already."""
    asked = frozenset({_S.FEEDBACK})
    return _gather(session, subjects, unit, "整改销号审批表", _TO_CLOSE, asked)


def extension(
    session: Session, subjects: tuple[str, ...], unit: str | None = None
) -> list[IssueFacts]:
    """For 延期审批表: one issue that is being put right, or whose date was put off before."""
    may = _GIVEN_OUT
    found = _gather(session, subjects, unit, "延期审批表", may, _RECTIFY)
    for one in found:
        if not one.extensions and one.stage != session.pack.label(Stage.RECTIFY):
            raise Refused(
                f"{one.code}没有申请过延期，没有延期审批表可出。", code="nothing_to_print"
            )
    return found


_ANY = frozenset(Stage)


def whole(session: Session, subjects: tuple[str, ...], unit: str | None = None) -> list[IssueFacts]:
    """For 事项完整卷: issues in whatever stage; of a unit all that are not finished."""
    going = frozenset({_S.RECTIFY, _S.REVIEW, _S.FEEDBACK})
    return _gather(session, subjects, unit, "事项完整卷", _ANY, going)
