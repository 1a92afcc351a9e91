"""Which units a monthly notice would name, and why: facts as of the cut-off become entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from supervise.domain.overdue import (
    due_as_of,
    handed_in_late,
    missed,
    rectify_span_as_of,
    span_as_of,
    suspended,
)
from supervise.domain.records import Entry, Issue, Reason, Stage, Unit

CRITERIA: dict[str, str] = {
    "overdue": "逾期未报",
    "late": "逾期报送",
    "returned": "多次复核退回",
    "unreported": "未按期报送进展",
    "task": "任务未完成",
    "manual": "人工列入",
}


@dataclass(frozen=True, slots=True)
class NamingRules:
    """The settings of a rule pack for naming.

    `criteria` are those switched on. A unit is named as `overdue` from `min_count` issues on, an
    issue counts as `returned` from `returned_times` on. Kinds in `never` are not named by the
    rules, kinds in `by_hand` only by a person.
    """

    criteria: frozenset[str] = frozenset({"overdue"})
    min_count: int = 1
    returned_times: int = 2
    never: tuple[str, ...] = ("专项工作组", "司法机关")
    by_hand: tuple[str, ...] = ("垂管单位",)


@dataclass(frozen=True, slots=True)
class Subject:
    """Who would be named: the accountable subject, and the bureau of it that holds the issue."""

    id: int
    name: str
    kind: str = "市直部门"
    order: int | None = None
    bureau: str | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of one issue at the end of the cut-off day.

    `due_on` and `submitted_on` are of the stay in 整改 then running, else of the last one.
    `promise_until`: the promised date of the interview held about it, if there was one.
    """

    issue: str
    subject: Subject
    stage: Stage
    title: str = ""
    due_on: date | None = None
    paused_on: date | None = None
    submitted_on: date | None = None
    returns: int = 0
    promise_until: date | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A ready-made fact against a unit that rests on no issue: a report or a task missed."""

    subject: Subject
    criterion: str
    note: str


@dataclass(frozen=True, slots=True)
class HeldBack:
    """What meets a criterion and is not proposed all the same, and why."""

    subject: Subject
    criterion: str
    issue: str | None
    why: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the rules propose for a notice: entries in the city's order, and what was held back."""

    entries: tuple[Entry, ...]
    held_back: tuple[HeldBack, ...] = ()


def subject_of(unit: Unit, accountable: Unit) -> Subject:
    """Give the accountable subject of a unit; a bureau answers as its county."""
    bureau = unit.name if unit.id != accountable.id else None
    return Subject(accountable.id, accountable.name, accountable.kind, accountable.order, bureau)


def candidate(
    issue: Issue, cutoff: date, subject: Subject, promise_until: date | None = None
) -> Candidate | None:
    """Take the facts of an issue as of the end of the cut-off day; None if it was not given out."""
    stay, now = rectify_span_as_of(issue, cutoff), span_as_of(issue, cutoff)
    if stay is None or now is None:
        return None
    paused = issue.paused_on
    return Candidate(
        issue.code,
        subject,
        now.stage,
        issue.title,
        due_as_of(issue, cutoff),
        paused if paused is not None and paused <= cutoff else None,
        stay.left if stay.left is not None and stay.left <= cutoff else None,
        _returns(issue, cutoff),
        promise_until,
    )


def _returns(issue: Issue, cutoff: date) -> int:
    pairs = zip(issue.spans, issue.spans[1:], strict=False)
    checked = {Stage.REVIEW, Stage.FEEDBACK}
    return sum(
        before.stage in checked and after.stage is Stage.RECTIFY and after.entered <= cutoff
        for before, after in pairs
    )


def met(facts: Candidate, rules: NamingRules, cutoff: date, since: date) -> Iterator[str]:
    """List the criteria an issue meets, switched on or not held against the pack's `criteria`.

    `overdue`: missed and still in 整改; `late`: handed in since `since`, after its date;
    `returned`: sent back often enough and not yet through review.
    """
    if facts.stage is Stage.RECTIFY:
        missed_it = missed(facts.due_on, None, cutoff)
        if missed_it and not suspended(facts.due_on, facts.paused_on):
            yield "overdue"
    elif facts.submitted_on is not None and since <= facts.submitted_on <= cutoff:
        if handed_in_late(facts.due_on, facts.submitted_on, cutoff):
            yield "late"
    unsettled = facts.stage in {Stage.RECTIFY, Stage.REVIEW}
    if unsettled and facts.returns >= rules.returned_times:
        yield "returned"


def propose(
    candidates: Iterable[Candidate],
    rules: NamingRules,
    cutoff: date,
    since: date | None = None,
    findings: Iterable[Finding] = (),
) -> Proposed:
    """Propose the entries of a notice from what was known at the end of the cut-off day.

    `since` is the first day of the months covered; by default that of the cut-off's month. Issues
    inside the promise of a held interview and kinds not named by the rules are held back.
    """
    first = since or cutoff.replace(day=1)
    facts = [
        (one.subject, criterion, one.issue, _held_back(one, rules, cutoff))
        for one in candidates
        for criterion in met(one, rules, cutoff, first)
    ]
    facts += [
        (one.subject, one.criterion, None, _kind_held_back(one.subject, rules))
        for one in (findings := tuple(findings))
    ]
    switched_on = [fact for fact in facts if fact[1] in rules.criteria]
    held = tuple(HeldBack(*fact[:3], why) for fact in switched_on if (why := fact[3]))
    grouped: dict[int, list[tuple[Subject, str, str | None]]] = defaultdict(list)
    for subject, criterion, issue, why in switched_on:
        if not why:
            grouped[subject.id].append((subject, criterion, issue))
    notes = {(one.subject.id, one.criterion): one.note for one in findings}
    entries = [e for facts in grouped.values() if (e := _entry(facts, notes, rules))]
    orders = {facts[0][0].id: facts[0][0].order for facts in grouped.values()}
    return Proposed(in_city_order(entries, orders), held)
