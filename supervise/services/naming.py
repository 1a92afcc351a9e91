"""What a month's notice would say now: proposed entries, and what people decided about them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from functools import cached_property
from itertools import chain, groupby
from operator import attrgetter

from db import events
from db import issues as issue_store
from db import ladder as ladder_store
from db import notices as store
from db import units as unit_store
from supervise.domain import decisions, naming
from supervise.domain.dates import period_start
from supervise.domain.ladder import HELD
from supervise.domain.ladder_records import Entry, Interview, Notice
from supervise.domain.naming import Candidate, Finding, NamingRules, Proposed, Subject
from supervise.domain.overdue import rectify_span_as_of
from supervise.domain.records import CRITERIA, Reason, Unit
from supervise.services.session import Session


class Board:
    """The units and promises a draft is judged against, read once."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.conn = session.conn
        self._proposed: dict[tuple[int, date, date], Proposed] = {}

    def proposed(self, notice: Notice) -> Proposed:
        """Give what the rules propose for a notice; worked out once for each cut-off."""
        key = (notice.id, notice.cutoff, printed_on(self.session, notice))
        if key not in self._proposed:
            self._proposed[key] = _proposed(self.session, notice, self)
        return self._proposed[key]

    @cached_property
    def units(self) -> dict[int, Unit]:
        """Every unit by id."""
        return {unit.id: unit for unit in unit_store.every(self.conn)}

    @cached_property
    def orders(self) -> dict[int, int | None]:
        """Each unit's place in the city's 机构序列."""
        return {key: unit.order for key, unit in self.units.items()}

    @cached_property
    def held(self) -> list[Interview]:
        """Interviews held, also those closed since."""
        return [one for one in ladder_store.interviews(self.conn) if one.status in HELD]

    def accountable(self, unit_id: int) -> Unit:
        """Give the subject that answers for a unit: its county, or the body it was joined to."""
        unit = self.units[unit_id]
        while unit.subject_id != unit.id:
            unit = self.units[unit.subject_id]
        return unit

    def taken_over(self, unit_id: int, by: date) -> int:
        """Give the unit that had taken over from one by the end of a day; else the unit itself.

        Another record of the same body always has.
        """
        unit = self.units[unit_id]
        while unit.merged_into is not None and not self._merged_after(unit, by):
            unit = self.units[unit.merged_into]
        return unit.id

    def _merged_after(self, unit: Unit, day: date) -> bool:
        log = events.of(self.conn, "unit", unit.id)
        return any(one.op == "unit.merge" and one.on > day for one in log)

    def subject(self, unit_id: int, on: date) -> Subject:
        """Give the accountable subject under the name it bears on a day."""
        unit, above = self.units[unit_id], self.accountable(unit_id)
        name = unit_store.name_on(self.conn, above, on)
        joined = unit.id == above.id or unit.merged_into == above.id
        bureau = None if joined else unit_store.name_on(self.conn, unit, on)
        return Subject(above.id, name, above.kind, above.order, bureau)

    def promise(self, subject_id: int, code: str, on: date) -> date | None:
        """Give the promised date of an interview about an issue, held and not closed by a day."""
        running = (
            one.due_on
            for one in self.held
            if self.accountable(one.unit_id).id == subject_id
            and one.due_on
            and one.held_on
            and one.held_on <= on
            and (one.closed_on is None or one.closed_on > on)
            and self._about(one, code)
        )
        return max(running, default=None)

    def _about(self, interview: Interview, code: str) -> bool:
        months = self._months[interview.id]
        return any(
            code in reason.issues
            for notice in self._notices
            if notice.period in months and notice.status == "issued"
            for entry in notice.entries
            if self.accountable(entry.unit_id).id == self.accountable(interview.unit_id).id
            for reason in entry.reasons
        )

    @cached_property
    def _months(self) -> dict[int, set[str]]:
        """The months each held interview is about, later ones of its streak included."""
        from supervise.services.ladder import Standing

        standing = Standing(self.session)
        return {
            one.id: {*one.periods, *(p for n in standing.basis(one) for p in n.periods)}
            for one in standing.interviews
            if one.status in HELD
        }

    @cached_property
    def _notices(self) -> list[Notice]:
        return store.every(self.conn)


def rules_of(session: Session) -> NamingRules:
    """Give the pack's settings for naming."""
    pack = session.pack.naming
    return NamingRules(
        frozenset(name for name, one in pack.criteria.items() if one.on),
        pack.criteria["overdue"].min_count,
        pack.criteria["returned"].min_returns,
        tuple(pack.never),
        tuple(pack.by_hand),
    )


def proposed(session: Session, notice: Notice, board: Board | None = None) -> Proposed:
    """Compute what the rules propose for a notice as of its cut-off, with all that is known now."""
    return (board or Board(session)).proposed(notice)


