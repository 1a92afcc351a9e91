"""Which units a monthly notice would name, and why: facts as of the cut-off become entries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from supervise.domain.ladder_records import Entry, Naming, Notice
from supervise.domain.overdue import (
    due_as_of,
    handed_in_late,
    missed,
    rectify_span_as_of,
    span_as_of,
    suspended,
)
from supervise.domain.records import CRITERIA, Issue, Reason, Stage

_HANDED_IN = frozenset({Stage.REVIEW, Stage.FEEDBACK, Stage.CLOSED})


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
    """One criterion met by one subject: through issues, or as a ready-made fact with a note.

    `promise_until`: the promised date of the interview held about these issues, if there was one.
    """

    subject: Subject
    criterion: str
    issues: tuple[str, ...] = ()
    note: str | None = None
    promise_until: date | None = None


@dataclass(frozen=True, slots=True)
class HeldBack:
    """A finding that is not proposed all the same, and why."""

    finding: Finding
    why: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """What the rules propose for a notice: entries in the city's order, and what was held back."""

    entries: tuple[Entry, ...]
    held_back: tuple[HeldBack, ...] = ()


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


def criteria_met(facts: Candidate, rules: NamingRules, cutoff: date, since: date) -> Iterator[str]:
    """List the criteria an issue meets, whether or not the pack has them switched on.

    `overdue`: missed and still in 整改; a pause begun after the due date changes nothing. `late`:
    handed in from `since` to the cut-off, after its date. `returned`: sent back
    `returned_times` or more and not through review.
    """
    due, handed_in = facts.due_on, facts.submitted_on
    missed_it = missed(due, None, cutoff) and not suspended(due, facts.paused_on)
    if facts.stage is Stage.RECTIFY and missed_it:
        yield "overdue"
    in_the_month = handed_in is not None and since <= handed_in <= cutoff
    if facts.stage in _HANDED_IN and in_the_month and handed_in_late(due, handed_in, cutoff):
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
    """Propose the entries of a notice from what was so at the end of the cut-off day.

    `since` is the first day of the months covered, by default of the cut-off's month; `findings`
    are ready-made facts. Kinds that the rules do not name and issues inside the promise of a held
    interview are held back.
    """
    first = since or cutoff.replace(day=1)
    every = [*findings, *_findings(candidates, rules, cutoff, first)]
    found = [
        (one, _held_back(one, rules, cutoff)) for one in every if one.criterion in rules.criteria
    ]
    groups: dict[int, list[Finding]] = defaultdict(list)
    for one, why in found:
        if why is None:
            groups[one.subject.id].append(one)
    entries = [e for group in groups.values() if (e := _entry(group, rules)) is not None]
    orders = {one.subject.id: one.subject.order for one, _ in found}
    held = tuple(HeldBack(one, why) for one, why in found if why is not None)
    return Proposed(in_city_order(entries, orders), held)


def _findings(
    candidates: Iterable[Candidate], rules: NamingRules, cutoff: date, since: date
) -> Iterator[Finding]:
    for facts in candidates:
        for criterion in criteria_met(facts, rules, cutoff, since):
            yield Finding(
                facts.subject, criterion, (facts.issue,), promise_until=facts.promise_until
            )


def _held_back(one: Finding, rules: NamingRules, cutoff: date) -> str | None:
    kind = one.subject.kind
    if kind in rules.never:
        return f"{kind}不作为点名对象"
    if kind in rules.by_hand:
        return f"{kind}须人工列入"
    if one.promise_until is not None and one.promise_until >= cutoff:
        return "约谈整改期内"
    return None


def _entry(findings: list[Finding], rules: NamingRules) -> Entry | None:
    reasons = tuple(
        reason
        for criterion in CRITERIA
        if (reason := _reason([one for one in findings if one.criterion == criterion]))
        and not (criterion == "overdue" and reason.count < rules.min_count)
    )
    subject = findings[0].subject
    return Entry(subject.id, subject.name, reasons=reasons) if reasons else None


def _reason(findings: list[Finding]) -> Reason | None:
    if not findings:
        return None
    issues = sorted({issue for one in findings for issue in one.issues})
    bureaus = sorted({one.subject.bureau for one in findings if one.subject.bureau is not None})
    notes = [rolled_up(findings[0].subject.name, bureaus)] if bureaus else []
    notes += [one.note for one in findings if one.note and one.note not in notes]
    return Reason(findings[0].criterion, tuple(issues), "；".join(notes) or None)


def rolled_up(subject: str, bureaus: Iterable[str]) -> str:
    """Print a county with the bureaus it answers for: “甲县（县住建局）”; several are 合并计算."""
    names = tuple(bureaus)
    mark = "，合并计算" if len(names) > 1 else ""
    return f"{subject}（{'、'.join(names)}{mark}）"


_ROLLED_UP = re.compile(r"^[^（]*（([^）]+?)(?:，合并计算)?）")


def bureaus_in(entry_name: str, reasons: Iterable[Reason]) -> frozenset[str]:
    """Read back the bureaus that `rolled_up` printed in the notes of a county's reasons."""
    notes = [one.note for one in reasons if one.note and one.note.startswith(f"{entry_name}（")]
    found = [match[1] for note in notes if (match := _ROLLED_UP.match(note))]
    return frozenset(bureau for names in found for bureau in names.split("、"))


_RANK = {"named": 0, "noted": 1, "praised": 2}


def in_city_order(entries: Iterable[Entry], orders: Mapping[int, int | None]) -> tuple[Entry, ...]:
    """Sort entries: named first, then by the city's 机构序列 (`orders` by unit id), then name."""

    def place(entry: Entry) -> tuple[int, bool, int, str, int]:
        order = orders.get(entry.unit_id)
        rank = _RANK.get(entry.polarity, len(_RANK))
        return rank, order is None, order or 0, entry.name, entry.unit_id

    return tuple(sorted(entries, key=place))


def effective_namings(notices: Iterable[Notice], series: str = "调度通报") -> tuple[Naming, ...]:
    """Take from the issued notices of a series the namings that count: effective, polarity 点名.

    A unit added by a correction is named from the correction's own date.
    """
    return tuple(
        naming_of(notice, entry)
        for notice in notices
        if notice.status == "issued" and notice.series == series
        for entry in notice.entries
        if entry.status == "effective" and entry.polarity == "named"
    )


def naming_of(notice: Notice, entry: Entry) -> Naming:
    """Give an entry of an issued notice as a naming, dated when it took effect."""
    added = added_on(entry)
    issued_on = added or notice.issued_on or notice.cutoff
    return Naming(
        notice.id,
        entry.unit_id,
        entry.name,
        notice.period,
        notice.periods or (notice.period,),
        issued_on,
        None if added else notice.delivered_on,
        notice.number,
        notice.series,
        entry.reasons,
    )


def added_on(entry: Entry) -> date | None:
    """Give the day a correction added (增列) an entry; None for one that was signed with the rest.

    What a person put on the draft is as old as the notice, whatever was corrected (更正) of it.
    """
    corrected = any(one.criterion == "corrected" for one in entry.reasons)
    return None if entry.origin != "manual" or corrected else entry.corrected_on
