"""屡督不改研判提示: who might be referred to discipline inspection. People decide, never a rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from supervise.domain.dates import period_of, shift_period
from supervise.domain.ladder import HELD, LadderRules
from supervise.domain.ladder_records import Interview, Naming
from supervise.domain.overdue import is_overdue
from supervise.domain.records import Issue

CRITERIA: dict[str, str] = {
    "named_again": "约谈后再被通报",
    "promise_missed": "约谈承诺到期未兑现",
    "same_matter": "同一事项多次被通报",
    "returned_overdue": "多次复核退回且逾期",
}


@dataclass(frozen=True, slots=True)
class ReferralCandidate:
    """A unit a person should look at under one criterion.

    `key` names the facts it rests on: the same facts always give the same key, new facts another.
    `basis` are the same facts in sentences' parts; `since` is when the criterion was first met.
    """

    unit_id: int
    criterion: str
    key: str
    basis: tuple[str, ...]
    since: date


def referral_candidates(
    namings: Iterable[Naming],
    interviews: Iterable[Interview],
    rules: LadderRules,
    today: date,
    promise_open: Mapping[int, bool] | None = None,
    issues: Iterable[tuple[int, Issue]] = (),
) -> tuple[ReferralCandidate, ...]:
    """List the candidates under the criteria switched on, by unit and criterion.

    `namings` are the effective ones. `promise_open` tells by interview id whether anything it was
    about is still open (unknown: open). `issues` are pairs of accountable subject and issue.
    """
    own, held = tuple(namings), [one for one in interviews if one.status in HELD and one.held_on]
    found = [
        *_named_again(own, held, rules.named_again_months),
        *_promise_missed(held, promise_open or {}, today),
        *_same_matter(own, rules),
        *_returned_overdue(issues, rules, today),
    ]
    order = list(CRITERIA)
    kept = [one for one in found if one.criterion in rules.criteria]
    return tuple(sorted(kept, key=lambda c: (c.unit_id, order.index(c.criterion), c.key)))


def _named_again(
    namings: Sequence[Naming], held: Iterable[Interview], months: int
) -> Iterator[ReferralCandidate]:
    """Find namings in one of the calendar months after the month of the last interview held."""
    groups: dict[Interview, list[Naming]] = defaultdict(list)
    in_turn = sorted(held, key=lambda one: (one.held_on or date.min, one.id))
    for naming in namings:
        before = [one for one in in_turn if _named_after(naming, one, months)]
        if before:
            groups[before[-1]].append(naming)
    for interview, again in groups.items():
        again.sort(key=lambda one: (one.periods, one.notice_id))
        notices = ",".join(str(one.notice_id) for one in again)
        yield ReferralCandidate(
            interview.unit_id,
            "named_again",
            f"named_again:interview={interview.id}:notices={notices}",
            (f"{interview.held_on}约谈", *(_naming_text(one) for one in again)),
            min(one.issued_on for one in again),
        )


def _named_after(naming: Naming, interview: Interview, months: int) -> bool:
    if naming.unit_id != interview.unit_id or interview.held_on is None:
        return False
    held = period_of(interview.held_on)
    return any(held < period <= shift_period(held, months) for period in naming.periods)


def _naming_text(naming: Naming) -> str:
    number = f"（{naming.number}）" if naming.number else ""
    return f"{'、'.join(naming.periods)}被点名{number}"


def _promise_missed(
    held: Iterable[Interview], promise_open: Mapping[int, bool], today: date
) -> Iterator[ReferralCandidate]:
    """Find interviews held, not closed, whose promised date has passed with something open."""
    for one in held:
        waiting = one.status == "held" and promise_open.get(one.id, True)
        if waiting and one.due_on is not None and one.due_on < today:
            yield ReferralCandidate(
                one.unit_id,
                "promise_missed",
                f"promise_missed:interview={one.id}:due={one.due_on}",
                (f"{one.held_on}约谈", f"承诺{one.due_on}前完成，尚未完成"),
                one.due_on + timedelta(days=1),
            )


def _same_matter(namings: Iterable[Naming], rules: LadderRules) -> Iterator[ReferralCandidate]:
    """Find one issue (by its code, never by wording) named in several months of a window."""
    months: dict[tuple[int, str], dict[str, Naming]] = defaultdict(dict)
    for naming in sorted(namings, key=lambda one: (one.periods, one.issued_on)):
        for code in {code for reason in naming.reasons for code in reason.issues}:
            months[naming.unit_id, code].setdefault(naming.periods[0], naming)
    for (unit_id, code), named in sorted(months.items()):
        run = _densest(sorted(named), rules.same_matter_window)
        if len(run) >= rules.same_matter_months:
            again = [named[month] for month in run]
            notices = ",".join(str(one.notice_id) for one in again)
            yield ReferralCandidate(
                unit_id,
                "same_matter",
                f"same_matter:issue={code}:notices={notices}",
                (code, *(_naming_text(one) for one in again)),
                sorted(one.issued_on for one in again)[rules.same_matter_months - 1],
            )


def _densest(months: Sequence[str], window: int) -> list[str]:
    """Give the most months within `window` months of each other, the latest at a tie."""
    best: list[str] = []
    for last in reversed(months):
        first = shift_period(last, 1 - window)
        inside = [month for month in months if first <= month <= last]
        best = max(best, inside, key=len)
    return best


def _returned_overdue(
    issues: Iterable[tuple[int, Issue]], rules: LadderRules, today: date
) -> Iterator[ReferralCandidate]:
    """Find open issues sent back often and past their date as extended."""
    for subject_id, issue in issues:
        late = not issue.stage.ended and is_overdue(issue, today)
        if late and issue.due_on is not None and issue.returns >= rules.returned_times:
            yield ReferralCandidate(
                subject_id,
                "returned_overdue",
                f"returned_overdue:issue={issue.code}:returns={issue.returns}:due={issue.due_on}",
                (issue.code, f"复核退回{issue.returns}次", f"限期{issue.due_on}已过"),
                issue.due_on + timedelta(days=1),
            )