def printed_on(session: Session, notice: Notice) -> date:
    """Give the day whose names a notice prints: that of signing, for a draft today.

    Whose an issue was is judged at the cut-off; what the unit is called when the notice is signed.
    """
    return notice.issued_on or session.today


def _proposed(session: Session, notice: Notice, board: Board) -> Proposed:
    rules = rules_of(session)
    named_on = printed_on(session, notice)
    since = period_start(notice.periods[0] if notice.periods else notice.period)
    overdue = _overdue(session, notice.cutoff, board, named_on)
    more: list[Candidate] = []
    if rules.criteria & {"late", "returned"}:
        # An issue found twice counts once: reasons hold each code once.
        more = _more(session, notice.cutoff, board, rules, since, named_on)
    others = _others(session, rules, since, notice.cutoff, board, named_on)
    return naming.propose(more, rules, notice.cutoff, since, chain(overdue, others))


def _others(
    session: Session,
    rules: NamingRules,
    since: date,
    cutoff: date,
    board: Board,
    named_on: date,
) -> Iterator[Finding]:
    """Gather what is no issue: tasks and reports, where the pack looks at them."""
    if rules.criteria & {"task", "unreported"}:
        from supervise.services import named_facts

        yield from named_facts.gathered(session, rules.criteria, since, cutoff, board, named_on)


def _overdue(session: Session, cutoff: date, board: Board, named_on: date) -> Iterator[Finding]:
    """Gather what met the criterion `overdue`, as the store finds it, by unit."""
    missed = issue_store.missed(session.conn, cutoff)
    for unit_id, issues in groupby(missed, attrgetter("unit_id")):
        who = board.subject(unit_id, named_on)
        promised: dict[date | None, list[str]] = defaultdict(list)
        for issue in issues:
            until = board.promise(who.id, issue.code, cutoff) if board.held else None
            promised[until].append(issue.code)
        for until, codes in promised.items():
            yield Finding(who, "overdue", tuple(codes), promise_until=until)


def _more(
    session: Session,
    cutoff: date,
    board: Board,
    rules: NamingRules,
    since: date,
    named_on: date,
) -> list[Candidate]:
    """Gather the issues only the criteria `late` and `returned` look at."""
    found = []
    ids = issue_store.handed_in_or_returned(session.conn, since, cutoff, rules.returned_times)
    for issue_id in ids:
        issue = issue_store.by_id(session.conn, issue_id)
        assert issue is not None
        span = rectify_span_as_of(issue, cutoff)
        if span is None or span.unit_id is None:
            continue
        who = board.subject(span.unit_id, named_on)
        facts = naming.candidate(issue, cutoff, who, board.promise(who.id, issue.code, cutoff))
        if facts is not None:
            found.append(facts)
    return found


def entries(session: Session, notice: Notice, board: Board | None = None) -> tuple[Entry, ...]:
    """Give a notice's entries: frozen when issued, else proposed now with the decisions applied."""
    if notice.status != "draft":
        return notice.entries
    board = board or Board(session)
    found = proposed(session, notice, board)
    return decided(session, notice, found.entries, board)


def decided(
    session: Session, notice: Notice, proposed_entries: tuple[Entry, ...], board: Board
) -> tuple[Entry, ...]:
    """Apply what people decided about a draft by today to what the rules propose."""
    steps: list[decisions.Decision] = []
    today = session.today.isoformat()
    for one in store.decisions(session.conn, notice.id):
        if one.on > today:
            continue
        # Decided under a record that was joined to another since: it is about the same body.
        who = board.subject(one.unit_id, printed_on(session, notice))
        match one.kind:
            case "exempt":
                steps.append(decisions.Exempt(who.id, one.reason or "", one.by, one.explain))
            case "restore":
                steps = [s for s in steps if not _added(s, who.id)]
                steps.append(decisions.Restored(who.id))
            case "check":
                steps.append(decisions.Checked(who.id, one.result or ""))
            case _:
                polarity = one.polarity or "named"
                steps.append(decisions.Added(who.id, who.name, one.reason or "", polarity))
    return decisions.merge_decisions(proposed_entries, steps, board.orders)


def _added(step: decisions.Decision, unit_id: int) -> bool:
    return isinstance(step, decisions.Added) and step.unit_id == unit_id


def reasons_text(reasons: tuple[Reason, ...]) -> tuple[str, ...]:
    """Give the reasons of an entry as the sentences a paper prints."""
    return tuple(
        f"{CRITERIA.get(one.criterion, one.criterion)}"
        + (f"{one.count}件" if one.count else "")
        + (f"：{one.note}" if one.note else "")
        for one in reasons
    )
